#pragma once

#include <stddef.h>

#include "device/input/evdev_device.h"

/*
 * What a kernel answers of an input device: recorded of QEMU's virtio-tablet, an
 * ILITEK touchscreen, a touchpad and a keyboard; and a sound card's socket. Which
 * device a descriptor is, the test says.
 */

struct fake_axis {
    int code, min, max, value;
};

struct fake_device {
    const char *name;
    int vendor, product;              /* of USB */
    int keys[12];                     /* 0-ended */
    struct fake_axis axes[8];         /* ended by one without code and range */
    int traits[2];                    /* INPUT_PROP_… + 1, 0-ended */
    int contacts[EVDEV_SLOTS_MAX][4]; /* of a slot: tracking id + 1, x, y, tool */
    int pressed[4];                   /* 0-ended */
    bool socket, plugged;             /* it feels a plug; one is in */
    bool mute;                        /* answers no question about its state */
    bool held;                        /* by another program */
    int grabs;
};

extern const struct fake_device fake_tablet, fake_touchscreen, fake_touchpad,
    fake_keyboard, fake_socket;

/* From now on this descriptor is that device; NULL: it is none. */
void fake_evdev_set(int fd, struct fake_device *device);
/* Of descriptors not set: this device, by the descriptor's path. */
void fake_evdev_name(const char *path, struct fake_device *device);
void fake_evdev_forget(void);

int fake_evdev_control(int fd, unsigned long request, void *argument);
