#include "backoffice/book_lease_parts.h"
#include "backoffice/book_parts.h"
#include "backoffice/store_book.h"

#define SPENT_KEY_DAYS 30
#define TIDY_MAX 200
#define DAY_S 86400
#define MISSED_DAYS 7 /* that the back office may have been away */

struct tidy {
    struct book *book;
    bool more;
};

/* Nothing of them stays: who comes back later books as if there had been no hold. */
static bool
tidy_holds(struct store_session *session, struct tidy *tidy, struct error *error)
{
    uint8_t ids[TIDY_MAX][BOOK_ID_BYTES];
    size_t count;

    if (!store_book_expired(session, store_now(session), ids, TIDY_MAX, &count, error))
    {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct booking booking;

        if (!store_book_by_id(session, ids[i], &booking, error) ||
            !store_book_give_back(session, &booking, error) ||
            !store_book_forget(session, booking.id, error))
        {
            return false;
        }
    }
    tidy->more |= count == TIDY_MAX;
    return true;
}

/*
 * A day on which nobody at all arrived says nothing about who came: perhaps nobody can
 * check in there, or the kiosk was out of order.
 */
static bool
tidy_missed(struct store_session *session, const struct tidy *tidy, struct error *error)
{
    const struct book *book = tidy->book;
    const struct catalogue *catalogue = book->catalogue;
    int64_t now = store_now(session);

    for (size_t i = 0; i < catalogue->location_count; i++) {
        const struct zone *zone = book->zones[i];
        struct date today = zone_civil(zone, now).date;

        for (int days = 0; days <= MISSED_DAYS; days++) {
            const struct civil begin = {.date = date_add(today, -days)};
            const struct civil end = {.date = date_add(today, 1 - days)};

            if (!store_book_mark_missed(
                    session, catalogue->locations[i].id, zone_instant(zone, begin),
                    zone_instant(zone, end), now - book->arrive_after_s, error))
            {
                return false;
            }
        }
    }
    return true;
}

static bool
tidy_past(struct store_session *session, struct tidy *tidy, struct error *error)
{
    int64_t before = store_now(session) - (int64_t)tidy->book->keep_days * DAY_S;
    uint8_t ids[TIDY_MAX][BOOK_ID_BYTES];
    size_t count;

    if (!store_book_past(session, before, ids, TIDY_MAX, &count, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct booking booking;

        if (!store_book_by_id(session, ids[i], &booking, error) ||
            !store_book_settle(session, &booking, error) ||
            !store_book_give_back(session, &booking, error) ||
            !store_book_forget(session, booking.id, error))
        {
            return false;
        }
    }
    tidy->more |= count == TIDY_MAX;
    return true;
}

/* Other desks are looked for once, with the last piece: that reads all that stands. */
static bool
work_tidy(struct store_session *session, void *data, struct error *error)
{
    struct tidy *tidy = data;
    int64_t spent = store_now(session) - SPENT_KEY_DAYS * DAY_S;

    return tidy_holds(session, tidy, error) && tidy_missed(session, tidy, error) &&
           tidy_past(session, tidy, error) &&
           (tidy->more || book_reseat(session, tidy->book, error)) &&
           book_lease_tidy(session, tidy->book, error) &&
           store_book_forget_keys(session, spent, error);
}

bool
book_tidy(struct book *book, bool *more, struct error *error)
{
    struct tidy tidy = {.book = book};
    bool good = store_write(book->store, work_tidy, &tidy, error);

    *more = good && tidy.more;
    if (good && !*more) {
        /* Also for what cancelling forgot since the last time. */
        good = store_scrub(book->store, error) || error_prefix(error, "forgetting");
    }
    return good;
}
