#include "ui/canvas.h"

#include <math.h>

#include "ui/canvas_blend.h"

#define SUB_ROWS 16

/* Where the thin rows of one row of pixels cross the shape. */
struct chords {
    int count; /* SUB_ROWS on an arc; 1 where both sides are straight */
    double left[SUB_ROWS], right[SUB_ROWS];
    double weight[SUB_ROWS];        /* how much of the row it stands for, 0 to 1 */
    int solid_from, solid_to;       /* pixels that lie wholly inside */
    double outer_left, outer_right; /* beyond these lies nothing */
};

/* fmin() and fmax() are calls, and mind about what is no number. */
static double
smaller(double a, double b)
{
    return a < b ? a : b;
}

static double
larger(double a, double b)
{
    return a > b ? a : b;
}

/* How far the arc of a corner stands in from the side, `from_edge` below the top. */
static double
arc_inset(double radius, double from_edge)
{
    double up = radius - from_edge;

    return up <= 0 ? 0 : radius - sqrt(larger(radius * radius - up * up, 0));
}

/* Between the corners, and everywhere where they are square. */
static struct chords
straight_chords_at(int y, const struct canvas_shape *shape)
{
    double left = shape->x, right = shape->x + shape->width;
    double inside = smaller(y + 1, shape->y + shape->height) - larger(y, shape->y);
    struct chords chords = {.count = 1,
                            .left = {left},
                            .right = {right},
                            .weight = {larger(inside, 0)},
                            .outer_left = left,
                            .outer_right = right};

    if (inside > 0.999) {
        chords.solid_from = (int)ceil(left);
        chords.solid_to = (int)floor(right);
    }
    return chords;
}

static struct chords
arc_chords_at(int y, const struct canvas_shape *shape)
{
    double bottom = shape->y + shape->height;
    double solid_left = shape->x, solid_right = shape->x + shape->width;
    struct chords chords = {
        .count = SUB_ROWS, .outer_left = solid_right, .outer_right = solid_left};
    bool whole = true;

    for (int i = 0; i < SUB_ROWS; i++) {
        double from = y + (double)i / SUB_ROWS, middle = from + 0.5 / SUB_ROWS;
        double inside = smaller(from + 1.0 / SUB_ROWS, bottom) - larger(from, shape->y);
        double nearest = larger(smaller(middle - shape->y, bottom - middle), 0);
        double inset = arc_inset(shape->radius, nearest);

        chords.weight[i] = larger(inside, 0);
        chords.left[i] = shape->x + inset;
        chords.right[i] = shape->x + shape->width - inset;
        whole = whole && chords.weight[i] > 0.999 / SUB_ROWS;
        if (chords.weight[i] > 0) {
            chords.outer_left = smaller(chords.outer_left, chords.left[i]);
            chords.outer_right = larger(chords.outer_right, chords.right[i]);
        }
        solid_left = larger(solid_left, chords.left[i]);
        solid_right = smaller(solid_right, chords.right[i]);
    }
    chords.solid_from = whole ? (int)ceil(solid_left) : 0;
    chords.solid_to = whole ? (int)floor(solid_right) : 0;
    return chords;
}

/* No arc, and neither top nor bottom, lies in this row of pixels. */
static bool
row_is_whole(int y, const struct canvas_shape *shape)
{
    return y >= shape->y + shape->radius &&
           y + 1 <= shape->y + shape->height - shape->radius;
}

static struct chords
chords_at(int y, const struct canvas_shape *shape)
{
    return shape->radius <= 0 || row_is_whole(y, shape) ? straight_chords_at(y, shape)
                                                        : arc_chords_at(y, shape);
}

static uint32_t
chords_coverage(const struct chords *chords, int x)
{
    double sum = 0;

    for (int i = 0; i < chords->count; i++) {
        double from = larger(chords->left[i], x);
        double to = smaller(chords->right[i], x + 1);

        sum += larger(to - from, 0) * chords->weight[i];
    }
    return (uint32_t)(smaller(sum * 255, 255) + 0.5);
}

static void
blend_edge(uint32_t *row, const struct chords *chords, int from, int to, uint32_t rgb)
{
    for (int x = from; x < to; x++) {
        row[x] = canvas_mix(row[x], rgb, chords_coverage(chords, x));
    }
}

static void
blend_row(struct canvas *canvas, const struct chords *chords, struct rectangle part,
          int y, uint32_t rgb)
{
    uint32_t *row = canvas_at(canvas, 0, y);
    int from = canvas_larger(part.x, (int)floor(chords->outer_left));
    int to = canvas_smaller(part.x + part.width, (int)ceil(chords->outer_right));
    int solid = canvas_larger(from, chords->solid_from);
    int solid_end = canvas_smaller(to, chords->solid_to);

    if (solid >= solid_end) {
        blend_edge(row, chords, from, to, rgb);
        return;
    }
    blend_edge(row, chords, from, solid, rgb);
    for (int x = solid; x < solid_end; x++) {
        row[x] = rgb;
    }
    blend_edge(row, chords, solid_end, to, rgb);
}

void
canvas_shape(struct canvas *canvas, const struct canvas_shape *shape, uint32_t rgb)
{
    int left = (int)floor(shape->x), top = (int)floor(shape->y);
    struct rectangle box = {left, top, (int)ceil(shape->x + shape->width) - left,
                            (int)ceil(shape->y + shape->height) - top};
    struct rectangle part = rectangle_intersection(box, canvas->clip);
    struct chords chords;
    bool straight = false; /* `chords` are those of every whole straight row */

    for (int y = part.y; y < part.y + part.height; y++) {
        if (!straight || !row_is_whole(y, shape)) {
            chords = chords_at(y, shape);
            straight = row_is_whole(y, shape);
        }
        blend_row(canvas, &chords, part, y, rgb);
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
