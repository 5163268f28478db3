#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "leased_parts.h"

/*
 * Settling: one request hands in what was given out and returns what can't be given out
 * any more; its answer is the next lease. A request whose answer is lost is sent again.
 */

#define GIVEN_MAX 20 /* in one request: the back office takes 24 */
#define RETURNED_MAX 100
#define ROUNDS_MAX 20

/* Nobody will ever have it from here. Durable before the back office is told. */
static bool
give_back(struct leased *leased, const struct lease_slot *slot, struct error *error)
{
    struct lease_given given = {.use = LEASE_RETURNED};
    struct appointment *appointment = &given.appointment;

    text_copy(appointment->id, sizeof(appointment->id), slot->id);
    text_copy(appointment->location, sizeof(appointment->location), slot->location);
    appointment->start = slot->start;
    appointment->end = slot->end;
    return lease_store_use(leased->store, &given, error);
}

/* What is too soon by now, elsewhere, or for nothing that may be booked offline. */
static bool
give_back_useless(struct leased *leased, struct error *error)
{
    const struct lease *lease = leased->lease;
    int64_t now = leased_time(leased);

    for (size_t i = 0; lease != NULL && i < lease->slot_count; i++) {
        const struct lease_slot *slot = &lease->slots[i];
        bool useless = strcmp(slot->location, lease->place.id) != 0 ||
                       lease->product_count == 0 || slot->withdrawn ||
                       (now != TIME_NONE && slot->start < now + LEASED_LEAD_S);

        if (useless && strcmp(slot->id, leased->reserved_slot) != 0 &&
            !leased_is_used(leased, slot->id) && !give_back(leased, slot, error))
        {
            return false;
        }
    }
    return leased_refresh(leased, error);
}

/* --- the request --------------------------------------------------------------- */

static void
write_text(struct json_writer *writer, const char *name, const char *text)
{
    json_write_name(writer, name);
    json_write_text(writer, text);
}

static void
write_given(struct json_writer *writer, const struct lease_given *given)
{
    const struct appointment *appointment = &given->appointment;

    json_write_object(writer);
    write_text(writer, "slot", appointment->id);
    write_text(writer, "key", given->key);
    json_write_name(writer, "cancelled");
    json_write_boolean(writer, given->use == LEASE_CANCELLED);
    json_write_name(writer, "items");
    json_write_array(writer);
    for (size_t i = 0; i < appointment->item_count; i++) {
        json_write_object(writer);
        write_text(writer, "product", appointment->items[i].product);
        json_write_name(writer, "persons");
        json_write_integer(writer, appointment->items[i].persons);
        json_write_end(writer);
    }
    json_write_end(writer);
    if (given->sealed[0] != '\0') {
        write_text(writer, "sealed", given->sealed);
    }
    json_write_end(writer);
}

/* Notes in `sent` what is in it; `*more` is left for the next request. */
static struct json_writer *
write_body(const struct leased *leased, struct lease_given *sent, size_t *sent_count,
           bool *more)
{
    struct json_writer *writer = json_writer_create();
    size_t given = 0, returned = 0;

    *sent_count = 0;
    *more = false;
    json_write_object(writer);
    json_write_name(writer, "given");
    json_write_array(writer);
    for (size_t i = 0; i < leased->used_count; i++) {
        const struct lease_given *used = &leased->used[i];

        if (used->use != LEASE_GIVEN && used->use != LEASE_CANCELLED) {
            continue;
        }
        *more |= given == GIVEN_MAX;
        if (given < GIVEN_MAX) {
            given++;
            write_given(writer, used);
            sent[(*sent_count)++] = *used;
        }
    }
    json_write_end(writer);
    json_write_name(writer, "returned");
    json_write_array(writer);
    for (size_t i = 0; i < leased->used_count; i++) {
        const struct lease_given *used = &leased->used[i];

        if (used->use == LEASE_RETURNED && returned < RETURNED_MAX) {
            returned++;
            json_write_text(writer, used->appointment.id);
            sent[(*sent_count)++] = *used;
        }
    }
    json_write_end(writer);
    json_write_end(writer);
    return writer;
}

/* --- the answer ---------------------------------------------------------------- */

static bool
take_answer(struct leased *leased, struct json *root, struct lease_anchor *anchor,
            const struct lease_given *sent, size_t count, struct error *error)
{
    struct lease *lease = lease_read(root, error);

    if (lease == NULL) {
        return false;
    }
    anchor->now = lease->now;
    if (!lease_store_settle(leased->store, lease, anchor, sent, count, error)) {
        lease_destroy(lease);
        return false;
    }
    lease_destroy(leased->lease);
    leased->lease = lease;
    leased->anchor = *anchor;
    return leased_refresh(leased, error);
}

static bool
settle_once(struct leased *leased, bool *more, struct error *error)
{
    struct leased_clock clock = leased->options.now(leased->options.data);
    /* The time that is told later counts from when it was asked: never too slow. */
    struct lease_anchor anchor = {.steady_ms = clock.steady_ms};
    struct lease_given *sent = memory_allocate(leased->used_count + 1, sizeof(*sent));
    struct json *root = NULL;
    size_t sent_count, length;
    struct json_writer *writer = write_body(leased, sent, &sent_count, more);
    bool good;

    memcpy(anchor.boot, clock.boot, sizeof(anchor.boot));
    good = leased->client->operations->settle(leased->client->maker,
                                              json_writer_text(writer, &length), &root,
                                              error) &&
           take_answer(leased, root, &anchor, sent, sent_count, error);
    json_writer_destroy(writer);
    memory_wipe(sent, sent_count * sizeof(*sent));
    free(sent);
    return good;
}

bool
leased_renew(void *maker, struct error *error)
{
    struct leased *leased = maker;
    bool more = true;

    for (int round = 0; round < ROUNDS_MAX && more; round++) {
        if (!give_back_useless(leased, error) || !settle_once(leased, &more, error)) {
            return false;
        }
    }
    return true;
}
