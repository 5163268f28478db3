#include <string.h>

#include "backoffice/book_parts.h"
#include "backoffice/store_book.h"

struct moving {
    struct book *book;
    const struct book_move *move;
    struct booking *booking;
};

/* Was it moved with this key before? ERROR_REFUSED: the key did something else. */
static bool
find_earlier(struct store_session *session, const struct book_move *move, bool *done,
             struct error *error)
{
    uint8_t id[BOOK_ID_BYTES];
    int64_t start;

    *done = store_book_move_by_key(session, move->key, id, &start, error);
    if (!*done) {
        return error->kind == ERROR_NOT_FOUND;
    }
    return (memcmp(id, move->id, sizeof(id)) == 0 && start == move->start) ||
           error_set(error, ERROR_REFUSED, "This key belongs to another move.");
}

/* A hold under the move's key has kept the time free until now. */
static bool
use_up_hold(struct store_session *session, const struct book_move *move,
            struct error *error)
{
    struct booking hold;

    if (!store_book_by_key(session, move->key, &hold, error)) {
        return error->kind == ERROR_NOT_FOUND;
    }
    if (hold.state != BOOKING_HELD) {
        return error_set(error, ERROR_REFUSED, "This key is spent.");
    }
    return store_book_give_back(session, &hold, error) &&
           store_book_forget(session, hold.id, error);
}

static bool
check_offer(const struct moving *moving, int64_t now, struct error *error)
{
    const struct booking *booking = moving->booking;
    const struct book_wish wish = {
        .location = catalogue_location(moving->book->catalogue, booking->location),
        .minutes = (int)(booking->end - booking->start) / 60,
    };

    return (wish.location != NULL &&
            book_is_on_offer(moving->book, &wish, moving->move->start, now)) ||
           error_set(error, ERROR_TAKEN, "That time is not on offer (any more).");
}

static bool
take_new_time(struct store_session *session, const struct moving *moving,
              struct error *error)
{
    const struct book *book = moving->book;
    struct booking *booking = moving->booking;
    int64_t length = booking->end - booking->start;

    if (!check_offer(moving, store_now(session), error) ||
        !store_book_give_back(session, booking, error))
    {
        return false;
    }
    booking->start = moving->move->start;
    booking->end = booking->start + length;
    booking->changed = store_now(session);
    booking->moves++;
    ticket_sign(&book->ticket_key, book->ticket_address, booking->id, booking->start,
                booking->location, booking->ticket);
    return store_book_take(session, booking, error) &&
           store_book_save(session, booking, error);
}

static bool
work_move(struct store_session *session, void *data, struct error *error)
{
    struct moving *moving = data;
    const struct book_move *move = moving->move;
    struct booking *booking = moving->booking;
    bool done;

    if (!book_read(session, move->id, booking, error) ||
        !find_earlier(session, move, &done, error))
    {
        return false;
    }
    if (done) {
        return true;
    }
    if (booking->state != BOOKING_BOOKED ||
        book_is_over(moving->book, booking, store_now(session)))
    {
        return error_set(error, ERROR_REFUSED,
                         "This appointment can't be moved any more.");
    }
    return use_up_hold(session, move, error) &&
           (booking->start == move->start || take_new_time(session, moving, error)) &&
           store_book_set_move(session, move, error);
}

bool
book_move(struct book *book, const struct book_move *move, struct booking *booking,
          struct error *error)
{
    struct moving moving = {.book = book, .move = move, .booking = booking};

    return book_check_key(move->key, error) &&
           store_write(book->store, work_move, &moving, error);
}
