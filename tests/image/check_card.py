"""board/image/make-card: what stands on a card that held something else before, with
small parts in the place of kernel and root.
"""

import json
import os
import shutil
import subprocess
import unittest

from cards import MB, fill_with_old_data, make_folder

SECTOR = 512
# The table of board/README.md: number, first sector, size in MB, type.
PARTITIONS = ((1, 2048, 64, "c"), (2, 133120, 128, "c"), (3, 395264, 128, "c"),
              (4, 657408, 959, "5"), (5, 659456, 320, "83"), (6, 1316864, 320, "83"),
              (7, 1974272, 316, "83"))
ROOT = 659456 * SECTOR


def with_zeros(size):
    """Something, nothing for long, and something."""
    return b"begin" + bytes(size - 8) + b"end"


class Card(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = make_folder()
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        for name in ("firmware", "slot"):
            os.mkdir(f"{cls.folder}/{name}")
            with open(f"{cls.folder}/{name}/{name}", "wb") as file:
                file.write(with_zeros(9 * MB))
        with open(f"{cls.folder}/root.img", "wb") as file:
            file.write(with_zeros(6 * MB))
        for path, _, files in os.walk(cls.folder):
            for name in files:
                os.utime(f"{path}/{name}", (1700000000, 1700000000))
        cls.image, cls.card = f"{cls.folder}/loketzuil.img", f"{cls.folder}/card"
        cls.make()
        fill_with_old_data(cls.card, os.path.getsize(cls.image))
        cls.flash(cls.image)

    @classmethod
    def make(cls):
        subprocess.run(["board/image/make-card", cls.folder, "4c5a0001"], check=True,
                       env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})

    @classmethod
    def flash(cls, image):
        subprocess.run(["board/flash", image, cls.card, "--file"], check=True,
                       stdout=subprocess.DEVNULL)

    def partition(self, number):
        """A copy of one, to look at."""
        _, first, size, _ = PARTITIONS[number - 1]
        path = f"{self.folder}/partition"
        subprocess.run(["dd", f"if={self.card}", f"of={path}", "bs=1M", f"count={size}",
                        f"skip={first * SECTOR}", "iflag=skip_bytes", "status=none"],
                       check=True)
        return path

    def check_file_system(self, number, *command):
        done = subprocess.run([*command, self.partition(number)], capture_output=True,
                              text=True)
        return done.returncode == 0, done.stdout

    def test_the_partitions_are_as_documented(self):
        done = subprocess.run(["sfdisk", "--json", self.card], capture_output=True, check=True)
        table = json.loads(done.stdout)["partitiontable"]
        self.assertEqual(table["id"], "0x4c5a0001")
        self.assertEqual(
            tuple((number, part["start"], part["size"] * SECTOR // MB, part["type"])
                  for number, part in enumerate(table["partitions"], 1)), PARTITIONS)

    def test_file_systems_are_clean_on_a_card_that_held_something(self):
        for number in (1, 2, 3):
            clean, said = self.check_file_system(number, "fsck.vfat", "-n")
            self.assertTrue(clean, said)
        clean, said = self.check_file_system(7, "e2fsck", "-fn")
        self.assertTrue(clean, said)

    def test_files_and_root_are_whole_on_a_card_that_held_something(self):
        for number, name in ((1, "firmware"), (2, "slot")):
            done = subprocess.run(
                ["mtype", "-i", self.partition(number), f"::{name}"], capture_output=True,
                check=True, env={**os.environ, "MTOOLS_SKIP_CHECK": "1"})
            self.assertEqual(done.stdout, with_zeros(9 * MB))
        with open(self.card, "rb") as card:
            card.seek(ROOT)
            self.assertEqual(card.read(6 * MB), with_zeros(6 * MB))

    def test_nothing_is_written_where_nothing_is(self):
        with open(self.card, "rb") as card:
            card.seek(ROOT + 7 * MB)
            self.assertEqual(card.read(MB), b"\xa5" * MB)

    def test_zeros_that_are_left_out_would_be_found(self):
        # By a map of what is not zero: an empty slot's table then holds old data.
        bad = f"{self.folder}/bad.img"
        subprocess.run(["cp", "--sparse=always", self.image, bad], check=True)
        subprocess.run(["bmaptool", "-q", "create", bad, "-o", bad + ".bmap"], check=True)
        self.addCleanup(self.flash, self.image)
        with open(self.card, "r+b") as card:
            card.seek(PARTITIONS[2][1] * SECTOR)
            card.write(b"\xa5" * 4 * MB)
        self.flash(bad)
        self.assertFalse(self.check_file_system(3, "fsck.vfat", "-n")[0])

    def test_the_same_parts_give_the_same_card(self):
        first = subprocess.run(["sha256sum", self.image, self.image + ".bmap"],
                               capture_output=True, check=True).stdout
        self.make()
        self.assertEqual(subprocess.run(["sha256sum", self.image, self.image + ".bmap"],
                                        capture_output=True, check=True).stdout, first)

    def test_a_root_that_does_not_fit_is_refused(self):
        folder = make_folder()
        self.addCleanup(shutil.rmtree, folder)
        shutil.copytree(f"{self.folder}/firmware", f"{folder}/firmware")
        shutil.copytree(f"{self.folder}/slot", f"{folder}/slot")
        with open(f"{folder}/root.img", "wb") as file:
            file.truncate(321 * MB)
        done = subprocess.run(["board/image/make-card", folder, "4c5a0001"],
                              capture_output=True, text=True,
                              env={**os.environ, "SOURCE_DATE_EPOCH": "1700000000"})
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("the root has 321 MB, and 320 MB is its place", done.stderr)
