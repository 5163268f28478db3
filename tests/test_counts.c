#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "backoffice/count_table.h"
#include "backoffice/screen_counts.h"
#include "backoffice/tally.h"
#include "base/file.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "support/office.h"

#define HEADER "date,hour,kiosk,location,product_uri,product,channel,step,count\n"
#define URI "http://standaarden.overheid.nl/owms/terms/paspoort"

/* 15 January 2027: all that the tests count lies in months that are over. */
#define LATER INT64_C(1800000000)

static struct test_office office;
static char viewer[120];

static int
start(void **state)
{
    (void)state;
    test_office_start(&office);
    test_office_time = LATER;
    test_office_token(&office, ROLE_VIEWER, viewer);
    return 0;
}

static int
stop(void **state)
{
    (void)state;
    test_office_stop(&office);
    return 0;
}

/* --- making counts ------------------------------------------------------------- */

struct made {
    const struct usage_event *events;
    size_t count;
    const char *kiosk, *location;
};

static bool
add_events(struct store_session *session, void *data, struct error *error)
{
    const struct made *made = data;
    const struct tally_place place = {made->kiosk, made->location, office.office.zone};
    struct tally *tallies =
        memory_allocate(made->count * TALLIES_OF_EVENT_MAX, sizeof(*tallies));
    size_t count = tally_events(made->events, made->count, &place, tallies);
    bool good = store_counts_add(session, tallies, count, error);

    free(tallies);
    return good;
}

static void
add_at(const struct usage_event *events, size_t count, const char *kiosk,
       const char *location)
{
    struct made made = {events, count, kiosk, location};
    struct error error = {0};

    if (!store_write(office.office.store, add_events, &made, &error)) {
        fail_msg("%s", error.message);
    }
}

static int64_t
instant(const char *text)
{
    int64_t value;

    assert_true(instant_parse(text, &value));
    return value;
}

static struct usage_event
step(const char *time, enum usage_step which, enum channel channel)
{
    struct usage_event event = {.kind = USAGE_STEP,
                                .time = instant(time),
                                .step = which,
                                .channel = channel,
                                .product = "paspoort",
                                .product_uri = URI,
                                .variant = "a"};

    return event;
}

static struct usage_event
begun(const char *time)
{
    return (struct usage_event){.kind = USAGE_VISIT_BEGUN, .time = instant(time)};
}

static void
add(struct usage_event event, int times)
{
    for (int i = 0; i < times; i++) {
        add_at(&event, 1, "linde-01", "linde");
    }
}

static char *
get(const char *target, const char *header, int status)
{
    const struct test_request request = {
        .method = "GET", .target = target, .headers = {header}};
    struct http_answer answer;
    int got = test_office_ask(&office, &request, &answer);
    char *body = memory_copy_text(answer.body == NULL ? "" : answer.body);

    if (got != status) {
        fail_msg("%s gave %d: %s", target, got, body);
    }
    http_answer_finish(&answer);
    return body;
}

static void
assert_get(const char *target, const char *header, const char *expected)
{
    char *body = get(target, header, 200);

    assert_string_equal(body, expected);
    free(body);
}

/* --- exact --------------------------------------------------------------------- */

static void
test_exact_counts_stand_on_the_clock_of_the_municipality(void **state)
{
    (void)state;
    add(step("2026-07-01T21:59:59Z", USAGE_INFORMATION, CHANNEL_NONE), 1);
    add(step("2026-07-01T22:00:00Z", USAGE_STARTED, CHANNEL_APPOINTMENT), 2);
    add(step("2026-12-31T23:30:00Z", USAGE_COMPLETED, CHANNEL_APPOINTMENT), 3);
    add(begun("2026-12-31T23:30:00Z"), 4);
    assert_get("/v1/counts?exact=1", viewer,
               HEADER
               "2026-07-01,23,linde-01,linde," URI ",paspoort,none,information,1\n"
               "2026-07-02,0,linde-01,linde," URI ",paspoort,appointment,started,2\n"
               "2027-01-01,0,linde-01,linde,,,none,visit,4\n"
               "2027-01-01,0,linde-01,linde," URI
               ",paspoort,appointment,completed,3\n");
}

static void
test_the_hour_that_comes_twice_is_one_row(void **state)
{
    (void)state;
    add(begun("2026-10-25T00:30:00Z"), 2); /* 02:30 in summer time */
    add(begun("2026-10-25T01:30:00Z"), 3); /* 02:30 again */
    assert_get("/v1/counts?exact=1", viewer,
               HEADER "2026-10-25,2,linde-01,linde,,,none,visit,5\n");
}

static void
test_a_period_has_both_its_days(void **state)
{
    (void)state;
    add(begun("2026-11-20T22:59:00Z"), 1);
    add(begun("2026-11-20T23:00:00Z"), 2); /* midnight on the wall */
    add(begun("2026-11-22T22:59:00Z"), 3);
    add(begun("2026-11-22T23:00:00Z"), 4);
    assert_get("/v1/counts?exact=1&from=2026-11-21&to=2026-11-22", viewer,
               HEADER "2026-11-21,0,linde-01,linde,,,none,visit,2\n"
                      "2026-11-22,23,linde-01,linde,,,none,visit,3\n");
}

static void
test_exact_counts_as_json_have_their_total(void **state)
{
    (void)state;
    add(step("2026-11-22T10:00:00Z", USAGE_STARTED, CHANNEL_ONLINE), 2);
    add(begun("2026-11-22T10:00:00Z"), 1);
    assert_get("/v1/counts?exact=1&format=json", viewer,
               "{\"rounded_to\":1,\"tables\":[{\"table\":\"hour\",\"rows\":["
               "{\"date\":\"2026-11-22\",\"hour\":11,\"kiosk\":\"linde-01\","
               "\"location\":\"linde\",\"channel\":\"none\",\"step\":\"visit\","
               "\"count\":1},{\"date\":\"2026-11-22\",\"hour\":11,"
               "\"kiosk\":\"linde-01\",\"location\":\"linde\",\"product_uri\":\"" URI
               "\",\"product\":\"paspoort\",\"channel\":\"online\","
               "\"step\":\"started\",\"count\":2}],\"total\":3}]}");
}

static void
test_exact_counts_are_for_staff(void **state)
{
    (void)state;
    free(get("/v1/counts?exact=1", NULL, 401));
    free(get("/v1/counts?exact=1", "Authorization: Bearer wrong", 401));
    free(get("/v1/counts?exact=1", "Authorization: Basic wrong", 401));
}

/* --- published ------------------------------------------------------------------- */

static void
test_a_month_and_a_week_are_published_when_they_are_over(void **state)
{
    static const struct {
        const char *now, *expected;
    } cases[] = {
        {"2026-11-29T22:59:59Z", HEADER}, /* Sunday, a second before midnight */
        {"2026-11-29T23:00:00Z", HEADER "2026-11-23,11,,linde,,,,visit,5\n"},
        {"2026-11-30T22:59:59Z", HEADER "2026-11-23,11,,linde,,,,visit,5\n"},
        {"2026-11-30T23:00:00Z",
         HEADER "2026-11-01,,,," URI ",paspoort,appointment,started,5\n"
                "2026-11-23,11,,linde,,,,visit,5\n"},
    };

    (void)state;
    add(begun("2026-11-23T10:00:00Z"), 5);
    add(begun("2026-11-30T10:00:00Z"), 5);
    add(step("2026-11-23T10:00:00Z", USAGE_STARTED, CHANNEL_APPOINTMENT), 5);
    add(step("2026-12-01T10:00:00Z", USAGE_STARTED, CHANNEL_APPOINTMENT), 5);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        test_office_time = instant(cases[i].now);
        assert_get("/v1/counts", NULL, cases[i].expected);
    }
}

/* Whoever asks again after each visit learns nothing. */
static void
test_asking_again_and_again_does_not_show_a_visit(void **state)
{
    (void)state;
    test_office_time = instant("2026-11-26T12:00:00Z");
    for (int i = 0; i < 12; i++) {
        add(begun("2026-11-26T11:00:00Z"), 1);
        add(step("2026-11-26T11:00:00Z", USAGE_STARTED, CHANNEL_ONLINE), 1);
        assert_get("/v1/counts", NULL, HEADER);
    }
}

static void
test_published_counts_are_two_fixed_tables_of_rounded_numbers(void **state)
{
    (void)state;
    add(step("2026-11-02T10:00:00Z", USAGE_STARTED, CHANNEL_APPOINTMENT), 4);
    add(step("2026-11-29T10:00:00Z", USAGE_STARTED, CHANNEL_APPOINTMENT), 4);
    add(step("2026-11-02T10:00:00Z", USAGE_COMPLETED, CHANNEL_APPOINTMENT), 2);
    add(step("2026-12-02T10:00:00Z", USAGE_COMPLETED, CHANNEL_APPOINTMENT), 13);
    add(begun("2026-11-16T10:10:00Z"), 3); /* a Monday */
    add(begun("2026-11-22T10:20:00Z"), 3); /* the Sunday after it, same hour */
    add(begun("2026-11-23T10:20:00Z"), 2); /* the next week: rounds to nothing */
    assert_get("/v1/counts", NULL,
               HEADER "2026-11-01,,,," URI ",paspoort,appointment,started,10\n"
                      "2026-12-01,,,," URI ",paspoort,appointment,completed,15\n"
                      "2026-11-16,11,,linde,,,,visit,5\n");
}

static void
test_published_totals_are_sums_of_rounded_numbers(void **state)
{
    char *body;

    (void)state;
    add(step("2026-11-02T10:00:00Z", USAGE_STARTED, CHANNEL_APPOINTMENT), 7);
    add(step("2026-11-02T10:00:00Z", USAGE_STARTED, CHANNEL_ONLINE), 6);
    add(step("2026-11-02T10:00:00Z", USAGE_STARTED, CHANNEL_PERSON), 2);
    body = get("/v1/counts?format=json", NULL, 200);
    assert_non_null(strstr(body, "\"rounded_to\":5"));
    assert_non_null(strstr(body, "\"total\":10}")); /* 5 + 5; 15 there were */
    assert_null(strstr(body, "linde-01"));
    assert_null(strstr(body, "person"));
    free(body);
}

static void
test_a_viewer_without_exact_sees_what_everybody_sees(void **state)
{
    (void)state;
    add(step("2026-11-02T10:00:00Z", USAGE_STARTED, CHANNEL_APPOINTMENT), 7);
    assert_get("/v1/counts?exact=0", viewer,
               HEADER "2026-11-01,,,," URI ",paspoort,appointment,started,5\n");
}

static void
test_a_question_that_means_nothing_is_refused(void **state)
{
    static const char *const cases[] = {
        "/v1/counts?format=xml",
        "/v1/counts?exact=2",
        "/v1/counts?exact=1&from=yesterday",
        "/v1/counts?exact=1&to=2026-02-30",
        "/v1/counts?from=2026-11-01", /* the published tables have no periods */
        "/v1/counts?to=2026-11-01",
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        free(get(cases[i], viewer, 400));
    }
}

static void
test_csv_is_safe_for_spreadsheets(void **state)
{
    struct usage_event event =
        step("2026-11-22T10:00:00Z", USAGE_STARTED, CHANNEL_ONLINE);

    (void)state;
    snprintf(event.product, sizeof(event.product), "=1,\"x\"");
    event.product_uri[0] = '\0';
    add(event, 1);
    assert_get("/v1/counts?exact=1", viewer,
               HEADER "2026-11-22,11,linde-01,linde,,\"'=1,\"\"x\"\"\",online,"
                      "started,1\n");
}

/* --- every table -------------------------------------------------------------------
 */

static void
test_a_visit_goes_into_every_small_table(void **state)
{
    const struct usage_event events[] = {
        begun("2026-11-22T23:30:00Z"),
        step("2026-11-22T23:31:00Z", USAGE_INFORMATION, CHANNEL_NONE),
        {.kind = USAGE_VISIT_ENDED,
         .time = instant("2026-11-22T23:32:00Z"),
         .outcome = USAGE_OUTCOME_STOPPED,
         .duration = USAGE_DURATION_UNDER_2_MIN,
         .language = LANGUAGE_EN,
         .modes = USAGE_MODE_SPEECH,
         .misses = 3,
         .missed = {{"home", 2}},
         .missed_count = 1,
         .help_offered = "product",
         .satisfaction = 4,
         .success = USAGE_SUCCESS_PARTLY,
         .channel = CHANNEL_APPOINTMENT,
         .screen = "product"},
        {.kind = USAGE_VISIT_ENDED,
         .time = instant("2026-11-22T23:33:00Z"),
         .outcome = USAGE_OUTCOME_INTERRUPTED,
         .screen = "product"},
    };
    /* The 23rd of November on the wall. */
    static const char *const cases[] = {
        "count_step WHERE step = 'visit' AND product = ''",
        "count_step WHERE step = 'information' AND product = 'paspoort'",
        "count_variant WHERE day = 20780 AND variant = 'a' AND step = 'information'",
        "count_outcome WHERE day = 20780 AND outcome = 'stopped'",
        "count_outcome WHERE day = 20780 AND outcome = 'interrupted'",
        "count_language WHERE day = 20780 AND language = 'en' AND modes = 8",
        "count_satisfaction WHERE day = 20780 AND satisfaction = 4"
        " AND channel = 'appointment'",
        "count_help WHERE day = 20780 AND screen = 'product' AND fate = 'declined'",
        "count_success WHERE day = 20780 AND channel = 'appointment'"
        " AND success = 'partly'",
        "count_duration WHERE day = 20780 AND duration = 'under-2-min'",
    };

    (void)state;
    assert_int_equal(date_to_days((struct date){2026, 11, 23}), 20780);
    for (int time = 1; time <= 2; time++) {
        add_at(events, 4, "linde-01", "linde");
        for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
            char sql[200];

            snprintf(sql, sizeof(sql), "SELECT sum(count) FROM %s", cases[i]);
            assert_int_equal(test_office_number(&office, sql), time);
        }
        assert_int_equal(test_office_number(&office, "SELECT sum(count)"
                                                     " FROM count_misses"
                                                     " WHERE screen = 'home'"),
                         2 * time);
        /* What is not told apart is of the screen where the visit ended. */
        assert_int_equal(test_office_number(&office, "SELECT sum(count)"
                                                     " FROM count_misses"
                                                     " WHERE screen = 'product'"),
                         time);
        assert_int_equal(
            test_office_number(&office, "SELECT sum(count) FROM count_duration"), time);
    }
}

static void
test_screens_tell_where_visits_ended_and_touches_missed(void **state)
{
    const struct usage_event events[] = {
        {.kind = USAGE_VISIT_ENDED,
         .time = instant("2026-11-22T10:00:00Z"),
         .outcome = USAGE_OUTCOME_STOPPED,
         .misses = 3,
         .missed = {{"home", 2}},
         .missed_count = 1,
         .screen = "day"},
        {.kind = USAGE_VISIT_ENDED,
         .time = instant("2026-11-23T10:00:00Z"),
         .outcome = USAGE_OUTCOME_COMPLETED,
         .screen = "done"},
        {.kind = USAGE_VISIT_ENDED,
         .time = instant("2026-11-23T11:00:00Z"),
         .outcome = USAGE_OUTCOME_TIMED_OUT,
         .misses = 1,
         .missed = {{"done", 1}},
         .missed_count = 1,
         .screen = "done"},
    };

    (void)state;
    add_at(events, 3, "linde-01", "linde");
    assert_get("/v1/screens/counts", viewer,
               SCREEN_COUNTS_HEADER "2026-11-22,day,1,1\n2026-11-22,home,0,2\n"
                                    "2026-11-23,done,2,1\n");
    assert_get("/v1/screens/counts?from=2026-11-23&to=2026-11-23&format=json", viewer,
               "{\"rows\":[{\"date\":\"2026-11-23\",\"screen\":\"done\","
               "\"ended\":2,\"misses\":1}]}");
    free(get("/v1/screens/counts?from=soon", viewer, 400));
    free(get("/v1/screens/counts?format=xml", viewer, 400));
    free(get("/v1/screens/counts", NULL, 401));
}

static void
test_tallies_are_summed_in_the_order_of_their_keys(void **state)
{
    const struct usage_event events[] = {
        step("2026-11-22T12:00:00Z", USAGE_STARTED, CHANNEL_ONLINE),
        step("2026-11-22T11:00:00Z", USAGE_STARTED, CHANNEL_PERSON),
        step("2026-11-22T12:59:00Z", USAGE_STARTED, CHANNEL_ONLINE),
        step("2026-11-22T11:00:00Z", USAGE_STARTED, CHANNEL_ONLINE),
    };
    const struct tally_place place = {"linde-01", "linde", office.office.zone};
    struct tally tallies[4 * TALLIES_OF_EVENT_MAX];
    size_t count = tally_events(events, 4, &place, tallies);

    (void)state;
    assert_int_equal(count, 4); /* three hours and channels, one variant */
    assert_string_equal(tallies[0].texts[4], "online");
    assert_string_equal(tallies[1].texts[4], "person");
    assert_int_equal(tallies[1].time + 1, tallies[2].time);
    assert_int_equal(tallies[2].count, 2);
    assert_int_equal(tallies[3].table, COUNT_VARIANT);
    assert_int_equal(tallies[3].count, 4);
}

/* --- the command
 * ---------------------------------------------------------------------- */

static void
test_the_command_shows_what_the_back_office_counts(void **state)
{
    char arguments[400], file[100];
    struct error error = {0};
    char *output;
    int status;

    (void)state;
    add(step("2026-11-02T10:00:00Z", USAGE_STARTED, CHANNEL_APPOINTMENT), 7);
    snprintf(file, sizeof(file), "%s/token", office.folder);
    assert_true(file_write(file, viewer + strlen("Authorization: Bearer "),
                           strlen(viewer + strlen("Authorization: Bearer ")), 0600,
                           &error));
    snprintf(arguments, sizeof(arguments), "counts --backoffice %s", office.url);
    output = test_command_run(arguments, &status);
    assert_int_equal(status, 0);
    assert_string_equal(output, HEADER "2026-11-01,,,," URI
                                       ",paspoort,appointment,started,5\n");
    free(output);
    snprintf(arguments, sizeof(arguments),
             "counts --backoffice %s/ --exact --token-file %s --format csv", office.url,
             file);
    output = test_command_run(arguments, &status);
    assert_int_equal(status, 0);
    assert_string_equal(output, HEADER "2026-11-02,11,linde-01,linde," URI
                                       ",paspoort,appointment,started,7\n");
    free(output);
    snprintf(arguments, sizeof(arguments),
             "counts --backoffice %s --screens --token-file %s", office.url, file);
    output = test_command_run(arguments, &status);
    assert_int_equal(status, 0);
    assert_string_equal(output, SCREEN_COUNTS_HEADER);
    free(output);
}

static void
test_the_command_says_what_is_wrong(void **state)
{
    static const struct {
        const char *arguments; /* %s: the back office */
        int status;
        const char *words;
    } cases[] = {
        {"counts", 2, "use: loketzuilctl counts"},
        {"counts --backoffice", 2, "use:"},
        {"counts --backoffice URL --exact", 2, "use:"},
        {"counts --backoffice URL --screens", 2, "use:"},
        {"counts --backoffice URL --backoffice URL", 2, "use:"},
        {"counts --backoffice URL more", 2, "use:"},
        {"counts --backoffice URL --format xml", 1, "csv or json"},
        {"counts --backoffice URL --exact --token-file /nowhere", 1, "Token"},
        {"counts --backoffice URL --exact --token-file Makefile", 1, ""},
        {"counts --backoffice http://127.0.0.1:1", 1, ""},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char arguments[400];
        const char *rest = strstr(cases[i].arguments, "URL");
        char *output;
        int status;

        snprintf(arguments, sizeof(arguments), "%s", cases[i].arguments);
        if (rest != NULL) {
            snprintf(arguments, sizeof(arguments), "%.*s%s%s",
                     (int)(rest - cases[i].arguments), cases[i].arguments, office.url,
                     rest + 3);
        }
        output = test_command_run(arguments, &status);
        if (status != cases[i].status || strstr(output, cases[i].words) == NULL) {
            fail_msg("%s gave %d: %s", arguments, status, output);
        }
        assert_null(strstr(output, "date,hour"));
        free(output);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_exact_counts_stand_on_the_clock_of_the_municipality),
        TEST(test_the_hour_that_comes_twice_is_one_row),
        TEST(test_a_period_has_both_its_days),
        TEST(test_exact_counts_as_json_have_their_total),
        TEST(test_exact_counts_are_for_staff),
        TEST(test_a_month_and_a_week_are_published_when_they_are_over),
        TEST(test_asking_again_and_again_does_not_show_a_visit),
        TEST(test_published_counts_are_two_fixed_tables_of_rounded_numbers),
        TEST(test_published_totals_are_sums_of_rounded_numbers),
        TEST(test_a_viewer_without_exact_sees_what_everybody_sees),
        TEST(test_a_question_that_means_nothing_is_refused),
        TEST(test_screens_tell_where_visits_ended_and_touches_missed),
        TEST(test_csv_is_safe_for_spreadsheets),
        TEST(test_a_visit_goes_into_every_small_table),
        TEST(test_tallies_are_summed_in_the_order_of_their_keys),
        TEST(test_the_command_shows_what_the_back_office_counts),
        TEST(test_the_command_says_what_is_wrong),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
