#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/signed_request.h"
#include "base/text.h"
#include "base/time.h"
#include "support/scripted_server.h"
#include "support/usage_stream.h"
#include "usage/exchange.h"
#include "usage/uploader.h"
#include "usage/wire.h"

#define NOW 1795340000
#define DAY_S (24 * 3600)
#define REQUESTS_MAX 32
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* What the back office does with its next request; after the last it does RIGHT. Who
 * announces itself is known already, and that is no step. */
enum answer {
    RIGHT,
    WRONG_CHAIN,
    WRONG_STREAM,
    MORE_THAN_SENT, /* the mark of another card that is further */
    LESS_THAN_SENT,
    DROPPED,
    VERBATIM,
};

struct step {
    enum answer answer;
    int status; /* VERBATIM */
    const char *headers, *body;
};

struct request {
    char target[80], content_type[60], chain[80];
    char *body;
    size_t length;
    bool is_signed; /* by the kiosk's key */
};

struct town {
    struct scripted_server *server;
    struct step steps[8];
    size_t step_count, step;
    struct request requests[REQUESTS_MAX];
    size_t count;
};

static struct town town;
static struct sign_key key;
static char folder[64];
static struct outbox *outbox;
static char url[64];

/* --- the other side --------------------------------------------------------------- */

static bool
check_signature(const struct scripted_request *request, const char *target)
{
    char digest[400], input[400], signature[400];
    uint8_t signer[SIGN_PUBLIC_BYTES];
    struct error error;

    return scripted_header(request, "Content-Digest", digest, sizeof(digest)) &&
           scripted_header(request, "Signature-Input", input, sizeof(input)) &&
           scripted_header(request, "Signature", signature, sizeof(signature)) &&
           signed_request_verify(digest, input, signature, "POST", target,
                                 request->body, request->body_length, time_now_s(),
                                 signer, &error) &&
           bytes_equal(signer, key.public_key, sizeof(signer));
}

static void
note_request(const struct scripted_request *request)
{
    struct request *noted = &town.requests[town.count++];

    if (town.count > REQUESTS_MAX) {
        abort();
    }
    sscanf(request->head, "POST %79s", noted->target);
    scripted_header(request, "Content-Type", noted->content_type,
                    sizeof(noted->content_type));
    scripted_header(request, WIRE_CHAIN_HEADER, noted->chain, sizeof(noted->chain));
    noted->body = memory_copy_text(request->body);
    noted->length = request->body_length;
    noted->is_signed = check_signature(request, noted->target);
}

/* Counts the batch as a back office does, going on from the request's link. */
static char *
acknowledgement(const struct request *request, enum answer answer)
{
    struct error error;
    struct json *root = json_parse(request->body, request->length, &error);
    char text[300], stream[2 * USAGE_STREAM_BYTES + 1], chain[2 * HASH_BYTES + 1];
    struct usage_position position = {0};
    uint8_t link[HASH_BYTES];
    int64_t through;

    text_hex_decode(link, sizeof(link), request->chain);
    for (const struct json *value = json_first(root); value != NULL;
         value = json_next(value))
    {
        char event_text[USAGE_EVENT_BYTES_MAX];
        struct usage_event event;

        if (!usage_event_read(value, &event, &position, &error)) {
            abort();
        }
        hash_link(link, event_text, usage_event_write(&event, &position, event_text),
                  link);
    }
    json_destroy(root);
    link[0] ^= answer == WRONG_CHAIN;
    position.stream[0] ^= answer == WRONG_STREAM;
    through = answer == LESS_THAN_SENT   ? 0
              : answer == MORE_THAN_SENT ? position.sequence + 5
                                         : position.sequence;
    text_hex_encode(stream, position.stream, sizeof(position.stream));
    text_hex_encode(chain, link, sizeof(link));
    snprintf(text, sizeof(text),
             "{\"stream\":\"%s\",\"acked_through\":%lld,\"chain\":\"%s\"}", stream,
             (long long)through, chain);
    return scripted_text(200, "Content-Type: application/json\r\n", text);
}

static char *
answer_request(void *data, const struct scripted_request *request)
{
    struct step right = {.answer = RIGHT};
    const struct step *step = &right;
    const struct request *noted = &town.requests[town.count];

    (void)data;
    note_request(request);
    if (text_equal(noted->target, WIRE_ANNOUNCE_PATH)) {
        return scripted_text(200, "", "{\"claimed\": true}");
    }
    if (town.step < town.step_count) {
        step = &town.steps[town.step++];
    }
    if (step->answer == DROPPED) {
        return NULL;
    }
    if (step->answer == VERBATIM) {
        return scripted_text(step->status, step->headers != NULL ? step->headers : "",
                             step->body != NULL ? step->body : "");
    }
    if (text_equal(noted->target, WIRE_STREAMS_PATH)) {
        return scripted_text(200, "", "{\"streams\":[]}");
    }
    if (text_equal(noted->target, WIRE_CONFLICTS_PATH)) {
        return scripted_text(204, "", "");
    }
    return acknowledgement(noted, step->answer);
}

static void
script(struct step step)
{
    assert_true(town.step_count < COUNT(town.steps));
    town.steps[town.step_count++] = step;
}

/* --- this side ---------------------------------------------------------------------
 */

static void
open_outbox(void)
{
    char path[100];
    struct outbox_options options = {path, "balie-1", 64 << 20};
    struct error error = {0};

    snprintf(path, sizeof(path), "%s/outbox.db", folder);
    outbox = outbox_open(&options, &error);
    if (outbox == NULL) {
        fail_msg("%s", error.message);
    }
}

static void
append_steps(int count)
{
    struct usage_event event = {.kind = USAGE_STEP, .time = NOW, .product = "paspoort"};
    struct error error = {0};

    for (int i = 0; i < count; i++) {
        assert_true(outbox_append(outbox, &event, &error));
    }
}

static int64_t
waiting(void)
{
    struct outbox_state state;
    struct error error;

    assert_true(outbox_state(outbox, &state, &error));
    return state.waiting;
}

static int
start_town(void **state)
{
    (void)state;
    town = (struct town){0};
    town.server = scripted_server_start(answer_request, NULL);
    snprintf(url, sizeof(url), "http://127.0.0.1:%d",
             scripted_server_port(town.server));
    test_folder_make(folder);
    open_outbox();
    return 0;
}

static int
stop_town(void **state)
{
    (void)state;
    if (town.server != NULL) {
        scripted_server_stop(town.server);
    }
    for (size_t i = 0; i < town.count; i++) {
        free(town.requests[i].body);
    }
    outbox_close(outbox);
    test_folder_remove(folder);
    return 0;
}

static void
exchange_begin(struct exchange *exchange)
{
    *exchange = (struct exchange){.outbox = outbox, .key = key, .url = url};
    exchange->client = http_client_create();
    exchange->ask_at_ms = INT64_MAX; /* asking is tested by itself */
}

static enum exchange_result
run_once(struct exchange *exchange)
{
    exchange_run(exchange);
    return exchange->result;
}

static void
assert_result(struct exchange *exchange, enum exchange_result result)
{
    if (run_once(exchange) != result) {
        fail_msg("result %d, not %d: %s", exchange->result, result,
                 exchange->error.message);
    }
}

/* Sends until nothing is left; everything has to go well. */
static void
run_all(struct exchange *exchange)
{
    while (run_once(exchange) == EXCHANGE_DONE) {
    }
    if (exchange->result != EXCHANGE_IDLE) {
        fail_msg("%s", exchange->error.message);
    }
}

/* --- events ------------------------------------------------------------------------
 */

static void
test_events_are_sent_signed_and_marked_when_counted(void **state)
{
    struct exchange exchange;

    (void)state;
    exchange_begin(&exchange);
    append_steps(3);
    run_all(&exchange);
    assert_int_equal(waiting(), 0);
    assert_int_equal(town.count, 1);
    assert_string_equal(town.requests[0].target, "/v1/events");
    assert_string_equal(town.requests[0].content_type,
                        "application/cloudevents-batch+json");
    assert_true(town.requests[0].is_signed);
    http_client_destroy(exchange.client);
}

static void
test_a_long_queue_goes_in_requests_whose_chains_join(void **state)
{
    struct exchange exchange;
    struct outbox_batch batch;
    static struct usage_batch_read read;
    struct error error;
    char link[2 * HASH_BYTES + 1];

    (void)state;
    exchange_begin(&exchange);
    append_steps(OUTBOX_BATCH_MAX + 1);
    assert_true(outbox_next_batch(outbox, 0, &batch, &error));
    usage_batch_read(&batch, &read);
    text_hex_encode(link, read.link, HASH_BYTES);
    outbox_batch_finish(&batch);
    run_all(&exchange);
    assert_int_equal(waiting(), 0);
    assert_int_equal(town.count, 2);
    assert_string_equal(town.requests[1].chain, link);
    http_client_destroy(exchange.client);
}

static void
test_whatever_is_no_acknowledgement_marks_nothing_and_is_sent_again(void **state)
{
    static const struct {
        struct step step;
        enum error_kind kind;
    } cases[] = {
        {{VERBATIM, 409, NULL, "{\"expected\":1}"}, ERROR_REFUSED}, /* it was sent */
        {{.answer = WRONG_CHAIN}, ERROR_REFUSED},
        {{.answer = WRONG_STREAM}, ERROR_BAD_INPUT},
        {{.answer = LESS_THAN_SENT}, ERROR_REFUSED},
        {{.answer = DROPPED}, ERROR_UNCERTAIN},
        {{VERBATIM, 200, NULL, ""}, ERROR_BAD_INPUT},
        {{VERBATIM, 200, NULL, "<html>welcome to the library's wifi</html>"},
         ERROR_BAD_INPUT},
        {{VERBATIM, 200, NULL, "{}"}, ERROR_BAD_INPUT},
        {{VERBATIM, 200, NULL, "[]"}, ERROR_BAD_INPUT},
        {{VERBATIM, 202, NULL, NULL}, ERROR_REFUSED},
        {{VERBATIM, 204, NULL, NULL}, ERROR_REFUSED},
        {{VERBATIM, 301, "Location: /v1/elsewhere\r\n", NULL}, ERROR_REFUSED},
        {{VERBATIM, 307, "Location: /v1/elsewhere\r\n", NULL}, ERROR_REFUSED},
        {{VERBATIM, 400, NULL, "{\"title\":\"no\"}"}, ERROR_REFUSED},
        {{VERBATIM, 401, NULL, NULL}, ERROR_REFUSED},
        {{VERBATIM, 404, NULL, NULL}, ERROR_REFUSED},
        {{VERBATIM, 409, NULL, "{\"title\":\"what?\"}"}, ERROR_REFUSED},
        {{VERBATIM, 409, NULL, "{\"expected\":1000000}"}, ERROR_REFUSED},
        {{VERBATIM, 409, NULL, "{\"expected\":-4}"}, ERROR_REFUSED},
        {{VERBATIM, 409, NULL, "{\"expected\":\"1\"}"}, ERROR_REFUSED},
        {{VERBATIM, 409, NULL, "{\"conflict\":false}"}, ERROR_REFUSED},
        {{VERBATIM, 409, NULL, "[]"}, ERROR_REFUSED},
        {{VERBATIM, 500, NULL, NULL}, ERROR_OFFLINE},
        {{VERBATIM, 502, NULL, "bad gateway"}, ERROR_OFFLINE},
    };
    struct exchange exchange;

    (void)state;
    exchange_begin(&exchange);
    for (size_t i = 0; i < COUNT(cases); i++) {
        enum exchange_result result;

        for (size_t j = 0; j < town.count; j++) {
            free(town.requests[j].body);
        }
        town.count = town.step = town.step_count = 0;
        script(cases[i].step);
        append_steps(2);
        result = run_once(&exchange);
        if (result != EXCHANGE_FAILED || exchange.error.kind != cases[i].kind) {
            fail_msg("case %zu: result %d, %s: %s", i, result,
                     error_kind_name(exchange.error.kind), exchange.error.message);
        }
        assert_true(exchange.error.message[0] != '\0');
        assert_int_equal(waiting(), 2);
        assert_int_equal(town.count, 1); /* no redirect was followed */
        run_all(&exchange);
        assert_int_equal(waiting(), 0);
        assert_string_equal(town.requests[0].body, town.requests[1].body);
    }
    http_client_destroy(exchange.client);
}

static void
test_a_stream_that_is_refused_does_not_keep_others_waiting(void **state)
{
    struct exchange exchange;

    (void)state;
    append_steps(1);
    outbox_close(outbox);
    open_outbox();
    append_steps(2);
    exchange_begin(&exchange);
    script((struct step){VERBATIM, 400, NULL, NULL});
    assert_result(&exchange, EXCHANGE_FAILED);
    assert_result(&exchange, EXCHANGE_DONE);
    assert_int_equal(waiting(), 1); /* the newer stream is through */
    script((struct step){VERBATIM, 400, NULL, NULL});
    assert_result(&exchange, EXCHANGE_FAILED); /* the older one has its turn again */
    assert_string_equal(town.requests[2].body, town.requests[0].body);
    append_steps(1);
    assert_result(&exchange, EXCHANGE_DONE);
    assert_int_equal(waiting(), 1);
    run_all(&exchange);
    assert_int_equal(waiting(), 0);
    http_client_destroy(exchange.client);
}

/* A kiosk that got another name: events under its old one are refused for ever. */
static void
test_a_stream_that_is_refused_does_not_keep_the_daily_work_waiting(void **state)
{
    struct exchange exchange;

    (void)state;
    append_steps(1);
    outbox_close(outbox);
    open_outbox();
    append_steps(1);
    exchange_begin(&exchange);
    script((struct step){VERBATIM, 403, NULL, NULL});
    script((struct step){VERBATIM, 409, NULL, "{\"conflict\":true}"});
    assert_result(&exchange, EXCHANGE_FAILED);
    assert_result(&exchange, EXCHANGE_DONE); /* the newer one is parked */
    append_steps(1);
    assert_result(&exchange, EXCHANGE_DONE);
    exchange.ask_at_ms = 0;
    script((struct step){VERBATIM, 403, NULL, NULL});
    assert_result(&exchange, EXCHANGE_FAILED);
    assert_result(&exchange, EXCHANGE_DONE);
    assert_string_equal(town.requests[6].target, WIRE_CONFLICTS_PATH);
    script((struct step){VERBATIM, 403, NULL, NULL});
    assert_result(&exchange, EXCHANGE_FAILED);
    assert_result(&exchange, EXCHANGE_DONE);
    assert_string_equal(town.requests[9].target, WIRE_STREAMS_PATH);
    assert_int_equal(waiting(), 1);
    http_client_destroy(exchange.client);
}

static void
test_an_unreachable_back_office_is_offline(void **state)
{
    struct exchange exchange;

    (void)state;
    exchange_begin(&exchange);
    append_steps(1);
    scripted_server_stop(town.server);
    town.server = NULL;
    assert_result(&exchange, EXCHANGE_FAILED);
    assert_int_equal(exchange.error.kind, ERROR_OFFLINE);
    assert_int_equal(waiting(), 1);
    http_client_destroy(exchange.client);
}

static void
test_how_long_to_stay_away_is_heard_from_429_and_503_alone(void **state)
{
    static const struct {
        int status, retry_after_s;
    } cases[] = {{429, 7}, {503, 7}, {500, -1}, {400, -1}};
    struct exchange exchange;

    (void)state;
    exchange_begin(&exchange);
    append_steps(1);
    for (size_t i = 0; i < COUNT(cases); i++) {
        script((struct step){VERBATIM, cases[i].status, "Retry-After: 7\r\n", NULL});
        assert_result(&exchange, EXCHANGE_FAILED);
        assert_int_equal(exchange.retry_after_s, cases[i].retry_after_s);
    }
    http_client_destroy(exchange.client);
}

/* --- a back office that was restored ------------------------------------------------
 */

static void
test_a_gap_is_filled_from_where_the_back_office_stands(void **state)
{
    struct exchange exchange;

    (void)state;
    exchange_begin(&exchange);
    append_steps(5);
    run_all(&exchange);
    append_steps(1);
    script((struct step){VERBATIM, 409, NULL, "{\"expected\":3}"});
    assert_result(&exchange, EXCHANGE_DONE);
    assert_int_equal(waiting(), 4);
    assert_int_equal(exchange.ask_at_ms, 0); /* other streams may have lost too */
    exchange.ask_at_ms = INT64_MAX;
    run_all(&exchange);
    assert_int_equal(waiting(), 0);
    assert_string_equal(town.requests[2].target, "/v1/events");
    assert_non_null(strstr(town.requests[2].body, "\"id\":\"3\""));
    assert_null(strstr(town.requests[2].body, "\"id\":\"2\""));
    http_client_destroy(exchange.client);
}

static void
test_what_nobody_has_any_more_is_told_as_a_gap(void **state)
{
    struct exchange exchange;
    struct error error;

    (void)state;
    exchange_begin(&exchange);
    append_steps(2);
    run_all(&exchange);
    assert_true(outbox_expire(outbox, time_now_s() + 15 * DAY_S, &error));
    append_steps(1);
    script((struct step){VERBATIM, 409, NULL, "{\"expected\":1}"});
    assert_result(&exchange, EXCHANGE_DONE);
    exchange.ask_at_ms = INT64_MAX;
    script((struct step){VERBATIM, 409, NULL, "{\"expected\":1}"});
    assert_result(&exchange, EXCHANGE_FAILED); /* once is enough; then it waits */
    run_all(&exchange);
    assert_int_equal(waiting(), 0);
    assert_string_equal(town.requests[3].target, "/v1/events?resume=3");
    assert_string_equal(town.requests[3].chain, town.requests[1].chain);
    assert_true(town.requests[3].is_signed);
    http_client_destroy(exchange.client);
}

static void
test_lost_events_of_older_streams_are_found_by_asking(void **state)
{
    struct exchange exchange;
    struct outbox_mark mark;
    struct error error;
    char lost[200], stream[2 * USAGE_STREAM_BYTES + 1];
    size_t count;

    (void)state;
    exchange_begin(&exchange);
    append_steps(4);
    run_all(&exchange);
    assert_true(outbox_marks(outbox, 0, &mark, 1, &count, &error));
    text_hex_encode(stream, mark.stream, sizeof(mark.stream));
    outbox_close(outbox);
    open_outbox();
    exchange.outbox = outbox;
    exchange.ask_at_ms = 0;
    snprintf(lost, sizeof(lost),
             "{\"streams\":[{\"stream\":\"%032d\",\"expected\":1},"
             "{\"stream\":\"%s\",\"expected\":2}]}",
             0, stream);
    script((struct step){VERBATIM, 200, NULL, lost});
    run_all(&exchange);
    assert_int_equal(town.count, 3);
    assert_string_equal(town.requests[1].target, "/v1/streams");
    assert_true(town.requests[1].is_signed);
    assert_non_null(strstr(town.requests[1].body, stream));
    assert_non_null(strstr(town.requests[1].body, "\"through\":4"));
    assert_string_equal(town.requests[2].target, "/v1/events");
    assert_non_null(strstr(town.requests[2].body, "\"id\":\"2\""));
    assert_null(strstr(town.requests[2].body, "\"id\":\"1\""));
    assert_true(exchange.ask_at_ms > time_steady_ms()); /* tomorrow again */
    http_client_destroy(exchange.client);
}

static void
test_an_answer_about_streams_that_cannot_be_read_is_asked_again(void **state)
{
    static const struct step cases[] = {
        {VERBATIM, 500, NULL, NULL},
        {VERBATIM, 200, NULL, "?"},
        {VERBATIM, 200, NULL, "[]"},
        {VERBATIM, 200, NULL, "{\"streams\":3}"},
        {VERBATIM, 200, NULL, "{\"streams\":[3]}"},
        {VERBATIM, 200, NULL, "{\"streams\":[{\"stream\":\"zz\",\"expected\":1}]}"},
    };
    struct exchange exchange;

    (void)state;
    exchange_begin(&exchange);
    append_steps(1);
    run_all(&exchange);
    exchange.ask_at_ms = 0;
    for (size_t i = 0; i < COUNT(cases); i++) {
        script(cases[i]);
        assert_result(&exchange, EXCHANGE_FAILED);
        assert_int_equal(exchange.ask_at_ms, 0);
    }
    script((struct step){VERBATIM, 404, NULL, NULL}); /* one that can't be asked */
    run_all(&exchange);
    assert_true(exchange.ask_at_ms > time_steady_ms());
    http_client_destroy(exchange.client);
}

/* --- a second card ------------------------------------------------------------------
 */

static void
assert_parked_and_reported(struct exchange *exchange)
{
    struct outbox_state state;
    struct error error;

    assert_result(exchange, EXCHANGE_DONE); /* parked */
    assert_int_equal(waiting(), 0);
    append_steps(1);
    run_all(exchange);
    assert_int_equal(town.count, 4);
    assert_string_equal(town.requests[2].target, "/v1/events"); /* the new stream */
    assert_non_null(strstr(town.requests[2].body, "\"id\":\"1\""));
    assert_string_equal(town.requests[3].target, "/v1/conflicts");
    assert_true(town.requests[3].is_signed);
    assert_true(outbox_state(outbox, &state, &error));
    assert_int_equal(state.parked, 3);
    assert_int_equal(state.waiting, 0);
}

static void
test_a_conflict_parks_the_tail_and_reports_its_counts(void **state)
{
    struct usage_event ended = {.kind = USAGE_VISIT_ENDED, .time = NOW};
    struct exchange exchange;
    struct error error;
    struct json *report;
    const struct json *counts, *line;

    (void)state;
    exchange_begin(&exchange);
    append_steps(2);
    run_all(&exchange);
    append_steps(2);
    assert_true(outbox_append(outbox, &ended, &error));
    script((struct step){VERBATIM, 409, NULL, "{\"status\":409,\"conflict\":true}"});
    assert_parked_and_reported(&exchange);

    report = json_parse(town.requests[3].body, town.requests[3].length, &error);
    assert_non_null(report);
    assert_string_equal(json_string(json_member(report, "kiosk")), "balie-1");
    assert_int_equal(json_integer(json_member(report, "first")), 3);
    assert_int_equal(json_integer(json_member(report, "last")), 5);
    counts = json_member(report, "counts");
    assert_int_equal(json_count(counts), 2);
    line = json_first(counts);
    assert_string_equal(json_string(json_member(line, "type")),
                        "nl.burgerzaken.loketzuil.informatie-bekeken.v1");
    assert_string_equal(json_string(json_member(line, "product")), "paspoort");
    assert_string_equal(json_string(json_member(line, "channel")), "none");
    assert_int_equal(json_integer(json_member(line, "count")), 2);
    line = json_next(line);
    assert_string_equal(json_string(json_member(line, "product")), "");
    assert_int_equal(json_integer(json_member(line, "count")), 1);
    json_destroy(report);
    http_client_destroy(exchange.client);
}

static void
test_a_back_office_that_has_more_than_was_sent_knows_another_card(void **state)
{
    struct exchange exchange;

    (void)state;
    exchange_begin(&exchange);
    append_steps(2);
    run_all(&exchange);
    append_steps(3);
    script((struct step){.answer = MORE_THAN_SENT});
    assert_parked_and_reported(&exchange);
    http_client_destroy(exchange.client);
}

static void
test_a_report_that_is_not_kept_is_sent_again(void **state)
{
    struct exchange exchange;

    (void)state;
    exchange_begin(&exchange);
    append_steps(1);
    script((struct step){VERBATIM, 409, NULL, "{\"conflict\":true}"});
    script((struct step){VERBATIM, 503, "Retry-After: 60\r\n", NULL});
    assert_result(&exchange, EXCHANGE_DONE);
    assert_result(&exchange, EXCHANGE_FAILED);
    assert_int_equal(exchange.retry_after_s, 60);
    run_all(&exchange);
    assert_int_equal(town.count, 3);
    assert_string_equal(town.requests[1].body, town.requests[2].body);
    http_client_destroy(exchange.client);
}

/* --- on the loop ---------------------------------------------------------------------
 */

/* Turns the loop until the uploader is idle or has stopped. */
static void
turn_until_quiet(struct loop *loop, struct uploader *uploader)
{
    int64_t end_ms = time_steady_ms() + 30000;
    struct uploader_state state;

    do {
        loop_turn(loop, 1000);
        uploader_state(uploader, &state);
        assert_true(time_steady_ms() < end_ms);
    } while (!uploader_is_idle(uploader) && !state.stopped);
}

static void
test_the_uploader_sends_at_its_start_and_after_a_poke(void **state)
{
    struct loop *loop = loop_create();
    struct uploader_options options = {loop, outbox, &key, url, 0, NULL};
    struct uploader_state now;
    struct uploader *uploader;

    (void)state;
    append_steps(2);
    uploader = uploader_create(&options);
    turn_until_quiet(loop, uploader);
    assert_int_equal(waiting(), 0);
    uploader_state(uploader, &now);
    assert_int_equal(now.failures, 0);
    assert_true(now.success_s > 0);
    append_steps(3);
    uploader_poke(uploader);
    append_steps(1);
    uploader_poke(uploader);
    assert_false(uploader_is_idle(uploader));
    turn_until_quiet(loop, uploader);
    assert_int_equal(waiting(), 0);
    scripted_server_lock(town.server);
    assert_int_equal(town.count, 3); /* events, the daily question, events together */
    assert_string_equal(town.requests[1].target, "/v1/streams");
    scripted_server_unlock(town.server);
    uploader_destroy(uploader);
    loop_destroy(loop);
}

static void
test_the_uploader_tries_again_until_it_is_done(void **state)
{
    struct loop *loop = loop_create();
    struct uploader_options options = {loop, outbox, &key, url, 5, NULL};
    struct uploader *uploader;

    (void)state;
    script((struct step){.answer = DROPPED});
    script((struct step){VERBATIM, 500, NULL, NULL});
    script((struct step){.answer = WRONG_CHAIN});
    append_steps(2);
    uploader = uploader_create(&options);
    turn_until_quiet(loop, uploader);
    assert_int_equal(waiting(), 0);
    uploader_destroy(uploader);
    loop_destroy(loop);
}

/* Turns the loop until so many tries in a row have failed. */
static void
turn_until_failed(struct loop *loop, const struct uploader *uploader, int failures)
{
    int64_t end_ms = time_steady_ms() + 30000;
    struct uploader_state state;

    do {
        loop_turn(loop, 1000);
        uploader_state(uploader, &state);
        assert_true(time_steady_ms() < end_ms);
    } while (state.failures < failures);
}

static void
test_a_network_that_changes_makes_the_waits_short_again(void **state)
{
    struct loop *loop = loop_create();
    struct uploader_options options = {loop, outbox, &key, url, 0, NULL};
    struct uploader *uploader;
    struct uploader_state now;

    (void)state;
    scripted_server_stop(town.server);
    town.server = NULL;
    append_steps(1);
    uploader = uploader_create(&options);
    turn_until_failed(loop, uploader, 2);
    uploader_network_changed(uploader);
    uploader_state(uploader, &now);
    assert_int_equal(now.failures, 0);
    assert_int_equal(now.error.kind, ERROR_OFFLINE); /* still to be told */
    turn_until_failed(loop, uploader, 1);
    uploader_destroy(uploader);
    loop_destroy(loop);
}

static void
test_a_network_that_changes_is_no_reason_not_to_wait_as_asked(void **state)
{
    struct loop *loop = loop_create();
    struct uploader_options options = {loop, outbox, &key, url, 0, NULL};
    struct uploader *uploader;
    struct uploader_state now;

    (void)state;
    script((struct step){VERBATIM, 503, "Retry-After: 3600\r\n", NULL});
    append_steps(1);
    uploader = uploader_create(&options);
    turn_until_failed(loop, uploader, 1);
    uploader_network_changed(uploader);
    uploader_state(uploader, &now);
    assert_int_equal(now.failures, 1);
    uploader_destroy(uploader);
    loop_destroy(loop);
}

static void
test_after_410_the_uploader_is_quiet(void **state)
{
    struct loop *loop = loop_create();
    struct uploader_options options = {loop, outbox, &key, url, 5, NULL};
    struct uploader *uploader;
    struct uploader_state now;

    (void)state;
    script((struct step){VERBATIM, 410, NULL, NULL});
    append_steps(1);
    uploader = uploader_create(&options);
    turn_until_quiet(loop, uploader);
    uploader_state(uploader, &now);
    assert_true(now.stopped);
    assert_int_equal(now.error.kind, ERROR_REFUSED);
    uploader_poke(uploader);
    loop_turn(loop, 0);
    assert_int_equal(town.count, 1);
    assert_int_equal(waiting(), 1); /* kept for the next start */
    uploader_destroy(uploader);
    loop_destroy(loop);
}

static void
test_what_the_other_side_asked_to_wait_is_waited(void **state)
{
    struct loop *loop = loop_create();
    struct uploader_options options = {loop, outbox, &key, url, 1, NULL};
    struct uploader *uploader;
    struct uploader_state now;

    (void)state;
    script((struct step){VERBATIM, 503, "Retry-After: 3600\r\n", NULL});
    append_steps(1);
    uploader = uploader_create(&options);
    do {
        loop_turn(loop, 1000);
        uploader_state(uploader, &now);
    } while (now.failures == 0);
    uploader_poke(uploader); /* a visitor does not shorten it */
    loop_turn(loop, 0);
    assert_int_equal(now.failures, 1);
    scripted_server_lock(town.server);
    assert_int_equal(town.count, 1);
    scripted_server_unlock(town.server);
    uploader_destroy(uploader);
    loop_destroy(loop);
}

static void
test_an_uploader_can_go_at_any_moment(void **state)
{
    struct loop *loop = loop_create();
    struct uploader_options options = {loop, outbox, &key, url, 0, NULL};
    struct uploader *uploader = uploader_create(&options);

    (void)state;
    uploader_destroy(uploader);
    append_steps(1);
    uploader = uploader_create(&options);
    loop_turn(loop, 0); /* the exchange is under way */
    uploader_destroy(uploader);
    uploader_destroy(NULL);
    loop_destroy(loop);
}

static void
test_waits_double_with_full_jitter_up_to_their_longest(void **state)
{
    static const struct {
        int failures, retry_after_s, longest_ms;
        uint32_t random;
        int64_t wait_ms;
    } cases[] = {
        {1, -1, 300000, 0, 0},
        {1, -1, 300000, 2000, 2000},
        {1, -1, 300000, 2001, 0},
        {2, -1, 300000, 4000, 4000},
        {3, -1, 300000, 8000, 8000},
        {8, -1, 300000, 256000, 256000},
        {9, -1, 300000, 300000, 300000},
        {9, -1, 300000, 300001, 0},
        {1000000, -1, 300000, 299999, 299999},
        {1, -1, 5, 5, 5},
        {1, -1, 5, 6, 0},
        {1, 0, 300000, 17, 17},
        {1, 30, 300000, 17, 30017},
        {1, 2000000000, 300000, 17, 86400017},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(uploader_wait_ms(cases[i].failures, cases[i].retry_after_s,
                                          cases[i].longest_ms, cases[i].random),
                         cases[i].wait_ms);
    }
    assert_int_equal(UPLOADER_WAIT_MS_MAX, 300000);
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, start_town, stop_town)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_events_are_sent_signed_and_marked_when_counted),
        EACH(test_a_long_queue_goes_in_requests_whose_chains_join),
        EACH(test_whatever_is_no_acknowledgement_marks_nothing_and_is_sent_again),
        EACH(test_a_stream_that_is_refused_does_not_keep_others_waiting),
        EACH(test_a_stream_that_is_refused_does_not_keep_the_daily_work_waiting),
        EACH(test_an_unreachable_back_office_is_offline),
        EACH(test_how_long_to_stay_away_is_heard_from_429_and_503_alone),
        EACH(test_a_gap_is_filled_from_where_the_back_office_stands),
        EACH(test_what_nobody_has_any_more_is_told_as_a_gap),
        EACH(test_lost_events_of_older_streams_are_found_by_asking),
        EACH(test_an_answer_about_streams_that_cannot_be_read_is_asked_again),
        EACH(test_a_conflict_parks_the_tail_and_reports_its_counts),
        EACH(test_a_back_office_that_has_more_than_was_sent_knows_another_card),
        EACH(test_a_report_that_is_not_kept_is_sent_again),
        EACH(test_the_uploader_sends_at_its_start_and_after_a_poke),
        EACH(test_the_uploader_tries_again_until_it_is_done),
        EACH(test_a_network_that_changes_makes_the_waits_short_again),
        EACH(test_a_network_that_changes_is_no_reason_not_to_wait_as_asked),
        EACH(test_after_410_the_uploader_is_quiet),
        EACH(test_what_the_other_side_asked_to_wait_is_waited),
        EACH(test_an_uploader_can_go_at_any_moment),
        cmocka_unit_test(test_waits_double_with_full_jitter_up_to_their_longest),
    };

    sign_start();
    sign_key_generate(&key);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
