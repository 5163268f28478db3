#pragma once

#include <stddef.h>
#include <stdint.h>

/*
 * A one-bit picture as ESC/POS bytes: initialise, raster in bands (GS v 0), feed,
 * partial cut. Paper is always a picture, so that every language prints.
 */

struct bitmap {
    int width, height; /* dots; rows are padded to whole bytes */
    uint8_t *rows;     /* most significant bit first, 1 is black */
};

#define ESCPOS_BAND_ROWS 192 /* some printers buffer no more in one command */

static inline size_t
bitmap_stride(const struct bitmap *bitmap)
{
    return ((size_t)bitmap->width + 7) / 8;
}

/* The bytes to send; the caller frees. */
uint8_t *escpos_encode(const struct bitmap *bitmap, size_t *length);
