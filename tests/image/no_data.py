"""A card that can't keep anything any more: the kiosk goes on in memory, and says so to the
technician on its welcome page.
"""

import os
import subprocess

from PIL import Image

from place import P7

JOURNEY = "tests/journeys/keeps-nothing.journey"
NOTE = (0, 150, 700, 215)  # where the panel says it
NOTE_PIXELS_MAX = 0.05


def rehearse(test):
    """What this machine's own kiosk shows then."""
    data = f"{test.folder}/no-data"
    os.mkdir(data, 0o700)
    settings = f"{test.folder}/no-data.conf"
    with open(settings, "w") as file:
        file.write(test.defaults(data) + "[kiosk]\nlocation = linde\n"
                   "no_data = /dev/null\n[printer]\nmaker = none\n")
    subprocess.run([f"{test.build}/loketzuil", "--settings", settings, "--journey", JOURNEY,
                    "--pictures", test.folder], check=True, capture_output=True)
    with Image.open(f"{test.folder}/keeps-nothing.png") as picture:
        return picture.convert("RGB")


def run(test, difference):
    picture, usual = rehearse(test), test.expected(0)[0]
    assert difference(usual.crop(NOTE), picture.crop(NOTE)) > NOTE_PIXELS_MAX
    with open(test.card, "r+b") as card:
        card.seek(P7)
        card.write(bytes(8 << 20))
    machine = test.boot("no-data")
    screen = test.see_picture(machine, picture, test.PIXELS_MAX, "keeps-nothing", test.BOOT_S)
    part = difference(screen.crop(NOTE), picture.crop(NOTE))
    assert part <= NOTE_PIXELS_MAX, f"the note for the technician differs in {part:.1%}"
    test.visit(machine, test.taps[:1])
    test.pull_plug(machine)
    test.say("the data partition destroyed: the kiosk goes on in memory, and says so")
