#pragma once

#include "device/input/evdev_device.h"
#include "device/scanner.h"

/* What makers share. */

struct scanner {
    void (*destroy)(void *maker);
    void *maker;
};

/* The scanner that makers give back; takes `maker` over. */
struct scanner *scanner_make(void (*destroy)(void *maker), void *maker);

/* Where the devices are and who answers for them; a test has its own. */
struct scanner_kernel {
    const char *folder;     /* /dev/input */
    const char *properties; /* /run/udev/data */
    evdev_control control;
};

struct scanner *
scanner_evdev_create_at(struct loop *loop, const struct scanner_kernel *kernel,
                        const char *device, struct scanner_listener listener,
                        struct error *error);
