#pragma once

#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/theme.h"
#include "ui/canvas.h"
#include "ui/layout.h"

/*
 * Paints a layout, and only what differs from the one before.
 *
 * A painter owns what is costly to make again: the logo and the QR codes seen
 * last. Painting under any clip gives the same pixels inside it as painting whole.
 */

struct painter;

#define PAINTER_QR_SIDE_MAX 177

/*
 * Makes the modules of a QR code: `dark[y * size + x]` is 1 for a dark one. Given by
 * the program, since how a code is made is the ticket's business. False when the
 * text does not fit.
 */
typedef bool (*painter_qr)(const char *text, uint8_t *dark, int *size);

/* In high contrast, as the layout says, its own colours take the theme's place. The
 * logo that can't be read is logged, and the plain mark shown. */
struct painter *
painter_create(struct fonts *fonts, const struct theme *theme, painter_qr qr);
void painter_destroy(struct painter *painter); /* NULL is fine */

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
