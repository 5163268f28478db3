#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "base/json.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
write_value(struct json_writer *writer, const struct json *value)
{
    if (json_name(value) != NULL) {
        json_write_name(writer, json_name(value));
    }
    switch (json_type(value)) {
    case JSON_NULL:
        json_write_null(writer);
        return;
    case JSON_BOOLEAN:
        json_write_boolean(writer, json_boolean(value));
        return;
    case JSON_INTEGER:
        json_write_integer(writer, json_integer(value));
        return;
    case JSON_NUMBER:
        json_write_number(writer, json_number(value));
        return;
    case JSON_STRING:
        json_write_text(writer, json_string(value));
        return;
    case JSON_ARRAY:
        json_write_array(writer);
        break;
    case JSON_OBJECT:
        json_write_object(writer);
        break;
    }
    for (const struct json *child = json_first(value); child != NULL;
         child = json_next(child))
    {
        write_value(writer, child);
    }
    json_write_end(writer);
}

/* Any bytes are refused with a reason, or written out as JSON that is read again. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {0};
    struct json *root = json_parse((const char *)data, size, &error);
    struct json_writer *writer;
    struct json *again;
    size_t length;

    if (root == NULL) {
        return error.kind == ERROR_BAD_INPUT ? 0 : (abort(), 0);
    }
    writer = json_writer_create();
    write_value(writer, root);
    json_writer_text(writer, &length);
    again = json_parse(json_writer_text(writer, NULL), length, &error);
    if (again == NULL || json_count(again) != json_count(root)) {
        abort();
    }
    json_destroy(again);
    json_writer_destroy(writer);
    json_destroy(root);
    return 0;
}
