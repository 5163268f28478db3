"""A kiosk's place: a card in a machine, a back office and a printer. For image-test to
judge and for image-run to show.
"""

import os
import re
import shutil
import subprocess
import time

from host import HOST_FOR_MACHINE, Office, Printer, make_certificate
from machine import Machine

SECTOR = 512
P1, P5, P7 = 2048 * SECTOR, 659456 * SECTOR, 1974272 * SECTOR
KIOSK = "linde-01"
ANNOUNCED = re.compile(r"claim it by the code (\w+)")


class Place:
    def __init__(self, build, name, display="none"):
        self.build, self.name, self.display = build, name, display
        self.image = f"{build}/image/loketzuil.img"
        self.firmware = f"{build}/image/u-boot-qemu.bin"
        self.folder = f"{build}/{name}"
        shutil.rmtree(self.folder, ignore_errors=True)
        os.makedirs(self.folder)
        make_certificate(self.folder)
        self.card = f"{self.folder}/card.img"
        self.began = time.monotonic()
        self.stops = []
        os.environ["PATH"] += ":/usr/sbin:/sbin"  # for who is not root, too

    def say(self, text):
        print(f"{self.name}: {time.monotonic() - self.began:4.0f} s: {text}", flush=True)

    def open(self):
        """Back office and printer."""
        self.office, self.printer = Office(self.build, self.folder, "office"), Printer()
        self.stops += [self.office.stop, self.printer.stop]

    def close(self):
        while self.stops:
            self.stops.pop()()

    def settings(self, host, ca_file):
        """What a technician writes into the card's loketzuil.conf."""
        return (f"[kiosk]\nname = {KIOSK}\nlocation = linde\n"
                f"[backoffice]\nurl = https://{host}:{self.office.port}\n"
                f"ca_file = {ca_file}\n[appointments]\nmaker = backoffice\n"
                f"[printer]\nmaker = network\naddress = {host}:{self.printer.port}\n"
                "width = 80\n")

    def make_card(self):
        """Flashed, and its one file edited."""
        if not os.path.exists(self.card):
            with open(self.card, "wb") as file:
                file.truncate(os.path.getsize(self.image))
        subprocess.run(["board/flash", self.image, self.card, "--file"], check=True,
                       stdout=subprocess.DEVNULL)
        self.put(self.settings(HOST_FOR_MACHINE, "/boot/ca.crt"), "loketzuil.conf")
        self.put(None, "ca.crt")

    def put(self, text, name):
        """A file onto the card's first partition, as a technician would."""
        path = f"{self.folder}/{name}"
        if text is not None:
            with open(path, "w") as file:
                file.write(text)
        subprocess.run(["mcopy", "-o", "-i", f"{self.card}@@{P1}", path, f"::/{name}"],
                       check=True, env={**os.environ, "MTOOLS_SKIP_CHECK": "1"})

    def boot(self, name):
        machine = Machine(self.card, self.firmware, self.folder, name, self.display)
        self.stops.append(machine.kill)
        return machine

    def pull_plug(self, machine):
        self.stops.remove(machine.kill)
        machine.kill()

    def announced(self, machine):
        """The code that the kiosk says in its log, on the serial console; or None."""
        found = ANNOUNCED.findall(machine.serial())
        return found[-1] if found else None
