"""What is on the card: how much, and nothing of a desktop."""

import glob
import os

ROOT_LIMIT_MB, COMPRESSED_LIMIT_MB = 200, 80
DESKTOP = ("SDL", "X11", "xcb", "wayland", "pulse", "GL", "EGL", "gbm", "gallium")


def tree_bytes(folder):
    return sum(os.lstat(os.path.join(path, name)).st_size
               for path, _, names in os.walk(folder) for name in names)


def judge(image_folder):
    """The sizes as a sentence; fails when there is too much."""
    root_mb = tree_bytes(f"{image_folder}/tree") / 1e6
    compressed_mb = os.path.getsize(f"{image_folder}/loketzuil.img.zst") / 1e6
    text = f"the root has {root_mb:.0f} MB, the image {compressed_mb:.0f} MB compressed"
    assert root_mb <= ROOT_LIMIT_MB, f"{text}: the limit is {ROOT_LIMIT_MB} MB"
    assert compressed_mb <= COMPRESSED_LIMIT_MB, f"{text}: {COMPRESSED_LIMIT_MB} is the limit"
    for word in DESKTOP:
        found = glob.glob(f"{image_folder}/tree/usr/lib/**/lib{word}*", recursive=True)
        assert not found, f"a desktop's library is on the card: {found[0]}"
    return text
