#pragma once

#include "stack.h"

/*
 * Cuts the bands of a slot into parts that each fit in a height: between rows, and
 * where a card is higher than what is left, between its children. A heading stays with
 * what follows it, and is repeated over what is cut from it.
 */

struct cut {
    int parts;
    bool overflows; /* something is higher than a part */
    /* The first and the last part on which an element stands; of what is in another
     * slot, or in no band, that is all of them. */
    int from[PAGE_ELEMENTS_MAX], to[PAGE_ELEMENTS_MAX];
};

/* `room` is the height on a part, `room_last` on the last one. The page's elements are
 * only moved while measuring. */
void cut_slot(struct build *build, struct page *page, enum slot slot,
              struct rectangle room, int room_last, struct cut *cut);

/* Whether a card that can be cut says something itself, which stands on the first part
 * of it only; and how that is left out on the others. */
bool cut_has_words(const struct element *card);
void cut_take_words(struct element *card);

/* Makes several of each text that is higher than a part (cut_text.c). */
void cut_texts(struct build *build, struct page *page, enum slot slot,
               struct rectangle room);

/* Leaves of a notice what has room (cut_notice.c). */
void cut_notice(struct build *build, struct page *page);

/* The same of what lies over a page and counts down, in that height: a touch answers
 * it, so nobody gets to another part (cut_notice.c). */
void cut_countdown(struct build *build, struct page *page, struct rectangle area);

/* Takes an element from its place while something is measured, and puts it back. */
#define CUT_HIDDEN (-2)
