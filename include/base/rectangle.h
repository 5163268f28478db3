#pragma once

#include <stdbool.h>

/* Whole pixels on a screen; y grows downwards. Width and height are never negative. */

struct rectangle {
    int x, y, width, height;
};

static inline bool
rectangle_is_empty(struct rectangle r)
{
    return r.width <= 0 || r.height <= 0;
}

static inline bool
rectangle_contains(struct rectangle r, int x, int y)
{
    return x >= r.x && x < r.x + r.width && y >= r.y && y < r.y + r.height;
}

static inline struct rectangle
rectangle_intersection(struct rectangle a, struct rectangle b)
{
    int x = a.x > b.x ? a.x : b.x;
    int y = a.y > b.y ? a.y : b.y;
    int right = a.x + a.width < b.x + b.width ? a.x + a.width : b.x + b.width;
    int bottom = a.y + a.height < b.y + b.height ? a.y + a.height : b.y + b.height;

    if (right <= x || bottom <= y) {
        return (struct rectangle){0};
    }
    return (struct rectangle){x, y, right - x, bottom - y};
}

/* The smallest rectangle around both; an empty one adds nothing. */
static inline struct rectangle
rectangle_union(struct rectangle a, struct rectangle b)
{
    int x = a.x < b.x ? a.x : b.x;
    int y = a.y < b.y ? a.y : b.y;
    int right = a.x + a.width > b.x + b.width ? a.x + a.width : b.x + b.width;
    int bottom = a.y + a.height > b.y + b.height ? a.y + a.height : b.y + b.height;

    if (rectangle_is_empty(a)) {
        return b;
    }
    if (rectangle_is_empty(b)) {
        return a;
    }
    return (struct rectangle){x, y, right - x, bottom - y};
}

/* Larger by `by` on every side; a negative `by` makes it smaller. */
static inline struct rectangle
rectangle_grown(struct rectangle r, int by)
{
    return (struct rectangle){r.x - by, r.y - by, r.width + 2 * by, r.height + 2 * by};
}
