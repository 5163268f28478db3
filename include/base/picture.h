#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * Pictures in memory, written as and read from PNG.
 *
 * Writing the same pixels gives the same bytes. Reading takes any PNG, up to
 * PICTURE_SIDE_MAX a side, and gives 8-bit RGBA; a file that is broken, too large
 * or no PNG is ERROR_BAD_INPUT that says which.
 */

#define PICTURE_SIDE_MAX 4096

enum picture_format {
    PICTURE_RGBA,   /* four bytes a pixel, alpha not multiplied in */
    PICTURE_GREY,   /* a byte a pixel, 0 is black */
    PICTURE_BITMAP, /* a bit a pixel, most significant first, 1 is black */
};

struct picture {
    enum picture_format format;
    int width, height;
    size_t stride;      /* bytes from a row to the next */
    const void *pixels; /* the caller's */
};

bool
picture_write(const struct picture *picture, const char *path, struct error *error);

/* The PNG's bytes; the caller frees. Never NULL. */
void *picture_encode(const struct picture *picture, size_t *length);

/* Fills in `picture`, PICTURE_RGBA; the caller frees the pixels it gives back. */
uint8_t *picture_read(const char *path, struct picture *picture, struct error *error);
uint8_t *picture_decode(const void *png, size_t length, struct picture *picture,
                        struct error *error);
