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

/* Bookings at JCC: made once, or not at all, and said as it is. */

/* --- booking ---------------------------------------------------------------------- */

static void
test_a_booking_is_made_shown_and_given_up(void **state)
{
    struct jcc_case *setup = *state;
    const struct appointment_booking booking = jcc_booking_of(setup, &jcc_family, 9);
    struct appointment appointment, shown;
    struct error error;

    jcc_good(ASK(setup, book, &booking, &appointment, &error), &error);
    assert_string_equal(appointment.id, JCC_FIRST);
    assert_int_equal(appointment.start, booking.start);
    assert_int_equal(appointment.end - appointment.start, 41 * 60);
    assert_string_equal(appointment.location, TOWN_HALL);
    assert_int_equal(appointment.item_count, 2);
    assert_string_equal(appointment.items[1].product, TOWN_LICENCE);
    assert_int_equal(appointment.items[1].persons, 2);
    assert_string_equal(appointment.code, "");
    assert_string_equal(appointment.check_in, "e4116a91310001");
    assert_int_equal(appointment.state, APPOINTMENT_BOOKED);
    jcc_good(ASK(setup, show, appointment.id, &shown, &error), &error);
    assert_memory_equal(&shown, &appointment, sizeof(shown));
    jcc_good(ASK(setup, cancel, appointment.id, &error), &error);
    assert_null(town_find(setup->town, JCC_FIRST));
    jcc_refused(ASK(setup, show, appointment.id, &shown, &error), &error, ERROR_REFUSED,
                "HTTP 500 and code -1");
    assert_int_equal(jcc_posts(setup), 1);
}

static void
test_a_booking_is_sent_as_it_was_recorded(void **state)
{
    struct jcc_case *setup = *state;
    struct appointment_booking booking = jcc_booking_of(setup, &jcc_family, 9);
    struct appointment appointment;
    struct error error;

    jcc_good(ASK(setup, book, &booking, &appointment, &error), &error);
    assert_string_equal(
        jcc_server_posted(setup->server),
        "{\"id\":null,\"activityList\":[{\"activityId\":\"" TOWN_PASSPORT
        "\",\"amount\":3},{\"activityId\":\"" TOWN_LICENCE
        "\",\"amount\":2}],\"customerList\":[{\"gender\":0,\"lastName\":"
        "\"Jansen \\\"de Ünver\\\"\",\"phoneNumber\":\"0612345678\",\"id\":null,"
        "\"isMainCustomer\":true}],\"fromDateTime\":\"2027-03-01T09:00:00+01:00\","
        "\"toDateTime\":\"2027-03-01T09:41:00+01:00\",\"locationId\":\"" TOWN_HALL
        "\",\"message\":\"\",\"fieldList\":null}");
    assert_string_equal(jcc_server_line(setup->server, 3),
                        "POST " JCC_SERVER_PATH "appointment HTTP/1.1");
    assert_string_equal(jcc_server_line(setup->server, 4),
                        "GET " JCC_SERVER_PATH "appointment/qrcode?id=" JCC_FIRST
                        " HTTP/1.1");
    jcc_good(ASK(setup, cancel, JCC_FIRST, &error), &error);
    assert_string_equal(jcc_server_line(setup->server, 5),
                        "DELETE " JCC_SERVER_PATH "appointment?id=" JCC_FIRST
                        " HTTP/1.1");
}

static void
test_every_field_goes_by_the_name_that_a_booking_has(void **state)
{
    static const struct appointment_value values[] = {
        {"gender", "2"},
        {"firstName", "Jo"},
        {"initials", "J.A."},
        {"lastName", "Jansen"},
        {"lastNamePrefix", "van der"},
        {"birthDate", "2000-02-29"},
        {"socialSecurityNumber", "111222333"},
        {"nationality", "Nederlandse"},
        {"language", "Nederlands"},
        {"email", "jansen@example.com"},
        {"phoneNumber", "+31612345678"},
        {"mobile", "0612345678"},
        {"street", "Brink"},
        {"houseNumber", "12"},
        {"houseNumberSuffix", "a"},
        {"postcode", "1234 AZ"},
        {"city", "Meerbergen"},
        {"country", "Nederland"},
    };
    struct jcc_case *setup = *state;
    struct appointment_booking booking = jcc_booking_of(setup, &jcc_passport, 9);
    struct appointment appointment;
    struct error error;
    const char *at;

    booking.value_count = sizeof(values) / sizeof(values[0]);
    memcpy(booking.values, values, sizeof(values));
    jcc_good(ASK(setup, book, &booking, &appointment, &error), &error);
    at = strstr(jcc_server_posted(setup->server), "\"customerList\":");
    assert_non_null(at);
    assert_true(text_starts_with(
        at,
        "\"customerList\":[{\"gender\":2,\"firstName\":\"Jo\",\"initials\":\"J.A.\","
        "\"lastName\":\"Jansen\",\"lastNamePrefix\":\"van der\",\"birthDate\":"
        "\"2000-02-29\",\"socialSecurityNumber\":\"111222333\",\"nationality\":"
        "\"Nederlandse\",\"language\":\"Nederlands\",\"emailAddress\":"
        "\"jansen@example.com\",\"phoneNumber\":\"+31612345678\","
        "\"mobilePhoneNumber\":\"0612345678\",\"streetName\":\"Brink\","
        "\"houseNumber\":12,\"houseNumberSuffix\":\"a\",\"postalCode\":\"1234 AZ\","
        "\"city\":\"Meerbergen\",\"country\":\"Nederland\",\"id\":null,"
        "\"isMainCustomer\":true}]"));
}

static void
test_what_is_missing_or_wrong_is_said_before_anything_is_sent(void **state)
{
    static const struct {
        const char *required;
        struct appointment_value values[4];
        const char *says; /* NULL: it is booked */
    } cases[] = {
        {"{}", {{"phoneNumber", "0612345678"}}, "requires lastName"},
        {"{}", {{"lastName", ""}}, "requires lastName"},
        {"{\"lastName\":1}", {{"firstName", "Jo"}}, "requires lastName"},
        {"{\"mainPhoneNumber\":2}", {{"lastName", "Jansen"}}, "requires phoneNumber"},
        {"{\"emailAddress\":2}",
         {{"lastName", "Jansen"}, {"email", ""}},
         "requires email"},
        {"{\"socialSecurityNumber\":2}",
         {{"lastName", "Jansen"}},
         "requires socialSecurityNumber"},
        {"{\"areFirstNameOrInitialsRequired\":true}",
         {{"lastName", "Jansen"}},
         "requires firstName or initials"},
        {"{\"isAnyPhoneNumberRequired\":true}",
         {{"lastName", "Jansen"}, {"email", "j@example.com"}},
         "requires phoneNumber or mobile"},
        {"{}", {{"lastName", "Jansen"}, {"shoeSize", "44"}}, "no field shoeSize"},
        {"{}",
         {{"lastName", "Jansen"},
          {"city", "0123456789012345678901234567890123456789"
                   "01234567890123456789012345678901234567890"}},
         "80 characters of city"},
        {"{}",
         {{"lastName", "Jansen"}, {"mobile", "0612345678 0612345"}},
         "16 characters of mobile"},
        {"{}",
         {{"lastName", "Jansen"}, {"birthDate", "2001-02-29"}},
         "can't read birthDate"},
        {"{}", {{"lastName", "Jansen"}, {"birthDate", "1-2-2001"}}, "can't read"},
        {"{}", {{"lastName", "Jansen"}, {"houseNumber", "12a"}}, "can't read house"},
        {"{}", {{"lastName", "Jansen"}, {"gender", "3"}}, "can't read gender"},
        {"{}", {{"lastName", "Jansen\n"}}, "can't read lastName"},
        /* And what is enough. */
        {"{\"gender\":2}", {{"lastName", "Jansen"}}, NULL},
        {"{\"areFirstNameOrInitialsRequired\":true,\"firstName\":1}",
         {{"lastName", "Jansen"}, {"initials", "J."}},
         NULL},
        {"{\"isAnyPhoneNumberRequired\":true,\"emailAddress\":2}",
         {{"lastName", "Jansen"}, {"mobile", "0612345678"}, {"emailAddress", "j@e.nl"}},
         NULL},
    };
    struct jcc_case *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment_booking booking =
            jcc_booking_of(setup, &jcc_passport, 9 + (int)(i % 8));
        struct appointment appointment;
        struct error error;
        int before = jcc_posts(setup);
        bool answered;

        setup->town->required = cases[i].required;
        memcpy(booking.values, cases[i].values, sizeof(cases[i].values));
        for (booking.value_count = 0;
             booking.values[booking.value_count].name[0] != '\0'; booking.value_count++)
        {
        }
        answered = ASK(setup, book, &booking, &appointment, &error);
        if (cases[i].says == NULL) {
            jcc_good(answered, &error);
        } else {
            jcc_refused(answered, &error, ERROR_REFUSED, cases[i].says);
            assert_int_equal(jcc_posts(setup), before);
        }
    }
}

static void
test_lengths_are_counted_in_characters(void **state)
{
    struct jcc_case *setup = *state;
    struct appointment_booking booking = jcc_booking_of(setup, &jcc_passport, 9);
    struct appointment appointment;
    struct error error;
    char *name = booking.values[0].value;

    name[0] = '\0';
    for (int i = 0; i < 120; i++) {
        strcat(name, "é");
    }
    strcat(name, "12345678");
    jcc_good(ASK(setup, book, &booking, &appointment, &error), &error);
    strcat(name, "x");
    jcc_refused(ASK(setup, book, &booking, &appointment, &error), &error, ERROR_REFUSED,
                "128 characters of lastName");
}

static void
test_what_jcc_requires_need_not_be_known(void **state)
{
    struct jcc_case *setup = *state;

    jcc_trap_any(setup, "GET", "customer/customerfields/required", JCC_ANSWERS, 500,
                 "");
    assert_string_equal(jcc_booked(setup).id, JCC_FIRST);
}

static void
test_a_booking_crosses_the_change_of_the_clock(void **state)
{
    static const struct {
        struct date date;
        int hour, minute;
        const char *from, *to;
    } cases[] = {
        {{2027, 3, 28},
         1,
         40,
         "2027-03-28T01:40:00+01:00",
         "2027-03-28T03:10:00+02:00"},
        {{2027, 10, 31},
         1,
         40,
         "2027-10-31T01:40:00+02:00",
         "2027-10-31T02:10:00+02:00"},
        {{2027, 10, 31},
         2,
         40,
         "2027-10-31T02:40:00+02:00",
         "2027-10-31T02:10:00+01:00"},
        {{2027, 7, 1},
         23,
         45,
         "2027-07-01T23:45:00+02:00",
         "2027-07-02T00:15:00+02:00"},
    };
    const struct appointment_wish permit = {
        .location = TOWN_HALL, .items = {{TOWN_PERMIT, 1}}, .item_count = 1};
    struct jcc_case *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment_booking booking = jcc_booking_of(setup, &permit, 9);
        struct appointment appointment;
        struct error error;

        booking.start = jcc_at(setup, cases[i].date, cases[i].hour, cases[i].minute);
        jcc_good(ASK(setup, book, &booking, &appointment, &error), &error);
        assert_non_null(strstr(jcc_server_posted(setup->server), cases[i].from));
        assert_non_null(strstr(jcc_server_posted(setup->server), cases[i].to));
        assert_int_equal(appointment.end - appointment.start, 30 * 60);
    }
}

static void
test_the_check_in_is_printed_as_it_is_or_not_at_all(void **state)
{
    static char much[APPOINTMENT_CHECK_IN_BYTES + 3];
    static const struct {
        int status;
        const char *body, *check_in;
    } cases[] = {
        {200, "\"e4116a91311be2\"", "e4116a91311be2"},
        {200, "\" 20 HEX / 00FF \"", " 20 HEX / 00FF "},
        {200, "\"\"", ""},
        {200, "null", ""},
        {200, "", ""},
        {200, "7", ""},
        {200, "{\"code\":1}", ""},
        {200, "\"a\\nb\"", ""},
        {200, much, ""},
        {500, "{\"code\":-1}", ""},
        {404, "", ""},
    };
    struct jcc_case *setup = *state;

    memset(much, 'x', sizeof(much) - 1);
    much[0] = much[sizeof(much) - 2] = '"';
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct appointment_booking booking =
            jcc_booking_of(setup, &jcc_passport, 9 + (int)i);
        struct appointment appointment;
        struct error error;

        jcc_trap_any(setup, "GET", "appointment/qrcode", JCC_ANSWERS, cases[i].status,
                     cases[i].body);
        jcc_good(ASK(setup, book, &booking, &appointment, &error), &error);
        assert_string_equal(appointment.check_in, cases[i].check_in);
    }
}

/* --- no, and perhaps -------------------------------------------------------------- */

static void
test_only_an_acknowledgement_with_an_id_is_a_booking(void **state)
{
    static const struct {
        int status;
        const char *body;
        enum error_kind kind;
        const char *says;
    } cases[] = {
        {200, "{\"id\":\"an-id\",\"code\":\"33333\",\"acknowledgeIsSuccess\":false}",
         ERROR_REFUSED, "HTTP 200 and code 33333"},
        {200, "{\"acknowledgeIsSuccess\":false}", ERROR_REFUSED, "(HTTP 200)"},
        {200, "{\"id\":\"an-id\",\"code\":12,\"message\":\"Jansen\"}", ERROR_REFUSED,
         "code 12"},
        {200, "{\"message\":\"Jansen mag dit niet.\"}", ERROR_REFUSED, "(HTTP 200)"},
        {200, "{\"validateErrors\":[\"Jansen\",null]}", ERROR_REFUSED, "(HTTP 200)"},
        {200, "{\"message\":\"Deze tijd is niet meer beschikbaar.\"}", ERROR_TAKEN, ""},
        {200,
         "{\"acknowledgeIsSuccess\":false,\"validateErrors\":[\"x\",\"The time is no "
         "longer available\"]}",
         ERROR_TAKEN, ""},
        {200, "{\"acknowledgeIsSuccess\":true}", ERROR_UNCERTAIN,
         "without saying its id"},
        {200, "{\"acknowledgeIsSuccess\":true,\"id\":\"\"}", ERROR_UNCERTAIN, ""},
        {200, "{\"acknowledgeIsSuccess\":true,\"id\":\"a b\"}", ERROR_UNCERTAIN, ""},
        {200, "{\"acknowledgeIsSuccess\":\"true\",\"id\":\"x\"}", ERROR_UNCERTAIN, ""},
        {200, "{\"id\":\"an-id\",\"code\":0,\"validateErrors\":[]}", ERROR_UNCERTAIN,
         ""},
        {200, "{}", ERROR_UNCERTAIN, "doesn't say"},
        {200, "[]", ERROR_UNCERTAIN, "doesn't say"},
        {200, "null", ERROR_UNCERTAIN, "doesn't say"},
        {200, "", ERROR_UNCERTAIN, "doesn't say"},
        {200, "<html>Jansen</html>", ERROR_UNCERTAIN, "is no JSON"},
        {500, "{\"title\":\"InternalException\",\"detail\":\"Jansen\",\"code\":-1}",
         ERROR_UNCERTAIN, "HTTP 500 and code -1"},
        {503, "", ERROR_UNCERTAIN, "503"},
        {400, "{\"code\":6001,\"title\":\"Jansen\"}", ERROR_REFUSED, "code 6001"},
        {403, "", ERROR_REFUSED, "403"},
        {404, "", ERROR_NOT_FOUND, "404"},
        {409, "", ERROR_TAKEN, "409"},
        {429, "", ERROR_OFFLINE, "429"},
        {302, "", ERROR_BAD_INPUT, "302"},
    };
    struct jcc_case *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct appointment_booking booking =
            jcc_booking_of(setup, &jcc_passport, 9);
        struct appointment appointment;
        struct error error;

        jcc_trap_any(setup, "POST", "appointment", JCC_ANSWERS, cases[i].status,
                     cases[i].body);
        jcc_refused(ASK(setup, book, &booking, &appointment, &error), &error,
                    cases[i].kind, cases[i].says);
        assert_int_equal(jcc_posts(setup), (int)i + 1); /* never once more */
    }
}

static void
test_a_time_that_is_gone_is_taken_whatever_jcc_says_of_it(void **state)
{
    struct jcc_case *setup = *state;
    const struct appointment_booking booking = jcc_booking_of(setup, &jcc_passport, 9);
    struct appointment appointment;
    struct error error;

    jcc_booked(setup);
    jcc_refused(ASK(setup, book, &booking, &appointment, &error), &error, ERROR_TAKEN,
                "HTTP 200 and code 31");
    /* When that can't be asked, it is only refused. */
    jcc_trap_any(setup, "POST", "appointment", JCC_ANSWERS, 400, "");
    jcc_trap_any(setup, "GET", "appointment/availabletimelist", JCC_ANSWERS, 500, "");
    jcc_refused(ASK(setup, book, &booking, &appointment, &error), &error, ERROR_REFUSED,
                "400");
}

static void
test_a_lost_answer_is_uncertain_and_nothing_is_sent_again(void **state)
{
    static const enum jcc_trap cuts[] = {JCC_CUTS_BEFORE, JCC_CUTS_AFTER};
    struct jcc_case *setup = *state;

    for (size_t i = 0; i < 2; i++) {
        const struct appointment_booking booking =
            jcc_booking_of(setup, &jcc_passport, 10 + (int)i);
        struct appointment appointment;
        struct error error;

        jcc_trap_any(setup, "POST", "appointment", cuts[i], 0, NULL);
        jcc_refused(ASK(setup, book, &booking, &appointment, &error), &error,
                    ERROR_UNCERTAIN, "JCC: appointment: no answer");
        assert_int_equal(jcc_posts(setup), (int)i + 1);
        assert_int_equal(setup->town->appointment_count, i);
    }
    /* Before it is sent nothing can have been done. */
    const struct appointment_booking booking = jcc_booking_of(setup, &jcc_passport, 12);
    struct appointment appointment;
    struct error error;

    jcc_trap_any(setup, "GET", "appointment/calculateduration", JCC_CUTS_BEFORE, 0,
                 NULL);
    jcc_refused(ASK(setup, book, &booking, &appointment, &error), &error, ERROR_OFFLINE,
                "appointment/calculateduration");
    assert_int_equal(jcc_posts(setup), 2);
}

static void
test_a_booking_with_a_token_that_ended_is_sent_with_a_new_one(void **state)
{
    struct jcc_case *setup = *state;
    const struct appointment_booking booking = jcc_booking_of(setup, &jcc_passport, 10);
    struct appointment appointment;
    struct error error;

    jcc_trap_any(setup, "POST", "appointment", JCC_FORGETS, 0, NULL);
    jcc_booked(setup);
    assert_int_equal(jcc_posts(setup), 2);
    assert_int_equal(setup->town->appointment_count, 1);
    /* Once: a second 401 is an answer. */
    jcc_trap_any(setup, "POST", "appointment", JCC_ANSWERS, 401, "");
    jcc_trap_any(setup, "POST", "appointment", JCC_ANSWERS, 401, "");
    jcc_refused(ASK(setup, book, &booking, &appointment, &error), &error, ERROR_REFUSED,
                "401");
    assert_int_equal(jcc_posts(setup), 4);
    /* And when no new one can be had, nothing was booked. */
    jcc_trap_any(setup, "POST", "appointment", JCC_FORGETS, 0, NULL);
    jcc_trap_any(setup, "POST", "connect/token", JCC_ANSWERS, 500, "");
    jcc_refused(ASK(setup, book, &booking, &appointment, &error), &error, ERROR_OFFLINE,
                "no access token");
    assert_int_equal(setup->town->appointment_count, 1);
}

/* --- the server itself ------------------------------------------------------------ */

static void
test_the_strict_server_takes_no_booking_twice(void **state)
{
    struct jcc_case *setup = *state;
    const struct appointment_booking booking = jcc_booking_of(setup, &jcc_passport, 9);
    struct appointment appointment;
    struct error error;

    jcc_good(ASK(setup, book, &booking, &appointment, &error), &error);
    assert_false(ASK(setup, book, &booking, &appointment, &error));
    assert_non_null(
        strstr(jcc_server_take_fault(setup->server), "the same booking came twice"));
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, jcc_case_begin, jcc_case_end)
    const struct CMUnitTest tests[] = {
        TEST(test_a_booking_is_made_shown_and_given_up),
        TEST(test_a_booking_is_sent_as_it_was_recorded),
        TEST(test_every_field_goes_by_the_name_that_a_booking_has),
        TEST(test_what_is_missing_or_wrong_is_said_before_anything_is_sent),
        TEST(test_lengths_are_counted_in_characters),
        TEST(test_what_jcc_requires_need_not_be_known),
        TEST(test_a_booking_crosses_the_change_of_the_clock),
        TEST(test_the_check_in_is_printed_as_it_is_or_not_at_all),
        TEST(test_only_an_acknowledgement_with_an_id_is_a_booking),
        TEST(test_a_time_that_is_gone_is_taken_whatever_jcc_says_of_it),
        TEST(test_a_lost_answer_is_uncertain_and_nothing_is_sent_again),
        TEST(test_a_booking_with_a_token_that_ended_is_sent_with_a_new_one),
        TEST(test_the_strict_server_takes_no_booking_twice),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
