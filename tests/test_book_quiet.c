#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "support/book_ask.h"

/* Quiet is only said of what is known to be quiet. */

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */
#define AT(hour, minute) (NOW + ((hour)-9) * 3600 + (minute)*60)
#define DAY_S 86400
#define WEEK_S (7 * DAY_S)

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

/* Appointments that somebody came for, on the Tuesday so many weeks ago. */
static void
came(const struct book_setup *setup, int weeks_ago, int hour, int count)
{
    char sql[300];

    snprintf(sql, sizeof(sql),
             "INSERT INTO book_count (hour, location, product, state, count)"
             " VALUES (%lld, 'linde', 'paspoort', 2, %d) RETURNING 1",
             (long long)(AT(hour, 0) + DAY_S - weeks_ago * WEEK_S) / 3600, count);
    book_setup_number(setup, sql);
}

static void
visited(const struct book_setup *setup, int weeks_ago, int hour, int count)
{
    char sql[300];

    snprintf(sql, sizeof(sql),
             "INSERT INTO count_step VALUES (%lld, 'linde-1', 'linde', '', '', 'none',"
             " 'visit', %d) RETURNING 1",
             (long long)(AT(hour, 0) + DAY_S - weeks_ago * WEEK_S) / 3600, count);
    book_setup_number(setup, sql);
}

/* The hours of Tuesday of which any start is quiet: "9 11". */
static void
assert_quiet(struct book_setup *setup, const char *expected)
{
    const struct book_wish wish = ask_wish(setup, "linde", "paspoort", 1);
    struct book_time *list;
    struct error error;
    size_t count, length = 0;
    char hours[100] = "";
    int last = -1;

    book_setup_restart(setup); /* it is worked out once a day */
    assert_true(book_times(setup->book, &wish, (struct date){2027, 3, 23}, &list,
                           &count, &error));
    for (size_t i = 0; i < count; i++) {
        int hour = (int)((list[i].start - AT(24, 0)) / 3600);

        if (list[i].quiet && hour != last) {
            length += (size_t)snprintf(hours + length, sizeof(hours) - length, "%s%d",
                                       length > 0 ? " " : "", hour);
            last = hour;
        }
    }
    free(list);
    assert_string_equal(hours, expected);
}

static void
test_an_hour_with_less_than_half_the_mean_is_quiet(void **state)
{
    struct book_setup *setup = *state;

    for (int week = 1; week <= 4; week++) {
        came(setup, week, 9, 24); /* the mean is 24 */
        came(setup, week, 10, 48);
        came(setup, week, 11, 11);
        came(setup, week, 13, 12); /* half of it: not less */
        came(setup, week, 14, 25);
    }
    /* 120 a week over five hours; from 15 on nobody ever came. */
    assert_quiet(setup, "11 15 16");
}

static void
test_who_came_to_a_kiosk_counts_as_well(void **state)
{
    struct book_setup *setup = *state;

    for (int week = 1; week <= 4; week++) {
        came(setup, week, 9, 30);
        came(setup, week, 10, 30);
        visited(setup, week, 11, 30);
        visited(setup, week, 13, 2);
    }
    assert_quiet(setup, "13 14 15 16");
}

static void
test_without_a_basis_nothing_is_quiet(void **state)
{
    struct book_setup *setup = *state;

    for (int week = 1; week <= 4; week++) {
        came(setup, week, 10, week == 4 ? 49 : 50); /* 199 people */
    }
    assert_quiet(setup, "");
    came(setup, 1, 9, 1);
    assert_quiet(setup, "9 11 13 14 15 16");
}

static void
test_one_busy_week_is_no_basis(void **state)
{
    struct book_setup *setup = *state;

    came(setup, 1, 10, 1000);
    came(setup, 2, 10, 1);
    came(setup, 3, 10, 1);
    assert_quiet(setup, "");
    came(setup, 8, 10, 1);
    assert_quiet(setup, "9 11 13 14 15 16");
}

static void
test_what_is_longer_ago_does_not_count(void **state)
{
    struct book_setup *setup = *state;

    for (int week = 10; week <= 20; week++) {
        came(setup, week, 10, 1000);
    }
    assert_quiet(setup, "");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_an_hour_with_less_than_half_the_mean_is_quiet),
        TEST(test_who_came_to_a_kiosk_counts_as_well),
        TEST(test_without_a_basis_nothing_is_quiet),
        TEST(test_one_busy_week_is_no_basis),
        TEST(test_what_is_longer_ago_does_not_count),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
