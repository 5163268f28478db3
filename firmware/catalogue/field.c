#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"
#include "catalogue/reader.h"

/* The kinds of value that a field can have. */

static size_t
character_count(const char *text)
{
    size_t count = 0;

    while (text_next(&text) != 0) {
        count++;
    }
    return count;
}

const char *
reader_text(struct reader *reader, const struct place *place, int max)
{
    char shown[VALUE_TEXT_BYTES];
    const char *text;
    size_t count;

    if (json_type(place->json) != JSON_STRING) {
        reader_problem(reader, place, "must be text, not %s",
                       value_text(place->json, shown));
        return NULL;
    }
    text = json_string(place->json);
    count = character_count(text);
    if (!text_is_clean(text)) {
        reader_problem(reader, place, "has a character that cannot be shown");
        return NULL;
    }
    if (count == 0) {
        reader_problem(reader, place, "must not be empty");
        return NULL;
    }
    if (count > (size_t)max) {
        reader_problem(reader, place, "has %zu characters, and at most %d fit", count,
                       max);
        return NULL;
    }
    if (text[0] == ' ' || text[strlen(text) - 1] == ' ') {
        reader_problem(reader, place, "must not begin or end with a space");
        return NULL;
    }
    return text;
}

/* Reads a text; one that is not required may be "". NULL: nothing to store. */
static const char *
field_text(struct reader *reader, const struct place *place, const struct field *field)
{
    if ((field->flags & FIELD_REQUIRED) == 0 && json_type(place->json) == JSON_STRING &&
        json_string(place->json)[0] == '\0')
    {
        return NULL;
    }
    return reader_text(reader, place,
                       field->max != 0 ? field->max : TEXT_CHARACTERS_MAX);
}

static void
store_text(struct reader *reader, void *target, const char *text)
{
    *(const char **)target = arena_copy_text(reader->arena, text);
}

void
read_text(struct reader *reader, const struct place *place, const struct field *field,
          void *target)
{
    const char *text = field_text(reader, place, field);

    if (text != NULL) {
        store_text(reader, target, text);
    }
}

static bool
id_is_valid(const char *id)
{
    if (id[0] == '-' || id[strlen(id) - 1] == '-') {
        return false;
    }
    return strspn(id, "abcdefghijklmnopqrstuvwxyz0123456789-") == strlen(id);
}

void
read_id(struct reader *reader, const struct place *place, const struct field *field,
        void *target)
{
    const char *id = reader_text(reader, place, CATALOGUE_ID_BYTES - 1);
    char shown[VALUE_TEXT_BYTES];

    (void)field;
    if (id != NULL && !id_is_valid(id)) {
        reader_problem(reader, place, "must be made of a-z, 0-9 and -, not %s",
                       value_text(place->json, shown));
    } else if (id != NULL) {
        store_text(reader, target, id);
    }
}

/* Of another system: it has no spaces, and fits in what asks by it. */
void
read_appointment_id(struct reader *reader, const struct place *place,
                    const struct field *field, void *target)
{
    const char *id = field_text(reader, place, field);
    char shown[VALUE_TEXT_BYTES];

    if (id == NULL) {
        return;
    }
    for (const char *at = id; *at != '\0'; at++) {
        if (*at < '!' || *at > '~') {
            reader_problem(reader, place,
                           "must be the id that the appointment system "
                           "has, without spaces, not %s",
                           value_text(place->json, shown));
            return;
        }
    }
    store_text(reader, target, id);
}

void
read_icon(struct reader *reader, const struct place *place, const struct field *field,
          void *target)
{
    const char *icon = field_text(reader, place, field);
    char shown[VALUE_TEXT_BYTES];

    if (icon == NULL) {
        return;
    }
    if (strspn(icon, "abcdefghijklmnopqrstuvwxyz0123456789_") != strlen(icon)) {
        reader_problem(reader, place, "must be the name of a Material icon, not %s",
                       value_text(place->json, shown));
        return;
    }
    store_text(reader, target, icon);
}

void
read_phone(struct reader *reader, const struct place *place, const struct field *field,
           void *target)
{
    const char *phone = field_text(reader, place, field);
    char shown[VALUE_TEXT_BYTES];

    if (phone == NULL) {
        return;
    }
    if (strspn(phone, "0123456789 +-()") != strlen(phone)) {
        reader_problem(reader, place, "must be a telephone number, not %s",
                       value_text(place->json, shown));
        return;
    }
    store_text(reader, target, phone);
}

/* A host and what follows, of the characters that a web address is made of. */
static bool
address_is_valid(const char *address)
{
    size_t host = strcspn(address, "/");

    if (host == 0 || memchr(address, '.', host) == NULL || address[0] == '.' ||
        address[host - 1] == '.')
    {
        return false;
    }
    for (const char *at = address; *at != '\0'; at++) {
        if (!isalnum((unsigned char)*at) && strchr("-._~/?#&=%+:,;@!()*", *at) == NULL)
        {
            return false;
        }
    }
    return true;
}

void
read_url(struct reader *reader, const struct place *place, const struct field *field,
         void *target)
{
    const char *url = field_text(reader, place, field);
    char shown[VALUE_TEXT_BYTES];

    if (url == NULL) {
        return;
    }
    if (!text_starts_with(url, "https://") ||
        !address_is_valid(url + strlen("https://"))) {
        reader_problem(reader, place, "must be a web address with https://, not %s",
                       value_text(place->json, shown));
        return;
    }
    store_text(reader, target, url);
}

void
read_address(struct reader *reader, const struct place *place,
             const struct field *field, void *target)
{
    const char *address = field_text(reader, place, field);
    char shown[VALUE_TEXT_BYTES];

    if (address == NULL) {
        return;
    }
    if (strstr(address, "://") != NULL || !address_is_valid(address)) {
        reader_problem(reader, place,
                       "must be a web address as printed, without https://, not %s",
                       value_text(place->json, shown));
        return;
    }
    store_text(reader, target, address);
}

void
read_integer(struct reader *reader, const struct place *place,
             const struct field *field, void *target)
{
    char shown[VALUE_TEXT_BYTES];

    if (json_type(place->json) != JSON_INTEGER ||
        json_integer(place->json) < field->min ||
        json_integer(place->json) > field->max)
    {
        reader_problem(reader, place, "must be a whole number from %d to %d, not %s",
                       field->min, field->max, value_text(place->json, shown));
        return;
    }
    *(int *)target = (int)json_integer(place->json);
}

void
read_number(struct reader *reader, const struct place *place, const struct field *field,
            void *target)
{
    char shown[VALUE_TEXT_BYTES];
    double value = 0;

    if (json_type(place->json) == JSON_INTEGER) {
        value = (double)json_integer(place->json);
    } else if (json_type(place->json) == JSON_NUMBER) {
        value = json_number(place->json);
    }
    if ((json_type(place->json) != JSON_INTEGER &&
         json_type(place->json) != JSON_NUMBER) ||
        !(value >= field->min && value <= field->max))
    {
        reader_problem(reader, place, "must be a number from %d to %d, not %s",
                       field->min, field->max, value_text(place->json, shown));
        return;
    }
    *(double *)target = value;
}

void
read_boolean(struct reader *reader, const struct place *place,
             const struct field *field, void *target)
{
    char shown[VALUE_TEXT_BYTES];

    (void)field;
    if (json_type(place->json) != JSON_BOOLEAN) {
        reader_problem(reader, place, "must be true or false, not %s",
                       value_text(place->json, shown));
        return;
    }
    *(bool *)target = json_boolean(place->json);
}

void
read_date(struct reader *reader, const struct place *place, const struct field *field,
          void *target)
{
    char shown[VALUE_TEXT_BYTES];
    struct date date;

    (void)field;
    if (json_type(place->json) != JSON_STRING ||
        !date_parse(json_string(place->json), &date))
    {
        reader_problem(reader, place, "must be a date like \"2026-11-22\", not %s",
                       value_text(place->json, shown));
        return;
    }
    *(struct date *)target = date;
}
