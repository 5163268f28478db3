#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/book_ask.h"

/* What staff decide about desks, and what becomes of those who booked before. */

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */
#define AT(hour, minute) (NOW + ((hour)-9) * 3600 + (minute)*60)
#define DAY_S 86400

static const struct date tuesday = {2027, 3, 23};

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
booked_as(const struct book_setup *setup, const char *letter, int64_t start,
          const char *product)
{
    struct booking booking;

    assert_int_equal(ask_confirm_as(setup, letter, start, "linde", product, &booking),
                     ERROR_NONE);
    return booking;
}

static struct booking
booked(const struct book_setup *setup, const char *letter, int64_t start)
{
    return booked_as(setup, letter, start, "paspoort");
}

static int64_t
close_desk(const struct book_setup *setup, int desk, int64_t start, int64_t end)
{
    struct book_closure closure = {
        .location = "linde", .desk = desk, .start = start, .end = end};
    struct error error;

    assert_true(book_add_closure(setup->book, &closure, &error));
    return closure.id;
}

/* "desk-closed 2, …": what is wrong with each, and the number of its desk. */
static void
assert_affected(const struct book_setup *setup, const char *expected)
{
    char text[400] = "";
    struct book_affected *list;
    struct error error;
    size_t count, length = 0;

    assert_true(book_affected(setup->book, &list, &count, &error));
    for (size_t i = 0; i < count; i++) {
        length += (size_t)snprintf(text + length, sizeof(text) - length, "%s%s %d",
                                   i > 0 ? ", " : "",
                                   book_trouble_name(list[i].trouble), list[i].desk);
        assert_int_equal(list[i].value_count, 2);
        assert_string_equal(list[i].values[0].value, "Jansen");
    }
    free(list);
    assert_string_equal(text, expected);
}

static int
free_on(const struct book_setup *setup, const char *product, struct date date,
        bool *closed)
{
    const struct book_wish wish = ask_wish(setup, "linde", product, 1);
    struct book_day *days;
    struct error error;
    size_t count;
    int starts;

    assert_true(book_days(setup->book, &wish, date, date, &days, &count, &error));
    assert_int_equal(count, 1);
    starts = days[0].free;
    if (closed != NULL) {
        *closed = days[0].closed;
    }
    free(days);
    return starts;
}

/* --- how many ------------------------------------------------------------------- */

static void
test_what_staff_said_goes_before_the_settings_and_survives(void **state)
{
    struct book_setup *setup = *state;
    struct book_desk *list;
    struct error error;
    size_t count;

    assert_true(book_set_desks(setup->book, "linde", 3, &error));
    book_setup_restart(setup); /* the settings still say 2 */
    assert_true(book_desk_list(setup->book, &list, &count, &error));
    assert_int_equal(count, 1 + 3 + 1); /* curacao, linde, nacht */
    assert_string_equal(list[1].location, "linde");
    assert_int_equal(list[3].number, 3);
    assert_int_equal(list[3].product_count, 0);
    free(list);
    booked(setup, "a", AT(10, 0));
    booked(setup, "b", AT(10, 0));
    booked(setup, "c", AT(10, 0));
    assert_int_equal(ask_confirm(setup, "d", AT(10, 0)), ERROR_TAKEN);
    assert_false(book_set_desks(setup->book, "nergens", 1, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_false(book_set_desks(setup->book, "linde", 33, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    assert_false(book_set_desks(setup->book, "linde", -1, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
}

static void
test_fewer_desks_keep_what_was_booked_and_list_what_does_not_fit(void **state)
{
    struct book_setup *setup = *state;
    struct booking first = booked(setup, "a", AT(10, 0));
    struct booking second = booked(setup, "b", AT(10, 0));
    struct booking later;
    struct error error;

    assert_int_equal(ask_confirm(setup, "c", AT(11, 0)), ERROR_NONE);
    assert_int_equal(ask_confirm_as(setup, "d", AT(11, 0), "linde", "paspoort", &later),
                     ERROR_NONE);
    assert_true(book_cancel(setup->book, later.id, &error));
    assert_true(book_set_desks(setup->book, "linde", 1, &error));
    /* At ten both desks were taken: one of the two is listed, and still stands. */
    assert_affected(setup, "desk-gone 2");
    assert_true(book_find(setup->book, second.id, &second, &error));
    assert_int_equal(second.state, BOOKING_BOOKED);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 9);
    /* Who goes makes room, and the next tidying takes it. */
    assert_true(book_cancel(setup->book, first.id, &error));
    ask_tidy(setup);
    assert_affected(setup, "");
    assert_int_equal(ask_confirm(setup, "e", AT(10, 0)), ERROR_TAKEN);
}

/* --- what each does ------------------------------------------------------------- */

static void
test_a_desk_that_does_one_thing_is_not_given_for_another(void **state)
{
    static const char *const only[] = {"rijbewijs"};
    struct book_setup *setup = *state;
    struct error error;

    assert_true(book_set_desk_products(setup->book, "linde", 1, only, 1, &error));
    assert_int_equal(free_on(setup, "paspoort", tuesday, NULL), 21);
    booked(setup, "a", AT(10, 0));
    assert_int_equal(ask_hold(setup, "b", AT(10, 0)), ERROR_TAKEN);
    /* The one that does nothing else goes first. */
    booked_as(setup, "c", AT(10, 0), "rijbewijs");
    booked_as(setup, "d", AT(11, 0), "rijbewijs");
    booked(setup, "e", AT(11, 0));
    assert_affected(setup, "");
}

static void
test_an_appointment_for_two_things_needs_a_desk_that_does_both(void **state)
{
    static const char *const one[] = {"rijbewijs"};
    static const char *const both[] = {"paspoort", "rijbewijs"};
    struct book_setup *setup = *state;
    struct book_wish wish = ask_wish(setup, "linde", "paspoort", 1);
    struct book_time *times;
    struct error error;
    size_t count;

    assert_true(book_wish_add(setup->book, &wish, "rijbewijs", 1, &error));
    assert_true(book_wish_add(setup->book, &wish, "paspoort", 1, &error));
    assert_true(book_set_desk_products(setup->book, "linde", 1, one, 1, &error));
    assert_true(book_set_desk_products(setup->book, "linde", 2, one, 1, &error));
    assert_true(book_times(setup->book, &wish, tuesday, &times, &count, &error));
    assert_int_equal(count, 0);
    assert_true(book_set_desk_products(setup->book, "linde", 2, both, 2, &error));
    assert_true(book_times(setup->book, &wish, tuesday, &times, &count, &error));
    assert_true(count > 0);
    free(times);
    assert_true(book_set_desk_products(setup->book, "linde", 2, NULL, 0, &error));
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM desk_product"), 1);
}

static void
test_a_desk_that_stops_doing_it_passes_on_who_booked(void **state)
{
    static const char *const only[] = {"rijbewijs"};
    struct book_setup *setup = *state;
    struct error error;

    booked(setup, "a", AT(10, 0));
    booked(setup, "b", AT(11, 0));
    booked(setup, "c", AT(11, 0));
    assert_true(book_set_desk_products(setup->book, "linde", 1, only, 1, &error));
    /* At ten the other desk had room, at eleven it had not. */
    assert_affected(setup, "desk-limited 1");
    assert_false(book_set_desk_products(setup->book, "linde", 0, only, 1, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    assert_false(book_set_desk_products(setup->book, "linde", 33, only, 1, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    assert_false(book_set_desk_products(setup->book, "linde", 1,
                                        (const char *const[]){"visum"}, 1, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

/* --- closures ------------------------------------------------------------------- */

static void
test_a_closed_desk_takes_nobody_while_it_is_closed(void **state)
{
    struct book_setup *setup = *state;
    int64_t id = close_desk(setup, 2, AT(10, 0), AT(11, 0));
    struct error error;

    booked(setup, "a", AT(10, 0));
    assert_int_equal(ask_confirm(setup, "b", AT(10, 0)), ERROR_TAKEN);
    assert_int_equal(ask_hold(setup, "b", AT(10, 0)), ERROR_TAKEN);
    booked(setup, "c", AT(9, 40));
    booked(setup, "d", AT(9, 40));
    booked(setup, "e", AT(11, 0));
    booked(setup, "f", AT(11, 0));
    assert_true(book_remove_closure(setup->book, id, &error));
    booked(setup, "b", AT(10, 0));
    assert_false(book_remove_closure(setup->book, id, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void
test_a_closed_location_is_closed_and_not_full(void **state)
{
    struct book_setup *setup = *state;
    bool closed;

    assert_int_equal(free_on(setup, "paspoort", tuesday, &closed), 21);
    close_desk(setup, 0, AT(33, 0), AT(36, 0)); /* Tuesday 9 to 12 */
    assert_int_equal(free_on(setup, "paspoort", tuesday, &closed), 12);
    assert_false(closed);
    close_desk(setup, 0, AT(24, 0), AT(48, 0)); /* all of Tuesday */
    assert_int_equal(free_on(setup, "paspoort", tuesday, &closed), 0);
    assert_true(closed);
    assert_int_equal(free_on(setup, "paspoort", date_add(tuesday, 1), &closed), 21);
    /* Both desks closed, each for itself, are no closed location. */
    close_desk(setup, 1, AT(72, 0), AT(96, 0));
    close_desk(setup, 2, AT(72, 0), AT(96, 0));
    assert_int_equal(free_on(setup, "paspoort", date_add(tuesday, 2), &closed), 0);
    assert_false(closed);
}

static void
test_who_booked_before_a_closure_gets_another_desk_or_is_listed(void **state)
{
    struct book_setup *setup = *state;
    const struct booking alone = booked(setup, "a", AT(10, 0));
    struct booking found;
    struct error error;

    booked(setup, "b", AT(11, 0));
    booked(setup, "c", AT(11, 0));
    assert_int_equal(alone.desk,
                     book_setup_number(setup, "SELECT id FROM desk WHERE"
                                              " location = 'linde' AND number = 1"));
    close_desk(setup, 1, AT(9, 0), AT(12, 0));
    assert_true(book_find(setup->book, alone.id, &found, &error));
    assert_int_not_equal(found.desk, alone.desk);
    assert_int_equal(found.start, alone.start);
    assert_string_equal(found.ticket, alone.ticket); /* nothing that anybody notices */
    assert_int_equal(found.moves, 0);
    assert_affected(setup, "desk-closed 1");
    /* With the whole location closed no desk helps. */
    close_desk(setup, 0, AT(9, 0), AT(10, 30));
    assert_affected(setup, "location-closed 2, desk-closed 1");
    /* They are listed until somebody moves them. */
    assert_int_equal(ask_move(setup, alone.id, "e", AT(14, 0), &found), ERROR_NONE);
    assert_affected(setup, "desk-closed 1");
}

static void
test_a_closure_that_says_nothing_is_refused(void **state)
{
    struct book_setup *setup = *state;
    struct book_closure cases[] = {
        {.location = "linde", .start = NOW, .end = NOW},
        {.location = "linde", .start = NOW + 1, .end = NOW},
        {.location = "linde", .start = NOW, .end = NOW + 1, .desk = -1},
        {.location = "linde", .start = NOW, .end = NOW + 1, .desk = 33},
        {.location = "linde", .start = NOW, .end = NOW + 1, .reason = "a\nb"},
    };
    struct book_closure elsewhere = {
        .location = "nergens", .start = NOW, .end = NOW + 1};
    struct error error;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_false(book_add_closure(setup->book, &cases[i], &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
    }
    assert_false(book_add_closure(setup->book, &elsewhere, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM closure"), 0);
}

static void
test_closures_that_are_past_are_not_listed(void **state)
{
    struct book_setup *setup = *state;
    struct book_closure *list;
    struct error error;
    size_t count;

    close_desk(setup, 0, NOW - DAY_S, NOW);
    close_desk(setup, 2, NOW + DAY_S, NOW + 2 * DAY_S);
    close_desk(setup, 1, NOW - DAY_S, NOW + 1);
    assert_true(book_closure_list(setup->book, &list, &count, &error));
    assert_int_equal(count, 2);
    assert_int_equal(list[0].desk, 1);
    assert_int_equal(list[1].desk, 2);
    assert_int_equal(list[1].end, NOW + 2 * DAY_S);
    free(list);
}

/* --- the catalogue -------------------------------------------------------------- */

/* As when hours, exceptions or products of the catalogue change after the booking. */
static void
test_what_the_catalogue_no_longer_has_is_listed(void **state)
{
    struct book_setup *setup = *state;
    struct booking closed = booked(setup, "a", AT(10, 0));
    struct booking gone = booked(setup, "b", AT(10, 20));
    struct booking nowhere = booked(setup, "c", AT(10, 40));
    struct error error;
    char sql[300];

    snprintf(sql, sizeof(sql),
             "UPDATE booking SET start = %lld, until = %lld WHERE start = %lld"
             " RETURNING 1", /* 27 April, which is closed */
             (long long)AT(10, 0) + 36 * DAY_S - 3600,
             (long long)AT(10, 15) + 36 * DAY_S - 3600, (long long)AT(10, 0));
    book_setup_number(setup, sql);
    snprintf(sql, sizeof(sql),
             "UPDATE booking_item SET product = 'online' WHERE booking ="
             " (SELECT id FROM booking WHERE start = %lld) RETURNING 1",
             (long long)AT(10, 20));
    book_setup_number(setup, sql);
    snprintf(sql, sizeof(sql),
             "UPDATE booking SET location = 'verdwenen' WHERE start = %lld RETURNING 1",
             (long long)AT(10, 40));
    book_setup_number(setup, sql);
    assert_affected(setup, "not-offered 1, location-gone 1, not-open 1");
    assert_true(book_cancel(setup->book, closed.id, &error));
    assert_true(book_cancel(setup->book, gone.id, &error));
    assert_true(book_cancel(setup->book, nowhere.id, &error));
    assert_affected(setup, "");
    book_setup_number(setup, "DELETE FROM cell RETURNING 1"); /* of the one moved */
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_what_staff_said_goes_before_the_settings_and_survives),
        TEST(test_fewer_desks_keep_what_was_booked_and_list_what_does_not_fit),
        TEST(test_a_desk_that_does_one_thing_is_not_given_for_another),
        TEST(test_an_appointment_for_two_things_needs_a_desk_that_does_both),
        TEST(test_a_desk_that_stops_doing_it_passes_on_who_booked),
        TEST(test_a_closed_desk_takes_nobody_while_it_is_closed),
        TEST(test_a_closed_location_is_closed_and_not_full),
        TEST(test_who_booked_before_a_closure_gets_another_desk_or_is_listed),
        TEST(test_a_closure_that_says_nothing_is_refused),
        TEST(test_closures_that_are_past_are_not_listed),
        TEST(test_what_the_catalogue_no_longer_has_is_listed),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
