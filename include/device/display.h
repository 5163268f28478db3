#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/rectangle.h"

/*
 * A screen that shows a canvas and tells where it is touched. Makers: `sdl` (a
 * window on a desktop, the mouse as a finger), `memory` (nothing to see; for
 * journeys and tests), later `drm`.
 */

struct display;

enum pointer_kind { POINTER_DOWN, POINTER_MOVE, POINTER_UP, POINTER_CANCEL };

struct pointer {
    enum pointer_kind kind;
    int id;   /* of the finger */
    int x, y; /* in pixels of the canvas */
};

enum key {
    KEY_NEXT,
    KEY_PREVIOUS,
    KEY_OK,
    KEY_BACK,
    KEY_REPEAT,
    KEY_LOUDER,
    KEY_SOFTER
};

struct display_listener {
    void (*pointer)(void *data, const struct pointer *pointer);
    void (*key)(void *data, enum key key);
    void (*text)(void *data, const char *text); /* a desktop keyboard's letters */
    void (*close)(void *data);                  /* the window was closed */
    void *data;
};

struct display_operations {
    /* Shows these parts of the canvas (0x00RRGGBB, `width` × `height` of creation). */
    void (*present)(void *maker, const uint32_t *pixels, const struct rectangle *parts,
                    size_t count);
    void (*destroy)(void *maker);
};

struct display {
    const struct display_operations *operations;
    void *maker;
    int width, height;
};

/*
 * A window of the canvas scaled down to fit the desktop, read in `loop` without
 * polling: idle, it wakes nobody up. The mouse is a finger. Arrows and Tab move the
 * focus, Enter is OK, Backspace is back, F1 repeats, F2 and F3 are softer and
 * louder, Escape closes; what else is typed comes as text. Functions of `listener`
 * may be NULL. NULL with the reason when there is no desktop.
 */
struct display *
display_sdl_create(struct loop *loop, int width, int height,
                   struct display_listener listener, struct error *error);
struct display *display_memory_create(int width, int height);
/* Of a memory display: what its screen would show. */
const uint32_t *display_memory_pixels(const struct display *display);
void display_present(struct display *display, const uint32_t *pixels,
                     const struct rectangle *parts, size_t count);
void display_destroy(struct display *display);
