#include "device/input/evdev_parse.h"

#include <assert.h>
#include <string.h>

/* --- places ------------------------------------------------------------------ */

/* The middle of a step of the axis, so that no two devices round differently. */
static double
part_of(const struct evdev_axis *axis, int value)
{
    double steps = (double)axis->max - axis->min + 1;

    return ((double)value - axis->min + 0.5) / steps;
}

static double
cut(double part)
{
    return part >= 0 ? part <= 1 ? part : 1 : 0; /* also what is not a number: 0 */
}

static void
tell(struct evdev_parser *parser, enum pointer_kind kind,
     const struct evdev_contact *contact)
{
    const double *m = parser->calibration;
    double x = part_of(&parser->abilities.x, contact->x);
    double y = part_of(&parser->abilities.y, contact->y);

    parser->listener.touch(parser->listener.data, kind, contact->tracking,
                           cut(m[0] * x + m[1] * y + m[2]),
                           cut(m[3] * x + m[4] * y + m[5]));
}

/* --- fingers ----------------------------------------------------------------- */

static void
slot_tell(struct evdev_parser *parser, int slot, enum pointer_kind kind)
{
    parser->told[slot] = parser->state.contacts[slot];
    tell(parser, kind, &parser->told[slot]);
}

static void
slot_end(struct evdev_parser *parser, int slot, enum pointer_kind kind)
{
    struct evdev_contact ended = parser->told[slot];

    if (ended.tracking >= 0) {
        if (parser->state.contacts[slot].tracking < 0) { /* no other finger's place */
            ended.x = parser->state.contacts[slot].x;
            ended.y = parser->state.contacts[slot].y;
        }
        parser->told[slot].tracking = -1;
        tell(parser, kind, &ended);
    }
}

/* Brings the listener up to what is known of one slot. */
static void
slot_report(struct evdev_parser *parser, int slot, enum pointer_kind end)
{
    const struct evdev_contact *contact = &parser->state.contacts[slot];

    if (contact->tracking >= 0 && contact->tool == MT_TOOL_PALM) {
        parser->ignored[slot] = contact->tracking;
        slot_end(parser, slot, POINTER_CANCEL);
    } else if (contact->tracking != parser->told[slot].tracking) {
        slot_end(parser, slot, end);
    }
    if (contact->tracking < 0) {
        parser->ignored[slot] = -1;
    } else if (contact->tracking == parser->ignored[slot]) {
        parser->moved[slot] = false;
        return;
    } else if (parser->told[slot].tracking < 0) {
        slot_tell(parser, slot, POINTER_DOWN);
    } else if (parser->moved[slot]) {
        slot_tell(parser, slot, POINTER_MOVE);
    }
    parser->moved[slot] = false;
}

static void
report(struct evdev_parser *parser, enum pointer_kind end)
{
    for (int slot = 0; slot < EVDEV_SLOTS_MAX; slot++) {
        slot_report(parser, slot, end);
    }
}

/* --- headphones -------------------------------------------------------------- */

static void
tell_headphones(struct evdev_parser *parser, bool in)
{
    if (parser->abilities.headphones && in != parser->told_headphones) {
        parser->told_headphones = in;
        parser->listener.headphones(parser->listener.data, in);
    }
}

void
evdev_parser_cancel(struct evdev_parser *parser)
{
    tell_headphones(parser, false);
    for (int slot = 0; slot < EVDEV_SLOTS_MAX; slot++) {
        slot_end(parser, slot, POINTER_CANCEL);
        parser->state.contacts[slot].tracking = -1;
    }
}

/*
 * After lost events. A finger that lifted meanwhile is cancelled: nobody knows where
 * it lifted, and a press that the citizen didn't mean is worse than one to repeat.
 */
static void
recover(struct evdev_parser *parser)
{
    struct evdev_state state = {0};

    if (!parser->listener.read_state(parser->listener.data, &state)) {
        evdev_parser_cancel(parser);
        return;
    }
    if (parser->abilities.touch == EVDEV_ONE_FINGER && state.contacts[0].tracking >= 0)
    {
        /* It may have lifted and come back: another finger. */
        parser->last_tracking = (parser->last_tracking + 1) & 0xFFFF;
        state.contacts[0].tracking = parser->last_tracking;
    }
    parser->state = state;
    tell_headphones(parser, state.headphones);
    memset(parser->moved, true, sizeof(parser->moved));
    report(parser, POINTER_CANCEL);
}

/* --- events ------------------------------------------------------------------ */

static void
on_key(struct evdev_parser *parser, int code, int value)
{
    enum key key;

    if (parser->abilities.touch == EVDEV_ONE_FINGER && code == parser->abilities.button)
    {
        if (value == 1) {
            parser->last_tracking = (parser->last_tracking + 1) & 0xFFFF;
        }
        parser->state.contacts[0].tracking = value != 0 ? parser->last_tracking : -1;
        return;
    }
    if (!parser->abilities.keys) {
        return;
    }
    if (code == EVDEV_KEY_SHIFT_LEFT || code == EVDEV_KEY_SHIFT_RIGHT) {
        parser->state.shift = value != 0;
    } else if (value == 1 && evdev_key_of(code, parser->state.shift, &key)) {
        parser->listener.key(parser->listener.data, key); /* a key held repeats not */
    }
}

static void
on_slot_axis(struct evdev_parser *parser, int code, int value)
{
    struct evdev_contact *contact;

    if (code == ABS_MT_SLOT) {
        parser->state.slot = value;
    }
    if (parser->state.slot < 0 || parser->state.slot >= EVDEV_SLOTS_MAX) {
        return; /* a finger too many */
    }
    contact = &parser->state.contacts[parser->state.slot];
    switch (code) {
    case ABS_MT_TRACKING_ID:
        contact->tracking = value < 0 ? -1 : value;
        contact->tool = MT_TOOL_FINGER;
        break;
    case ABS_MT_POSITION_X:
        contact->x = value;
        parser->moved[parser->state.slot] = true;
        break;
    case ABS_MT_POSITION_Y:
        contact->y = value;
        parser->moved[parser->state.slot] = true;
        break;
    case ABS_MT_TOOL_TYPE:
        contact->tool = value;
        break;
    default:
        break;
    }
}

static void
on_axis(struct evdev_parser *parser, int code, int value)
{
    struct evdev_contact *contact = &parser->state.contacts[0];

    if (parser->abilities.touch == EVDEV_FINGERS) {
        on_slot_axis(parser, code, value); /* ABS_X and ABS_Y only repeat a finger */
    } else if (parser->abilities.touch == EVDEV_ONE_FINGER && code == ABS_X) {
        contact->x = value;
        parser->moved[0] = true;
    } else if (parser->abilities.touch == EVDEV_ONE_FINGER && code == ABS_Y) {
        contact->y = value;
        parser->moved[0] = true;
    }
}

static void
on_event(struct evdev_parser *parser, const struct input_event *event)
{
    if (event->type == EV_SYN && event->code == SYN_DROPPED) {
        parser->lost = true;
    } else if (event->type == EV_SYN && event->code == SYN_REPORT) {
        if (parser->lost) {
            parser->lost = false;
            recover(parser);
        } else {
            report(parser, POINTER_UP);
        }
    } else if (parser->lost) {
        return;
    } else if (event->type == EV_KEY) {
        on_key(parser, event->code, event->value);
    } else if (event->type == EV_SW && event->code == SW_HEADPHONE_INSERT) {
        tell_headphones(parser, event->value != 0);
    } else if (event->type == EV_ABS) {
        on_axis(parser, event->code, event->value);
    }
}

void
evdev_parser_init(struct evdev_parser *parser, const struct evdev_abilities *abilities,
                  const double calibration[6], struct evdev_listener listener)
{
    assert(abilities->x.min < abilities->x.max || abilities->touch == EVDEV_NO_TOUCH);
    assert(abilities->y.min < abilities->y.max || abilities->touch == EVDEV_NO_TOUCH);
    *parser = (struct evdev_parser){.abilities = *abilities, .listener = listener};
    memcpy(parser->calibration, calibration, sizeof(parser->calibration));
    for (int slot = 0; slot < EVDEV_SLOTS_MAX; slot++) {
        parser->state.contacts[slot].tracking = -1;
        parser->told[slot].tracking = -1;
        parser->ignored[slot] = -1;
    }
    if (listener.read_state(listener.data, &parser->state)) {
        for (int slot = 0; slot < EVDEV_SLOTS_MAX; slot++) {
            parser->ignored[slot] = parser->state.contacts[slot].tracking;
        }
        tell_headphones(parser, parser->state.headphones);
    }
}

void
evdev_parse(struct evdev_parser *parser, const struct input_event *events, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        on_event(parser, &events[i]);
    }
}
