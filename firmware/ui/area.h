#pragma once

#include "build.h"

/* Where the parts of a page go, and how much of that they have: asked before it is laid
 * out, to cut what does not fit, and when it is. */

/* The sheet, and inside it what holds parts, foot included; and what of that is over
 * the keys, where there are any. */
struct rectangle area_of_sheet(const struct build *build);
struct rectangle area_of_parts(const struct build *build);
struct rectangle area_over_keys(struct build *build);
/* The most the keys may take of the height, with what is typed in over them. */
int area_keys_most(struct build *build);

/* The height of a slot's actions with the gap over them, 0 without any; `width` is of
 * the parts. */
int area_foot(struct build *build, enum slot slot, int width);
/* What stands in their line, before them. */
int area_foot_inset(const struct build *build);

/* An overlay stands on the dock, as high as it needs. */
struct overlay_area {
    struct rectangle free; /* what it lies over */
    int margin, width, bottom;
    int top_pad; /* over the question, where there is room */
    int top;     /* nothing in it begins over this, */
    int over;    /* and if not with the question, nothing so much under it */
};

struct overlay_area area_of_overlay(struct build *build);
