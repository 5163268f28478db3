#include "base/json_tree.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"
#include "base/time.h"

/* Reading a tree, and members of messages with what is wrong about them. */

enum json_type
json_type(const struct json *value)
{
    return value->type;
}

const char *
json_type_name(enum json_type type)
{
    static const char *const names[] = {
        [JSON_NULL] = "nothing",         [JSON_BOOLEAN] = "true or false",
        [JSON_INTEGER] = "whole number", [JSON_NUMBER] = "number",
        [JSON_STRING] = "text",          [JSON_ARRAY] = "list",
        [JSON_OBJECT] = "object",
    };

    return names[type];
}

int
json_line(const struct json *value)
{
    return value->line;
}

const struct json *
json_first(const struct json *value)
{
    return value->first;
}

const struct json *
json_next(const struct json *value)
{
    return value->next;
}

const char *
json_name(const struct json *value)
{
    return value->name;
}

size_t
json_count(const struct json *value)
{
    return value->count;
}

const struct json *
json_member(const struct json *object, const char *name)
{
    if (object == NULL || object->type != JSON_OBJECT) {
        return NULL;
    }
    for (const struct json *member = object->first; member != NULL;
         member = member->next) {
        if (strcmp(member->name, name) == 0) {
            return member;
        }
    }
    return NULL;
}

const char *
json_string(const struct json *value)
{
    assert(value->type == JSON_STRING);
    return value->text;
}

int64_t
json_integer(const struct json *value)
{
    assert(value->type == JSON_INTEGER);
    return value->integer;
}

double
json_number(const struct json *value)
{
    assert(value->type == JSON_NUMBER || value->type == JSON_INTEGER);
    return value->type == JSON_INTEGER ? (double)value->integer : value->number;
}

bool
json_boolean(const struct json *value)
{
    assert(value->type == JSON_BOOLEAN);
    return value->boolean;
}

/* The member, NULL with an error when it is missing or, if asked, of another type. */
static const struct json *
required(const struct json *object, const char *name, enum json_type type,
         struct error *error)
{
    const struct json *member = json_member(object, name);

    if (member == NULL) {
        error_set(error, ERROR_BAD_INPUT, "line %d: %s: is missing", json_line(object),
                  name);
    } else if (member->type != type) {
        error_set(error, ERROR_BAD_INPUT, "line %d: %s: must be %s, not %s",
                  member->line, name, json_type_name(type),
                  json_type_name(member->type));
        member = NULL;
    }
    return member;
}

bool
json_get_text(const struct json *object, const char *name, char *target, size_t size,
              struct error *error)
{
    const struct json *member = required(object, name, JSON_STRING, error);

    if (member == NULL) {
        return false;
    }
    if (strlen(member->text) >= size) {
        return error_set(error, ERROR_BAD_INPUT,
                         "line %d: %s: must be at most %zu bytes long", member->line,
                         name, size - 1);
    }
    return text_copy(target, size, member->text);
}

bool
json_get_integer(const struct json *object, const char *name, int64_t min, int64_t max,
                 int64_t *target, struct error *error)
{
    const struct json *member = json_member(object, name);

    if (member == NULL) {
        return required(object, name, JSON_INTEGER, error) != NULL;
    }
    if (member->type != JSON_INTEGER || member->integer < min || member->integer > max)
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "line %d: %s: must be a whole number from %lld to %lld",
                         member->line, name, (long long)min, (long long)max);
    }
    *target = member->integer;
    return true;
}

bool
json_get_boolean(const struct json *object, const char *name, bool *target,
                 struct error *error)
{
    const struct json *member = required(object, name, JSON_BOOLEAN, error);

    if (member == NULL) {
        return false;
    }
    *target = member->boolean;
    return true;
}

bool
json_get_instant(const struct json *object, const char *name, int64_t *target,
                 struct error *error)
{
    const struct json *member = required(object, name, JSON_STRING, error);

    if (member == NULL) {
        return false;
    }
    if (!instant_parse(member->text, target)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "line %d: %s: must be a time like 2026-08-21T15:40:00+02:00",
                         member->line, name);
    }
    return true;
}
