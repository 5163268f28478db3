#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "device/input/evdev_parse.h"

/* What the kernel and udev tell of a device in /dev/input. */

/* ioctl(2), or a test's. */
typedef int (*evdev_control)(int fd, unsigned long request, void *argument);

#define EVDEV_NAME_BYTES 80

struct evdev_description {
    char name[EVDEV_NAME_BYTES]; /* of the device, by its own words */
    struct evdev_abilities abilities;
};

/*
 * `properties` is what udev keeps of the device (/run/udev/data/c13:64), or NULL: what
 * it says wins from what the device seems to be. False when there is nothing to read.
 */
bool evdev_describe(evdev_control control, int fd, const char *properties,
                    struct evdev_description *description, struct error *error);

#define EVDEV_MATCH_BYTES 128

/*
 * Is it the one that is meant: VVVV:PPPP of USB in hexadecimal, NAME=VALUE of udev, or
 * a part of its name. "" is none.
 */
bool evdev_matches(evdev_control control, int fd, const char *properties,
                   const char *wanted);

/* False when the kernel doesn't tell. */
bool
evdev_read_state(evdev_control control, int fd, const struct evdev_abilities *abilities,
                 struct evdev_state *state);
