#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "support/queue_setup.h"

/* The queue's API and its commands, over loopback. */

static int
set_up(void **state)
{
    queue_setup_begin(state);
    queue_setup_serve(*state);
    return 0;
}

/* Who asks: the kiosk with its signature, or whoever has that header. */
static void
ask(struct queue_setup *setup, const char *who, const char *method, const char *target,
    const char *body, int status, const char *expected)
{
    struct test_request request = {.method = method, .target = target, .body = body};
    struct http_answer answer;

    request.key = strcmp(who, "kiosk") == 0 ? &setup->kiosk : NULL;
    request.headers[0] = "Content-Type: application/json";
    request.headers[1] = strcmp(who, "editor") == 0   ? setup->editor
                         : strcmp(who, "viewer") == 0 ? setup->viewer
                                                      : NULL;
    if (test_office_ask(&setup->office, &request, &answer) != status ||
        strstr(answer.body, expected) == NULL)
    {
        fail_msg("%s %s: %d, no \"%s\" in: %s", method, target, answer.status, expected,
                 answer.body);
    }
    http_answer_finish(&answer);
}

#define NUMBERS "/v1/queue/numbers"
#define KEY_1 "00000000000000000000000000000001"
#define KEY_2 "00000000000000000000000000000002"
#define DRAW(key) "{\"key\":\"" key "\",\"product\":\"paspoort\",\"language\":\"tr\"}"

static void
test_a_claimed_kiosk_draws_and_gives_back(void **state)
{
    struct queue_setup *setup = *state;

    ask(setup, "nobody", "POST", NUMBERS, DRAW(KEY_1), 401, "");
    ask(setup, "editor", "POST", NUMBERS, DRAW(KEY_1), 401, "");
    ask(setup, "kiosk", "POST", NUMBERS, DRAW(KEY_1), 201,
        "{\"number\":\"A 001\",\"location\":\"linde\",\"product\":\"paspoort\","
        "\"drawn\":\"2027-03-22T09:00:00+01:00\",\"ahead\":0,\"wait_minutes\":null,"
        "\"desks\":[],\"follow\":\"HTTPS://AFSPRAAK.VOORBEELD.NL/N/");
    ask(setup, "kiosk", "POST", NUMBERS, DRAW(KEY_1), 200, "\"A 001\"");
    ask(setup, "kiosk", "GET", "/v1/queue/expected?product=paspoort", NULL, 200,
        "{\"ahead\":1,\"wait_minutes\":null}");
    ask(setup, "kiosk", "GET", "/v1/queue/expected", NULL, 404, "no product");
    ask(setup, "kiosk", "GET", "/v1/queue/expected?product=online", NULL, 422, "");
    ask(setup, "viewer", "GET", "/v1/queue/expected?product=paspoort", NULL, 401, "");
    ask(setup, "kiosk", "POST", NUMBERS, DRAW("1"), 400, "key: must be 32");
    ask(setup, "kiosk", "POST", NUMBERS, "{}", 400, "key");
    ask(setup, "kiosk", "POST", NUMBERS,
        "{\"key\":\"" KEY_2 "\",\"product\":\"paspoort\",\"language\":\"xx\"}", 400,
        "language");
    ask(setup, "kiosk", "DELETE", NUMBERS "/" KEY_1, NULL, 204, "");
    ask(setup, "kiosk", "POST", NUMBERS, DRAW(KEY_1), 422, "This key is spent.");
    ask(setup, "viewer", "GET", "/v1/queue/linde", NULL, 200, "\"waiting\":[]");
}

static void
test_that_there_are_no_numbers_is_said_in_words(void **state)
{
    struct queue_setup *setup = *state;

    ask(setup, "viewer", "PUT", "/v1/queue/rules/linde", "{\"mode\":\"open\"}", 403,
        "");
    ask(setup, "editor", "PUT", "/v1/queue/rules/linde",
        "{\"mode\":\"open\",\"cap\":1,\"note\":\"Morgen weer.\"}", 204, "");
    ask(setup, "kiosk", "POST", NUMBERS, DRAW(KEY_1), 201, "");
    ask(setup, "kiosk", "POST", NUMBERS, DRAW(KEY_2), 200,
        "{\"number\":null,\"reason\":\"full\",\"note\":\"Morgen weer.\"}");
    ask(setup, "editor", "PUT", "/v1/queue/rules/linde", "{\"mode\":\"closed\"}", 204,
        "");
    ask(setup, "kiosk", "POST", NUMBERS, DRAW(KEY_2), 200,
        "{\"number\":null,\"reason\":\"closed\",\"note\":\"\"}");
    ask(setup, "viewer", "GET", "/v1/queue/rules", NULL, 200,
        "{\"location\":\"linde\",\"mode\":\"closed\",\"cap\":null,\"note\":\"\"}");
    ask(setup, "editor", "PUT", "/v1/queue/rules/linde", "{\"mode\":\"maybe\"}", 400,
        "mode: must be");
    ask(setup, "editor", "PUT", "/v1/queue/rules/linde",
        "{\"mode\":\"open\",\"cap\":1000}", 400, "cap");
    ask(setup, "editor", "PUT", "/v1/queue/rules/nergens", "{\"mode\":\"open\"}", 404,
        "There is no location");
}

#define DESK(number) "/v1/queue/linde/desks/" number

static void
test_a_desk_calls_and_says_how_it_went(void **state)
{
    struct queue_setup *setup = *state;

    ask(setup, "kiosk", "POST", NUMBERS, DRAW(KEY_1), 201, "");
    ask(setup, "kiosk", "POST", NUMBERS, DRAW(KEY_2), 201, "");
    ask(setup, "viewer", "POST", DESK("1"), "{\"do\":\"call\"}", 403, "");
    ask(setup, "editor", "POST", DESK("x"), "{\"do\":\"call\"}", 400,
        "must be 1 to 32");
    ask(setup, "editor", "POST", DESK("2"), "{\"do\":\"sit\"}", 200, "\"waiting\":2");
    ask(setup, "editor", "POST", DESK("1"), "{\"do\":\"call\"}", 200,
        "{\"waiting\":1,\"next\":{\"number\":\"A 002\"");
    ask(setup, "editor", "POST", DESK("1"), "{\"do\":\"call\"}", 422, "First say");
    ask(setup, "viewer", "GET", "/v1/queue/linde", NULL, 200,
        "\"at\":{\"number\":\"A 001\",\"product\":\"paspoort\",\"language\":\"tr\","
        "\"kiosk\":\"linde-1\"");
    ask(setup, "editor", "POST", DESK("1"),
        "{\"do\":\"call-again\",\"number\":\"A 001\"}", 200, "\"calls\":2");
    ask(setup, "editor", "POST", DESK("1"),
        "{\"do\":\"send-on\",\"number\":\"A 001\",\"to\":2}", 200, "\"waiting\":2");
    ask(setup, "editor", "POST", DESK("2"), "{\"do\":\"call\"}", 200,
        "\"at\":{\"number\":\"A 001\"");
    ask(setup, "editor", "POST", DESK("2"),
        "{\"do\":\"finish\",\"number\":\"A 001\",\"outcome\":\"left\"}", 400,
        "outcome: must be");
    ask(setup, "editor", "POST", DESK("2"),
        "{\"do\":\"finish\",\"number\":\"A 001\",\"outcome\":\"something-missing\"}",
        200, "");
    ask(setup, "editor", "POST", DESK("2"), "{\"do\":\"pause\"}", 200, "");
    ask(setup, "editor", "POST", DESK("2"), "{\"do\":\"leave\"}", 200, "");
    ask(setup, "editor", "POST", DESK("2"), "{\"do\":\"dance\"}", 400, "do: must be");
    ask(setup, "viewer", "GET", "/v1/queue/counts?format=json&from=2027-03-22", NULL,
        200, "\"outcome\":\"something-missing\",\"count\":1");
    ask(setup, "viewer", "GET", "/v1/queue/counts", NULL, 200,
        QUEUE_COUNTS_HEADER
        "2027-03-22,linde,paspoort,walk-in,something-missing,1,0,0\n");
    ask(setup, "viewer", "GET", "/v1/queue/counts?to=2027-03-21", NULL, 200,
        QUEUE_COUNTS_HEADER);
    ask(setup, "viewer", "GET", "/v1/queue/counts?from=soon", NULL, 400, "from");
    ask(setup, "viewer", "GET", "/v1/queue/nergens", NULL, 404, "");
}

static void
test_an_arrival_answers_with_its_number(void **state)
{
    struct queue_setup *setup = *state;
    char target[120], id[2 * BOOK_ID_BYTES + 1];
    struct booking booking;
    struct book_wish wish;
    struct error error;
    const struct book_value values[] = {{"lastName", "Jansen"},
                                        {"phoneNumber", "0612345678"}};
    const struct book_request request = {.key = KEY_1,
                                         .kiosk = "linde-1",
                                         .wish = &wish,
                                         .start = QUEUE_SETUP_NOW + 1200,
                                         .values = values,
                                         .value_count = 2};

    assert_true(book_wish_begin(setup->book.book, "linde", &wish, &error));
    assert_true(book_wish_add(setup->book.book, &wish, "paspoort", 1, &error));
    if (!book_confirm(setup->book.book, &request, &booking, NULL, &error)) {
        fail_msg("%s", error.message);
    }
    text_hex_encode(id, booking.id, BOOK_ID_BYTES);
    snprintf(target, sizeof(target), "/v1/appointments/%s/arrival", id);
    ask(setup, "kiosk", "POST", target, NULL, 200,
        "\"number\":\"P 001\",\"turn\":null");
    snprintf(target, sizeof(target), "/v1/appointments/%s", id);
    ask(setup, "kiosk", "GET", target, NULL, 200, "\"number\":\"P 001\"");
}

/* --- commands ------------------------------------------------------------------- */

static void
assert_says(struct queue_setup *setup, const char *words, int status,
            const char *expected)
{
    char path[120], line[600];
    char *printed;
    FILE *file;
    int got;

    snprintf(path, sizeof(path), "%s/editor", setup->book.folder);
    file = fopen(path, "w");
    assert_non_null(file);
    fprintf(file, "%s\n", strchr(strchr(setup->editor, ' ') + 1, ' ') + 1);
    fclose(file);
    snprintf(line, sizeof(line), "%s --backoffice %s --token-file %s", words,
             setup->office.url, path);
    printed = test_command_run(line, &got);
    if (got != status || strstr(printed, expected) == NULL) {
        fail_msg("%s: status %d, no \"%s\" in: %s", words, got, expected, printed);
    }
    free(printed);
}

static void
test_the_command_sets_and_lists_rules(void **state)
{
    struct queue_setup *setup = *state;

    assert_says(setup, "queue list", 0, "linde     open  -");
    assert_says(setup, "queue set linde --mode closed --cap 40 --note 'Morgen weer.'",
                0, "");
    assert_says(setup, "queue list", 0, "linde     closed  40   Morgen weer.");
    assert_says(setup, "queue list --format json", 0, "{\"rules\":[{");
    assert_says(setup, "queue set linde --mode shut", 1, "(400): mode: must be");
    assert_says(setup, "queue set linde --mode open --cap many", 2, "queue set");
    assert_says(setup, "queue set nergens --mode open", 1, "(404): There is no");
    assert_says(setup, "queue set linde", 2, "queue set LOCATION");
    assert_says(setup, "counts --numbers", 0, QUEUE_COUNTS_HEADER);
}

int
main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, queue_setup_end)
    const struct CMUnitTest tests[] = {
        TEST(test_a_claimed_kiosk_draws_and_gives_back),
        TEST(test_that_there_are_no_numbers_is_said_in_words),
        TEST(test_a_desk_calls_and_says_how_it_went),
        TEST(test_an_arrival_answers_with_its_number),
        TEST(test_the_command_sets_and_lists_rules),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
