#pragma once

#include "view.h"

/* The keys on the sheet: letters, accented letters, digits; and what they type. */

enum keyboard_kind {
    KEYBOARD_NAME,
    KEYBOARD_PHONE,
    KEYBOARD_NUMBER, /* digits only */
    KEYBOARD_EMAIL,
    KEYBOARD_SEARCH, /* letters and digits */
    KEYBOARD_CODE    /* of a ticket */
};

/* Small letters: as the keys are wherever something else is to be typed. */
void keyboard_begin(struct typed *typed);
/* `enter` is the label of its primary key, which is VERB_NEXT. */
void keyboard_describe(const struct view *view, struct page *page,
                       enum keyboard_kind kind, const char *enter);
/* Its primary key has another icon than that it goes on, before its label; NULL: none.
 */
void keyboard_enter_with(struct page *page, const char *icon);
/* VERB_KEY, VERB_ERASE, VERB_CLEAR, VERB_KEYS, VERB_MORE_KEYS and VERB_SHIFT into
 * `value`; false for another. */
bool keyboard_act(struct typed *typed, struct action action, char *value, size_t size);
