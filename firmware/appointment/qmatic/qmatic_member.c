#include "qmatic_member.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"

static const struct json *
member_of(const struct json *object, const char *name, enum json_type type)
{
    const struct json *member = json_member(object, name);

    return member != NULL && json_type(member) == type ? member : NULL;
}

const char *
qmatic_text(const struct json *object, const char *name)
{
    const struct json *member = member_of(object, name, JSON_STRING);

    return member != NULL ? json_string(member) : NULL;
}

void
qmatic_words(const struct json *object, const char *name, char *target, size_t size)
{
    const char *text = qmatic_text(object, name);

    text_copy(target, size, text != NULL && text_is_clean(text) ? text : "");
}

bool
qmatic_id(const struct json *object, char id[APPOINTMENT_ID_BYTES])
{
    const char *text = qmatic_text(object, "publicId");

    return text != NULL && text[0] != '\0' && text_is_clean(text) &&
           text_copy(id, APPOINTMENT_ID_BYTES, text);
}

bool
qmatic_true(const struct json *object, const char *name)
{
    const struct json *member = member_of(object, name, JSON_BOOLEAN);

    return member != NULL && json_boolean(member);
}

int
qmatic_number(const struct json *object, const char *name, int max)
{
    const struct json *whole = member_of(object, name, JSON_INTEGER);
    const struct json *part = member_of(object, name, JSON_NUMBER);
    double number = whole != NULL  ? (double)json_integer(whole)
                    : part != NULL ? ceil(json_number(part))
                                   : -1;

    return number >= 0 && number <= max ? (int)number : -1;
}

const struct json *
qmatic_list(const struct json *object, const char *name)
{
    const struct json *member = member_of(object, name, JSON_ARRAY);

    return member != NULL ? json_first(member) : NULL;
}

int64_t
qmatic_instant(const struct json *object, const char *name)
{
    const char *told = qmatic_text(object, name);
    char text[TIME_TEXT_BYTES + 2];
    int64_t instant;
    size_t length;

    if (told == NULL || !text_copy(text, sizeof(text) - 1, told)) {
        return TIME_NONE;
    }
    length = strlen(text);
    if (length > 5 && (text[length - 5] == '+' || text[length - 5] == '-')) {
        memmove(text + length - 1, text + length - 2, 3); /* +0000 becomes +00:00 */
        text[length - 2] = ':';
    }
    return instant_parse(text, &instant) ? instant : TIME_NONE;
}
