#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../support/book_ask.h"
#include "maker.h"

/* The back office's book, as several processes would use it on one file. */

struct ours {
    struct store *store;
    struct book *book;
};

static enum soak_answer
answer_of(bool good, const struct error *error, const char *what)
{
    if (good) {
        return SOAK_DONE;
    }
    if (error->kind == ERROR_TAKEN || error->kind == ERROR_REFUSED ||
        error->kind == ERROR_NOT_FOUND)
    {
        return SOAK_NO;
    }
    if (error->kind != ERROR_STORAGE) {
        fprintf(stderr, "%s: %s\n", what, error->message);
        exit(EXIT_FAILURE);
    }
    return SOAK_UNSURE;
}

static void *
ours_open(const char *path, int64_t (*clock)(void))
{
    struct ours *ours = calloc(1, sizeof(*ours));
    struct book_options options = {
        .catalogue = book_setup_catalogue(),
        .ticket_address = BOOK_SETUP_ADDRESS,
        .desks = "1 linde=16",
        .keep_days = 365, /* everything stays, so that everything can be compared */
        .arrive_before = 30,
        .arrive_after = 10,
    };
    struct error error = {0};

    sign_start();
    sign_key_generate(&options.ticket_key);
    ours->store = store_open(path, clock, &error);
    options.store = ours->store;
    if (ours->store == NULL || (ours->book = book_open(&options, &error)) == NULL) {
        fprintf(stderr, "%s\n", error.message);
        exit(EXIT_FAILURE);
    }
    return ours;
}

static void
ours_close(void *book)
{
    struct ours *ours = book;

    book_close(ours->book);
    store_close(ours->store);
    free(ours);
}

static void
place_of(const struct booking *booking, struct soak_place *place)
{
    *place = (struct soak_place){
        .desk = booking->desk, .start = booking->start, .end = booking->end};
}

static enum soak_answer
ours_hold(void *book, uint32_t number, const char *product, int64_t start)
{
    struct ours *ours = book;
    struct booking booking;
    struct error error = {0};

    return answer_of(
        ask_numbered(ours->book, true, number, product, 1, start, &booking, &error),
        &error, "hold");
}

static enum soak_answer
ours_confirm(void *book, uint32_t number, const char *product, int64_t start,
             struct soak_place *place)
{
    struct ours *ours = book;
    struct booking booking;
    struct error error = {0};
    bool good =
        ask_numbered(ours->book, false, number, product, 1, start, &booking, &error);

    if (good) {
        place_of(&booking, place);
    }
    return answer_of(good, &error, "confirm");
}

static enum soak_answer
ours_give_up(void *book, uint32_t number)
{
    struct ours *ours = book;
    struct error error = {0};
    char key[BOOK_KEY_BYTES];

    ask_numbered_key(number, key);
    return answer_of(book_give_up(ours->book, key, "test", &error), &error, "give up");
}

static enum soak_answer
find_booking(struct ours *ours, uint32_t number, struct booking *booking)
{
    struct error error = {0};
    char key[BOOK_KEY_BYTES];
    bool good;

    ask_numbered_key(number, key);
    good = book_find_key(ours->book, key, booking, &error);
    return good && booking->state != BOOKING_BOOKED ? SOAK_NO
                                                    : answer_of(good, &error, "find");
}

static enum soak_answer
ours_find(void *book, uint32_t number, struct soak_place *place)
{
    struct booking booking;
    enum soak_answer answer = find_booking(book, number, &booking);

    if (answer == SOAK_DONE) {
        place_of(&booking, place);
    }
    return answer;
}

static enum soak_answer
ours_cancel(void *book, uint32_t number)
{
    struct ours *ours = book;
    struct booking booking;
    struct error error = {0};
    enum soak_answer answer = find_booking(ours, number, &booking);

    return answer != SOAK_DONE ? answer
                               : answer_of(book_cancel(ours->book, booking.id, &error),
                                           &error, "cancel");
}

static enum soak_answer
ours_move(void *book, uint32_t number, uint32_t key, int64_t start,
          struct soak_place *place)
{
    struct ours *ours = book;
    struct booking booking;
    struct error error = {0};
    char text[BOOK_KEY_BYTES];
    enum soak_answer answer = find_booking(ours, number, &booking);
    struct book_move move = {.id = booking.id, .key = text, .start = start};
    struct booking moved;
    bool good;

    if (answer != SOAK_DONE) {
        return answer;
    }
    ask_numbered_key(key, text);
    good = book_move(ours->book, &move, &moved, &error);
    if (good) {
        place_of(&moved, place);
    }
    return answer_of(good, &error, "move");
}

static void
ours_tidy(void *book)
{
    struct ours *ours = book;
    struct error error = {0};
    bool more = true;

    /* Others may be reading all the while: then the next time. */
    while (more && book_tidy(ours->book, &more, &error)) {
    }
    if (error.kind != ERROR_NONE) {
        answer_of(false, &error, "tidy");
    }
}

const struct soak_maker soak_ours = {
    .name = "ours",
    .open = ours_open,
    .close = ours_close,
    .hold = ours_hold,
    .confirm = ours_confirm,
    .give_up = ours_give_up,
    .find = ours_find,
    .cancel = ours_cancel,
    .move = ours_move,
    .tidy = ours_tidy,
    .standing = "SELECT key, desk, start, until, state = 0 FROM booking"
                " WHERE state IN (0, 1, 2, 5)",
    /* Holds that nobody will ever book, cells of nobody, and bookings without theirs.
     */
    .orphans = "SELECT (SELECT count(*) FROM booking WHERE state = 0)"
               " + (SELECT count(*) FROM cell c LEFT JOIN booking b ON b.id = c.booking"
               "    WHERE b.id IS NULL OR b.state NOT IN (1, 2, 5)"
               "    OR c.expires IS NOT NULL OR c.desk <> b.desk"
               "    OR c.start < b.start OR c.start >= b.until)"
               " + (SELECT count(*) FROM booking b WHERE state IN (1, 2, 5)"
               "    AND (SELECT count(*) FROM cell c WHERE c.booking = b.id)"
               "        <> (b.until - b.start) / 300)",
};
