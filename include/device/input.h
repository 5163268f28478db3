#pragma once

#include "base/error.h"
#include "base/loop.h"
#include "device/display.h"

/*
 * Fingers and keys of a device without a desktop: touchscreens (several fingers, or
 * one and its button) and keyboards of /dev/input, read in `loop` without polling.
 * What is plugged in later is read too; what is pulled out takes its fingers along
 * (POINTER_CANCEL). Each is held exclusively, so that no text console reads along. A
 * touchpad, a mouse without a place, and what udev says to leave alone are not read.
 *
 * Tab and arrows move, Enter is OK, Escape and Backspace are back, F1 repeats, F2 and
 * F3, or the volume keys, are softer and louder, F4 and F5 slower and faster. A socket
 * that feels a plug (SW_HEADPHONE_INSERT) tells of headphones, also of those that are
 * in at the start; one that is pulled out takes them along. No text and no close come
 * from here.
 */

struct input;

struct input_options {
    const struct display *display; /* outlives the input; places are pixels of it */
    /*
     * As libinput's calibration matrix, on parts of the touchscreen's width and
     * height: x' = [0]x + [1]y + [2], y' = [3]x + [4]y + [5]. 1 0 0 0 1 0 for a
     * touchscreen that lies on its panel as it should; the display's rotation is
     * applied after it.
     */
    double calibration[6];
    const char *device; /* part of the name of the only touchscreen, NULL or "" any */
    const char *headphones; /* part of the name of the only socket, NULL or "" any */
    const char *scanner; /* as of scanner_evdev_create(): left to it; NULL or "" none */
};

#define INPUT_CALIBRATION_NONE                                                         \
    {                                                                                  \
        1, 0, 0, 0, 1, 0                                                               \
    }

/* Six numbers with spaces between them; false when it is anything else. */
bool input_calibration_parse(const char *text, double calibration[6]);

struct input *input_create(struct loop *loop, const struct input_options *options,
                           struct display_listener listener, struct error *error);
void input_destroy(struct input *input);
