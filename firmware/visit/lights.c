#include "lights.h"

#define LIT_MS 4000 /* of one window to the next */
#define MISSED_MS 600
#define DIM_MS (30 * 60 * 1000) /* so long nobody came */

void
lights_init(struct lights *lights)
{
    *lights = (struct lights){
        .lit_ms = INT64_MAX, .dim_ms = INT64_MAX, .missed_ms = INT64_MAX};
}

static void
check_dimmed(struct lights *lights, bool at_rest, int64_t now_ms)
{
    if (!at_rest) {
        lights->dimmed = false;
        lights->dim_ms = INT64_MAX;
    } else if (!lights->dimmed && lights->dim_ms == INT64_MAX) {
        lights->dim_ms = now_ms + DIM_MS;
    } else if (now_ms >= lights->dim_ms) {
        lights->dimmed = true;
        lights->dim_ms = INT64_MAX;
    }
}

static void
check_lit(struct lights *lights, bool welcome, int64_t now_ms)
{
    if (!welcome || lights->dimmed) {
        lights->lit_ms = INT64_MAX;
    } else if (lights->lit_ms == INT64_MAX) {
        lights->lit_ms = now_ms + LIT_MS;
    } else if (now_ms >= lights->lit_ms) {
        lights->lit++;
        lights->lit_ms = now_ms + LIT_MS;
    }
}

void
lights_check(struct lights *lights, bool at_rest, bool welcome, int64_t now_ms)
{
    check_dimmed(lights, at_rest, now_ms);
    check_lit(lights, welcome, now_ms);
    if (now_ms >= lights->missed_ms) {
        lights->missed_ms = INT64_MAX;
    }
}

int64_t
lights_next_ms(const struct lights *lights)
{
    int64_t next_ms = lights->lit_ms;

    next_ms = lights->dim_ms < next_ms ? lights->dim_ms : next_ms;
    return lights->missed_ms < next_ms ? lights->missed_ms : next_ms;
}

bool
lights_wake(struct lights *lights, int64_t now_ms)
{
    bool dimmed = lights->dimmed;

    lights->dimmed = false;
    if (dimmed || lights->dim_ms != INT64_MAX) {
        lights->dim_ms = now_ms + DIM_MS;
    }
    return dimmed;
}

void
lights_miss(struct lights *lights, int x, int y, int64_t now_ms)
{
    lights->missed_x = x;
    lights->missed_y = y;
    lights->missed_ms = now_ms + MISSED_MS;
}

void
lights_forget_miss(struct lights *lights)
{
    lights->missed_ms = INT64_MAX;
}

void
lights_put(const struct lights *lights, struct layout *layout, int size)
{
    if (lights->missed_ms != INT64_MAX) {
        layout_mark(layout, lights->missed_x, lights->missed_y, size);
    }
    if (lights->dimmed) {
        layout_dim(layout);
    }
}
