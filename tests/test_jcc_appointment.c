#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/text.h"
#include "support/jcc_case.h"

/* Appointments that JCC has: shown, given up, moved. */

/* --- showing and giving up -------------------------------------------------------- */

static void
test_an_appointment_is_shown_with_what_there_is_of_it(void **state)
{
    static const struct {
        const char *body;
        enum error_kind kind; /* ERROR_NONE: shown */
        size_t items;
        int64_t minutes;
    } cases[] = {
        {"{\"id\":\"x\",\"startDateTime\":\"2027-03-01T09:00:00\",\"endDateTime\":"
         "\"2027-03-01T09:30:00.000\",\"activityList\":null,\"location\":null}",
         ERROR_NONE, 0, 30},
        {"{\"id\":\"x\",\"startDateTime\":\"2027-03-28T01:45:00\",\"endDateTime\":"
         "\"2027-03-28T03:15:00\",\"activityList\":[{\"amount\":2,\"activity\":"
         "{\"id\":\"p\"}}]}",
         ERROR_NONE, 1, 30},
        {"{\"id\":\"x\",\"startDateTime\":\"2027-03-28T02:30:00\",\"endDateTime\":"
         "\"2027-03-28T03:45:00\",\"activityList\":[{\"activity\":{\"id\":\"p\"}}]}",
         ERROR_NONE, 0, 15},
        {"{\"id\":\"x\",\"startDateTime\":\"2027-03-01T09:00:00\",\"endDateTime\":"
         "\"2027-03-01T09:30:00\",\"activityList\":[{\"amount\":1,\"activity\":{\"id\":"
         "\"1\"}},{\"amount\":1,\"activity\":{\"id\":\"2\"}},{\"amount\":1,"
         "\"activity\":"
         "{\"id\":\"3\"}},{\"amount\":1,\"activity\":{\"id\":\"4\"}},{\"amount\":1,"
         "\"activity\":{\"id\":\"5\"}}]}",
         ERROR_NONE, 0, 30},
        {"", ERROR_NOT_FOUND, 0, 0},
        {"null", ERROR_NOT_FOUND, 0, 0},
        {"{}", ERROR_NOT_FOUND, 0, 0},
        {"[1]", ERROR_NOT_FOUND, 0, 0},
        {"{\"id\":\"x\"}", ERROR_BAD_INPUT, 0, 0},
        {"{\"id\":\"x\",\"startDateTime\":\"Jansen\",\"endDateTime\":7}",
         ERROR_BAD_INPUT, 0, 0},
    };
    struct jcc_case *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment shown;
        struct error error;
        bool answered;

        jcc_trap_any(setup, "GET", "appointment", JCC_ANSWERS, 200, cases[i].body);
        answered = ASK(setup, show, "x", &shown, &error);
        if (cases[i].kind != ERROR_NONE) {
            jcc_refused(answered, &error, cases[i].kind, "");
            continue;
        }
        jcc_good(answered, &error);
        assert_int_equal(shown.item_count, cases[i].items);
        assert_int_equal(shown.end - shown.start, cases[i].minutes * 60);
        assert_string_equal(shown.location, "");
        assert_string_equal(shown.check_in, "");
    }
}

static void
test_an_appointment_is_given_up_when_jcc_says_its_id(void **state)
{
    static const struct {
        int status;
        const char *body;
        enum error_kind kind;
    } cases[] = {
        {200, "{\"id\":\"x\"}", ERROR_NONE},
        {200, "{\"id\":\"x\",\"acknowledgeIsSuccess\":true,\"code\":0}", ERROR_NONE},
        {200, "{\"id\":\"x\",\"acknowledgeIsSuccess\":false}", ERROR_REFUSED},
        {200, "{\"code\":\"222222\",\"message\":\"Jansen\"}", ERROR_REFUSED},
        {200, "{}", ERROR_UNCERTAIN},
        {200, "", ERROR_UNCERTAIN},
        {204, "", ERROR_UNCERTAIN},
        {200, "ok", ERROR_UNCERTAIN},
        {500, "{\"code\":-1}", ERROR_UNCERTAIN},
        {404, "", ERROR_NOT_FOUND},
        {400, "", ERROR_REFUSED},
        {429, "", ERROR_OFFLINE},
    };
    struct jcc_case *setup = *state;
    struct error error;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        bool answered;

        jcc_trap_any(setup, "DELETE", "appointment", JCC_ANSWERS, cases[i].status,
                     cases[i].body);
        answered = ASK(setup, cancel, "x", &error);
        if (cases[i].kind == ERROR_NONE) {
            jcc_good(answered, &error);
        } else {
            jcc_refused(answered, &error, cases[i].kind, "");
        }
        assert_int_equal(jcc_server_count(setup->server, "DELETE", "appointment"),
                         (int)i + 1);
    }
    jcc_booked(setup);
    jcc_trap_any(setup, "DELETE", "appointment", JCC_CUTS_AFTER, 0, NULL);
    jcc_refused(ASK(setup, cancel, JCC_FIRST, &error), &error, ERROR_UNCERTAIN,
                "no answer");
    assert_null(town_find(setup->town, JCC_FIRST));
}

/* --- moving ----------------------------------------------------------------------- */

static bool
move_to(struct jcc_case *setup, int hour, struct appointment_moved *moved,
        struct error *error)
{
    return ASK(setup, move, JCC_FIRST, "0123456789abcdef0123456789abcdef",
               jcc_at(setup, jcc_day, hour, 0), moved, error);
}

static void
test_a_move_takes_everything_along(void **state)
{
    struct jcc_case *setup = *state;
    struct appointment_booking booking = jcc_booking_of(setup, &jcc_family, 9);
    struct appointment appointment;
    struct appointment_moved moved;
    struct error error;
    char *before, *at;

    booking.values[2] = (struct appointment_value){"birthDate", "1960-02-29"};
    booking.values[3] = (struct appointment_value){"gender", "1"};
    booking.values[4] = (struct appointment_value){"houseNumber", "12"};
    booking.value_count = 5;
    jcc_good(ASK(setup, book, &booking, &appointment, &error), &error);
    before = strdup(jcc_server_posted(setup->server));
    jcc_good(move_to(setup, 11, &moved, &error), &error);
    assert_false(moved.old_stands);
    assert_string_equal(moved.appointment.id, JCC_SECOND);
    assert_int_equal(moved.appointment.start, jcc_at(setup, jcc_day, 11, 0));
    assert_int_equal(moved.appointment.end - moved.appointment.start, 41 * 60);
    assert_int_equal(moved.appointment.item_count, 2);
    assert_string_equal(moved.appointment.check_in, "e4116a91310002");
    assert_null(town_find(setup->town, JCC_FIRST));
    assert_non_null(town_find(setup->town, JCC_SECOND));
    /* But for the two times it is the same booking. */
    while ((at = strstr(before, "T09:")) != NULL) {
        memcpy(at, "T11:", 4);
    }
    assert_string_equal(jcc_server_posted(setup->server), before);
    free(before);
}

static void
test_a_move_to_the_same_time_does_nothing(void **state)
{
    struct jcc_case *setup = *state;
    const struct appointment appointment = jcc_booked(setup);
    struct appointment_moved moved;
    struct error error;

    jcc_good(move_to(setup, 9, &moved, &error), &error);
    assert_false(moved.old_stands);
    assert_memory_equal(&moved.appointment, &appointment, sizeof(appointment));
    assert_int_equal(jcc_posts(setup), 1);
}

static void
test_the_old_one_stands_when_it_can_not_be_given_up(void **state)
{
    static const struct {
        enum jcc_trap trap;
        int status;
        const char *body;
        bool stands;
    } cases[] = {
        {JCC_ANSWERS, 500, "", true},
        {JCC_ANSWERS, 200, "{\"code\":3}", true},
        {JCC_CUTS_BEFORE, 0, NULL, true},
        {JCC_CUTS_AFTER, 0, NULL, true}, /* for all that is known */
        {JCC_ANSWERS, 404, "", false},
    };
    struct jcc_case *setup = *state;

    jcc_booked(setup);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment_moved moved;
        struct error error;

        setup->town->appointments[0].cancelled = false;
        jcc_trap_any(setup, "DELETE", "appointment", cases[i].trap, cases[i].status,
                     cases[i].body);
        jcc_good(move_to(setup, 10 + (int)i, &moved, &error), &error);
        assert_int_equal(moved.old_stands, cases[i].stands);
        assert_string_not_equal(moved.appointment.id, JCC_FIRST);
        assert_string_not_equal(moved.appointment.check_in, "");
    }
}

static void
test_a_move_that_fails_leaves_the_old_one(void **state)
{
    struct jcc_case *setup = *state;
    struct appointment_moved moved;
    struct error error;
    struct appointment_booking other = jcc_booking_of(setup, &jcc_passport, 14);
    struct appointment appointment;

    jcc_booked(setup);
    jcc_good(ASK(setup, book, &other, &appointment, &error), &error);
    jcc_refused(move_to(setup, 14, &moved, &error), &error, ERROR_TAKEN, "code 31");
    jcc_trap_any(setup, "POST", "appointment", JCC_CUTS_AFTER, 0, NULL);
    jcc_refused(move_to(setup, 15, &moved, &error), &error, ERROR_UNCERTAIN,
                "no answer");
    setup->town->answers = "[{\"id\":\"f\",\"value\":\"Jansen\"}]";
    jcc_refused(move_to(setup, 16, &moved, &error), &error, ERROR_REFUSED,
                "can't be moved");
    setup->town->answers = "[]";
    jcc_trap_any(
        setup, "GET", "appointment", JCC_ANSWERS, 200,
        "{\"id\":\"" JCC_FIRST "\",\"startDateTime\":\"2027-03-01T09:00:00\","
        "\"endDateTime\":\"2027-03-01T09:30:00\",\"location\":{\"id\":\"" TOWN_HALL
        "\"},\"activityList\":[{\"amount\":1,\"activity\":{\"id\":\"" TOWN_PASSPORT
        "\"}}],\"customerList\":[{\"gender\":1}]}");
    jcc_refused(move_to(setup, 16, &moved, &error), &error, ERROR_REFUSED,
                "whose appointment");
    jcc_trap_any(setup, "GET", "appointment", JCC_ANSWERS, 404, "");
    jcc_refused(move_to(setup, 16, &moved, &error), &error, ERROR_NOT_FOUND, "404");
    assert_non_null(town_find(setup->town, JCC_FIRST));
    assert_int_equal(jcc_server_count(setup->server, "DELETE", "appointment"), 0);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, jcc_case_begin, jcc_case_end)
    const struct CMUnitTest tests[] = {
        TEST(test_an_appointment_is_shown_with_what_there_is_of_it),
        TEST(test_an_appointment_is_given_up_when_jcc_says_its_id),
        TEST(test_a_move_takes_everything_along),
        TEST(test_a_move_to_the_same_time_does_nothing),
        TEST(test_the_old_one_stands_when_it_can_not_be_given_up),
        TEST(test_a_move_that_fails_leaves_the_old_one),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
