"""The back office: events and bookings, over HTTP, to the disk."""
import os
import pathlib
import shutil
import subprocess
import tempfile

from figures import cpu_s, memory_kib, output_of

CLIENTS = 8
SETTINGS = """[backoffice]
listen = 127.0.0.1
port = 0
database = {folder}/office.db
[book]
desks = 32
keep_days = 365
"""


class Office:
    """A back office with an empty database, and kiosks that it knows."""

    def __init__(self, report, build, programs=None, environment=None, database=None):
        folder = pathlib.Path(tempfile.mkdtemp(dir=report.folder))
        if database is not None:
            shutil.move(database, folder / "office.db")
        settings = folder / "backoffice.conf"
        settings.write_text(SETTINGS.format(folder=folder))
        self.keys = folder
        self.load = build / "bench" / "bench_load"
        self.process = report.start([(programs or build) / "loketzuil-backoffice", settings],
                                    stdout=subprocess.PIPE, text=True,
                                    env=dict(os.environ, **(environment or {})))
        self.url = self.process.stdout.readline().split()[-1]
        for number in range(1, CLIENTS + 1):
            output_of([build / "loketzuilctl", "kiosk", "claim", "--name", f"bench-{number}",
                       "--location", "gemeentehuis",
                       "--database", folder / "office.db",
                       "--kiosk-key", folder / f"bench-{number}.key"])

    def run(self, work, clients, count):
        """(done, seconds, seconds of computing here, of computing at the clients, and the
        milliseconds that half of the turns and 99 of 100 were done in)"""
        before = cpu_s(self.process.pid)
        took, client_cpu, done, *percentiles = output_of(
            [self.load, work, self.url, self.keys, clients, count]).split()
        return (int(done), float(took), cpu_s(self.process.pid) - before, float(client_cpu),
                *map(float, percentiles))


def part_office(report, build):
    floors = {}
    report.title("Back office: HTTP and signatures to the disk, every answer after its fsync",
                 ["what", "a second", "µs CPU each", "× floor"])
    for work, name, count in (("sync", "floor: fdatasync of 100 bytes", 1000),
                              ("sqlite", "floor: SQLite, a row a commit, FULL", 1000)):
        took, cpu = output_of([build / "bench" / "bench_disk", work, report.folder,
                               count]).split()
        floors[work] = count / float(took)
        report.row([name, f"{floors[work]:,.0f}", f"{float(cpu) / count * 1e6:.1f}",
                    f"{floors[work] / floors['sync']:.2f}"])
    office = Office(report, build)
    for work, name, clients, count in (
            ("events", "events, 1 kiosk, batches of 100", 1, 600),
            ("events", "events, 8 kiosks, batches of 100", 8, 150),
            ("bookings", "bookings (hold, then book), 1 kiosk", 1, 300),
            ("bookings", "bookings (hold, then book), 8 kiosks", 8, 100)):
        done, took, cpu, *_ = office.run(work, clients, count)
        # A batch is one commit; a booking is two: the hold and the confirmation.
        commits = done / 100 if work == "events" else done * 2
        report.row([name, f"{done / took:,.0f}", f"{cpu / done * 1e6:.1f}",
                    f"{commits / took / floors['sqlite']:.2f}"])
    report.line("× floor: fsyncs of fdatasync; from there on commits asked for, of SQLite's.")
    pss, private = memory_kib(office.process.pid)
    report.line(f"PSS after all that: {pss / 1024:.1f} MiB, of which private "
                f"{private / 1024:.1f}")
    report.stop(office.process)
