#pragma once

#include <stdbool.h>

#include "base/rectangle.h"
#include "ui/layout.h"

/*
 * What a display class, with what the citizen set, means for layout: where stage, sheet
 * and dock are, how large each kind of text is, and what there is room for. The parts
 * ask these meanings and never which class it is. Lengths elsewhere in layout are
 * written as drawn on the 1080 × 1920 class and scaled by `factor_percent`.
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
            TYPE_SMALL,  /* tags, units */
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
            TYPE_SLIP,   /* the code of a slip */
            TYPE_SAMPLE, /* of the largest letters, to choose them */
            TYPE_START,
            TYPE_RETURN, /* what brings everything back */
            TYPE_SECONDS,
            TYPE_INPUT,
            TYPE_KEY,
            TYPE_TILE,
            TYPE_BUTTON,
            TYPE_TIME, /* to choose */
            TYPE_DOCK,
            TYPE_STAGE_TILE,
            TYPE_COUNT_OF
};

struct type_size {
    int px, pitch; /* em size and distance between lines */
};

enum stage_place {
    STAGE_ABOVE,  /* over the sheet */
    STAGE_BESIDE, /* at the start of it; what has no room on the sheet stands there */
    STAGE_HEADER, /* a few lines over it, without a sign */
};

enum month_steps {
    MONTH_STEPS_OVER,   /* the days, at the end of the month's line */
    MONTH_STEPS_BESIDE, /* at the end of the days */
    MONTH_STEPS_FOOT,   /* in the line of the button; the month stands on the stage */
};

enum places {
    PLACES_SHOWN, /* the few there are, to choose one */
    PLACES_ROW,   /* the chosen one, as a button to the others: a row, or */
    PLACES_STAGE, /* on the stage */
    PLACES_MONTH, /* in the line of the month, whose name stands on the stage */
    PLACES_FOOT,  /* in the line of the button */
};

/* The mark and the names beside it, from the corner of the screen. */
struct header_shape {
    int x, y, logo, gap;
    bool has_place; /* place and clock at the end */
};

/* What stands on a stage, from its top. A zero: there is no place for it. */
struct stage_shape {
    struct rectangle area;
    struct header_shape header;
    int names_end; /* before what is drawn there; 0: the margin */
    int margin;
    int progress, progress_height, progress_gap, step;
    int title, title_with_steps, title_width, note_width;
    int sign_radius, sign_px, sign_x, sign_y, sign_y_with_steps;
    int greeting;            /* at home */
    struct rectangle button; /* what stands on it to be pressed, where it is beside */
    int button_glyph;
    enum street_view street; /* at home */
};

struct dock_shape {
    struct rectangle area;
    int cells, columns; /* 5 cells; or 4, of which the first is either of two */
    int pad_x, pad_y;
    int icon, icon_y, label_y; /* from the top of a cell */
    bool at_end;               /* of the screen, instead of below */
    int middle;                /* width of the cell in the middle; 0: as the others */
};

struct tile_shape {
    int columns;
    int large_columns; /* of larger letters, which stand behind the glyph; 0: as many */
    bool high;         /* the glyph stands over the label */
    int pad, disc, glyph, gap;
    int row_gap; /* 0: as between all parts */
    int lines; /* of the label that room is kept for, so that glyphs line up; 0: none */
};

struct attract_shape {
    int margin, title, title_width, lead_width;
    struct rectangle start, street_area;
    int names, fact, note;
    int sky; /* where the sun begins that words may not lie over; 0: beside them */
    enum street_view street;
};

struct metrics {
    int width, height;
    int factor_percent;
    int glyph_percent; /* of icons, which grow with the text */
    int text_floor;    /* px: no text is smaller */
    enum stage_place stage_place;
    struct stage_shape stage, home_stage;
    struct rectangle sheet, content;
    struct rectangle home_sheet, home_content;
    struct dock_shape dock;
    struct tile_shape tile;
    struct attract_shape attract;
    int sheet_radius;
    bool has_discs;        /* behind the glyphs of choices */
    bool low;              /* little height: parts are flat, lists elsewhere left out */
    bool tight;            /* little width too: no chevrons, facts under the glyph */
    bool wide;             /* two columns of what elsewhere has one */
    int language_bar;      /* its height at home, over the tiles; 0: none */
    bool clock_beside_bar; /* day and hour stand at its end */
    enum places places;
    bool has_small_keys; /* keys and days of 12.7 mm: more have no room */
    bool keys_apart;     /* keys are no higher than that, and 2.5 mm apart */
    int key_lines;       /* of a board of keys that comes in parts; 0: it is whole */
    int key_cells;       /* keys in a line of it */
    bool keys_beside;    /* what does something stands at the end of its lines */
    enum month_steps month_steps;
    int month_step_width, month_step_icon;
    int foot_place_width; /* of PLACES_FOOT */
    int gap;              /* between parts */
    int grid_gap;         /* between rows of days and times */
    int day_gap;          /* between days of a week; 0: as between all columns */
    int day_height, time_columns;
    bool days_listed;  /* a day a row: side by side they have no room for their words */
    bool day_segments; /* times come by part of the day, where not all have room */
    int button_icon, button_height;
    bool stands_apart; /* each line of a summary is a card, its button high */
    int touch_min;     /* 20 mm */
    int apart_min;     /* 2.5 mm, round what is smaller than that */
    int key_min, key_gap;
    int reach_line; /* y under which everything that can be touched is; 0: none */
    struct type_size types[TYPE_COUNT_OF];
};

/* Fills `metrics` for the display, as the citizen set it. */
void metrics_make(struct metrics *metrics, const struct layout_options *options,
                  const struct adjustment *adjustment, enum language language);

/* metrics_frames.c: the places, and what there is room for; no text sizes. */
const struct metrics *metrics_frame(enum display_class display, enum text_size text);

/* metrics_types.c: text sizes; `floor` is the smallest px there may be. */
void metrics_make_types(struct type_size types[TYPE_COUNT_OF],
                        enum display_class display, enum text_size text, int floor);
