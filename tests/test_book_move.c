#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>

#include "support/book_ask.h"

/* Another time for an appointment: all of it, once, or nothing. */

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */
#define AT(hour, minute) (NOW + ((hour)-9) * 3600 + (minute)*60)
#define DAY_S 86400

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
    book_setup_check(*state);
    book_setup_end(*state);
    test_free(*state);
    return 0;
}

static struct booking
booked(const struct book_setup *setup, const char *letter, int64_t start)
{
    struct booking booking;

    assert_int_equal(
        ask_confirm_as(setup, letter, start, "linde", "paspoort", &booking),
        ERROR_NONE);
    return booking;
}

static int64_t
cells_from(const struct book_setup *setup, int64_t start)
{
    char sql[120];

    snprintf(sql, sizeof(sql),
             "SELECT count(*) FROM cell WHERE start >= %lld AND start < %lld",
             (long long)start, (long long)start + 1200);
    return book_setup_number(setup, sql);
}

static void
test_all_new_cells_are_taken_and_all_old_ones_freed(void **state)
{
    struct book_setup *setup = *state;
    const struct booking before = booked(setup, "a", AT(10, 0));
    struct booking after, found;
    struct error error;

    booked(setup, "b", AT(10, 0));
    assert_int_equal(ask_confirm(setup, "c", AT(10, 0)), ERROR_TAKEN);
    book_setup_clock = NOW + 60;
    assert_int_equal(ask_move(setup, before.id, "e", AT(14, 20), &after), ERROR_NONE);
    assert_int_equal(after.start, AT(14, 20));
    assert_int_equal(after.end, AT(14, 35));
    assert_int_equal(after.changed, NOW + 60);
    assert_int_equal(after.moves, 1);
    assert_int_equal(cells_from(setup, AT(10, 0)), 3);
    assert_int_equal(cells_from(setup, AT(14, 20)), 3);
    assert_int_equal(ask_confirm(setup, "c", AT(10, 0)), ERROR_NONE);
    assert_true(book_find(setup->book, before.id, &found, &error));
    assert_int_equal(found.start, AT(14, 20));
    assert_int_equal(found.item_count, 1);
    assert_string_equal(found.items[0].product, "paspoort");
    assert_int_equal(found.items[0].persons, 1);
    /* Nobody has to tell their name again. */
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking_value"), 6);
}

static void
test_the_ticket_is_new_the_code_stays_and_the_old_ticket_still_leads_there(void **state)
{
    struct book_setup *setup = *state;
    const struct booking before = booked(setup, "a", AT(10, 0));
    struct ticket_key key = {.valid_from = 0, .valid_to = TICKET_KEY_NO_END};
    struct ticket_claim old_claim, new_claim;
    struct booking after;
    struct error error;

    memcpy(key.public_key, setup->ticket_key.public_key, sizeof(key.public_key));
    assert_int_equal(ask_move(setup, before.id, "e", AT(11, 20), &after), ERROR_NONE);
    assert_string_equal(after.code, before.code);
    assert_string_not_equal(after.ticket, before.ticket);
    assert_true(ticket_verify(after.ticket, &key, 1, &new_claim, &error));
    assert_int_equal(new_claim.start, AT(11, 20));
    assert_true(ticket_verify(before.ticket, &key, 1, &old_claim, &error));
    assert_memory_equal(old_claim.appointment, new_claim.appointment, BOOK_ID_BYTES);
}

static void
test_what_cannot_be_had_leaves_everything_as_it_was(void **state)
{
    static const int64_t starts[] = {
        AT(14, 20),             /* both desks are taken */
        AT(14, 30),             /* off the grid */
        AT(9, 0),               /* too soon */
        AT(12, 0),              /* closed */
        AT(10, 0) + 61 * DAY_S, /* too far */
        0,
        INT64_C(253402300799),
    };
    struct book_setup *setup = *state;
    const struct booking before = booked(setup, "a", AT(10, 0));
    struct booking after, found;
    struct error error;

    booked(setup, "b", AT(14, 20));
    booked(setup, "c", AT(14, 20));
    for (size_t i = 0; i < sizeof(starts) / sizeof(starts[0]); i++) {
        assert_int_equal(ask_move(setup, before.id, "e", starts[i], &after),
                         ERROR_TAKEN);
    }
    assert_true(book_find(setup->book, before.id, &found, &error));
    assert_int_equal(found.start, before.start);
    assert_int_equal(found.desk, before.desk);
    assert_int_equal(found.moves, 0);
    assert_string_equal(found.ticket, before.ticket);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking_move"), 0);
    /* The key is not spent by a no. */
    assert_int_equal(ask_move(setup, before.id, "e", AT(15, 0), &after), ERROR_NONE);
}

static void
test_the_same_key_moves_once(void **state)
{
    struct book_setup *setup = *state;
    const struct booking one = booked(setup, "a", AT(10, 0));
    const struct booking other = booked(setup, "b", AT(10, 0));
    struct booking first, again;

    assert_int_equal(ask_move(setup, one.id, "e", AT(11, 0), &first), ERROR_NONE);
    book_setup_restart(setup);
    assert_int_equal(ask_move(setup, one.id, "e", AT(11, 0), &again), ERROR_NONE);
    assert_string_equal(again.ticket, first.ticket);
    assert_int_equal(again.moves, 1);
    /* Something else under the same key is no repetition. */
    assert_int_equal(ask_move(setup, one.id, "e", AT(11, 20), &again), ERROR_REFUSED);
    assert_int_equal(ask_move(setup, other.id, "e", AT(11, 0), &again), ERROR_REFUSED);
    assert_int_equal(ask_move(setup, other.id, "a", AT(11, 0), &again), ERROR_REFUSED);
    assert_int_equal(ask_hold(setup, "e", AT(15, 0)), ERROR_REFUSED);
    assert_int_equal(ask_confirm(setup, "e", AT(15, 0)), ERROR_REFUSED);
    assert_int_equal(ask_give_up(setup, "e"), ERROR_NONE);
    /* A late copy of the first move doesn't undo the second. */
    assert_int_equal(ask_move(setup, one.id, "f", AT(15, 0), &again), ERROR_NONE);
    assert_int_equal(ask_move(setup, one.id, "e", AT(11, 0), &again), ERROR_NONE);
    assert_int_equal(again.start, AT(15, 0));
    /* Nor does a late copy of the booking. */
    assert_int_equal(ask_confirm_as(setup, "a", AT(10, 0), "linde", "paspoort", &again),
                     ERROR_NONE);
    assert_int_equal(again.start, AT(15, 0));
}

static void
test_a_move_to_where_it_is_changes_nothing(void **state)
{
    struct book_setup *setup = *state;
    const struct booking before = booked(setup, "a", AT(10, 0));
    struct booking after;

    assert_int_equal(ask_move(setup, before.id, "e", AT(10, 0), &after), ERROR_NONE);
    assert_int_equal(after.moves, 0);
    assert_string_equal(after.ticket, before.ticket);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 3);
}

static void
test_a_hold_keeps_the_new_time_until_it_is_moved_to(void **state)
{
    struct book_setup *setup = *state;
    const struct booking before = booked(setup, "a", AT(10, 0));
    struct booking after;

    booked(setup, "b", AT(14, 20));
    assert_int_equal(ask_hold(setup, "e", AT(14, 20)), ERROR_NONE);
    assert_int_equal(ask_confirm(setup, "c", AT(14, 20)), ERROR_TAKEN);
    assert_int_equal(ask_move(setup, before.id, "e", AT(14, 20), &after), ERROR_NONE);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 6);
    assert_int_equal(
        book_setup_number(setup, "SELECT count(*) FROM booking WHERE state = 0"), 0);
}

static void
test_a_hold_that_came_too_late_is_lost_and_the_appointment_is_not(void **state)
{
    struct book_setup *setup = *state;
    const struct booking before = booked(setup, "a", AT(10, 0));
    struct booking after;

    booked(setup, "b", AT(14, 20));
    assert_int_equal(ask_hold(setup, "e", AT(14, 20)), ERROR_NONE);
    book_setup_clock = NOW + BOOK_HOLD_S;
    assert_int_equal(ask_confirm(setup, "c", AT(14, 20)), ERROR_NONE);
    assert_int_equal(ask_move(setup, before.id, "e", AT(14, 20), &after), ERROR_TAKEN);
    assert_int_equal(cells_from(setup, AT(10, 0)), 3);
    assert_int_equal(ask_give_up(setup, "e"), ERROR_NONE);
    assert_int_equal(ask_move(setup, before.id, "e", AT(15, 20), &after),
                     ERROR_REFUSED);
}

static void
test_its_own_cells_are_not_in_its_way(void **state)
{
    struct book_setup *setup = *state;
    struct book_wish wish = ask_wish(setup, "nacht", "paspoort", 5); /* 75 minutes */
    const struct book_value values[] = {{"lastName", "Jansen"}, {"phoneNumber", "06"}};
    char key[BOOK_KEY_BYTES];
    const struct book_request request = {
        .key = ask_key("a", key),
        .kiosk = "test",
        .wish = &wish,
        .start = AT(25, 0),
        .values = values,
        .value_count = 2,
    };
    struct booking booking;
    struct error error;

    assert_true(book_confirm(setup->book, &request, &booking, NULL, &error));
    assert_int_equal(ask_move(setup, booking.id, "e", AT(26, 0), &booking), ERROR_NONE);
    assert_int_equal(ask_move(setup, booking.id, "f", AT(25, 0), &booking), ERROR_NONE);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 15);
}

static void
test_what_does_not_stand_is_not_moved(void **state)
{
    struct book_setup *setup = *state;
    const struct booking cancelled = booked(setup, "a", AT(10, 0));
    const uint8_t nobody[BOOK_ID_BYTES] = {1};
    struct book_move move = {.id = cancelled.id, .key = "x", .start = AT(11, 0)};
    struct booking after;
    struct error error;

    assert_true(book_cancel(setup->book, cancelled.id, &error));
    assert_int_equal(ask_move(setup, cancelled.id, "e", AT(11, 0), &after),
                     ERROR_REFUSED);
    assert_int_equal(ask_move(setup, nobody, "e", AT(11, 0), &after), ERROR_NOT_FOUND);
    assert_false(book_move(setup->book, &move, &after, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
}

static void
test_a_person_is_forgotten_after_the_new_date(void **state)
{
    static const char persons[] = "SELECT count(*) FROM booking_value";
    struct book_setup *setup = *state;
    const struct booking before = booked(setup, "a", AT(10, 0));
    struct booking after;

    assert_int_equal(ask_move(setup, before.id, "e", AT(10, 0) + 20 * DAY_S, &after),
                     ERROR_NONE);
    book_setup_clock = before.end + 10 * DAY_S;
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, persons), 2);
    book_setup_clock = after.end + 10 * DAY_S;
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, persons), 0);
    book_setup_clock = NOW + 31 * DAY_S;
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking_move"), 0);
}

/* --- races -------------------------------------------------------------------- */

#define RACERS 8

struct racer {
    struct book *book;
    uint8_t id[BOOK_ID_BYTES];
    size_t number;
    pthread_barrier_t *barrier;
    size_t won;
};

static void *
race(void *data)
{
    struct racer *racer = data;

    for (size_t round = 0; round < 20; round++) {
        char key[BOOK_KEY_BYTES];
        const struct book_move move = {
            .id = racer->id,
            .key = key,
            .start = AT(13, 0) + (int64_t)(round + 1) * DAY_S,
        };
        struct booking booking;
        struct error error;
        bool good;

        ask_numbered_key(1000 + round * RACERS + racer->number, key);
        pthread_barrier_wait(racer->barrier);
        good = book_move(racer->book, &move, &booking, &error);
        if (!good && error.kind != ERROR_TAKEN) {
            abort(); /* not a test's thread: no assert here */
        }
        racer->won += good;
    }
    return NULL;
}

static void
test_of_many_who_move_to_one_time_as_many_get_there_as_there_are_desks(void **state)
{
    struct book_setup *setup = *state;
    struct racer racers[RACERS];
    pthread_t threads[RACERS];
    pthread_barrier_t barrier;
    size_t won = 0;

    pthread_barrier_init(&barrier, NULL, RACERS);
    for (size_t i = 0; i < RACERS; i++) {
        struct booking booking;
        struct error error;

        assert_true(ask_numbered(setup->book, false, i, "paspoort", 1,
                                 AT(10, 0) + (int64_t)i / 2 * 1200, &booking, &error));
        racers[i] =
            (struct racer){.book = setup->book, .number = i, .barrier = &barrier};
        memcpy(racers[i].id, booking.id, sizeof(booking.id));
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (size_t i = 0; i < RACERS; i++) {
        pthread_join(threads[i], NULL);
        won += racers[i].won;
    }
    pthread_barrier_destroy(&barrier);
    assert_int_equal(won, 20 * 2);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), RACERS * 3);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_all_new_cells_are_taken_and_all_old_ones_freed),
        TEST(
            test_the_ticket_is_new_the_code_stays_and_the_old_ticket_still_leads_there),
        TEST(test_what_cannot_be_had_leaves_everything_as_it_was),
        TEST(test_the_same_key_moves_once),
        TEST(test_a_move_to_where_it_is_changes_nothing),
        TEST(test_a_hold_keeps_the_new_time_until_it_is_moved_to),
        TEST(test_a_hold_that_came_too_late_is_lost_and_the_appointment_is_not),
        TEST(test_its_own_cells_are_not_in_its_way),
        TEST(test_what_does_not_stand_is_not_moved),
        TEST(test_a_person_is_forgotten_after_the_new_date),
        TEST(test_of_many_who_move_to_one_time_as_many_get_there_as_there_are_desks),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
