#include "base/text.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#define REPLACEMENT 0xFFFDu

struct text
text_begin(char *data, size_t size)
{
    assert(size > 0);
    data[0] = '\0';
    return (struct text){.data = data, .size = size};
}

/* The longest start of `text` up to `length` bytes that ends at a whole character. */
static size_t
whole_characters(const char *text, size_t length)
{
    while (length > 0 && ((unsigned char)text[length] & 0xC0u) == 0x80u) {
        length--;
    }
    return length;
}

void
text_add_bytes(struct text *text, const char *more, size_t length)
{
    size_t room = text->size - text->length - 1;

    if (text->truncated) {
        return; /* nothing is added after a gap */
    }
    if (length > room) {
        length = whole_characters(more, room);
        text->truncated = true;
    }
    memcpy(text->data + text->length, more, length);
    text->length += length;
    text->data[text->length] = '\0';
}

void
text_add(struct text *text, const char *more)
{
    text_add_bytes(text, more, strlen(more));
}

void
text_format(struct text *text, const char *format, ...)
{
    size_t room = text->size - text->length;
    va_list arguments;
    int length;

    if (text->truncated) {
        return;
    }
    va_start(arguments, format);
    length = vsnprintf(text->data + text->length, room, format, arguments);
    va_end(arguments);
    assert(length >= 0);
    if ((size_t)length >= room) {
        /* The NUL hides one byte of the cut: look at the bytes before it. */
        size_t end = text->size - 1;
        size_t start = end;

        while (start > text->length && end - start < 4 &&
               ((unsigned char)text->data[start - 1] & 0xC0u) == 0x80u)
        {
            start--;
        }
        if (start > text->length && ((unsigned char)text->data[start - 1] & 0x80u) != 0)
        {
            start--; /* the lead byte of a character that may have lost its tail */
        }
        text->data[start] = '\0';
        text->length = start;
        text->truncated = true;
        return;
    }
    text->length += (size_t)length;
}

void
text_add_escaped(struct text *text, const char *more)
{
    static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                "0123456789-._~";

    for (; *more != '\0'; more++) {
        if (strchr(plain, *more) != NULL) {
            text_add_bytes(text, more, 1);
        } else {
            text_format(text, "%%%02X", (unsigned)(unsigned char)*more);
        }
    }
}

bool
text_copy(char *target, size_t size, const char *source)
{
    struct text text = text_begin(target, size);

    text_add(&text, source);
    return !text.truncated;
}

bool
text_equal(const char *a, const char *b)
{
    return strcmp(a, b) == 0;
}

bool
text_starts_with(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* Length of the character that starts with `lead`, 0 for a byte that starts none. */
static size_t
sequence_length(unsigned char lead)
{
    if (lead >= 0xC2u && lead <= 0xDFu) {
        return 2;
    }
    if (lead >= 0xE0u && lead <= 0xEFu) {
        return 3;
    }
    if (lead >= 0xF0u && lead <= 0xF4u) {
        return 4;
    }
    return 0;
}

uint32_t
text_next(const char **text)
{
    static const uint32_t smallest[] = {0, 0, 0x80u, 0x800u, 0x10000u};
    const unsigned char *at = (const unsigned char *)*text;
    size_t length;
    uint32_t character;

    if (at[0] < 0x80u) { /* nearly always */
        *text += at[0] != 0;
        return at[0];
    }
    length = sequence_length(at[0]);
    if (length == 0) {
        *text += 1;
        return REPLACEMENT;
    }
    character = at[0] & (0x7Fu >> length);
    for (size_t i = 1; i < length; i++) {
        if ((at[i] & 0xC0u) != 0x80u) {
            *text += 1;
            return REPLACEMENT;
        }
        character = character << 6 | (at[i] & 0x3Fu);
    }
    if (character < smallest[length] || character > 0x10FFFFu ||
        (character >= 0xD800u && character <= 0xDFFFu))
    {
        *text += 1;
        return REPLACEMENT;
    }
    *text += length;
    return character;
}

bool
text_is_clean(const char *text)
{
    while (*text != '\0') {
        const char *at = text;
        uint32_t character;

        if (*at >= 0x20 && *at < 0x7F) {
            text++;
            continue;
        }
        character = text_next(&text);
        if (character < 0x20u || (character >= 0x7Fu && character <= 0x9Fu) ||
            (character == REPLACEMENT && text - at == 1))
        {
            return false;
        }
    }
    return true;
}

size_t
text_encode(uint32_t character, char target[5])
{
    size_t length = character < 0x80u      ? 1
                    : character < 0x800u   ? 2
                    : character < 0x10000u ? 3
                                           : 4;
    static const unsigned char leads[] = {0, 0, 0xC0u, 0xE0u, 0xF0u};

    for (size_t i = length - 1; i > 0; i--) {
        target[i] = (char)(0x80u | (character & 0x3Fu));
        character >>= 6;
    }
    target[0] = (char)(leads[length] | character);
    target[length] = '\0';
    return length;
}

static const char base32_digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

size_t
text_base32_length(size_t bytes)
{
    return (bytes * 8 + 4) / 5;
}

void
text_base32_encode(char *target, const uint8_t *bytes, size_t count)
{
    size_t digits = text_base32_length(count);

    for (size_t i = 0; i < digits; i++) {
        size_t bit = i * 5;
        unsigned pair = (unsigned)bytes[bit / 8] << 8;

        if (bit / 8 + 1 < count) {
            pair |= bytes[bit / 8 + 1];
        }
        target[i] = base32_digits[(pair >> (11 - bit % 8)) & 0x1Fu];
    }
    target[digits] = '\0';
}

bool
text_base32_decode(uint8_t *target, size_t count, const char *text, size_t length)
{
    unsigned spare = 0;
    size_t filled = 0;
    unsigned bits = 0;

    if (length != text_base32_length(count)) {
        return false;
    }
    for (size_t i = 0; i < length; i++) {
        const char *digit = text[i] != '\0' ? strchr(base32_digits, text[i]) : NULL;

        if (digit == NULL) {
            return false;
        }
        spare = spare << 5 | (unsigned)(digit - base32_digits);
        bits += 5;
        if (bits >= 8) {
            bits -= 8;
            target[filled++] = (uint8_t)(spare >> bits);
            spare &= (1u << bits) - 1;
        }
    }
    return filled == count && spare == 0;
}

void
text_hex_encode(char *target, const uint8_t *bytes, size_t count)
{
    static const char digits[] = "0123456789abcdef";

    for (size_t i = 0; i < count; i++) {
        target[2 * i] = digits[bytes[i] >> 4];
        target[2 * i + 1] = digits[bytes[i] & 0x0Fu];
    }
    target[2 * count] = '\0';
}

static int
hex_value(char digit)
{
    if (digit >= '0' && digit <= '9') {
        return digit - '0';
    }
    if (digit >= 'a' && digit <= 'f') {
        return digit - 'a' + 10;
    }
    if (digit >= 'A' && digit <= 'F') {
        return digit - 'A' + 10;
    }
    return -1;
}

bool
text_hex_decode(uint8_t *target, size_t count, const char *text)
{
    if (strlen(text) != 2 * count) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        int high = hex_value(text[2 * i]);
        int low = hex_value(text[2 * i + 1]);

        if (high < 0 || low < 0) {
            return false;
        }
        target[i] = (uint8_t)(high << 4 | low);
    }
    return true;
}
