#pragma once

#include "base/error.h"
#include "base/loop.h"
#include "device/serial.h"

/*
 * A scanner of codes. Makers: `evdev`, one that behaves as a keyboard, and `serial`,
 * one on a serial line or a USB device that seems one. Both are read in `loop`, and
 * found again when they were pulled out.
 *
 * A whole code comes in one call, as text. Nothing that is scanned can act as a key:
 * what is typed on the scanner is held exclusively, and goes nowhere else. Half a code
 * is nothing. Codes are never logged.
 */

struct scanner;

#define SCANNER_TEXT_BYTES 512 /* twice what any ticket of ours or JCC's needs */

struct scanner_listener {
    /* Valid UTF-8 without control characters. "": something was scanned that can't be
     * read as such, or is too long. */
    void (*scanned)(void *data, const char *text);
    void *data;
};

/*
 * A keyboard scanner ends each code with Enter or Tab, and is set to the US layout
 * (both as delivered). `device` says which one: VVVV:PPPP of USB in hexadecimal,
 * NAME=VALUE of udev, or a part of its name.
 */
struct scanner *
scanner_evdev_create(struct loop *loop, const char *device,
                     struct scanner_listener listener, struct error *error);

/* Each code ends with CR, LF or both. The device need not be there yet. */
struct scanner *
scanner_serial_create(struct loop *loop, const char *path,
                      const struct serial_line *line, struct scanner_listener listener);

void scanner_destroy(struct scanner *scanner); /* NULL is fine */
