#include "ui/canvas.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "ui/canvas_blend.h"
#include "ui/canvas_masks.h"

struct canvas *
canvas_create(int width, int height)
{
    struct canvas *canvas = memory_allocate(1, sizeof(*canvas));

    assert(width > 0 && height > 0);
    canvas->width = width;
    canvas->height = height;
    canvas->pixels = memory_allocate((size_t)width * (size_t)height, sizeof(uint32_t));
    canvas->clip = (struct rectangle){0, 0, width, height};
    canvas->masks = canvas_masks_create();
    return canvas;
}

void
canvas_destroy(struct canvas *canvas)
{
    if (canvas != NULL) {
        canvas_masks_destroy(canvas->masks);
        free(canvas->pixels);
        free(canvas);
    }
}

void
canvas_clip(struct canvas *canvas, struct rectangle clip)
{
    struct rectangle whole = {0, 0, canvas->width, canvas->height};

    canvas->clip = rectangle_intersection(whole, clip);
}

/* --- plain ------------------------------------------------------------------- */

void
canvas_fill(struct canvas *canvas, struct rectangle area, uint32_t rgb)
{
    struct rectangle part = rectangle_intersection(area, canvas->clip);
    uint32_t *first;

    if (rectangle_is_empty(part)) {
        return;
    }
    first = canvas_at(canvas, part.x, part.y);
    for (int x = 0; x < part.width; x++) {
        first[x] = rgb;
    }
    /* Copying a row is the fastest fill that every processor has. */
    for (int y = 1; y < part.height; y++) {
        memcpy(canvas_at(canvas, part.x, part.y + y), first,
               (size_t)part.width * sizeof(*first));
    }
}

void
canvas_veil(struct canvas *canvas, struct rectangle area, uint32_t rgb, int alpha)
{
    struct rectangle part = rectangle_intersection(area, canvas->clip);

    assert(alpha >= 0 && alpha <= 255);
    for (int y = part.y; y < part.y + part.height; y++) {
        uint32_t *row = canvas_at(canvas, part.x, y);

        for (int x = 0; x < part.width; x++) {
            row[x] = canvas_mix(row[x], rgb, (uint32_t)alpha);
        }
    }
}

/* Coverage bytes with their top left at (x, y). */
struct stamp {
    const uint8_t *mask;
    int x, y, width, height, stride;
};

static void
blend_stamp(struct canvas *canvas, const struct stamp *stamp, uint32_t rgb)
{
    struct rectangle area = {stamp->x, stamp->y, stamp->width, stamp->height};
    struct rectangle part = rectangle_intersection(area, canvas->clip);

    for (int y = part.y; y < part.y + part.height; y++) {
        uint32_t *row = canvas_at(canvas, part.x, y);
        const uint8_t *mask = stamp->mask + (ptrdiff_t)(y - stamp->y) * stamp->stride +
                              (part.x - stamp->x);

        for (int x = 0; x < part.width; x++) {
            if (mask[x] != 0) {
                row[x] = mask[x] == 255 ? rgb : canvas_mix(row[x], rgb, mask[x]);
            }
        }
    }
}

struct letter_paint {
    struct canvas *canvas;
    uint32_t rgb;
};

static void
paint_letter(void *data, int x, int y, const uint8_t *mask, int width, int height,
             int stride)
{
    const struct letter_paint *paint = data;
    struct stamp stamp = {mask, x, y, width, height, stride};

    blend_stamp(paint->canvas, &stamp, paint->rgb);
}

void
canvas_text(struct canvas *canvas, struct fonts *fonts, struct text_style style,
            const char *text, size_t length, bool right_to_left, int x, int y,
            uint32_t rgb)
{
    struct letter_paint paint = {canvas, rgb};

    fonts_draw(fonts, style, text, length, right_to_left, x, y, paint_letter, &paint);
}

/* --- rounded rectangles ------------------------------------------------------ */

/* A corner of a rectangle: which one, and where its box of `side` pixels starts. */
struct corner {
    unsigned bit;
    int x, y;
    bool right, bottom;
};

static void
corners_of(struct rectangle area, int side, struct corner corners[4])
{
    for (int i = 0; i < 4; i++) {
        bool right = (i & 1) != 0, bottom = (i & 2) != 0;

        corners[i] = (struct corner){
            .bit = 1u << i,
            .x = right ? area.x + area.width - side : area.x,
            .y = bottom ? area.y + area.height - side : area.y,
            .right = right,
            .bottom = bottom,
        };
    }
}

static_assert(CORNERS_TOP_START == 1 && CORNERS_TOP_END == 2 &&
                  CORNERS_BOTTOM_START == 4 && CORNERS_BOTTOM_END == 8,
              "corners_of() counts in this order");

static int
fitting_radius(struct rectangle area, int radius)
{
    return canvas_smaller(radius, canvas_smaller(area.width, area.height) / 2);
}

/* How much of the pixel, seen from the corner's own point, the shape covers. */
static uint32_t
corner_coverage(const uint8_t *mask, int radius, int x, int y)
{
    if (x < 0 || y < 0) {
        return 0;
    }
    return x < radius && y < radius ? mask[y * radius + x] : 255;
}

/* What is between an outer corner and the inner one `width` pixels further in. */
struct ring {
    const uint8_t *outer, *inner; /* NULL inner: the shape is filled */
    int outer_radius, inner_radius, width;
};

static void
blend_corner(struct canvas *canvas, const struct corner *corner, int side,
             const struct ring *ring, uint32_t rgb)
{
    struct rectangle box = {corner->x, corner->y, side, side};
    struct rectangle part = rectangle_intersection(box, canvas->clip);

    for (int y = part.y; y < part.y + part.height; y++) {
        int down = corner->bottom ? box.y + side - 1 - y : y - box.y;

        for (int x = part.x; x < part.x + part.width; x++) {
            int across = corner->right ? box.x + side - 1 - x : x - box.x;
            uint32_t *pixel = canvas_at(canvas, x, y);
            uint32_t alpha =
                corner_coverage(ring->outer, ring->outer_radius, across, down);
            uint32_t hole = 0;

            if (ring->width > 0) {
                hole = corner_coverage(ring->inner, ring->inner_radius,
                                       across - ring->width, down - ring->width);
            }
            if (alpha > hole) {
                *pixel = canvas_mix(*pixel, rgb, alpha - hole);
            }
        }
    }
}

void
canvas_fill_round(struct canvas *canvas, struct rectangle area, int radius,
                  unsigned corners, uint32_t rgb)
{
    int side = fitting_radius(area, radius);
    struct ring ring = {.outer_radius = side};
    struct corner four[4];

    if (rectangle_is_empty(rectangle_intersection(area, canvas->clip))) {
        return;
    }
    if (side <= 0) {
        canvas_fill(canvas, area, rgb);
        return;
    }
    ring.outer = canvas_corner(canvas->masks, side);
    corners_of(area, side, four);
    for (int i = 0; i < 4; i++) {
        if ((corners & four[i].bit) != 0) {
            blend_corner(canvas, &four[i], side, &ring, rgb);
        } else {
            canvas_fill(canvas, (struct rectangle){four[i].x, four[i].y, side, side},
                        rgb);
        }
    }
    canvas_fill(canvas,
                (struct rectangle){area.x + side, area.y, area.width - 2 * side, side},
                rgb);
    canvas_fill(canvas,
                (struct rectangle){area.x + side, area.y + area.height - side,
                                   area.width - 2 * side, side},
                rgb);
    canvas_fill(
        canvas,
        (struct rectangle){area.x, area.y + side, area.width, area.height - 2 * side},
        rgb);
}

void
canvas_outline(struct canvas *canvas, struct rectangle area, int radius,
               unsigned corners, int width, uint32_t rgb)
{
    int outer = fitting_radius(area, radius);
    int thick = canvas_smaller(width, canvas_smaller(area.width, area.height) / 2);
    int side = canvas_larger(outer, thick);
    struct rectangle sides[4] = {
        {area.x + side, area.y, area.width - 2 * side, thick},
        {area.x + side, area.y + area.height - thick, area.width - 2 * side, thick},
        {area.x, area.y + side, thick, area.height - 2 * side},
        {area.x + area.width - thick, area.y + side, thick, area.height - 2 * side},
    };
    struct corner four[4];

    if (thick <= 0 || rectangle_is_empty(rectangle_intersection(area, canvas->clip))) {
        return;
    }
    corners_of(area, side, four);
    for (int i = 0; i < 4; i++) {
        int round = (corners & four[i].bit) != 0 ? outer : 0;
        int inner = canvas_larger(round - thick, 0);
        struct ring ring = {
            .outer = canvas_corner(canvas->masks, round),
            .inner = canvas_corner(canvas->masks, inner),
            .outer_radius = round,
            .inner_radius = inner,
            .width = thick,
        };

        canvas_fill(canvas, sides[i], rgb);
        blend_corner(canvas, &four[i], side, &ring, rgb);
    }
}

/* --- shadow ------------------------------------------------------------------ */

/* The nearest corner's distance; beyond the blurred corner nothing changes. */
static int
folded(int at, int length, int side)
{
    return canvas_smaller(canvas_smaller(at, length - 1 - at), side - 1);
}

/* One row of the shadow. */
struct shade {
    uint32_t *row;
    const uint8_t *line; /* of the mask */
    int x, width, side;  /* of all of the shadow */
    uint32_t rgb;
};

/* 10 % of the coverage, rounded. */
static uint32_t
shade_alpha(const struct shade *shade, int x)
{
    return (shade->line[folded(x - shade->x, shade->width, shade->side)] + 5u) / 10u;
}

static void
shade_ends(const struct shade *shade, int left, int right)
{
    for (int x = left; x < right; x++) {
        uint32_t alpha = shade_alpha(shade, x);

        if (alpha != 0) {
            shade->row[x] = canvas_mix(shade->row[x], shade->rgb, alpha);
        }
    }
}

/* Pixels from `left` up to `right`; most lie between the corners and are all alike. */
static void
shade_row(const struct shade *shade, int left, int right)
{
    int alike = canvas_larger(left, shade->x + shade->side - 1);
    int alike_end = canvas_smaller(right, shade->x + shade->width - shade->side + 1);
    uint32_t alpha;

    if (alike >= alike_end) {
        shade_ends(shade, left, right);
        return;
    }
    shade_ends(shade, left, alike);
    alpha = shade_alpha(shade, alike);
    for (int x = alike; alpha != 0 && x < alike_end; x++) {
        shade->row[x] = canvas_mix(shade->row[x], shade->rgb, alpha);
    }
    shade_ends(shade, alike_end, right);
}

void
canvas_shadow(struct canvas *canvas, struct rectangle area, int radius, uint32_t rgb)
{
    int round = fitting_radius(area, radius);
    struct rectangle spread = rectangle_grown(area, CANVAS_SHADOW_REACH);
    struct rectangle part;
    struct shade shade = {.x = spread.x,
                          .width = spread.width,
                          .side = round + 2 * CANVAS_SHADOW_REACH,
                          .rgb = rgb};
    const uint8_t *mask;

    spread.y += CANVAS_SHADOW_DOWN;
    part = rectangle_intersection(spread, canvas->clip);
    if (rectangle_is_empty(part)) {
        return;
    }
    mask = canvas_shadow_corner(canvas->masks, round);
    for (int y = part.y; y < part.y + part.height; y++) {
        int right = part.x + part.width;
        int from_edge = canvas_smaller(y - area.y, area.y + area.height - 1 - y);
        int inset = from_edge < round ? round : 0;
        int hidden = canvas_larger(part.x, area.x + inset);
        int hidden_end = canvas_smaller(right, area.x + area.width - inset);

        shade.row = canvas_at(canvas, 0, y);
        shade.line =
            mask + folded(y - spread.y, spread.height, shade.side) * shade.side;
        if (from_edge < 0 || hidden >= hidden_end) {
            shade_row(&shade, part.x, right);
        } else {
            shade_row(&shade, part.x, hidden);
            shade_row(&shade, hidden_end, right);
        }
    }
}
