#pragma once

#include "ui/audit.h"

/* What the rules share: one layout under judgement. */

struct painter;
struct canvas;

struct audit {
    struct fonts *fonts;
    const struct theme *themes[2]; /* usual, high contrast */
    struct painter *painters[2];   /* for what is behind letters on the street */
    struct canvas *canvas;         /* of the display painted last, NULL for none */
    struct layout spare;           /* to turn round, or to lay out once more */
    struct rectangle inks[LAYOUT_ITEMS_MAX];
};

struct look {
    struct audit *audit;
    const struct page *page;
    const struct layout *layout;
    const struct layout_options *options;
    const struct theme *theme;
    size_t first; /* item that is not dimmed by an overlay */
    audit_found found;
    void *data;
    int count;
    bool named[AUDIT_RULE_COUNT][PAGE_ELEMENTS_MAX + 1]; /* the page's own is 0 */
};

/* Once for an element and a rule. */
void audit_fail(struct look *look, enum audit_rule rule, int element,
                const char *format, ...) __attribute__((format(printf, 4, 5)));

/* Where letters and icons of an item have ink; empty for other kinds. */
static inline struct rectangle
ink_of(const struct look *look, size_t item)
{
    return look->audit->inks[item];
}

const char *element_id(const struct look *look, int element); /* "" for -1 */
bool is_within(const struct look *look, int element, int ancestor);
bool is_disabled(const struct look *look, int element); /* or what holds it is */
/* Not dimmed: with an overlay only it and the dock. */
bool box_counts(const struct look *look, const struct box *box);
/* What was painted last before `item` at that point; -1 for nothing. */
int item_behind(const struct look *look, size_t item, int x, int y);
/* Pixels in `tenths` tenths of a millimetre, rounded down. */
int pixels_of(const struct look *look, int tenths);

/* One rule or a few each. */
void audit_texts(struct look *look);
void audit_sizes(struct look *look);
void audit_places(struct look *look);
void audit_targets(struct look *look);
void audit_colors(struct look *look);
void audit_order(struct look *look);
void audit_speech(struct look *look);
void audit_mirror(struct look *look);
