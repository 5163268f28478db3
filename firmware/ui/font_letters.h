#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ui/font.h"
#include "ui/font_face.h"
#include "ui/font_memory.h"

/*
 * Letters one by one: which face has a character, how far it moves the pen, and plain
 * text, in which nothing but kerning depends on what stands beside a letter.
 */

struct fonts {
    struct faces *faces;
    struct memo *advances, *kernings, *choices, *text_widths;
    struct atlas *atlas;
    struct line_store *lines;
};

#define LETTER_MISSING 0xFFFDu

/* A character and the face that has it; U+FFFD when none has. */
struct letter {
    enum face face;
    uint32_t character;
};

/* Steers or hints, but is never seen. */
bool letter_is_invisible(uint32_t character);
/* Of a script in which a letter looks the same whatever stands beside it. */
bool letter_is_simple(uint32_t character);
/* `arabic`: spaces and points between Arabic words come from the Arabic face. */
struct letter
letter_find(struct fonts *fonts, enum weight weight, uint32_t character, bool arabic);

/* Everything simple, from start to end in one direction: no bidi, no shaping. */
bool letters_are_plain(const char *text, size_t length, bool right_to_left);

/* In thousandths of a pixel, as is `x`. */
int64_t plain_width(struct fonts *fonts, struct text_style style, const char *text,
                    size_t length);
void plain_draw(struct fonts *fonts, struct text_style style, const char *text,
                size_t length, int64_t x, int baseline, font_paint paint, void *data);
