#include <stdlib.h>
#include <string.h>

#include "backoffice/book_parts.h"
#include "backoffice/queue_parts.h"
#include "backoffice/store_book.h"
#include "backoffice/store_fleet.h"
#include "base/text.h"

/* Appointments that stand in the book, and what is done with them. */

static bool
check_stands(const struct booking *booking, struct error *error)
{
    return (booking->state != BOOKING_HELD && booking->state != BOOKING_GIVEN_UP) ||
           error_set(error, ERROR_NOT_FOUND, "There is no such appointment.");
}

bool
book_read(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
          struct booking *booking, struct error *error)
{
    return store_book_by_id(session, id, booking, error) &&
           check_stands(booking, error) && store_book_items(session, booking, error) &&
           queue_number_of(session, booking, error);
}

struct look_up {
    const uint8_t *id;
    const char *key;
    struct booking *booking;
};

static bool
work_find(struct store_session *session, void *data, struct error *error)
{
    struct look_up *look_up = data;
    struct booking *booking = look_up->booking;

    if (look_up->id != NULL) {
        return book_read(session, look_up->id, booking, error);
    }
    return store_book_by_key(session, look_up->key, booking, error) &&
           check_stands(booking, error) && store_book_items(session, booking, error);
}

bool
book_find(struct book *book, const uint8_t id[BOOK_ID_BYTES], struct booking *booking,
          struct error *error)
{
    struct look_up look_up = {.id = id, .booking = booking};

    return store_read(book->store, work_find, &look_up, error);
}

bool
book_find_key(struct book *book, const char *key, struct booking *booking,
              struct error *error)
{
    struct look_up look_up = {.key = key, .booking = booking};

    return store_read(book->store, work_find, &look_up, error);
}

/* --- by what a citizen holds ------------------------------------------------------ */

struct search {
    struct book *book;
    const char *text, *kiosk;
    struct booking *booking;
    bool by_code;
};

static bool
find_code(struct store_session *session, const struct search *search, const char *code,
          struct error *error)
{
    const struct book *book = search->book;
    int64_t now = store_now(session);

    if (!try_limit_allows(book->wrong_codes, search->kiosk, now) ||
        !try_limit_allows(book->wrong_codes_of_all, "", now))
    {
        return error_set(error, ERROR_REFUSED,
                         "There were too many wrong codes: wait a minute.");
    }
    if (store_book_by_code(session, code, search->booking, error)) {
        return true;
    }
    if (error->kind == ERROR_NOT_FOUND) {
        try_limit_note_wrong(book->wrong_codes, search->kiosk, now);
        try_limit_note_wrong(book->wrong_codes_of_all, "", now);
    }
    return false;
}

/* A text that nobody of ours signed is as unknown as one that was never made. */
bool
book_read_ticket(struct store_session *session, const char *text,
                 struct booking *booking, struct error *error)
{
    struct ticket_key *keys = NULL;
    struct ticket_claim claim;
    size_t count = 0;
    bool valid, good = store_ticket_keys(session, &keys, &count, error);

    valid = good && ticket_verify(text, keys, count, &claim, error);
    free(keys);
    if (good && !valid) {
        return error_set(error, ERROR_NOT_FOUND, "There is no such appointment.");
    }
    return valid && book_read(session, claim.appointment, booking, error);
}

static bool
work_search(struct store_session *session, void *data, struct error *error)
{
    struct search *search = data;
    char code[TICKET_CODE_LENGTH + 1];

    if (!ticket_code_read(search->text, code)) {
        return book_read_ticket(session, search->text, search->booking, error);
    }
    search->by_code = true;
    if (!find_code(session, search, code, error) ||
        !store_book_items(session, search->booking, error))
    {
        return false;
    }
    search->by_code = store_now(session) - search->booking->unprinted >= BOOK_REPRINT_S;
    return true;
}

bool
book_search(struct book *book, const char *text, const char *kiosk,
            struct booking *booking, bool *by_code, struct error *error)
{
    struct search search = {
        .book = book, .text = text, .kiosk = kiosk, .booking = booking};
    bool good = store_read(book->store, work_search, &search, error);

    *by_code = search.by_code;
    return good;
}

static bool
work_unprinted(struct store_session *session, void *data, struct error *error)
{
    struct look_up *look_up = data;
    struct booking *booking = look_up->booking;

    if (!book_read(session, look_up->id, booking, error)) {
        return false;
    }
    if (booking->state != BOOKING_BOOKED && booking->state != BOOKING_ARRIVED) {
        return error_set(error, ERROR_REFUSED, "There is no ticket to print any more.");
    }
    booking->unprinted = store_now(session);
    return store_book_save(session, booking, error);
}

bool
book_unprinted(struct book *book, const uint8_t id[BOOK_ID_BYTES], struct error *error)
{
    struct booking booking;
    struct look_up look_up = {.id = id, .booking = &booking};

    return store_write(book->store, work_unprinted, &look_up, error);
}

struct ticket_search {
    const char *text;
    struct booking *booking;
};

static bool
work_find_ticket(struct store_session *session, void *data, struct error *error)
{
    const struct ticket_search *search = data;

    return book_read_ticket(session, search->text, search->booking, error);
}

bool
book_find_ticket(struct book *book, const char *text, struct booking *booking,
                 struct error *error)
{
    struct ticket_search search = {.text = text, .booking = booking};

    return store_read(book->store, work_find_ticket, &search, error);
}

bool
book_wish_of(const struct book *book, const struct booking *booking,
             struct book_wish *wish)
{
    memset(wish, 0, sizeof(*wish));
    wish->location = catalogue_location(book->catalogue, booking->location);
    for (size_t i = 0; i < booking->item_count; i++) {
        const struct product *product =
            catalogue_product(book->catalogue, booking->items[i].product);

        if (product == NULL || !book_offers(product, wish->location)) {
            return false;
        }
        wish->items[wish->item_count++] = (struct book_item){
            .product = product, .persons = booking->items[i].persons};
    }
    /* As long as it was booked for, whatever it would be today. */
    wish->minutes = (int)(booking->end - booking->start) / 60;
    return wish->location != NULL && wish->item_count > 0;
}

void
book_public_name(const struct book *book, const struct booking *booking,
                 char name[BOOK_NAME_BYTES])
{
    struct text text = text_begin(name, BOOK_NAME_BYTES);

    for (size_t i = 0; i < booking->item_count; i++) {
        const struct product *product =
            catalogue_product(book->catalogue, booking->items[i].product);

        if (product != NULL) {
            text_add(&text, text.length > 0 ? " + " : "");
            text_add(&text, words_in(product_public_name(product), LANGUAGE_NL, NULL));
        }
    }
}

/* --- cancelling ------------------------------------------------------------------- */

static bool
work_cancel(struct store_session *session, void *data, struct error *error)
{
    struct look_up *look_up = data;
    struct booking *booking = look_up->booking;

    if (!book_read(session, look_up->id, booking, error)) {
        return false;
    }
    if (booking->state == BOOKING_ARRIVED) {
        return error_set(error, ERROR_REFUSED, "Somebody has come for it already.");
    }
    if (booking->state != BOOKING_BOOKED) {
        return true; /* nothing stands any more */
    }
    booking->state = BOOKING_CANCELLED;
    booking->changed = store_now(session);
    return store_book_give_back(session, booking, error) &&
           store_book_forget_person(session, booking->id, error) &&
           store_book_save(session, booking, error);
}

bool
book_cancel(struct book *book, const uint8_t id[BOOK_ID_BYTES], struct error *error)
{
    struct booking booking;
    struct look_up look_up = {.id = id, .booking = &booking};

    return store_write(book->store, work_cancel, &look_up, error);
}
