"""What stands around the card: a back office with a certificate, and a ticket printer."""

import os
import re
import socket
import subprocess
import threading

HOST_FOR_MACHINE = "10.0.2.2"


def make_certificate(folder):
    """An authority of a municipality's own, and a certificate for this host."""
    def openssl(*arguments):
        subprocess.run(["openssl", *arguments], cwd=folder, check=True,
                       capture_output=True)

    names = f"subjectAltName=IP:127.0.0.1,IP:{HOST_FOR_MACHINE}"
    with open(os.path.join(folder, "names"), "w") as file:
        file.write(names + "\n")
    openssl("req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj",
            "/CN=Gemeente", "-keyout", "ca.key", "-out", "ca.crt")
    openssl("req", "-newkey", "rsa:2048", "-nodes", "-subj", "/CN=office", "-keyout",
            "office.key", "-out", "office.csr")
    openssl("x509", "-req", "-in", "office.csr", "-CA", "ca.crt", "-CAkey", "ca.key",
            "-CAcreateserial", "-days", "2", "-extfile", "names", "-out", "office.crt")


class Office:
    """The back office on the host's loopback. 10.0.2.2 is that to the machine."""

    def __init__(self, programs, folder, name):
        self.programs, self.folder = programs, folder
        self.database = os.path.join(folder, name + ".db")
        settings = os.path.join(folder, name + ".conf")
        with open(settings, "w") as file:
            file.write("[backoffice]\nlisten = 127.0.0.1\nport = 0\n"
                       f"database = {self.database}\n"
                       "catalogue = assets/example/catalogue.json\n"
                       "openapi = assets/openapi.json\n"
                       f"certificate = {folder}/office.crt\nkey = {folder}/office.key\n")
        with open(os.path.join(folder, name + ".log"), "w") as log:
            self.process = subprocess.Popen(
                [f"{programs}/loketzuil-backoffice", settings],
                stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"listening on \S+:(\d+)", line)
        if not found:
            raise RuntimeError(f"the back office did not start, see {folder}/{name}.log")
        self.port = int(found.group(1))
        self.token = os.path.join(folder, name + ".token")
        with open(self.token, "w") as file:
            file.write(self.control("token", "create", "--role", "viewer",
                                    "--database", self.database))
        os.chmod(self.token, 0o600)

    def control(self, *arguments):
        done = subprocess.run([f"{self.programs}/loketzuilctl", *arguments],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return done.stdout

    def claim(self, name, *how):
        self.control("kiosk", "claim", "--name", name, "--location", "linde",
                     "--database", self.database, *how)

    def counts(self):
        """(product, channel, step) -> count."""
        text = self.control("counts", "--backoffice", f"https://127.0.0.1:{self.port}",
                            "--ca-file", f"{self.folder}/ca.crt", "--format", "csv",
                            "--exact", "--token-file", self.token)
        return text

    def query(self, sql):
        done = subprocess.run(["sqlite3", "-readonly", self.database, sql],
                              capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Printer:
    """A network printer with paper: it keeps every ticket, and says that all is well."""

    def __init__(self):
        self.tickets = []
        self.server = socket.create_server(("127.0.0.1", 0))
        self.port = self.server.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self):
        while True:
            try:
                connection, _ = self.server.accept()
            except OSError:
                return
            threading.Thread(target=self._print, args=(connection,), daemon=True).start()

    def _print(self, connection):
        """Answers DLE EOT n (how are you) and GS r n (is it all printed)."""
        kept, seen = bytearray(), 0
        with connection:
            while True:
                try:
                    some = connection.recv(65536)
                except OSError:
                    break
                if not some:
                    break
                kept += some
                for question in re.finditer(rb"\x10\x04[\x01-\x04]|\x1dr\x01", kept[seen:]):
                    answer = b"\x12" if question.group()[:1] == b"\x10" else b"\x00"
                    try:
                        connection.sendall(answer)
                    except OSError:
                        break
                    last = seen + question.end()
                    self.seen_to = last
                seen = max(seen, len(kept) - 2) if not kept.endswith(b"\x01") else len(kept)
        bitmap = raster(bytes(kept))
        if bitmap:
            self.tickets.append(bitmap)

    def stop(self):
        self.server.close()


def raster(data):
    """The pictures of a ticket (GS v 0), below each other: (width, height, bits)."""
    rows, width = bytearray(), 0
    at = data.find(b"\x1dv0")
    while at >= 0:
        across = data[at + 4] | data[at + 5] << 8
        down = data[at + 6] | data[at + 7] << 8
        if width in (0, across * 8):
            width = across * 8
            rows += data[at + 8:at + 8 + across * down]
        at = data.find(b"\x1dv0", at + 8 + across * down)
    return (width, len(rows) * 8 // width, bytes(rows)) if width else None
