#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "ticket/ticket_keys.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A list that is read can be written, and is read again as the same list. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct error error = {ERROR_NONE, ""};
    size_t count = 0, again_count = 0, length;
    struct ticket_key *keys, *again;
    struct json_writer *writer;
    const char *text;

    keys = ticket_keys_parse((const char *)data, size, &count, &error);
    if (keys == NULL) {
        return error.message[0] == '\0' ? abort(), 0 : 0;
    }
    writer = json_writer_create();
    json_write_object(writer);
    json_write_name(writer, "keys");
    ticket_keys_write(writer, keys, count);
    json_write_end(writer);
    text = json_writer_text(writer, &length);
    again = ticket_keys_parse(text, length, &again_count, &error);
    if (again == NULL || again_count != count) {
        abort();
    }
    json_writer_destroy(writer);
    free(again);
    free(keys);
    return 0;
}
