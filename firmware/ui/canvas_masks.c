#include "ui/canvas_masks.h"

#include <assert.h>
#include <math.h>
#include <stdbool.h>
#include <stdlib.h>

#include "base/memory.h"
#include "ui/canvas_blend.h"

/* The design has about ten radii; a theme at another scale has as many again. */
#define KEPT_MAX 48
#define SUB_ROWS 16
#define SIGMA (16.0 / 2) /* CSS: the blur is twice the deviation */

struct kept {
    int radius;
    bool shadow;
    uint8_t *mask;
};

struct canvas_masks {
    struct kept kept[KEPT_MAX];
    int count;
    int next; /* to replace when all are taken */
};

struct canvas_masks *
canvas_masks_create(void)
{
    return memory_allocate(1, sizeof(struct canvas_masks));
}

void
canvas_masks_destroy(struct canvas_masks *masks)
{
    if (masks == NULL) {
        return;
    }
    for (int i = 0; i < masks->count; i++) {
        free(masks->kept[i].mask);
    }
    free(masks);
}

/* The part of a pixel that lies right of the arc, over sixteen thin rows. */
static uint8_t *
make_corner(int radius)
{
    uint8_t *mask = memory_allocate((size_t)radius * (size_t)radius, 1);

    for (int y = 0; y < radius; y++) {
        double edges[SUB_ROWS];

        for (int i = 0; i < SUB_ROWS; i++) {
            double up = radius - y - (i + 0.5) / SUB_ROWS;

            edges[i] = radius - sqrt((double)radius * radius - up * up);
        }
        for (int x = 0; x < radius; x++) {
            double sum = 0;

            for (int i = 0; i < SUB_ROWS; i++) {
                sum += fmin(fmax(x + 1 - edges[i], 0), 1);
            }
            mask[y * radius + x] = (uint8_t)lround(sum * 255 / SUB_ROWS);
        }
    }
    return mask;
}

/* A quarter of the plane with a rounded corner at (0, 0). */
static double
quarter(const uint8_t *corner, int radius, int x, int y)
{
    if (x < 0 || y < 0) {
        return 0;
    }
    return x < radius && y < radius ? corner[y * radius + x] : 255;
}

enum { TAPS = 2 * CANVAS_SHADOW_REACH + 1 };

static void
make_taps(double taps[TAPS])
{
    double total = 0;

    for (int i = 0; i < TAPS; i++) {
        int from_middle = i - CANVAS_SHADOW_REACH;

        taps[i] = exp(-from_middle * from_middle / (2 * SIGMA * SIGMA));
        total += taps[i];
    }
    for (int i = 0; i < TAPS; i++) {
        taps[i] /= total;
    }
}

/* Row `y` of the corner, blurred along itself; rows below the corner are all alike. */
static void
blur_row(const uint8_t *corner, int radius, int y, const double taps[TAPS], double *row)
{
    int side = radius + 2 * CANVAS_SHADOW_REACH;

    for (int x = 0; x < side; x++) {
        for (int i = 0; i < TAPS; i++) {
            row[x] +=
                taps[i] * quarter(corner, radius, x - 2 * CANVAS_SHADOW_REACH + i, y);
        }
    }
}

static uint8_t *
make_shadow(const uint8_t *corner, int radius)
{
    int side = radius + 2 * CANVAS_SHADOW_REACH;
    /* Above its top, the corner casts nothing. */
    int top = 2 * CANVAS_SHADOW_REACH, bottom = top + radius;
    uint8_t *mask = memory_allocate((size_t)side * (size_t)side, 1);
    double *rows = memory_allocate((size_t)(radius + 1) * (size_t)side, sizeof(double));
    double taps[TAPS];

    make_taps(taps);
    for (int y = 0; y <= radius; y++) {
        blur_row(corner, radius, y, taps, rows + y * side);
    }
    for (int y = 0; y < side; y++) { /* then along the columns */
        for (int x = 0; x < side; x++) {
            double sum = 0;

            for (int i = canvas_larger(top - y, 0); i < TAPS; i++) {
                int row = canvas_smaller(y + i, bottom) - top;

                sum += taps[i] * rows[row * side + x];
            }
            mask[y * side + x] = (uint8_t)lround(sum);
        }
    }
    free(rows);
    return mask;
}

static const uint8_t *
find(const struct canvas_masks *masks, int radius, bool shadow)
{
    for (int i = 0; i < masks->count; i++) {
        if (masks->kept[i].radius == radius && masks->kept[i].shadow == shadow) {
            return masks->kept[i].mask;
        }
    }
    return NULL;
}

static const uint8_t *
keep(struct canvas_masks *masks, struct kept kept)
{
    struct kept *place;

    if (masks->count < KEPT_MAX) {
        place = &masks->kept[masks->count++];
    } else {
        place = &masks->kept[masks->next];
        masks->next = (masks->next + 1) % KEPT_MAX;
        free(place->mask);
    }
    *place = kept;
    return kept.mask;
}

const uint8_t *
canvas_corner(struct canvas_masks *masks, int radius)
{
    const uint8_t *mask = find(masks, radius, false);

    assert(radius >= 0 && radius <= CANVAS_RADIUS_MAX);
    return mask != NULL
               ? mask
               : keep(masks, (struct kept){radius, false, make_corner(radius)});
}

const uint8_t *
canvas_shadow_corner(struct canvas_masks *masks, int radius)
{
    const uint8_t *mask = find(masks, radius, true);

    if (mask == NULL) {
        const uint8_t *corner = canvas_corner(masks, radius);

        mask = keep(masks, (struct kept){radius, true, make_shadow(corner, radius)});
    }
    return mask;
}
