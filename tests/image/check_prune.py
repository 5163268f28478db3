"""What is taken out of the root because nothing on the card runs it."""

import os
import subprocess
import tempfile
import unittest

LIST = """# what stays
program usr/bin/used
library libkept.so.3
"""
# As systemd's programs tell what they may open.
PROGRAM = r"""
__attribute__((section(".note.dlopen"), used)) static const char note[] =
    "[{\"feature\":\"x\",\"soname\":[\"libopened.so.2\"]}]";
int libused(void);
int main(void) { return libused() + note[0]; }
"""


class Prune(unittest.TestCase):
    def make_folder(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        return folder.name

    def setUp(self):
        self.root = self.make_folder()
        for folder in ("usr/bin", "usr/lib/systemd/system", "usr/lib/loketzuil",
                       "usr/libexec"):
            os.makedirs(os.path.join(self.root, folder))
        for name in ("libused.so.1", "libopened.so.2", "libkept.so.3", "libother.so.4"):
            self.compile(f"usr/lib/{name}", f"int {name[:-5]}(void) {{ return 1; }}",
                         "-shared", "-fPIC", f"-Wl,-soname,{name}")
        self.compile("usr/bin/used", PROGRAM,
                     os.path.join(self.root, "usr/lib/libused.so.1"))
        self.compile("usr/libexec/other",
                     "int libother(void); int main(void) { return libother(); }",
                     os.path.join(self.root, "usr/lib/libother.so.4"))
        self.write("usr/lib/systemd/system/a.socket", "[Socket]\n", 0o644)
        self.write("usr/lib/loketzuil/card", "#!/bin/sh\n", 0o755)
        os.symlink("../libexec/other", os.path.join(self.root, "usr/bin/link"))
        os.symlink("libother.so.4", os.path.join(self.root, "usr/lib/libother.so"))

    def write(self, name, text, mode):
        path = os.path.join(self.root, name)
        with open(path, "w") as file:
            file.write(text)
        os.chmod(path, mode)

    def compile(self, name, text, *options):
        subprocess.run(["gcc", "-x", "c", "-", "-x", "none", *options, "-o",
                        os.path.join(self.root, name)], input=text, text=True, check=True)

    def prune(self, text):
        path = os.path.join(self.make_folder(), "programs")
        with open(path, "w") as file:
            file.write(text)
        return subprocess.run(["board/image/prune", path, self.root], capture_output=True,
                              text=True)

    def files(self):
        return {os.path.relpath(os.path.join(folder, name), self.root)
                for folder, _, names in os.walk(self.root) for name in names}

    def test_what_nothing_runs_or_needs_goes(self):
        done = self.prune(LIST)
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertEqual(self.files(), {
            "usr/bin/used", "usr/lib/libused.so.1", "usr/lib/libopened.so.2",
            "usr/lib/libkept.so.3", "usr/lib/systemd/system/a.socket",
            "usr/lib/loketzuil/card"})
        self.assertFalse(os.path.exists(os.path.join(self.root, "usr/libexec")))

    def test_a_program_that_is_missing_is_named(self):
        done = self.prune(LIST + "program usr/sbin/gone\n")
        self.assertNotEqual(done.returncode, 0)
        self.assertIn("the card has no usr/sbin/gone", done.stderr)

    def test_the_list_names_nothing_twice(self):
        with open("board/image/programs") as file:
            lines = [line for line in file if line.strip() and not line.startswith("#")]
        self.assertEqual(len(lines), len(set(lines)))
