#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"

/*
 * A settings file: sections of `name = value` lines (inih). The reader says what
 * it knows, so that a misspelt name is an error with its line and not a silence.
 */

struct setting {
    const char *section, *name;
    enum { SETTING_TEXT, SETTING_INTEGER, SETTING_BOOLEAN, SETTING_CHOICE } type;
    void *target;        /* char[size], int, bool, or int for a choice */
    size_t size;         /* SETTING_TEXT */
    int min, max;        /* SETTING_INTEGER, both included */
    const char *choices; /* SETTING_CHOICE: "a|b|c", target gets 0, 1, 2 */
    int *line; /* NULL, or gets the line that names it, for checks of one's own */
};

/*
 * Reads `path` into the targets; what the file does not name keeps its value.
 * Error: "loketzuil.conf line 7: [printer] width: must be 58 or 80, not 60".
 * Nothing is changed when anything is wrong. Sections named in `other_sections`
 * ("a|b", may be NULL) belong to another program and are passed over.
 */
bool settings_read(const char *path, const struct setting *settings, size_t count,
                   const char *other_sections, struct error *error);

/* Rows of such a table: a line of text into an array of char, a whole number with its
 * bounds, one of some words. */
#define SETTING_TEXT_ROW(SECTION, NAME, ARRAY)                                         \
    {                                                                                  \
        .section = SECTION, .name = NAME, .type = SETTING_TEXT, .target = (ARRAY),     \
        .size = sizeof(ARRAY)                                                          \
    }
#define SETTING_INTEGER_ROW(SECTION, NAME, NUMBER, MIN, MAX)                           \
    {                                                                                  \
        .section = SECTION, .name = NAME, .type = SETTING_INTEGER,                     \
        .target = &(NUMBER), .min = MIN, .max = MAX                                    \
    }
#define SETTING_CHOICE_ROW(SECTION, NAME, NUMBER, CHOICES)                             \
    {                                                                                  \
        .section = SECTION, .name = NAME, .type = SETTING_CHOICE, .target = &(NUMBER), \
        .choices = CHOICES                                                             \
    }
