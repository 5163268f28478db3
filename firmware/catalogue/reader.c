#include "catalogue/reader.h"

#include <assert.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#define SENTENCE_BYTES ERROR_MESSAGE_BYTES
#define SHOWN_CHARACTERS_MAX 80 /* of a wrong value in a message */

/* --- places ----------------------------------------------------------------- */

struct place
place_member(const struct place *parent, const char *name)
{
    return (struct place){
        .parent = parent, .name = name, .json = json_member(parent->json, name)};
}

struct place
place_item(const struct place *parent, size_t index)
{
    const struct json *json = json_first(parent->json);

    for (size_t i = 0; i < index && json != NULL; i++) {
        json = json_next(json);
    }
    return (struct place){.parent = parent, .index = index, .json = json};
}

/* Text out of the file as it may stand in a log: bounded, nothing invisible. */
static void
add_visible(struct text *text, const char *shown)
{
    for (int i = 0; *shown != '\0'; i++) {
        const char *at = shown;
        uint32_t character = text_next(&shown);

        if (i == SHOWN_CHARACTERS_MAX) {
            text_add(text, "…");
            return;
        }
        if (character < 0x20u || (character >= 0x7Fu && character <= 0x9Fu)) {
            text_add(text, "?");
        } else {
            text_add_bytes(text, at, (size_t)(shown - at));
        }
    }
}

static void
add_path(struct text *text, const struct place *place)
{
    if (place->parent == NULL) {
        return;
    }
    add_path(text, place->parent);
    if (place->name == NULL) {
        text_format(text, "[%zu]", place->index);
        return;
    }
    if (text->length > 0) {
        text_add(text, ".");
    }
    add_visible(text, place->name);
}

/* A field that is absent is reported at the line of what should have it. */
static int
place_line(const struct place *place)
{
    while (place->json == NULL) {
        place = place->parent;
    }
    return json_line(place->json);
}

/* --- problems --------------------------------------------------------------- */

static void add_problem(struct reader *reader, const struct place *place, bool advice,
                        const char *format, va_list arguments)
    __attribute__((format(printf, 4, 0)));

static void
add_problem(struct reader *reader, const struct place *place, bool advice,
            const char *format, va_list arguments)
{
    struct catalogue_problems *problems = reader->problems;
    char sentence[SENTENCE_BYTES], rest[SENTENCE_BYTES];
    struct text text = text_begin(sentence, sizeof(sentence));

    *(advice ? &problems->advice_count : &problems->wrong_count) += 1;
    if (problems->count == CATALOGUE_PROBLEMS_MAX ||
        (advice && problems->advice_count > CATALOGUE_ADVICE_MAX))
    {
        return;
    }
    vsnprintf(rest, sizeof(rest), format, arguments);
    add_path(&text, place);
    if (text.length > 0) {
        text_add(&text, ": ");
    }
    text_add(&text, rest);
    if (problems->count % 64 == 0) {
        problems->list = memory_resize(problems->list, problems->count + 64,
                                       sizeof(*problems->list));
    }
    problems->list[problems->count++] = (struct catalogue_problem){
        .line = place_line(place),
        .advice = advice,
        .sentence = memory_copy_text(sentence),
    };
}

void
reader_problem(struct reader *reader, const struct place *place, const char *format,
               ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_problem(reader, place, false, format, arguments);
    va_end(arguments);
}

void
reader_advice(struct reader *reader, const struct place *place, const char *format, ...)
{
    va_list arguments;

    va_start(arguments, format);
    add_problem(reader, place, true, format, arguments);
    va_end(arguments);
}

const char *
value_text(const struct json *json, char target[VALUE_TEXT_BYTES])
{
    struct text text = text_begin(target, VALUE_TEXT_BYTES);

    switch (json_type(json)) {
    case JSON_NULL:
        text_add(&text, "null");
        break;
    case JSON_BOOLEAN:
        text_add(&text, json_boolean(json) ? "true" : "false");
        break;
    case JSON_INTEGER:
        text_format(&text, "%lld", (long long)json_integer(json));
        break;
    case JSON_NUMBER:
        text_format(&text, "%g", json_number(json));
        break;
    case JSON_STRING:
        text_add(&text, "\"");
        add_visible(&text, json_string(json));
        text_add(&text, "\"");
        break;
    case JSON_ARRAY:
        text_add(&text, "a list");
        break;
    case JSON_OBJECT:
        text_add(&text, "an object");
        break;
    }
    return target;
}

/* --- objects and lists -------------------------------------------------------- */

static bool
field_is_known(const struct field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(fields[i].name, name)) {
            return true;
        }
    }
    return false;
}

void
reader_object(struct reader *reader, const struct place *place,
              const struct field *fields, size_t count, void *target)
{
    char shown[VALUE_TEXT_BYTES];

    for (size_t i = 0; i < count; i++) {
        if ((fields[i].flags & FIELD_TEXT) != 0) {
            *(const char **)(void *)((char *)target + fields[i].offset) = "";
        }
    }
    if (json_type(place->json) != JSON_OBJECT) {
        reader_problem(reader, place, "must be an object, not %s",
                       value_text(place->json, shown));
        return;
    }
    for (size_t i = 0; i < count; i++) {
        struct place member = place_member(place, fields[i].name);

        if (member.json != NULL) {
            fields[i].read(reader, &member, &fields[i],
                           (char *)target + fields[i].offset);
        } else if ((fields[i].flags & FIELD_REQUIRED) != 0) {
            reader_problem(reader, &member, "is missing");
        }
    }
    for (const struct json *json = json_first(place->json); json != NULL;
         json = json_next(json))
    {
        if (!field_is_known(fields, count, json_name(json))) {
            struct place member = {place, json_name(json), 0, json};

            reader_problem(reader, &member, "is not a field that is known here");
        }
    }
}

void *
reader_list(struct reader *reader, const struct place *place,
            const struct list_shape *shape, void *owner, size_t *count)
{
    char shown[VALUE_TEXT_BYTES];
    struct place item = {.parent = place};
    size_t found;
    char *items;

    *count = 0;
    if (json_type(place->json) != JSON_ARRAY) {
        reader_problem(reader, place, "must be a list, not %s",
                       value_text(place->json, shown));
        return NULL;
    }
    found = json_count(place->json);
    if (found < shape->min || found > shape->max) {
        reader_problem(reader, place, "must be a list of %zu to %zu, not of %zu",
                       shape->min, shape->max, found);
        return NULL;
    }
    if (found == 0) {
        return NULL;
    }
    items = arena_allocate(reader->arena, found, shape->size);
    for (item.json = json_first(place->json); item.json != NULL;
         item.json = json_next(item.json))
    {
        shape->read(reader, &item, owner, items + item.index * shape->size);
        item.index++;
    }
    *count = found;
    return items;
}

static const char *
item_id(const void *items, size_t size, size_t index)
{
    const char *id;

    memcpy(&id, (const char *)items + index * size, sizeof(id));
    return id;
}

void
reader_check_unique(struct reader *reader, const struct place *place, const void *items,
                    size_t count, size_t size)
{
    for (size_t i = 1; i < count; i++) {
        const char *id = item_id(items, size, i);

        for (size_t j = 0; j < i && id[0] != '\0'; j++) {
            if (text_equal(id, item_id(items, size, j))) {
                struct place item = place_item(place, i);
                struct place member = place_member(&item, "id");

                reader_problem(reader, &member, "\"%s\" is taken by item %zu already",
                               id, j);
                break;
            }
        }
    }
}

const void *
reader_find(const void *items, size_t count, size_t size, const char *id)
{
    for (size_t i = 0; i < count; i++) {
        const char *other = item_id(items, size, i);

        if (other != NULL && text_equal(other, id)) {
            return (const char *)items + i * size;
        }
    }
    return NULL;
}

const void *
reader_reference(struct reader *reader, const struct place *place, const char *kind,
                 const void *items, size_t count, size_t size)
{
    const char *id = reader_text(reader, place, CATALOGUE_ID_BYTES - 1);
    char shown[VALUE_TEXT_BYTES];
    const void *found;

    if (id == NULL) {
        return NULL;
    }
    found = reader_find(items, count, size, id);
    if (found == NULL) {
        reader_problem(reader, place, "there is no %s %s", kind,
                       value_text(place->json, shown));
    }
    return found;
}
