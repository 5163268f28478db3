#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/*
 * The colours of everything, by meaning. A municipality brings two brand colours
 * and a logo; the rest is derived so that contrast holds (design tokens).
 */

enum color {
    COLOR_NONE, /* nothing is painted */
    COLOR_STAGE,
    COLOR_STAGE_2,
    COLOR_STAGE_3,
    COLOR_ON_STAGE,
    COLOR_ON_STAGE_2,
    COLOR_STAGE_LINE,
    COLOR_ACCENT,
    COLOR_ON_ACCENT,
    COLOR_SHEET,
    COLOR_CARD,
    COLOR_INK,
    COLOR_INK_2,
    COLOR_BORDER,
    COLOR_HAIRLINE,
    COLOR_PRIMARY,
    COLOR_ON_PRIMARY,
    COLOR_PRIMARY_DOWN,
    COLOR_PRIMARY_SOFT,
    COLOR_ACCENT_SOFT,
    COLOR_ON_ACCENT_SOFT,
    COLOR_SUCCESS,
    COLOR_SUCCESS_SOFT,
    COLOR_DANGER,
    COLOR_DANGER_SOFT,
    COLOR_DISABLED,
    COLOR_ON_DISABLED,
    COLOR_FOCUS_IN,
    COLOR_FOCUS_OUT,
    COLOR_KEYBOARD, /* the field behind the keys */
    COLOR_BLACK,    /* QR modules, always */
    COLOR_WHITE,    /* QR paper, always */
    COLOR_COUNT
};

struct theme {
    uint32_t rgb[COLOR_COUNT]; /* 0xRRGGBB */
    double scrim_alpha;        /* of COLOR_STAGE over the screen under an overlay */
    char logo[256];            /* path of a PNG; "" for the plain mark */
};

/* The design's own: brand 0x0b4f5c and 0xffc44d. */
#define THEME_BRAND_1 0x0b4f5cu
#define THEME_BRAND_2 0xffc44du

void
theme_make(struct theme *theme, uint32_t brand_1, uint32_t brand_2, bool high_contrast);

/* Six hexadecimal digits: "0b4f5c". */
bool theme_color_parse(const char *text, uint32_t *rgb);

/* Others by their names in the design's tokens: "ink-2 384a51, accent ffd166"; "" for
 * none. False with ERROR_BAD_INPUT, and nothing is changed, when that can't be read. */
bool theme_set_colors(struct theme *theme, const char *colors, struct error *error);

/* Of brand colours in digits, "" for our own. Where that can't be, or would not be
 * readable, it is ours altogether, and false with ERROR_BAD_INPUT. */
bool theme_make_from(struct theme *theme, const char *color_1, const char *color_2,
                     struct error *error);

/* WCAG 2 contrast, 1 to 21. */
double theme_contrast(uint32_t a, uint32_t b);

/*
 * True when every pair that stands on another holds its contrast: 7:1 for text,
 * 3:1 for outlines and shapes. Else ERROR_BAD_INPUT with the pair that does not.
 */
bool theme_check(const struct theme *theme, struct error *error);

/* As in the design's tokens: "on-stage-2". */
const char *theme_color_name(enum color color);
