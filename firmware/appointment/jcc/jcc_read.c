#include "jcc_read.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"

static const struct json *
member_of(const struct json *object, const char *name, enum json_type type)
{
    const struct json *member = json_member(object, name);

    return member != NULL && json_type(member) == type ? member : NULL;
}

const char *
jcc_text(const struct json *object, const char *name)
{
    const struct json *member = member_of(object, name, JSON_STRING);

    return member != NULL ? json_string(member) : "";
}

bool
jcc_flag(const struct json *object, const char *name, bool otherwise)
{
    const struct json *member = member_of(object, name, JSON_BOOLEAN);

    return member != NULL ? json_boolean(member) : otherwise;
}

int64_t
jcc_number(const struct json *object, const char *name, int64_t max)
{
    const struct json *member = member_of(object, name, JSON_INTEGER);
    int64_t number = member != NULL ? json_integer(member) : -1;

    return number >= 0 && number <= max ? number : -1;
}

const struct json *
jcc_list(const struct json *object, const char *name)
{
    return member_of(object, name, JSON_ARRAY);
}

void
jcc_copy_name(char *target, size_t size, const char *text)
{
    struct text copy = text_begin(target, size);

    text += strspn(text, " \t\r\n");
    while (*text != '\0') {
        const char *at = text;
        uint32_t character = text_next(&text);

        if (character >= 0x20u && (character < 0x7Fu || character > 0x9Fu)) {
            text_add_bytes(&copy, at, (size_t)(text - at));
        }
    }
    while (copy.length > 0 && target[copy.length - 1] == ' ') {
        target[--copy.length] = '\0';
    }
}

bool
jcc_copy_id(char *target, size_t size, const char *text)
{
    for (const char *at = text; *at != '\0'; at++) {
        if (*at <= ' ' || *at > '~') {
            return false;
        }
    }
    return text[0] != '\0' && text_copy(target, size, text);
}

void
jcc_copy_code(char target[JCC_CODE_BYTES], const struct json *object)
{
    const struct json *code = member_of(object, "code", JSON_INTEGER);
    const char *digits = jcc_text(object, "code");
    long long number = code != NULL ? json_integer(code) : 0;

    if (digits[0] != '\0' && strlen(digits) < 12 &&
        digits[strspn(digits, "-0123456789")] == '\0')
    {
        number = strtoll(digits, NULL, 10);
    }
    target[0] = '\0';
    if (number != 0) {
        snprintf(target, JCC_CODE_BYTES, " and code %lld", number);
    }
}

/* --- times ------------------------------------------------------------------------ */

bool
jcc_date_read(const char *text, struct date *date)
{
    char day[11];

    return !(strlen(text) > 10 && text[10] != 'T') &&
           (text_copy(day, sizeof(day), text) || day[0] != '\0') &&
           date_parse(day, date);
}

/* Two digits below `end`; -1 for none. */
static int
two_digits(const char *at, int end)
{
    int value;

    if (at[0] < '0' || at[0] > '9' || at[1] < '0' || at[1] > '9') {
        return -1;
    }
    value = (at[0] - '0') * 10 + at[1] - '0';
    return value < end ? value : -1;
}

/* "15:40", "15:40:00", "15:40:00.703". */
static bool
read_clock(const char *text, struct civil *civil)
{
    civil->hour = two_digits(text, 24);
    if (civil->hour < 0 || text[2] != ':') {
        return false;
    }
    civil->minute = two_digits(text + 3, 60);
    text += civil->minute < 0 ? 0 : 5;
    if (civil->minute >= 0 && *text == ':') {
        civil->second = two_digits(text + 1, 60);
        text += civil->second < 0 ? 0 : 3;
    }
    if (civil->minute >= 0 && civil->second >= 0 && *text == '.') {
        text += 1 + strspn(text + 1, "0123456789");
    }
    return civil->minute >= 0 && civil->second >= 0 && *text == '\0';
}

bool
jcc_time_read(const struct zone *zone, const char *text, int64_t *instant, bool *exists)
{
    struct civil civil = {.second = 0}, shown;

    *exists = true;
    if (instant_parse(text, instant)) {
        return true;
    }
    if (!jcc_date_read(text, &civil.date) || text[10] != 'T' ||
        !read_clock(text + 11, &civil))
    {
        return false;
    }
    *instant = zone_instant(zone, civil);
    shown = zone_civil(zone, *instant);
    *exists = shown.hour == civil.hour && shown.minute == civil.minute;
    return true;
}
