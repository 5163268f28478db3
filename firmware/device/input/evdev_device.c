#include "device/input/evdev_device.h"

#include <stdio.h>
#include <string.h>

#define LONG_BITS (8 * sizeof(unsigned long))
#define LONGS(BITS) (((BITS) + LONG_BITS - 1) / LONG_BITS)

/* The device's sets of what it can send. */
struct bits {
    unsigned long kinds[LONGS(EV_CNT)];
    unsigned long keys[LONGS(EVDEV_KEY_COUNT)];
    unsigned long axes[LONGS(ABS_CNT)];
    unsigned long switches[LONGS(SW_CNT)];
    unsigned long traits[LONGS(INPUT_PROP_CNT)];
};

static bool
has(const unsigned long *set, int bit)
{
    return (set[(size_t)bit / LONG_BITS] >> (size_t)bit % LONG_BITS & 1u) != 0;
}

static bool
bits_read(evdev_control control, int fd, struct bits *bits)
{
    memset(bits, 0, sizeof(*bits));
    if (control(fd, EVIOCGBIT(0, sizeof(bits->kinds)), bits->kinds) < 0) {
        return false;
    }
    if (has(bits->kinds, EV_KEY) &&
        control(fd, EVIOCGBIT(EV_KEY, sizeof(bits->keys)), bits->keys) < 0)
    {
        return false;
    }
    if (has(bits->kinds, EV_ABS) &&
        control(fd, EVIOCGBIT(EV_ABS, sizeof(bits->axes)), bits->axes) < 0)
    {
        return false;
    }
    if (has(bits->kinds, EV_SW) &&
        control(fd, EVIOCGBIT(EV_SW, sizeof(bits->switches)), bits->switches) < 0)
    {
        return false;
    }
    control(fd, EVIOCGPROP(sizeof(bits->traits)), bits->traits); /* none is fine */
    return true;
}

static bool
axis_read(evdev_control control, int fd, int code, struct evdev_axis *axis, int *value)
{
    struct input_absinfo info = {0};

    if (control(fd, EVIOCGABS((unsigned)code), &info) < 0) {
        return false;
    }
    *axis = (struct evdev_axis){info.minimum, info.maximum};
    *value = info.value;
    return true;
}

/* "E:NAME=VALUE" on a line of its own. */
static bool
udev_holds(const char *properties, const char *setting)
{
    size_t length = strlen(setting);
    const char *line = properties;

    while (line != NULL && *line != '\0') {
        if (strncmp(line, "E:", 2) == 0 && strncmp(line + 2, setting, length) == 0 &&
            strchr("\r\n", line[2 + length]) != NULL)
        {
            return true;
        }
        line = strchr(line, '\n');
        line = line != NULL ? line + 1 : NULL;
    }
    return false;
}

static bool
udev_says(const char *properties, const char *name)
{
    char setting[64];

    snprintf(setting, sizeof(setting), "%s=1", name);
    return udev_holds(properties, setting);
}

static bool
is_of_usb(evdev_control control, int fd, unsigned vendor, unsigned product)
{
    struct input_id id = {0};

    return control(fd, EVIOCGID, &id) >= 0 && id.vendor == vendor &&
           id.product == product;
}

bool
evdev_matches(evdev_control control, int fd, const char *properties, const char *wanted)
{
    char name[EVDEV_NAME_BYTES] = "", end;
    unsigned vendor, product;

    if (wanted[0] == '\0') {
        return false;
    }
    if (strlen(wanted) == 9 &&
        sscanf(wanted, "%4x:%4x%c", &vendor, &product, &end) == 2) {
        return is_of_usb(control, fd, vendor, product);
    }
    if (strchr(wanted, '=') != NULL) {
        return udev_holds(properties, wanted);
    }
    control(fd, EVIOCGNAME(sizeof(name) - 1), name);
    return strstr(name, wanted) != NULL;
}

static bool
has_any_key(const struct bits *bits)
{
    enum key key;

    for (int code = 0; code < EVDEV_KEY_COUNT; code++) {
        if (has(bits->keys, code) && evdev_key_of(code, false, &key)) {
            return true;
        }
    }
    return false;
}

/* A pad beside the screen has no place on it. */
static bool
is_pad(const struct bits *bits, const char *properties)
{
    if (udev_says(properties, "ID_INPUT_TOUCHSCREEN")) {
        return false;
    }
    return udev_says(properties, "ID_INPUT_TOUCHPAD") ||
           udev_says(properties, "ID_INPUT_JOYSTICK") ||
           udev_says(properties, "ID_INPUT_ACCELEROMETER") ||
           (has(bits->traits, INPUT_PROP_POINTER) &&
            has(bits->keys, BTN_TOOL_FINGER)) ||
           has(bits->traits, INPUT_PROP_ACCELEROMETER);
}

static bool
touch_describe(evdev_control control, int fd, const struct bits *bits,
               struct evdev_abilities *abilities)
{
    bool fingers = has(bits->axes, ABS_MT_SLOT) && has(bits->axes, ABS_MT_POSITION_X) &&
                   has(bits->axes, ABS_MT_POSITION_Y) &&
                   has(bits->axes, ABS_MT_TRACKING_ID);
    bool one = has(bits->axes, ABS_X) && has(bits->axes, ABS_Y) &&
               (has(bits->keys, BTN_TOUCH) || has(bits->keys, BTN_LEFT));
    struct evdev_axis slots = {0};
    int value;

    if ((!fingers && !one) ||
        !axis_read(control, fd, fingers ? ABS_MT_POSITION_X : ABS_X, &abilities->x,
                   &value) ||
        !axis_read(control, fd, fingers ? ABS_MT_POSITION_Y : ABS_Y, &abilities->y,
                   &value) ||
        (fingers && !axis_read(control, fd, ABS_MT_SLOT, &slots, &value)) ||
        abilities->x.min >= abilities->x.max || abilities->y.min >= abilities->y.max)
    {
        return false;
    }
    abilities->touch = fingers ? EVDEV_FINGERS : EVDEV_ONE_FINGER;
    abilities->button = has(bits->keys, BTN_TOUCH) ? BTN_TOUCH : BTN_LEFT;
    abilities->slot_count =
        slots.max >= 0 && slots.max < EVDEV_SLOTS_MAX ? slots.max + 1 : EVDEV_SLOTS_MAX;
    return true;
}

bool
evdev_describe(evdev_control control, int fd, const char *properties,
               struct evdev_description *description, struct error *error)
{
    struct evdev_abilities *abilities = &description->abilities;
    struct bits bits;

    *description = (struct evdev_description){.name = ""};
    control(fd, EVIOCGNAME(sizeof(description->name) - 1), description->name);
    if (!bits_read(control, fd, &bits)) {
        return error_set(error, ERROR_DEVICE, "is no input device");
    }
    if (udev_says(properties, "LIBINPUT_IGNORE_DEVICE")) {
        return error_set(error, ERROR_NOT_FOUND, "udev says to leave it alone");
    }
    abilities->keys = has_any_key(&bits);
    abilities->headphones = has(bits.switches, SW_HEADPHONE_INSERT);
    if (!is_pad(&bits, properties)) {
        touch_describe(control, fd, &bits, abilities);
    }
    return abilities->keys || abilities->touch != EVDEV_NO_TOUCH ||
           abilities->headphones ||
           error_set(error, ERROR_NOT_FOUND, "has no touch and no keys for a kiosk");
}

/* --- where everything is ----------------------------------------------------- */

static bool
slots_read(evdev_control control, int fd, int code, int slot_count,
           int values[EVDEV_SLOTS_MAX])
{
    struct {
        __u32 code;
        __s32 values[EVDEV_SLOTS_MAX];
    } request = {.code = (__u32)code};

    if (control(fd, EVIOCGMTSLOTS(sizeof(__u32) + (size_t)slot_count * sizeof(__s32)),
                &request) < 0)
    {
        return false;
    }
    memcpy(values, request.values, sizeof(request.values));
    return true;
}

static bool
fingers_read(evdev_control control, int fd, const struct evdev_abilities *abilities,
             struct evdev_state *state)
{
    int tracking[EVDEV_SLOTS_MAX], x[EVDEV_SLOTS_MAX], y[EVDEV_SLOTS_MAX];
    int tool[EVDEV_SLOTS_MAX] = {0}, count = abilities->slot_count;
    struct evdev_axis slots;

    if (!slots_read(control, fd, ABS_MT_TRACKING_ID, count, tracking) ||
        !slots_read(control, fd, ABS_MT_POSITION_X, count, x) ||
        !slots_read(control, fd, ABS_MT_POSITION_Y, count, y) ||
        !axis_read(control, fd, ABS_MT_SLOT, &slots, &state->slot))
    {
        return false;
    }
    slots_read(control, fd, ABS_MT_TOOL_TYPE, count, tool); /* few devices have it */
    for (int i = 0; i < count; i++) {
        state->contacts[i] = (struct evdev_contact){tracking[i], x[i], y[i], tool[i]};
    }
    return true;
}

bool
evdev_read_state(evdev_control control, int fd, const struct evdev_abilities *abilities,
                 struct evdev_state *state)
{
    unsigned long keys[LONGS(EVDEV_KEY_COUNT)] = {0};
    unsigned long switches[LONGS(SW_CNT)] = {0};
    struct evdev_contact *contact = &state->contacts[0];
    struct evdev_axis axis;

    *state = (struct evdev_state){0};
    for (int i = 0; i < EVDEV_SLOTS_MAX; i++) {
        state->contacts[i].tracking = -1;
    }
    if (control(fd, EVIOCGKEY(sizeof(keys)), keys) < 0) {
        return false;
    }
    if (abilities->headphones) {
        if (control(fd, EVIOCGSW(sizeof(switches)), switches) < 0) {
            return false;
        }
        state->headphones = has(switches, SW_HEADPHONE_INSERT);
    }
    state->shift = has(keys, EVDEV_KEY_SHIFT_LEFT) || has(keys, EVDEV_KEY_SHIFT_RIGHT);
    switch (abilities->touch) {
    case EVDEV_FINGERS:
        return fingers_read(control, fd, abilities, state);
    case EVDEV_ONE_FINGER:
        contact->tracking = has(keys, abilities->button) ? 0 : -1;
        return axis_read(control, fd, ABS_X, &axis, &contact->x) &&
               axis_read(control, fd, ABS_Y, &axis, &contact->y);
    case EVDEV_NO_TOUCH:
        break;
    }
    return true;
}
