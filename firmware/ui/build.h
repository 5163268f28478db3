#pragma once

#include <stdbool.h>

#include "metrics.h"
#include "ui/layout.h"

/*
 * The pen of layout: parts put fills, lines of text, icons and boxes through it.
 * While `measuring` it puts nothing and only heights come back, so that a part's
 * natural height and its drawing are one piece of code.
 *
 * Everything is laid out as if writing goes from left to right; layout_page turns
 * the result round at the end.
 */

struct build {
    const struct page *page;
    const struct layout_options *options;
    struct fonts *fonts;
    const struct metrics *metrics;
    struct layout *layout;
    bool measuring;
    bool large_keys; /* keys keep their height: what else is there gives way first */
    int day_inset;   /* what the calendar leaves free at its end, */
    int month_inset; /* and the month's line, where steps beside the days reach it */
    /* What stage_plan() decided. */
    int title_px, title_pitch;         /* 0: the type's own */
    int at_title_end;                  /* a fact on the title's line, -1 for none */
    bool off_stage[PAGE_ELEMENTS_MAX]; /* of the stage, but stands on the sheet */
};

/* A pen for a page; `metrics` is kept as long as it. Nothing is put: it measures. */
void build_begin(struct build *build, struct metrics *metrics, const struct page *page,
                 const struct layout_options *options, struct fonts *fonts);

enum align {
    ALIGN_START,
    ALIGN_SENTENCES, /* the same; a sentence that has room on a line begins on one */
    ALIGN_CENTER,
    ALIGN_END
};

/* A length drawn on the 1080 × 1920 class, on this one. */
int scaled(const struct build *build, int length);

/* The same of an icon. */
int glyph(const struct build *build, int length);

/* How a thing that can be touched looks in its state. */
struct surface {
    enum color fill, border;
    int border_width;
    enum color text, note, icon; /* icon: chevron and glyphs without a disc */
    enum color disc, disc_icon;
    bool shadow;
    bool regular; /* disabled: never bold */
};

struct surface surface_of(const struct build *build, int element);
/* The same, for things that are filled when they are the chosen one. */
struct surface surface_when_chosen(const struct build *build, int element);

/* Fill, border, shadow and focus ring of a control, and its box. */
void put_control(struct build *build, int element, const struct surface *surface,
                 struct rectangle rect, int radius);

void put_fill(struct build *build, int element, struct rectangle rect, int radius,
              enum color color);
void put_outline(struct build *build, int element, struct rectangle rect, int radius,
                 int width, enum color color);
void
put_circle(struct build *build, int element, struct rectangle rect, enum color color);
struct item *
put_item(struct build *build, enum item_kind kind, int element, struct rectangle rect);
void put_icon(struct build *build, int element, const char *icon, int x, int y, int px,
              enum color color);
/* The same, where what is behind is not a card. */
void put_icon_on(struct build *build, int element, const char *icon, int x, int y,
                 int px, enum color color, enum color behind);
/* A glyph in a disc of that diameter. */
void put_disc(struct build *build, int element, const char *icon, int x, int y,
              int size, int px, enum color disc, enum color glyph);
void put_box(struct build *build, int element, struct rectangle rect);
/* What was put last can be touched over all of that too. */
void widen_box(struct build *build, int element, struct rectangle rect);

/* Only up to that x. */
void end_box(struct build *build, int element, int x);

struct run {
    int element;
    enum type type;
    bool bold;
    enum color color;
    enum align align;
    int pitch; /* 0: the type's own */
    int px;    /* 0: the type's own */
};

/*
 * Text with **bold** in it, wrapped at `width`, its first line's box at y. A word that
 * is too long for the width makes the text smaller, down to the floor, and is broken
 * when that does not help. Returns the height it takes: lines × pitch.
 */
int put_text(struct build *build, struct run run, const char *text, int x, int y,
             int width);
int text_lines(struct build *build, struct run run, const char *text, int width);
/* The run, so small that no word is wider than the width, unless the floor is reached.
 */
struct run run_within(struct build *build, struct run run, const char *text, int width);
/* The same for a text that stays on one line. */
struct run
run_on_line(struct build *build, struct run run, const char *text, int width);
/* Width of one line. */
int text_width(struct build *build, struct run run, const char *text);
/* Whether an address goes on there with a point: it is broken before it, and without a
 * hyphen, so that what is read is what is typed. */
bool is_address_seam(const char *rest);
/* The widest of its words by itself. */
int longest_word(struct build *build, struct run run, const char *text);
/* What an icon before the text takes of the width, with the gap behind it: `aside`, or
 * nothing where a word has room only without it. The word goes before the icon. */
int
icon_room(struct build *build, struct run run, const char *text, int aside, int width);
int pitch_of(const struct build *build, struct run run);
/* Of digits alone: where letters need more, as in Arabic, they don't. */
int digits_pitch(const struct build *build, enum type type);

/* An icon and a text side by side, centred in `rect`. */
void put_centered(struct build *build, struct run run, const char *icon, int icon_px,
                  int gap, bool icon_after, const char *text, struct rectangle rect,
                  enum color icon_color);

static inline bool
is_focused(const struct build *build, int element)
{
    return build->options->focused == element;
}

static inline bool
is_pressed(const struct build *build, int element)
{
    return build->options->pressed == element;
}
