#include "backoffice/intake.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/batch.h"
#include "backoffice/identity.h"
#include "backoffice/office.h"
#include "backoffice/store_hand_over.h"
#include "backoffice/store_usage.h"
#include "backoffice/tally.h"
#include "base/memory.h"
#include "base/text.h"
#include "usage/wire.h"

#define LOG_MODULE "intake"
#include "base/log.h"

enum outcome { OUTCOME_COUNTED, OUTCOME_GAP, OUTCOME_CONFLICT };

/* One batch on its way into the counts. */
struct intake {
    const struct office *office;
    const struct fleet_kiosk *kiosk;
    const struct batch *batch;
    bool resume; /* what lies between our mark and this batch exists nowhere */
    enum outcome outcome;
    struct store_stream stream; /* afterwards */
};

/* --- counting ------------------------------------------------------------------- */

#define HOUR_S 3600

/* The hashes of tokens that the municipality's form may hand back. */
static bool
note_hand_overs(struct store_session *session, const struct usage_event *events,
                size_t count, const struct fleet_kiosk *kiosk, struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        const struct usage_event *event = &events[i];
        struct hand_over hand_over = {.channel = event->channel};
        int64_t now = store_now(session);

        if (event->kind != USAGE_STEP || event->step != USAGE_HANDED_OVER ||
            !text_hex_decode(hand_over.hash, HASH_BYTES, event->hand_over_hash))
        {
            continue;
        }
        /* A kiosk whose clock runs ahead does not make tokens that live longer. */
        hand_over.hour = (event->time < now ? event->time : now) / HOUR_S;
        text_copy(hand_over.kiosk, sizeof(hand_over.kiosk), kiosk->name);
        text_copy(hand_over.location, sizeof(hand_over.location), kiosk->location);
        text_copy(hand_over.product_uri, sizeof(hand_over.product_uri),
                  event->product_uri);
        text_copy(hand_over.product, sizeof(hand_over.product), event->product);
        text_copy(hand_over.variant, sizeof(hand_over.variant), event->variant);
        if (!store_hand_over_add(session, &hand_over, error)) {
            return false;
        }
    }
    return true;
}

static bool
count_events(struct store_session *session, struct intake *intake, struct error *error)
{
    const struct batch *batch = intake->batch;
    size_t known = (size_t)(intake->stream.mark - (batch->first - 1));
    size_t fresh = batch->count - known;
    const struct tally_place place = {.kiosk = intake->kiosk->name,
                                      .location = intake->kiosk->location,
                                      .zone = intake->office->zone};
    struct tally *tallies =
        memory_allocate(fresh * TALLIES_OF_EVENT_MAX, sizeof(*tallies));
    size_t count = tally_events(batch->events + known, fresh, &place, tallies);
    bool good =
        store_counts_add(session, tallies, count, error) &&
        note_hand_overs(session, batch->events + known, fresh, intake->kiosk, error);

    free(tallies);
    return good;
}

static bool
note_conflict(struct store_session *session, const struct intake *intake,
              struct error *error)
{
    struct store_conflict conflict = {
        .first = intake->batch->first, .last = intake->batch->last, .counts = ""};

    memcpy(conflict.stream, intake->stream.stream, sizeof(conflict.stream));
    text_copy(conflict.kiosk, sizeof(conflict.kiosk), intake->kiosk->name);
    /* Of a stream with many already, one more tells staff nothing new. */
    return store_conflict_add(session, &conflict, error) ||
           error->kind == ERROR_REFUSED;
}

/*
 * Makes the mark meet the batch where the kiosk says that nobody has what lies
 * between.
 */
static bool
skip_gap(struct store_session *session, struct intake *intake, struct error *error)
{
    struct store_stream *stream = &intake->stream;

    if (!store_gap_add(session, stream->stream, stream->mark + 1,
                       intake->batch->first - 1, error))
    {
        return false;
    }
    log_warning("kiosk %s: events %" PRId64 " to %" PRId64 " of a stream are lost",
                intake->kiosk->name, stream->mark + 1, intake->batch->first - 1);
    stream->mark = intake->batch->first - 1;
    memcpy(stream->link, intake->batch->links[0], HASH_BYTES);
    return true;
}

/* In one transaction: mark, link and counts change together or not at all. */
static bool
take_batch(struct store_session *session, void *data, struct error *error)
{
    struct intake *intake = data;
    const struct batch *batch = intake->batch;
    struct store_stream *stream = &intake->stream;

    if (!store_stream_find(session, batch->stream, stream, error)) {
        return false;
    }
    if (stream->kiosk[0] != '\0' && !text_equal(stream->kiosk, intake->kiosk->name)) {
        return error_set(error, ERROR_REFUSED, "this stream is another kiosk's");
    }
    text_copy(stream->kiosk, sizeof(stream->kiosk), intake->kiosk->name);
    intake->outcome = OUTCOME_COUNTED;
    if (batch->first > stream->mark + 1) {
        if (!intake->resume) {
            intake->outcome = OUTCOME_GAP;
            return true;
        }
        if (!skip_gap(session, intake, error)) {
            return false;
        }
    }
    if (stream->mark > batch->last) {
        return true; /* all counted before; the kiosk compares the link */
    }
    if (memcmp(stream->link, batch->links[stream->mark - (batch->first - 1)],
               HASH_BYTES) != 0)
    {
        intake->outcome = OUTCOME_CONFLICT;
        return note_conflict(session, intake, error);
    }
    if (stream->mark == batch->last) {
        return true;
    }
    if (!count_events(session, intake, error)) {
        return false;
    }
    stream->mark = batch->last;
    memcpy(stream->link, batch->links[batch->count], HASH_BYTES);
    return store_stream_save(session, stream, error);
}

/* --- POST /v1/events ------------------------------------------------------------ */

static void
write_hex(struct json_writer *writer, const char *name, const uint8_t *bytes,
          size_t count)
{
    char text[2 * HASH_BYTES + 1];

    assert(2 * count < sizeof(text));
    text_hex_encode(text, bytes, count);
    json_write_name(writer, name);
    json_write_text(writer, text);
}

static void
answer_outcome(struct http_server_answer *answer, const struct intake *intake)
{
    const struct store_stream *stream = &intake->stream;
    struct json_writer *writer;

    switch (intake->outcome) {
    case OUTCOME_GAP:
        writer = http_server_problem_begin(409, "Events are missing before these.");
        json_write_name(writer, "expected");
        json_write_integer(writer, stream->mark + 1);
        http_server_problem_end(answer, 409, writer);
        return;
    case OUTCOME_CONFLICT:
        writer = http_server_problem_begin(
            409, "This stream was counted with other events: it lives twice.");
        json_write_name(writer, "conflict");
        json_write_boolean(writer, true);
        http_server_problem_end(answer, 409, writer);
        return;
    case OUTCOME_COUNTED:
    default:
        break;
    }
    writer = json_writer_create();
    json_write_object(writer);
    write_hex(writer, "stream", stream->stream, USAGE_STREAM_BYTES);
    json_write_name(writer, "acked_through");
    json_write_integer(writer, stream->mark);
    write_hex(writer, "chain", stream->link, HASH_BYTES);
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

/* True when the query has no `resume`, or one that is the batch's first sequence. */
static bool
read_resume(const struct http_server_request *request, struct intake *intake,
            struct http_server_answer *answer)
{
    const char *text = http_server_query(request, WIRE_RESUME_PARAMETER);
    char *end;
    long long from;

    if (text == NULL) {
        return true;
    }
    errno = 0;
    from = strtoll(text, &end, 10);
    if (errno != 0 || end == text || *end != '\0' || from != intake->batch->first) {
        http_server_answer_problem(
            answer, 400, WIRE_RESUME_PARAMETER " must be the id of the first event.");
        return false;
    }
    intake->resume = true;
    return true;
}

static void
take_events(struct office *office, const struct http_server_request *request,
            const struct fleet_kiosk *kiosk, const struct batch *batch,
            struct http_server_answer *answer)
{
    struct intake intake = {.office = office, .kiosk = kiosk, .batch = batch};
    struct error error = {0};

    if (!text_equal(batch->kiosk, kiosk->name)) {
        http_server_answer_problem(
            answer, 403, "The events are of another kiosk than the one that signed.");
        return;
    }
    if (!read_resume(request, &intake, answer)) {
        return;
    }
    if (!store_write(office->store, take_batch, &intake, &error)) {
        http_server_answer_error(answer, &error);
        return;
    }
    if (intake.outcome == OUTCOME_CONFLICT) {
        log_warning("kiosk %s: a second card lives one of its streams", kiosk->name);
    }
    answer_outcome(answer, &intake);
}

static void
post_events(void *data, const struct http_server_request *request,
            struct http_server_answer *answer)
{
    struct office *office = data;
    struct fleet_kiosk kiosk;
    struct batch batch = {0};
    struct error error = {0};

    if (!http_server_has_type(request, WIRE_BATCH_CONTENT_TYPE, answer) ||
        !identity_kiosk(office->store, request, &kiosk, answer))
    {
        return;
    }
    if (batch_read(&batch, request->body, request->body_length,
                   http_server_header(request, WIRE_CHAIN_HEADER), &error))
    {
        take_events(office, request, &kiosk, &batch, answer);
    } else {
        http_server_answer_problem(answer, error.kind == ERROR_REFUSED ? 413 : 400,
                                   "%s", error.message);
    }
    batch_finish(&batch);
}

/* --- POST /v1/streams ----------------------------------------------------------- */

struct stream_question {
    uint8_t stream[USAGE_STREAM_BYTES];
    int64_t through, expected;
};

struct streams {
    const struct fleet_kiosk *kiosk;
    struct stream_question *list;
    size_t count;
};

static bool
read_questions(const struct json *body, struct streams *streams, struct error *error)
{
    const struct json *list = json_member(body, "streams");

    if (list == NULL || json_type(list) != JSON_ARRAY ||
        json_count(list) > WIRE_STREAMS_MAX)
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "streams: must be a list of at most %d", WIRE_STREAMS_MAX);
    }
    streams->list = memory_allocate(json_count(list) + 1, sizeof(*streams->list));
    for (const struct json *value = json_first(list); value != NULL;
         value = json_next(value))
    {
        struct stream_question *question = &streams->list[streams->count++];
        char stream[2 * USAGE_STREAM_BYTES + 1];

        if (!json_get_text(value, "stream", stream, sizeof(stream), error) ||
            !json_get_integer(value, "through", 0, INT64_MAX - 1, &question->through,
                              error))
        {
            return false;
        }
        if (!text_hex_decode(question->stream, USAGE_STREAM_BYTES, stream)) {
            return error_set(error, ERROR_BAD_INPUT,
                             "line %d: stream: must have %d hexadecimal digits",
                             json_line(value), 2 * USAGE_STREAM_BYTES);
        }
    }
    return true;
}

static bool
find_marks(struct store_session *session, void *data, struct error *error)
{
    struct streams *streams = data;

    for (size_t i = 0; i < streams->count; i++) {
        struct stream_question *question = &streams->list[i];
        struct store_stream stream;

        if (!store_stream_find(session, question->stream, &stream, error)) {
            return false;
        }
        if (stream.kiosk[0] != '\0' && !text_equal(stream.kiosk, streams->kiosk->name))
        {
            return error_set(error, ERROR_REFUSED, "a stream is another kiosk's");
        }
        question->expected = stream.mark + 1;
    }
    return true;
}

static void
answer_streams(struct http_server_answer *answer, const struct streams *streams)
{
    struct json_writer *writer = json_writer_create();

    json_write_object(writer);
    json_write_name(writer, "streams");
    json_write_array(writer);
    for (size_t i = 0; i < streams->count; i++) {
        if (streams->list[i].expected <= streams->list[i].through) {
            json_write_object(writer);
            write_hex(writer, "stream", streams->list[i].stream, USAGE_STREAM_BYTES);
            json_write_name(writer, "expected");
            json_write_integer(writer, streams->list[i].expected);
            json_write_end(writer);
        }
    }
    json_write_end(writer);
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

static void
post_streams(void *data, const struct http_server_request *request,
             struct http_server_answer *answer)
{
    struct office *office = data;
    struct fleet_kiosk kiosk;
    struct streams streams = {.kiosk = &kiosk};
    struct error error = {0};
    struct json *body;

    if (!http_server_has_type(request, WIRE_JSON_CONTENT_TYPE, answer) ||
        !identity_kiosk(office->store, request, &kiosk, answer))
    {
        return;
    }
    body = json_parse(request->body, request->body_length, &error);
    if (body != NULL && read_questions(body, &streams, &error) &&
        store_read(office->store, find_marks, &streams, &error))
    {
        answer_streams(answer, &streams);
    } else {
        http_server_answer_error(answer, &error);
    }
    json_destroy(body);
    free(streams.list);
}

const struct http_route intake_routes[] = {
    {"POST", WIRE_EVENTS_PATH, WIRE_BATCH_BYTES_MAX, post_events},
    {"POST", WIRE_STREAMS_PATH, WIRE_BATCH_BYTES_MAX, post_streams},
};
const size_t intake_route_count = sizeof(intake_routes) / sizeof(intake_routes[0]);
