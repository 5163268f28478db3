"""How long a start takes, as the card says it (report): from the kernel's start on."""

import re

FIRST_PIXELS = re.compile(r"splash: drawn ([\d.]+) s after the kernel's start")
ROOT = re.compile(r"loketzuil: ([\d.]+) s: the root is mounted")
STANDS = re.compile(r"heartbeat: stands ([\d.]+) s after the kernel's start")
UNIT = re.compile(r"unit: (\S+) (\d+) (\d+) (\d+) ?(.*)")
KIOSK = "loketzuil.service"
ROOT_TO_KIOSK_MAX_S = 10  # on a machine that has nothing else to do


class Unit:
    def __init__(self, begun, process, active, after):
        self.begun, self.process, self.active = (us / 1e6 for us in (begun, process, active))
        self.after = after.split()


def units(serial):
    """What systemd tells of each: begun, its process, active, in s; and after what."""
    return {name: Unit(int(begun), int(process), int(active), after)
            for name, begun, process, active, after in UNIT.findall(serial)}


def chain(known, name):
    """As systemd-analyze critical-chain: what each waited for last."""
    lines = []
    while name in known:
        unit = known[name]
        lines.append(f"{name} @{unit.active:.1f} s +{unit.active - unit.begun:.1f} s")
        before = [other for other in unit.after
                  if other in known and 0 < known[other].active <= unit.begun]
        name = max(before, key=lambda other: known[other].active, default="")
    return lines


def figures(serial):
    """Sentences about the first start in that log."""
    known = units(serial)
    first, root, stands = (float(pattern.search(serial)[1])
                           for pattern in (FIRST_PIXELS, ROOT, STANDS))
    kiosk = known[KIOSK]
    wait = kiosk.process - root
    yield (f"after the kernel's start: first pixels {first:.1f} s, root {root:.1f} s, "
           f"kiosk {kiosk.process:.1f} s, first page, to be touched, {stands:.1f} s")
    much = "" if wait <= ROOT_TO_KIOSK_MAX_S else \
        f" (wanted: {ROOT_TO_KIOSK_MAX_S} s on a machine with nothing else to do)"
    yield f"from root to kiosk {wait:.1f} s{much}"
    yield "what it waited for: " + " < ".join(chain(known, KIOSK))
