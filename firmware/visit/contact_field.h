#pragma once

#include "keyboard.h"

/*
 * What a citizen may be asked (appointment/fields.h), in words: its label and keys,
 * what is wrong with what was typed, and how that is told to the appointment system.
 */

struct contact_field {
    const char *name, *icon, *label; /* the label is a msgid */
    enum keyboard_kind keys;
    bool reaches; /* by this we find the citizen back: name, phone, mail */
};

/* One that is not known is asked by its own name: it is required, so it can't be left
 * out. */
struct contact_field contact_field_of(const char *name);
/* The label in fewer letters, a msgid too; NULL: it has none. */
const char *contact_field_brief(const char *name);

/* Whether a key suits what was typed so far. */
bool contact_field_takes(const char *name, const char *typed, int character);
/* As it is shown while it is typed: "06 12 34", "29-02-19". */
const char *
contact_field_show(char target[WORDING_BYTES], const char *name, const char *typed);
/* What is wrong with it and how it should be, in the citizen's language; "" when
 * nothing is. */
const char *contact_field_problem(const struct view *view, struct page *page,
                                  const char *name, const char *typed);
bool contact_field_is_right(const char *name, const char *typed);

/* Turns what was typed into what appointment/fields.h says: "29021960" into
 * "1960-02-29", "1234az" into "1234 AZ". */
void contact_field_tell(struct appointment_value *value);
