#include "base/json.h"

#include <assert.h>
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

struct level {
    bool is_object;
    bool has_children;
};

struct json_writer {
    char *text;
    size_t length, size;
    struct level levels[JSON_DEPTH_MAX];
    size_t depth;
    bool named;    /* a name stands written, its value comes next */
    bool complete; /* the root value is there */
};

struct json_writer *
json_writer_create(void)
{
    struct json_writer *writer = memory_allocate(1, sizeof(*writer));

    writer->size = 256;
    writer->text = memory_allocate(1, writer->size);
    return writer;
}

void
json_writer_destroy(struct json_writer *writer)
{
    if (writer == NULL) {
        return;
    }
    memory_wipe(writer->text, writer->length);
    free(writer->text);
    free(writer);
}

static void
put_bytes(struct json_writer *writer, const char *bytes, size_t length)
{
    if (writer->size - writer->length <= length) {
        char *before = writer->text;

        writer->size = 2 * (writer->size + length);
        writer->text = memory_allocate(1, writer->size);
        memcpy(writer->text, before, writer->length);
        memory_wipe(before, writer->length);
        free(before);
    }
    memcpy(writer->text + writer->length, bytes, length);
    writer->length += length;
    writer->text[writer->length] = '\0';
}

static void
put(struct json_writer *writer, const char *text)
{
    put_bytes(writer, text, strlen(text));
}

/* What stands before a value: a comma, or nothing. */
static void
begin_value(struct json_writer *writer)
{
    struct level *level;

    if (writer->depth == 0) {
        assert(!writer->complete);
        writer->complete = true;
        return;
    }
    level = &writer->levels[writer->depth - 1];
    assert(level->is_object == writer->named);
    if (writer->named) {
        writer->named = false;
        return;
    }
    if (level->has_children) {
        put(writer, ",");
    }
    level->has_children = true;
}

static void
open_level(struct json_writer *writer, bool is_object)
{
    begin_value(writer);
    assert(writer->depth < JSON_DEPTH_MAX);
    put(writer, is_object ? "{" : "[");
    writer->levels[writer->depth++] = (struct level){.is_object = is_object};
}

void
json_write_object(struct json_writer *writer)
{
    open_level(writer, true);
}

void
json_write_array(struct json_writer *writer)
{
    open_level(writer, false);
}

void
json_write_end(struct json_writer *writer)
{
    assert(writer->depth > 0 && !writer->named);
    put(writer, writer->levels[--writer->depth].is_object ? "}" : "]");
}

/* One character that cannot stand as it is. */
static void
put_escaped(struct json_writer *writer, uint32_t character)
{
    char bytes[8];

    if (character == '"' || character == '\\') {
        bytes[0] = '\\';
        bytes[1] = (char)character;
        bytes[2] = '\0';
    } else if (character == '\n') {
        strcpy(bytes, "\\n");
    } else if (character < 0x20u || character == 0x7Fu) {
        snprintf(bytes, sizeof(bytes), "\\u%04" PRIx32, character);
    } else {
        text_encode(character, bytes); /* U+FFFD in the place of a broken byte */
    }
    put(writer, bytes);
}

static void
put_quoted(struct json_writer *writer, const char *text)
{
    const char *plain = text; /* the run that can be copied as it is */

    put(writer, "\"");
    while (*text != '\0') {
        const char *at = text;
        uint32_t character = text_next(&text);

        if (character == '"' || character == '\\' || character < 0x20u ||
            character == 0x7Fu || (character == 0xFFFDu && text - at == 1))
        {
            put_bytes(writer, plain, (size_t)(at - plain));
            put_escaped(writer, character);
            plain = text;
        }
    }
    put_bytes(writer, plain, (size_t)(text - plain));
    put(writer, "\"");
}

void
json_write_name(struct json_writer *writer, const char *name)
{
    struct level *level;

    assert(writer->depth > 0 && !writer->named);
    level = &writer->levels[writer->depth - 1];
    assert(level->is_object);
    if (level->has_children) {
        put(writer, ",");
    }
    level->has_children = true;
    put_quoted(writer, name);
    put(writer, ":");
    writer->named = true;
}

void
json_write_text(struct json_writer *writer, const char *text)
{
    begin_value(writer);
    put_quoted(writer, text);
}

void
json_write_integer(struct json_writer *writer, int64_t value)
{
    char digits[24];

    begin_value(writer);
    snprintf(digits, sizeof(digits), "%" PRId64, value);
    put(writer, digits);
}

void
json_write_number(struct json_writer *writer, double value)
{
    char digits[32];

    assert(isfinite(value));
    begin_value(writer);
    /* The shortest of these that reads back as the same number. */
    for (int precision = 15; precision <= 17; precision++) {
        snprintf(digits, sizeof(digits), "%.*g", precision, value);
        if (memcmp(&(double){strtod(digits, NULL)}, &value, sizeof(value)) == 0) {
            break;
        }
    }
    put(writer, digits);
}

void
json_write_boolean(struct json_writer *writer, bool value)
{
    begin_value(writer);
    put(writer, value ? "true" : "false");
}

void
json_write_null(struct json_writer *writer)
{
    begin_value(writer);
    put(writer, "null");
}

const char *
json_writer_text(const struct json_writer *writer, size_t *length)
{
    if (length != NULL) {
        *length = writer->length;
    }
    return writer->text;
}

void
json_write_copy(struct json_writer *writer, const struct json *value)
{
    switch (json_type(value)) {
    case JSON_NULL:
        json_write_null(writer);
        break;
    case JSON_BOOLEAN:
        json_write_boolean(writer, json_boolean(value));
        break;
    case JSON_INTEGER:
        json_write_integer(writer, json_integer(value));
        break;
    case JSON_NUMBER:
        json_write_number(writer, json_number(value));
        break;
    case JSON_STRING:
        json_write_text(writer, json_string(value));
        break;
    case JSON_ARRAY:
    case JSON_OBJECT:
        if (json_type(value) == JSON_OBJECT) {
            json_write_object(writer);
        } else {
            json_write_array(writer);
        }
        for (const struct json *child = json_first(value); child != NULL;
             child = json_next(child))
        {
            if (json_name(child) != NULL) {
                json_write_name(writer, json_name(child));
            }
            json_write_copy(writer, child);
        }
        json_write_end(writer);
        break;
    }
}
