#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/*
 * The font files themselves: what is in them, how wide it is, and what it looks
 * like as coverage. Slow and allocating; font.c remembers what it asked.
 */

enum face {
    FACE_REGULAR,
    FACE_BOLD,
    FACE_ARABIC_REGULAR,
    FACE_ARABIC_BOLD,
    FACE_ICON,
    FACE_COUNT
};

struct faces;

struct faces *faces_open(struct error *error);
void faces_close(struct faces *faces);

bool faces_have(struct faces *faces, enum face face, uint32_t character);

/* In thousandths of the em, unhinted, so that widths grow evenly with the size. */
int faces_advance(struct faces *faces, enum face face, uint32_t character);
int faces_kerning(struct faces *faces, enum face face, uint32_t left, uint32_t right);
int faces_cap_height(struct faces *faces, enum face face);

/* Text of one face and one direction, shaped as a whole; in pixels. */
struct face_text {
    enum face face;
    int px;
    bool right_to_left;
    const char *text; /* ends in NUL */
};
int faces_text_width(struct faces *faces, const struct face_text *text);

/* Coverage; (x, y) is its top left, seen from the pen on the baseline. */
struct face_mask {
    uint8_t *data;
    int x, y, width, height, stride;
};
/* Release each with faces_mask_free(). Empty (no data) when there is no ink. */
struct face_mask
faces_glyph_mask(struct faces *faces, enum face face, int px, uint32_t character);
struct face_mask faces_text_mask(struct faces *faces, const struct face_text *text);
void faces_mask_free(struct face_mask *mask);
