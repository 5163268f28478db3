#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bitmap.h"

/*
 * A one-bit picture as ESC/POS bytes: initialise, raster in bands (GS v 0), feed,
 * partial cut. Paper is always a picture, so that every language prints.
 *
 * A picture may happen to hold the bytes of a status question (DLE EOT), which
 * printers answer at once: who reads from a printer must expect answers that
 * nobody asked for.
 */

#define ESCPOS_BAND_ROWS 192 /* some printers buffer no more in one command */

/* The bytes to send; the caller frees. Never NULL. */
uint8_t *escpos_encode(const struct bitmap *bitmap, size_t *length);
