#include "device/display.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

/* Keeps what a screen would show: only what was presented, not what was painted. */
struct screen {
    int width, height;
    uint32_t *pixels;
};

static void
present(void *maker, const uint32_t *pixels, const struct rectangle *parts,
        size_t count)
{
    struct screen *screen = maker;
    struct rectangle whole = {0, 0, screen->width, screen->height};

    for (size_t i = 0; i < count; i++) {
        struct rectangle part = rectangle_intersection(parts[i], whole);

        for (int y = part.y; y < part.y + part.height; y++) {
            size_t at = (size_t)y * (size_t)screen->width + (size_t)part.x;

            memcpy(screen->pixels + at, pixels + at,
                   (size_t)part.width * sizeof(*pixels));
        }
    }
}

static void
destroy(void *maker)
{
    struct screen *screen = maker;

    free(screen->pixels);
    free(screen);
}

static const struct display_operations operations = {
    .present = present,
    .destroy = destroy,
};

struct display *
display_memory_create(int width, int height)
{
    struct display *display = memory_allocate(1, sizeof(*display));
    struct screen *screen = memory_allocate(1, sizeof(*screen));

    assert(width > 0 && height > 0);
    screen->width = width;
    screen->height = height;
    screen->pixels =
        memory_allocate((size_t)width * (size_t)height, sizeof(*screen->pixels));
    *display = (struct display){&operations, screen, width, height};
    return display;
}

const uint32_t *
display_memory_pixels(const struct display *display)
{
    assert(display->operations == &operations);
    return ((const struct screen *)display->maker)->pixels;
}
