/*
 * What receiptio makes of the printer at a port of 127.0.0.1:
 *
 *     node client.js PORT status       online, coveropen, paperempty, error, offline
 *     node client.js PORT print TEXT   a receipt with TEXT as a QR code; success, …
 */
"use strict";

const net = require("net");
const path = require("path");

const [, , port, what, text] = process.argv;
const connect = net.connect;

/* It only knows printers at port 9100, and that one may be taken. */
net.connect = (_, host) => connect.call(net, Number(port), host);

const receiptio = require(path.join(process.env.JUDGES, "node_modules/receiptio"));
const receipt = `^^^RECEIPT\nPaspoort | 88,65\n---\n{code:${text}; option:qrcode,6,m}\n`;

receiptio
  .print(receipt, `-d 127.0.0.1 -t 20${what === "status" ? " -q printer" : ""}`)
  .then((result) => console.log(result));
