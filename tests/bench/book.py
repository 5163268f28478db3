"""The appointment book when it has grown, and a booking as whoever stands there waits for it."""
import pathlib
import shutil
import tempfile

import kiosk
from figures import instructions, output_of
from office import Office

BOOKINGS = 100_000
ASKED = 2000
VISITS = 30

# To the page where only Bevestig is left, as board/visits/passport.journey goes there.
VISIT = """tap start
tap paspoort
tap paspoort
tap arrange
tap self
tap have
tap normal
tap appointment
tap next
tap next
tap time-*
tap next
type "de Vries"
tap enter
type "0612345678"
tap enter
see screen confirm
tap confirm
see screen done
tap done
tap skip
see screen attract
"""


def fill(report, build):
    """A database with that many appointments. In memory: a commit each takes long."""
    memory = pathlib.Path("/dev/shm")
    folder = pathlib.Path(tempfile.mkdtemp(dir=memory if memory.is_dir() else report.folder))
    try:
        output_of([build / "bench" / "bench_book", "fill", folder / "office.db", BOOKINGS])
        return shutil.move(folder / "office.db", report.folder / "filled.db")
    finally:
        shutil.rmtree(folder)


def part_month(report, build):
    report.title(f"Which days of a month are free at one place, {BOOKINGS:,} in the book",
                 ["what", "instructions", "p50 ms", "p99 ms", "× floor p99"])
    database = fill(report, build)
    counted = instructions(build, [build / "bench" / "bench_book", "month", database], 2, 12)
    office = Office(report, build, database=database)
    floors = {}
    for work, name, clients in (
            ("fields", "floor: HTTP, signature, nothing to look up", 1),
            ("months", "a month, 1 kiosk", 1),
            ("fields", "floor, 8 kiosks", 8),
            ("months", "a month, 8 kiosks", 8)):
        *_, half, most = office.run(work, clients, ASKED // clients)
        floors.setdefault(clients, most)
        report.row([name, f"{counted:,.0f}" if work == "months" else "", f"{half:.2f}",
                    f"{most:.2f}", f"{most / floors[clients]:.2f}"])
    report.line("instructions: of the book alone, without HTTP.")
    report.stop(office.process)


def shown_after(taps, page, shown):
    """Milliseconds from each lift on `page` to the first time that `shown` was painted."""
    found, waits = [], True
    for line in taps.read_text().splitlines():
        before, now, took = line.split()
        if before == page and now == shown and waits:
            found.append(float(took))
        waits = before != page or now != shown
    return sorted(found)


def part_book(report, build):
    report.title("Bevestig: from the finger that lifts to the ticket on the screen (1080 × 1920)",
                 ["what", "p50 ms", "p99 ms", "× floor p50"])
    office = Office(report, build)
    # A time is held when it is chosen; what is left is to book it.
    *_, floor, most = office.run("bookings", 1, 300)
    report.row(["floor: hold and book over HTTP, no screen", f"{floor:.2f}", f"{most:.2f}",
                "1.00"])
    journey, taps = report.folder / "bench.journey", report.folder / "taps.txt"
    journey.write_text(VISIT * VISITS)
    (report.folder / "kiosk").mkdir(exist_ok=True)
    (office.keys / "bench-1.key").replace(report.folder / "kiosk" / "kiosk.key")
    output_of(["env", f"BENCH_TAPS={taps}", build / "bench" / "loketzuil", "--settings",
               kiosk.write_settings(report, build, office.url), "--journey", journey,
               "--pictures", report.folder / "pictures"])
    took = shown_after(taps, "confirm", "done")
    report.row([f"Bevestig to the ticket, {len(took)} visits", f"{took[len(took) // 2]:.2f}",
                f"{took[(len(took) * 99 - 1) // 100]:.2f}",
                f"{took[len(took) // 2] / floor:.2f}"])
    report.line("With journal, booking, count and paint; the back office on loopback.")
    report.stop(office.process)
