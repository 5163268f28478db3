#include "backoffice/book_parts.h"
#include "backoffice/store_book.h"

#define SPENT_KEY_DAYS 30
#define TIDY_MAX 200
#define DAY_S 86400

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
            !store_book_give_back(session, &booking, error) ||
            !store_book_forget_person(session, booking.id, error))
        {
            return false;
        }
        booking.code[0] = '\0'; /* somebody else may have it now */
        if (!store_book_save(session, &booking, error)) {
            return false;
        }
    }
    tidy->more |= count == TIDY_MAX;
    return true;
}

static bool
work_tidy(struct store_session *session, void *data, struct error *error)
{
    struct tidy *tidy = data;
    int64_t spent = store_now(session) - SPENT_KEY_DAYS * DAY_S;

    return tidy_holds(session, tidy, error) && tidy_past(session, tidy, error) &&
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
