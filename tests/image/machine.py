"""The card in QEMU: a board with a panel, a touchscreen and a network, without KVM.

The host is 10.0.2.2 to the machine, and the host's loopback is all that it reaches.
"""

import json
import os
import socket
import subprocess
import threading
import time

from PIL import Image

from host import start

WIDTH, HEIGHT = 1080, 1920
AXIS_MAX = 32767
TOUCH_S = 0.3  # a finger on the glass; an emulated machine sees a shorter one late


class Machine:
    def __init__(self, image, firmware, folder, name, display="none"):
        self.folder, self.name = folder, name
        self.serial_path = os.path.join(folder, name + ".serial")
        self.shots = 0
        console_path = os.path.join(folder, name + ".console")
        self.happened = []  # what QEMU told by itself: "RESET", "WATCHDOG"
        socket_path = os.path.join(folder, name + ".qmp")
        self.process = start(
            ["qemu-system-aarch64", "-M", "virt", "-cpu", "cortex-a72", "-smp", "2",
             "-m", "1024", "-display", display, "-monitor", "none",
             "-bios", firmware,
             "-drive", f"if=none,id=card,file={image},format=raw,cache=none",
             "-device", "virtio-blk-pci,drive=card",
             "-device", f"virtio-gpu-pci,xres={WIDTH},yres={HEIGHT}",
             "-device", "virtio-tablet-pci", "-device", "virtio-rng-pci",
             "-netdev", "user,id=net", "-device", "virtio-net-pci,netdev=net,romfile=",
             "-device", "i6300esb", "-action", "watchdog=reset",
             "-chardev", f"socket,id=console,path={console_path},server=on,wait=off,"
                         f"logfile={self.serial_path}",
             "-serial", "chardev:console",
             "-qmp", f"unix:{socket_path},server=on,wait=off"],
            stdout=subprocess.DEVNULL)
        self.began = time.monotonic()
        self.socket = self._connect(socket_path)
        self.lines = self.socket.makefile("rw")
        self._answer()
        self.command("qmp_capabilities")
        self.console = self._connect(console_path)
        threading.Thread(target=self._hear_console, daemon=True).start()

    def _connect(self, path):
        connection = socket.socket(socket.AF_UNIX)

        def connected():
            try:
                connection.connect(path)
                return True
            except OSError:
                return False

        self.wait(connected, 20, os.path.basename(path))
        return connection

    def _hear_console(self):
        """All of it is in the log; but who says nothing back must listen, or QEMU waits."""
        try:
            while self.console.recv(65536):
                pass
        except OSError:
            pass

    def _answer(self):
        while True:
            message = json.loads(self.lines.readline())
            if "event" not in message:
                return message
            self.happened.append(message["event"])

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
            self.pause()

    def pause(self):
        """Between two looks."""
        time.sleep(0.2)

    def serial(self):
        try:
            with open(self.serial_path, errors="replace") as file:
                return file.read().replace("\r", "")
        except FileNotFoundError:
            return ""

    def type(self, line):
        """At the serial console."""
        self.console.sendall(line.encode() + b"\n")

    def count(self, event):
        """How often QEMU has told of that event."""
        self.command("query-status")  # events come before an answer
        return self.happened.count(event)

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
        self.console.close()
