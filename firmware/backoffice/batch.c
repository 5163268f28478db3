#include "backoffice/batch.h"

#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "usage/wire.h"

static bool
read_event(struct batch *batch, size_t index, const struct json *value,
           struct error *error)
{
    struct usage_position position = {0};
    char text[USAGE_EVENT_BYTES_MAX];
    size_t length;

    if (!usage_event_read(value, &batch->events[index], &position, error)) {
        return error_prefix(error, "event %zu", index + 1);
    }
    if (index == 0) {
        memcpy(batch->kiosk, position.kiosk, sizeof(batch->kiosk));
        memcpy(batch->stream, position.stream, sizeof(batch->stream));
        batch->first = position.sequence;
    }
    if (!text_equal(batch->kiosk, position.kiosk) ||
        memcmp(batch->stream, position.stream, sizeof(batch->stream)) != 0)
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "event %zu: is of another stream than the first", index + 1);
    }
    if (position.sequence != batch->first + (int64_t)index) {
        return error_set(error, ERROR_BAD_INPUT,
                         "event %zu: its id does not follow the one before", index + 1);
    }
    batch->last = position.sequence;
    length = usage_event_write(&batch->events[index], &position, text);
    hash_link(batch->links[index], text, length, batch->links[index + 1]);
    return true;
}

static bool
read_events(struct batch *batch, const struct json *list, struct error *error)
{
    size_t index = 0;

    if (json_type(list) != JSON_ARRAY) {
        return error_set(error, ERROR_BAD_INPUT, "the body must be a list of events");
    }
    batch->count = json_count(list);
    if (batch->count == 0) {
        return error_set(error, ERROR_BAD_INPUT, "there is no event in the batch");
    }
    if (batch->count > WIRE_EVENTS_MAX) {
        return error_set(error, ERROR_REFUSED, "a batch has at most %d events, not %zu",
                         WIRE_EVENTS_MAX, batch->count);
    }
    batch->events = memory_allocate(batch->count, sizeof(*batch->events));
    for (const struct json *value = json_first(list); value != NULL;
         value = json_next(value))
    {
        if (!read_event(batch, index++, value, error)) {
            return false;
        }
    }
    return true;
}

bool
batch_read(struct batch *batch, const char *body, size_t length, const char *chain,
           struct error *error)
{
    struct json *list;
    bool good;

    memset(batch, 0, sizeof(*batch));
    batch->links = memory_allocate(WIRE_EVENTS_MAX + 1, sizeof(*batch->links));
    if (chain == NULL || !text_hex_decode(batch->links[0], HASH_BYTES, chain)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "the header " WIRE_CHAIN_HEADER " must have %d hexadecimal "
                         "digits",
                         2 * HASH_BYTES);
    }
    list = json_parse(body, length, error);
    if (list == NULL) {
        return false;
    }
    good = read_events(batch, list, error);
    json_destroy(list);
    return good;
}

void
batch_finish(struct batch *batch)
{
    free(batch->events);
    free(batch->links);
    memset(batch, 0, sizeof(*batch));
}
