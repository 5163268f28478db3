#include "base/plain_language.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define TEXT_BYTES 4096 /* longer texts are judged as far as that */

static const struct {
    const char *office, *plain;
} office_words[] = {
    {"aangaande", "over"},
    {"alsmede", "en"},
    {"alvorens", "voordat"},
    {"betreffende", "over"},
    {"bijgevolg", "dus"},
    {"conform", "volgens"},
    {"derhalve", "daarom"},
    {"desbetreffende", "deze"},
    {"dient", "moet"},
    {"dienen", "moeten"},
    {"dientengevolge", "daardoor"},
    {"doch", "maar"},
    {"echter", "maar"},
    {"eveneens", "ook"},
    {"gaarne", "graag"},
    {"geschieden", "gebeuren"},
    {"geschiedt", "gebeurt"},
    {"hetgeen", "wat"},
    {"indien", "als"},
    {"ingevolge", "volgens"},
    {"inzake", "over"},
    {"krachtens", "volgens"},
    {"met betrekking tot", "over"},
    {"middels", "met"},
    {"mits", "als"},
    {"naar aanleiding van", "door"},
    {"nadien", "daarna"},
    {"reeds", "al"},
    {"te allen tijde", "altijd"},
    {"ten behoeve van", "voor"},
    {"ten gevolge van", "door"},
    {"teneinde", "om"},
    {"tenzij", "behalve als"},
    {"tevens", "ook"},
    {"thans", "nu"},
    {"verstrekken", "geven"},
    {"voornoemde", "deze"},
    {"wederom", "weer"},
    {"woonachtig", "u woont"},
};

static bool
is_letter(char at)
{
    return isalnum((unsigned char)at) || (unsigned char)at >= 0x80u;
}

/* The next place at which `word` stands by itself; NULL when there is none. */
static const char *
find_word(const char *folded, const char *at, const char *word)
{
    size_t length = strlen(word);

    while ((at = strstr(at, word)) != NULL) {
        if ((at == folded || !is_letter(at[-1])) && !is_letter(at[length])) {
            return at;
        }
        at++;
    }
    return NULL;
}

static void
check_words(const char *text, plain_language_found found, void *data)
{
    char folded[TEXT_BYTES], what[120];

    text_fold(folded, sizeof(folded), text);
    for (size_t i = 0; i < sizeof(office_words) / sizeof(office_words[0]); i++) {
        const char *word = office_words[i].office, *at = folded;

        snprintf(what, sizeof(what), "\"%s\" can be said as \"%s\"", word,
                 office_words[i].plain);
        while ((at = find_word(folded, at, word)) != NULL) {
            found(data, what);
            at++;
        }
    }
}

/* A sentence ends at . ! ? before a space or the end (not inside "8.30"), and with its
 * line. */
static const char *
sentence_end(const char *text)
{
    while (*text != '\0') {
        char at = *text++;

        while (*text == '*') {
            text++;
        }
        if (at == '\n' || ((at == '.' || at == '!' || at == '?') &&
                           (*text == ' ' || *text == '\0' || *text == '\n')))
        {
            break;
        }
    }
    return text;
}

/* A dash that stands alone is no word, and a row of names no sentence. */
static int
count_words(const char *at, const char *end)
{
    int words = 0;
    bool names = true;

    while (at < end) {
        size_t length = strcspn(at, " \n");

        names = names && isupper((unsigned char)*at);
        words += length > 0 && strspn(at, "-\xE2\x80\x93\xC2\xB7&/*") < length;
        at += length;
        at += strspn(at, " \n");
    }
    return names ? 0 : words;
}

void
plain_language_check(const char *text, plain_language_found found, void *data)
{
    check_words(text, found, data);
    while (*text != '\0') {
        const char *end = sentence_end(text);
        int words = count_words(text, end);

        if (words > PLAIN_SENTENCE_WORDS_MAX) {
            char start[64], what[160];

            text_copy(start, sizeof(start), text);
            snprintf(what, sizeof(what),
                     "a sentence of %d words, and %d is plain: \"%s…\"", words,
                     PLAIN_SENTENCE_WORDS_MAX, start);
            found(data, what);
        }
        text = end + strspn(end, " \n");
    }
}
