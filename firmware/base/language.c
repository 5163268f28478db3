#include "base/language.h"

#include <string.h>

static const struct {
    const char *code, *name;
    bool right_to_left;
} languages[LANGUAGE_COUNT] = {
    [LANGUAGE_NL] = {"nl", "Nederlands", false},
    [LANGUAGE_EN] = {"en", "English", false},
    [LANGUAGE_TR] = {"tr", "Türkçe", false},
    [LANGUAGE_AR] = {"ar", "العربية", true},
    [LANGUAGE_UK] = {"uk", "Українська", false},
    [LANGUAGE_PL] = {"pl", "Polski", false},
};

const char *
language_code(enum language language)
{
    return languages[language].code;
}

const char *
language_name(enum language language)
{
    return languages[language].name;
}

bool
language_is_right_to_left(enum language language)
{
    return languages[language].right_to_left;
}

bool
language_from_code(const char *code, enum language *language)
{
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        if (strcmp(code, languages[i].code) == 0) {
            *language = (enum language)i;
            return true;
        }
    }
    return false;
}
