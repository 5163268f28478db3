#include "fake_evdev.h"

#include <assert.h>
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

#define KNOWN_MAX 16
#define BYTE_BITS 8

const struct fake_device fake_tablet = {
    .name = "QEMU Virtio Tablet",
    .keys = {BTN_LEFT, BTN_RIGHT, BTN_MIDDLE, BTN_GEAR_DOWN, BTN_GEAR_UP},
    .axes = {{ABS_X, 0, 32767, 0}, {ABS_Y, 0, 32767, 0}},
};

const struct fake_device fake_touchscreen = {
    .name = "ILITEK ILITEK-TP",
    .keys = {BTN_TOUCH},
    .axes = {{ABS_X, 0, 16383, 0},
             {ABS_Y, 0, 9599, 0},
             {ABS_MT_SLOT, 0, 9, 0},
             {ABS_MT_POSITION_X, 0, 16383, 0},
             {ABS_MT_POSITION_Y, 0, 9599, 0},
             {ABS_MT_TRACKING_ID, 0, 65535, 0},
             {ABS_MT_TOOL_TYPE, 0, 2, 0}},
    .traits = {INPUT_PROP_DIRECT + 1},
};

const struct fake_device fake_touchpad = {
    .name = "SynPS/2 Synaptics TouchPad",
    .keys = {BTN_LEFT, BTN_TOOL_FINGER, BTN_TOUCH},
    .axes = {{ABS_X, 1472, 5888, 0}, {ABS_Y, 1408, 4820, 0}},
    .traits = {INPUT_PROP_POINTER + 1},
};

const struct fake_device fake_keyboard = {
    .name = "AT Translated Set 2 keyboard",
    .keys = {EVDEV_KEY_TAB, EVDEV_KEY_ENTER, EVDEV_KEY_UP, EVDEV_KEY_DOWN,
             EVDEV_KEY_SHIFT_LEFT},
};

const struct fake_device fake_socket = {
    .name = "USB Audio Headphone Jack",
    .socket = true,
};

static struct known {
    int fd; /* -1: by path */
    char path[256];
    struct fake_device *device;
} known[KNOWN_MAX];

static size_t known_count;

void
fake_evdev_set(int fd, struct fake_device *device)
{
    assert(known_count < KNOWN_MAX);
    known[known_count++] = (struct known){.fd = fd, .device = device};
}

void
fake_evdev_name(const char *path, struct fake_device *device)
{
    assert(known_count < KNOWN_MAX);
    known[known_count] = (struct known){.fd = -1, .device = device};
    snprintf(known[known_count++].path, sizeof(known[0].path), "%s", path);
}

void
fake_evdev_forget(void)
{
    known_count = 0;
}

static struct fake_device *
device_of(int fd)
{
    char link[64], path[256] = "";

    snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
    if (readlink(link, path, sizeof(path) - 1) < 0) {
        return NULL;
    }
    for (size_t i = known_count; i > 0; i--) {
        const struct known *one = &known[i - 1];

        if (one->fd == fd || (one->fd < 0 && strcmp(one->path, path) == 0)) {
            return one->device;
        }
    }
    return NULL;
}

static void
set_bit(void *target, size_t size, int bit)
{
    unsigned char *bytes = target;

    assert((size_t)bit / BYTE_BITS < size);
    bytes[bit / BYTE_BITS] =
        (unsigned char)(bytes[bit / BYTE_BITS] | 1u << bit % BYTE_BITS);
}

static const struct fake_axis *
axis_of(const struct fake_device *device, int code)
{
    for (size_t i = 0; i < 8 && device->axes[i].max > device->axes[i].min; i++) {
        if (device->axes[i].code == code) {
            return &device->axes[i];
        }
    }
    return NULL;
}

static int
answer_bits(const struct fake_device *device, int kind, void *target, size_t size)
{
    memset(target, 0, size);
    if (kind == 0) {
        set_bit(target, size, EV_SYN);
        if (device->keys[0] != 0) {
            set_bit(target, size, EV_KEY);
        }
        if (device->axes[0].max > 0) {
            set_bit(target, size, EV_ABS);
        }
        if (device->socket) {
            set_bit(target, size, EV_SW);
        }
    }
    if (kind == EV_SW && device->socket) {
        set_bit(target, size, SW_HEADPHONE_INSERT);
    }
    for (size_t i = 0; kind == EV_KEY && i < 12 && device->keys[i] != 0; i++) {
        set_bit(target, size, device->keys[i]);
    }
    for (size_t i = 0; kind == EV_ABS && i < 8 && device->axes[i].max > 0; i++) {
        set_bit(target, size, device->axes[i].code);
    }
    return (int)size;
}

static int
answer_contacts(const struct fake_device *device, __s32 *target, size_t size)
{
    int code = target[0];
    size_t slots = size / sizeof(*target) - 1;

    if (axis_of(device, code) == NULL) {
        errno = EINVAL;
        return -1;
    }
    assert(slots <= EVDEV_SLOTS_MAX);
    for (size_t i = 0; i < slots; i++) {
        const int *contact = device->contacts[i];

        target[i + 1] = code == ABS_MT_TRACKING_ID  ? contact[0] - 1
                        : code == ABS_MT_POSITION_X ? contact[1]
                        : code == ABS_MT_POSITION_Y ? contact[2]
                                                    : contact[3];
    }
    return 0;
}

static int
answer_state(const struct fake_device *device, unsigned number, void *argument,
             size_t size)
{
    const struct fake_axis *axis;

    if (number == _IOC_NR(EVIOCGKEY(0))) {
        memset(argument, 0, size);
        for (size_t i = 0; i < 4 && device->pressed[i] != 0; i++) {
            set_bit(argument, size, device->pressed[i]);
        }
        return (int)size;
    }
    if (number == _IOC_NR(EVIOCGSW(0))) {
        memset(argument, 0, size);
        if (device->plugged) {
            set_bit(argument, size, SW_HEADPHONE_INSERT);
        }
        return (int)size;
    }
    if (number == _IOC_NR(EVIOCGMTSLOTS(0))) {
        return answer_contacts(device, argument, size);
    }
    axis = axis_of(device, (int)(number - _IOC_NR(EVIOCGABS(0))));
    if (axis == NULL) {
        errno = EINVAL;
        return -1;
    }
    *(struct input_absinfo *)argument = (struct input_absinfo){
        .value = axis->value, .minimum = axis->min, .maximum = axis->max};
    return 0;
}

int
fake_evdev_control(int fd, unsigned long request, void *argument)
{
    struct fake_device *device = device_of(fd);
    unsigned number = _IOC_NR(request);
    size_t size = _IOC_SIZE(request);

    if (device == NULL || _IOC_TYPE(request) != 'E') {
        errno = ENOTTY;
        return -1;
    }
    if (request == EVIOCGID) {
        *(struct input_id *)argument = (struct input_id){
            .vendor = (__u16)device->vendor, .product = (__u16)device->product};
        return 0;
    }
    if (request == EVIOCGRAB) {
        device->grabs++;
        errno = EBUSY;
        return device->held ? -1 : 0;
    }
    if (number == _IOC_NR(EVIOCGNAME(0))) {
        return snprintf(argument, size, "%s", device->name);
    }
    if (number == _IOC_NR(EVIOCGPROP(0))) {
        memset(argument, 0, size);
        for (size_t i = 0; i < 2 && device->traits[i] != 0; i++) {
            set_bit(argument, size, device->traits[i] - 1);
        }
        return (int)size;
    }
    if (number >= _IOC_NR(EVIOCGBIT(0, 0)) && number < _IOC_NR(EVIOCGABS(0))) {
        return answer_bits(device, (int)(number - _IOC_NR(EVIOCGBIT(0, 0))), argument,
                           size);
    }
    if (device->mute && number == _IOC_NR(EVIOCGKEY(0))) {
        errno = ENODEV;
        return -1;
    }
    return answer_state(device, number, argument, size);
}
