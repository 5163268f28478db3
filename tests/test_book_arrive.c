#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/book_ask.h"

/* Who came, who did not, and the numbers of it. */

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

static enum error_kind
arrive(const struct book_setup *setup, const struct booking *booking, int64_t now,
       char message[ERROR_MESSAGE_BYTES])
{
    struct booking after;
    struct error error = {.kind = ERROR_NONE, .message = ""};
    bool good;

    book_setup_clock = now;
    good = book_arrive(setup->book, booking->id, "linde", &after, &error);
    if (message != NULL) {
        snprintf(message, ERROR_MESSAGE_BYTES, "%s", error.message);
    }
    assert_true(!good || after.state == BOOKING_ARRIVED);
    return good ? ERROR_NONE : error.kind;
}

static enum booking_state
state_of(const struct book_setup *setup, const struct booking *booking)
{
    struct booking found;
    struct error error;

    assert_true(book_find(setup->book, booking->id, &found, &error));
    return found.state;
}

/* --- arriving ------------------------------------------------------------------- */

static void
test_an_arrival_is_taken_from_half_an_hour_before_to_ten_minutes_after(void **state)
{
    static const struct {
        int64_t after_s; /* the start */
        enum error_kind kind;
        const char *reason;
    } cases[] = {
        {-1801, ERROR_REFUSED,
         "It is too early: come back from 2027-03-22T09:30:00+01:00."},
        {-1800, ERROR_NONE, ""},
        {0, ERROR_NONE, ""},
        {600, ERROR_NONE, ""},
        {601, ERROR_REFUSED,
         "It is too late: it was possible until 2027-03-26T10:10:00+01:00."},
        {-DAY_S, ERROR_REFUSED,
         "It is too early: come back from 2027-03-27T09:30:00+01:00."},
    };
    struct book_setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char letter[2] = {(char)('0' + i), '\0'};
        const int64_t start = AT(10, 0) + (int64_t)i * DAY_S;
        char message[ERROR_MESSAGE_BYTES];
        struct booking booking;

        book_setup_clock = NOW;
        booking = booked(setup, letter, start);
        assert_int_equal(arrive(setup, &booking, start + cases[i].after_s, message),
                         cases[i].kind);
        assert_string_equal(message, cases[i].reason);
        assert_int_equal(state_of(setup, &booking), cases[i].kind == ERROR_NONE
                                                        ? BOOKING_ARRIVED
                                                        : BOOKING_BOOKED);
    }
}

static void
test_an_arrival_said_again_is_no_other(void **state)
{
    struct book_setup *setup = *state;
    const struct booking booking = booked(setup, "a", AT(10, 0));
    struct booking after;
    struct error error;

    assert_int_equal(arrive(setup, &booking, AT(9, 45), NULL), ERROR_NONE);
    assert_int_equal(arrive(setup, &booking, AT(9, 46), NULL), ERROR_NONE);
    /* Even when the answer to the first was lost for long. */
    assert_int_equal(arrive(setup, &booking, AT(11, 0), NULL), ERROR_NONE);
    assert_true(book_find(setup->book, booking.id, &after, &error));
    assert_int_equal(after.changed, AT(9, 45));
}

static void
test_who_is_there_can_neither_move_nor_cancel(void **state)
{
    struct book_setup *setup = *state;
    const struct booking booking = booked(setup, "a", AT(10, 0));
    struct booking after;
    struct error error;

    assert_int_equal(arrive(setup, &booking, AT(9, 45), NULL), ERROR_NONE);
    assert_int_equal(ask_move(setup, booking.id, "e", AT(15, 0), &after),
                     ERROR_REFUSED);
    assert_false(book_cancel(setup->book, booking.id, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 3);
}

static void
test_nobody_arrives_elsewhere_or_for_what_does_not_stand(void **state)
{
    struct book_setup *setup = *state;
    const struct booking booking = booked(setup, "a", AT(10, 0));
    const uint8_t nobody[BOOK_ID_BYTES] = {1};
    struct booking after;
    struct error error;

    book_setup_clock = AT(9, 45);
    assert_false(book_arrive(setup->book, booking.id, "nacht", &after, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_string_equal(error.message, "This appointment is at linde.");
    assert_false(book_arrive(setup->book, nobody, "linde", &after, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_true(book_cancel(setup->book, booking.id, &error));
    assert_false(book_arrive(setup->book, booking.id, "linde", &after, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
}

static void
test_the_hours_of_arriving_move_along(void **state)
{
    struct book_setup *setup = *state;
    const struct booking before = booked(setup, "a", AT(10, 0));
    struct booking after;
    int64_t from, until;

    assert_int_equal(ask_move(setup, before.id, "e", AT(11, 0), &after), ERROR_NONE);
    book_arrival_hours(setup->book, &after, &from, &until);
    assert_int_equal(from, AT(10, 30));
    assert_int_equal(until, AT(11, 10));
    assert_int_equal(arrive(setup, &before, AT(10, 0), NULL), ERROR_REFUSED);
    assert_int_equal(arrive(setup, &before, AT(10, 30), NULL), ERROR_NONE);
}

/* --- not coming ----------------------------------------------------------------- */

static void
test_who_did_not_come_is_missed_on_a_day_that_others_came(void **state)
{
    struct book_setup *setup = *state;
    const struct booking early = booked(setup, "a", AT(10, 0));
    const struct booking second = booked(setup, "b", AT(10, 0));
    const struct booking late = booked(setup, "c", AT(11, 0));
    const struct booking tomorrow = booked(setup, "d", AT(10, 0) + DAY_S);
    struct booking after;

    book_setup_clock = AT(10, 30);
    ask_tidy(setup);
    /* Nobody came yet: perhaps nobody can check in there. */
    assert_int_equal(state_of(setup, &early), BOOKING_BOOKED);
    assert_int_equal(arrive(setup, &late, AT(11, 0), NULL), ERROR_NONE);
    ask_tidy(setup);
    assert_int_equal(state_of(setup, &early), BOOKING_MISSED);
    assert_int_equal(state_of(setup, &second), BOOKING_MISSED);
    assert_int_equal(state_of(setup, &late), BOOKING_ARRIVED);
    assert_int_equal(state_of(setup, &tomorrow), BOOKING_BOOKED);
    assert_int_equal(arrive(setup, &early, AT(11, 5), NULL), ERROR_REFUSED);
    assert_int_equal(ask_move(setup, early.id, "e", AT(15, 0), &after), ERROR_REFUSED);
    /* Another place and another day know nothing of it. */
    book_setup_clock = AT(12, 0) + DAY_S;
    ask_tidy(setup);
    assert_int_equal(state_of(setup, &tomorrow), BOOKING_BOOKED);
}

static void
test_who_may_still_come_is_not_missed(void **state)
{
    struct book_setup *setup = *state;
    const struct booking one = booked(setup, "a", AT(10, 0));
    const struct booking other = booked(setup, "b", AT(10, 0));

    assert_int_equal(arrive(setup, &one, AT(9, 50), NULL), ERROR_NONE);
    book_setup_clock = AT(10, 10);
    ask_tidy(setup);
    assert_int_equal(state_of(setup, &other), BOOKING_BOOKED);
    book_setup_clock = AT(10, 10) + 1;
    ask_tidy(setup);
    assert_int_equal(state_of(setup, &other), BOOKING_MISSED);
}

static void
test_who_was_missed_while_the_back_office_was_away_is_found_later(void **state)
{
    struct book_setup *setup = *state;
    const struct booking one = booked(setup, "a", AT(10, 0));
    const struct booking other = booked(setup, "b", AT(10, 0));

    assert_int_equal(arrive(setup, &one, AT(9, 50), NULL), ERROR_NONE);
    book_setup_clock = AT(9, 0) + 6 * DAY_S;
    ask_tidy(setup);
    assert_int_equal(state_of(setup, &other), BOOKING_MISSED);
}

static void
test_cancelling_what_was_missed_changes_nothing(void **state)
{
    struct book_setup *setup = *state;
    const struct booking one = booked(setup, "a", AT(10, 0));
    const struct booking other = booked(setup, "b", AT(10, 0));
    struct error error;

    assert_int_equal(arrive(setup, &one, AT(9, 50), NULL), ERROR_NONE);
    book_setup_clock = AT(12, 0);
    ask_tidy(setup);
    assert_true(book_cancel(setup->book, other.id, &error));
    assert_int_equal(state_of(setup, &other), BOOKING_MISSED);
}

/* --- numbers -------------------------------------------------------------------- */

/* "2027-03-22 linde paspoort arrived 2", one a line. */
static void
assert_counts(const struct book_setup *setup, const char *expected)
{
    char lines[2000] = "";
    struct book_count *list;
    struct error error;
    size_t count, length = 0;

    assert_true(book_counts(setup->book, (struct date){2027, 3, 1},
                            (struct date){2027, 3, 31}, &list, &count, &error));
    for (size_t i = 0; i < count; i++) {
        char date[TIME_TEXT_BYTES];

        date_format(list[i].date, date);
        length +=
            (size_t)snprintf(lines + length, sizeof(lines) - length, "%s %s %s %s %d\n",
                             date, list[i].location, list[i].product,
                             book_outcome_name(list[i].outcome), (int)list[i].count);
    }
    free(list);
    assert_string_equal(lines, expected);
}

static void
test_every_appointment_is_counted_once_whatever_became_of_it(void **state)
{
    struct book_setup *setup = *state;
    const struct booking came = booked(setup, "a", AT(10, 0));
    const struct booking cancelled = booked(setup, "b", AT(10, 0));
    struct booking moved = booked(setup, "c", AT(11, 0));
    struct error error;

    booked(setup, "d", AT(11, 0));                                 /* missed */
    booked(setup, "e", AT(10, 0) + DAY_S);                         /* nobody knows */
    booked(setup, "f", AT(9, 0) + 3 * DAY_S);                      /* to come */
    assert_int_equal(ask_hold(setup, "1", AT(14, 0)), ERROR_NONE); /* nothing */
    assert_int_equal(ask_confirm_as(setup, "2", AT(24, 0), "nacht", "lang", &moved),
                     ERROR_NONE);
    assert_int_equal(ask_move(setup, moved.id, "3", AT(25, 0), &moved), ERROR_NONE);
    assert_true(book_cancel(setup->book, cancelled.id, &error));
    assert_int_equal(arrive(setup, &came, AT(9, 50), NULL), ERROR_NONE);
    assert_counts(setup, "2027-03-22 linde paspoort to-come 2\n"
                         "2027-03-22 linde paspoort arrived 1\n"
                         "2027-03-22 linde paspoort cancelled 1\n"
                         "2027-03-23 linde paspoort to-come 1\n"
                         "2027-03-23 nacht lang to-come 1\n"
                         "2027-03-25 linde paspoort to-come 1\n");
    book_setup_clock = AT(12, 0) + DAY_S;
    ask_tidy(setup);
    {
        static const char after[] = "2027-03-22 linde paspoort arrived 1\n"
                                    "2027-03-22 linde paspoort missed 2\n"
                                    "2027-03-22 linde paspoort cancelled 1\n"
                                    "2027-03-23 linde paspoort unknown 1\n"
                                    "2027-03-23 nacht lang unknown 1\n"
                                    "2027-03-25 linde paspoort to-come 1\n";

        assert_counts(setup, after);
        /* Forgotten they count on, in the same places. */
        book_setup_clock = AT(12, 0) + 12 * DAY_S;
        ask_tidy(setup);
        assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking"), 1);
        assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking_item"),
                         1);
        assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking_value"),
                         2);
        book_setup_clock = AT(12, 0) + DAY_S;
        assert_counts(setup, after);
    }
}

static void
test_counts_are_of_the_days_that_are_asked_for(void **state)
{
    struct book_setup *setup = *state;
    struct book_count *list;
    struct error error;
    size_t count;
    const struct date tuesday = {2027, 3, 23};

    booked(setup, "a", AT(10, 0));
    booked(setup, "b", AT(10, 0) + DAY_S);
    booked(setup, "c", AT(10, 0) + 2 * DAY_S);
    assert_true(book_counts(setup->book, tuesday, tuesday, &list, &count, &error));
    assert_int_equal(count, 1);
    assert_int_equal(date_compare(list[0].date, tuesday), 0);
    free(list);
    assert_true(book_counts(setup->book, (struct date){2026, 1, 1},
                            (struct date){2026, 1, 2}, &list, &count, &error));
    assert_int_equal(count, 0);
    free(list);
}

static void
test_an_appointment_for_two_products_is_in_both_lines(void **state)
{
    struct book_setup *setup = *state;
    struct book_wish wish = ask_wish(setup, "linde", "paspoort", 1);
    const struct book_value values[] = {{"lastName", "Jansen"}, {"phoneNumber", "06"}};
    char key[BOOK_KEY_BYTES];
    const struct book_request request = {
        .key = ask_key("a", key),
        .kiosk = "test",
        .wish = &wish,
        .start = AT(10, 0),
        .values = values,
        .value_count = 2,
    };
    struct booking booking;
    struct error error;

    assert_true(book_wish_add(setup->book, &wish, "rijbewijs", 1, &error));
    assert_true(book_confirm(setup->book, &request, &booking, NULL, &error));
    assert_counts(setup, "2027-03-22 linde paspoort to-come 1\n"
                         "2027-03-22 linde rijbewijs to-come 1\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_an_arrival_is_taken_from_half_an_hour_before_to_ten_minutes_after),
        TEST(test_an_arrival_said_again_is_no_other),
        TEST(test_who_is_there_can_neither_move_nor_cancel),
        TEST(test_nobody_arrives_elsewhere_or_for_what_does_not_stand),
        TEST(test_the_hours_of_arriving_move_along),
        TEST(test_who_did_not_come_is_missed_on_a_day_that_others_came),
        TEST(test_who_may_still_come_is_not_missed),
        TEST(test_who_was_missed_while_the_back_office_was_away_is_found_later),
        TEST(test_cancelling_what_was_missed_changes_nothing),
        TEST(test_every_appointment_is_counted_once_whatever_became_of_it),
        TEST(test_counts_are_of_the_days_that_are_asked_for),
        TEST(test_an_appointment_for_two_products_is_in_both_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
