/*
 * The picture in a file of ESC/POS as npos reads it, and its commands by name:
 *
 *     node decode.js FILE.bin FILE.pbm
 */
"use strict";

const fs = require("fs");
const path = require("path");
const parser = require(path.join(process.env.JUDGES, "node_modules/npos/lib/parser"));

const [, , source, target] = process.argv;

parser()
  .parse(fs.readFileSync(source))
  .then((found) => {
    const rasters = found.entries.filter((entry) => entry.type === "raster");
    if (rasters.length !== 1) {
      throw new Error(`${rasters.length} pictures in a row, not 1`);
    }
    const image = rasters[0].data;
    const dots = [`P1\n${image.width} ${image.height}\n`];
    for (let y = 0; y < image.height; y++) {
      for (let x = 0; x < image.width; x++) {
        dots.push(image.getPixel(x, y) === 0 ? "1" : "0");
      }
      dots.push("\n");
    }
    fs.writeFileSync(target, dots.join(""));
    /* What npos made of each command, for a test that wants to know. */
    console.log(found.tree.map((node) => node.ascii + (node.fn || "")).join(" "));
  })
  .catch((error) => {
    console.error(error);
    process.exit(1);
  });
