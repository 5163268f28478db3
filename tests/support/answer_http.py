#!/usr/bin/env python3
"""A server for tests/test_http_client.c: answers by path, and misbehaves when asked.

    answer_http.py [CERTIFICATE KEY]

Prints its port, then serves until its standard input ends.
"""
import email.utils
import gzip
import socket
import ssl
import sys
import threading
import time


def request_of(connection):
    data = b""
    while b"\r\n\r\n" not in data:
        more = connection.recv(65536)
        if not more:
            return None
        data += more
    head, _, body = data.partition(b"\r\n\r\n")
    length = 0
    for line in head.split(b"\r\n"):
        if line.lower().startswith(b"content-length:"):
            length = int(line.split(b":")[1])
    while len(body) < length:
        body += connection.recv(65536)
    return head, body


def answer(status, body, *headers):
    lines = [f"HTTP/1.1 {status} X", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode() + body


def reply(connection, head, body):
    """False when the connection is over."""
    path = head.split(b" ")[1].decode()
    later = email.utils.formatdate(time.time() + 120, usegmt=True)
    answers = {
        "/echo": answer(200, head + b"\r\n\r\n" + body,
                        "Content-Type: Text/Plain; charset=utf-8"),
        "/big": answer(200, b"x" * 5000),
        "/busy": answer(503, b"", "Retry-After: 17"),
        "/busy-until": answer(429, b"", f"Retry-After: {later}"),
        "/busy-nonsense": answer(429, b"", "Retry-After: soon"),
        "/busy-long": answer(429, b"", "Retry-After: 99999999999999999999"),
        "/moved": answer(302, b"there", "Location: /echo"),
        "/half": answer(200, b"x" * 100)[:-50],
        "/half-head": answer(200, b"")[:20],
        "/once": answer(200, b"once"),
        "/coded": answer(500, b"", "error_code: 8021", "Long: " + 200 * "x"),
        "/packed": answer(200, gzip.compress(b"x" * 5000), "Content-Encoding: gzip"),
        "/packed-nothing": b"HTTP/1.1 204 X\r\nContent-Encoding: gzip\r\n\r\n",
        "/badly-packed": answer(200, b"not packed", "Content-Encoding: gzip"),
    }
    if path == "/hang":
        connection.recv(1)  # until the other side has had enough
        return False
    if path == "/drop":
        return False
    connection.sendall(answers[path])
    return path not in ("/half", "/half-head", "/once")


def serve(connection):
    with connection:
        try:
            while (request := request_of(connection)) and reply(connection, *request):
                pass
        except OSError:
            pass


def accept_all(listener):
    while True:
        try:
            connection, _ = listener.accept()
        except OSError:
            continue  # a refused handshake
        threading.Thread(target=serve, args=(connection,), daemon=True).start()


def main():
    listener = socket.create_server(("127.0.0.1", 0))
    port = listener.getsockname()[1]
    if len(sys.argv) > 2:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(sys.argv[1], sys.argv[2])
        listener = context.wrap_socket(listener, server_side=True)
    print(port, flush=True)
    threading.Thread(target=accept_all, args=(listener,), daemon=True).start()
    sys.stdin.read()


if __name__ == "__main__":
    main()
