"""A kiosk that hangs, and a system that hangs, come back by themselves; a kiosk that can't
be started says so.

They are made to hang by words at the serial console (loketzuil-trial.service), which a card
listens to only when its kernel's arguments say so.
"""

KIOSK_S = 60 + 120   # WatchdogSec, and a start on a busy emulated machine
HARDWARE_S = 60
SYSTEM_S = HARDWARE_S + 120


def starts(machine):
    """How often a kiosk has begun; each says its claim code."""
    return machine.serial().count("claim code")


def type_word(test, machine, word):
    """As soon as somebody listens, in the system that runs now."""
    machine.wait(lambda: machine.serial().count("trial: listens") ==
                 machine.serial().count("the root is mounted"), test.BOOT_S, "trial")
    machine.type(word)


def kiosk_hangs(test, machine):
    """Stopped during a visit: killed and begun anew at the welcome screen."""
    before = starts(machine)
    interrupted = test.outcomes().get("interrupted", 0)
    test.visit(machine, test.taps[:1])
    type_word(test, machine, "hang-kiosk")
    machine.wait(lambda: starts(machine) > before, KIOSK_S, "second start of the kiosk")
    test.see(machine, 0, KIOSK_S)
    test.visit(machine, test.taps[:1])  # and it answers
    machine.wait(lambda: test.outcomes().get("interrupted") == interrupted + 1, KIOSK_S,
                 "interrupted visit among the counts")
    test.say("the kiosk hung during a visit: begun anew at the welcome screen")


def system_hangs(test, machine):
    """Every processor stopped: the hardware's watchdog resets the board."""
    kernels = machine.serial().count("the root is mounted")
    assert machine.count("WATCHDOG") == 0, "the watchdog bit before anything hung"
    type_word(test, machine, "hang-system")
    machine.wait(lambda: machine.count("WATCHDOG"), SYSTEM_S, "bite of the hardware's watchdog")
    machine.wait(lambda: machine.serial().count("the root is mounted") > kernels,
                 test.BOOT_S, "second start of the system")
    test.see(machine, 0, test.BOOT_S)
    test.say("the system hung: reset by the hardware's watchdog, the kiosk stands again")


def kiosk_fails(test, machine):
    """It starts no more: after some tries the panel says where else to go."""
    type_word(test, machine, "break-kiosk")
    test.see_still(machine, "out-of-order", KIOSK_S)
    test.say("the kiosk can't be started any more: the panel says where else to go")
