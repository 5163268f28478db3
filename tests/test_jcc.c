#include "appointment/jcc.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>

#include "appointment/jcc/jcc_token.h"
#include "base/text.h"
#include "support/jcc_case.h"

/* Whom the maker asks and with what token, and what it makes of a no. */

/* --- making one ------------------------------------------------------------------- */

static void
test_nonsense_is_refused_at_once(void **state)
{
    static const struct jcc_options cases[] = {
        {.url = NULL, .client_id = "a", .client_secret = "b"},
        {.url = "", .client_id = "a", .client_secret = "b"},
        {.url = "jcc.example", .client_id = "a", .client_secret = "b"},
        {.url = "https://", .client_id = "a", .client_secret = "b"},
        {.url = "https:///path/", .client_id = "a", .client_secret = "b"},
        {.url = "https://a.example/?b=c", .client_id = "a", .client_secret = "b"},
        {.url = "https://me:secret@a.example/", .client_id = "a", .client_secret = "b"},
        {.url = "https://a.example/", .client_secret = "b"},
        {.url = "https://a.example/", .client_id = "a", .client_secret = ""},
        {.url = "https://a.example/",
         .client_id = "a",
         .client_secret = "b",
         .time_zone = "Europe/Meerbergen"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct error error = {.kind = ERROR_NONE};

        assert_null(appointment_jcc_create(&cases[i], &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        assert_null(strstr(error.message, "secret@"));
    }
}

static void
test_what_jcc_can_not_do_is_not_there(void **state)
{
    struct jcc_case *setup = *state;
    const struct appointment_operations *operations = setup->client->operations;

    assert_string_equal(setup->client->name, "jcc");
    assert_true(operations->hold == NULL && operations->release == NULL &&
                operations->find_key == NULL && operations->find == NULL &&
                operations->check_in == NULL);
}

static void
test_the_base_address_may_end_in_a_slash_or_not(void **state)
{
    struct jcc_case *setup = *state;
    struct appointment_product *products;
    char url[200];
    struct error error;
    size_t count;

    snprintf(url, sizeof(url), "%s", jcc_server_url(setup->server));
    url[strlen(url) - 1] = '\0';
    appointment_client_destroy(setup->client);
    setup->client = jcc_case_client(url, JCC_SERVER_SECRET);
    jcc_good(ASK(setup, products, &jcc_anything, &products, &count, &error), &error);
    free(products);
    assert_string_equal(
        jcc_server_line(setup->server, 1),
        "GET /JCC/Test/G-Plan/api/api/warp/v1/activity/listforappointment HTTP/1.1");
}

/* --- the token -------------------------------------------------------------------- */

static int
tokens(struct jcc_case *setup)
{
    return jcc_server_count(setup->server, "POST", "connect/token");
}

static void
ask_something(struct jcc_case *setup)
{
    struct error error;
    int minutes;

    jcc_good(
        ASK(setup, minutes, &jcc_passport, (struct date){2027, 3, 1}, &minutes, &error),
        &error);
    assert_int_equal(minutes, 10);
}

static void
test_one_token_serves_many_questions(void **state)
{
    struct jcc_case *setup = *state;

    jcc_server_set_life(setup->server, 3600);
    for (int i = 0; i < 5; i++) {
        ask_something(setup);
    }
    assert_int_equal(tokens(setup), 1);
}

static void
test_a_token_without_a_duration_serves_until_it_is_refused(void **state)
{
    struct jcc_case *setup = *state;

    ask_something(setup);
    ask_something(setup);
    assert_int_equal(tokens(setup), 1);
    jcc_server_trap(setup->server,
                    (struct jcc_step){"GET", "appointment/calculateduration",
                                      JCC_FORGETS, 0, NULL});
    ask_something(setup);
    assert_int_equal(tokens(setup), 2);
}

static void
test_a_token_ends_before_the_server_says(void **state)
{
    static const struct {
        const char *said; /* of its end */
        int64_t good_ms;  /* that long */
    } cases[] = {
        {"\"expires_in\":3600", 3540000},
        {"\"expires_in\":\"3600\"", 3540000},
        {"\"expires_in\":100.9", 75000},
        {"\"expires_in\":1", 750},
        {"\"expires_in\":0", 0},
        {"\"expires_in\":-5", INT64_MAX / 2},
        {"\"expires_in\":null", INT64_MAX / 2},
        {"\"expires_in\":\"soon\"", INT64_MAX / 2},
        {"\"expires_in\":1e300", 366LL * 86400 * 1000 - 60000},
    };
    struct jcc_case *setup = *state;
    struct http_client *http = http_client_create();
    struct jcc_credentials credentials;
    struct jcc_token token = {NULL, 0};
    char url[200];

    snprintf(url, sizeof(url), "%sconnect/token", jcc_server_url(setup->server));
    jcc_credentials_init(&credentials, url, JCC_SERVER_ID, JCC_SERVER_SECRET);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const int64_t now_ms = 5000;
        struct error error;
        char body[100];

        snprintf(body, sizeof(body), "{\"access_token\":\"a\",%s}", cases[i].said);
        jcc_trap_any(setup, "POST", "connect/token", JCC_ANSWERS, 200, body);
        jcc_good(jcc_token_renew(&token, http, &credentials, 0, now_ms, &error),
                 &error);
        assert_true(cases[i].good_ms == 0 ||
                    jcc_token_is_good(&token, now_ms + cases[i].good_ms - 1));
        assert_int_equal(jcc_token_is_good(&token, now_ms + cases[i].good_ms),
                         cases[i].good_ms == INT64_MAX / 2);
    }
    jcc_token_forget(&token);
    assert_false(jcc_token_is_good(&token, 0));
    jcc_credentials_finish(&credentials);
    http_client_destroy(http);
}

/* NULL when every answer was right. */
static void *
ask_often(void *data)
{
    struct jcc_case *setup = data;
    int minutes = 10;
    bool good = true;

    for (int i = 0; i < 20; i++) {
        struct error error;

        good = ASK(setup, minutes, &jcc_passport, jcc_day, &minutes, &error) && good &&
               minutes == 10;
    }
    return good ? NULL : data;
}

static void
test_workers_share_one_client_and_its_token(void **state)
{
    struct jcc_case *setup = *state;
    pthread_t threads[3];

    for (size_t i = 0; i < 3; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, ask_often, setup), 0);
    }
    for (size_t i = 0; i < 3; i++) {
        void *wrong;

        pthread_join(threads[i], &wrong);
        assert_null(wrong);
    }
    assert_int_equal(tokens(setup), 1);
    assert_int_equal(
        jcc_server_count(setup->server, "GET", "appointment/calculateduration"), 60);
}

static void
test_a_refused_token_is_renewed_once(void **state)
{
    struct jcc_case *setup = *state;
    struct error error;
    int minutes;

    jcc_trap(setup, "appointment/calculateduration", 401, "");
    ask_something(setup);
    assert_int_equal(tokens(setup), 2);
    jcc_trap(setup, "appointment/calculateduration", 401, "");
    jcc_trap(setup, "appointment/calculateduration", 401, "");
    jcc_refused(
        ASK(setup, minutes, &jcc_passport, (struct date){2027, 3, 1}, &minutes, &error),
        &error, ERROR_REFUSED, "401");
    assert_int_equal(tokens(setup), 3);
    ask_something(setup);
}

static void
test_wrong_credentials_are_said(void **state)
{
    struct jcc_case *setup = *state;
    struct appointment_product *products;
    struct error error;
    size_t count;

    appointment_client_destroy(setup->client);
    setup->client = jcc_case_client(jcc_server_url(setup->server), "wrong");
    jcc_refused(ASK(setup, products, &jcc_anything, &products, &count, &error), &error,
                ERROR_REFUSED, "client id or its secret");
}

static void
test_a_token_that_can_not_be_one_is_no_token(void **state)
{
    static const struct {
        int status;
        const char *body;
        enum error_kind kind;
    } cases[] = {
        {200, "", ERROR_BAD_INPUT},
        {200, "<html>Jansen</html>", ERROR_BAD_INPUT},
        {200, "{}", ERROR_BAD_INPUT},
        {200, "[]", ERROR_BAD_INPUT},
        {200, "{\"access_token\":null}", ERROR_BAD_INPUT},
        {200, "{\"access_token\":\"\"}", ERROR_BAD_INPUT},
        {200, "{\"access_token\":\"a\\r\\nHost: b\"}", ERROR_BAD_INPUT},
        {200, "{\"access_token\":\"a b\"}", ERROR_BAD_INPUT},
        {400, "{\"error\":\"invalid_scope\"}", ERROR_REFUSED},
        {302, "", ERROR_BAD_INPUT},
        {500, "", ERROR_OFFLINE},
        {429, "", ERROR_OFFLINE},
    };
    struct jcc_case *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct error error;
        int minutes;

        jcc_server_trap(setup->server,
                        (struct jcc_step){"POST", "connect/token", JCC_ANSWERS,
                                          cases[i].status, cases[i].body});
        jcc_refused(ASK(setup, minutes, &jcc_passport, (struct date){2027, 3, 1},
                        &minutes, &error),
                    &error, cases[i].kind, "");
    }
    jcc_server_trap(setup->server, (struct jcc_step){"POST", "connect/token",
                                                     JCC_CUTS_BEFORE, 0, NULL});
    struct error error;
    int minutes;

    jcc_refused(
        ASK(setup, minutes, &jcc_passport, (struct date){2027, 3, 1}, &minutes, &error),
        &error, ERROR_OFFLINE, "connect/token");
}

/* --- answers that are none -------------------------------------------------------- */

static void
test_each_no_to_a_question_has_its_own_kind(void **state)
{
    static const struct {
        int status;
        const char *body;
        enum error_kind kind;
        const char *part;
    } cases[] = {
        {500, "{\"title\":\"InternalException\",\"detail\":\"Jansen\",\"code\":-1}",
         ERROR_REFUSED, "HTTP 500 and code -1"},
        {500, "{\"type\":\"http://www.jccsoftware.nl/rfc7807/internal-exception\"}",
         ERROR_REFUSED, "HTTP 500)"},
        {500, "{\"type\":\"about:blank\"}", ERROR_OFFLINE, "HTTP 500)"},
        {500, "", ERROR_OFFLINE, "HTTP 500)"},
        {503, "<html>Jansen</html>", ERROR_OFFLINE, "HTTP 503)"},
        {400, "{\"title\":\"Jansen\",\"status\":400,\"code\":6001,\"errors\":[]}",
         ERROR_REFUSED, "HTTP 400 and code 6001"},
        {403, "{\"code\":\"Jansen\"}", ERROR_REFUSED, "HTTP 403)"},
        {404, "", ERROR_NOT_FOUND, "404"},
        {410, "", ERROR_NOT_FOUND, "410"},
        {409, "", ERROR_TAKEN, "409"},
        {429, "", ERROR_OFFLINE, "429"},
        {302, "", ERROR_BAD_INPUT, "302"},
        {200, "", ERROR_BAD_INPUT, "no minutes"},
        {200, "null", ERROR_BAD_INPUT, "no minutes"},
        {200, "\"30\"", ERROR_BAD_INPUT, "no minutes"},
        {200, "0", ERROR_BAD_INPUT, "no minutes"},
        {200, "-30", ERROR_BAD_INPUT, "no minutes"},
        {200, "1e300", ERROR_BAD_INPUT, "no minutes"},
        {200, "{\"Jansen\":1,\"Jansen\":2}", ERROR_BAD_INPUT, "is no JSON"},
        {200, "<html>Jansen</html>", ERROR_BAD_INPUT, "is no JSON"},
        {200, "3", ERROR_NONE, ""},
        {200, " 30.0\r\n", ERROR_NONE, ""},
    };
    struct jcc_case *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct error error;
        int minutes;
        bool answered;

        jcc_trap(setup, "appointment/calculateduration", cases[i].status,
                 cases[i].body);
        answered = ASK(setup, minutes, &jcc_passport, (struct date){2027, 3, 1},
                       &minutes, &error);
        if (cases[i].kind == ERROR_NONE) {
            jcc_good(answered, &error);
        } else {
            jcc_refused(answered, &error, cases[i].kind, cases[i].part);
        }
    }
    jcc_server_trap(setup->server,
                    (struct jcc_step){"GET", "appointment/calculateduration",
                                      JCC_CUTS_AFTER, 0, NULL});
    struct error error;
    int minutes;

    jcc_refused(
        ASK(setup, minutes, &jcc_passport, (struct date){2027, 3, 1}, &minutes, &error),
        &error, ERROR_OFFLINE, "appointment/calculateduration");
}

static void
test_without_a_server_nothing_was_done(void **state)
{
    struct jcc_case *setup = *state;
    struct appointment_client *nobody = jcc_case_client("http://127.0.0.1:1/", "b");
    const struct appointment_booking booking = {
        .wish = jcc_passport, .values = {{"lastName", "Jansen"}}, .value_count = 1};
    struct appointment appointment;
    struct error error;

    (void)setup;
    jcc_refused(nobody->operations->book(nobody->maker, &booking, &appointment, &error),
                &error, ERROR_OFFLINE, "connect");
    jcc_refused(nobody->operations->cancel(nobody->maker, "x", &error), &error,
                ERROR_OFFLINE, "connect");
    appointment_client_destroy(nobody);
}

/* --- the server itself ------------------------------------------------------------ */

/* A server that finds nothing wrong would prove nothing. */
static void
test_the_strict_server_is_strict(void **state)
{
    struct jcc_case *setup = *state;
    const struct appointment_wish odd = {
        .location = "nowhere", .items = {{TOWN_PASSPORT, 1}}, .item_count = 1};
    struct appointment_time *times;
    struct error error;
    size_t count;
    int minutes;

    jcc_refused(
        ASK(setup, times, &odd, (struct date){2027, 3, 1}, &times, &count, &error),
        &error, ERROR_REFUSED, "6001");
    assert_non_null(strstr(jcc_server_take_fault(setup->server), "no such location"));
    jcc_refused(
        ASK(setup, minutes, &jcc_anything, (struct date){2027, 3, 1}, &minutes, &error),
        &error, ERROR_REFUSED, "6001");
    assert_non_null(strstr(jcc_server_take_fault(setup->server), "not in its place"));
    assert_string_equal(jcc_server_take_fault(setup->server), "");
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, jcc_case_begin, jcc_case_end)
    const struct CMUnitTest tests[] = {
        TEST(test_nonsense_is_refused_at_once),
        TEST(test_what_jcc_can_not_do_is_not_there),
        TEST(test_the_base_address_may_end_in_a_slash_or_not),
        TEST(test_one_token_serves_many_questions),
        TEST(test_a_token_without_a_duration_serves_until_it_is_refused),
        TEST(test_a_token_ends_before_the_server_says),
        TEST(test_workers_share_one_client_and_its_token),
        TEST(test_a_refused_token_is_renewed_once),
        TEST(test_wrong_credentials_are_said),
        TEST(test_a_token_that_can_not_be_one_is_no_token),
        TEST(test_each_no_to_a_question_has_its_own_kind),
        TEST(test_without_a_server_nothing_was_done),
        TEST(test_the_strict_server_is_strict),
    };
#undef TEST

    return cmocka_run_group_tests(tests, NULL, NULL);
}
