#include "backoffice/book_parts.h"
#include "backoffice/store_book.h"

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
           check_stands(booking, error) && store_book_items(session, booking, error);
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

static bool
work_cancel(struct store_session *session, void *data, struct error *error)
{
    struct look_up *look_up = data;
    struct booking *booking = look_up->booking;

    if (!book_read(session, look_up->id, booking, error)) {
        return false;
    }
    if (booking->state == BOOKING_CANCELLED) {
        return true;
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
