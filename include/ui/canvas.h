#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"
#include "base/rectangle.h"
#include "ui/font.h"

/*
 * Pixels of ours: 32-bit 0x00RRGGBB rows in memory, painted in software so that
 * every machine shows the same. Everything is clipped to the canvas and to the
 * clip rectangle. Edges are anti-aliased; the same call gives the same pixels.
 */

struct canvas_masks;

struct canvas {
    int width, height;
    uint32_t *pixels; /* width × height */
    struct rectangle clip;
    struct canvas_masks *masks; /* rounded corners and shadows, made once a radius */
};

struct canvas *canvas_create(int width, int height);
void canvas_destroy(struct canvas *canvas);
void canvas_clip(struct canvas *canvas, struct rectangle clip); /* cut to the canvas */

/* Start is left here: layout has mirrored the page before it is painted. */
enum corners { /* bits */
               CORNERS_NONE = 0,
               CORNERS_TOP_START = 1,
               CORNERS_TOP_END = 2,
               CORNERS_BOTTOM_START = 4,
               CORNERS_BOTTOM_END = 8,
               CORNERS_TOP = 3,
               CORNERS_ALL = 15
};

void canvas_fill(struct canvas *canvas, struct rectangle area, uint32_t rgb);
void canvas_fill_round(struct canvas *canvas, struct rectangle area, int radius,
                       unsigned corners, uint32_t rgb);
/* The outline lies inside `area`. */
void canvas_outline(struct canvas *canvas, struct rectangle area, int radius,
                    unsigned corners, int width, uint32_t rgb);
/* A rounded rectangle that need not stand on whole pixels. */
struct canvas_shape {
    double x, y, width, height;
    double radius; /* at most half of the smaller side */
};
void
canvas_shape(struct canvas *canvas, const struct canvas_shape *shape, uint32_t rgb);
void canvas_circle(struct canvas *canvas, double center_x, double center_y,
                   double radius, uint32_t rgb);
/*
 * The one shadow: 4 px down, 16 px blur, 10 % of `rgb`. Paint what casts it after it:
 * inside `area` only the corners are shaded, since the rest can't be seen.
 */
void
canvas_shadow(struct canvas *canvas, struct rectangle area, int radius, uint32_t rgb);
/* Mixes `rgb` over everything in `area`; alpha 0 to 255. */
void canvas_veil(struct canvas *canvas, struct rectangle area, uint32_t rgb, int alpha);
void canvas_text(struct canvas *canvas, struct fonts *fonts, struct text_style style,
                 const char *text, size_t length, bool right_to_left, int x, int y,
                 uint32_t rgb);
/*
 * RGBA picture, scaled to `area`: each pixel is the mean of what it covers. The
 * corners are cut with `radius`.
 */
void canvas_picture(struct canvas *canvas, struct rectangle area, const uint8_t *rgba,
                    int width, int height, int radius);

/* All of it as a PNG. */
bool canvas_write(const struct canvas *canvas, const char *path, struct error *error);
