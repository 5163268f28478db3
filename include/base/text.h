#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * Bounded text. A struct text writes into memory of the caller's and never past
 * it; what does not fit is cut at a whole UTF-8 character and remembered.
 */

struct text {
    char *data; /* always ends in NUL */
    size_t size;
    size_t length; /* without the NUL */
    bool truncated;
};

/* Bytes of some text; a length of 0: none. */
struct text_span {
    unsigned short start, length;
};

/* Starts an empty text in `data` of `size` > 0 bytes. */
struct text text_begin(char *data, size_t size);

void text_add(struct text *text, const char *more);
void text_add_bytes(struct text *text, const char *more, size_t length);
void text_format(struct text *text, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* As a value in a URL: all but letters, digits and -._~ as %XX (RFC 3986 §2.3). */
void text_add_escaped(struct text *text, const char *more);

/* Copies with truncation at a whole character; false when it did not fit. */
bool text_copy(char *target, size_t size, const char *source);

bool text_equal(const char *a, const char *b);
bool text_starts_with(const char *text, const char *prefix);

/*
 * One character of UTF-8 at `*text`, and steps past it. 0 at the end; invalid
 * bytes come out as U+FFFD, one a byte, so that a loop always ends.
 */
uint32_t text_next(const char **text);

/* True when all of `text` is valid UTF-8 without control characters. */
bool text_is_clean(const char *text);

/* Writes `character` as UTF-8 with a NUL; returns its 1 to 4 bytes. */
size_t text_encode(uint32_t character, char target[5]);

/*
 * Lower case without accents ("Ünver" → "unver", "Łódź" → "lodz"), for search: Latin
 * and Cyrillic; Arabic without tatweel and vowel marks.
 */
void text_fold(char *target, size_t size, const char *source);

/*
 * Crockford base32, canonical: upper case, no I L O U, no padding, spare bits
 * zero. Decoding refuses anything else, so that one value has one text.
 */
size_t text_base32_length(size_t bytes);
void text_base32_encode(char *target, const uint8_t *bytes, size_t count);
bool text_base32_decode(uint8_t *target, size_t count, const char *text, size_t length);

/* Lower-case hexadecimal; decoding takes both cases and exactly `count` bytes. */
void text_hex_encode(char *target, const uint8_t *bytes, size_t count);
bool text_hex_decode(uint8_t *target, size_t count, const char *text);
