#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "device/input/evdev_parse.h"

/*
 * Any events make touches that hold together: on the panel, and of each finger first
 * down, then moves, then one end. Three bytes an event of the codes that matter.
 */

struct fingers {
    int down[EVDEV_SLOTS_MAX];
    size_t count;
    uint8_t answer; /* to what the device's state is */
    int headphones; /* 1 while they are in */
};

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
hear_touch(void *data, enum pointer_kind kind, int finger, double across, double down)
{
    struct fingers *fingers = data;
    size_t at = 0;

    if (!(across >= 0 && across <= 1 && down >= 0 && down <= 1) || finger < 0) {
        abort();
    }
    if (kind == POINTER_DOWN) {
        if (fingers->count == EVDEV_SLOTS_MAX) {
            abort();
        }
        fingers->down[fingers->count++] = finger;
        return;
    }
    while (at < fingers->count && fingers->down[at] != finger) {
        at++;
    }
    if (at == fingers->count) {
        abort();
    }
    if (kind != POINTER_MOVE) {
        fingers->down[at] = fingers->down[--fingers->count];
    }
}

static void
hear_key(void *data, enum key key)
{
    (void)data;
    if (key > KEY_ROW_UP) {
        abort();
    }
}

static void
hear_headphones(void *data, bool are_in)
{
    struct fingers *fingers = data;

    fingers->headphones += are_in ? 1 : -1;
    if (fingers->headphones < 0 || fingers->headphones > 1) {
        abort(); /* told when they come and when they go, and only then */
    }
}

static bool
read_state(void *data, struct evdev_state *state)
{
    const struct fingers *fingers = data;

    memset(state, 0, sizeof(*state));
    for (int i = 0; i < EVDEV_SLOTS_MAX; i++) {
        bool there = (fingers->answer >> i % 8 & 1) != 0;

        state->contacts[i] =
            (struct evdev_contact){there ? fingers->answer + i : -1, i, -i, i % 3};
    }
    state->slot = fingers->answer % 20;
    state->headphones = fingers->answer % 2 != 0;
    return fingers->answer % 5 != 0;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const uint16_t axes[] = {ABS_MT_SLOT,
                                    ABS_MT_TRACKING_ID,
                                    ABS_MT_POSITION_X,
                                    ABS_MT_POSITION_Y,
                                    ABS_MT_TOOL_TYPE,
                                    ABS_X,
                                    ABS_Y,
                                    ABS_PRESSURE};
    static const double calibration[6] = {0, -1, 1, 1, 0, 0};
    struct evdev_abilities abilities = {.button = BTN_TOUCH,
                                        .x = {-9, 200},
                                        .y = {0, 1},
                                        .slot_count = 10,
                                        .keys = true,
                                        .headphones = true};
    struct fingers fingers = {.answer = 0};
    struct evdev_parser parser;

    if (size < 2) {
        return 0;
    }
    abilities.touch = data[0] % 3;
    fingers.answer = data[1];
    evdev_parser_init(&parser, &abilities, calibration,
                      (struct evdev_listener){hear_touch, hear_key, hear_headphones,
                                              read_state, &fingers});
    for (size_t i = 2; i + 3 <= size; i += 3) {
        struct input_event event = {.value = (int8_t)data[i + 2]};

        switch (data[i] % 4) {
        case 0:
            event.type = EV_SYN;
            event.code = data[i + 1] % 8 == 0 ? SYN_DROPPED : SYN_REPORT;
            break;
        case 1:
            event.type = EV_KEY;
            event.code = data[i + 1] % 4 == 0 ? BTN_TOUCH : data[i + 1];
            if (data[i + 1] > 250) {
                event.type = EV_SW;
                event.code = SW_HEADPHONE_INSERT;
            }
            break;
        default:
            event.type = EV_ABS;
            event.code = axes[data[i + 1] % 8];
            if (data[i + 1] > 250) {
                event.value = event.value < 0 ? INT32_MIN : INT32_MAX;
            }
            break;
        }
        fingers.answer = (uint8_t)(fingers.answer * 5 + data[i + 2]);
        evdev_parse(&parser, &event, 1);
    }
    evdev_parser_cancel(&parser);
    if (fingers.count != 0) {
        abort(); /* somebody is still pressed */
    }
    if (fingers.headphones != 0) {
        abort(); /* and what is said is still said to somebody */
    }
    return 0;
}
