"""What stands around the card: a back office with a certificate, and a ticket printer."""

import collections
import csv
import ctypes
import io
import os
import re
import signal
import socket
import subprocess
import threading

HOST_FOR_MACHINE = "10.0.2.2"
PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def start(command, **how):
    """A program that ends with this one, however this one ends. Ctrl-C at the terminal is
    not for it: it is stopped in its turn."""
    libc = ctypes.CDLL(None)
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, start_new_session=True,
        preexec_fn=lambda: libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL), **how)


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
            self.process = start([f"{programs}/loketzuil-backoffice", settings],
                                 stdout=subprocess.PIPE, stderr=log, text=True)
        line = self.process.stdout.readline()
        found = re.search(r"listening on \S+:(\d+)", line)
        if not found:
            raise RuntimeError(f"the back office did not start, see {folder}/{name}.log")
        self.port = int(found.group(1))
        for role in ("viewer", "editor"):
            with open(self.token(role), "w") as file:
                os.chmod(file.name, 0o600)
                file.write(self.control("token", "create", "--role", role,
                                        "--database", self.database))

    def token(self, role):
        return os.path.join(self.folder, role + ".token")

    def address(self, role):
        """The words of loketzuilctl for this back office, as somebody of that role."""
        return ("--backoffice", f"https://127.0.0.1:{self.port}",
                "--ca-file", f"{self.folder}/ca.crt", "--token-file", self.token(role))

    def control(self, *arguments):
        done = subprocess.run([f"{self.programs}/loketzuilctl", *arguments],
                              capture_output=True, text=True)
        if done.returncode != 0:
            raise RuntimeError(done.stderr.strip())
        return done.stdout

    def claim_words(self, name, code):
        return ("kiosk", "claim", code, "--name", name, "--location", "linde",
                *self.address("editor"))

    def claim(self, name, code):
        self.control(*self.claim_words(name, code))

    def claim_key(self, name, key):
        """A kiosk of this machine, by its key file."""
        self.control("kiosk", "claim", "--kiosk-key", key, "--name", name, "--location",
                     "linde", "--database", self.database)

    def counts(self):
        """The exact counts: {(product, channel, step): how many}."""
        text = self.control("counts", *self.address("viewer"), "--format", "csv", "--exact")
        totals = collections.Counter()
        for row in csv.DictReader(io.StringIO(text)):
            totals[row["product"], row["channel"], row["step"]] += int(row["count"])
        return totals

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
        """Works off the bytes in their order, as a printer does."""
        waiting, picture = bytearray(), Raster()
        with connection:
            while True:
                try:
                    some = connection.recv(65536)
                    waiting += some
                    while (length := command_length(waiting)) <= len(waiting) and waiting:
                        command = bytes(waiting[:length])
                        del waiting[:length]
                        if command[:2] == b"\x10\x04":  # DLE EOT: how are you
                            connection.sendall(b"\x12")
                        elif command[:2] == b"\x1dr":  # GS r: is it all printed
                            connection.sendall(b"\x00")
                        elif command[:3] == b"\x1dv0":
                            picture.add(command)
                except OSError:
                    break
                if not some:
                    break
        if picture.rows:
            self.tickets.append(picture)

    def stop(self):
        self.server.close()


class Raster:
    """The pictures of one ticket, below each other."""

    def __init__(self):
        self.across, self.rows = 0, bytearray()

    def add(self, command):
        self.across = command[4] | command[5] << 8
        self.rows += command[8:]

    def write(self, path):
        with open(path, "wb") as file:
            file.write(b"P4 %d %d\n" % (self.across * 8, len(self.rows) // self.across))
            file.write(self.rows)


COMMANDS = (b"\x10\x04", b"\x1dr", b"\x1dv0")


def command_length(data):
    """Of the first command in data; more than there is while a part of it is missing."""
    for start in COMMANDS:
        if len(data) < len(start) and start.startswith(bytes(data)):
            return len(start)
    if data[:3] == b"\x1dv0":
        return 8 if len(data) < 8 else 8 + (data[4] | data[5] << 8) * (data[6] | data[7] << 8)
    return 3 if data[:2] in COMMANDS else 1
