#include "backoffice/book_parts.h"
#include "backoffice/queue_parts.h"
#include "backoffice/store_book.h"
#include "base/text.h"

/* "I am here", and who never said so. */

void
book_arrival_hours(const struct book *book, const struct booking *booking,
                   int64_t *from, int64_t *until)
{
    *from = booking->start - book->arrive_before_s;
    *until = booking->start + book->arrive_after_s;
}

bool
book_is_over(const struct book *book, const struct booking *booking, int64_t now)
{
    return now > booking->start + book->arrive_after_s;
}

struct arriving {
    const struct book *book;
    const uint8_t *id;
    const char *location;
    struct booking *booking;
};

static bool
refuse_hour(const struct arriving *arriving, const char *why, int64_t instant,
            struct error *error)
{
    const struct location *location =
        catalogue_location(arriving->book->catalogue, arriving->booking->location);
    char text[TIME_TEXT_BYTES];

    instant_format(location != NULL ? book_zone(arriving->book, location) : NULL,
                   instant, text);
    return error_set(error, ERROR_REFUSED, "%s %s.", why, text);
}

static bool
check_arrival(const struct arriving *arriving, int64_t now, struct error *error)
{
    const struct booking *booking = arriving->booking;
    int64_t from, until;

    if (booking->state == BOOKING_CANCELLED) {
        return error_set(error, ERROR_REFUSED, "This appointment was cancelled.");
    }
    if (arriving->location != NULL &&
        !text_equal(arriving->location, booking->location)) {
        return error_set(error, ERROR_REFUSED, "This appointment is at %s.",
                         booking->location);
    }
    book_arrival_hours(arriving->book, booking, &from, &until);
    if (now < from) {
        return refuse_hour(arriving, "It is too early: come back from", from, error);
    }
    if (now > until || booking->state != BOOKING_BOOKED) {
        return refuse_hour(arriving, "It is too late: it was possible until", until,
                           error);
    }
    return true;
}

static bool
work_arrive(struct store_session *session, void *data, struct error *error)
{
    const struct arriving *arriving = data;
    struct booking *booking = arriving->booking;
    int64_t now = store_now(session);

    if (!book_read(session, arriving->id, booking, error)) {
        return false;
    }
    if (booking->state == BOOKING_ARRIVED) {
        return queue_arrive(session, arriving->book, booking, false, error);
    }
    if (!check_arrival(arriving, now, error)) {
        return false;
    }
    booking->state = BOOKING_ARRIVED;
    booking->changed = now;
    return store_book_save(session, booking, error) &&
           queue_arrive(session, arriving->book, booking, true, error);
}

bool
book_arrive(struct book *book, const uint8_t id[BOOK_ID_BYTES], const char *location,
            struct booking *booking, struct error *error)
{
    struct arriving arriving = {
        .book = book, .id = id, .location = location, .booking = booking};

    return store_write(book->store, work_arrive, &arriving, error);
}
