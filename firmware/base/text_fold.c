#include "base/text.h"

#include <stddef.h>

/* What a letter with an accent is without: Latin-1 and Latin Extended-A. */
static const char *
latin_base(uint32_t character)
{
    /* U+00C0 to U+00DF; the small letters follow in the same order. */
    static const char *const latin_1[] = {
        "a", "a",  "a", "a", "a", "a", "ae", "c", "e",  "e",  "e",
        "e", "i",  "i", "i", "i", "d", "n",  "o", "o",  "o",  "o",
        "o", NULL, "o", "u", "u", "u", "u",  "y", "th", "ss",
    };
    /* U+0100 to U+017F: Polish, Turkish, Czech, … */
    static const char *const latin_a[] = {
        "a", "a", "a", "a", "a", "a",  "c",  "c",  "c",  "c", "c", "c", "c", "c", "d",
        "d", "d", "d", "e", "e", "e",  "e",  "e",  "e",  "e", "e", "e", "e", "g", "g",
        "g", "g", "g", "g", "g", "g",  "h",  "h",  "h",  "h", "i", "i", "i", "i", "i",
        "i", "i", "i", "i", "i", "ij", "ij", "j",  "j",  "k", "k", "k", "l", "l", "l",
        "l", "l", "l", "l", "l", "l",  "l",  "n",  "n",  "n", "n", "n", "n", "n", "n",
        "n", "o", "o", "o", "o", "o",  "o",  "oe", "oe", "r", "r", "r", "r", "r", "r",
        "s", "s", "s", "s", "s", "s",  "s",  "s",  "t",  "t", "t", "t", "t", "t", "u",
        "u", "u", "u", "u", "u", "u",  "u",  "u",  "u",  "u", "u", "w", "w", "y", "y",
        "y", "z", "z", "z", "z", "z",  "z",  "s"};

    if (character == 0xFFu) {
        return "y"; /* where its capital would be stands the sharp s */
    }
    if (character >= 0xC0u && character <= 0xFFu) {
        return latin_1[(character - 0xC0u) & 0x1Fu];
    }
    if (character >= 0x100u && character <= 0x17Fu) {
        return latin_a[character - 0x100u];
    }
    return NULL;
}

/* Marks that change how a letter is said, not which letter it is; and where a word may
 * be broken. */
static bool
is_mark(uint32_t character)
{
    return (character >= 0x300u && character <= 0x36Fu) || /* combining accents */
           character == 0xADu ||                           /* soft hyphen */
           character == 0x640u || /* tatweel, which only stretches */
           (character >= 0x64Bu && character <= 0x652u) || /* harakat */
           character == 0x670u;
}

/* Latin and Cyrillic; й and ї are letters of their own and stay so. */
static uint32_t
lower_case(uint32_t character)
{
    if ((character >= 'A' && character <= 'Z') ||
        (character >= 0x410u && character <= 0x42Fu))
    {
        return character + 0x20u;
    }
    if (character >= 0x400u && character <= 0x40Fu) {
        return character + 0x50u; /* Є І Ї Ё … */
    }
    if (character >= 0x48Au && character <= 0x4BFu) {
        return character | 1u; /* Ґ and others, in pairs */
    }
    return character;
}

void
text_fold(char *target, size_t size, const char *source)
{
    struct text text = text_begin(target, size);
    uint32_t character;

    while ((character = text_next(&source)) != 0) {
        const char *plain = latin_base(character);
        char bytes[5];

        if (is_mark(character)) {
            continue;
        }
        if (plain == NULL) {
            text_encode(lower_case(character), bytes);
            plain = bytes;
        }
        text_add(&text, plain);
    }
}
