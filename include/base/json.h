#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * JSON read into a tree that remembers lines, and JSON written.
 *
 * Reading: the whole text in memory, parsed by yajl into one arena. Duplicate
 * names in an object, invalid UTF-8, NUL characters and nesting deeper than
 * JSON_DEPTH_MAX are refused with their line. All pointers out of a tree live
 * until json_destroy().
 *
 * What a tree or a writer held is wiped when it goes: a person may stand in it.
 */

#define JSON_DEPTH_MAX 32

enum json_type {
    JSON_NULL,
    JSON_BOOLEAN,
    JSON_INTEGER, /* fits int64_t */
    JSON_NUMBER,  /* any other number */
    JSON_STRING,
    JSON_ARRAY,
    JSON_OBJECT,
};

struct json; /* one value in a tree */

/* The root of the tree. NULL, with `error` "line N: …", when it is not JSON. */
struct json *json_parse(const char *text, size_t length, struct error *error);
void json_destroy(struct json *root);

enum json_type json_type(const struct json *value);
const char *json_type_name(enum json_type type); /* "text", "list": for messages */
int json_line(const struct json *value);         /* from 1 */

/* Children of an array or object, in order; NULL after the last. */
const struct json *json_first(const struct json *value);
const struct json *json_next(const struct json *value);
const char *json_name(const struct json *value); /* member name, NULL in an array */
size_t json_count(const struct json *value);

/* The member of that name, NULL when there is none (or `object` is none). */
const struct json *json_member(const struct json *object, const char *name);

/* The value; the type must match (assert). */
const char *json_string(const struct json *value);
int64_t json_integer(const struct json *value);
double json_number(const struct json *value);
bool json_boolean(const struct json *value);

/*
 * Required members for messages: false with "line 3: amount: must be a whole
 * number from 1 to 6" style errors.
 */
bool json_get_text(const struct json *object, const char *name, char *target,
                   size_t size, struct error *error);
bool json_get_integer(const struct json *object, const char *name, int64_t min,
                      int64_t max, int64_t *target, struct error *error);
bool json_get_boolean(const struct json *object, const char *name, bool *target,
                      struct error *error);
bool json_get_instant(const struct json *object, const char *name, int64_t *target,
                      struct error *error); /* RFC 3339 text */

/*
 * Writing: calls nest as the text does, the writer puts the commas. The text
 * grows in memory of the writer's.
 */
struct json_writer;

struct json_writer *json_writer_create(void);
void json_writer_destroy(struct json_writer *writer);
void json_write_object(struct json_writer *writer);
void json_write_array(struct json_writer *writer);
void json_write_end(struct json_writer *writer); /* of the innermost */
void json_write_name(struct json_writer *writer, const char *name);
void json_write_text(struct json_writer *writer, const char *text); /* valid UTF-8 */
void json_write_integer(struct json_writer *writer, int64_t value);
void json_write_number(struct json_writer *writer, double value);
void json_write_boolean(struct json_writer *writer, bool value);
void json_write_null(struct json_writer *writer);
void json_write_copy(struct json_writer *writer, const struct json *value);

/* The text so far, NUL-ended; the writer's, until the next write. */
const char *json_writer_text(const struct json_writer *writer, size_t *length);
