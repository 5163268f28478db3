#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "usage/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* An event that is read can be written, and is read again as the same bytes. */
int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    char first[USAGE_EVENT_BYTES_MAX], second[USAGE_EVENT_BYTES_MAX];
    struct error error = {ERROR_NONE, ""};
    struct usage_position position;
    struct usage_event event;
    struct json *root = json_parse((const char *)data, size, &error);
    size_t length;

    if (root == NULL) {
        return 0;
    }
    if (usage_event_read(root, &event, &position, &error)) {
        struct json *again;

        length = usage_event_write(&event, &position, first);
        again = json_parse(first, length, &error);
        if (again == NULL || !usage_event_read(again, &event, &position, &error) ||
            usage_event_write(&event, &position, second) != length ||
            memcmp(first, second, length) != 0)
        {
            abort();
        }
        json_destroy(again);
    } else if (error.kind != ERROR_BAD_INPUT || error.message[0] == '\0') {
        abort();
    }
    json_destroy(root);
    return 0;
}
