#include <stdio.h>
#include <string.h>

#include "backoffice/book_agenda.h"
#include "backoffice/book_parts.h"
#include "backoffice/store_book.h"
#include "backoffice/store_lease.h"
#include "base/text.h"

#define CODE_TRIES 8

struct job {
    struct book *book;
    const struct book_request *request;
    struct booking booking;
    uint8_t wish[HASH_BYTES];
    bool made;
};

/* What was asked for, so that a key can't be used again for something else. */
static void
hash_wish(const struct book_request *request, uint8_t hash[HASH_BYTES])
{
    char words[BOOK_ITEMS_MAX * (CATALOGUE_ID_BYTES + 8) + CATALOGUE_ID_BYTES + 24];
    struct text text = text_begin(words, sizeof(words));

    text_format(&text, "%s %lld", request->wish->location->id,
                (long long)request->start);
    for (size_t i = 0; i < request->wish->item_count; i++) {
        text_format(&text, " %s:%d", request->wish->items[i].product->id,
                    request->wish->items[i].persons);
    }
    hash_bytes(words, text.length, hash);
}

static bool
check_request(const struct book_request *request, struct error *error)
{
    if (!book_check_key(request->key, error)) {
        return false;
    }
    if (request->wish->location == NULL || request->wish->item_count == 0) {
        return error_set(error, ERROR_BAD_INPUT,
                         "A location and at least one product must be named.");
    }
    return true;
}

/* The key's booking, or a fresh one that is in no table yet; ERROR_REFUSED when the key
 * has moved an appointment. */
static bool
find_or_begin(struct store_session *session, struct job *job, bool *found,
              struct error *error)
{
    struct booking *booking = &job->booking;
    uint8_t moved[BOOK_ID_BYTES];
    int64_t start;

    *found = store_book_by_key(session, job->request->key, booking, error);
    if (*found) {
        return true;
    }
    if (error->kind != ERROR_NOT_FOUND) {
        return false;
    }
    if (store_book_move_by_key(session, job->request->key, moved, &start, error)) {
        return error_set(error, ERROR_REFUSED, "This key is spent.");
    }
    if (error->kind != ERROR_NOT_FOUND) {
        return false;
    }
    memset(booking, 0, sizeof(*booking));
    random_bytes(booking->id, sizeof(booking->id));
    text_copy(booking->key, sizeof(booking->key), job->request->key);
    return true;
}

static void
fill_in(struct job *job, int64_t now)
{
    struct booking *booking = &job->booking;
    const struct book_wish *wish = job->request->wish;

    text_copy(booking->kiosk, sizeof(booking->kiosk), job->request->kiosk);
    text_copy(booking->location, sizeof(booking->location), wish->location->id);
    booking->start = job->request->start;
    booking->end = job->request->start + wish->minutes * 60;
    book_fill_items(booking, wish);
    memcpy(booking->wish, job->wish, sizeof(booking->wish));
    booking->changed = now;
}

/*
 * The cells for what is asked: those that the hold still has when it was for the
 * same, else fresh ones. `booking->expires` says until when.
 */
static bool
take_cells(struct store_session *session, struct job *job, bool held,
           struct error *error)
{
    struct booking *booking = &job->booking;
    int64_t now = store_now(session);

    if (held && memcmp(booking->wish, job->wish, sizeof(job->wish)) == 0) {
        if (store_book_keep(session, booking, error)) {
            fill_in(job, now);
            return true;
        }
        if (error->kind != ERROR_TAKEN) {
            return false;
        }
    }
    if (held && !store_book_give_back(session, booking, error)) {
        return false;
    }
    if (!book_is_on_offer(job->book, job->request->wish, job->request->start, now)) {
        return error_set(error, ERROR_TAKEN, "That time is not on offer (any more).");
    }
    fill_in(job, now);
    return store_book_take(session, booking, error);
}

static bool
work_hold(struct store_session *session, void *data, struct error *error)
{
    struct job *job = data;
    struct booking *booking = &job->booking;
    bool found;

    if (!find_or_begin(session, job, &found, error)) {
        return false;
    }
    if (found && booking->state != BOOKING_HELD) {
        return error_set(error, ERROR_REFUSED, "This key is spent.");
    }
    booking->state = BOOKING_HELD;
    booking->expires = store_now(session) + BOOK_HOLD_S;
    return take_cells(session, job, found, error) &&
           store_book_save(session, booking, error);
}

bool
book_hold(struct book *book, const struct book_request *request,
          struct booking *booking, struct error *error)
{
    struct job job = {.book = book, .request = request};

    if (!check_request(request, error)) {
        return false;
    }
    hash_wish(request, job.wish);
    if (!store_write(book->store, work_hold, &job, error)) {
        return false;
    }
    *booking = job.booking;
    return true;
}

/* --- booking -------------------------------------------------------------------- */

static const struct book_value *
value_of(const struct book_value *values, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(values[i].name, name)) {
            return &values[i];
        }
    }
    return NULL;
}

static int
character_count(const char *text)
{
    int count = 0;

    while (text_next(&text) != 0) {
        count++;
    }
    return count;
}

static bool
is_blank(const char *text)
{
    return text[strspn(text, " ")] == '\0';
}

/* The messages name fields, never what stands in them. */
bool
book_check_values(const struct book_value *values, size_t value_count,
                  struct error *error)
{
    size_t count, known = 0;
    const struct book_field *fields = book_fields(&count);

    for (size_t i = 0; i < count; i++) {
        const struct book_value *value = value_of(values, value_count, fields[i].name);

        if (value == NULL && fields[i].required) {
            return error_set(error, ERROR_REFUSED, "%s: is required.", fields[i].name);
        }
        if (value == NULL) {
            continue;
        }
        known++;
        if (!fields[i].required) {
            return error_set(error, ERROR_REFUSED, "%s: is not asked for.",
                             fields[i].name);
        }
        if (is_blank(value->value) || !text_is_clean(value->value) ||
            character_count(value->value) > fields[i].length_max)
        {
            return error_set(error, ERROR_REFUSED,
                             "%s: must be 1 to %d characters on one line.",
                             fields[i].name, fields[i].length_max);
        }
    }
    return known == value_count || error_set(error, ERROR_REFUSED,
                                             "values: has a field that does not exist "
                                             "or one that stands there twice.");
}

bool
book_make_code(struct store_session *session, char code[TICKET_CODE_LENGTH + 1],
               struct error *error)
{
    bool is_free = false;

    for (int i = 0; i < CODE_TRIES && !is_free; i++) {
        ticket_code_make(code);
        if (!store_book_code_is_free(session, code, &is_free, error) ||
            (is_free && !store_lease_code_is_free(session, code, &is_free, error)))
        {
            return false;
        }
    }
    return is_free || error_set(error, ERROR_STORAGE, "booking: no code is free");
}

static bool
save_booked(struct store_session *session, struct job *job, struct error *error)
{
    const struct book_request *request = job->request;
    struct booking *booking = &job->booking;

    booking->state = BOOKING_BOOKED;
    if (!book_make_code(session, booking->code, error)) {
        return false;
    }
    ticket_sign(&job->book->ticket_key, job->book->ticket_address, booking->id,
                booking->start, booking->location, booking->ticket);
    if (!store_book_save(session, booking, error) ||
        !store_book_set_items(session, booking, error))
    {
        return false;
    }
    for (size_t i = 0; i < request->value_count; i++) {
        if (!store_book_set_value(session, booking, &request->values[i], error)) {
            return false;
        }
    }
    return true;
}

static bool
work_confirm(struct store_session *session, void *data, struct error *error)
{
    struct job *job = data;
    struct booking *booking = &job->booking;
    bool found;

    if (!find_or_begin(session, job, &found, error)) {
        return false;
    }
    if (found && booking->state == BOOKING_GIVEN_UP) {
        return error_set(error, ERROR_REFUSED, "This key is spent.");
    }
    if (found && booking->state != BOOKING_HELD) {
        job->made = false; /* asked before: the same answer */
        return memcmp(booking->wish, job->wish, sizeof(job->wish)) == 0
                   ? store_book_items(session, booking, error)
                   : error_set(error, ERROR_REFUSED,
                               "This key belongs to a booking of something else.");
    }
    job->made = true;
    booking->expires = TIME_NONE;
    return take_cells(session, job, found, error) && save_booked(session, job, error);
}

bool
book_confirm(struct book *book, const struct book_request *request,
             struct booking *booking, bool *made, struct error *error)
{
    struct job job = {.book = book, .request = request};

    if (!check_request(request, error) ||
        !book_check_values(request->values, request->value_count, error))
    {
        return false;
    }
    hash_wish(request, job.wish);
    if (!store_write(book->store, work_confirm, &job, error)) {
        return false;
    }
    *booking = job.booking;
    if (made != NULL) {
        *made = job.made;
    }
    return true;
}

static bool
work_give_up(struct store_session *session, void *data, struct error *error)
{
    struct job *job = data;
    struct booking *booking = &job->booking;
    bool found;

    if (!find_or_begin(session, job, &found, error)) {
        return error->kind == ERROR_REFUSED; /* what it moved stays so */
    }
    if (found && booking->state != BOOKING_HELD) {
        return true;
    }
    if (found && !store_book_give_back(session, booking, error)) {
        return false;
    }
    booking->state = BOOKING_GIVEN_UP;
    booking->expires = TIME_NONE;
    booking->changed = store_now(session);
    text_copy(booking->kiosk, sizeof(booking->kiosk), job->request->kiosk);
    return store_book_save(session, booking, error);
}

bool
book_give_up(struct book *book, const char *key, const char *kiosk, struct error *error)
{
    const struct book_request request = {.key = key, .kiosk = kiosk};
    struct job job = {.book = book, .request = &request};

    return book_check_key(key, error) &&
           store_write(book->store, work_give_up, &job, error);
}
