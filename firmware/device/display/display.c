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

void
display_destroy(struct display *display)
{
    if (display != NULL) {
        display->operations->destroy(display->maker);
        free(display);
    }
}
