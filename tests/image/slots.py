"""Two slots: one that is not as it was made is left for the other, and when neither is,
the panel says where else to go. Slot B of the image is empty; here it gets a copy of A.
"""

import importlib.machinery
import importlib.util

SECTOR = 512
BOOTS = {"A": (133120, 262144), "B": (395264, 262144)}   # first sector, sectors
ROOTS = {"A": (659456, 655360), "B": (1316864, 655360)}
TRIES = 3  # of boot.cmd

loader = importlib.machinery.SourceFileLoader("state", "board/image/state")
state = importlib.util.module_from_spec(importlib.util.spec_from_loader("state", loader))
loader.exec_module(state)


def flip(test, slot):
    """One bit of the slot's root, in what is read first; and back again."""
    with open(test.card, "r+b") as card:
        place = ROOTS[slot][0] * SECTOR + 2000
        card.seek(place)
        byte = card.read(1)[0]
        card.seek(place)
        card.write(bytes([byte ^ 1]))


def fill_b(test):
    with open(test.card, "r+b") as card:
        for parts in (BOOTS, ROOTS):
            for sector in range(0, parts["A"][1], 2048):
                card.seek((parts["A"][0] + sector) * SECTOR)
                data = card.read(2048 * SECTOR)
                card.seek((parts["B"][0] + sector) * SECTOR)
                card.write(data)


def put_state(test, first, tries_a, tries_b):
    with open(test.card, "r+b") as card:
        for sector in state.SECTORS:
            card.seek(sector * SECTOR)
            card.write(state.write(first, tries_a, tries_b))


def tried(machine):
    """The slots that the boot loader took, in order: "AAB"."""
    return "".join(line[len("loketzuil: slot ")] for line in machine.serial().split("\n")
                   if line.startswith("loketzuil: slot "))


def must_not_start(test, name, tries):
    machine = test.boot(name)
    test.see_still(machine, "out-of-order", test.BOOT_S)
    assert tried(machine) == tries, f"tried {tried(machine)}, wanted {tries}"
    assert "the root is mounted" not in machine.serial(), "a changed root was mounted"
    test.pull_plug(machine)


def only_slot(test):
    flip(test, "A")
    must_not_start(test, "tampered", "A")
    flip(test, "A")
    test.say("one flipped bit in the root, and no other slot: it is not started, and the "
             "panel says where else to go")


def other_slot(test):
    fill_b(test)
    flip(test, "A")
    put_state(test, "A", TRIES, TRIES)
    machine = test.boot("other")
    test.see(machine, 0, TRIES * test.BOOT_S)
    assert tried(machine) == TRIES * "A" + "B", f"tried {tried(machine)}"
    machine.wait(lambda: "good: slot B" in machine.serial(), test.BOOT_S, "mark of slot B")
    test.pull_plug(machine)
    assert state.read(test.card) == ("B", TRIES, TRIES), state.read(test.card)
    test.say(f"slot A tampered with: refused {TRIES} times, then slot B, which is the first "
             "from now on")


def neither_slot(test):
    flip(test, "B")
    must_not_start(test, "neither", TRIES * "B" + "A")
    test.say("both tampered with: neither is started, and the panel says where else to go")


def run(test):
    only_slot(test)
    other_slot(test)
    neither_slot(test)
