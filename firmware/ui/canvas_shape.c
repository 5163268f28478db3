#include "ui/canvas.h"

#include <math.h>

#include "ui/canvas_blend.h"

#define SUB_ROWS 16

/* Where sixteen thin rows of one row of pixels cross the shape. */
struct chords {
    double left[SUB_ROWS], right[SUB_ROWS];
    double weight[SUB_ROWS];        /* how much of the thin row lies inside, 0 to 1 */
    int solid_from, solid_to;       /* pixels that lie wholly inside */
    double outer_left, outer_right; /* beyond these lies nothing */
};

/* How far the arc of a corner stands in from the side, `from_edge` below the top. */
static double
arc_inset(double radius, double from_edge)
{
    double up = radius - from_edge;

    return up <= 0 ? 0 : radius - sqrt(fmax(radius * radius - up * up, 0));
}

static struct chords
chords_at(int y, const struct canvas_shape *shape)
{
    double bottom = shape->y + shape->height;
    double solid_left = shape->x, solid_right = shape->x + shape->width;
    struct chords chords = {.outer_left = solid_right, .outer_right = solid_left};
    bool whole = true;

    for (int i = 0; i < SUB_ROWS; i++) {
        double from = y + (double)i / SUB_ROWS, middle = from + 0.5 / SUB_ROWS;
        double inside = fmin(from + 1.0 / SUB_ROWS, bottom) - fmax(from, shape->y);
        double nearest = fmax(fmin(middle - shape->y, bottom - middle), 0);
        double inset = arc_inset(shape->radius, nearest);

        chords.weight[i] = fmax(inside, 0) * SUB_ROWS;
        chords.left[i] = shape->x + inset;
        chords.right[i] = shape->x + shape->width - inset;
        whole = whole && chords.weight[i] > 0.999;
        if (chords.weight[i] > 0) {
            chords.outer_left = fmin(chords.outer_left, chords.left[i]);
            chords.outer_right = fmax(chords.outer_right, chords.right[i]);
        }
        solid_left = fmax(solid_left, chords.left[i]);
        solid_right = fmin(solid_right, chords.right[i]);
    }
    chords.solid_from = whole ? (int)ceil(solid_left) : 0;
    chords.solid_to = whole ? (int)floor(solid_right) : 0;
    return chords;
}

static uint32_t
chords_coverage(const struct chords *chords, int x)
{
    double sum = 0;

    for (int i = 0; i < SUB_ROWS; i++) {
        double from = fmax(chords->left[i], x), to = fmin(chords->right[i], x + 1);

        sum += fmax(to - from, 0) * chords->weight[i];
    }
    return (uint32_t)lround(fmin(sum * 255 / SUB_ROWS, 255));
}

void
canvas_shape(struct canvas *canvas, const struct canvas_shape *shape, uint32_t rgb)
{
    int left = (int)floor(shape->x), top = (int)floor(shape->y);
    struct rectangle box = {left, top, (int)ceil(shape->x + shape->width) - left,
                            (int)ceil(shape->y + shape->height) - top};
    struct rectangle part = rectangle_intersection(box, canvas->clip);

    for (int y = part.y; y < part.y + part.height; y++) {
        struct chords chords = chords_at(y, shape);
        uint32_t *row = canvas_at(canvas, 0, y);
        int from = canvas_larger(part.x, (int)floor(chords.outer_left));
        int to = canvas_smaller(part.x + part.width, (int)ceil(chords.outer_right));

        for (int x = from; x < to; x++) {
            if (x >= chords.solid_from && x < chords.solid_to) {
                row[x] = rgb;
            } else {
                row[x] = canvas_mix(row[x], rgb, chords_coverage(&chords, x));
            }
        }
    }
}

void
canvas_circle(struct canvas *canvas, double center_x, double center_y, double radius,
              uint32_t rgb)
{
    struct canvas_shape shape = {center_x - radius, center_y - radius, 2 * radius,
                                 2 * radius, radius};

    canvas_shape(canvas, &shape, rgb);
}
