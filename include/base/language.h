#pragma once

#include <stdbool.h>

/* The languages a kiosk speaks. Dutch comes first: every text exists in it. */

/* Stands behind a Dutch text that is shown in another language for want of its own. */
#define LANGUAGE_DUTCH_MARK "\xC2\xA0(NL)"

enum language {
    LANGUAGE_NL,
    LANGUAGE_EN,
    LANGUAGE_TR,
    LANGUAGE_AR,
    LANGUAGE_UK,
    LANGUAGE_PL,
    LANGUAGE_COUNT
};

const char *language_code(enum language language); /* ISO 639-1: "nl" */
const char *language_name(enum language language); /* its own: "Nederlands" */
bool language_is_right_to_left(enum language language);
bool language_from_code(const char *code, enum language *language);
