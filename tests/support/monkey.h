#pragma once

#include <stdint.h>

#include "ui/paint.h"
#include "visit/presenter.h"
#include "visit_kiosk.h"

/*
 * A monkey before a whole kiosk: it touches, drags, presses keys, types, scans, waits,
 * pulls the network out and takes the paper away, at random but the same for a seed.
 * Some of its visits are in another language, in larger letters, in high contrast,
 * within reduced reach or with speech. After each thing that it does the kiosk has to
 * keep what it promises to everybody.
 */

struct monkey {
    uint64_t seed; /* of what comes next */
    struct visit_kiosk kiosk;
    struct theme theme;
    struct fonts *fonts;
    struct painter *painter;
    struct display *display;
    struct presenter *presenter;
    struct canvas *canvas; /* what should be on the glass */
    char doing[120];       /* the last thing it did, for who looks for the reason */
    char ticket[APPOINTMENT_CHECK_IN_BYTES]; /* the last that it saw */
    int64_t visits, stops, shown[SCREEN_COUNT];
    int64_t settings; /* of the screen that it changed on purpose */
};

void monkey_open(struct monkey *monkey, enum display_class display, uint64_t seed);
void monkey_close(struct monkey *monkey);

/* One thing at random. False when a promise is broken: `why` says which. */
bool monkey_act(struct monkey *monkey, char why[300]);
