#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/rectangle.h"

/*
 * Letters: measured in pixels, painted into an 8-bit coverage mask. One font set
 * holds Noto Sans in two weights, its Arabic sister and the icon font, in every
 * size asked for, with an atlas of the glyphs seen so far.
 *
 * Text is split in bidi runs before it is shaped, so that a time inside Arabic
 * reads 12:30. Not thread-safe.
 */

struct fonts;

enum weight { WEIGHT_REGULAR, WEIGHT_BOLD, WEIGHT_ICON };

/* NULL with `error` naming the file that is missing. */
struct fonts *fonts_open(struct error *error);
void fonts_close(struct fonts *fonts);

/*
 * Shaped lines are kept as pictures, and a citizen may have typed one: call this
 * when a visit ends. Nothing that was typed stays behind.
 */
void fonts_forget(struct fonts *fonts);

struct text_style {
    int px; /* em size in pixels, 8 to 400 */
    enum weight weight;
};

/* The advance width of one line of UTF-8, in pixels, rounded up. */
int fonts_width(struct fonts *fonts, struct text_style style, const char *text,
                size_t length);
/* True when every letter can be shown; else `*missing` is the first that can't. */
bool fonts_have(struct fonts *fonts, enum weight weight, const char *text,
                size_t length, uint32_t *missing);
/* Line box of the fonts: ascent + descent, the same for every script. */
int fonts_height(struct text_style style);
int fonts_ascent(struct text_style style); /* from the top of the box to the baseline */
/* Height of the capital H, for the readability rules. */
int fonts_cap_height(struct fonts *fonts, struct text_style style);

/*
 * Where a line of at most `width` pixels ends: bytes up to the break, trailing
 * space not counted in `*line`; `*next` is where the next line starts. Breaks at
 * spaces, at a line feed, and after hyphens (not before a digit); a single word that is
 * too long is not broken and overflows (the audit finds it). `*next` == length at the
 * end.
 */
void fonts_break(struct fonts *fonts, struct text_style style, const char *text,
                 size_t length, int width, size_t *line, size_t *next);

/*
 * A glyph or run ready to blend: called for each piece of the line in visual
 * order. `mask` has `width` coverage bytes a row, `stride` apart.
 */
typedef void (*font_paint)(void *data, int x, int y, const uint8_t *mask, int width,
                           int height, int stride);

/* Line box at (x, y); `right_to_left` is the paragraph's direction. */
void fonts_draw(struct fonts *fonts, struct text_style style, const char *text,
                size_t length, bool right_to_left, int x, int y, font_paint paint,
                void *data);
