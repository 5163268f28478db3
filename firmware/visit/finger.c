#include "finger.h"

#include <stdlib.h>

#define HOLD_MS_MAX 3000 /* a longer touch is somebody who leans on the glass */
#define STRAY_MS_MAX 300 /* some shakes of a hand that trembles at 4 to 12 Hz */
/* Nobody lifts and touches the same place again this fast: that is the panel. */
#define BOUNCE_MS 40

void
finger_init(struct finger *finger)
{
    *finger = (struct finger){.up_ms = INT64_MIN / 2};
}

bool
finger_goes_down(struct finger *finger, const struct pointer *pointer, int64_t now_ms,
                 int near)
{
    if (finger->state != FINGER_NONE && finger->id != pointer->id) {
        return false;
    }
    finger->id = pointer->id;
    finger->state = FINGER_SPENT;
    return now_ms - finger->up_ms >= BOUNCE_MS ||
           abs(pointer->x - finger->up_x) >= near ||
           abs(pointer->y - finger->up_y) >= near;
}

void
finger_presses(struct finger *finger, int64_t now_ms)
{
    finger->state = FINGER_PRESSING;
    finger->down_ms = now_ms;
}

void
finger_spend(struct finger *finger)
{
    if (finger->state != FINGER_NONE) {
        finger->state = FINGER_SPENT;
    }
}

bool
finger_is(const struct finger *finger, const struct pointer *pointer)
{
    return finger->state != FINGER_NONE && finger->id == pointer->id;
}

bool
finger_is_busy(const struct finger *finger)
{
    return finger->state == FINGER_PRESSING || finger->state == FINGER_STRAYING;
}

bool
finger_moves(struct finger *finger, enum finger_place place, int64_t now_ms)
{
    enum finger_state before = finger->state;

    if (!finger_is_busy(finger)) {
        return false;
    }
    if (place == FINGER_GONE ||
        (before == FINGER_STRAYING && now_ms - finger->stray_ms > STRAY_MS_MAX))
    {
        finger->state = FINGER_SPENT;
    } else if (place == FINGER_ON) {
        finger->state = FINGER_PRESSING;
    } else if (before == FINGER_PRESSING) {
        finger->state = FINGER_STRAYING;
        finger->stray_ms = now_ms;
    }
    return finger->state != before;
}

bool
finger_lifts(struct finger *finger, const struct pointer *pointer,
             enum finger_place place, int64_t now_ms)
{
    bool counts;

    finger_moves(finger, place, now_ms);
    counts = finger->state == FINGER_PRESSING && place == FINGER_ON &&
             now_ms - finger->down_ms <= HOLD_MS_MAX;
    finger->state = FINGER_NONE;
    finger->up_ms = now_ms;
    finger->up_x = pointer->x;
    finger->up_y = pointer->y;
    return counts;
}

void
finger_vanishes(struct finger *finger)
{
    finger->state = FINGER_NONE;
}
