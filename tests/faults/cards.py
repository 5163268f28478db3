"""A back office that is restored from a copy, and cards of which there are two."""
import shutil
import sqlite3

import agreement
import rig
from chain import SETTLE, VISIT


def all_went_well(visits):
    return [f"a visit fails: {visit.why()}"
            for visit in visits if visit.status != 0]


def union(*kiosks):
    """(streams, events) of several cards, what they share once."""
    streams, events = {}, {}
    for kiosk in kiosks:
        for stream in agreement.outbox_streams(kiosk.folder / "outbox.db"):
            if stream.parked:
                continue
            streams.setdefault(stream.id, stream)
            for event in stream.read():
                events[stream.id, event["id"]] = event
    return list(streams.values()), list(events.values())


def compare_counts(office, *kiosks):
    streams, events = union(*kiosks)
    wrong = []
    for kiosk in kiosks:
        own = agreement.outbox_streams(kiosk.folder / "outbox.db")
        wrong += agreement.check_outbox(own)
    return (wrong + agreement.check_streams(office.database(), streams) +
            agreement.check_counts(office.database(), events, rig.LOCATION) +
            agreement.check_cells(office.database()))


def conflicts(office):
    return {row[0] for row in
            agreement.query(office.database(), "SELECT stream FROM stream_conflict")}


def copy_database(source, target):
    """As a backup does, while the back office runs."""
    with sqlite3.connect(source) as live, sqlite3.connect(target) as copy:
        live.backup(copy)
    live.close()
    copy.close()


def restored_from_a_copy(setup, folder):
    """Copied after the first visit, put back after the third: counts are exact."""
    office, kiosk = setup.begin(folder / "first")
    try:
        office.start()
        visits = [kiosk.run(VISIT)]
        copy_database(office.database(), folder / "copy.db")
        visits += [kiosk.run(VISIT), kiosk.run(VISIT)]
        office.stop()
        wrong = compare_counts(office, kiosk)
        shutil.copy(folder / "copy.db", office.database())
        if not agreement.check_counts(office.database(), union(kiosk)[1], rig.LOCATION):
            wrong.append("the copy has lost nothing: this proves nothing")
        office.start()
        visits += [kiosk.run(SETTLE), kiosk.run(VISIT), kiosk.run(SETTLE)]
        office.stop()
    finally:
        office.end()
    gaps = agreement.query(office.database(), "SELECT count(*) FROM stream_gap")[0][0]
    return (all_went_well(visits) + wrong + compare_counts(office, kiosk) +
            ([f"{gaps} gaps"] if gaps else []))


def clone(setup, kiosk, folder, office):
    """A second card with everything that is on the first."""
    target = folder / "clone"
    target.mkdir()
    for path in kiosk.folder.iterdir():
        if path.is_file() and not path.name.endswith(("-shm", ".steps")):
            shutil.copy(path, target)
    return rig.Kiosk(setup.build, target, setup.library, office.port)


def cloned_while_off(setup, folder):
    """Copied with a visit that power cut off: both cards close it, it counts once."""
    office, kiosk = setup.begin(folder / "first")
    try:
        office.start()
        visits = [kiosk.run(VISIT), kiosk.run(VISIT, step=0)]
        cut_off = kiosk.run(VISIT, step=kiosk.killer.steps() // 2)
        second = clone(setup, kiosk, folder, office)
        visits += [card.run(VISIT) for card in (kiosk, second, kiosk, second)]
        visits += [card.run(SETTLE) for card in (kiosk, second)]
        office.stop()
    finally:
        office.end()
    wrong = all_went_well(visits) + compare_counts(office, kiosk, second)
    if not cut_off.killed or not has_interrupted_visit(union(kiosk)[1]):
        wrong.append("no visit was cut off: this proves nothing")
    if conflicts(office):
        wrong.append("two cards that say the same are taken for a conflict")
    return wrong + agreement.check_appointments(
        office.database(), union(kiosk, second)[1],
        [visit.trace for visit in visits if visit.trace is not None])


def has_interrupted_visit(events):
    return any(event["data"].get("outcome") == "interrupted" for event in events)


def pause_inside_visit(kiosk):
    """Stands still with a visit begun, and no booking sent."""
    steps = kiosk.killer.steps()
    for part in range(3, 10):
        if not kiosk.pause_at(VISIT, steps * part // 10):
            break
        # Read as a copy: the kiosk has locked its own.
        copy = kiosk.folder / "look"
        copy.mkdir()
        for path in kiosk.folder.glob("*.db*"):
            shutil.copy(path, copy)
        newest = agreement.outbox_streams(copy / "outbox.db")[-1]
        keys = agreement.query(copy / "journal.db", "SELECT count(*) FROM booking")[0][0]
        shutil.rmtree(copy)
        if newest.visit_begun is not None and not keys:
            return True
        kiosk.go_on()
        kiosk.finish()
    return False


def cloned_while_on(setup, folder):
    """Copied inside a visit: both cards go on with one stream in different ways."""
    office, kiosk = setup.begin(folder / "first")
    try:
        office.start()
        visits = [kiosk.run(VISIT), kiosk.run(VISIT, step=0)]
        if not pause_inside_visit(kiosk):
            return ["no step was found inside a visit"]
        second = clone(setup, kiosk, folder, office)
        kiosk.go_on()
        visits += [kiosk.finish(), kiosk.run(SETTLE)]
        visits += [card.run(VISIT) for card in (second, kiosk, second)]
        visits += [card.run(SETTLE) for card in (kiosk, second)]
        office.stop()
    finally:
        office.end()
    wrong = all_went_well(visits) + compare_counts(office, kiosk, second)
    parked = {stream.id for stream in
              agreement.outbox_streams(second.folder / "outbox.db") if stream.parked}
    if len(parked) != 1:
        wrong.append(f"{len(parked)} streams are parked")
    if not parked <= conflicts(office):
        wrong.append("staff can't see the conflict")
    return wrong + agreement.check_appointments(
        office.database(), union(kiosk, second)[1],
        [visit.trace for visit in visits if visit.trace is not None])


STORIES = {
    "a back office restored from a copy catches up": restored_from_a_copy,
    "a card cloned while off doubles nothing": cloned_while_off,
    "a card cloned while on is parked and visible": cloned_while_on,
}
