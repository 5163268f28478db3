"""What a program does when nobody wants anything of it."""
import collections
import os
import re
import time

from figures import cpu_s, output_of

SECONDS = 13  # longer than three windows of the welcome page
CALLS = ("poll,ppoll,select,pselect6,epoll_wait,epoll_pwait,futex,nanosleep,"
         "clock_nanosleep,rt_sigtimedwait")

# What our timers are for, by the function that they ring.
PURPOSES = {
    "firmware/visit/presenter.c:on_timer": "next lit window, or the clock's minute",
    "firmware/device/display/display_sdl.c:pump": "after a repaint, what SDL has read",
    "firmware/health/heartbeat.c:beat": "watchdog; on a card every 30 s",
    "firmware/usage/uploader.c:run": "uploader: the next try",
    "firmware/programs/loketzuil-backoffice.c:tidy": "book: expired holds go",
}


def title(report):
    report.title(f"Idle for {SECONDS} s, every wait of every thread traced",
                 ["what", "threads", "wake-ups", "a second", "CPU"])


def threads_of(pid):
    names = {}
    for task in os.listdir(f"/proc/{pid}/task"):
        with open(f"/proc/{pid}/task/{task}/comm", encoding="utf-8") as file:
            names[task] = file.read().strip()
    return names


def source_of(pid, line):
    """What a wait came back for: "a timer", a descriptor's kind, or another call."""
    if "= 0 (Timeout)" in line:
        return "a timer"
    found = re.search(r"\(\[\{(?:fd|u32)=(\d+)", line.rsplit(" = ", 1)[1])
    if found is None:
        return re.search(r"(\w+)(?:\(| resumed)", line).group(1)
    link = os.readlink(f"/proc/{pid}/fd/{found.group(1)}")
    if link.startswith("socket:"):
        inode = link[len("socket:["):-1]
        with open("/proc/net/unix", encoding="utf-8") as file:
            kind = "the display" if f" {inode}" in file.read() else "the network"
        return kind
    return link


def wake_ups(report, pid):
    """How often each thread came back from waiting, and what for, in SECONDS."""
    trace = report.folder / "strace.txt"
    names = threads_of(pid)
    strace = report.start(["strace", "-f", "-qq", "-e", f"trace={CALLS}", "-o", trace,
                           "-p", pid])
    time.sleep(SECONDS)
    report.stop(strace)
    counts = collections.Counter()
    for line in trace.read_text().splitlines():
        found = re.match(r"(\d+) .* = \d", line)
        # Whether there is room to write is asked without waiting.
        if found and "revents=POLLOUT}" not in line:
            thread = names.get(found.group(1), found.group(1))
            counts[f"thread {thread}: {source_of(pid, line)}"] += 1
    return counts, len(names)


def rings(program, path):
    """Which timers rang, by the function they called: [delay, …]."""
    rang = collections.defaultdict(list)
    if path.exists():
        for line in path.read_text().splitlines():
            offset, delay_ms = line.split()
            function, where = output_of(["addr2line", "-f", "-e", program,
                                         offset]).split("\n")[:2]
            source = where.split(":")[0]
            source = source[source.find("firmware/"):]
            rang[f"{source}:{function}"].append(int(delay_ms))
    return rang


def measure(report, name, program, pid, timers):
    """Rows of one idle program, whose timers tell themselves in the file `timers`."""
    time.sleep(2)  # what a start leaves to do
    timers.unlink(missing_ok=True)
    before = cpu_s(pid)
    counts, threads = wake_ups(report, pid)
    used = cpu_s(pid) - before
    total = sum(counts.values())
    report.row([name, f"{threads}", f"{total}", f"{total / SECONDS:.2f}",
                f"{used / SECONDS * 100:.2f} %"])
    for source, count in sorted(counts.items()):
        report.row([f"  {source}", "", f"{count}"])
    for function, delays in sorted(rings(program, timers).items()):
        purpose = PURPOSES.get(function, "not named here")
        delay = f"{min(delays)} to {max(delays)} ms" if len(set(delays)) > 1 else \
            f"{delays[0]} ms"
        report.line(f"    {len(delays)} × after {delay}: {purpose} ({function})")
