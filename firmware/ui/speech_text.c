#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/wording.h"
#include "ui/speech.h"

#define PHONE_DIGITS_MIN 5
#define DIGITS_MAX 16

/* Reads a text from its start; each of these says what stands at `*at`, steps past it
 * and returns true, or does nothing. */
struct reading {
    struct text text;
    const struct speech_words *words;
};

static bool
is_digit(char character)
{
    return character >= '0' && character <= '9';
}

/* A plain space, a no-break one or a narrow no-break one: its bytes, 0 for none. */
static size_t
space_at(const char *at)
{
    return at[0] == ' '                           ? 1
           : text_starts_with(at, "\xC2\xA0")     ? 2
           : text_starts_with(at, "\xE2\x80\xAF") ? 3
                                                  : 0;
}

static const char *
after_spaces(const char *at)
{
    for (size_t bytes; (bytes = space_at(at)) > 0;) {
        at += bytes;
    }
    return at;
}

/* What is for the eye or for the order of writing: soft hyphens, marks of direction. */
static size_t
silent_at(const char *at)
{
    if (text_starts_with(at, PAGE_DUTCH_MARK)) {
        return strlen(PAGE_DUTCH_MARK);
    }
    return text_starts_with(at, "**")         ? 2
           : text_starts_with(at, "\xC2\xAD") ? 2
           : text_starts_with(at, "\xE2\x80\x8E") ||
                   text_starts_with(at, "\xE2\x80\x8F") ||
                   text_starts_with(at, "\xE2\x81\xA6") ||
                   text_starts_with(at, "\xE2\x81\xA7") ||
                   text_starts_with(at, "\xE2\x81\xA8") ||
                   text_starts_with(at, "\xE2\x81\xA9")
               ? 3
               : 0;
}

/* "9.20", "1234,50": `most` digits, one of `marks`, two digits, and no digit more. */
static bool
read_pair(const char **at, size_t most, const char *marks, char whole[DIGITS_MAX],
          char rest[3])
{
    const char *from = *at;
    size_t digits = strspn(from, "0123456789");

    if (digits == 0 || digits > most || from[digits] == '\0' ||
        strchr(marks, from[digits]) == NULL || !is_digit(from[digits + 1]) ||
        !is_digit(from[digits + 2]) || is_digit(from[digits + 3]))
    {
        return false;
    }
    text_copy(whole, digits + 1, from);
    text_copy(rest, 3, from + digits + 1);
    *at = from + digits + 3;
    return true;
}

/* Steps past the word and the spaces on one side of it. */
static bool
skip_word_before(const char **at, const char *word)
{
    if (word[0] == '\0' || !text_starts_with(*at, word)) {
        return false;
    }
    *at = after_spaces(*at + strlen(word));
    return true;
}

static bool
skip_word_behind(const char **at, const char *word)
{
    const char *behind = after_spaces(*at);

    if (word[0] == '\0' || !text_starts_with(behind, word)) {
        return false;
    }
    *at = behind + strlen(word);
    return true;
}

/* "05" is five, "00" nothing. */
static const char *
without_zero(const char *digits)
{
    return digits[0] == '0' && digits[1] != '\0' ? digits + 1 : digits;
}

static bool
say_price(struct reading *reading, const char **at)
{
    const struct speech_words *words = reading->words;
    const char *from = *at;
    bool marked = skip_word_before(&from, "€");
    char whole[DIGITS_MAX], rest[3], said[WORDING_BYTES];

    if (!read_pair(&from, 7, ".,", whole, rest)) {
        return false;
    }
    if (!marked && !skip_word_behind(&from, "€") &&
        !skip_word_behind(&from, words->currency))
    {
        return false;
    }
    wording_fill(said, text_equal(rest, "00") ? words->whole : words->price, whole,
                 without_zero(rest), NULL);
    text_add(&reading->text, said);
    *at = from;
    return true;
}

static bool
say_time(struct reading *reading, const char **at)
{
    const struct speech_words *words = reading->words;
    const char *from = *at;
    char hour[DIGITS_MAX], minute[3], said[WORDING_BYTES];

    skip_word_before(&from, words->time_word);
    if (!read_pair(&from, 2, ".:", hour, minute) || atoi(hour) > 24 ||
        atoi(minute) > 59 || (from[0] == '.' && is_digit(from[1])))
    {
        return false;
    }
    skip_word_behind(&from, words->time_word);
    wording_fill(said, text_equal(minute, "00") ? words->hour : words->time,
                 without_zero(hour), without_zero(minute), NULL);
    text_add(&reading->text, said);
    *at = from;
    return true;
}

/* "030 12 34 567", "+31 6 12345678", "14 030": digit by digit, with a rest where there
 * is a space. */
static bool
say_phone(struct reading *reading, const char **at)
{
    char said[WORDING_BYTES];
    struct text text = text_begin(said, sizeof(said));
    const char *from = *at;
    int digits = 0;

    if (*from != '0' && *from != '+' &&
        (!text_starts_with(from, "14") || after_spaces(from + 2)[0] != '0'))
    {
        return false;
    }
    for (;;) {
        size_t space = *from == '-' ? 1 : space_at(from);

        if (is_digit(*from) || (*from == '+' && from == *at)) {
            text_format(&text, "%s%c", text.length > 0 ? " " : "", *from);
            digits += *from != '+';
            from++;
        } else if (space > 0 && is_digit(from[space])) {
            text_add(&text, ",");
            from += space;
        } else {
            break;
        }
    }
    if (digits < PHONE_DIGITS_MIN || text.truncated) {
        return false;
    }
    text_add(&reading->text, said);
    *at = from;
    return true;
}

/* "wo 11": only before a number, since short words mean more than a day. */
static bool
say_weekday(struct reading *reading, const char **at)
{
    for (int day = 0; day < 7; day++) {
        const char *word = reading->words->weekday_short[day];
        const char *from = *at;

        if (word[0] != '\0' && text_starts_with(from, word)) {
            const char *behind = from + strlen(word);
            const char *number = after_spaces(*behind == '.' ? behind + 1 : behind);

            if (number > behind && is_digit(*number)) {
                text_format(&reading->text, "%s ", reading->words->weekday[day]);
                *at = number;
                return true;
            }
        }
    }
    return false;
}

static bool
is_in_word(char character)
{
    return isalnum((unsigned char)character) || (unsigned char)character >= 0x80;
}

void
speech_text(char *target, size_t size, const char *source,
            const struct speech_words *words)
{
    struct reading reading = {text_begin(target, size), words};
    bool word = false; /* in the middle of one */

    while (*source != '\0') {
        size_t silent = silent_at(source), space = space_at(source);

        if (silent > 0) {
            source += silent;
            continue;
        }
        if (space > 0) {
            text_add(&reading.text, " ");
            source += space;
            word = false;
            continue;
        }
        if (!word && (say_price(&reading, &source) || say_time(&reading, &source) ||
                      say_phone(&reading, &source) || say_weekday(&reading, &source)))
        {
            continue;
        }
        word = is_in_word(*source);
        text_add_bytes(&reading.text, *source == '\n' ? " " : source, 1);
        source++;
    }
}

/* The word of the letter, "" when the alphabet has none. */
static void
word_of(char letter, const char *alphabet, char word[32])
{
    size_t length;

    for (char at = 'A'; at < letter; at++) {
        alphabet += strcspn(alphabet, " ");
        alphabet += strspn(alphabet, " ");
    }
    length = strcspn(alphabet, " ");
    text_copy(word, length + 1 < 32 ? length + 1 : 32, alphabet);
}

void
speech_code(char *target, size_t size, const char *code,
            const struct speech_words *words)
{
    struct text text = text_begin(target, size);

    for (; *code != '\0'; code++) {
        char letter[2] = {(char)toupper((unsigned char)*code), '\0'}, word[32];
        char said[WORDING_BYTES];

        if (!isalnum((unsigned char)*code)) {
            continue;
        }
        if (text.length > 0) {
            text_add(&text, ", ");
        }
        word_of(letter[0], words->alphabet, word);
        text_add(&text, isalpha((unsigned char)letter[0])
                            ? wording_fill(said, words->letter, letter, word, NULL)
                            : letter);
    }
}
