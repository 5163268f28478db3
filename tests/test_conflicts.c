#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "backoffice/store_usage.h"
#include "base/file.h"
#include "base/memory.h"
#include "support/office.h"
#include "usage/wire.h"

/* Staff see which events are not in the counts, and which kiosks there are. */

#define STREAM "00112233445566778899aabbccddeeff"
#define REPORT                                                                         \
    "{\"stream\":\"" STREAM "\",\"kiosk\":\"linde-01\",\"first\":3,\"last\":4,"        \
    "\"counts\":[{\"type\":\"nl.burgerzaken.loketzuil.aanvraag-gestart.v1\","          \
    "\"product\":\"paspoort\",\"channel\":\"online\",\"count\":2}]}"

static struct test_office office;
static struct sign_key key;
static char viewer[120], file[100];

static void
write_token(enum fleet_role role)
{
    struct error error = {0};
    const char *token;

    test_office_token(&office, role, viewer);
    token = viewer + strlen("Authorization: Bearer ");
    snprintf(file, sizeof(file), "%s/token", office.folder);
    assert_true(file_write(file, token, strlen(token), 0600, &error));
}

static int
start(void **state)
{
    (void)state;
    test_office_start(&office);
    test_office_claim(&office, "linde-01", &key);
    write_token(ROLE_VIEWER);
    return 0;
}

static int
stop(void **state)
{
    (void)state;
    test_office_stop(&office);
    return 0;
}

static void
report(void)
{
    const struct test_request request = {.method = "POST",
                                         .target = WIRE_CONFLICTS_PATH,
                                         .key = &key,
                                         .headers = {"Content-Type: application/json"},
                                         .body = REPORT};

    assert_int_equal(test_office_status(&office, &request), 204);
}

static bool
add_gap(struct store_session *session, void *data, struct error *error)
{
    struct store_stream stream = {.stream = {0xab}, .kiosk = "linde-01", .mark = 9};

    (void)data;
    return store_gap_add(session, stream.stream, 5, 9, error) &&
           store_stream_save(session, &stream, error);
}

static bool
add_conflicts(struct store_session *session, void *data, struct error *error)
{
    int count = *(int *)data;

    for (int i = 0; i < count; i++) {
        struct store_conflict conflict = {
            .kiosk = "linde-01", .first = 1, .last = 1, .counts = ""};

        memcpy(conflict.stream, &i, sizeof(i));
        if (!store_conflict_add(session, &conflict, error)) {
            return false;
        }
    }
    return true;
}

static void
write_store(store_work work, void *data)
{
    struct error error = {0};

    if (!store_write(office.office.store, work, data, &error)) {
        fail_msg("%s", error.message);
    }
}

static char *
get(const char *target)
{
    const struct test_request request = {
        .method = "GET", .target = target, .headers = {viewer}};
    struct http_answer answer;
    char *body;

    assert_int_equal(test_office_ask(&office, &request, &answer), 200);
    body = memory_copy_text(answer.body);
    http_answer_finish(&answer);
    return body;
}

static void
test_what_a_kiosk_set_aside_is_listed(void **state)
{
    char *body;

    (void)state;
    report();
    body = get("/v1/conflicts");
    assert_string_equal(
        body, "{\"conflicts\":[{\"kiosk\":\"linde-01\",\"stream\":\"" STREAM "\","
              "\"noted_at\":\"2026-11-22T09:33:20Z\",\"first\":3,\"last\":4,"
              "\"noticed_by\":\"kiosk\",\"counts\":[{\"type\":"
              "\"nl.burgerzaken.loketzuil.aanvraag-gestart.v1\",\"product\":"
              "\"paspoort\",\"channel\":\"online\",\"count\":2}]}],\"more\":false}");
    free(body);
}

static void
test_lost_events_are_listed_with_their_kiosk(void **state)
{
    char *body;

    (void)state;
    write_store(add_gap, NULL);
    body = get("/v1/gaps");
    assert_string_equal(body, "{\"gaps\":[{\"kiosk\":\"linde-01\",\"stream\":"
                              "\"ab000000000000000000000000000000\",\"noted_at\":"
                              "\"2026-11-22T09:33:20Z\",\"first\":5,\"last\":9}],"
                              "\"more\":false}");
    free(body);
}

static void
test_of_very_many_the_last_thousand_are_listed(void **state)
{
    static const struct {
        int count;
        const char *end;
    } cases[] = {{1000, "],\"more\":false}"}, {1001, "],\"more\":true}"}};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        int count = cases[i].count, rows = 0;
        char *body;

        write_store(add_conflicts, &count);
        body = get("/v1/conflicts");
        for (const char *at = body; (at = strstr(at, "\"kiosk\"")) != NULL; at++) {
            rows++;
        }
        assert_int_equal(rows, 1000);
        assert_string_equal(body + strlen(body) - strlen(cases[i].end), cases[i].end);
        free(body);
    }
}

static void
test_the_lists_are_for_staff(void **state)
{
    static const char *const targets[] = {"/v1/conflicts", "/v1/gaps"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct test_request request = {.method = "GET", .target = targets[i]};

        assert_int_equal(test_office_status(&office, &request), 401);
        request.headers[0] = "Authorization: Bearer WRONG";
        assert_int_equal(test_office_status(&office, &request), 401);
        request.headers[0] = NULL;
        request.key = &key; /* a kiosk is no staff */
        assert_int_equal(test_office_status(&office, &request), 401);
    }
}

/* --- the commands ------------------------------------------------------------------
 */

static void
assert_command(const char *words, int expected_status, const char *expected)
{
    char arguments[400];
    char *output;
    int status;

    snprintf(arguments, sizeof(arguments), "%s --backoffice %s --token-file %s", words,
             office.url, file);
    output = test_command_run(arguments, &status);
    if (status != expected_status || strstr(output, expected) == NULL) {
        fail_msg("%s gave %d: %s", words, status, output);
    }
    free(output);
}

static void
test_conflicts_and_gaps_stand_in_one_table(void **state)
{
    int one = 1;

    (void)state;
    assert_command("conflicts", 0, "no conflicts and no gaps\n");
    report();
    write_store(add_gap, NULL);
    test_office_time += 60;
    write_store(add_conflicts, &one);
    assert_command(
        "conflicts", 0,
        "KIND      KIOSK     NOTED                 EVENTS  WHAT\n"
        "conflict  linde-01  2026-11-22T09:34:20Z  1 to 1  a copy of this kiosk's card "
        "was in use\n"
        "conflict  linde-01  2026-11-22T09:33:20Z  3 to 4  2 x aanvraag-gestart.v1 "
        "paspoort online\n"
        "gap       linde-01  2026-11-22T09:33:20Z  5 to 9  these events are lost\n");
    assert_command("conflicts --format json", 0, "}],\"more\":false}\n{\"gaps\":[{");
}

static void
test_kiosks_are_listed_and_revoked(void **state)
{
    (void)state;
    assert_command("kiosk list", 0,
                   "NAME      LOCATION  CLAIMED               STATE\n"
                   "linde-01  linde     2026-11-22T09:33:20Z  in use\n");
    assert_command("kiosk revoke linde-01", 1, "needs a token of an editor.\n");
    write_token(ROLE_EDITOR);
    assert_command("kiosk revoke linde-01", 0, "linde-01 is revoked");
    assert_command("kiosk list", 0, "  revoked\n");
    assert_command("kiosk list --format json", 0, "\"revoked\":true}]}\n");
    assert_command("kiosk revoke linde-09", 1, "(404)");
    assert_command("kiosk revoke ../claim", 1, "must be 1 to");
}

static void
test_commands_that_lack_something_say_how_they_are_used(void **state)
{
    static const char *const cases[] = {
        "conflicts",
        "conflicts --backoffice http://127.0.0.1:1",
        "conflicts --backoffice http://127.0.0.1:1 --token-file x --format csv",
        "kiosk list",
        "kiosk list --backoffice http://127.0.0.1:1 --token-file x more",
        "kiosk revoke",
        "kiosk revoke linde-01"};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        int status;
        char *output = test_command_run(cases[i], &status);

        if (status != 2 || strstr(output, "use: loketzuilctl ") == NULL) {
            fail_msg("%s gave %d: %s", cases[i], status, output);
        }
        free(output);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_what_a_kiosk_set_aside_is_listed),
        TEST(test_lost_events_are_listed_with_their_kiosk),
        TEST(test_of_very_many_the_last_thousand_are_listed),
        TEST(test_the_lists_are_for_staff),
        TEST(test_conflicts_and_gaps_stand_in_one_table),
        TEST(test_kiosks_are_listed_and_revoked),
        TEST(test_commands_that_lack_something_say_how_they_are_used),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
