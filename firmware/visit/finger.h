#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "device/display.h"

/*
 * When a finger on the glass presses. It presses what it went down on when it is lifted
 * there or in the halo around it, within 3 seconds. A hand that trembles may stray from
 * the halo for a moment; who goes further, or stays away, has changed their mind. A
 * second finger is ignored until the first is lifted, and so is a panel that bounces.
 *
 * It knows no page and no clock: the caller says where the finger is, and when.
 */

#define FINGER_HALO_MM 6   /* how far a finger rolls off its target while it lifts */
#define FINGER_STRAY_MM 12 /* how far one trembles that means the same */

enum finger_place {
    FINGER_ON,   /* on what it went down on, or in the halo around it */
    FINGER_NEAR, /* no further away than FINGER_STRAY_MM */
    FINGER_GONE,
};

enum finger_state {
    FINGER_NONE,
    FINGER_PRESSING,
    FINGER_STRAYING, /* has left for a moment */
    FINGER_SPENT,    /* still down, but it counts for nothing any more */
};

struct finger {
    enum finger_state state;
    int id;
    int64_t down_ms, stray_ms, up_ms;
    int up_x, up_y;
};

/* Nothing has touched the glass yet. */
void finger_init(struct finger *finger);

/*
 * True when this finger may press: it is the only one, and no bounce of the lift before
 * (`near` pixels count as the same place). It is spent until finger_presses().
 */
bool finger_goes_down(struct finger *finger, const struct pointer *pointer,
                      int64_t now_ms, int near);
/* There is something under it to press. */
void finger_presses(struct finger *finger, int64_t now_ms);
/* What it was on is no longer that. */
void finger_spend(struct finger *finger);
/* True for the finger that went down first. */
bool finger_is(const struct finger *finger, const struct pointer *pointer);
/* True when it presses now and did not before, or the other way round. */
bool finger_moves(struct finger *finger, enum finger_place place, int64_t now_ms);
/* True when that was a press. */
bool finger_lifts(struct finger *finger, const struct pointer *pointer,
                  enum finger_place place, int64_t now_ms);
/* The system took it away: it pressed nothing. */
void finger_vanishes(struct finger *finger);

/* Still on its way to a press. */
bool finger_is_busy(const struct finger *finger);
