"""What every part of the report needs: a table, programs to run, and their figures."""
import os
import re
import signal
import subprocess

TICK_S = 1 / os.sysconf("SC_CLK_TCK")


class Report:
    """Prints tables, and ends every program that was started for them."""

    def __init__(self, file, folder):
        self.file = file
        self.folder = folder
        self.started = []
        self.widths = []

    def line(self, text=""):
        print(text, flush=True)
        print(text, file=self.file, flush=True)

    def title(self, text, columns):
        self.line(f"\n{text}")
        self.widths = [44] + [max(14, len(column) + 2) for column in columns[1:]]
        self.row(columns)
        self.line("-" * sum(self.widths))

    def row(self, cells):
        first = f"{cells[0]:<{self.widths[0]}}"
        rest = "".join(f"{cell:>{width}}" for cell, width in zip(cells[1:], self.widths[1:]))
        self.line((first + rest).rstrip())

    def start(self, command, log="log.txt", **options):
        log = open(self.folder / log, "a", encoding="utf-8")
        process = subprocess.Popen([str(part) for part in command],
                                   stderr=log, **options)
        log.close()
        self.started.append(process)
        return process

    def stop(self, process):
        self.started.remove(process)
        process.send_signal(signal.SIGTERM)
        process.wait(30)

    def stop_all(self):
        for process in list(self.started):
            self.stop(process)


def output_of(command):
    done = subprocess.run([str(part) for part in command], text=True, capture_output=True)
    if done.returncode != 0:
        raise SystemExit(f"{command[0]}: {done.stderr}")
    return done.stdout


def collected(build, command, **options):
    """Instructions of a whole run of the program."""
    done = subprocess.run(
        ["valgrind", "--tool=callgrind", f"--callgrind-out-file={build}/bench/callgrind.out"]
        + [str(part) for part in command],
        text=True, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, **options)
    found = re.findall(r"Collected : (\d+)", done.stderr)
    if done.returncode != 0 or not found:
        raise SystemExit(f"{command}: {done.stderr}")
    return int(found[-1])  # before it, those of programs that were forked


def instructions(build, command, few, many):
    """Instructions of one turn of a program whose last argument is how many turns."""
    first = collected(build, command + [few])
    return (collected(build, command + [many]) - first) / (many - few)


def cpu_s(pid):
    """Seconds that a running process has computed: user and system."""
    with open(f"/proc/{pid}/stat", encoding="utf-8") as file:
        fields = file.read().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) * TICK_S


def memory_kib(pid):
    """PSS and its private part."""
    sums = {}
    with open(f"/proc/{pid}/smaps_rollup", encoding="utf-8") as file:
        for line in file:
            found = re.match(r"(\w+):\s+(\d+) kB", line)
            if found:
                sums[found.group(1)] = int(found.group(2))
    return sums["Pss"], sums["Private_Dirty"] + sums["Private_Clean"]
