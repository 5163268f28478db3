#pragma once

#include <stddef.h>
#include <stdint.h>

#include "ui/canvas.h"

/* `front` over `back`; alpha 0 to 255. Linear in the stored values, as browsers do. */
static inline uint32_t
canvas_mix(uint32_t back, uint32_t front, uint32_t alpha)
{
    uint32_t rest = 255 - alpha;
    uint32_t red_blue =
        (front & 0xFF00FFu) * alpha + (back & 0xFF00FFu) * rest + 0x800080u;
    uint32_t green = (front >> 8 & 0xFFu) * alpha + (back >> 8 & 0xFFu) * rest + 0x80u;

    red_blue = (red_blue + (red_blue >> 8 & 0xFF00FFu)) >> 8 & 0xFF00FFu;
    green = (green + (green >> 8)) >> 8;
    return red_blue | green << 8;
}

static inline uint32_t *
canvas_at(struct canvas *canvas, int x, int y)
{
    return canvas->pixels + (size_t)y * (size_t)canvas->width + (size_t)x;
}

static inline int
canvas_smaller(int a, int b)
{
    return a < b ? a : b;
}

static inline int
canvas_larger(int a, int b)
{
    return a > b ? a : b;
}
