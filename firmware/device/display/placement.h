#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/rectangle.h"

/*
 * How a canvas lies on a panel: turned clockwise by 0, 90, 180 or 270 degrees, then
 * enlarged by whole pixels, then put in the middle.
 */

struct placement {
    int canvas_width, canvas_height;
    int panel_width, panel_height;
    int rotation;
    int scale;
    int x, y; /* on the panel, of the turned canvas's first pixel */
};

/* As large as fits; false when the canvas doesn't. */
bool placement_make(struct placement *placement, int canvas_width, int canvas_height,
                    int panel_width, int panel_height, int rotation);

/* The pixels of the panel that show this part; what is outside the canvas is cut. */
struct rectangle
placement_to_panel(const struct placement *placement, struct rectangle part);

/* The pixel of the canvas nearest to one of the panel. */
void placement_to_canvas(const struct placement *placement, int panel_x, int panel_y,
                         int *x, int *y);

/*
 * Draws a part of the canvas on a panel of `pitch` pixels a row, and returns the
 * pixels of the panel that it wrote. Writes rows of neighbours and reads nothing of
 * the panel, whose memory is often uncached.
 */
struct rectangle
placement_draw(const struct placement *placement, const uint32_t *canvas,
               struct rectangle part, uint32_t *panel, size_t pitch);

/* The whole canvas, as the panel shows it. */
void placement_read(const struct placement *placement, const uint32_t *panel,
                    size_t pitch, uint32_t *canvas);
