#include "usage/exchange.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "base/json.h"
#include "base/signed_request.h"
#include "base/text.h"
#include "base/time.h"
#include "usage/uploader.h"
#include "usage/wire.h"

#define LOG_MODULE "uploader"
#include "base/log.h"

#define TIMEOUT_MS 20000
#define TARGET_BYTES 80
#define URL_BYTES (UPLOADER_URL_BYTES + TARGET_BYTES)
#define HEADER_BYTES 120
#define HEADERS_MAX 6

void
exchange_fail(struct exchange *exchange)
{
    exchange->result = EXCHANGE_FAILED;
}

void
exchange_refuse(struct exchange *exchange, const struct http_answer *answer)
{
    if (answer->status == 429 || answer->status == 503) {
        exchange->retry_after_s = answer->retry_after_s;
    }
    if (answer->status == 410) {
        error_set(&exchange->error, ERROR_REFUSED,
                  "the back office takes no events any more (410)");
        exchange->result = EXCHANGE_STOPPED;
        return;
    }
    error_set(&exchange->error,
              answer->status >= 500 || answer->status == 429 ? ERROR_OFFLINE
                                                             : ERROR_REFUSED,
              "the back office answered %d", answer->status);
    exchange->result = EXCHANGE_FAILED;
    if (answer->status == 403) {
        struct error refused = exchange->error; /* remains what went wrong */

        exchange_announce(exchange);
        exchange->error = refused;
        exchange->result = EXCHANGE_FAILED;
    }
}

bool
exchange_post(struct exchange *exchange, const char *target, const char *content_type,
              const char *header, const char *body, size_t length,
              struct http_answer *answer)
{
    struct signed_request proof;
    char url[URL_BYTES], type[HEADER_BYTES];
    const char *headers[HEADERS_MAX] = {
        type, proof.digest, proof.input, proof.signature, header, NULL};
    struct http_request request = {
        .method = "POST",
        .url = url,
        .headers = headers,
        .body = body,
        .body_length = length,
        .timeout_ms = TIMEOUT_MS,
    };

    snprintf(url, sizeof(url), "%s%s", exchange->url, target);
    snprintf(type, sizeof(type), "Content-Type: %s", content_type);
    signed_request_make(&proof, &exchange->key, "POST", target, body, length,
                        time_now_s());
    if (!http_client_send(exchange->client, &request, answer, &exchange->error)) {
        exchange_fail(exchange);
        return false;
    }
    return true;
}

/* --- events --------------------------------------------------------------------- */

/* {"stream": …, "acked_through": …, "chain": …} about the stream of this batch. */
static bool
read_acknowledgement(const struct http_answer *answer, const struct outbox_batch *batch,
                     int64_t *through, uint8_t link[HASH_BYTES], struct error *error)
{
    struct json *root = json_parse(answer->body, answer->body_length, error);
    char stream[2 * USAGE_STREAM_BYTES + 1], chain[2 * HASH_BYTES + 1];
    uint8_t bytes[USAGE_STREAM_BYTES];
    bool good;

    *through = 0;
    if (root == NULL) {
        return false;
    }
    good = json_type(root) == JSON_OBJECT &&
           json_get_text(root, "stream", stream, sizeof(stream), error) &&
           json_get_text(root, "chain", chain, sizeof(chain), error) &&
           json_get_integer(root, "acked_through", 0, INT64_MAX, through, error);
    json_destroy(root);
    if (!good || !text_hex_decode(bytes, sizeof(bytes), stream) ||
        memcmp(bytes, batch->stream, sizeof(bytes)) != 0 ||
        !text_hex_decode(link, HASH_BYTES, chain))
    {
        return error_set(error, ERROR_BAD_INPUT, "is not about this stream");
    }
    return true;
}

static void
park(struct exchange *exchange, const struct outbox_batch *batch)
{
    log_error(
        "a second copy of this card sends the same stream; its events from %" PRId64
        " are set aside for staff to see",
        batch->first);
    if (!outbox_park(exchange->outbox, batch->stream, &exchange->error)) {
        exchange_fail(exchange);
    }
}

static void
take_acknowledgement(struct exchange *exchange, const struct outbox_batch *batch,
                     const struct http_answer *answer)
{
    struct error *error = &exchange->error;
    uint8_t link[HASH_BYTES];
    int64_t through;

    if (!read_acknowledgement(answer, batch, &through, link, error) ||
        (through < batch->first &&
         !error_set(error, ERROR_REFUSED, "it counts less than was sent")))
    {
        error_prefix(error, "a 200 that acknowledges nothing");
        exchange_fail(exchange);
        return;
    }
    if (outbox_acknowledge(exchange->outbox, batch->stream, through, link, time_now_s(),
                           error))
    {
        return;
    }
    if (through > batch->last && error->kind != ERROR_STORAGE) {
        /* It counted more than we ever sent: only we can see that it isn't ours. */
        park(exchange, batch);
        return;
    }
    exchange_fail(exchange);
}

/* A 409: the back office has less of this stream, or another card's. */
static void
take_refusal(struct exchange *exchange, const struct outbox_batch *batch,
             const struct http_answer *answer)
{
    struct error *error = &exchange->error;
    struct json *root = json_parse(answer->body, answer->body_length, error);
    bool conflict = false;
    int64_t expected = 0;

    if (root != NULL && json_member(root, "conflict") != NULL) {
        json_get_boolean(root, "conflict", &conflict, error);
    } else if (root != NULL && json_member(root, "expected") != NULL) {
        json_get_integer(root, "expected", 1, INT64_MAX, &expected, error);
    }
    json_destroy(root);
    if (conflict) {
        park(exchange, batch);
    } else if (expected > 0 && expected < batch->first && !batch->resume) {
        log_warning("the back office has lost events from %" PRId64
                    " on; sending them again",
                    expected);
        exchange->ask_at_ms = 0; /* it may have lost other streams too */
        exchange->asked_mark = 0;
        if (!outbox_rewind(exchange->outbox, batch->stream, expected, error)) {
            exchange_fail(exchange);
        }
    } else {
        exchange_refuse(exchange, answer);
    }
}

static void
send_events(struct exchange *exchange, const struct outbox_batch *batch)
{
    char target[TARGET_BYTES], header[HEADER_BYTES], link[2 * HASH_BYTES + 1];
    struct http_answer answer = {0};

    text_hex_encode(link, batch->before, HASH_BYTES);
    snprintf(header, sizeof(header), WIRE_CHAIN_HEADER ": %s", link);
    if (batch->resume) {
        log_warning("events before %" PRId64 " that the back office lost exist nowhere"
                    " any more",
                    batch->first);
        snprintf(target, sizeof(target),
                 WIRE_EVENTS_PATH "?" WIRE_RESUME_PARAMETER "=%" PRId64, batch->first);
    } else {
        snprintf(target, sizeof(target), WIRE_EVENTS_PATH);
    }
    if (!exchange_post(exchange, target, WIRE_BATCH_CONTENT_TYPE, header, batch->text,
                       batch->length, &answer))
    {
        return;
    }
    if (answer.status == 200) {
        take_acknowledgement(exchange, batch, &answer);
    } else if (answer.status == 409) {
        take_refusal(exchange, batch, &answer);
    } else {
        exchange_refuse(exchange, &answer);
    }
    http_answer_finish(&answer);
}

/* What there is besides events: what was set aside, and the daily question. */
static bool
run_others(struct exchange *exchange)
{
    if (exchange_report_conflict(exchange)) {
        return true;
    }
    if (time_steady_ms() < exchange->ask_at_ms) {
        return false;
    }
    exchange_ask(exchange);
    return true;
}

void
exchange_run(struct exchange *exchange)
{
    bool others_first = exchange->others_first;
    struct outbox_batch batch;

    exchange->result = EXCHANGE_DONE;
    exchange->retry_after_s = -1;
    exchange->is_unclaimed = false;
    exchange->error = (struct error){0};
    exchange->others_first = false;
    if (others_first && run_others(exchange)) {
        return;
    }
    if (!outbox_next_batch(exchange->outbox, exchange->refused, &batch,
                           &exchange->error)) {
        exchange_fail(exchange);
        return;
    }
    if (batch.text != NULL) {
        send_events(exchange, &batch);
        if (exchange->result == EXCHANGE_FAILED) {
            exchange->refused = batch.number; /* the next try is another stream's */
            exchange->others_first = true;
        }
    } else if (!run_others(exchange)) {
        exchange->result = EXCHANGE_IDLE;
    }
    outbox_batch_finish(&batch);
}
