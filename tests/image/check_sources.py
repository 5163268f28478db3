"""What the card is made from: scripts, lists and units that don't contradict each other."""

import ast
import glob
import os
import re
import shutil
import subprocess
import unittest

from cards import make_folder

UNITS = "board/image/root/usr/lib/systemd/system"


def lines_of(path):
    with open(path) as file:
        return [line.split() for line in file if line.strip() and not line.startswith("#")]


class Scripts(unittest.TestCase):
    def test_every_script_can_be_read(self):
        found = 0
        for path in filter(os.path.isfile, glob.glob("board/**", recursive=True)):
            with open(path, "rb") as file:
                match = re.match(rb"#!.*[/ ](sh|bash|python3)\n", file.readline())
            if match is None:
                continue
            found += 1
            with self.subTest(path):
                if match[1] == b"python3":
                    with open(path) as file:
                        ast.parse(file.read())
                else:
                    subprocess.run([match[1], "-n", path], check=True)
        self.assertGreater(found, 10)


class Lock(unittest.TestCase):
    def setUp(self):
        self.wanted = lines_of("board/image/packages")
        self.locked = [line for line in lines_of("board/image/packages.lock")
                       if line[0] != "epoch"]

    def test_every_line_names_set_package_version_and_checksum(self):
        for line in self.locked:
            self.assertRegex(" ".join(line),
                             r"^(root|boot|sysroot) [a-z0-9.+-]+ [0-9][^ ]* [0-9a-f]{64}$")
        self.assertEqual(len({(line[0], line[1]) for line in self.locked}), len(self.locked))

    def test_what_is_wanted_is_locked(self):
        locked = {(line[0], line[1]) for line in self.locked}
        for kind, name in self.wanted:
            if kind != "drop":
                self.assertIn((kind, name), locked)

    def test_what_is_dropped_is_not_locked(self):
        locked = {line[1] for line in self.locked if line[0] == "root"}
        for kind, name in self.wanted:
            if kind == "drop":
                self.assertNotIn(name, locked)

    def test_one_version_of_a_package_is_in_all_sets(self):
        versions = {}
        for _, name, version, _ in self.locked:
            self.assertEqual(versions.setdefault(name, version), version, name)


SINCE = {"RestartMode": 254}  # keys of our units that a host of bookworm doesn't know


class Units(unittest.TestCase):
    """Our units among this machine's own, with stand-ins for the programs."""

    def setUp(self):
        system = "/usr/lib/systemd/system"
        if shutil.which("systemd-analyze") is None or not os.path.isdir(system):
            self.skipTest("this machine has no systemd")
        self.root = os.path.abspath(make_folder())
        self.addCleanup(shutil.rmtree, self.root)
        shutil.copytree(system, self.root + system, symlinks=True)
        shutil.copytree("board/image/root", self.root, dirs_exist_ok=True, symlinks=True)
        self.units = [path for folder in (UNITS, "board/image/root/etc/systemd/system")
                      for path in glob.glob(folder + "/*.*")]

    def complaints(self):
        for path in self.units:
            with open(self.root + path.removeprefix("board/image/root")) as file:
                for program in re.findall(r"^Exec\w+=[-@:+!]*(/\S+)", file.read(), re.M):
                    os.makedirs(os.path.dirname(self.root + program), exist_ok=True)
                    with open(self.root + program, "a"):
                        os.chmod(self.root + program, 0o755)
        names = [os.path.basename(path) for path in self.units]
        done = subprocess.run(["systemd-analyze", "verify", "--man=no",
                               f"--root={self.root}", *names], capture_output=True, text=True)
        return [line for line in done.stderr.splitlines()
                if any(name in line for name in names) and not self.is_of_later(line)]

    def is_of_later(self, line):
        """A key that the card's systemd knows and this machine's is too old for."""
        key = re.search(r"Unknown key '(\w+)'", line)
        done = subprocess.run(["systemd-analyze", "--version"], capture_output=True, text=True)
        return bool(key) and int(re.search(r"\d+", done.stdout)[0]) < SINCE.get(key[1], 0)

    def test_units_are_as_systemd_wants_them(self):
        self.assertGreater(len(self.units), 5)
        self.assertEqual(self.complaints(), [])

    def test_a_misspelt_line_would_be_found(self):
        with open(f"{self.root}/usr/lib/systemd/system/loketzuil.service", "a") as file:
            file.write("\n[Service]\nRestrat=always\n")
        self.assertIn("Restrat", "".join(self.complaints()))
