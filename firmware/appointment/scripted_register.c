#include "scripted_register.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#define FIRST_NUMBER 18

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

/* What follows from its start. */
static void
write_check_in(struct scripted *scripted, const uint8_t id[16],
               struct appointment *appointment)
{
    appointment->arrive_from = appointment->start - SCRIPTED_ARRIVE_BEFORE_S;
    appointment->arrive_until = appointment->start + SCRIPTED_ARRIVE_AFTER_S;
    if (scripted->check_in != NULL) {
        scripted->check_in(scripted->data, id, appointment->start,
                           appointment->location, appointment->check_in);
    } else {
        snprintf(appointment->check_in, sizeof(appointment->check_in),
                 "HTTPS://SCRIPTED.INVALID/T/%.*s", 32, appointment->id);
    }
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
    write_check_in(scripted, id, appointment);
}

static void
name_items(const struct scripted *scripted, struct appointment *appointment)
{
    struct text name = text_begin(appointment->name, sizeof(appointment->name));

    for (size_t i = 0; i < appointment->item_count; i++) {
        for (size_t j = 0; j < scripted->agenda.product_count; j++) {
            const struct appointment_product *product =
                &scripted->agenda.products[j].product;

            if (text_equal(product->id, appointment->items[i].product)) {
                text_add(&name, name.length > 0 ? " + " : "");
                text_add(&name, product->name);
            }
        }
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
        memcpy(record->appointment.items, booking->wish.items,
               sizeof(record->appointment.items));
        record->appointment.item_count = booking->wish.item_count;
        name_items(scripted, &record->appointment);
        fill_in(scripted, &record->appointment);
        memcpy(record->first_check_in, record->appointment.check_in,
               sizeof(record->first_check_in));
    }
    *appointment = register_tell(scripted, record);
    return !register_answer_is_lost(scripted, error);
}

/* The new time, checked as if the appointment had never stood. */
static bool
check_new_time(struct scripted *scripted, const struct record *record, int64_t start,
               int64_t *end, struct error *error)
{
    struct appointment_booking booking = {.start = start};

    text_copy(booking.key, sizeof(booking.key), record->key);
    text_copy(booking.wish.location, sizeof(booking.wish.location),
              record->appointment.location);
    memcpy(booking.wish.items, record->appointment.items, sizeof(booking.wish.items));
    booking.wish.item_count = record->appointment.item_count;
    return check_free(scripted, &booking, end, error);
}

/* Gives the hold under the move's key back, or takes it again. */
static void
set_given_up(struct scripted *scripted, const char *key, bool given_up)
{
    struct record *hold = register_find(scripted, key, NULL);

    if (hold != NULL) {
        hold->given_up = given_up;
    }
}

bool
register_move(struct scripted *scripted, const char *id, const char *key, int64_t start,
              struct appointment *appointment, struct error *error)
{
    struct record *record = register_find(scripted, NULL, id);
    const struct record *hold = register_find(scripted, key, NULL);
    uint8_t bytes[16];
    int64_t end;

    if (record == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "scripted: no such appointment");
    }
    if (text_equal(record->moved_with, key) && record->appointment.start == start) {
        *appointment = record->appointment;
        return true;
    }
    if (register_tell(scripted, record).state != APPOINTMENT_BOOKED ||
        (hold != NULL && (!hold->held || hold->given_up)))
    {
        return error_set(error, ERROR_REFUSED, "scripted: it can't be moved so");
    }
    set_given_up(scripted, key, true);
    if (!check_new_time(scripted, record, start, &end, error)) {
        set_given_up(scripted, key, false);
        return false;
    }
    record->appointment.start = start;
    record->appointment.end = end;
    text_copy(record->moved_with, sizeof(record->moved_with), key);
    text_hex_decode(bytes, sizeof(bytes), record->appointment.id);
    write_check_in(scripted, bytes, &record->appointment);
    *appointment = record->appointment;
    return !register_answer_is_lost(scripted, error);
}

/* --- arriving ------------------------------------------------------------------- */

struct appointment
register_tell(const struct scripted *scripted, const struct record *record)
{
    struct appointment appointment = record->appointment;

    if (appointment.state == APPOINTMENT_BOOKED &&
        register_now(scripted) > appointment.arrive_until)
    {
        appointment.state = APPOINTMENT_MISSED;
    }
    return appointment;
}

/* Who arrives is called a little after their time. */
static void
give_number(const struct scripted *scripted, struct record *record)
{
    struct appointment *appointment = &record->appointment;
    int64_t now = register_now(scripted);

    appointment->state = APPOINTMENT_ARRIVED;
    snprintf(appointment->number, sizeof(appointment->number), "P %03d",
             (int)(FIRST_NUMBER + (record - scripted->records)) % 1000);
    appointment->turn = (now > appointment->start ? now : appointment->start) + 300;
}

bool
register_arrive(struct scripted *scripted, const char *id,
                struct appointment *appointment, struct error *error)
{
    struct record *record = register_find(scripted, NULL, id);

    if (record == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "scripted: no such appointment");
    }
    *appointment = register_tell(scripted, record);
    if (appointment->state == APPOINTMENT_CANCELLED) {
        return error_set(error, ERROR_REFUSED, "scripted: it was cancelled");
    }
    if (appointment->state == APPOINTMENT_MISSED) {
        return error_set(error, ERROR_REFUSED, "scripted: it is too late");
    }
    if (register_now(scripted) < appointment->arrive_from) {
        return error_set(error, ERROR_REFUSED, "scripted: it is too early");
    }
    if (record->appointment.state != APPOINTMENT_ARRIVED) {
        give_number(scripted, record);
    }
    *appointment = record->appointment;
    return !register_answer_is_lost(scripted, error);
}

bool
register_unprinted(struct scripted *scripted, const char *id, struct error *error)
{
    struct record *record = register_find(scripted, NULL, id);

    if (record == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "scripted: no such appointment");
    }
    record->code_tells_until = register_now(scripted) + APPOINTMENT_REPRINT_S;
    return true;
}

/* --- finding -------------------------------------------------------------------- */

static bool
is_code(const char *typed, const char *code)
{
    for (; *typed != '\0'; typed++) {
        if (*typed == ' ') {
            continue;
        }
        if (*code == '\0' || toupper((unsigned char)*typed) != *code) {
            return false;
        }
        code++;
    }
    return *code == '\0';
}

bool
register_search(const struct scripted *scripted, const char *text,
                struct appointment *appointment, struct error *error)
{
    for (size_t i = 0; i < scripted->record_count; i++) {
        const struct record *record = &scripted->records[i];

        if (record->held || record->appointment.code[0] == '\0') {
            continue;
        }
        *appointment = register_tell(scripted, record);
        if (text_equal(text, record->appointment.check_in) ||
            text_equal(text, record->first_check_in))
        {
            return true;
        }
        if (is_code(text, record->appointment.code)) {
            if (register_now(scripted) >= record->code_tells_until) {
                appointment->item_count = 0;
                appointment->check_in[0] = '\0';
            }
            return true;
        }
    }
    return error_set(error, ERROR_NOT_FOUND, "scripted: no such appointment");
}
