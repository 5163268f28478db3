#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "leased_parts.h"

#define LOG_MODULE "lease"
#include "base/log.h"

/* A slot goes from the lease to a citizen. */

static void
forget_reservation(struct leased *leased)
{
    leased->reserved_key[0] = leased->reserved_slot[0] = '\0';
}

/* A slot that is kept for this key until it is booked or given up; in memory only. Not
 * for a key that may have been booked with: that would be a second appointment. */
static bool
reserve(struct leased *leased, const struct appointment_booking *booking)
{
    const struct lease_slot *slot = leased_slot(leased, &booking->wish, booking->start);

    if (slot == NULL || text_equal(leased->uncertain_key, booking->key)) {
        return false;
    }
    text_copy(leased->reserved_key, sizeof(leased->reserved_key), booking->key);
    text_copy(leased->reserved_slot, sizeof(leased->reserved_slot), slot->id);
    return true;
}

/* What is taken there may be our own: nobody sees leased times but this kiosk. A hold
 * of which the answer was lost expires by itself. */
bool
leased_hold(void *maker, const struct appointment_booking *booking, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    bool good;

    if (leased_is_cut(leased) && reserve(leased, booking)) {
        return true;
    }
    good = client->operations->hold(client->maker, booking, error);
    leased_is_answer(leased, good, error);
    if (good) {
        forget_reservation(leased);
        return true;
    }
    return (error->kind == ERROR_OFFLINE || error->kind == ERROR_UNCERTAIN ||
            error->kind == ERROR_TAKEN) &&
           reserve(leased, booking);
}

bool
leased_release(void *maker, const char *key, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    struct lease_given given;

    if (text_equal(leased->reserved_key, key)) {
        forget_reservation(leased);
        return true;
    }
    if (lease_store_by_key(leased->store, key, &given, error)) {
        return true; /* what was given out stays so */
    }
    return error->kind == ERROR_NOT_FOUND &&
           client->operations->release(client->maker, key, error);
}

/* {"lastName": "…"}, for the eyes of the back office only. */
static bool
seal_values(const struct lease *lease, const struct appointment_booking *booking,
            struct lease_given *given, struct error *error)
{
    struct json_writer *writer;
    uint8_t sealed[LEASE_SEALED_BYTES];
    const char *text;
    size_t length;
    bool good;

    if (booking->value_count == 0) {
        return true;
    }
    writer = json_writer_create();
    json_write_object(writer);
    for (size_t i = 0; i < booking->value_count; i++) {
        json_write_name(writer, booking->values[i].name);
        json_write_text(writer, booking->values[i].value);
    }
    json_write_end(writer);
    text = json_writer_text(writer, &length);
    good = length + SEAL_OVERHEAD_BYTES <= sizeof(sealed)
               ? seal_message(lease->seal_key, text, length, sealed, error)
               : error_set(error, ERROR_REFUSED, "lease: too much was filled in");
    if (good) {
        text_hex_encode(given->sealed, sealed, length + SEAL_OVERHEAD_BYTES);
    }
    json_writer_destroy(writer); /* wipes what it held */
    return good;
}

static void
fill_appointment(const struct leased *leased, const struct appointment_booking *booking,
                 const struct lease_slot *slot, struct appointment *appointment)
{
    const struct lease *lease = leased->lease;
    uint8_t id[16];

    memset(appointment, 0, sizeof(*appointment));
    text_copy(appointment->id, sizeof(appointment->id), slot->id);
    text_copy(appointment->code, sizeof(appointment->code), slot->code);
    text_copy(appointment->location, sizeof(appointment->location), slot->location);
    appointment->start = slot->start;
    appointment->end = slot->start + lease_minutes(lease, &booking->wish) * 60;
    appointment->item_count = booking->wish.item_count;
    memcpy(appointment->items, booking->wish.items, sizeof(appointment->items));
    lease_name(lease, &booking->wish, appointment->name);
    text_hex_decode(id, sizeof(id), slot->id);
    leased->options.check_in(leased->options.data, id, slot->start, slot->location,
                             appointment->check_in);
}

/* Durable when it returns true: from here on there is a ticket. */
static bool
give(struct leased *leased, const struct appointment_booking *booking,
     const struct lease_slot *slot, struct appointment *appointment,
     struct error *error)
{
    struct lease_given given = {.use = LEASE_GIVEN};

    text_copy(given.key, sizeof(given.key), booking->key);
    fill_appointment(leased, booking, slot, &given.appointment);
    if (!seal_values(leased->lease, booking, &given, error) ||
        !lease_store_use(leased->store, &given, error) ||
        !leased_refresh(leased, error))
    {
        return false;
    }
    forget_reservation(leased);
    *appointment = given.appointment;
    log_info("an appointment was given out of the lease");
    return true;
}

/* The slot that was kept for it, if it still can be had. */
static bool
book_reserved(struct leased *leased, const struct appointment_booking *booking,
              struct appointment *appointment, struct error *error)
{
    const struct lease_slot *slot = leased_slot(leased, &booking->wish, booking->start);

    if (slot == NULL) {
        forget_reservation(leased);
        return error_set(error, ERROR_OFFLINE,
                         "lease: that time can't be given out any more");
    }
    return give(leased, booking, slot, appointment, error);
}

bool
leased_book(void *maker, const struct appointment_booking *booking,
            struct appointment *appointment, struct error *error)
{
    struct leased *leased = maker;
    const struct appointment_client *client = leased->client;
    const struct lease_slot *slot;
    struct lease_given given;

    if (lease_store_by_key(leased->store, booking->key, &given, error)) {
        *appointment = given.appointment; /* asked again */
        return given.use != LEASE_CANCELLED ||
               error_set(error, ERROR_REFUSED, "lease: this booking was cancelled");
    }
    if (error->kind != ERROR_NOT_FOUND) {
        return false;
    }
    if (text_equal(leased->reserved_key, booking->key)) {
        return book_reserved(leased, booking, appointment, error);
    }
    if (client->operations->book(client->maker, booking, appointment, error)) {
        return true;
    }
    if (error->kind == ERROR_UNCERTAIN) {
        text_copy(leased->uncertain_key, sizeof(leased->uncertain_key), booking->key);
    }
    /* What may have been booked there is not given out here as well. */
    slot = leased_slot(leased, &booking->wish, booking->start);
    return (error->kind == ERROR_OFFLINE || error->kind == ERROR_TAKEN) &&
           !text_equal(leased->uncertain_key, booking->key) && slot != NULL &&
           give(leased, booking, slot, appointment, error);
}
