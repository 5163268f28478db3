#pragma once

#include "base/theme.h"

/*
 * The street that a municipality is known by: rectangles and circles, back row, then
 * front row, in the order of painting. Pixels at STREET_WIDTH wide; y = 0 is the
 * ground, up is negative; a circle is a square whose radius is half its side.
 */

struct street_shape {
    double x, y, width, height, radius;
    enum color color;
};

#define STREET_SHAPES 191
#define STREET_WINDOWS 39
#define STREET_WINDOWS_LIT 8 /* at a time; the first of them in the design */
#define STREET_FRONT 105     /* the first shape of the front row */
#define STREET_TOWER 38      /* the town hall tower: there is one */
#define STREET_TOWER_END 50
#define STREET_WIDTH 1080 /* after which it repeats */

extern const struct street_shape street_shapes[STREET_SHAPES];
extern const int street_windows[STREET_WINDOWS]; /* which shapes they are */
