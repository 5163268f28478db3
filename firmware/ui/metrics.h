#pragma once

#include "base/rectangle.h"
#include "ui/layout.h"

/*
 * The numbers of each display class: where stage, sheet and dock are, and how
 * large each kind of text is. Lengths elsewhere in layout are written as drawn on
 * the 1080 × 1920 class and scaled by `factor_percent`.
 */

enum type { /* kinds of text */
            TYPE_TITLE,
            TYPE_HOME_TITLE,
            TYPE_ATTRACT_TITLE,
            TYPE_OVERLAY_TITLE,
            TYPE_GREETING,
            TYPE_LEAD,     /* under the attract title */
            TYPE_SUBTITLE, /* under a title */
            TYPE_HEADER,
            TYPE_LABEL,  /* what a choice is called */
            TYPE_NOTE,   /* the line under it */
            TYPE_SMALL,  /* dock, tags, units */
            TYPE_BODY,   /* reading */
            TYPE_MIDDLE, /* between note and label: values, places */
            TYPE_PLACE,
            TYPE_DAY,
            TYPE_COUNT,
            TYPE_LEAF, /* the day on a leaf of the calendar */
            TYPE_LEAF_SMALL,
            TYPE_MOMENT, /* day and time of an appointment, in a question */
            TYPE_CLOCK,  /* the time on a ticket */
            TYPE_NUMBER, /* to wait with */
            TYPE_NUMBER_SMALL,
            TYPE_SAMPLE, /* of the largest letters, to choose them */
            TYPE_START,
            TYPE_SECONDS,
            TYPE_INPUT,
            TYPE_KEY,
            TYPE_COUNT_OF
};

struct type_size {
    int px, pitch; /* em size and distance between lines */
};

struct metrics {
    int width, height;
    int pixels_per_100_mm;
    int factor_percent;
    bool beside; /* the stage stands beside the sheet instead of above it */
    struct rectangle stage, sheet, content, dock;
    struct rectangle home_stage, home_sheet, home_content; /* a wider stage at home */
    int sheet_radius;
    int tile_columns;
    int touch_min; /* 20 mm */
    int text_min;  /* px of the smallest letters */
    struct type_size types[TYPE_COUNT_OF];
};

const struct metrics *metrics_of(enum display_class display);
