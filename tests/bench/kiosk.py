"""The kiosk: its start, and what it does and holds while nobody is there."""
import os
import socket
import statistics
import subprocess
import time

import idle
from figures import collected, memory_kib, output_of
from office import Office

SETTINGS = """[kiosk]
name = bench-1
location = linde
display = 1080x1920
data = {folder}/kiosk
catalogue = assets/example/catalogue.json
translations = {build}/translations
[theme]
logo = assets/example/logo.png
[backoffice]
url = {url}
[appointments]
maker = backoffice
[printer]
maker = file
folder = {folder}/tickets
width = 80
"""
STARTS = 11
# A closed port: a start asks nothing of the network before the first frame.
NOBODY = "http://127.0.0.1:9"


def write_settings(report, build, url):
    path = report.folder / "kiosk.conf"
    path.write_text(SETTINGS.format(folder=report.folder, build=build, url=url))
    return path


def start_screen(report):
    """An X server in memory; the environment for programs that draw there."""
    server = report.start(["Xvfb", "-displayfd", "1", "-screen", "0", "1080x1920x24",
                           "-nolisten", "tcp"], stdout=subprocess.PIPE, text=True)
    number = server.stdout.readline().strip()
    environment = {name: value for name, value in os.environ.items()
                   if name != "WAYLAND_DISPLAY"}
    return server, dict(environment, DISPLAY=f":{number}", SDL_VIDEODRIVER="x11")


def first_frame_ms(command, environment):
    took = []
    for _ in range(STARTS):
        begin = time.monotonic()
        subprocess.run([str(part) for part in command], check=True, env=environment,
                       stderr=subprocess.DEVNULL)
        took.append((time.monotonic() - begin) * 1000)
    return statistics.median(took)


def part_start(report, build):
    report.title("Start of the kiosk to its first frame, the files in the page cache",
                 ["what", "instructions", "ms"])
    command = [build / "bench" / "loketzuil", "--settings",
               write_settings(report, build, NOBODY), "--display"]
    server, environment = start_screen(report)
    environment["BENCH_FIRST_FRAME"] = "1"
    for display, name in (("memory", "into memory"), ("sdl", "in a window (Xvfb)")):
        first_frame_ms(command + [display], environment)  # makes key, outbox and journal
        count = collected(build, command + [display], env=environment)
        took = first_frame_ms(command + [display], environment)
        report.row([name, f"{count:,}", f"{took:.1f}"])
    begin = time.monotonic()
    for _ in range(STARTS):
        output_of(["/bin/true"])
    report.row(["floor: a program that does nothing", "",
                f"{(time.monotonic() - begin) * 1000 / STARTS:.1f}"])
    report.stop(server)


def memory_row(report, name, pid):
    pss, private = memory_kib(pid)
    report.line(f"  {name}: PSS {pss / 1024:.1f} MiB, private {private / 1024:.1f} MiB")


def part_idle(report, build):
    idle.title(report)
    timers = report.folder / "timers.txt"
    environment = {"BENCH_TIMERS": str(timers)}
    office = Office(report, build, build / "bench", environment)
    idle.measure(report, "back office", build / "bench" / "loketzuil-backoffice",
                 office.process.pid, timers)
    memory_row(report, "back office", office.process.pid)
    server, screen = start_screen(report)
    program = build / "bench" / "loketzuil"
    (report.folder / "kiosk").mkdir(exist_ok=True)
    (office.keys / "bench-1.key").replace(report.folder / "kiosk" / "kiosk.key")
    supervisor = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    supervisor.bind(str(report.folder / "notify"))
    environment["NOTIFY_SOCKET"] = str(report.folder / "notify")
    # It beats twice as often as it is waited for: once in the time that is measured.
    environment["WATCHDOG_USEC"] = str((idle.SECONDS - 2) * 2 * 1_000_000)
    kiosk = report.start([program, "--settings", write_settings(report, build, office.url)],
                         env=dict(screen, **environment))
    idle.measure(report, "kiosk, the welcome page in a window", program, kiosk.pid, timers)
    memory_row(report, "kiosk", kiosk.pid)
    for process in (kiosk, server, office.process):
        report.stop(process)
    supervisor.close()
