#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"
#include "usage/exchange.h"
#include "usage/wire.h"

#define LOG_MODULE "uploader"
#include "base/log.h"

/* How many events there are of each type, product and channel. */
struct tally {
    struct tally_line {
        const char *type; /* a constant */
        char product[USAGE_PRODUCT_BYTES];
        const char *channel; /* a constant */
        int64_t count;
    } * lines;
    size_t count;
};

static void
tally_add(struct tally *tally, const struct usage_event *event)
{
    struct tally_line line = {
        .type = usage_event_type(event), .channel = "", .count = 1};

    if (event->kind == USAGE_STEP) {
        text_copy(line.product, sizeof(line.product), event->product);
        line.channel = channel_name(event->channel);
    }
    for (size_t i = 0; i < tally->count; i++) {
        struct tally_line *known = &tally->lines[i];

        if (text_equal(known->type, line.type) &&
            text_equal(known->channel, line.channel) &&
            text_equal(known->product, line.product))
        {
            known->count++;
            return;
        }
    }
    tally->lines = memory_resize(tally->lines, tally->count + 1, sizeof(line));
    tally->lines[tally->count++] = line;
}

static bool
tally_batch(struct tally *tally, const struct outbox_batch *batch, struct error *error)
{
    struct json *root = json_parse(batch->text, batch->length, error);
    const struct json *value;
    bool good = root != NULL;

    for (value = good ? json_first(root) : NULL; good && value != NULL;
         value = json_next(value))
    {
        struct usage_position position;
        struct usage_event event;

        good = usage_event_read(value, &event, &position, error);
        if (good) {
            tally_add(tally, &event);
        }
    }
    json_destroy(root);
    return good;
}

static void
write_text(struct json_writer *writer, const char *name, const char *value)
{
    json_write_name(writer, name);
    json_write_text(writer, value);
}

static void
write_integer(struct json_writer *writer, const char *name, int64_t value)
{
    json_write_name(writer, name);
    json_write_integer(writer, value);
}

static char *
write_report(const struct outbox_batch *tail, int64_t last, const struct tally *tally,
             size_t *length)
{
    struct json_writer *writer = json_writer_create();
    char stream[2 * USAGE_STREAM_BYTES + 1];
    char *text;

    text_hex_encode(stream, tail->stream, USAGE_STREAM_BYTES);
    json_write_object(writer);
    write_text(writer, "stream", stream);
    write_text(writer, "kiosk", tail->kiosk);
    write_integer(writer, "first", tail->first);
    write_integer(writer, "last", last);
    json_write_name(writer, "counts");
    json_write_array(writer);
    for (size_t i = 0; i < tally->count; i++) {
        json_write_object(writer);
        write_text(writer, "type", tally->lines[i].type);
        write_text(writer, "product", tally->lines[i].product);
        write_text(writer, "channel", tally->lines[i].channel);
        write_integer(writer, "count", tally->lines[i].count);
        json_write_end(writer);
    }
    json_write_end(writer);
    json_write_end(writer);
    text = memory_copy_text(json_writer_text(writer, length));
    json_writer_destroy(writer);
    return text;
}

static void
send_report(struct exchange *exchange, const struct outbox_batch *tail, int64_t last,
            const struct tally *tally)
{
    struct http_answer answer = {0};
    size_t length;
    char *report = write_report(tail, last, tally, &length);

    if (exchange_post(exchange, WIRE_CONFLICTS_PATH, WIRE_JSON_CONTENT_TYPE, NULL,
                      report, length, &answer))
    {
        if (answer.status != 200 && answer.status != 201 && answer.status != 204) {
            exchange_refuse(exchange, &answer);
        } else if (!outbox_parked_reported(exchange->outbox, tail->stream, time_now_s(),
                                           &exchange->error))
        {
            exchange_fail(exchange);
        }
        http_answer_finish(&answer);
    }
    free(report);
}

bool
exchange_report_conflict(struct exchange *exchange)
{
    struct error *error = &exchange->error;
    struct outbox_batch first, batch;
    struct tally tally = {0};
    int64_t last = 0;
    bool good = outbox_next_parked(exchange->outbox, 0, &first, error);

    if (good && first.text == NULL) {
        return false;
    }
    good = good && tally_batch(&tally, &first, error);
    last = first.last;
    while (good) {
        good = outbox_next_parked(exchange->outbox, last, &batch, error);
        if (!good || batch.text == NULL) {
            break;
        }
        good = tally_batch(&tally, &batch, error);
        last = batch.last;
        outbox_batch_finish(&batch);
    }
    if (good) {
        send_report(exchange, &first, last, &tally);
    } else {
        exchange_fail(exchange);
    }
    outbox_batch_finish(&first);
    free(tally.lines);
    return true;
}
