#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "ui/layout.h"

/*
 * What the glass shows by itself: one window after the other on the welcome page, that
 * nobody has looked at for long, and for a moment where a finger hit nothing. Each
 * appears and vanishes; nothing moves, and nothing wakes up but for the next of them.
 */

struct lights {
    int lit;
    int64_t lit_ms; /* when the next window is lit; here and below INT64_MAX: never */
    bool dimmed;
    int64_t dim_ms; /* when it will be */
    int missed_x, missed_y;
    int64_t missed_ms; /* until when that is shown */
};

void lights_init(struct lights *lights);

/* What is due is done: `at_rest` between visits, `welcome` where there is a street. */
void lights_check(struct lights *lights, bool at_rest, bool welcome, int64_t now_ms);
int64_t lights_next_ms(const struct lights *lights);

/* Somebody is there. True when it was dimmed: then waking is all that it did. */
bool lights_wake(struct lights *lights, int64_t now_ms);

/* A touch at that place, in pixels of the display, hit nothing; or it is of no matter
 * any more. */
void lights_miss(struct lights *lights, int x, int y, int64_t now_ms);
void lights_forget_miss(struct lights *lights);

/* Over a page that was laid out; `size` of the ring in pixels. */
void lights_put(const struct lights *lights, struct layout *layout, int size);
