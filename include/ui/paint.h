#pragma once

#include <stddef.h>

#include "ui/canvas.h"
#include "ui/layout.h"
#include "ui/theme.h"

/*
 * Paints a layout, and only what differs from the one before.
 *
 * A painter owns what is costly to make again: the logo, the street, QR codes.
 */

struct painter;

struct painter *painter_create(struct fonts *fonts, const struct theme *theme);
void painter_destroy(struct painter *painter);

/* All of it, into the canvas's clip. */
void painter_paint(struct painter *painter, struct canvas *canvas,
                   const struct layout *layout);

#define PAINTER_PARTS_MAX 16

/*
 * The rectangles in which `now` differs from `before`, merged to at most
 * PAINTER_PARTS_MAX; 0 when nothing does. Both pages' texts must still be there.
 */
size_t painter_difference(const struct layout *before, const struct layout *now,
                          struct rectangle parts[PAINTER_PARTS_MAX]);
