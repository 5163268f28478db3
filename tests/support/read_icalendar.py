#!/usr/bin/python3
"""What somebody else's parser (python3-icalendar) makes of a calendar.

    read_icalendar.py FILE ZONE

One line a value of each event: NAME=value, times by the clock of ZONE as Python's own
time zones have it. Debian's Python by its path: that is the one with the package.
"""
import sys
import zoneinfo

import icalendar


def main():
    with open(sys.argv[1], "rb") as file:
        calendar = icalendar.Calendar.from_ical(file.read())
    zone = zoneinfo.ZoneInfo(sys.argv[2])
    print("VERSION=" + calendar["VERSION"])
    for event in calendar.walk("VEVENT"):
        if event.errors:
            sys.exit(f"errors: {event.errors}")
        for name in ("DTSTART", "DTEND"):
            moment = event.decoded(name)
            if moment.tzinfo is None:
                sys.exit(f"{name} has no time zone")
            print(f"{name}={moment.astimezone(zone):%Y-%m-%dT%H:%M:%S}")
        for name in ("UID", "SUMMARY", "LOCATION", "DESCRIPTION", "URL", "SEQUENCE"):
            if name in event:
                print(f"{name}=" + str(event[name]).replace("\n", "|"))


if __name__ == "__main__":
    main()
