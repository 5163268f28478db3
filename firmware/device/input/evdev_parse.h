#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "device/input/evdev_codes.h"

/*
 * What the events of one device mean: bytes of the kernel in, fingers and keys out.
 * Knows no descriptors. Touchscreens of protocol B (slots and tracking ids), and those
 * of one finger or pen with a button.
 */

#define EVDEV_SLOTS_MAX 16

struct evdev_axis {
    int min, max;
};

/* What a device can do. */
struct evdev_abilities {
    enum { EVDEV_NO_TOUCH, EVDEV_ONE_FINGER, EVDEV_FINGERS } touch;
    int button; /* of one finger: BTN_TOUCH or BTN_LEFT */
    struct evdev_axis x, y;
    int slot_count;
    bool keys;
    bool headphones; /* it feels whether a plug is in */
};

/* Where everything is: asked of the kernel at the start and after lost events. */
struct evdev_state {
    int slot;
    struct evdev_contact {
        int tracking; /* -1: no finger */
        int x, y, tool;
    } contacts[EVDEV_SLOTS_MAX];
    bool shift, headphones;
};

struct evdev_listener {
    /* `across` and `down` are parts of the touchscreen's width and height, 0 to 1. */
    void (*touch)(void *data, enum pointer_kind kind, int finger, double across,
                  double down);
    void (*key)(void *data, enum key key);
    void (*headphones)(void *data, bool in); /* of devices that feel it */
    /* Asks the kernel; false when it doesn't tell. */
    bool (*read_state)(void *data, struct evdev_state *state);
    void *data;
};

struct evdev_parser {
    struct evdev_abilities abilities;
    double calibration[6];
    struct evdev_listener listener;
    struct evdev_state state;
    struct evdev_contact told[EVDEV_SLOTS_MAX]; /* what the listener knows */
    int ignored[EVDEV_SLOTS_MAX];               /* tracking id of a palm; -1 */
    bool moved[EVDEV_SLOTS_MAX];
    int last_tracking; /* of a device of one finger, which has no ids */
    bool lost;         /* events were lost; nothing counts up to the next report */
    bool told_headphones;
};

/* A finger that rests on the device at the start is ignored until it lifts; headphones
 * that are in are told of. */
void
evdev_parser_init(struct evdev_parser *parser, const struct evdev_abilities *abilities,
                  const double calibration[6], struct evdev_listener listener);
void evdev_parse(struct evdev_parser *parser, const struct input_event *events,
                 size_t count);

/* The device is gone: whatever is pressed is taken back. */
void evdev_parser_cancel(struct evdev_parser *parser);

/* The key of a code, pressed with or without shift; false when it has no meaning. */
bool evdev_key_of(int code, bool shift, enum key *key);
