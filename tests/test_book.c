#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "support/book_ask.h"

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

static size_t
times_of(const struct book_setup *setup, const char *location, const char *product,
         struct date date, int64_t *starts)
{
    const struct book_wish wish = ask_wish(setup, location, product, 1);
    struct book_time *list;
    struct error error;
    size_t count;

    assert_true(book_times(setup->book, &wish, date, &list, &count, &error));
    for (size_t i = 0; i < count && starts != NULL; i++) {
        starts[i] = list[i].start;
    }
    free(list);
    return count;
}

/* --- what is on offer --------------------------------------------------------- */

static void
test_starts_step_with_the_size_of_the_product(void **state)
{
    static const struct {
        const char *product;
        size_t count;
        int64_t first, second, last;
    } cases[] = {
        /* morning 9-12 and afternoon 13-17 */
        {"paspoort", 9 + 12, 0, 20 * 60, (7 * 60 + 40) * 60},
        {"lang", 6 + 8, 0, 30 * 60, (7 * 60 + 30) * 60},
        {"trouwen", 3 + 4, 0, 60 * 60, 7 * 3600},
    };
    struct book_setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t starts[100];
        size_t count = times_of(setup, "linde", cases[i].product,
                                (struct date){2027, 3, 23}, starts);

        assert_int_equal(count, cases[i].count);
        assert_int_equal(starts[0] - AT(33, 0), cases[i].first);
        assert_int_equal(starts[1] - AT(33, 0), cases[i].second);
        assert_int_equal(starts[count - 1] - AT(33, 0), cases[i].last);
    }
}

static void
test_minutes_add_up_over_products_and_persons(void **state)
{
    static const struct {
        const char *product;
        int64_t persons;
        int minutes; /* of the whole wish so far */
        enum error_kind kind;
    } cases[] = {
        {"paspoort", 2, 30, ERROR_NONE},     {"trouwen", 2, 75, ERROR_NONE},
        {"rijbewijs", 1, 85, ERROR_NONE},    {"rijbewijs", 2, 85, ERROR_REFUSED},
        {"paspoort", 0, 85, ERROR_REFUSED},  {"paspoort", 7, 85, ERROR_REFUSED},
        {"paspoort", -1, 85, ERROR_REFUSED}, {"online", 1, 85, ERROR_REFUSED},
        {"visum", 1, 85, ERROR_NOT_FOUND},   {"paspoort", 1, 100, ERROR_NONE},
        {"paspoort", 1, 100, ERROR_REFUSED}, /* a fifth product */
    };
    struct book_setup *setup = *state;
    struct book_wish wish;
    struct error error;

    assert_true(book_wish_begin(setup->book, "linde", &wish, &error));
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        error.kind = ERROR_NONE;
        book_wish_add(setup->book, &wish, cases[i].product, cases[i].persons, &error);
        assert_int_equal(error.kind, cases[i].kind);
        assert_int_equal(wish.minutes, cases[i].minutes);
    }
    assert_false(book_wish_begin(setup->book, "nergens", &wish, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_true(book_wish_begin(setup->book, "curacao", &wish, &error));
    assert_false(book_wish_add(setup->book, &wish, "rijbewijs", 1, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
}

static void
test_hours_are_local_on_the_days_that_the_clock_changes(void **state)
{
    static const struct {
        int64_t now;
        struct date date;
        const char *location;
        int64_t first_utc;
        size_t count;
    } cases[] = {
        /* Sunday 28 March 2027: at 9:00 it is summer time already. */
        {NOW, {2027, 3, 27}, "linde", INT64_C(1806134400), 21}, /* 08:00Z */
        {NOW, {2027, 3, 28}, "linde", INT64_C(1806217200), 21}, /* 07:00Z */
        /* 0-6 by the clock is five hours that night, seven in October. */
        {NOW, {2027, 3, 28}, "nacht", INT64_C(1806188400), 15},
        {NOW, {2027, 3, 29}, "nacht", INT64_C(1806271200), 18},
        {INT64_C(1824000000), {2027, 10, 31}, "nacht", INT64_C(1824933600), 21},
        {INT64_C(1824000000), {2027, 10, 31}, "linde", INT64_C(1824969600), 21},
        {INT64_C(1824000000), {2027, 10, 30}, "linde", INT64_C(1824879600), 21},
        /* Four hours behind UTC, all year. */
        {NOW, {2027, 3, 28}, "curacao", INT64_C(1806238800), 3},
    };
    struct book_setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int64_t starts[100];

        book_setup_clock = cases[i].now;
        assert_int_equal(
            times_of(setup, cases[i].location, "paspoort", cases[i].date, starts),
            cases[i].count);
        assert_int_equal(starts[0], cases[i].first_utc);
    }
}

static void
test_days_show_what_is_free_and_what_is_closed(void **state)
{
    struct book_setup *setup = *state;
    const struct book_wish wish = ask_wish(setup, "linde", "paspoort", 1);
    struct book_day *days;
    struct error error;
    size_t count;

    book_setup_clock = NOW + 30 * DAY_S;
    assert_true(book_days(setup->book, &wish, (struct date){2027, 4, 26},
                          (struct date){2027, 4, 28}, &days, &count, &error));
    assert_int_equal(count, 3);
    assert_int_equal(days[0].free, 21);
    assert_false(days[0].closed);
    assert_int_equal(days[1].free, 0);
    assert_true(days[1].closed);
    assert_int_equal(days[2].free, 3);
    free(days);
}

static void
test_a_day_counts_down_and_is_full_not_closed(void **state)
{
    struct book_setup *setup = *state;
    const struct book_wish wish = ask_wish(setup, "curacao", "trouwen", 1);
    struct booking booking;
    struct book_day *days;
    struct error error;
    size_t count;
    const struct date date = {2027, 3, 23};

    assert_true(book_days(setup->book, &wish, date, date, &days, &count, &error));
    assert_int_equal(days[0].free, 1);
    free(days);
    /* 10 minutes in the middle leave no room for 45. */
    assert_int_equal(ask_confirm_as(setup, "a", INT64_C(1805806800) + 1200, "curacao",
                                    "paspoort", &booking),
                     ERROR_NONE);
    assert_true(book_days(setup->book, &wish, date, date, &days, &count, &error));
    assert_int_equal(days[0].free, 0);
    assert_false(days[0].closed);
    free(days);
}

static void
test_days_are_cut_to_today_and_the_horizon(void **state)
{
    static const struct {
        struct date from, to;
        size_t count;
        bool good;
    } cases[] = {
        {{2027, 3, 20}, {2027, 3, 24}, 3, true},
        {{2027, 5, 20}, {2027, 5, 30}, 2, true}, /* the 60th day is 21 May */
        {{2027, 5, 22}, {2027, 5, 30}, 0, true},
        {{2027, 3, 1}, {2027, 3, 21}, 0, true},
        {{2027, 3, 24}, {2027, 3, 23}, 0, false},
        {{2027, 3, 1}, {9999, 12, 31}, 61, true},
        {{0, 0, 0}, {0, 0, 0}, 61, true},
        {{2027, 5, 20}, {0, 0, 0}, 2, true},
        {{0, 0, 0}, {2027, 3, 24}, 3, true},
    };
    struct book_setup *setup = *state;
    const struct book_wish wish = ask_wish(setup, "linde", "paspoort", 1);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct book_day *days;
        struct error error;
        size_t count;

        assert_int_equal(book_days(setup->book, &wish, cases[i].from, cases[i].to,
                                   &days, &count, &error),
                         cases[i].good);
        assert_int_equal(count, cases[i].count);
        assert_true(cases[i].good || error.kind == ERROR_BAD_INPUT);
        free(days);
    }
}

static void
test_nobody_is_asked_to_come_too_soon_too_late_or_off_the_grid(void **state)
{
    static const struct {
        int64_t start;
        enum error_kind kind;
    } cases[] = {
        {AT(9, 20), ERROR_NONE},
        {AT(9, 0), ERROR_TAKEN},
        {AT(8, 0), ERROR_TAKEN},
        {AT(12, 0), ERROR_TAKEN},
        {AT(9, 30), ERROR_TAKEN},
        {AT(9, 40) + 1, ERROR_TAKEN},
        {AT(17, 0), ERROR_TAKEN},
        {AT(9, 0) + 60 * DAY_S - 3600, ERROR_NONE},
        {AT(9, 0) + 61 * DAY_S - 3600, ERROR_TAKEN},
        {INT64_C(0), ERROR_TAKEN},
        {INT64_C(253402300799), ERROR_TAKEN},
    };
    struct book_setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(ask_hold(setup, "a", cases[i].start), cases[i].kind);
    }
    book_setup_clock = AT(9, 10);
    assert_int_equal(ask_hold(setup, "b", AT(9, 20)), ERROR_NONE);
    book_setup_clock = AT(9, 10) + 1;
    assert_int_equal(ask_hold(setup, "c", AT(9, 20)), ERROR_TAKEN);
    /* Who held it in time may still say yes. */
    assert_int_equal(ask_confirm(setup, "b", AT(9, 20)), ERROR_NONE);
}

static void
test_the_earliest_time_skips_what_is_taken(void **state)
{
    struct book_setup *setup = *state;
    const struct book_wish wish = ask_wish(setup, "linde", "paspoort", 1);
    struct error error;
    int64_t start;

    assert_true(book_earliest(setup->book, &wish, &start, &error));
    assert_int_equal(start, AT(9, 20));
    assert_int_equal(ask_confirm(setup, "a", AT(9, 20)), ERROR_NONE);
    assert_int_equal(ask_hold(setup, "b", AT(9, 20)), ERROR_NONE);
    assert_true(book_earliest(setup->book, &wish, &start, &error));
    assert_int_equal(start, AT(9, 40));
}

/* --- holds and bookings ------------------------------------------------------- */

static void
test_two_desks_take_two_and_no_third(void **state)
{
    struct book_setup *setup = *state;

    assert_int_equal(ask_confirm(setup, "a", AT(10, 0)), ERROR_NONE);
    assert_int_equal(ask_hold(setup, "b", AT(10, 0)), ERROR_NONE);
    assert_int_equal(ask_hold(setup, "c", AT(10, 0)), ERROR_TAKEN);
    assert_int_equal(ask_confirm(setup, "c", AT(10, 0)), ERROR_TAKEN);
    assert_int_equal(ask_give_up(setup, "b"), ERROR_NONE);
    assert_int_equal(ask_confirm(setup, "c", AT(10, 0)), ERROR_NONE);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 6);
}

static void
test_a_second_hold_of_a_key_replaces_the_first(void **state)
{
    struct book_setup *setup = *state;

    assert_int_equal(ask_hold(setup, "a", AT(10, 0)), ERROR_NONE);
    assert_int_equal(ask_hold(setup, "a", AT(10, 20)), ERROR_NONE);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 3);
    assert_int_equal(ask_hold(setup, "b", AT(10, 40)), ERROR_NONE);
    assert_int_equal(ask_hold(setup, "c", AT(10, 40)), ERROR_NONE);
    /* What can't be had leaves what one had. */
    assert_int_equal(ask_hold(setup, "a", AT(10, 40)), ERROR_TAKEN);
    assert_int_equal(ask_confirm(setup, "a", AT(10, 20)), ERROR_NONE);
}

static void
test_an_expired_hold_is_taken_over(void **state)
{
    struct book_setup *setup = *state;

    assert_int_equal(ask_hold(setup, "a", AT(10, 0)), ERROR_NONE);
    assert_int_equal(ask_hold(setup, "b", AT(10, 0)), ERROR_NONE);
    book_setup_clock = NOW + BOOK_HOLD_S - 1;
    assert_int_equal(ask_hold(setup, "c", AT(10, 0)), ERROR_TAKEN);
    book_setup_clock = NOW + BOOK_HOLD_S;
    assert_int_equal(ask_confirm(setup, "c", AT(10, 0)), ERROR_NONE);
    /* c sits at a's desk; b came late, but nobody took b's. */
    assert_int_equal(ask_confirm(setup, "b", AT(10, 0)), ERROR_NONE);
    assert_int_equal(ask_confirm(setup, "a", AT(10, 0)), ERROR_TAKEN);
}

static void
test_who_lost_a_hold_gets_another_desk_when_there_is_one(void **state)
{
    struct book_setup *setup = *state;
    struct booking booking;

    assert_int_equal(ask_hold(setup, "a", AT(10, 0)), ERROR_NONE);
    book_setup_clock = NOW + BOOK_HOLD_S;
    assert_int_equal(ask_confirm(setup, "b", AT(10, 0)), ERROR_NONE);
    assert_int_equal(
        ask_confirm_as(setup, "a", AT(10, 0), "linde", "paspoort", &booking),
        ERROR_NONE);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 6);
}

static void
test_the_same_key_gives_the_same_answer(void **state)
{
    struct book_setup *setup = *state;
    struct booking first, again, found;
    struct error error;
    char key[BOOK_KEY_BYTES];

    assert_int_equal(ask_confirm_as(setup, "a", AT(10, 0), "linde", "paspoort", &first),
                     ERROR_NONE);
    book_setup_restart(setup);
    assert_int_equal(ask_confirm_as(setup, "a", AT(10, 0), "linde", "paspoort", &again),
                     ERROR_NONE);
    assert_memory_equal(first.id, again.id, BOOK_ID_BYTES);
    assert_string_equal(first.code, again.code);
    assert_string_equal(first.ticket, again.ticket);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking"), 1);
    assert_true(book_find_key(setup->book, ask_key("a", key), &found, &error));
    assert_memory_equal(found.id, first.id, BOOK_ID_BYTES);
    assert_int_equal(found.desk, first.desk);
    assert_true(book_find(setup->book, first.id, &found, &error));
    assert_int_equal(found.end, AT(10, 15));
    /* Something else under the same key is no repetition. */
    assert_int_equal(ask_confirm(setup, "a", AT(10, 20)), ERROR_REFUSED);
    assert_int_equal(
        ask_confirm_as(setup, "a", AT(10, 0), "linde", "rijbewijs", &again),
        ERROR_REFUSED);
    assert_int_equal(ask_hold(setup, "a", AT(10, 20)), ERROR_REFUSED);
}

static void
test_a_key_that_was_given_up_can_never_book(void **state)
{
    struct book_setup *setup = *state;
    struct booking booking;
    struct error error;
    char key[BOOK_KEY_BYTES];

    assert_int_equal(ask_give_up(setup, "a"), ERROR_NONE);
    assert_int_equal(ask_confirm(setup, "a", AT(10, 0)), ERROR_REFUSED);
    assert_int_equal(ask_hold(setup, "b", AT(10, 0)), ERROR_NONE);
    assert_int_equal(ask_give_up(setup, "b"), ERROR_NONE);
    assert_int_equal(ask_give_up(setup, "b"), ERROR_NONE);
    assert_int_equal(ask_hold(setup, "b", AT(10, 0)), ERROR_REFUSED);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 0);
    assert_false(book_find_key(setup->book, ask_key("b", key), &booking, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    /* What was booked stays booked. */
    assert_int_equal(ask_confirm(setup, "c", AT(10, 0)), ERROR_NONE);
    assert_int_equal(ask_give_up(setup, "c"), ERROR_NONE);
    assert_true(book_find_key(setup->book, ask_key("c", key), &booking, &error));
    assert_int_equal(booking.state, BOOKING_BOOKED);
}

static void
test_cancelling_frees_the_time_and_forgets_the_person(void **state)
{
    struct book_setup *setup = *state;
    struct booking booking, found;
    struct error error;
    uint8_t nobody[BOOK_ID_BYTES] = {1};

    assert_int_equal(
        ask_confirm_as(setup, "a", AT(10, 0), "linde", "paspoort", &booking),
        ERROR_NONE);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking_value"), 2);
    assert_true(book_cancel(setup->book, booking.id, &error));
    assert_true(book_cancel(setup->book, booking.id, &error));
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 0);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking_value"), 0);
    assert_true(book_find(setup->book, booking.id, &found, &error));
    assert_int_equal(found.state, BOOKING_CANCELLED);
    assert_false(book_cancel(setup->book, nobody, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void
test_what_is_required_of_a_person_is_checked(void **state)
{
    static char long_name[140];
    const struct {
        struct book_value values[3];
        size_t count;
        bool good;
    } cases[] = {
        {{{"lastName", "Ünver"}, {"phoneNumber", "06"}}, 2, true},
        {{{"lastName", "Jansen"}}, 1, false},
        {{{"phoneNumber", "06"}}, 1, false},
        {{{"lastName", "  "}, {"phoneNumber", "06"}}, 2, false},
        {{{"lastName", "a\nb"}, {"phoneNumber", "06"}}, 2, false},
        {{{"lastName", "a"}, {"phoneNumber", "012345678901234567890"}}, 2, false},
        {{{"lastName", "a"}, {"phoneNumber", "06"}, {"email", "a@b"}}, 3, false},
        {{{"lastName", "a"}, {"phoneNumber", "06"}, {"bsn", "1"}}, 3, false},
        {{{"lastName", "a"}, {"phoneNumber", "06"}, {"lastName", "b"}}, 3, false},
    };
    struct book_setup *setup = *state;
    const struct book_wish wish = ask_wish(setup, "linde", "paspoort", 1);

    memset(long_name, 'a', sizeof(long_name) - 1);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const char letter[2] = {(char)('0' + i), '\0'};
        char key[BOOK_KEY_BYTES];
        const struct book_request request = {
            .key = ask_key(letter, key),
            .kiosk = "test",
            .wish = &wish,
            .start = AT(10, 0),
            .values = cases[i].values,
            .value_count = cases[i].count,
        };
        struct booking booking;
        struct error error = {0};

        assert_int_equal(book_confirm(setup->book, &request, &booking, NULL, &error),
                         cases[i].good);
        assert_true(cases[i].good || error.kind == ERROR_REFUSED);
        assert_null(strstr(error.message, "012345")); /* nothing typed is repeated */
    }
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking"), 1);
    assert_int_equal(
        book_setup_number(setup,
                          "SELECT count(*) FROM booking_value WHERE value = 'Ünver'"),
        1);
}

static void
test_keys_that_are_no_keys_are_refused(void **state)
{
    static const char *const cases[] = {"", "a", "0123456789ABCDEF0123456789abcdef",
                                        "0123456789abcdef0123456789abcdeg",
                                        "0123456789abcdef0123456789abcdef0"};
    struct book_setup *setup = *state;
    const struct book_wish wish = ask_wish(setup, "linde", "paspoort", 1);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct book_request request = {
            .key = cases[i], .kiosk = "test", .wish = &wish, .start = AT(10, 0)};
        struct booking booking;
        struct error error;

        assert_false(book_hold(setup->book, &request, &booking, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        assert_false(book_give_up(setup->book, cases[i], "test", &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
    }
}

static void
test_the_ticket_is_signed_for_this_appointment(void **state)
{
    struct book_setup *setup = *state;
    struct ticket_key key = {.valid_from = 0, .valid_to = TICKET_KEY_NO_END};
    struct ticket_claim claim;
    struct booking booking;
    struct error error;
    uint8_t location[4];

    memcpy(key.public_key, setup->ticket_key.public_key, sizeof(key.public_key));
    assert_int_equal(
        ask_confirm_as(setup, "a", AT(10, 0), "linde", "paspoort", &booking),
        ERROR_NONE);
    assert_true(ticket_verify(booking.ticket, &key, 1, &claim, &error));
    assert_memory_equal(claim.appointment, booking.id, BOOK_ID_BYTES);
    assert_int_equal(claim.start, AT(10, 0));
    ticket_location_id("linde", location);
    assert_memory_equal(claim.location, location, 4);
    assert_int_equal(strlen(booking.code), TICKET_CODE_LENGTH);
}

/* --- tidying ------------------------------------------------------------------ */

static void
test_tidying_leaves_no_hold_behind_and_nothing_else_changed(void **state)
{
    struct book_setup *setup = *state;

    assert_int_equal(ask_hold(setup, "a", AT(10, 0)), ERROR_NONE);
    assert_int_equal(ask_confirm(setup, "b", AT(10, 0)), ERROR_NONE);
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 6);
    book_setup_clock = NOW + BOOK_HOLD_S;
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 3);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking"), 1);
    /* Who was slow can still have it. */
    assert_int_equal(ask_confirm(setup, "a", AT(10, 0)), ERROR_NONE);
}

static void
test_persons_are_forgotten_some_days_after_the_date(void **state)
{
    static const char persons[] = "SELECT count(*) FROM booking_value";
    static const char codes[] = "SELECT count(*) FROM booking WHERE code IS NOT NULL";
    struct book_setup *setup = *state;

    assert_int_equal(ask_confirm(setup, "a", AT(10, 0)), ERROR_NONE);
    book_setup_clock = AT(10, 15) + 10 * DAY_S - 1;
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, persons), 2);
    assert_int_equal(book_setup_number(setup, codes), 1);
    book_setup_clock = AT(10, 15) + 10 * DAY_S;
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, persons), 0);
    assert_int_equal(book_setup_number(setup, codes), 0);
    /* Nothing of it is left but a number. */
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 0);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking"), 0);
    assert_int_equal(book_setup_number(setup, "SELECT sum(count) FROM book_count"), 1);
}

static void
test_spent_keys_are_forgotten_after_a_month(void **state)
{
    struct book_setup *setup = *state;

    assert_int_equal(ask_give_up(setup, "a"), ERROR_NONE);
    book_setup_clock = NOW + 30 * DAY_S - 1;
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking"), 1);
    book_setup_clock = NOW + 30 * DAY_S;
    ask_tidy(setup);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM booking"), 0);
}

static void
test_desks_come_from_the_settings(void **state)
{
    static const struct {
        const char *desks;
        bool good;
        int64_t linde, nacht;
    } cases[] = {
        {"3", true, 3, 3},   {"1 linde=4", true, 4, 1},  {"2 linde=0", true, 0, 2},
        {"x", false, 0, 2},  {"2 linde=x", false, 0, 2}, {"2 nergens=1", false, 0, 2},
        {"33", false, 0, 2}, {"-1", false, 0, 2},
    };
    struct book_setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct book_options options = {
            .store = setup->store,
            .catalogue = book_setup_catalogue(),
            .ticket_key = setup->ticket_key,
            .ticket_address = BOOK_SETUP_ADDRESS,
            .desks = cases[i].desks,
        };
        struct error error;
        struct book *book = book_open(&options, &error);

        assert_int_equal(book != NULL, cases[i].good);
        assert_true(cases[i].good || error.kind == ERROR_BAD_INPUT);
        book_close(book);
        assert_int_equal(book_setup_number(setup,
                                           "SELECT count(*) FROM desk WHERE active = 1"
                                           " AND location = 'linde'"),
                         cases[i].linde);
        assert_int_equal(book_setup_number(setup,
                                           "SELECT count(*) FROM desk WHERE active = 1"
                                           " AND location = 'nacht'"),
                         cases[i].nacht);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_starts_step_with_the_size_of_the_product),
        TEST(test_minutes_add_up_over_products_and_persons),
        TEST(test_hours_are_local_on_the_days_that_the_clock_changes),
        TEST(test_days_show_what_is_free_and_what_is_closed),
        TEST(test_a_day_counts_down_and_is_full_not_closed),
        TEST(test_days_are_cut_to_today_and_the_horizon),
        TEST(test_nobody_is_asked_to_come_too_soon_too_late_or_off_the_grid),
        TEST(test_the_earliest_time_skips_what_is_taken),
        TEST(test_two_desks_take_two_and_no_third),
        TEST(test_a_second_hold_of_a_key_replaces_the_first),
        TEST(test_an_expired_hold_is_taken_over),
        TEST(test_who_lost_a_hold_gets_another_desk_when_there_is_one),
        TEST(test_the_same_key_gives_the_same_answer),
        TEST(test_a_key_that_was_given_up_can_never_book),
        TEST(test_cancelling_frees_the_time_and_forgets_the_person),
        TEST(test_what_is_required_of_a_person_is_checked),
        TEST(test_keys_that_are_no_keys_are_refused),
        TEST(test_the_ticket_is_signed_for_this_appointment),
        TEST(test_tidying_leaves_no_hold_behind_and_nothing_else_changed),
        TEST(test_persons_are_forgotten_some_days_after_the_date),
        TEST(test_spent_keys_are_forgotten_after_a_month),
        TEST(test_desks_come_from_the_settings),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
