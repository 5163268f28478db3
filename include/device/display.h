#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/rectangle.h"

/*
 * A screen that shows a canvas. Makers: `sdl` (a window on a desktop, which also
 * tells of the mouse as a finger and of the keyboard), `drm` (the panel of a device
 * without a desktop; device/input.h tells of its touches and keys), `memory` (nothing
 * to see; for journeys and tests).
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
    KEY_SOFTER,
    KEY_FASTER,
    KEY_SLOWER,
    KEY_ROW_DOWN, /* by rows of a keyboard; elsewhere as next and previous */
    KEY_ROW_UP,
    KEY_BLANK /* somebody is looking: the glass shows nothing, or all of it again */
};

struct display_listener {
    void (*pointer)(void *data, const struct pointer *pointer);
    void (*key)(void *data, enum key key);
    void (*text)(void *data, const char *text); /* a desktop keyboard's letters */
    void (*close)(void *data);                  /* the window was closed */
    void (*headphones)(void *data, bool in); /* they were plugged in, or pulled out */
    void *data;
};

struct display_operations {
    /* Shows these parts of the canvas (0x00RRGGBB, `width` × `height` of creation). */
    void (*present)(void *maker, const uint32_t *pixels, const struct rectangle *parts,
                    size_t count);
    void (*destroy)(void *maker);
    /* The pixel of the canvas at a place of the panel; NULL: the canvas fills it. */
    void (*locate)(void *maker, double across, double down, int *x, int *y);
    bool (*shows)(void *maker); /* NULL: it always does */
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
 * louder, F4 and F5 slower and faster, Escape closes; what else is typed comes as text.
 * Functions of `listener` may be NULL. NULL with the reason when there is no desktop,
 * or when the program is built without windows (`DISPLAYS` of the Makefile).
 */
struct display *
display_sdl_create(struct loop *loop, int width, int height,
                   struct display_listener listener, struct error *error);

struct display_drm_options {
    int width, height; /* of the canvas */
    int rotation;      /* degrees clockwise: at 90 its top is at the panel's right */
    int mode_width, mode_height; /* of the panel; 0 for the one that it prefers */
    const char *connector;       /* "HDMI-A-1"; NULL or "" for the first with a panel */
    bool yields; /* a still: what is shown stays, and any program may take the panel */
};

/*
 * The panel at a graphics card, driven without GPU. The canvas is turned, enlarged by
 * whole pixels as far as it fits, and lies in the middle. A panel may be unplugged and
 * another one plugged in; while there is none, or while another program has the card,
 * the display is dark and remembers what it would show. Whoever had the screen keeps
 * it until the first present. NULL with the reason when there is no card for panels,
 * or when the panel has no room for the canvas.
 */
struct display *
display_drm_create(struct loop *loop, const struct display_drm_options *options,
                   struct error *error);
struct display *display_memory_create(int width, int height);
/* Of a memory display: what its screen would show. */
const uint32_t *display_memory_pixels(const struct display *display);
void display_present(struct display *display, const uint32_t *pixels,
                     const struct rectangle *parts, size_t count);

/*
 * The pixel of the canvas at a place of the panel, which are parts of its width and
 * height from its left and top: 0 to 1. Beside the canvas it is the nearest pixel.
 */
void display_locate(const struct display *display, double across, double down, int *x,
                    int *y);
/*
 * False while what was presented is kept from a panel that is there: another program
 * has the card, or the driver refuses. No panel at all is not the display's fault.
 */
bool display_shows(const struct display *display);
void display_destroy(struct display *display);
