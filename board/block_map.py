"""Which blocks of an image hold something, and their checksums: a file in the format
bmap 2.0 of bmap-tools. A card's other blocks need not be written.
"""

import hashlib
import mmap
import os
import re
import xml.etree.ElementTree

CHUNK_BYTES = 4 << 20
NO_CHECKSUM = "0" * 64  # stands in the file's own place when its checksum is made


class BlockMapError(Exception):
    """What is wrong with the file or the device at hand, without its name."""


class BlockMap:
    def __init__(self, path):
        try:
            with open(path, encoding="utf-8") as file:
                self._read(file.read())
        except OSError as error:
            raise BlockMapError(error.strerror) from None
        except (AttributeError, TypeError, ValueError,
                xml.etree.ElementTree.ParseError) as error:
            raise BlockMapError(f"is no map of an image: {error}") from None

    def _read(self, text):
        root = xml.etree.ElementTree.fromstring(text)
        if root.tag != "bmap" or not root.get("version", "").startswith("2."):
            raise ValueError("its format is not bmap 2")
        if root.findtext("ChecksumType").strip() != "sha256":
            raise ValueError("its checksums are not sha256")
        own = root.findtext("BmapFileChecksum").strip()
        if hashlib.sha256(text.replace(own, NO_CHECKSUM, 1).encode()).hexdigest() != own:
            raise ValueError("it is not as it was made")
        self.image_bytes = int(root.findtext("ImageSize"))
        block_bytes = int(root.findtext("BlockSize"))
        if block_bytes <= 0 or self.image_bytes % block_bytes != 0:
            raise ValueError("the image has a part of a block")
        self.ranges = [self._range(element, block_bytes) for element in root.iter("Range")]

    def _range(self, element, block_bytes):
        """(offset, length, sha256), in bytes."""
        found = re.fullmatch(r"(\d+)(?:-(\d+))?", element.text.strip())
        first, last = int(found[1]), int(found[2] or found[1])
        if not first <= last < self.image_bytes // block_bytes:
            raise ValueError(f"the image has no blocks {found[0]}")
        return first * block_bytes, (last + 1 - first) * block_bytes, element.get("chksum")

    @property
    def mapped_bytes(self):
        return sum(length for _, length, _ in self.ranges)

    def map_all(self, image):
        """From now on every block of `image` is mapped, also those that hold nothing."""
        self.ranges = [(0, self.image_bytes, checksum(image, 0, self.image_bytes))]

    def check(self, file, progress):
        """Whether the mapped blocks of `file`, a descriptor, are as they were made."""
        for offset, length, wanted in self.ranges:
            if checksum(file, offset, length, progress) != wanted:
                raise BlockMapError("differs from the map of the image between "
                                    f"{offset >> 20} and {(offset + length) >> 20} MB")

    def copy(self, image, device, progress):
        """Writes the mapped blocks of `image` to the same places of `device`."""
        for offset, length, _ in self.ranges:
            for at, chunk in chunks(image, offset, length):
                write(device, at, chunk)
                progress(len(chunk))
        try:
            os.fsync(device)
        except OSError as error:
            raise BlockMapError(f"can't be written: {error.strerror}") from None


def chunks(file, offset, length):
    """A stretch of `file` in parts, each with its place. They stand one after the other
    in the same memory, which begins at a page, as O_DIRECT wants it."""
    memory = memoryview(mmap.mmap(-1, CHUNK_BYTES))
    end = offset + length
    while offset < end:
        try:
            count = os.preadv(file, [memory[:min(CHUNK_BYTES, end - offset)]], offset)
        except OSError as error:
            raise BlockMapError(
                f"can't be read at {offset >> 20} MB: {error.strerror}") from None
        if count == 0:
            raise BlockMapError(f"ends at {offset >> 20} MB")
        yield offset, memory[:count]
        offset += count


def checksum(file, offset, length, progress=lambda count: None):
    found = hashlib.sha256()
    for _, chunk in chunks(file, offset, length):
        found.update(chunk)
        progress(len(chunk))
    return found.hexdigest()


def write(device, offset, chunk):
    while len(chunk) > 0:
        try:
            count = os.pwritev(device, [chunk], offset)
        except OSError as error:
            raise BlockMapError(
                f"can't be written at {offset >> 20} MB: {error.strerror}") from None
        chunk, offset = chunk[count:], offset + count
