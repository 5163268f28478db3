#include "device/display.h"

/* Stands in for display_sdl.c where SDL is not built in (`DISPLAYS` of the Makefile): a
 * device has no desktop, and none of a desktop's libraries. */
struct display *
display_sdl_create(struct loop *loop, int width, int height,
                   struct display_listener listener, struct error *error)
{
    (void)loop;
    (void)width;
    (void)height;
    (void)listener;
    error_set(error, ERROR_DEVICE,
              "this program is built without windows: [display] maker = sdl can't be "
              "used, maker = drm shows on the panel");
    return NULL;
}
