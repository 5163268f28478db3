"""board/flash: what a card holds afterwards, and which cards and images it refuses."""

import hashlib
import os
import re
import resource
import shutil
import stat
import subprocess
import unittest

from block_map import BlockMap, BlockMapError
from cards import MB, Loop, fill_with_old_data, make_folder

IMAGE_MB, CARD_MB = 24, 32
DATA = ((0, 1), (9 * MB, 5 * MB), (20 * MB - 4096, 8192))  # what is no hole


def read(path):
    with open(path, "rb") as file:
        return file.read()


def flip(path, offset):
    with open(path, "r+b") as file:
        file.seek(offset)
        byte = file.read(1)[0]
        file.seek(offset)
        file.write(bytes([byte ^ 1]))


class Flash(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.made = make_folder()
        cls.addClassCleanup(shutil.rmtree, cls.made)
        image = f"{cls.made}/card.img"
        with open(image, "wb") as file:
            file.truncate(IMAGE_MB * MB)
            for offset, length in DATA:
                file.seek(offset)
                file.write(hashlib.shake_128(b"image").digest(length))
        subprocess.run(["bmaptool", "-q", "create", image, "-o", image + ".bmap"], check=True)
        fill_with_old_data(f"{cls.made}/card", CARD_MB * MB)

    def setUp(self):
        self.folder = make_folder()
        self.addCleanup(shutil.rmtree, self.folder)
        self.image, self.card = f"{self.folder}/card.img", f"{self.folder}/card"
        shutil.copytree(self.made, self.folder, dirs_exist_ok=True)
        self.old = read(self.card)

    def loop(self, *options):
        loop = Loop(self.card, *options)
        self.addCleanup(loop.end)
        if loop.device is None:
            self.skipTest("this machine allows no loop devices")
        return loop.device

    def flash(self, device, *options, **how):
        return subprocess.run(["board/flash", self.image, device, *options],
                              capture_output=True, text=True, **how)

    def check_refused(self, done, sentence, changed=False):
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr, f"^flash: .*{sentence}")
        self.assertEqual(done.stderr.count("\n"), 1)
        if not changed:
            self.assertEqual(read(self.card), self.old)

    def check_flashed(self, done):
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("was read back", done.stdout)
        image, card = read(self.image), read(self.card)
        for offset, length in DATA:
            self.assertEqual(card[offset:offset + length], image[offset:offset + length])
        self.assertEqual(card[IMAGE_MB * MB:], self.old[IMAGE_MB * MB:])
        return card

    # --- a card holds what the image holds

    def test_what_the_map_does_not_name_is_not_written(self):
        card = self.check_flashed(self.flash(self.card, "--file"))
        self.assertEqual(card[MB:9 * MB], self.old[MB:9 * MB])
        self.assertEqual(card[15 * MB:19 * MB], self.old[15 * MB:19 * MB])

    def test_a_disk_is_written_like_a_file(self):
        device = self.loop()
        card = self.check_flashed(self.flash(device, "--any-disk"))
        self.assertEqual(card[MB:9 * MB], self.old[MB:9 * MB])

    def test_the_whole_image_leaves_nothing_of_what_was_there(self):
        card = self.check_flashed(self.flash(self.card, "--file", "--whole"))
        self.assertEqual(card[:IMAGE_MB * MB], read(self.image))

    # --- what a card does wrong is found

    def test_a_bit_that_flips_after_writing_is_found(self):
        for offset, length in DATA:
            with self.subTest(offset=offset):
                self.check_flashed(self.flash(self.card, "--file"))
                self.copy_and_flip(offset + length - 1)

    def copy_and_flip(self, place):
        """As board/flash does it, with a card that doesn't keep what it was given."""
        block_map = BlockMap(self.image + ".bmap")
        image = os.open(self.image, os.O_RDONLY)
        card = os.open(self.card, os.O_RDWR)
        try:
            block_map.copy(image, card, lambda count: None)
            block_map.check(card, lambda count: None)
            flip(self.card, place)
            with self.assertRaisesRegex(BlockMapError, "differs from the map"):
                block_map.check(card, lambda count: None)
        finally:
            os.close(image)
            os.close(card)

    def test_a_short_card_is_refused(self):
        os.truncate(self.card, IMAGE_MB * MB - 4096)
        self.old = read(self.card)
        self.check_refused(self.flash(self.card, "--file"),
                           "is too small: it has 23 MB, and 24 MB are needed")

    def test_a_short_disk_is_refused(self):
        device = self.loop("--sizelimit", str(IMAGE_MB * MB - 512))
        self.check_refused(self.flash(device, "--any-disk"), "is too small")

    def test_a_card_that_ends_before_it_says_is_found(self):
        def short():
            resource.setrlimit(resource.RLIMIT_FSIZE, (11 * MB, 11 * MB))

        self.check_refused(self.flash(self.card, "--file", preexec_fn=short),
                           r"can't be written at 1\d MB: File too large", changed=True)

    # --- an image that is not as it was made does not touch the card

    def test_a_changed_image_is_not_written(self):
        flip(self.image, DATA[1][0] + 1000)
        self.check_refused(self.flash(self.card, "--file"), "differs from the map")

    def test_a_short_image_is_not_written(self):
        os.truncate(self.image, 10 * MB)
        self.check_refused(self.flash(self.card, "--file"), "ends at 10 MB")

    def test_a_changed_map_is_not_believed(self):
        whole = read(self.image + ".bmap").decode()
        cases = (
            ("nothing", whole, ""),
            ("half", whole, whole[:len(whole) // 2]),
            ("another format", 'version="2.0"', 'version="3.0"'),
            ("another checksum", "> sha256 <", "> sha1 <"),
            ("one digit", 'chksum="', 'chksum="0'),
            ("a range that is gone", re.search(r" *<Range.*\n", whole)[0], ""),
        )
        for name, old, new in cases:
            with self.subTest(name):
                with open(self.image + ".bmap", "w") as file:
                    file.write(whole.replace(old, new, 1))
                self.check_refused(self.flash(self.card, "--file"), "is no map of an image")

    def test_without_a_map_nothing_is_written(self):
        os.remove(self.image + ".bmap")
        self.check_refused(self.flash(self.card, "--file"), "make image makes it")

    # --- another disk is not touched

    def test_what_is_no_disk_is_refused(self):
        self.check_refused(self.flash(self.card), "is no disk")
        self.check_refused(self.flash("/dev/null"), "is no disk")
        self.check_refused(self.flash(self.folder + "/nothing"), "is not there")
        self.check_refused(self.flash("/dev/null", "--file"), "is no file")

    def test_without_a_device_it_says_how_it_is_used(self):
        done = self.flash("")
        self.assertEqual(done.returncode, 2)
        self.assertIn("make flash DEVICE=", done.stderr)

    def test_a_disk_that_is_built_in_is_refused(self):
        self.check_refused(self.flash(self.loop()), "is built in")

    def test_a_disk_that_is_read_only_is_refused(self):
        self.check_refused(self.flash(self.loop("--read-only"), "--any-disk"),
                           "can't be written")

    def make_partition(self):
        """A disk with a partition on it; its node is made here, as nobody else may do."""
        device, part = self.loop(), f"{self.folder}/part"
        subprocess.run(["addpart", device, "1", "2048", "32768"])
        self.addCleanup(subprocess.run, ["delpart", device, "1"])
        try:
            with open(f"/sys/class/block/{os.path.basename(device)}p1/dev") as file:
                major, minor = map(int, file.read().split(":"))
            os.mknod(part, 0o600 | stat.S_IFBLK, os.makedev(major, minor))
        except OSError:
            self.skipTest("this machine allows no partitions of loop devices")
        subprocess.run(["mkfs.ext4", "-q", "-F", part], check=True)
        self.old = read(self.card)
        return device, part

    def test_a_part_of_a_disk_is_refused(self):
        _, part = self.make_partition()
        self.check_refused(self.flash(part, "--any-disk"), "name the whole disk")

    def test_a_disk_of_which_a_part_is_mounted_is_refused(self):
        device, part = self.make_partition()
        place = f"{self.folder}/mounted"
        os.mkdir(place)
        if subprocess.run(["mount", "-o", "ro,noload", part, place]).returncode != 0:
            self.skipTest("this machine allows no mounting")
        self.addCleanup(subprocess.run, ["umount", place], check=True)
        self.check_refused(self.flash(device, "--any-disk"), "is in use: .*/mounted$")
