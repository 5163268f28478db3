#include "ui/skyline.h"

#include <assert.h>
#include <math.h>

#include "base/street.h"

/* Where a view puts the street, in pixels of its own stage width. */
struct placement {
    double stage_width;
    double scale, x, ground; /* of the street: its origin on the stage */
    double sun_x, sun_y, sun_radius;
    bool repeats;  /* to both sides; the tower does not: a town has one */
    bool quay;     /* a strip of the nearest colour below the houses */
    bool water;    /* and what it mirrors */
    bool back_lit; /* the one lit window of the back row */
    bool dark;     /* none of them, and no sun */
};

static const struct placement placements[] = {
    [SKYLINE_ATTRACT] = {.stage_width = 1080,
                         .scale = 1,
                         .ground = 1240,
                         .sun_x = 846,
                         .sun_y = 800,
                         .sun_radius = 92,
                         .quay = true,
                         .water = true,
                         .back_lit = true},
    [SKYLINE_HOME] = {.stage_width = 1080,
                      .scale = 0.64,
                      .x = 557.2,
                      .ground = 600,
                      .sun_x = 984,
                      .sun_y = 234,
                      .sun_radius = 44,
                      .repeats = true},
    [SKYLINE_HOME_REACH] = {.stage_width = 1080,
                            .scale = 1,
                            .ground = 920,
                            .sun_x = 846,
                            .sun_y = 400,
                            .sun_radius = 72,
                            .back_lit = true},
    [SKYLINE_HOME_LANDSCAPE] = {.stage_width = 376,
                                .scale = 0.5,
                                .x = 54,
                                .ground = 530,
                                .sun_x = 326,
                                .sun_y = 60,
                                .sun_radius = 28,
                                .repeats = true,
                                .quay = true},
    [SKYLINE_HOME_WIDE] = {.stage_width = 596,
                           .scale = 0.8,
                           .x = 94.4,
                           .ground = 734,
                           .sun_x = 510,
                           .sun_y = 150,
                           .sun_radius = 52,
                           .repeats = true,
                           .quay = true},
    [SKYLINE_HOME_NARROW] = {.stage_width = 720,
                             .scale = 0.3,
                             .x = 524,
                             .ground = 196,
                             .sun_x = 650,
                             .sun_y = 50,
                             .sun_radius = 24},
    [SKYLINE_BLANK] =
        {.stage_width = 1080, .scale = 1, .ground = 1300, .quay = true, .dark = true},
    [SKYLINE_BLANK_BESIDE] = {.stage_width = 596,
                              .scale = 0.8,
                              .x = 94.4,
                              .ground = 630,
                              .repeats = true,
                              .quay = true,
                              .dark = true},
};

#define QUAY_HEIGHT 10
#define QUAY_HEIGHT_MIN 6 /* a thinner one is lost at a distance */

/* Still water: lines 6 high, x and width along each. */
static const struct {
    double y, x, width;
} water_lines[] = {
    {1278, 9.3, 112.4},   {1278, 401.3, 211.4}, {1304, 264.3, 187.4},
    {1304, 731.3, 92.4},  {1304, 855.3, 146.4}, {1330, 51.3, 109.4},
    {1330, 559.3, 136.4}, {1330, 754.3, 87.4},  {1356, 169.3, 157.4},
    {1356, 820.3, 93.4},  {1382, 375.3, 60.4},  {1382, 730.3, 111.4},
    {1408, 524.3, 161.4}, {1434, -20, 105.7},   {1434, 306.3, 108.4},
};

#define WATER_LINE_HEIGHT 6

/* What a lit window leaves on the water: shorter with depth; y below the ground. */
static const struct {
    double y, width;
} reflections[] = {{38, 26}, {64, 20}, {90, 14}, {116, 8}};

#define REFLECTIONS (sizeof(reflections) / sizeof(reflections[0]))

/* The street's own coordinates on the canvas. */
struct street {
    const struct skyline *skyline;
    const struct placement *placement;
    double factor; /* the stage's width against the view's */
};

static struct street
street_of(const struct skyline *skyline)
{
    const struct placement *placement = &placements[skyline->view];

    return (struct street){skyline, placement,
                           skyline->stage.width / placement->stage_width};
}

/* A shape in pixels of the view's stage, on the canvas. */
static struct canvas_shape
on_canvas(const struct street *street, struct canvas_shape shape)
{
    const struct rectangle *stage = &street->skyline->stage;
    double x = shape.x * street->factor, width = shape.width * street->factor;

    return (struct canvas_shape){
        .x = stage->x + (street->skyline->mirrored ? stage->width - x - width : x),
        .y = stage->y + shape.y * street->factor,
        .width = width,
        .height = shape.height * street->factor,
        .radius = shape.radius * street->factor,
    };
}

/* Shape `index` of the street's copy that starts at `x` on the view's stage. */
static struct canvas_shape
house_part(const struct street *street, int index, double x)
{
    const struct street_shape *part = &street_shapes[index];
    double scale = street->placement->scale;

    return on_canvas(street, (struct canvas_shape){
                                 .x = x + part->x * scale,
                                 .y = street->placement->ground + part->y * scale,
                                 .width = part->width * scale,
                                 .height = part->height * scale,
                                 .radius = part->radius * scale,
                             });
}

/*
 * The lit windows are a part of the ring of all windows that creeps on: an odd step
 * lights the next one, an even step puts out the oldest.
 */
static bool
is_lit(int order, int step)
{
    int first = step / 2, count = STREET_WINDOWS_LIT + step % 2;

    return (order - first % STREET_WINDOWS + STREET_WINDOWS) % STREET_WINDOWS < count;
}

static int
window_order(int index)
{
    for (int order = 0; order < STREET_WINDOWS; order++) {
        if (street_windows[order] == index) {
            return order;
        }
    }
    return -1;
}

static enum color
part_color(const struct street *street, int index)
{
    int order = window_order(index);

    if (order >= 0) {
        return !street->placement->dark && is_lit(order, street->skyline->step)
                   ? COLOR_ACCENT
                   : COLOR_STAGE_2;
    }
    if (street_shapes[index].color == COLOR_ACCENT && !street->placement->back_lit) {
        return COLOR_STAGE;
    }
    return street_shapes[index].color;
}

static void
paint_shape(struct canvas *canvas, const struct theme *theme, struct canvas_shape shape,
            enum color color)
{
    canvas_shape(canvas, &shape, theme->rgb[color]);
}

static void
paint_houses(struct canvas *canvas, const struct theme *theme,
             const struct street *street)
{
    const struct placement *placement = street->placement;
    double width = STREET_WIDTH * placement->scale;
    double first = placement->repeats ? placement->x - 2 * width : placement->x;
    double end = placement->repeats ? placement->stage_width + width : first + 1;

    for (double x = first; x < end; x += width) {
        bool own = fabs(x - placement->x) < 0.5;

        for (int i = 0; i < STREET_SHAPES; i++) {
            if (i < STREET_TOWER || i >= STREET_TOWER_END || own) {
                paint_shape(canvas, theme, house_part(street, i, x),
                            part_color(street, i));
            }
        }
    }
}

static struct canvas_shape
reflection_of(const struct street *street, int window, size_t depth)
{
    const struct street_shape *part = &street_shapes[window];
    double center = part->x + part->width / 2;

    return on_canvas(street, (struct canvas_shape){
                                 .x = center - reflections[depth].width / 2,
                                 .y = street->placement->ground + reflections[depth].y,
                                 .width = reflections[depth].width,
                                 .height = WATER_LINE_HEIGHT,
                                 .radius = WATER_LINE_HEIGHT / 2.0,
                             });
}

/* Windows above each other share one reflection. */
static bool
reflects_alone(int order, int step)
{
    for (int other = 0; other < order; other++) {
        if (is_lit(other, step) && fabs(street_shapes[street_windows[other]].x -
                                        street_shapes[street_windows[order]].x) < 1)
        {
            return false;
        }
    }
    return true;
}

static void
paint_water(struct canvas *canvas, const struct theme *theme,
            const struct street *street)
{
    for (size_t i = 0; i < sizeof(water_lines) / sizeof(water_lines[0]); i++) {
        struct canvas_shape line = {water_lines[i].x, water_lines[i].y,
                                    water_lines[i].width, WATER_LINE_HEIGHT,
                                    WATER_LINE_HEIGHT / 2.0};

        paint_shape(canvas, theme, on_canvas(street, line), COLOR_STAGE_2);
    }
    for (int order = 0; order < STREET_WINDOWS; order++) {
        if (!is_lit(order, street->skyline->step) ||
            !reflects_alone(order, street->skyline->step))
        {
            continue;
        }
        for (size_t depth = 0; depth < REFLECTIONS; depth++) {
            paint_shape(canvas, theme,
                        reflection_of(street, street_windows[order], depth),
                        COLOR_ACCENT);
        }
    }
}

static void
paint_sun(struct canvas *canvas, const struct theme *theme, const struct street *street)
{
    const struct placement *placement = street->placement;
    double radius = placement->sun_radius;

    paint_shape(
        canvas, theme,
        on_canvas(street, (struct canvas_shape){placement->sun_x - radius,
                                                placement->sun_y - radius, 2 * radius,
                                                2 * radius, radius}),
        COLOR_ACCENT);
}

void
skyline_paint(struct canvas *canvas, const struct theme *theme,
              const struct skyline *skyline)
{
    struct street street = street_of(skyline);
    const struct placement *placement = street.placement;
    struct rectangle before = canvas->clip;

    assert(skyline->step >= 0);
    canvas_clip(canvas, rectangle_intersection(before, skyline->stage));
    if (!placement->dark) {
        paint_sun(canvas, theme, &street);
    }
    paint_houses(canvas, theme, &street);
    if (placement->quay) {
        double height = fmax(QUAY_HEIGHT * placement->scale, QUAY_HEIGHT_MIN);
        struct canvas_shape quay = {0, placement->ground, placement->stage_width,
                                    height, 0};

        paint_shape(canvas, theme, on_canvas(&street, quay), COLOR_STAGE_3);
    }
    if (placement->water) {
        paint_water(canvas, theme, &street);
    }
    canvas_clip(canvas, before);
}

static struct rectangle
pixels_of(struct canvas_shape shape)
{
    int left = (int)floor(shape.x), top = (int)floor(shape.y);

    return (struct rectangle){left, top, (int)ceil(shape.x + shape.width) - left,
                              (int)ceil(shape.y + shape.height) - top};
}

struct rectangle
skyline_damage(const struct skyline *skyline)
{
    struct street street = street_of(skyline);
    const struct placement *placement = street.placement;
    double width = STREET_WIDTH * placement->scale;
    struct rectangle damage = {0};
    int order;

    assert(skyline->step >= 1);
    order = skyline->step % 2 == 1 ? (skyline->step - 1) / 2 + STREET_WINDOWS_LIT
                                   : skyline->step / 2 - 1;
    order %= STREET_WINDOWS;
    for (double x = placement->repeats ? placement->x - 2 * width : placement->x;
         x < placement->stage_width; x += width)
    {
        struct rectangle window =
            pixels_of(house_part(&street, street_windows[order], x));

        damage =
            rectangle_union(damage, rectangle_intersection(window, skyline->stage));
        if (!placement->repeats) {
            break;
        }
    }
    for (size_t depth = 0; placement->water && depth < REFLECTIONS; depth++) {
        struct rectangle line =
            pixels_of(reflection_of(&street, street_windows[order], depth));

        damage = rectangle_union(damage, rectangle_intersection(line, skyline->stage));
    }
    return damage;
}
