"""Cards to flash: files full of what another card held, as disks where that is allowed."""

import os
import subprocess
import tempfile

MB = 1 << 20


def make_folder(build="build"):
    """In the tree: a card is large, and temporary files may be kept in memory."""
    os.makedirs(build, exist_ok=True)
    return tempfile.mkdtemp(prefix="image-check-", dir=build)


def fill_with_old_data(path, size):
    """Nothing in it is zero."""
    with open(path, "wb") as file:
        for offset in range(0, size, MB):
            file.write(b"\xa5" * min(MB, size - offset))


class Loop:
    """A file as a disk; None as `device` where the machine doesn't allow that."""

    def __init__(self, path, *options):
        self.device = None
        done = subprocess.run(["losetup", "--find", "--show", *options, path],
                              capture_output=True, text=True)
        if done.returncode == 0:
            self.device = done.stdout.strip()

    def end(self):
        if self.device is not None:
            subprocess.run(["losetup", "--detach", self.device], check=True)
