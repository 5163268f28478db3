#include "device/display.h"

#include <stdlib.h>

void
display_present(struct display *display, const uint32_t *pixels,
                const struct rectangle *parts, size_t count)
{
    if (count > 0) {
        display->operations->present(display->maker, pixels, parts, count);
    }
}

static int
pixel_at(double part, int size)
{
    double pixel = part * size;

    return pixel >= size - 1 ? size - 1 : pixel > 0 ? (int)pixel : 0;
}

void
display_locate(const struct display *display, double across, double down, int *x,
               int *y)
{
    if (display->operations->locate != NULL) {
        display->operations->locate(display->maker, across, down, x, y);
    } else {
        *x = pixel_at(across, display->width);
        *y = pixel_at(down, display->height);
    }
}

bool
display_shows(const struct display *display)
{
    return display->operations->shows == NULL ||
           display->operations->shows(display->maker);
}

void
display_destroy(struct display *display)
{
    if (display != NULL) {
        display->operations->destroy(display->maker);
        free(display);
    }
}
