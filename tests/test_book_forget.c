#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "backoffice/book.h"
#include "backoffice/store_usage.h"
#include "base/file.h"
#include "support/book_ask.h"
#include "support/book_setup.h"

/* What the book forgets must be in none of its files, byte for byte. */

#define NOW INT64_C(1809327600) /* Monday 2027-05-03 09:00 in Amsterdam */
#define DAY_S 86400
#define FILE_BYTES_MAX (64 * 1024 * 1024)
#define NAME_BYTES 100

static int
set_up(void **state)
{
    struct book_setup *setup = test_calloc(1, sizeof(*setup));

    book_setup_clock = NOW;
    book_setup_begin(setup);
    *state = setup;
    return 0;
}

static int
tear_down(void **state)
{
    book_setup_end(*state);
    test_free(*state);
    return 0;
}

/* Long, so that pages split and move; different in every byte that is looked for. */
static void
name_of(int number, char name[NAME_BYTES])
{
    snprintf(name, NAME_BYTES, "Onvergetelijk-%05d-van-der-Lange-Achternaam-%05d",
             number, number);
}

static int64_t
start_of(int number)
{
    int day = number / 18, slot = number % 18;

    /* Two desks, from nine to twelve in steps of twenty minutes. */
    return NOW + (day + 1) * DAY_S + slot / 2 * 1200;
}

static void
key_of(int number, char key[BOOK_KEY_BYTES])
{
    snprintf(key, BOOK_KEY_BYTES, "%032x", number + 1);
}

static void
book(const struct book_setup *setup, int number, struct booking *booking)
{
    char key[BOOK_KEY_BYTES];
    struct book_value values[] = {{"lastName", ""}, {"phoneNumber", "0612345678"}};
    struct book_wish wish;
    const struct book_request request = {.key = key,
                                         .kiosk = "test",
                                         .wish = &wish,
                                         .start = start_of(number),
                                         .values = values,
                                         .value_count = 2};
    struct error error = {0};

    key_of(number, key);
    name_of(number, values[0].value);
    assert_true(book_wish_begin(setup->book, "linde", &wish, &error));
    assert_true(book_wish_add(setup->book, &wish, "rijbewijs", 1, &error));
    if (!book_confirm(setup->book, &request, booking, NULL, &error)) {
        fail_msg("booking %d: %s", number, error.message);
    }
}

static bool
holds(const char *bytes, size_t length, const char *text)
{
    return bytes != NULL && memmem(bytes, length, text, strlen(text)) != NULL;
}

/* How many of the names `from` up to `to` the file holds; one that isn't there, none.
 */
static int
names_in(const char *path, int from, int to)
{
    struct error error = {0};
    size_t length = 0;
    char *bytes = file_read(path, FILE_BYTES_MAX, &length, &error);
    int found = 0;

    assert_true(bytes != NULL || error.kind == ERROR_NOT_FOUND);
    for (int i = from; i < to; i++) {
        char name[NAME_BYTES];

        name_of(i, name);
        found += holds(bytes, length, name);
    }
    free(bytes);
    return found;
}

static int
names(const struct book_setup *setup, int from, int to)
{
    char log[128];

    snprintf(log, sizeof(log), "%s-wal", setup->path);
    return names_in(setup->path, from, to) + names_in(log, from, to);
}

static void
tidy(const struct book_setup *setup)
{
    struct error error = {0};
    bool more = true;

    while (more) {
        if (!book_tidy(setup->book, &more, &error)) {
            fail_msg("%s", error.message);
        }
    }
}

static void
test_a_purged_name_is_in_no_file(void **state)
{
    struct book_setup *setup = *state;
    struct booking booking;

    book(setup, 0, &booking);
    assert_true(names(setup, 0, 1) > 0);
    book_setup_clock = booking.end + 10 * DAY_S;
    tidy(setup);
    assert_int_equal(names(setup, 0, 1), 0);
}

static void
test_a_cancelled_name_is_in_no_file_after_tidying(void **state)
{
    struct book_setup *setup = *state;
    struct booking booking;
    struct error error = {0};

    book(setup, 0, &booking);
    assert_true(book_cancel(setup->book, booking.id, &error));
    tidy(setup);
    assert_int_equal(names(setup, 0, 1), 0);
}

/* How many of both files hold these bytes. */
static int
files_with(const struct book_setup *setup, const void *bytes, size_t length)
{
    int found = 0;

    for (int log = 0; log <= 1; log++) {
        char path[128];
        struct error error = {0};
        size_t size = 0;
        char *file;

        snprintf(path, sizeof(path), "%s%s", setup->path, log == 1 ? "-wal" : "");
        file = file_read(path, FILE_BYTES_MAX, &size, &error);
        assert_true(file != NULL || error.kind == ERROR_NOT_FOUND);
        found += file != NULL && memmem(file, size, bytes, length) != NULL;
        free(file);
    }
    return found;
}

/* Code, key and ticket: what somebody who found the paper could look for. */
static int
traces(const struct book_setup *setup, const struct booking *booking)
{
    return files_with(setup, booking->code, strlen(booking->code)) +
           files_with(setup, booking->ticket, strlen(booking->ticket)) +
           files_with(setup, booking->key, strlen(booking->key));
}

static void
test_a_moved_one_leaves_nothing_of_either_time(void **state)
{
    struct book_setup *setup = *state;
    struct booking before, after;

    book(setup, 0, &before);
    assert_int_equal(ask_move(setup, before.id, "b", start_of(20), &after), ERROR_NONE);
    assert_string_not_equal(after.ticket, before.ticket);
    tidy(setup);
    /* Its old time is over, it is not. */
    book_setup_clock = before.end + 10 * DAY_S;
    tidy(setup);
    assert_true(names(setup, 0, 1) > 0);
    assert_true(traces(setup, &after) > 0);
    assert_int_equal(files_with(setup, before.ticket, strlen(before.ticket)), 0);
    book_setup_clock = after.end + 10 * DAY_S;
    tidy(setup);
    assert_int_equal(names(setup, 0, 1), 0);
    assert_int_equal(traces(setup, &before) + traces(setup, &after), 0);
    /* That a key was spent is known for a month; of which appointment, nobody can say.
     */
    book_setup_clock = after.end + 40 * DAY_S;
    tidy(setup);
    assert_int_equal(files_with(setup, after.id, BOOK_ID_BYTES), 0);
}

static void
test_a_missed_one_leaves_only_that_somebody_was(void **state)
{
    struct book_setup *setup = *state;
    struct booking came, missed;
    struct error error = {0};

    book(setup, 0, &came);
    book(setup, 1, &missed);
    book_setup_clock = came.start;
    assert_true(book_arrive(setup->book, came.id, "linde", &came, &error));
    book_setup_clock = came.end + 3600;
    tidy(setup);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking"
                                              " WHERE state = 5"),
                     1);
    assert_true(names(setup, 1, 2) > 0); /* staff may call */
    book_setup_clock = came.end + 10 * DAY_S;
    tidy(setup);
    assert_int_equal(names(setup, 0, 2), 0);
    assert_int_equal(traces(setup, &came) + traces(setup, &missed), 0);
    assert_int_equal(files_with(setup, missed.id, BOOK_ID_BYTES), 0);
    assert_int_equal(
        book_setup_number(setup, "SELECT sum(count) FROM book_count WHERE state = 5"),
        1);
}

/* Pages that split, merge and move must leave no copy behind. */
static void
test_of_many_only_those_whose_date_is_to_come_stay(void **state)
{
    enum { MANY = 600, PAST = 300 };
    struct book_setup *setup = *state;
    struct booking booking;

    for (int i = 0; i < MANY; i++) {
        /* The days out of order: their rows come to lie anywhere. */
        book(setup, i * 7 % MANY, &booking);
        if (i % 100 == 99) {
            tidy(setup);
        }
    }
    assert_int_equal(names_in(setup->path, 0, MANY), MANY);
    book_setup_clock = start_of(PAST) + 10 * DAY_S;
    tidy(setup);
    assert_int_equal(names(setup, 0, PAST), 0);
    assert_int_equal(names_in(setup->path, PAST, MANY), MANY - PAST);
}

static bool
tidy_inside(struct store_session *session, void *data, struct error *error)
{
    const struct book_setup *setup = data;
    struct store_stream stream = {0};
    struct booking booking;
    bool more;

    /* From here on the session sees the database as it is now. */
    assert_true(store_stream_find(session, stream.stream, &stream, error));
    book(setup, 0, &booking);
    book_setup_clock = booking.end + 10 * DAY_S;
    return book_tidy(setup->book, &more, error);
}

/* A snapshot that is being read keeps the log: that is said, and mended next time. */
static void
test_a_reader_in_the_way_is_said_and_the_next_time_it_goes(void **state)
{
    struct book_setup *setup = *state;
    struct error error = {0};

    assert_false(store_read(setup->store, tidy_inside, setup, &error));
    assert_int_equal(error.kind, ERROR_STORAGE);
    assert_non_null(strstr(error.message, "forgetting: empty the log"));
    tidy(setup);
    assert_int_equal(names(setup, 0, 1), 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(test_a_purged_name_is_in_no_file),
        TEST(test_a_cancelled_name_is_in_no_file_after_tidying),
        TEST(test_a_moved_one_leaves_nothing_of_either_time),
        TEST(test_a_missed_one_leaves_only_that_somebody_was),
        TEST(test_of_many_only_those_whose_date_is_to_come_stay),
        TEST(test_a_reader_in_the_way_is_said_and_the_next_time_it_goes),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
