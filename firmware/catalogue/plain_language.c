#include <ctype.h>
#include <string.h>

#include "base/text.h"
#include "catalogue/reader.h"

/*
 * Advice for Dutch that everybody can read (level B1): short sentences, and none
 * of the words that only an office uses.
 */

#define SENTENCE_WORDS_MAX 15
#define WORD_BYTES 40

static const struct {
    const char *office, *plain;
} office_words[] = {
    {"alsmede", "en"},          {"betreffende", "over"},
    {"conform", "volgens"},     {"derhalve", "daarom"},
    {"desbetreffende", "deze"}, {"dient", "moet"},
    {"dienen", "moeten"},       {"echter", "maar"},
    {"gaarne", "graag"},        {"geschieden", "gebeuren"},
    {"indien", "als"},          {"inzake", "over"},
    {"middels", "met"},         {"mits", "als"},
    {"nadien", "daarna"},       {"reeds", "al"},
    {"tevens", "ook"},          {"tenzij", "behalve als"},
    {"woonachtig", "u woont"},
};

/* A sentence ends at . ! ? before a space or the end: not inside "8.30". */
static const char *
sentence_end(const char *text)
{
    while (*text != '\0') {
        char at = *text++;

        if ((at == '.' || at == '!' || at == '?') && (*text == ' ' || *text == '\0')) {
            break;
        }
    }
    return text;
}

static void
advise_word(struct reader *reader, const struct place *place, const char *word,
            size_t length)
{
    char raw[WORD_BYTES] = "", folded[WORD_BYTES];

    while (length > 0 && ispunct((unsigned char)word[length - 1])) {
        length--;
    }
    if (length >= sizeof(raw)) {
        return;
    }
    memcpy(raw, word, length);
    text_fold(folded, sizeof(folded), raw);
    for (size_t i = 0; i < sizeof(office_words) / sizeof(office_words[0]); i++) {
        if (text_equal(folded, office_words[i].office)) {
            reader_advice(reader, place, "\"%s\" can be said as \"%s\"",
                          office_words[i].office, office_words[i].plain);
        }
    }
}

void
advise_plain_language(struct reader *reader, const struct place *place,
                      const char *text)
{
    while (*text != '\0') {
        const char *end = sentence_end(text), *at = text;
        int words = 0;

        while (at < end) {
            size_t length = strcspn(at, " ");

            if (length > (size_t)(end - at)) {
                length = (size_t)(end - at);
            }
            if (length > 0 && strspn(at, "-–·&/") < length) {
                words++;
                advise_word(reader, place, at, length);
            }
            at += length;
            at += strspn(at, " ");
        }
        if (words > SENTENCE_WORDS_MAX) {
            char start[64];

            text_copy(start, sizeof(start), text);
            reader_advice(reader, place,
                          "a sentence of %d words, and %d is plain: \"%s…\"", words,
                          SENTENCE_WORDS_MAX, start);
        }
        text = at;
    }
}
