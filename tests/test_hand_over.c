#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/memory.h"
#include "base/text.h"
#include "support/office.h"
#include "support/usage_stream.h"

#define TOKEN "7F3K9QW2M4RZ8X1C5V6B0N2P4T"
#define PATH "/v1/hand-overs/" TOKEN "/completed"
#define OTHER "/v1/hand-overs/0000000000000000000000000/completed"
#define DAY_S 86400
#define COMPLETED                                                                      \
    "SELECT coalesce(sum(count), 0) FROM count_step WHERE step = 'completed'"

static struct test_office office;
static struct sign_key key;
static int outboxes;

static int
start(void **state)
{
    (void)state;
    test_office_start(&office);
    test_office_claim(&office, "linde-01", &key);
    return 0;
}

static int
stop(void **state)
{
    (void)state;
    test_office_stop(&office);
    return 0;
}

static struct usage_event
hand_over_of(const char *token, int64_t time)
{
    struct usage_event event = {.kind = USAGE_STEP,
                                .time = time,
                                .step = USAGE_HANDED_OVER,
                                .product = "verhuizing",
                                .product_uri = "urn:verhuizing",
                                .variant = "b",
                                .channel = CHANNEL_ONLINE};
    uint8_t hash[HASH_BYTES];

    hash_bytes(token, strlen(token), hash);
    text_hex_encode(event.hand_over_hash, hash, sizeof(hash));
    return event;
}

/* A kiosk's whole way: into its outbox, and sent; twice, as after a lost answer. */
static void
hand_in(const struct usage_event *events, size_t count)
{
    char path[128];
    const struct outbox_options options = {path, "linde-01", 64 << 20};
    struct outbox *outbox;
    struct outbox_batch batch;
    struct error error = {0};

    snprintf(path, sizeof(path), "%s/outbox-%d.db", office.folder, outboxes++);
    outbox = outbox_open(&options, &error);
    assert_non_null(outbox);
    for (size_t i = 0; i < count; i++) {
        assert_true(outbox_append(outbox, &events[i], &error));
    }
    assert_true(outbox_next_batch(outbox, 0, &batch, &error));
    for (int time = 1; time <= 2; time++) {
        struct http_answer answer;

        assert_int_equal(test_office_send(&office, &key, &batch, &answer), 200);
        http_answer_finish(&answer);
    }
    outbox_batch_finish(&batch);
    outbox_close(outbox);
}

static void
hand_over(void)
{
    const struct usage_event event = hand_over_of(TOKEN, TEST_NOW);

    hand_in(&event, 1);
}

static int
ask(const char *method, const char *target, const char *words)
{
    const struct test_request request = {.method = method, .target = target};
    struct http_answer answer;
    int status = test_office_ask(&office, &request, &answer);

    if (words != NULL && strstr(answer.body, words) == NULL) {
        fail_msg("%s %s: %s", method, target, answer.body);
    }
    http_answer_finish(&answer);
    return status;
}

/* --- counting ----------------------------------------------------------------------
 */

static void
test_a_completed_request_counts_once_in_the_hour_in_which_it_was(void **state)
{
    (void)state;
    hand_over();
    test_office_time = TEST_NOW + 2 * 3600;
    assert_int_equal(ask("POST", PATH, "{\"counted\":true}"), 200);
    for (int i = 0; i < 3; i++) {
        assert_int_equal(ask("POST", PATH, "{\"counted\":false}"), 200);
        assert_int_equal(ask("GET", PATH, "Bedankt"), 200);
    }
    assert_int_equal(test_office_number(&office, COMPLETED), 1);
    assert_int_equal(test_office_number(&office,
                                        COMPLETED " AND kiosk = 'linde-01'"
                                                  " AND location = 'linde'"
                                                  " AND product = 'verhuizing'"
                                                  " AND product_uri = 'urn:verhuizing'"
                                                  " AND channel = 'online'"),
                     1);
    assert_int_equal(test_office_number(&office, "SELECT hour FROM count_step"
                                                 " WHERE step = 'completed'"),
                     TEST_NOW / 3600 + 2);
    assert_int_equal(test_office_number(&office, "SELECT sum(count) FROM count_variant"
                                                 " WHERE step = 'completed'"
                                                 " AND variant = 'b'"),
                     1);
    assert_int_equal(test_office_number(&office, "SELECT sum(count) FROM count_step"
                                                 " WHERE step = 'handed-over'"),
                     1);
}

static void
test_a_link_that_a_person_follows_counts_and_shows_a_page(void **state)
{
    const struct test_request request = {.method = "GET", .target = PATH};
    struct http_answer answer;

    (void)state;
    hand_over();
    assert_int_equal(test_office_ask(&office, &request, &answer), 200);
    assert_string_equal(answer.content_type, "text/html");
    assert_non_null(strstr(answer.body, "<h1>Gelukt</h1>"));
    assert_null(strstr(answer.body, TOKEN));
    http_answer_finish(&answer);
    assert_int_equal(test_office_number(&office, COMPLETED), 1);
}

static void
test_who_only_looks_ahead_counts_nothing(void **state)
{
    const struct test_request prefetch = {
        .method = "GET", .target = PATH, .headers = {"Sec-Purpose: prefetch"}};

    (void)state;
    hand_over();
    assert_int_equal(ask("HEAD", PATH, NULL), 503);
    assert_int_equal(test_office_status(&office, &prefetch), 503);
    assert_int_equal(test_office_number(&office, COMPLETED), 0);
    assert_int_equal(ask("POST", PATH, "{\"counted\":true}"), 200);
}

static void
test_a_body_is_not_looked_at(void **state)
{
    const struct test_request request = {
        .method = "POST", .target = PATH, .body = "{\"anything\": [1, 2"};

    (void)state;
    hand_over();
    assert_int_equal(test_office_status(&office, &request), 200);
    assert_int_equal(test_office_number(&office, COMPLETED), 1);
}

static void
test_what_the_citizen_says_at_the_kiosk_counts_apart(void **state)
{
    struct usage_event events[2] = {hand_over_of(TOKEN, TEST_NOW),
                                    hand_over_of(TOKEN, TEST_NOW)};

    (void)state;
    events[1].step = USAGE_SELF_REPORTED;
    events[1].hand_over_hash[0] = '\0';
    hand_in(events, 2);
    assert_int_equal(test_office_number(&office, COMPLETED), 0);
    assert_int_equal(test_office_number(&office, "SELECT sum(count) FROM count_step"
                                                 " WHERE step = 'self-reported'"
                                                 " AND product = 'verhuizing'"
                                                 " AND channel = 'online'"),
                     1);
    assert_int_equal(ask("POST", PATH, "{\"counted\":true}"), 200);
    assert_int_equal(test_office_number(&office, COMPLETED), 1);
}

/* --- what changes nothing ------------------------------------------------------------
 */

static void
test_an_unknown_token_changes_nothing(void **state)
{
    static const char *const targets[] = {
        OTHER,
        "/v1/hand-overs/" TOKEN "x/completed",
        "/v1/hand-overs/7f3k9qw2m4rz8x1c5v6b0n2p4t/completed", /* its letters count */
        "/v1/hand-overs/%27%20OR%201=1--/completed",
    };
    char *before, *after;

    (void)state;
    hand_over();
    before = test_office_dump(&office);
    for (size_t i = 0; i < sizeof(targets) / sizeof(targets[0]); i++) {
        assert_int_equal(ask("POST", targets[i], "not known"), 404);
        assert_int_equal(ask("GET", targets[i], "werkt niet meer"), 404);
    }
    after = test_office_dump(&office);
    assert_string_equal(before, after);
    free(before);
    free(after);
}

static void
test_the_tokens_own_text_is_nowhere(void **state)
{
    char *dump;

    (void)state;
    hand_over();
    assert_int_equal(ask("POST", PATH, NULL), 200);
    dump = test_office_dump(&office);
    assert_null(strstr(dump, TOKEN));
    free(dump);
    /* Of one that was completed, only that its token was used. */
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM hand_over WHERE"
                                                 " kiosk || location || product_uri ||"
                                                 " product || channel || variant = ''"),
                     1);
}

static void
test_a_token_is_valid_for_thirty_days_and_then_forgotten(void **state)
{
    static const struct {
        int64_t after_s;
        int status;
    } cases[] = {{30 * DAY_S - 3600, 200}, {31 * DAY_S, 404}};
    struct error error = {0};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        const struct usage_event event =
            hand_over_of(i == 0 ? TOKEN : "ANOTHER-TOKEN", TEST_NOW);

        test_office_time = TEST_NOW;
        hand_in(&event, 1);
        test_office_time = TEST_NOW + cases[i].after_s;
        assert_int_equal(
            ask("POST", i == 0 ? PATH : "/v1/hand-overs/ANOTHER-TOKEN/completed", NULL),
            cases[i].status);
    }
    assert_int_equal(test_office_number(&office, COMPLETED), 1);
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM hand_over"), 2);
    assert_true(hand_overs_tidy(office.hand_overs, &error));
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM hand_over"), 0);
}

static void
test_a_clock_that_runs_ahead_makes_no_token_that_lives_longer(void **state)
{
    const struct usage_event event = hand_over_of(TOKEN, TEST_NOW + 400 * DAY_S);

    (void)state;
    hand_in(&event, 1);
    test_office_time = TEST_NOW + 31 * DAY_S;
    assert_int_equal(ask("POST", PATH, NULL), 404);
}

static void
test_a_hand_over_without_a_token_leaves_no_row(void **state)
{
    struct usage_event event = hand_over_of(TOKEN, TEST_NOW);

    (void)state;
    event.hand_over_hash[0] = '\0';
    hand_in(&event, 1);
    assert_int_equal(test_office_number(&office, "SELECT count(*) FROM hand_over"), 0);
}

/* --- guessing ------------------------------------------------------------------------
 */

static void
test_who_guesses_waits_a_minute(void **state)
{
    (void)state;
    hand_over();
    for (int i = 0; i < 30; i++) {
        assert_int_equal(ask("POST", OTHER, NULL), 404);
    }
    assert_int_equal(ask("POST", PATH, "wait a minute"), 429);
    assert_int_equal(ask("GET", PATH, "Even geduld"), 429);
    assert_int_equal(test_office_number(&office, COMPLETED), 0);
    test_office_time += 60;
    assert_int_equal(ask("POST", PATH, "{\"counted\":true}"), 200);
}

static void
test_right_tokens_never_make_anybody_wait(void **state)
{
    (void)state;
    hand_over();
    for (int i = 0; i < 100; i++) {
        assert_int_equal(ask("POST", PATH, NULL), 200);
    }
    assert_int_equal(test_office_number(&office, COMPLETED), 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, start, stop)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(test_a_completed_request_counts_once_in_the_hour_in_which_it_was),
        TEST(test_a_link_that_a_person_follows_counts_and_shows_a_page),
        TEST(test_who_only_looks_ahead_counts_nothing),
        TEST(test_a_body_is_not_looked_at),
        TEST(test_what_the_citizen_says_at_the_kiosk_counts_apart),
        TEST(test_an_unknown_token_changes_nothing),
        TEST(test_the_tokens_own_text_is_nowhere),
        TEST(test_a_token_is_valid_for_thirty_days_and_then_forgotten),
        TEST(test_a_clock_that_runs_ahead_makes_no_token_that_lives_longer),
        TEST(test_a_hand_over_without_a_token_leaves_no_row),
        TEST(test_who_guesses_waits_a_minute),
        TEST(test_right_tokens_never_make_anybody_wait),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
