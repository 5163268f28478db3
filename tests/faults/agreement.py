"""Do the outbox, the journal, the book and the counts agree? Read from the files.

Each function returns a list of what is wrong, in sentences; empty when all is well.
The expected counts are computed here anew, from the events in the outbox.
"""
import collections
import datetime
import hashlib
import json
import re
import sqlite3
import zoneinfo

ZONE = zoneinfo.ZoneInfo("Europe/Amsterdam")
CELL_S = 300
HELD, BOOKED, ARRIVED, CANCELLED, GIVEN_UP, MISSED = range(6)
SOURCE = re.compile(r"urn:nld:loketzuil:([a-z0-9-]+):([0-9a-f]{32})")
TICKET_CODE = re.compile(r"ticket-code: [^|]*\|(.*)")


def query(path, sql):
    database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
    try:
        return database.execute(sql).fetchall()
    finally:
        database.close()


# --- the outbox ----------------------------------------------------------------------

class Stream:
    def __init__(self, row):
        (self.number, self.id, self.kiosk, self.last, self.tail, self.acknowledged,
         self.visit_begun, self.parked) = row
        self.events = []  # (sequence, link before, text)

    def read(self, through=None):
        """The events as values; up to `through`."""
        return [json.loads(text) for sequence, _, text in self.events
                if through is None or sequence <= through]


def outbox_streams(path):
    streams = {}
    for row in query(path, "SELECT number, stream, kiosk, last, tail, acknowledged,"
                           " visit_begun, parked FROM stream ORDER BY number"):
        streams[row[0]] = Stream(row)
    for number, *event in query(path, "SELECT stream, sequence, before, text FROM event"
                                      " ORDER BY stream, sequence"):
        if number in streams:
            streams[number].events.append(event)
    return list(streams.values())


def check_outbox(streams):
    """Whole, without gaps, all acknowledged, the chain right."""
    wrong = []
    for stream in streams:
        name = f"stream {stream.number}"
        link = hashlib.sha256(stream.id).digest()
        for position, (sequence, before, text) in enumerate(stream.events, 1):
            if sequence != position:
                wrong.append(f"{name}: event {sequence} where {position} was due")
            if before != link:
                wrong.append(f"{name}: the link before event {sequence} is wrong")
            link = hashlib.sha256(link + text.encode()).digest()
            source = SOURCE.fullmatch(json.loads(text)["source"])
            if source is None or source[2] != stream.id.hex():
                wrong.append(f"{name}: event {sequence} names another stream")
        if stream.last != len(stream.events) or stream.tail != link:
            wrong.append(f"{name}: its end does not belong to its events")
        if not stream.parked and stream.acknowledged != stream.last:
            wrong.append(f"{name}: acknowledged {stream.acknowledged} of {stream.last}")
    return wrong


def kind_of(event):
    kind = event["type"].split(".")[-2]
    return {"bezoek-begonnen": "begun", "bezoek-beeindigd": "ended"}.get(kind, "step")


def check_visits(streams):
    """In each stream visits begin and end in turn, with their steps between."""
    wrong = []
    for stream in streams:
        under_way = False
        for event in stream.read():
            kind = kind_of(event)
            if under_way == (kind == "begun"):
                wrong.append(f"stream {stream.number}: event {event['id']} ({kind}) "
                             f"{'inside' if under_way else 'outside'} a visit")
            under_way = kind == "begun" or (under_way and kind != "ended")
        if under_way or stream.visit_begun is not None:
            wrong.append(f"stream {stream.number}: its last visit has not ended")
    return wrong


# --- the counts ----------------------------------------------------------------------

COUNT_TABLES = {
    "count_step": "hour, kiosk, location, product_uri, product, channel, step",
    "count_variant": "day, product, variant, step",
    "count_outcome": "day, screen, outcome",
    "count_language": "day, language, modes",
    "count_satisfaction": "day, channel, satisfaction",
    "count_duration": "day, duration",
    "count_misses": "day, screen",
}
MODES = {"large-text": 1, "high-contrast": 2, "reduced-reach": 4, "speech": 8, "keys": 16}
STEPS = {"informatie-bekeken": "information", "aanvraag-gestart": "started",
         "aanvraag-overgedragen": "handed-over", "aanvraag-afgerond": "completed",
         "aanvraag-afgebroken": "abandoned"}


def count_event(counts, event, location):
    instant = datetime.datetime.fromisoformat(event["time"])
    hour = int(instant.timestamp()) // 3600
    day = (instant.astimezone(ZONE).date() - datetime.date(1970, 1, 1)).days
    kiosk, data = SOURCE.fullmatch(event["source"])[1], event.get("data", {})
    kind = kind_of(event)
    if kind == "begun":
        counts["count_step"][hour, kiosk, location, "", "", "none", "visit"] += 1
    elif kind == "step":
        step = STEPS[event["type"].split(".")[-2]]
        product = data["product"]
        counts["count_step"][hour, kiosk, location, data.get("product_uri", ""), product,
                             data["channel"], step] += 1
        counts["count_variant"][day, product, data.get("variant", ""), step] += 1
    else:
        screen = data.get("screen", "")
        counts["count_outcome"][day, screen, data["outcome"]] += 1
        if data["outcome"] == "interrupted":
            return
        modes = sum(MODES[mode] for mode in data["modes"])
        counts["count_language"][day, data["language"], modes] += 1
        counts["count_duration"][day, data["duration"]] += 1
        missed = dict(data.get("missed", {}))
        rest = data.get("misses", 0) - sum(missed.values())
        if rest > 0:
            missed[screen] = missed.get(screen, 0) + rest
        for where, misses in missed.items():
            counts["count_misses"][day, where] += misses


def expected_counts(events, location):
    counts = {table: collections.Counter() for table in COUNT_TABLES}
    for event in events:
        count_event(counts, event, location)
    return counts


def check_counts(office, events, location):
    wrong = []
    for table, wanted in expected_counts(events, location).items():
        columns = COUNT_TABLES[table]
        found = {row[:-1]: row[-1]
                 for row in query(office, f"SELECT {columns}, count FROM {table}")}
        for key in sorted(wanted.keys() | found.keys(), key=str):
            if wanted.get(key, 0) != found.get(key, 0):
                wrong.append(f"{table}: {found.get(key, 0)} counted of {key}, "
                             f"{wanted.get(key, 0)} happened")
    return wrong


def check_streams(office, streams):
    """The back office has counted the same streams, each to the same link."""
    wrong = []
    found = {row[0]: row[1:] for row in
             query(office, "SELECT stream, kiosk, mark, link FROM stream")}
    for stream in streams:
        if stream.last == 0 or stream.parked:
            continue
        wanted = (stream.kiosk, stream.last, stream.tail)
        if found.get(stream.id) != wanted:
            wrong.append(f"stream {stream.number}: the back office is at "
                         f"{found.get(stream.id, ('', 0, b''))[1]} of {stream.last}, or on "
                         f"another chain")
    unknown = found.keys() - {stream.id for stream in streams}
    if unknown:
        wrong.append(f"the back office counted {len(unknown)} streams that nobody has")
    return wrong


# --- the book ------------------------------------------------------------------------

def bookings(office):
    return query(office, "SELECT id, key, state, desk, start, until, expires, code"
                         " FROM booking")


def check_cells(office):
    """Each booking and leased slot has its cells, every cell one of them, none two."""
    wrong, wanted = [], {}
    for identity, desk, start, until in query(
            office, "SELECT id, desk, start, until FROM lease_slot WHERE state = 0"):
        wanted |= {(desk, cell): (identity, None) for cell in range(start, until, CELL_S)}
    for identity, key, state, desk, start, until, expires, _ in bookings(office):
        if state not in (HELD, BOOKED, ARRIVED, MISSED):
            continue
        if (expires is None) == (state == HELD):
            wrong.append(f"booking {key} in state {state} expires at {expires}")
        for cell in range(start, until, CELL_S):
            if (desk, cell) in wanted:
                wrong.append(f"desk {desk} is given twice at {cell}")
            wanted[desk, cell] = (identity, expires)
    found = {row[:2]: row[2:] for row in
             query(office, "SELECT desk, start, booking, expires FROM cell")}
    for place in sorted(wanted.keys() | found.keys()):
        if wanted.get(place) != found.get(place):
            wrong.append(f"cell {place}: taken {found.get(place)}, booked {wanted.get(place)}")
    return wrong


def check_appointments(office, events, tickets):
    """As many booked as completed; every ticket that was seen is good."""
    wrong = []
    codes = [row[7] for row in bookings(office) if row[2] in (BOOKED, ARRIVED, MISSED)]
    completed = sum(1 for event in events
                    if event["type"].split(".")[-2] == "aanvraag-afgerond"
                    and event["data"]["channel"] == "appointment")
    if len(codes) != completed:
        wrong.append(f"{len(codes)} appointments stand, {completed} were completed")
    for trace in tickets:
        shown = re.sub("[^0-9A-Z]", "", TICKET_CODE.search(trace)[1])
        if shown not in codes:
            wrong.append("a ticket was shown of which the book has no appointment")
    if len(tickets) > completed:
        wrong.append(f"{len(tickets)} tickets were shown, {completed} counted")
    return wrong


def check_kiosk_at_rest(folder):
    """Nothing is left to be settled."""
    wrong = []
    open_keys = query(folder / "journal.db", "SELECT count(*) FROM booking")[0][0]
    receipts = query(folder / "outbox.db", "SELECT count(*) FROM receipt")[0][0]
    if open_keys or receipts:
        wrong.append(f"the journal has {open_keys} keys, the outbox {receipts} receipts")
    return wrong


def check_nothing_typed(folder, words):
    """What a citizen typed is on no disk of the kiosk (`run-*` is the test's own)."""
    wrong = []
    for path in sorted(folder.iterdir()):
        if path.is_file():
            content = path.read_bytes()
            wrong += [f"{path.name} holds what was typed" for word in words
                      if word.encode() in content]
    return wrong
