"""What of the machine's memory is in use, as the card says it every half minute.

How it is measured is in board/README.md, "Memory". Of 1024 MB both figures of the whole
system stay below the limit: at the attract screen, and when a visit has been made.
"""

import re

LIMIT_MB = 110
LINE = re.compile(r"memory: (\d+) kB of (\d+) in use, (\d+) bound, (\d+) of the kiosk")


def figures(serial):
    """Every line so far: kB in use, in all, bound, of the kiosk."""
    return [tuple(map(int, line)) for line in LINE.findall(serial)]


def judge(serial):
    """The last figures as a sentence; fails when one is above the limit."""
    in_use, _, bound, kiosk = (kb / 1024 for kb in figures(serial)[-1])
    text = f"memory in use {in_use:.1f} MB, bound {bound:.1f} MB, the kiosk {kiosk:.1f} MB"
    assert max(in_use, bound) <= LIMIT_MB, f"{text}: the limit is {LIMIT_MB} MB"
    return text
