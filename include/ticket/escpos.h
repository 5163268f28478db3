#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/bitmap.h"

/*
 * A one-bit picture as ESC/POS bytes: initialise, raster in bands (GS v 0), feed,
 * partial cut. Paper is always a picture, so that every language prints. Meanwhile the
 * printer reports by itself what goes wrong (GS a).
 *
 * A printer obeys real-time commands (DLE EOT, ENQ, DC4) wherever they stand. A picture
 * that would hold one gets a dot more, so that no ticket can be taken for an order.
 */

#define ESCPOS_BAND_ROWS 192 /* some printers buffer no more in one command */

/* The bytes to send; the caller frees. Never NULL. */
uint8_t *escpos_encode(const struct bitmap *bitmap, size_t *length);
