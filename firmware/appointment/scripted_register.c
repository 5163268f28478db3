#include "scripted_register.h"

#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

static const char *const required_fields[] = {"lastName", "phoneNumber"};

int64_t
register_now(const struct scripted *scripted)
{
    return scripted->now != NULL ? scripted->now(scripted->data) : time_now_s();
}

bool
register_answer_is_lost(struct scripted *scripted, struct error *error)
{
    if (scripted->fail_next != ERROR_UNCERTAIN) {
        return false;
    }
    scripted->fail_next = ERROR_NONE;
    return !error_set(error, ERROR_UNCERTAIN, "scripted: the answer is lost");
}

bool
register_takes_room(const struct record *record, int64_t now)
{
    return record->held ? record->expires > now && !record->given_up
                        : record->appointment.state != APPOINTMENT_CANCELLED;
}

bool
register_is_taken(const struct scripted *scripted, const char *location, int64_t start,
                  int64_t end, const char *except_key)
{
    int64_t now = register_now(scripted);

    for (size_t i = 0; i < scripted->record_count; i++) {
        const struct record *record = &scripted->records[i];

        if (register_takes_room(record, now) && start < record->appointment.end &&
            record->appointment.start < end &&
            text_equal(record->appointment.location, location) &&
            (except_key == NULL || !text_equal(record->key, except_key)))
        {
            return true;
        }
    }
    return false;
}

struct record *
register_find(struct scripted *scripted, const char *key, const char *id)
{
    for (size_t i = 0; i < scripted->record_count; i++) {
        struct record *record = &scripted->records[i];

        if (key != NULL ? text_equal(record->key, key)
                        : !record->held && text_equal(record->appointment.id, id))
        {
            return record;
        }
    }
    return NULL;
}

struct record *
register_add(struct scripted *scripted)
{
    struct record *record;

    scripted->records = memory_resize(scripted->records, scripted->record_count + 1,
                                      sizeof(*scripted->records));
    record = &scripted->records[scripted->record_count++];
    memset(record, 0, sizeof(*record));
    return record;
}

/* Somebody else was first, says the script: a booking of theirs takes the time. */
static bool
is_snatched(struct scripted *scripted, const struct appointment_booking *booking,
            int64_t end)
{
    struct record *record;

    if (scripted->fail_next != ERROR_TAKEN) {
        return false;
    }
    scripted->fail_next = ERROR_NONE;
    record = register_add(scripted);
    record->appointment.start = booking->start;
    record->appointment.end = end;
    text_copy(record->appointment.location, sizeof(record->appointment.location),
              booking->wish.location);
    return true;
}

/* Is the time there, and free but for this key's own hold? */
static bool
check_free(struct scripted *scripted, const struct appointment_booking *booking,
           int64_t *end, struct error *error)
{
    int minutes;

    if (!agenda_minutes(&scripted->agenda, &booking->wish, &minutes, error) ||
        !agenda_has_start(&scripted->agenda, &booking->wish, booking->start, error))
    {
        return false;
    }
    *end = booking->start + minutes * 60;
    if (is_snatched(scripted, booking, *end) ||
        booking->start <= register_now(scripted) ||
        register_is_taken(scripted, booking->wish.location, booking->start, *end,
                          booking->key))
    {
        return error_set(error, ERROR_TAKEN, "scripted: the time is taken");
    }
    return true;
}

bool
register_hold(struct scripted *scripted, const struct appointment_booking *booking,
              struct error *error)
{
    struct record *record = register_find(scripted, booking->key, NULL);
    int64_t end;

    if (record != NULL && (!record->held || record->given_up)) {
        return error_set(error, ERROR_REFUSED, "scripted: the key is spent");
    }
    if (!check_free(scripted, booking, &end, error)) {
        return false;
    }
    record =
        register_find(scripted, booking->key, NULL); /* a snatched time moves records */
    if (record == NULL) {
        record = register_add(scripted);
        text_copy(record->key, sizeof(record->key), booking->key);
        record->held = true;
    }
    record->appointment.start = booking->start;
    record->appointment.end = end;
    text_copy(record->appointment.location, sizeof(record->appointment.location),
              booking->wish.location);
    record->expires = register_now(scripted) + SCRIPTED_HOLD_S;
    return true;
}

static bool
values_are_complete(const struct appointment_booking *booking, struct error *error)
{
    size_t required = sizeof(required_fields) / sizeof(required_fields[0]);

    for (size_t i = 0; i < required; i++) {
        bool given = false;

        for (size_t j = 0; j < booking->value_count; j++) {
            given |= text_equal(booking->values[j].name, required_fields[i]) &&
                     booking->values[j].value[0] != '\0';
        }
        if (!given) {
            return error_set(error, ERROR_REFUSED, "scripted: %s is missing",
                             required_fields[i]);
        }
    }
    return true;
}

/* Ids, codes and check-in texts are the same in every run. */
static void
fill_in(struct scripted *scripted, struct appointment *appointment)
{
    static const char letters[] = "ABCDEFGHJKMNPQRSTUVWXYZ23456789";
    uint8_t id[16] = "LOKETZUIL";
    unsigned spread = 7 + scripted->made * 2654435761u;

    scripted->made++;
    id[14] = (uint8_t)(scripted->made >> 8);
    id[15] = (uint8_t)scripted->made;
    text_hex_encode(appointment->id, id, sizeof(id));
    for (size_t i = 0; i < 6; i++) {
        appointment->code[i] = letters[spread % (sizeof(letters) - 1)];
        spread = spread / 31 + spread * 40503u;
    }
    if (scripted->check_in != NULL) {
        scripted->check_in(scripted->data, id, appointment->start,
                           appointment->location, appointment->check_in);
    } else {
        snprintf(appointment->check_in, sizeof(appointment->check_in),
                 "HTTPS://SCRIPTED.INVALID/T/%.*s", 32, appointment->id);
    }
}

bool
register_book(struct scripted *scripted, const struct appointment_booking *booking,
              struct appointment *appointment, struct error *error)
{
    struct record *record = register_find(scripted, booking->key, NULL);
    int64_t end;

    if (record != NULL && record->given_up) {
        return error_set(error, ERROR_REFUSED, "scripted: the key is spent");
    }
    if (record == NULL || record->held) {
        if (!values_are_complete(booking, error) ||
            !check_free(scripted, booking, &end, error)) {
            return false;
        }
        record = register_find(scripted, booking->key, NULL);
        if (record == NULL) {
            record = register_add(scripted);
        }
        text_copy(record->key, sizeof(record->key), booking->key);
        record->held = false;
        record->appointment = (struct appointment){.start = booking->start, .end = end};
        text_copy(record->appointment.location, sizeof(record->appointment.location),
                  booking->wish.location);
        fill_in(scripted, &record->appointment);
    }
    *appointment = record->appointment;
    return !register_answer_is_lost(scripted, error);
}
