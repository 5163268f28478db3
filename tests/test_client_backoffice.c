#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/backoffice.h"
#include "base/http_client.h"
#include "base/signed_request.h"
#include "base/text.h"
#include "base/time.h"
#include "support/client_setup.h"

static const struct appointment_wish anywhere;

/* --- asking and booking ------------------------------------------------------- */

static void
test_what_is_offered_comes_over_whole(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment_wish wish = {
        .location = "linde",
        .items = {{"paspoort", 2}, {"rijbewijs", 1}},
        .item_count = 2,
    };
    const struct appointment_wish there = {.location = "curacao"};
    const struct appointment_wish visa = {.items = {{"visum", 1}}, .item_count = 1};
    struct appointment_product *products;
    struct appointment_location *locations;
    struct appointment_day *days;
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    struct error error;
    size_t count;
    int minutes;

    assert_true(ASK(setup, products, &there, &products, &count, &error));
    assert_int_equal(count, 3);
    assert_string_equal(products[0].id, "paspoort");
    assert_int_equal(products[0].minutes, 15);
    free(products);
    assert_true(ASK(setup, products, &anywhere, &products, &count, &error));
    assert_int_equal(count, 4);
    free(products);
    assert_true(ASK(setup, products, &wish, &products, &count, &error));
    assert_int_equal(count, 2); /* paspoort and rijbewijs are in it already */
    free(products);
    assert_false(ASK(setup, products, &visa, &products, &count, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_true(ASK(setup, locations, &wish, &locations, &count, &error));
    assert_int_equal(count, 1); /* rijbewijs is for linde only */
    assert_string_equal(locations[0].name, "Bibliotheek De Linde");
    assert_string_equal(locations[0].street, "Lindeplein 4");
    assert_true(locations[0].earliest > time_now_s());
    free(locations);
    assert_true(ASK(setup, minutes, &wish, client_setup_day(), &minutes, &error));
    assert_int_equal(minutes, 40);
    assert_true(ASK(setup, days, &wish, client_setup_day(),
                    date_add(client_setup_day(), 6), &days, &count, &error));
    assert_int_equal(count, 7);
    assert_int_equal(date_compare(days[6].date, date_add(client_setup_day(), 6)), 0);
    assert_false(days[0].closed);
    assert_int_equal(days[0].free, 3 + 4);
    free(days);
    assert_true(ASK(setup, days, &wish, (struct date){0}, (struct date){0}, &days,
                    &count, &error));
    assert_int_equal(count, BOOK_HORIZON_DAYS + 1);
    free(days);
    assert_true(ASK(setup, fields, &wish, fields, &count, &error));
    assert_int_equal(count, 3);
    assert_string_equal(fields[0].name, "lastName");
    assert_int_equal(fields[0].state, APPOINTMENT_FIELD_REQUIRED);
    assert_int_equal(fields[2].state, APPOINTMENT_FIELD_HIDDEN);
}

static void
test_a_booking_goes_through_hold_book_find_and_cancel(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment_booking booking =
        client_setup_booking(client_setup_time(setup, 3));
    struct appointment appointment, found;
    struct error error;

    assert_true(ASK(setup, hold, &booking, &error));
    assert_false(ASK(setup, find_key, booking.key, &found, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_true(ASK(setup, book, &booking, &appointment, &error));
    assert_int_equal(appointment.start, booking.start);
    assert_int_equal(appointment.end, booking.start + 15 * 60);
    assert_string_equal(appointment.location, "linde");
    assert_int_equal(strlen(appointment.code), 6);
    assert_true(text_starts_with(appointment.check_in, BOOK_SETUP_ADDRESS));
    assert_true(ASK(setup, book, &booking, &found, &error));
    assert_memory_equal(&found, &appointment, sizeof(found));
    assert_true(ASK(setup, find_key, booking.key, &found, &error));
    assert_memory_equal(&found, &appointment, sizeof(found));
    assert_true(ASK(setup, show, appointment.id, &found, &error));
    assert_memory_equal(&found, &appointment, sizeof(found));
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_BOOKED), 1);
    assert_true(ASK(setup, cancel, appointment.id, &error));
    assert_true(ASK(setup, cancel, appointment.id, &error));
    assert_true(ASK(setup, show, appointment.id, &found, &error));
    assert_int_equal(found.state, APPOINTMENT_CANCELLED);
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_CELLS), 0);
    /* A booking that was cancelled is no ticket, even under its own key. */
    assert_false(ASK(setup, book, &booking, &found, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
}

static void
test_each_no_has_its_own_kind(void **state)
{
    struct client_setup *setup = *state;
    const int64_t start = client_setup_time(setup, 0);
    const struct appointment_wish nowhere = {.location = "nergens"};
    struct appointment_booking booking = client_setup_booking(start);
    struct appointment_product *products;
    struct appointment appointment;
    struct appointment_client *stranger;
    struct sign_key key;
    struct error error;
    size_t count;

    for (int i = 0; i < 2; i++) {
        struct appointment_booking other = client_setup_booking(start);

        assert_true(ASK(setup, book, &other, &appointment, &error));
    }
    assert_false(ASK(setup, hold, &booking, &error));
    assert_int_equal(error.kind, ERROR_TAKEN);
    assert_false(ASK(setup, book, &booking, &appointment, &error));
    assert_int_equal(error.kind, ERROR_TAKEN);
    booking = client_setup_booking(client_setup_time(setup, 1));
    booking.value_count = 1;
    assert_false(ASK(setup, book, &booking, &appointment, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_non_null(strstr(error.message, "phoneNumber"));
    assert_null(strstr(error.message, "Jansen"));
    booking.value_count = 2;
    assert_true(ASK(setup, release, booking.key, &error));
    assert_false(ASK(setup, book, &booking, &appointment, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_false(
        ASK(setup, show, "00112233445566778899aabbccddeeff", &appointment, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_false(ASK(setup, cancel, "é/?", &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_false(ASK(setup, products, &nowhere, &products, &count, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    sign_key_generate(&key);
    stranger = client_setup_client(setup->server.url, &key);
    assert_false(stranger->operations->products(stranger->maker, &anywhere, &products,
                                                &count, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    appointment_client_destroy(stranger);
    book_server_kill(&setup->server);
    assert_false(ASK(setup, products, &anywhere, &products, &count, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    assert_false(ASK(setup, book, &booking, &appointment, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_BOOKED), 2);
}

/* --- bad requests ------------------------------------------------------------- */

static int
send_raw(struct client_setup *setup, const char *method, const char *target,
         const char *body)
{
    struct http_client *http = http_client_create();
    struct signed_request signature;
    char url[512];
    const char *const headers[] = {signature.digest, signature.input,
                                   signature.signature,
                                   "Content-Type: application/json", NULL};
    const struct http_request request = {
        .method = method,
        .url = url,
        .headers = headers,
        .body = body,
        .body_length = body != NULL ? strlen(body) : 0,
    };
    struct http_answer answer = {0};
    struct error error;
    int status;

    snprintf(url, sizeof(url), "%s%s", setup->server.url, target);
    signed_request_make(&signature, &setup->key, method, target, body,
                        request.body_length, time_now_s());
    assert_true(http_client_send(http, &request, &answer, &error));
    status = answer.status;
    if (status >= 400) {
        assert_string_equal(answer.content_type, "application/problem+json");
    }
    http_answer_finish(&answer);
    http_client_destroy(http);
    return status;
}

#define KEY "\"key\":\"0123456789abcdef0123456789abcdef\""
#define ID "00112233445566778899aabbccddeeff"
#define WHERE "\"location\":\"linde\""
#define WHAT "\"items\":[{\"product\":\"paspoort\",\"persons\":1}]"
#define WHEN "\"start\":\"2027-03-23T10:00:00+01:00\""

static void
test_bad_requests_are_told_apart_and_change_nothing(void **state)
{
    static const struct {
        const char *method, *target, *body;
        int status;
    } cases[] = {
        {"POST", "/holds", "{", 400},
        {"POST", "/holds", "[]", 400},
        {"POST", "/holds", "{}", 400},
        {"POST", "/holds", "{" WHERE "," WHAT "," WHEN "}", 400},
        {"POST", "/holds", "{\"key\":\"x\"," WHERE "," WHAT "," WHEN "}", 400},
        {"POST", "/holds", "{" KEY "," WHERE "," WHAT "," WHEN ",\"x\":1}", 400},
        {"POST", "/holds", "{" KEY "," KEY "," WHERE "," WHAT "," WHEN "}", 400},
        {"POST", "/holds", "{" KEY "," WHERE "," WHAT ",\"start\":\"tomorrow\"}", 400},
        {"POST", "/holds", "{" KEY "," WHERE ",\"items\":[]," WHEN "}", 400},
        {"POST", "/holds", "{" KEY "," WHERE ",\"items\":[1]," WHEN "}", 400},
        {"POST", "/holds", "{" KEY ",\"location\":\"nergens\"," WHAT "," WHEN "}", 404},
        {"POST", "/holds",
         "{" KEY "," WHERE ",\"items\":[{\"product\":\"visum\",\"persons\":1}]," WHEN
         "}",
         404},
        {"POST", "/holds",
         "{" KEY "," WHERE ",\"items\":[{\"product\":\"paspoort\",\"persons\":7}]," WHEN
         "}",
         422},
        {"POST", "/holds",
         "{" KEY "," WHERE "," WHAT ",\"start\":\"2027-03-23T03:00:00+01:00\"}", 409},
        {"POST", "", "{" KEY "," WHERE "," WHAT "," WHEN "}", 400},
        {"POST", "", "{" KEY "," WHERE "," WHAT "," WHEN ",\"values\":{}}", 422},
        {"POST", "",
         "{" KEY "," WHERE "," WHAT "," WHEN ",\"values\":{\"lastName\":1}}", 400},
        {"GET", "/days?location=linde&items=paspoort:1&from=soon", NULL, 400},
        {"GET", "/days?location=linde&items=paspoort:1&to=", NULL, 400},
        {"GET", "/days?location=linde&from=2027-03-01&to=2027-03-02", NULL, 400},
        {"GET", "/days?items=paspoort:1&from=2027-03-01&to=2027-03-02", NULL, 400},
        {"GET", "/times?location=linde&items=paspoort:1&date=2027-02-30", NULL, 400},
        {"GET", "/times?location=linde&items=paspoort&date=2027-02-28", NULL, 400},
        {"GET", "/times?location=linde&items=paspoort:x&date=2027-02-28", NULL, 400},
        {"GET", "/times?location=linde&items=paspoort:9&date=2027-02-28", NULL, 422},
        {"GET", "/times?location=linde&items=&date=2027-02-28", NULL, 400},
        {"GET", "/times?location=nergens&items=paspoort:1&date=2027-02-28", NULL, 404},
        {"POST", "/" ID "/arrival", NULL, 404},
        {"POST", "/" ID "/arrival", "{}", 413},
        {"POST", "/" ID "/unprinted", NULL, 404},
        {"POST", "/" ID "/unprinted", "{}", 413},
        {"GET", "/counts", NULL, 401},
        {"POST", "/search", "{\"text\":1}", 400},
        {"POST", "/search", "{\"text\":\"x\",\"y\":1}", 400},
        {"POST", "/search", "{\"text\":\"x\"}", 404},
        {"POST", "/" ID "/moves", "{", 400},
        {"POST", "/" ID "/moves", "{" KEY "}", 400},
        {"POST", "/" ID "/moves", "{" KEY "," WHEN ",\"x\":1}", 400},
        {"POST", "/" ID "/moves", "{\"key\":\"x\"," WHEN "}", 400},
        {"POST", "/" ID "/moves", "{" KEY "," WHEN "}", 404},
        {"POST", "/x/moves", "{" KEY "," WHEN "}", 404},
        {"DELETE", "/holds/x", NULL, 400},
        {"DELETE", "/x", NULL, 404},
        {"GET", "/by-key/x", NULL, 404},
        {"PUT", "", "{}", 405},
    };
    struct client_setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char target[256];
        int status;

        snprintf(target, sizeof(target), "/v1/appointments%s", cases[i].target);
        status = send_raw(setup, cases[i].method, target, cases[i].body);
        if (status != cases[i].status) {
            fail_msg("case %zu: %d, not %d", i, status, cases[i].status);
        }
    }
    assert_int_equal(client_setup_number(setup, "SELECT count(*) FROM booking"), 0);
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_CELLS), 0);
}

/* --- answers of all kinds ----------------------------------------------------- */

struct script {
    int status;
    const char *type, *body;
};

static char *
answer_as_scripted(void *data, const struct scripted_request *request)
{
    const struct script *script = data;
    char headers[120];

    (void)request;
    if (script->status == 0) {
        return NULL;
    }
    snprintf(headers, sizeof(headers), "Content-Type: %s\r\n", script->type);
    return scripted_text(script->status, headers, script->body);
}

static const char good_answer[] =
    "{\"id\":\"a\",\"code\":\"ABC234\",\"check_in\":\"X\",\"location\":\"linde\","
    "\"start\":\"2027-03-23T10:00:00+01:00\",\"end\":\"2027-03-23T10:15:00+01:00\","
    "\"state\":\"booked\"}";

static void
test_every_answer_has_one_meaning(void **state)
{
    static const struct {
        struct script script;
        enum error_kind asked, booking; /* of a question, and of a booking */
    } cases[] = {
        {{400, "text/plain", ""}, ERROR_REFUSED, ERROR_REFUSED},
        {{401, "text/plain", ""}, ERROR_REFUSED, ERROR_REFUSED},
        {{403, "text/plain", ""}, ERROR_REFUSED, ERROR_REFUSED},
        {{404, "text/plain", ""}, ERROR_NOT_FOUND, ERROR_NOT_FOUND},
        {{409, "text/plain", ""}, ERROR_TAKEN, ERROR_TAKEN},
        {{422, "text/plain", ""}, ERROR_REFUSED, ERROR_REFUSED},
        {{429, "text/plain", ""}, ERROR_OFFLINE, ERROR_OFFLINE},
        {{429, "application/problem+json", "{\"detail\":\"Too many.\"}"},
         ERROR_REFUSED,
         ERROR_REFUSED},
        {{500, "text/plain", ""}, ERROR_OFFLINE, ERROR_UNCERTAIN},
        {{502, "text/plain", ""}, ERROR_OFFLINE, ERROR_UNCERTAIN},
        {{503, "text/plain", ""}, ERROR_OFFLINE, ERROR_OFFLINE},
        {{504, "text/plain", ""}, ERROR_OFFLINE, ERROR_UNCERTAIN},
        {{301, "text/plain", ""}, ERROR_BAD_INPUT, ERROR_BAD_INPUT},
        {{418, "text/plain", ""}, ERROR_BAD_INPUT, ERROR_BAD_INPUT},
        {{200, "text/html", "<p>Sign in"}, ERROR_BAD_INPUT, ERROR_UNCERTAIN},
        {{200, "application/json", "{"}, ERROR_BAD_INPUT, ERROR_UNCERTAIN},
        {{200, "application/json", "{}"}, ERROR_BAD_INPUT, ERROR_UNCERTAIN},
        {{200, "application/json", "[]"}, ERROR_BAD_INPUT, ERROR_UNCERTAIN},
        {{200, "application/json", good_answer}, ERROR_NONE, ERROR_NONE},
        {{201, "application/json", good_answer}, ERROR_NONE, ERROR_NONE},
        {{0, NULL, NULL}, ERROR_OFFLINE, ERROR_UNCERTAIN},
    };
    struct client_setup *setup = *state;
    const struct appointment_booking booking =
        client_setup_booking(1805795999 / 300 * 300);

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct script script = cases[i].script;
        struct scripted_server *server =
            scripted_server_start(answer_as_scripted, &script);
        struct appointment appointment;
        struct error error = {0};
        char url[48];
        struct appointment_client *client;
        bool good;

        snprintf(url, sizeof(url), "http://127.0.0.1:%d/",
                 scripted_server_port(server));
        client = client_setup_client(url, &setup->key);
        good = client->operations->show(client->maker, "a", &appointment, &error);
        assert_int_equal(good ? ERROR_NONE : error.kind, cases[i].asked);
        good = client->operations->book(client->maker, &booking, &appointment, &error);
        assert_int_equal(good ? ERROR_NONE : error.kind, cases[i].booking);
        appointment_client_destroy(client);
        scripted_server_stop(server);
    }
}

static void
test_lists_that_make_no_sense_are_refused_whole(void **state)
{
    static const char *const cases[] = {
        "{\"times\":{}}",
        "{\"times\":[1]}",
        "{\"times\":[{\"start\":\"2027-03-23T10:00:00+01:00\"}]}",
        "{\"times\":[{\"start\":\"ten\",\"quiet\":true}]}",
        "{\"times\":[{\"start\":\"2027-03-23T10:00:00+01:00\",\"quiet\":true},null]}",
    };
    struct client_setup *setup = *state;
    const struct appointment_wish wish = client_setup_wish();

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct script script = {200, "application/json", cases[i]};
        struct scripted_server *server =
            scripted_server_start(answer_as_scripted, &script);
        struct appointment_client *client;
        struct appointment_time *times;
        struct error error;
        size_t count;
        char url[48];

        snprintf(url, sizeof(url), "http://127.0.0.1:%d", scripted_server_port(server));
        client = client_setup_client(url, &setup->key);
        assert_false(client->operations->times(client->maker, &wish, client_setup_day(),
                                               &times, &count, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        appointment_client_destroy(client);
        scripted_server_stop(server);
    }
}

static void
test_urls_with_more_than_a_host_are_refused(void **state)
{
    static const char *const cases[] = {
        "", "voorbeeld.nl", "https://", "https://a/b", "https://a?b", "https://u:p@a"};
    struct client_setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        const struct backoffice_options options = {.url = cases[i], .key = &setup->key};
        struct error error;

        assert_null(appointment_backoffice_create(&options, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, client_setup_begin, client_setup_end)
        TEST(test_what_is_offered_comes_over_whole),
        TEST(test_a_booking_goes_through_hold_book_find_and_cancel),
        TEST(test_each_no_has_its_own_kind),
        TEST(test_bad_requests_are_told_apart_and_change_nothing),
        TEST(test_every_answer_has_one_meaning),
        TEST(test_lists_that_make_no_sense_are_refused_whole),
        TEST(test_urls_with_more_than_a_host_are_refused),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
