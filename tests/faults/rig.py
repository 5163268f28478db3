"""A back office and a kiosk, as shipped, in a folder of their own, that can be killed.

Both are started with kill_at.so preloaded when they are to die: it numbers their steps
(see kill_at.c). Nothing here waits for a time; only for a line, an end or an answer.
"""
import os
import pathlib
import signal
import socket
import struct
import subprocess
import threading

KIOSK = "linde-01"
LOCATION = "linde"
END_S = 60  # what takes longer has got stuck

OFFICE_SETTINGS = """[backoffice]
listen = 127.0.0.1
port = {port}
database = {folder}/office.db
"""

KIOSK_SETTINGS = """[kiosk]
name = {name}
location = {location}
data = {folder}
[backoffice]
url = http://127.0.0.1:{port}
[appointments]
maker = backoffice
"""


class Stuck(Exception):
    """A program did not do what everything else waits for."""


class Killer:
    """Counts a program's steps, and kills it at one of them."""

    def __init__(self, library, path):
        self.library, self.path = str(library), str(path)

    def environment(self, step, tear):
        with open(self.path, "wb") as file:
            file.write(bytes(4096))
        wanted = {"LD_PRELOAD": self.library, "KILL_AT_RECORD": self.path,
                  "KILL_AT_STEP": str(step)}
        return wanted | ({"KILL_AT_TEAR": "1"} if tear else {})

    def steps(self):
        with open(self.path, "rb") as file:
            return struct.unpack("<Q", file.read(8))[0]

    def last(self):
        with open(self.path, "rb") as file:
            return file.read(208)[8:].split(b"\0")[0].decode(errors="replace")


def free_port():
    with socket.socket() as chosen:
        chosen.bind(("127.0.0.1", 0))
        return chosen.getsockname()[1]


class Office:
    """The back office; when it was killed it comes back at the same port."""

    def __init__(self, build, folder, library):
        self.build, self.folder = build, pathlib.Path(folder)
        self.killer = Killer(library, self.folder / "office.steps")
        self.port = free_port()
        self.process = None
        self.watcher = None
        self.lock = threading.Lock()
        self.stopping = False
        self.killed = 0
        self.problem = None
        self.log = self.folder / "office.log"
        self.settings = self.folder / "office.conf"
        self.settings.write_text(OFFICE_SETTINGS.format(port=self.port, folder=self.folder))

    def database(self):
        return self.folder / "office.db"

    def start(self, step=None, tear=False):
        """`step` None: not watched. One that dies at its start is started again."""
        extra = {} if step is None else self.killer.environment(step, tear)
        self.ready = threading.Event()
        self.stopping = False
        self.watcher = threading.Thread(target=self._watch, args=(extra,), daemon=True)
        self.watcher.start()
        if not self.ready.wait(END_S) or self.problem:
            raise Stuck(f"the back office does not start: {self.problem or self.log}")

    def _begin(self, extra):
        """Not when it is to stop by now. A stop may come before it listens to signals."""
        with self.lock, open(self.log, "ab") as log:
            if self.stopping:
                return False
            self.process = subprocess.Popen(
                [f"{self.build}/loketzuil-backoffice", str(self.settings)],
                env=dict(os.environ, **extra), stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE, stderr=log)
            return True

    def _watch(self, extra):
        while self._begin(extra):
            line = self.process.stdout.readline()
            if line.startswith(b"listening on "):
                self.ready.set()
            status = self.process.wait()
            self.process.stdout.close()
            if status == -signal.SIGKILL and extra:
                self.killed += 1
                extra = {}
            elif not self.stopping or status not in (0, -signal.SIGTERM):
                self.problem = f"the back office ended with {status}: {self.log}"
                self.ready.set()
                return

    def stop(self):
        if self.watcher is None:
            return
        with self.lock:
            self.stopping = True
            self.process.send_signal(signal.SIGTERM)
        self.watcher.join(END_S)
        if self.watcher.is_alive():
            raise Stuck(f"the back office does not stop: {self.log}")
        self.watcher = None
        if self.problem:
            raise Stuck(self.problem)

    def end(self):
        """In whatever state it is."""
        with self.lock:
            self.stopping = True
            if self.process is not None:
                self.process.kill()
        if self.watcher is not None:
            self.watcher.join(END_S)


class Visit:
    """How a run of the kiosk ended, and what it left to see."""

    def __init__(self, status, said, pictures):
        self.killed = status == -signal.SIGKILL
        self.status, self.said = status, said
        trace = pictures / "done.txt"
        self.trace = trace.read_text() if trace.exists() else None

    def why(self):
        """What it said, up to the title of the page that was shown."""
        lines = self.said.strip().splitlines()
        shows = lines.index("The screen shows:") if "The screen shows:" in lines else len(lines)
        return f"ended with {self.status}: " + " / ".join(lines[max(0, shows - 3):shows + 4])


class Kiosk:
    def __init__(self, build, folder, library, port):
        self.build, self.folder = build, pathlib.Path(folder)
        self.folder.mkdir(exist_ok=True)
        self.killer = Killer(library, self.folder / "kiosk.steps")
        self.settings = self.folder / "kiosk.conf"
        self.settings.write_text(KIOSK_SETTINGS.format(
            name=KIOSK, location=LOCATION, folder=self.folder, port=port))
        self.runs = 0

    def begin(self, journey, extra=None):
        self.runs += 1
        self.pictures = self.folder / f"run-{self.runs}"
        self.pictures.mkdir()
        with open(self.pictures / "log.txt", "wb") as log:
            self.process = subprocess.Popen(
                [f"{self.build}/loketzuil", "--settings", str(self.settings),
                 "--journey", str(journey), "--pictures", str(self.pictures)],
                env=dict(os.environ, **(extra or {})), stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT)

    def finish(self):
        log = self.pictures / "log.txt"
        try:
            status = self.process.wait(END_S)
        except subprocess.TimeoutExpired as late:
            self.process.kill()
            self.process.wait()
            raise Stuck(f"the kiosk does not end: {log}") from late
        return Visit(status, log.read_text(errors="replace"), self.pictures)

    def run(self, journey, step=None, tear=False):
        """`step` None: not watched."""
        self.begin(journey, None if step is None else self.killer.environment(step, tear))
        return self.finish()

    def pause_at(self, journey, step):
        """True when it stands still before that step: go_on(), then finish()."""
        self.begin(journey, self.killer.environment(step, False) | {"KILL_AT_PAUSE": "1"})
        state = os.waitid(os.P_PID, self.process.pid,
                          os.WSTOPPED | os.WEXITED | os.WNOWAIT)
        return state.si_code == os.CLD_STOPPED

    def go_on(self):
        self.process.send_signal(signal.SIGCONT)


def claim(build, office_database, key, name=KIOSK):
    """Makes the kiosk's key too, as its first start would."""
    subprocess.run([f"{build}/loketzuilctl", "kiosk", "claim", "--name", name,
                    "--location", LOCATION, "--database", str(office_database),
                    "--kiosk-key", str(key)],
                   check=True, stdin=subprocess.DEVNULL, capture_output=True)
