#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "catalogue/opening.h"

static struct location *
library(void)
{
    static const struct hours whole[] = {{600, 1050}};              /* 10:00-17:30 */
    static const struct hours halves[] = {{600, 750}, {810, 1200}}; /* lunch */
    static const struct hours night[] = {{1080, 1440}};             /* to 24:00 */
    static const struct hours early[] = {{600, 900}};
    static const struct hours_exception exceptions[] = {
        {{2026, 12, 22}, {2026, 12, 22}, {early, 1}, {{"Kerstborrel"}}},
        {{2026, 12, 24}, {2027, 1, 1}, {NULL, 0}, {{"Kerst"}}},
    };
    static struct location location = {
        .opening.week = {{NULL, 0}, {whole, 1}, {halves, 2}, {whole, 1}, {night, 1}},
        .opening.exceptions = exceptions,
        .opening.exception_count = 2,
    };

    return &location;
}

static void
test_a_day_has_the_hours_of_its_week_or_of_its_exception(void **state)
{
    static const struct {
        struct date date;
        size_t periods;
        int exception; /* -1: none */
    } cases[] = {
        {{2026, 11, 23}, 0, -1}, /* Monday */
        {{2026, 11, 24}, 1, -1}, {{2026, 11, 25}, 2, -1}, {{2026, 11, 29}, 0, -1},
        {{2026, 12, 22}, 1, 0},  {{2026, 12, 23}, 2, -1}, {{2026, 12, 24}, 0, 1},
        {{2026, 12, 31}, 0, 1},  {{2027, 1, 1}, 0, 1},    {{2027, 1, 5}, 1, -1},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct location *location = library();
        const struct hours_exception *exception = location->opening.exceptions;
        const struct day_hours *day =
            opening_hours(location, cases[i].date, &exception);

        assert_int_equal(day->count, cases[i].periods);
        assert_ptr_equal(exception,
                         cases[i].exception < 0
                             ? NULL
                             : &location->opening.exceptions[cases[i].exception]);
        assert_ptr_equal(opening_hours(location, cases[i].date, NULL), day);
    }
}

static void
test_it_is_open_from_the_first_minute_to_before_the_last(void **state)
{
    static const struct {
        struct civil at;
        bool open;
    } cases[] = {
        {{{2026, 11, 24}, 9, 59, 59}, false}, {{{2026, 11, 24}, 10, 0, 0}, true},
        {{{2026, 11, 24}, 17, 29, 59}, true}, {{{2026, 11, 24}, 17, 30, 0}, false},
        {{{2026, 11, 25}, 12, 30, 0}, false}, {{{2026, 11, 25}, 13, 30, 0}, true},
        {{{2026, 11, 23}, 12, 0, 0}, false},  {{{2026, 12, 22}, 14, 59, 0}, true},
        {{{2026, 12, 22}, 15, 0, 0}, false},  {{{2026, 12, 29}, 12, 0, 0}, false},
        {{{2026, 11, 27}, 23, 59, 59}, true}, {{{2026, 11, 28}, 0, 0, 0}, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(opening_is_open(library(), cases[i].at), cases[i].open);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_day_has_the_hours_of_its_week_or_of_its_exception),
        cmocka_unit_test(test_it_is_open_from_the_first_minute_to_before_the_last),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
