"""The card in QEMU: a board with a panel, a touchscreen and a network, without KVM.

The host is 10.0.2.2 to the machine, and the host's loopback is all that it reaches.
"""

import json
import os
import socket
import subprocess
import time

from PIL import Image

WIDTH, HEIGHT = 1080, 1920
AXIS_MAX = 32767
TOUCH_S = 0.3  # a finger on the glass; an emulated machine sees a shorter one late


class Machine:
    def __init__(self, image, firmware, folder, name, display="none"):
        self.folder, self.name = folder, name
        self.serial_path = os.path.join(folder, name + ".serial")
        self.shots = 0
        socket_path = os.path.join(folder, name + ".qmp")
        self.process = subprocess.Popen(
            ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72", "-smp", "2",
             "-m", "1024", "-display", display, "-monitor", "none",
             "-bios", firmware,
             "-drive", f"if=none,id=card,file={image},format=raw,cache=none",
             "-device", "virtio-blk-pci,drive=card",
             "-device", f"virtio-gpu-pci,xres={WIDTH},yres={HEIGHT}",
             "-device", "virtio-tablet-pci", "-device", "virtio-rng-pci",
             "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,romfile=",
             "-serial", "file:" + self.serial_path,
             "-qmp", f"unix:{socket_path},server=on,wait=off"],
            stdin=subprocess.DEVNULL)
        self.began = time.monotonic()
        self._connect(socket_path)

    def _connect(self, path):
        self.socket = socket.socket(socket.AF_UNIX)
        self.wait(lambda: self._try_connect(path), 20, "QEMU's control socket")
        self.lines = self.socket.makefile("rw")
        self._answer()
        self.command("qmp_capabilities")

    def _try_connect(self, path):
        try:
            self.socket.connect(path)
            return True
        except OSError:
            return False

    def _answer(self):
        while True:
            message = json.loads(self.lines.readline())
            if "event" not in message:
                return message

    def command(self, name, **arguments):
        self.lines.write(json.dumps({"execute": name, "arguments": arguments}) + "\n")
        self.lines.flush()
        answer = self._answer()
        if "error" in answer:
            raise RuntimeError(f"{name}: {answer['error']['desc']}")
        return answer["return"]

    def wait(self, condition, seconds, what):
        """Until the condition holds; what it is worth is returned."""
        end = time.monotonic() + seconds
        while True:
            value = condition()
            if value:
                return value
            if self.process.poll() is not None:
                raise TimeoutError(f"QEMU ended while waiting for {what}")
            if time.monotonic() > end:
                raise TimeoutError(f"no {what} within {seconds} s")
            time.sleep(0.2)

    def serial(self):
        try:
            with open(self.serial_path, errors="replace") as file:
                return file.read().replace("\r", "")
        except FileNotFoundError:
            return ""

    def screen(self):
        """What the panel shows, as a picture."""
        path = os.path.join(self.folder, self.name + ".ppm")
        self.command("screendump", filename=path)
        with Image.open(path) as picture:
            return picture.convert("RGB")

    def _events(self, *events):
        self.command("input-send-event", events=list(events))

    def tap(self, x, y):
        def axis(name, value, size):
            return {"type": "abs",
                    "data": {"axis": name, "value": value * AXIS_MAX // (size - 1)}}

        def button(down):
            return {"type": "btn", "data": {"button": "left", "down": down}}

        self._events(axis("x", x, WIDTH), axis("y", y, HEIGHT), button(True))
        time.sleep(TOUCH_S)
        self._events(button(False))

    def kill(self):
        """As when the plug is pulled."""
        self.process.kill()
        self.process.wait()
        self.socket.close()
