#pragma once

#include <stdbool.h>

#include "base/rectangle.h"
#include "base/theme.h"
#include "ui/canvas.h"

/*
 * The street that is the identity of the screens: two rows of houses with lit
 * windows, a sun, and on the attract screen the water that mirrors the windows.
 */

enum skyline_view {
    SKYLINE_ATTRACT,        /* 1080 × 1920: the whole street and its water */
    SKYLINE_HOME,           /* stage 1080 wide, the sheet starts 600 below its top */
    SKYLINE_HOME_REACH,     /* the same with the sheet at 920 */
    SKYLINE_HOME_LANDSCAPE, /* stage 376 wide beside the sheet, 1280 × 800 */
    SKYLINE_HOME_WIDE,      /* stage 596 wide beside the sheet, 1920 × 1080 */
    SKYLINE_HOME_NARROW,    /* header 720 wide, the street at its end, 720 × 1280 */
    SKYLINE_BLANK,          /* 1080 wide, in the dark: no window is lit, no sun */
    SKYLINE_BLANK_BESIDE    /* the same on 596 */
};

struct skyline {
    enum skyline_view view;
    struct rectangle stage; /* what the street may paint; its width sets the scale */
    bool mirrored;          /* right-to-left */
    int step;               /* one window changes with each step; 0 is the design's */
};

/* Paints over what is there: fill the stage before, the sheet after. */
void skyline_paint(struct canvas *canvas, const struct theme *theme,
                   const struct skyline *skyline);

/* What painting `skyline` at its step changes after the step before it (step ≥ 1). */
struct rectangle skyline_damage(const struct skyline *skyline);
