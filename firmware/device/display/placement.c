#include "device/display/placement.h"

#include <assert.h>
#include <string.h>

/* A turned canvas is read by columns: in tiles, so that its rows stay in the cache. */
#define TILE 32

bool
placement_make(struct placement *placement, int canvas_width, int canvas_height,
               int panel_width, int panel_height, int rotation)
{
    bool lies = rotation == 90 || rotation == 270;
    int width = lies ? canvas_height : canvas_width;
    int height = lies ? canvas_width : canvas_height;
    int across = panel_width / width, down = panel_height / height;
    int scale = across < down ? across : down;

    assert(rotation == 0 || rotation == 90 || rotation == 180 || rotation == 270);
    *placement = (struct placement){
        .canvas_width = canvas_width,
        .canvas_height = canvas_height,
        .panel_width = panel_width,
        .panel_height = panel_height,
        .rotation = rotation,
        .scale = scale,
        .x = (panel_width - scale * width) / 2,
        .y = (panel_height - scale * height) / 2,
    };
    return scale > 0;
}

/* Within the canvas, turned but not yet enlarged. */
static struct rectangle
turn(const struct placement *placement, struct rectangle part)
{
    int right = placement->canvas_width - part.x - part.width;
    int below = placement->canvas_height - part.y - part.height;

    switch (placement->rotation) {
    case 90:
        return (struct rectangle){below, part.x, part.height, part.width};
    case 180:
        return (struct rectangle){right, below, part.width, part.height};
    case 270:
        return (struct rectangle){part.y, right, part.height, part.width};
    default:
        return part;
    }
}

static struct rectangle
cut(const struct placement *placement, struct rectangle part)
{
    return rectangle_intersection(
        part,
        (struct rectangle){0, 0, placement->canvas_width, placement->canvas_height});
}

static struct rectangle
enlarge(const struct placement *placement, struct rectangle turned)
{
    int scale = placement->scale;

    return (struct rectangle){placement->x + scale * turned.x,
                              placement->y + scale * turned.y, scale * turned.width,
                              scale * turned.height};
}

struct rectangle
placement_to_panel(const struct placement *placement, struct rectangle part)
{
    struct rectangle inside = cut(placement, part);

    if (rectangle_is_empty(inside)) {
        return (struct rectangle){0};
    }
    return enlarge(placement, turn(placement, inside));
}

/* A place of the turned canvas, turned back. */
static void
turn_back(const struct placement *placement, int turned_x, int turned_y, int *x, int *y)
{
    int last_x = placement->canvas_width - 1, last_y = placement->canvas_height - 1;

    switch (placement->rotation) {
    case 90:
        *x = turned_y;
        *y = last_y - turned_x;
        break;
    case 180:
        *x = last_x - turned_x;
        *y = last_y - turned_y;
        break;
    case 270:
        *x = last_x - turned_y;
        *y = turned_x;
        break;
    default:
        *x = turned_x;
        *y = turned_y;
        break;
    }
}

static int
between(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

void
placement_to_canvas(const struct placement *placement, int panel_x, int panel_y, int *x,
                    int *y)
{
    /* Rounds down also to the left of and above the canvas. */
    int turned_x =
        (panel_x - placement->x + placement->panel_width * placement->scale) /
            placement->scale -
        placement->panel_width;
    int turned_y =
        (panel_y - placement->y + placement->panel_height * placement->scale) /
            placement->scale -
        placement->panel_height;

    turn_back(placement, turned_x, turned_y, x, y);
    *x = between(*x, 0, placement->canvas_width - 1);
    *y = between(*y, 0, placement->canvas_height - 1);
}

/* One row of the turned canvas, enlarged across, from `turned_x` on. */
static void
draw_row(const struct placement *placement, const uint32_t *canvas, int turned_x,
         int turned_y, int width, uint32_t *target)
{
    int x, y, next_x, next_y;
    ptrdiff_t step;
    const uint32_t *from;

    turn_back(placement, turned_x, turned_y, &x, &y);
    turn_back(placement, turned_x + 1, turned_y, &next_x, &next_y);
    step = (ptrdiff_t)(next_y - y) * placement->canvas_width + (next_x - x);
    from = canvas + (ptrdiff_t)y * placement->canvas_width + x;
    if (step == 1 && placement->scale == 1) {
        memcpy(target, from, (size_t)width * sizeof(*target));
        return;
    }
    for (int i = 0; i < width; i++) {
        for (int j = 0; j < placement->scale; j++) {
            *target++ = *from;
        }
        if (i + 1 < width) { /* past the last pixel may be outside the canvas */
            from += step;
        }
    }
}

static void
draw_tile(const struct placement *placement, const uint32_t *canvas,
          struct rectangle turned, uint32_t *panel, size_t pitch)
{
    struct rectangle shown = enlarge(placement, turned);

    for (int y = 0; y < shown.height; y++) {
        uint32_t *target = panel + (size_t)(shown.y + y) * pitch + shown.x;

        draw_row(placement, canvas, turned.x, turned.y + y / placement->scale,
                 turned.width, target);
    }
}

struct rectangle
placement_draw(const struct placement *placement, const uint32_t *canvas,
               struct rectangle part, uint32_t *panel, size_t pitch)
{
    struct rectangle turned = turn(placement, cut(placement, part));
    bool by_columns = placement->rotation == 90 || placement->rotation == 270;
    int width = by_columns ? TILE : turned.width;
    int height = by_columns ? TILE : turned.height;

    if (rectangle_is_empty(cut(placement, part))) {
        return (struct rectangle){0};
    }
    for (int y = turned.y; y < turned.y + turned.height; y += height) {
        for (int x = turned.x; x < turned.x + turned.width; x += width) {
            struct rectangle tile = {x, y, width, height};

            draw_tile(placement, canvas, rectangle_intersection(tile, turned), panel,
                      pitch);
        }
    }
    return enlarge(placement, turned);
}

void
placement_read(const struct placement *placement, const uint32_t *panel, size_t pitch,
               uint32_t *canvas)
{
    for (int y = 0; y < placement->canvas_height; y++) {
        for (int x = 0; x < placement->canvas_width; x++) {
            struct rectangle shown =
                placement_to_panel(placement, (struct rectangle){x, y, 1, 1});

            *canvas++ = panel[(size_t)shown.y * pitch + (size_t)shown.x];
        }
    }
}
