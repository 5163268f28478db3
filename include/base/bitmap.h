#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A one-bit picture: what paper shows. */

struct bitmap {
    int width, height; /* dots; rows are padded to whole bytes */
    uint8_t *rows;     /* most significant bit first, 1 is black */
};

static inline size_t
bitmap_stride(const struct bitmap *bitmap)
{
    return ((size_t)bitmap->width + 7) / 8;
}

static inline bool
bitmap_is_black(const struct bitmap *bitmap, int x, int y)
{
    const uint8_t *row = bitmap->rows + (size_t)y * bitmap_stride(bitmap);

    return (row[x / 8] >> (7 - x % 8) & 1) != 0;
}

static inline void
bitmap_blacken(struct bitmap *bitmap, int x, int y)
{
    uint8_t *row = bitmap->rows + (size_t)y * bitmap_stride(bitmap);

    row[x / 8] = (uint8_t)(row[x / 8] | 0x80 >> x % 8);
}
