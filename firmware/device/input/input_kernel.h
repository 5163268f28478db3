#pragma once

#include "device/input.h"
#include "device/input/evdev_device.h"

/* Where the devices are and who answers for them; a test has its own. */
struct input_kernel {
    const char *folder;     /* /dev/input */
    const char *properties; /* /run/udev/data */
    evdev_control control;
};

struct input *input_create_at(struct loop *loop, const struct input_kernel *kernel,
                              const struct input_options *options,
                              struct display_listener listener, struct error *error);
