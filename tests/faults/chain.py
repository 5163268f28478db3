"""Kill after kill in one folder, and then: does everything agree?"""
import collections
import pathlib
import re
import shutil
import sqlite3

import agreement
import rig

HERE = pathlib.Path(__file__).parent
VISIT = HERE / "passport.journey"
OFFLINE = HERE / "passport-offline.journey"
SETTLE = HERE / "settle.journey"
TYPED = ["Zonderland", "0687654321"]  # what passport.journey types
SECOND_TRIES = 6  # how many steps there are varies a little


class Setup:
    """What every folder begins with: a claimed kiosk, made once and copied."""

    def __init__(self, build, folder):
        self.build, self.library = build, f"{build}/faults/kill_at.so"
        self.template = pathlib.Path(folder) / "template"
        (self.template / "kiosk").mkdir(parents=True)
        rig.claim(build, self.template / "office.db", self.template / "kiosk" / "kiosk.key")

    def begin(self, folder):
        """(back office, kiosk) in that folder; neither runs."""
        shutil.copytree(self.template, folder, dirs_exist_ok=True)
        office = rig.Office(self.build, folder, self.library)
        return office, rig.Kiosk(self.build, pathlib.Path(folder) / "kiosk", self.library,
                                 office.port)

    def count(self):
        """The steps of an unharmed visit, with the starts of both programs."""
        folder = self.template.parent / "count"
        chain = Chain(self, folder)
        try:
            chain.office.start(step=0)
            visit = chain.kiosk.run(VISIT, step=0)
            if visit.status != 0:
                raise rig.Stuck(f"an unharmed visit fails: {visit.why()}")
            steps = {"kiosk": chain.kiosk.killer.steps()}
            chain.office.stop()
            chain.tickets.append(visit.trace)
            steps["office"] = chain.office.killer.steps()
            wrong = chain.finish()
            if wrong or visit.trace is None:
                raise rig.Stuck(f"an unharmed visit does not agree: {wrong}")
            return steps
        finally:
            chain.end()


class Chain:
    def __init__(self, setup, folder):
        self.folder = pathlib.Path(folder)
        self.office, self.kiosk = setup.begin(folder)
        self.sums = collections.Counter()  # of what happened, to show that it did
        self.tickets = []  # traces of the page with the ticket
        self.wrong = []

    def kill(self, side, step, torn):
        """One visit in which `side` dies at that step; what was it about to do?"""
        program = self.kiosk if side == "kiosk" else self.office
        # Every third kiosk books out of its lease, with the cable pulled.
        journey = OFFLINE if side == "kiosk" and step % 3 == 0 else VISIT
        for tries_left in range(SECOND_TRIES, 0, -1):
            if self._visit(side, journey, step, torn):
                self.sums["kills"] += 1
                return program.killer.last()
            # How far a visit comes depends on what threads find to do: ever earlier.
            step = max(1, program.killer.steps() * tries_left // (SECOND_TRIES + 1))
        return "never came so far"

    def _visit(self, side, journey, step, torn):
        before = self.office.killed
        if side == "office":
            self.office.stop()
            self.office.start(step, torn)
            visit = self.kiosk.run(journey)
            self.office.stop()  # which may be where it dies
        else:
            if self.office.watcher is None:
                self.office.start()
            visit = self.kiosk.run(journey, step, torn)
        self._look_at(visit)
        return visit.killed or self.office.killed > before

    def _look_at(self, visit):
        if visit.trace is not None:
            self.tickets.append(visit.trace)
        if visit.killed or visit.status == 0:
            return
        # Where a visit could not go on, it has to say so.
        self.sums["troubles told"] += 1
        if self.office.killed == 0 or not is_truthful(visit):
            self.wrong.append(f"a visit fails: {visit.why()}")

    def finish(self):
        """Lets everything come to rest, and compares."""
        if self.office.watcher is None:
            self.office.start()
        settled = self.kiosk.run(SETTLE)
        self.office.stop()
        if settled.status != 0:
            self.wrong.append(f"it does not come to rest: {settled.why()}")
        self.wrong += compare(self.office.database(), self.kiosk.folder, self.tickets)
        self._sum_up()
        self.wrong += self._check_holds_expire()
        return self.wrong

    def _sum_up(self):
        self.sums["tickets shown"] += len(self.tickets)
        states = collections.Counter(row[2] for row in
                                     agreement.bookings(self.office.database()))
        self.sums["appointments"] += states[agreement.BOOKED]
        self.sums["appointments cancelled"] += states[agreement.CANCELLED]
        self.sums["holds left or given up"] += states[agreement.HELD] + \
            states[agreement.GIVEN_UP]
        for row in agreement.query(self.office.database(),
                                   "SELECT outcome, count FROM count_outcome"):
            self.sums[f"visits {row[0]}"] += row[1]

    def _check_holds_expire(self):
        """The holds that are left have expired by now; a start tidies them away."""
        with sqlite3.connect(self.office.database()) as database:
            for table in ("cell", "booking"):
                database.execute(f"UPDATE {table} SET expires = 1 WHERE expires IS NOT NULL")
        database.close()
        self.office.start()
        self.office.stop()
        left = agreement.query(self.office.database(), "SELECT count(*) FROM cell"
                                                       " WHERE expires IS NOT NULL")[0][0]
        return ([f"{left} held cells do not expire"] if left else []) + \
            agreement.check_cells(self.office.database())

    def end(self):
        self.office.end()


def is_truthful(visit):
    """The journey stopped at a page that says that it did not work."""
    return re.search(r"^The screen shows:\n(trouble|uncertain) ", visit.said, re.M) is not None


def compare(office, kiosk, tickets):
    streams = agreement.outbox_streams(kiosk / "outbox.db")
    events = [event for stream in streams for event in stream.read()]
    return (agreement.check_outbox(streams) + agreement.check_visits(streams) +
            agreement.check_streams(office, streams) +
            agreement.check_counts(office, events, rig.LOCATION) +
            agreement.check_cells(office) +
            agreement.check_appointments(office, events, tickets) +
            agreement.check_kiosk_at_rest(kiosk) +
            agreement.check_nothing_typed(kiosk, TYPED))
