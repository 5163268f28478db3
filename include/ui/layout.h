#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/rectangle.h"
#include "base/theme.h"
#include "ui/canvas.h"
#include "ui/font.h"
#include "ui/page.h"

/*
 * From a page to places: boxes that can be touched and items to paint, in order.
 * Everything that depends on the display, the text size, the reach, the direction
 * of writing, focus and press is decided here, once; painting only follows.
 */

#define LAYOUT_ITEMS_MAX 900

enum display_class {
    DISPLAY_L, /* 24 inch portrait, 1080 × 1920 */
    DISPLAY_W, /* 24 inch landscape, 1920 × 1080 */
    DISPLAY_M, /* 10 inch landscape, 1280 × 800 */
    DISPLAY_S, /* 7 inch landscape, 800 × 480 */
    DISPLAY_P, /* 7 inch portrait, 720 × 1280 */
    DISPLAY_CLASS_COUNT
};

/* What it hangs from how large things really are; 0: as the class mostly is. */
struct panel {
    int pixels_per_100_mm;
    int viewing_mm; /* from the eyes to the glass */
};

struct layout_options {
    enum display_class display;
    int pressed; /* index of the element under the finger, -1 for none */
    int focused; /* index of the element with the keys' focus, -1 for none */
    int lit;     /* attract: which window is lit, counts up every 4 s */
    struct panel panel;
};

enum street_view {
    STREET_NONE,
    STREET_ATTRACT, /* all of the screen: sun, street, water */
    STREET_ATTRACT_BESIDE,
    STREET_HOME, /* the stage above the sheet */
    STREET_HOME_REACH,
    STREET_HOME_BESIDE,
    STREET_HOME_WIDE,
    STREET_HOME_NARROW,
    STREET_BLANK, /* no window is lit, no sun shines */
    STREET_BLANK_BESIDE,
};

enum item_kind {
    ITEM_FILL,   /* rounded rectangle: color, border */
    ITEM_CIRCLE, /* largest circle in rect */
    ITEM_SHADOW,
    ITEM_TEXT, /* one line, rect is its line box */
    ITEM_ICON, /* rect is square */
    ITEM_LOGO,
    ITEM_STREET, /* number = enum street_view, length = which window is lit */
    ITEM_QR,     /* text = what it holds; rect without quiet zone */
    ITEM_DASHES, /* the cut on a ticket */
    ITEM_SCRIM,  /* everything before it is dimmed */
    ITEM_RING,   /* countdown: number of 30 dots filled */
};

struct item {
    enum item_kind kind;
    struct rectangle rect;
    enum color color, border;
    int border_width, radius;
    unsigned corners;
    struct text_style style; /* text and icons */
    const char *text;        /* in the page's pool, or a constant; not NUL-ended */
    size_t length;
    int number;
    int element; /* index of the owner, -1 for the page's own */
};

struct box {
    int element;
    struct rectangle rect;
    bool modal; /* on an overlay */
};

struct layout {
    int width, height;
    bool right_to_left, high_contrast;
    struct item items[LAYOUT_ITEMS_MAX];
    size_t item_count;
    struct box boxes[PAGE_ELEMENTS_MAX];
    size_t box_count;
};

void display_class_size(enum display_class display, int *width, int *height);
/* No letters on it are smaller in the normal size, in pixels. */
int display_class_text_min(enum display_class display);
bool display_class_from_size(int width, int height, enum display_class *display);

/* The panel that is laid out for, nothing in it 0. */
struct panel layout_panel(const struct layout_options *options);
/* Rounded up. */
int layout_pixels_of_mm(const struct layout_options *options, int mm);
/* In reduced reach everything that can be touched is below this y; 0 where the whole of
 * such a panel is within reach. */
int layout_reach_line(const struct layout_options *options);

void layout_page(struct layout *layout, const struct page *page,
                 const struct layout_options *options, struct fonts *fonts);

/* Turns the result round: what stands at the left comes to the right. Done by
 * layout_page() where writing goes from right to left; twice changes nothing. */
void layout_mirror(struct layout *layout);

/*
 * Over a page that was laid out, in pixels of the display: a ring `size` across where a
 * finger hit nothing, in two colours, so that one is seen on any ground; and a veil.
 */
void layout_mark(struct layout *layout, int x, int y, int size);
void layout_dim(struct layout *layout);

/* The box of an element, NULL when it has none. */
const struct box *layout_box(const struct layout *layout, int element);

/* The element that can be pressed at a point: inside its box, else within 6 mm of
 * `pressed` (the one the finger went down on, -1 for none). -1 for a miss. */
int layout_hit(const struct layout *layout, const struct page *page, int x, int y);
