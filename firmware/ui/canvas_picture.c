#include "ui/canvas.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/picture.h"
#include "ui/canvas_blend.h"
#include "ui/canvas_masks.h"

/* The source pixels under one target pixel, in 1/256 of a source pixel. */
struct span {
    int64_t from, to;
};

static struct span
span_of(int at, int target, int source)
{
    return (struct span){(int64_t)at * source * 256 / target,
                         ((int64_t)at + 1) * source * 256 / target};
}

/* How much of source pixel `at` the span covers, 0 to 256. */
static uint64_t
covered(struct span span, int64_t at)
{
    int64_t from = at * 256 > span.from ? at * 256 : span.from;
    int64_t to = (at + 1) * 256 < span.to ? (at + 1) * 256 : span.to;

    return to > from ? (uint64_t)(to - from) : 0;
}

struct rgba_sum {
    uint64_t color[3]; /* each weighed by its alpha */
    uint64_t alpha, weight;
};

static struct rgba_sum
sum_under(const uint8_t *rgba, int width, struct span across, struct span down)
{
    struct rgba_sum sum = {0};

    for (int64_t y = down.from / 256; y * 256 < down.to; y++) {
        for (int64_t x = across.from / 256; x * 256 < across.to; x++) {
            const uint8_t *pixel = rgba + 4 * (y * width + x);
            uint64_t weight = covered(across, x) * covered(down, y);

            for (int i = 0; i < 3; i++) {
                sum.color[i] += weight * pixel[3] * pixel[i];
            }
            sum.alpha += weight * pixel[3];
            sum.weight += weight;
        }
    }
    return sum;
}

/* 255 inside, less on the rounded corners. */
static uint32_t
corner_alpha(const uint8_t *mask, int radius, struct rectangle area, int x, int y)
{
    int across = canvas_smaller(x, area.width - 1 - x);
    int down = canvas_smaller(y, area.height - 1 - y);

    return across < radius && down < radius ? mask[down * radius + across] : 255;
}

void
canvas_picture(struct canvas *canvas, struct rectangle area, const uint8_t *rgba,
               int width, int height, int radius)
{
    struct rectangle part = rectangle_intersection(area, canvas->clip);
    int round = canvas_smaller(radius, canvas_smaller(area.width, area.height) / 2);
    const uint8_t *mask;

    if (rectangle_is_empty(part)) {
        return;
    }
    assert(width > 0 && height > 0);
    mask = canvas_corner(canvas->masks, round);
    for (int y = part.y; y < part.y + part.height; y++) {
        struct span down = span_of(y - area.y, area.height, height);

        for (int x = part.x; x < part.x + part.width; x++) {
            struct span across = span_of(x - area.x, area.width, width);
            struct rgba_sum sum = sum_under(rgba, width, across, down);
            uint32_t *pixel = canvas_at(canvas, x, y);
            uint32_t rgb = 0, alpha;

            if (sum.alpha == 0) {
                continue;
            }
            for (int i = 0; i < 3; i++) {
                rgb = rgb << 8 | (uint32_t)((sum.color[i] + sum.alpha / 2) / sum.alpha);
            }
            alpha = (uint32_t)((sum.alpha + sum.weight / 2) / sum.weight);
            alpha = (alpha * corner_alpha(mask, round, area, x - area.x, y - area.y) +
                     127) /
                    255;
            *pixel = canvas_mix(*pixel, rgb, alpha);
        }
    }
}

bool
canvas_write(const struct canvas *canvas, const char *path, struct error *error)
{
    size_t count = (size_t)canvas->width * (size_t)canvas->height;
    uint8_t *rgba = memory_allocate(count, 4);
    const struct picture picture = {.format = PICTURE_RGBA,
                                    .width = canvas->width,
                                    .height = canvas->height,
                                    .stride = (size_t)canvas->width * 4,
                                    .pixels = rgba};
    bool written;

    for (size_t i = 0; i < count; i++) {
        rgba[4 * i] = (uint8_t)(canvas->pixels[i] >> 16);
        rgba[4 * i + 1] = (uint8_t)(canvas->pixels[i] >> 8);
        rgba[4 * i + 2] = (uint8_t)canvas->pixels[i];
        rgba[4 * i + 3] = 255;
    }
    written = picture_write(&picture, path, error);
    free(rgba);
    return written;
}
