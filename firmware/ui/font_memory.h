#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rectangle.h"

/*
 * What the fonts remember, in memory of a fixed size: numbers (advances, kerning,
 * which face has a character), glyph pictures, and whole lines of shaped text.
 * Each starts anew when it is full, so nothing grows and nothing is searched long.
 */

/* Numbers by a 64-bit key. */
struct memo;

struct memo *memo_create(size_t slots); /* a power of two */
void memo_destroy(struct memo *memo);
bool memo_find(const struct memo *memo, uint64_t key, int32_t *value);
void memo_add(struct memo *memo, uint64_t key, int32_t value);
void memo_forget(struct memo *memo);

/* One picture of coverage bytes; (x, y) is its top left, seen from the pen. */
struct coverage {
    const uint8_t *data;
    int x, y, width, height, stride;
};

/* Glyphs by a 64-bit key, packed on shelves of one picture. */
struct atlas;

struct atlas *atlas_create(int width, int height);
void atlas_destroy(struct atlas *atlas);
const struct coverage *atlas_find(const struct atlas *atlas, uint64_t key);
/* Copies. NULL when it is larger than the whole atlas. */
const struct coverage *
atlas_add(struct atlas *atlas, uint64_t key, const struct coverage *coverage);

/* Lines by their text and a number that says how they were set. */
struct line_store;

struct line_store *line_store_create(size_t bytes);
void line_store_destroy(struct line_store *store);
const struct coverage *line_store_find(const struct line_store *store, const char *text,
                                       size_t length, uint64_t setting);
/* Copies. NULL when it is too large to keep. */
const struct coverage *
line_store_add(struct line_store *store, const char *text, size_t length,
               uint64_t setting, const struct coverage *coverage);
/* Overwrites every line: a citizen may have typed one. */
void line_store_forget(struct line_store *store);
