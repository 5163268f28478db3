#include <stdlib.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"
#include "usage/exchange.h"
#include "usage/wire.h"

#define LOG_MODULE "uploader"
#include "base/log.h"

/* Until the next day; what is old enough may go now, because nothing of it is wanted.
 */
static void
finish_asking(struct exchange *exchange)
{
    exchange->ask_at_ms = time_steady_ms() + EXCHANGE_ASK_EVERY_MS;
    exchange->asked_mark = 0;
    if (!outbox_expire(exchange->outbox, time_now_s(), &exchange->error)) {
        exchange_fail(exchange);
    }
}

/* A stream that we don't know, or of which nothing was acknowledged, is passed over. */
static bool
rewind_wanted(struct exchange *exchange, const struct json *wanted, struct error *error)
{
    char text[2 * USAGE_STREAM_BYTES + 1];
    uint8_t stream[USAGE_STREAM_BYTES];
    int64_t expected;

    if (json_type(wanted) != JSON_OBJECT ||
        !json_get_text(wanted, "stream", text, sizeof(text), error) ||
        !json_get_integer(wanted, "expected", 1, INT64_MAX, &expected, error) ||
        !text_hex_decode(stream, sizeof(stream), text))
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "the answer about streams can't be read");
    }
    if (outbox_rewind(exchange->outbox, stream, expected, error)) {
        log_warning("the back office has lost events of an earlier stream; sending them"
                    " again");
        return true;
    }
    return error->kind != ERROR_STORAGE;
}

static bool
take_wanted(struct exchange *exchange, const struct http_answer *answer)
{
    struct error *error = &exchange->error;
    struct json *root = json_parse(answer->body, answer->body_length, error);
    const struct json *list = NULL, *wanted;
    bool good = root != NULL;

    if (good) {
        list = json_type(root) == JSON_OBJECT ? json_member(root, "streams") : NULL;
        good = list != NULL && json_type(list) == JSON_ARRAY;
        if (!good) {
            error_set(error, ERROR_BAD_INPUT, "the answer about streams can't be read");
        }
    }
    for (wanted = good ? json_first(list) : NULL; good && wanted != NULL;
         wanted = json_next(wanted))
    {
        good = rewind_wanted(exchange, wanted, error);
    }
    json_destroy(root);
    return good;
}

static char *
write_question(const struct outbox_mark *marks, size_t count, size_t *length)
{
    struct json_writer *writer = json_writer_create();
    char *text;

    json_write_object(writer);
    json_write_name(writer, "streams");
    json_write_array(writer);
    for (size_t i = 0; i < count; i++) {
        char stream[2 * USAGE_STREAM_BYTES + 1];

        text_hex_encode(stream, marks[i].stream, USAGE_STREAM_BYTES);
        json_write_object(writer);
        json_write_name(writer, "stream");
        json_write_text(writer, stream);
        json_write_name(writer, "through");
        json_write_integer(writer, marks[i].through);
        json_write_end(writer);
    }
    json_write_end(writer);
    json_write_end(writer);
    text = memory_copy_text(json_writer_text(writer, length));
    json_writer_destroy(writer);
    return text;
}

static void
ask_about(struct exchange *exchange, const struct outbox_mark *marks, size_t count)
{
    struct http_answer answer = {0};
    size_t length;
    char *question = write_question(marks, count, &length);

    if (exchange_post(exchange, WIRE_STREAMS_PATH, WIRE_JSON_CONTENT_TYPE, NULL,
                      question, length, &answer))
    {
        if (answer.status == 404 || answer.status == 405 || answer.status == 501) {
            finish_asking(exchange); /* a back office that can't be asked */
        } else if (answer.status != 200) {
            exchange_refuse(exchange, &answer);
        } else if (!take_wanted(exchange, &answer)) {
            exchange_fail(exchange);
        } else {
            exchange->asked_mark = marks[count - 1].number;
        }
        http_answer_finish(&answer);
    }
    free(question);
}

/* A kiosk that never sent anything asks nothing: it says who it is instead, so that it
 * can be claimed before its first visit. */
void
exchange_ask(struct exchange *exchange)
{
    struct outbox_mark *marks = memory_allocate(WIRE_STREAMS_MAX, sizeof(marks[0]));
    size_t count;

    if (!outbox_marks(exchange->outbox, exchange->asked_mark, marks, WIRE_STREAMS_MAX,
                      &count, &exchange->error))
    {
        exchange_fail(exchange);
    } else if (count > 0) {
        ask_about(exchange, marks, count);
    } else if (exchange->asked_mark > 0 || exchange_announce(exchange)) {
        finish_asking(exchange);
    }
    free(marks);
}
