#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "support/jcc_case.h"

/* What JCC offers: products, places, days, times, and what it wants to know. */

/* --- products and places ---------------------------------------------------------- */

static void
test_products_are_told_in_whole_minutes(void **state)
{
    struct jcc_case *setup = *state;
    struct appointment_product *products;
    struct error error;
    size_t count;

    for (int nulls = 0; nulls < 2; nulls++) {
        setup->town->nulls = nulls == 1;
        jcc_good(ASK(setup, products, &jcc_anything, &products, &count, &error),
                 &error);
        assert_int_equal(count, 3);
        assert_string_equal(products[0].id, TOWN_PASSPORT);
        assert_string_equal(products[0].name, "Paspoort (aanvraag)");
        assert_int_equal(products[0].minutes, 10);
        assert_int_equal(products[1].minutes, 30);
        assert_int_equal(products[2].minutes, 6); /* 330 seconds */
        free(products);
    }
}

static void
test_what_goes_together_is_asked_by_what_was_chosen(void **state)
{
    struct jcc_case *setup = *state;
    const struct appointment_wish there = {.location = TOWN_HALL};
    struct appointment_product *products;
    struct error error;
    size_t count;

    jcc_good(ASK(setup, products, &there, &products, &count, &error), &error);
    assert_int_equal(count, 3);
    free(products);
    jcc_good(ASK(setup, products, &jcc_family, &products, &count, &error), &error);
    assert_int_equal(count, 1);
    assert_string_equal(products[0].id, TOWN_PERMIT);
    free(products);
    assert_string_equal(jcc_server_line(setup->server, 1),
                        "GET " JCC_SERVER_PATH
                        "activity/listforappointment?locationId=" TOWN_HALL
                        " HTTP/1.1");
    assert_string_equal(
        jcc_server_line(setup->server, 2),
        "GET " JCC_SERVER_PATH
        "activity/listforappointment/additional?selectedActivityId=" TOWN_PASSPORT
        "&selectedActivityId=" TOWN_LICENCE
        "&includeSelectedActivities=False&locationId=" TOWN_HALL " HTTP/1.1");
    /* What it lists in spite of that is left out here. */
    jcc_trap(setup, "activity/listforappointment/additional", 200,
             "[{\"id\":\"" TOWN_LICENCE "\"}]");
    jcc_good(ASK(setup, products, &jcc_family, &products, &count, &error), &error);
    assert_int_equal(count, 0);
    free(products);
}

static void
test_places_are_told_with_what_there_is_of_their_address(void **state)
{
    struct jcc_case *setup = *state;
    struct appointment_location *list;
    struct error error;
    size_t count;

    for (int nulls = 0; nulls < 2; nulls++) {
        setup->town->nulls = nulls == 1;
        jcc_good(ASK(setup, locations, &jcc_anything, &list, &count, &error), &error);
        assert_int_equal(count, 3); /* without the old town hall */
        assert_string_equal(list[0].id, TOWN_HALL);
        assert_string_equal(list[0].street, "Raadhuisplein 1");
        assert_string_equal(list[0].postcode, "1234 AZ");
        assert_string_equal(list[0].city, "Meerbergen");
        assert_true(list[0].earliest == TIME_NONE); /* of nothing in particular */
        assert_string_equal(list[1].name, "Servicepunt");
        assert_string_equal(list[1].street, "");
        assert_string_equal(list[1].postcode, "");
        assert_string_equal(list[2].street, "Lindeplein 4b");
        free(list);
    }
}

static void
test_a_place_tells_its_first_free_time(void **state)
{
    struct jcc_case *setup = *state;
    const struct appointment_wish permit = {.items = {{TOWN_PERMIT, 1}},
                                            .item_count = 1};
    struct appointment_location *list;
    struct error error;
    size_t count;

    setup->town->min = (struct date){2039, 1, 8}; /* a Saturday */
    jcc_good(ASK(setup, locations, &permit, &list, &count, &error), &error);
    assert_int_equal(count, 2); /* no permits in the library */
    assert_int_equal(list[0].earliest, jcc_at(setup, (struct date){2039, 1, 10}, 9, 0));
    assert_int_equal(list[1].earliest, jcc_at(setup, (struct date){2039, 1, 10}, 9, 0));
    free(list);
    /* What can't be said of one place takes nothing from the others. */
    jcc_trap(setup, "appointment/availabletimelist", 500, "{\"code\":-1}");
    jcc_good(ASK(setup, locations, &permit, &list, &count, &error), &error);
    assert_true(list[0].earliest == TIME_NONE);
    assert_int_equal(list[1].earliest, jcc_at(setup, (struct date){2039, 1, 10}, 9, 0));
    free(list);
    jcc_trap(setup, "activity/appointmentdaterange", 500, "");
    jcc_good(ASK(setup, locations, &permit, &list, &count, &error), &error);
    assert_int_equal(count, 2);
    free(list);
}

/* --- fields ----------------------------------------------------------------------- */

static enum appointment_field_state
state_of(const struct appointment_field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(fields[i].name, name)) {
            return fields[i].state;
        }
    }
    fail_msg("%s is not listed", name);
    return APPOINTMENT_FIELD_HIDDEN;
}

static void
test_every_field_is_listed_as_jcc_wants_it(void **state)
{
#define H APPOINTMENT_FIELD_HIDDEN
#define O APPOINTMENT_FIELD_OPTIONAL
#define R APPOINTMENT_FIELD_REQUIRED
    static const struct {
        const char *required;
        enum appointment_field_state first_name, initials, last_name, phone, mobile,
            email, bsn, gender;
    } cases[] = {
        {"{}", O, O, R, O, O, O, O, O},
        {"{\"lastName\":1,\"mainPhoneNumber\":2,\"emailAddress\":2,\"gender\":2,"
         "\"mobilePhoneNumber\":1,\"socialSecurityNumber\":1,\"firstName\":0}",
         O, O, R, R, H, R, H, O},
        {"{\"socialSecurityNumber\":2,\"gender\":1,\"unknown\":2,\"phoneNumber\":2}", O,
         O, R, O, O, O, R, H},
        {"{\"areFirstNameOrInitialsRequired\":true,\"isAnyPhoneNumberRequired\":true}",
         R, O, R, R, O, O, O, O},
        {"{\"areFirstNameOrInitialsRequired\":true,\"firstName\":1,"
         "\"isAnyPhoneNumberRequired\":true,\"mainPhoneNumber\":1}",
         H, R, R, H, R, O, O, O},
        {"{\"areFirstNameOrInitialsRequired\":true,\"firstName\":1,\"initials\":1,"
         "\"isAnyPhoneNumberRequired\":true,\"mainPhoneNumber\":1,"
         "\"mobilePhoneNumber\":1}",
         R, H, R, R, H, O, O, O},
        {"{\"areFirstNameOrInitialsRequired\":true,\"initials\":2,"
         "\"isAnyPhoneNumberRequired\":false,\"mobilePhoneNumber\":2}",
         O, R, R, O, R, O, O, O},
        {"{\"areFirstNameOrInitialsRequired\":true,\"firstName\":2,\"initials\":2}", R,
         R, R, O, O, O, O, O},
        {"{\"firstName\":null,\"initials\":\"2\",\"emailAddress\":7,\"gender\":-1}", O,
         O, R, O, O, O, O, O},
    };
#undef H
#undef O
#undef R
    struct jcc_case *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
        struct error error;
        size_t count;

        setup->town->required = cases[i].required;
        jcc_good(ASK(setup, fields, &jcc_family, fields, &count, &error), &error);
        assert_int_equal(count, 18);
        assert_int_equal(state_of(fields, count, "firstName"), cases[i].first_name);
        assert_int_equal(state_of(fields, count, "initials"), cases[i].initials);
        assert_int_equal(state_of(fields, count, "lastName"), cases[i].last_name);
        assert_int_equal(state_of(fields, count, "phoneNumber"), cases[i].phone);
        assert_int_equal(state_of(fields, count, "mobile"), cases[i].mobile);
        assert_int_equal(state_of(fields, count, "email"), cases[i].email);
        assert_int_equal(state_of(fields, count, "socialSecurityNumber"), cases[i].bsn);
        assert_int_equal(state_of(fields, count, "gender"), cases[i].gender);
    }
    assert_string_equal(
        jcc_server_line(setup->server, 1),
        "GET " JCC_SERVER_PATH
        "customer/customerfields/required?selectedActivityId=" TOWN_PASSPORT
        "&selectedActivityId=" TOWN_LICENCE " HTTP/1.1");
}

static void
test_fields_that_are_no_object_are_no_answer(void **state)
{
    struct jcc_case *setup = *state;
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    struct error error;
    size_t count;

    jcc_trap(setup, "customer/customerfields/required", 200, "[1]");
    jcc_refused(ASK(setup, fields, &jcc_passport, fields, &count, &error), &error,
                ERROR_BAD_INPUT, "required fields");
}

/* --- days and times --------------------------------------------------------------- */

static void
test_the_edges_of_fifty_days_are_neither_lost_nor_doubled(void **state)
{
    static const int lengths[] = {1, 2, 49, 50, 51, 99, 100, 101, 151};
    struct jcc_case *setup = *state;
    const struct date from = {2027, 1, 4}; /* a Monday */
    int asked = 0;

    for (size_t k = 0; k < sizeof(lengths) / sizeof(lengths[0]); k++) {
        struct appointment_day *days;
        struct error error;
        size_t count;

        jcc_good(ASK(setup, days, &jcc_passport, from, date_add(from, lengths[k] - 1),
                     &days, &count, &error),
                 &error);
        assert_int_equal(count, lengths[k]);
        for (int i = 0; i < lengths[k]; i++) {
            assert_int_equal(date_compare(days[i].date, date_add(from, i)), 0);
            assert_int_equal(days[i].free, i % 7 < 5 ? 16 : 0);
            assert_false(days[i].closed);
        }
        free(days);
        asked += (lengths[k] + 49) / 50;
        assert_int_equal(
            jcc_server_count(setup->server, "GET", "appointment/availabletimelist"),
            asked);
    }
}

static void
test_the_questions_are_as_they_were_recorded(void **state)
{
    struct jcc_case *setup = *state;
    struct appointment_day *days;
    struct appointment_time *times;
    struct error error;
    size_t count;
    int minutes;

    jcc_good(ASK(setup, days, &jcc_family, (struct date){2027, 3, 26},
                 (struct date){2027, 5, 14}, &days, &count, &error),
             &error);
    free(days);
    jcc_good(ASK(setup, times, &jcc_family, (struct date){2027, 3, 26}, &times, &count,
                 &error),
             &error);
    free(times);
    jcc_good(
        ASK(setup, minutes, &jcc_family, (struct date){2027, 3, 26}, &minutes, &error),
        &error);
    assert_int_equal(minutes, 41); /* 3 × 600 + 2 × 330 seconds */
    assert_string_equal(jcc_server_line(setup->server, 0),
                        "POST " JCC_SERVER_PATH "connect/token HTTP/1.1");
    assert_string_equal(jcc_server_line(setup->server, 1),
                        "GET " JCC_SERVER_PATH
                        "activity/appointmentdaterange?activityId=" TOWN_PASSPORT
                        "&activityId=" TOWN_LICENCE " HTTP/1.1");
    assert_string_equal(jcc_server_line(setup->server, 2),
                        "GET " JCC_SERVER_PATH
                        "appointment/availabletimelist?locationId=" TOWN_HALL
                        "&fromDate=2027-03-26&toDate=2027-05-15"
                        "&activityId=" TOWN_PASSPORT "&activityId=" TOWN_LICENCE
                        "&amount=3&amount=2 HTTP/1.1");
    assert_string_equal(jcc_server_line(setup->server, 3),
                        "GET " JCC_SERVER_PATH
                        "appointment/availabletimelist?locationId=" TOWN_HALL
                        "&fromDate=2027-03-26&toDate=2027-03-27"
                        "&activityId=" TOWN_PASSPORT "&activityId=" TOWN_LICENCE
                        "&amount=3&amount=2 HTTP/1.1");
    assert_string_equal(
        jcc_server_line(setup->server, 4),
        "GET " JCC_SERVER_PATH "appointment/calculateduration?activityId=" TOWN_PASSPORT
        "&activityId=" TOWN_LICENCE "&amount=3&amount=2&dateTime=2027-03-26 HTTP/1.1");
}

static void
test_days_end_where_jcc_takes_no_more_bookings(void **state)
{
    struct jcc_case *setup = *state;
    const struct date today = zone_civil(setup->town->zone, time_now_s()).date;
    struct appointment_day *days;
    struct error error;
    size_t count;

    setup->town->min = date_add(today, 2);
    setup->town->max = date_add(today, 12);
    jcc_good(ASK(setup, days, &jcc_passport, (struct date){0}, (struct date){0}, &days,
                 &count, &error),
             &error);
    assert_int_equal(count, 11);
    assert_int_equal(date_compare(days[0].date, date_add(today, 2)), 0);
    free(days);
    jcc_good(ASK(setup, days, &jcc_passport, date_add(today, -30), date_add(today, 3),
                 &days, &count, &error),
             &error);
    assert_int_equal(count, 2);
    free(days);
    jcc_good(ASK(setup, days, &jcc_passport, date_add(today, 13), date_add(today, 20),
                 &days, &count, &error),
             &error);
    assert_int_equal(count, 0);
    assert_null(days);
    /* As far as it allows is more than one question, and ends somewhere. */
    setup->town->max = date_add(today, 4000);
    jcc_good(ASK(setup, days, &jcc_passport, (struct date){0}, (struct date){0}, &days,
                 &count, &error),
             &error);
    assert_int_equal(count, 400);
    free(days);
}

static void
test_a_day_lists_its_times_and_a_hundred_kilobytes_of_them(void **state)
{
    struct jcc_case *setup = *state;
    const struct date day = {2027, 3, 1};
    struct appointment_time *times;
    struct error error;
    size_t count;
    char *all;

    setup->town->special[setup->town->special_count++] =
        (struct town_special){day, "09:05 10:00 16:55"};
    jcc_good(ASK(setup, times, &jcc_passport, day, &times, &count, &error), &error);
    assert_int_equal(count, 3);
    assert_int_equal(times[0].start, jcc_at(setup, (struct date){2027, 3, 1}, 9, 5));
    assert_int_equal(times[2].start, jcc_at(setup, (struct date){2027, 3, 1}, 16, 55));
    assert_false(times[0].quiet);
    free(times);
    jcc_good(ASK(setup, times, &jcc_passport, (struct date){2027, 3, 6}, &times, &count,
                 &error),
             &error); /* a Saturday */
    assert_int_equal(count, 0);
    assert_null(times);
    /* All of them on one day, in any order, some twice, some of other days. */
    all = test_calloc(40, 4000);
    strcpy(all, "{\"availableTimesList\":[");
    for (int i = 0; i < 3589; i++) {
        char text[40];

        snprintf(text, sizeof(text), "\"2027-03-0%dT%02d:%02d:00\",\r\n", 1 + i % 2,
                 23 - i / 60 % 24, 59 - i % 60);
        strcat(all, text);
    }
    strcpy(all + strlen(all) - 3, "]}");
    jcc_trap(setup, "appointment/availabletimelist", 200, all);
    jcc_good(ASK(setup, times, &jcc_passport, day, &times, &count, &error), &error);
    test_free(all);
    assert_int_equal(count, 12 * 60);
    for (size_t i = 1; i < count; i++) {
        assert_true(times[i].start > times[i - 1].start);
    }
    free(times);
}

static void
test_the_hour_that_is_skipped_has_no_times_and_the_doubled_one_counts_once(void **state)
{
    struct jcc_case *setup = *state;
    const struct date spring = {2027, 3, 28}, autumn = {2027, 10, 31};
    struct appointment_time *times;
    struct appointment_day *days;
    struct error error;
    size_t count;

    setup->town->special_count = 2;
    setup->town->special[0] =
        (struct town_special){spring, "01:30 02:00 02:30 02:59 03:00 12:00"};
    setup->town->special[1] = (struct town_special){autumn, "01:30 02:30 02:30 03:00"};
    jcc_good(ASK(setup, times, &jcc_passport, spring, &times, &count, &error), &error);
    assert_int_equal(count, 3);
    assert_int_equal(times[1].start - times[0].start, 30 * 60);
    assert_int_equal(times[2].start - times[1].start, 9 * 3600);
    free(times);
    jcc_good(ASK(setup, times, &jcc_passport, autumn, &times, &count, &error), &error);
    assert_int_equal(count, 3);
    assert_int_equal(times[1].start - times[0].start, 3600); /* the first 02:30 */
    assert_int_equal(times[2].start - times[1].start, 90 * 60);
    free(times);
    jcc_good(ASK(setup, days, &jcc_passport, spring, autumn, &days, &count, &error),
             &error);
    assert_int_equal(count, 218);
    assert_int_equal(days[0].free, 3);
    assert_int_equal(days[217].free, 3);
    free(days);
}

/* --- answers that are none -------------------------------------------------------- */

static void
test_lists_that_are_none_or_empty(void **state)
{
    static const struct {
        const char *body;
        int count; /* -1: not understood */
    } cases[] = {
        {"{\"availableTimesList\":[],\"appointmentDuration\":600}", 0},
        {"{\"appointmentDuration\":600}", 0},
        {"{\"availableTimesList\":null}", 0},
        {"{\"availableTimesList\":[null,7,\"soon\",\"2027-03-01T09:00:00\"]}", 1},
        {"{\"availableTimesList\":[\"2027-03-01T09:00\",\"2027-03-01T09:00:00.000\","
         "\"2027-03-01T08:00:00Z\",\"2027-03-01T10:00:00+01:00\"]}",
         2},
        {"{\"availableTimesList\":[\"2027-02-28T23:59:00\",\"2027-03-02T00:00:00\"]}",
         0},
        {"{\"availableTimesList\":[\"soon\",\"2027-02-30T09:00:00\","
         "\"2027-03-01T24:00:00\",\"2027-03-01 09:00:00\",\"2027-03-01T9:00\"]}",
         -1},
        {"[]", -1},
        {"null", -1},
        {"", -1},
    };
    struct jcc_case *setup = *state;
    struct appointment_product *products;
    struct appointment_location *list;
    struct appointment_time *times;
    struct error error;
    size_t count;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        bool answered;

        jcc_trap(setup, "appointment/availabletimelist", 200, cases[i].body);
        answered = ASK(setup, times, &jcc_passport, (struct date){2027, 3, 1}, &times,
                       &count, &error);
        if (cases[i].count < 0) {
            jcc_refused(answered, &error, ERROR_BAD_INPUT, "free times");
        } else {
            jcc_good(answered, &error);
            assert_int_equal(count, cases[i].count);
            free(times);
        }
    }
    jcc_trap(setup, "activity/listforappointment", 200, "[]");
    jcc_good(ASK(setup, products, &jcc_anything, &products, &count, &error), &error);
    assert_int_equal(count, 0);
    assert_null(products);
    jcc_trap(setup, "location", 200, "{\"a\":1}");
    jcc_refused(ASK(setup, locations, &jcc_anything, &list, &count, &error), &error,
                ERROR_BAD_INPUT, "location is no list");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, jcc_case_begin, jcc_case_end)
    const struct CMUnitTest tests[] = {
        TEST(test_products_are_told_in_whole_minutes),
        TEST(test_what_goes_together_is_asked_by_what_was_chosen),
        TEST(test_places_are_told_with_what_there_is_of_their_address),
        TEST(test_a_place_tells_its_first_free_time),
        TEST(test_every_field_is_listed_as_jcc_wants_it),
        TEST(test_fields_that_are_no_object_are_no_answer),
        TEST(test_the_edges_of_fifty_days_are_neither_lost_nor_doubled),
        TEST(test_the_questions_are_as_they_were_recorded),
        TEST(test_days_end_where_jcc_takes_no_more_bookings),
        TEST(test_a_day_lists_its_times_and_a_hundred_kilobytes_of_them),
        TEST(
            test_the_hour_that_is_skipped_has_no_times_and_the_doubled_one_counts_once),
        TEST(test_lists_that_are_none_or_empty),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
