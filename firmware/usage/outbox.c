#include "usage/outbox.h"

#include <assert.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "usage/outbox_database.h"
#include "usage/outbox_stream.h"
#include "usage/wire.h"

#define LOG_MODULE "outbox"
#include "base/log.h"

static_assert(OUTBOX_BATCH_MAX <= WIRE_EVENTS_MAX, "a batch is one request");
static_assert(OUTBOX_BATCH_MAX * (USAGE_EVENT_BYTES_MAX + 1) + 2 <=
                  WIRE_BATCH_BYTES_MAX,
              "the longest batch is one request");

struct outbox {
    pthread_mutex_t mutex;
    char *path;
    char kiosk[USAGE_KIOSK_BYTES];
    int64_t quota_bytes;
    bool quota_said;
    struct outbox_database database;
    struct outbox_stream newest; /* gets a row with its first event */
};

/* --- taking turns, and going on after a broken file --------------------------- */

/* A broken file was emptied of what could not be read; a stream begins anew. */
static bool
renew(struct outbox *outbox, struct error *error)
{
    outbox_stream_begin(&outbox->newest, outbox->kiosk);
    return outbox_database_renew(&outbox->database, outbox->path, error);
}

static bool
enter(struct outbox *outbox, struct error *error)
{
    pthread_mutex_lock(&outbox->mutex);
    if (outbox->database.broken && !renew(outbox, error)) {
        return false;
    }
    return outbox_database_begin(&outbox->database, error);
}

static bool
leave(struct outbox *outbox, bool good, struct error *error)
{
    if (outbox->database.sqlite != NULL) {
        good = outbox_database_end(&outbox->database, good, error);
    }
    pthread_mutex_unlock(&outbox->mutex);
    return good;
}

/* --- opening ------------------------------------------------------------------ */

/*
 * Nothing of now goes into these events (no clock, no random bytes): every copy of the
 * card closes the visit with the same bytes.
 */
static bool
close_interrupted_visits(struct outbox_database *database, struct error *error)
{
    struct outbox_stream stream;
    bool found = true;

    while (found) {
        struct usage_event event = {.kind = USAGE_VISIT_ENDED,
                                    .outcome = USAGE_OUTCOME_INTERRUPTED};

        if (!outbox_stream_select(database,
                                  outbox_database_use(database, STREAM_CUT_OFF),
                                  &stream, &found, error))
        {
            return false;
        }
        event.time = stream.visit_begun;
        if (found && !outbox_stream_append(database, &stream, &event, error)) {
            return false;
        }
    }
    return true;
}

struct outbox *
outbox_open(const struct outbox_options *options, struct error *error)
{
    struct outbox *outbox = memory_allocate(1, sizeof(*outbox));
    bool good;

    pthread_mutex_init(&outbox->mutex, NULL);
    outbox->path = memory_copy_text(options->path);
    outbox->quota_bytes = options->quota_bytes;
    good = text_copy(outbox->kiosk, sizeof(outbox->kiosk), options->kiosk);
    assert(good && outbox->kiosk[0] != '\0' && text_is_clean(outbox->kiosk));
    outbox_stream_begin(&outbox->newest, outbox->kiosk);

    if (!outbox_database_open(&outbox->database, outbox->path, error)) {
        goto fail;
    }
    good = enter(outbox, error) && close_interrupted_visits(&outbox->database, error);
    if (!leave(outbox, good, error)) {
        if (!outbox->database.broken || !renew(outbox, error)) {
            goto fail;
        }
    }
    return outbox;

fail:
    error_prefix(error, "outbox %s", options->path);
    outbox_close(outbox);
    return NULL;
}

void
outbox_close(struct outbox *outbox)
{
    if (outbox == NULL) {
        return;
    }
    outbox_database_close(&outbox->database);
    pthread_mutex_destroy(&outbox->mutex);
    free(outbox->path);
    free(outbox);
}

/* --- appending ---------------------------------------------------------------- */

static bool
read_bytes(struct outbox_database *database, int64_t *bytes, struct error *error)
{
    sqlite3_stmt *statement = outbox_database_use(database, FILE_BYTES);
    bool found;

    if (!outbox_database_row(database, statement, &found, error)) {
        return false;
    }
    *bytes = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return true;
}

/* Says once that the quota is passed, and again when it was below in between. */
static void
watch_quota(struct outbox *outbox)
{
    struct error ignored;
    int64_t bytes = 0;

    if (!read_bytes(&outbox->database, &bytes, &ignored)) {
        return; /* the append itself went well */
    }
    if (bytes > outbox->quota_bytes && !outbox->quota_said) {
        log_warning("%s takes %lld bytes, more than its %lld; nothing is dropped",
                    outbox->path, (long long)bytes, (long long)outbox->quota_bytes);
    }
    outbox->quota_said = bytes > outbox->quota_bytes;
}

static bool
keep_receipt(struct outbox_database *database, const char *key, struct error *error)
{
    sqlite3_stmt *statement = outbox_database_use(database, RECEIPT_INSERT);

    sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
    return outbox_database_run(database, statement, error);
}

/*
 * `key` is NULL for an event without receipt. `broken` says whether the file has to be
 * set aside, so that a second try may do.
 */
static bool
append(struct outbox *outbox, const struct usage_event *event, const char *key,
       bool *broken, struct error *error)
{
    struct outbox_database *database = &outbox->database;
    bool good = enter(outbox, error);
    struct outbox_stream next = outbox->newest;

    good = good && (next.number != 0 || outbox_stream_insert(database, &next, error)) &&
           outbox_stream_append(database, &next, event, error) &&
           (key == NULL || keep_receipt(database, key, error)) &&
           outbox_database_end(database, true, error);
    *broken = database->broken;
    if (!good) {
        return leave(outbox, false, error);
    }
    outbox->newest = next;
    watch_quota(outbox);
    pthread_mutex_unlock(&outbox->mutex);
    return true;
}

bool
outbox_append(struct outbox *outbox, const struct usage_event *event,
              struct error *error)
{
    bool broken = false;

    return append(outbox, event, NULL, &broken, error) ||
           (broken && append(outbox, event, NULL, &broken, error)) ||
           error_prefix(error, "outbox %s", outbox->path);
}

bool
outbox_append_with_receipt(struct outbox *outbox, const struct usage_event *event,
                           const char *key, struct error *error)
{
    bool broken = false;

    assert(strlen(key) < OUTBOX_RECEIPT_BYTES);
    return append(outbox, event, key, &broken, error) ||
           (broken && append(outbox, event, key, &broken, error)) ||
           error_prefix(error, "outbox %s", outbox->path);
}

bool
outbox_has_receipt(struct outbox *outbox, const char *key, bool *has,
                   struct error *error)
{
    struct outbox_database *database = &outbox->database;
    bool good = enter(outbox, error);

    if (good) {
        sqlite3_stmt *statement = outbox_database_use(database, RECEIPT_AT);

        sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
        good = outbox_database_row(database, statement, has, error);
        sqlite3_reset(statement);
    }
    return leave(outbox, good, error);
}

bool
outbox_forget_receipts(struct outbox *outbox, struct error *error)
{
    struct outbox_database *database = &outbox->database;
    bool good = enter(outbox, error) &&
                outbox_database_run(
                    database, outbox_database_use(database, RECEIPT_FORGET), error);

    return leave(outbox, good, error);
}

/* --- sending ------------------------------------------------------------------ */

void
outbox_batch_finish(struct outbox_batch *batch)
{
    free(batch->text);
    *batch = (struct outbox_batch){0};
}

static void
batch_add(struct outbox_batch *batch, size_t *size, sqlite3_stmt *row)
{
    const char *text = (const char *)sqlite3_column_text(row, 2);
    size_t length = (size_t)sqlite3_column_bytes(row, 2);
    int64_t sequence = sqlite3_column_int64(row, 0);

    if (batch->text == NULL) {
        batch->first = sequence;
        outbox_column_bytes(row, 1, batch->before, sizeof(batch->before));
    }
    if (*size < batch->length + length + 3) {
        *size = 2 * *size + length + 3;
        batch->text = memory_resize(batch->text, *size, 1);
    }
    batch->text[batch->length++] = sequence == batch->first ? '[' : ',';
    memcpy(batch->text + batch->length, text, length);
    batch->length += length;
    batch->last = sequence;
}

/* The events of one stream after `after`, as long as they follow on each other. */
static bool
batch_fill(struct outbox_database *database, const struct outbox_stream *stream,
           int64_t after, struct outbox_batch *batch, struct error *error)
{
    sqlite3_stmt *statement = outbox_database_use(database, EVENT_AFTER);
    size_t size = 0;
    bool found = true;

    batch->number = stream->number;
    memcpy(batch->stream, stream->bytes, sizeof(batch->stream));
    text_copy(batch->kiosk, sizeof(batch->kiosk), stream->kiosk);
    sqlite3_bind_int64(statement, 1, stream->number);
    sqlite3_bind_int64(statement, 2, after);
    sqlite3_bind_int(statement, 3, OUTBOX_BATCH_MAX);
    while (found) {
        if (!outbox_database_row(database, statement, &found, error)) {
            return false;
        }
        if (found && batch->text != NULL &&
            sqlite3_column_int64(statement, 0) != batch->last + 1)
        {
            sqlite3_reset(statement);
            found = false;
        }
        if (found) {
            batch_add(batch, &size, statement);
        }
    }
    if (batch->text != NULL) {
        batch->text[batch->length++] = ']';
        batch->text[batch->length] = '\0';
    }
    return true;
}

static bool
next_batch(struct outbox *outbox, int64_t after, struct outbox_batch *batch,
           struct error *error)
{
    struct outbox_database *database = &outbox->database;
    sqlite3_stmt *statement = outbox_database_use(database, STREAM_WAITING);
    struct outbox_stream stream;
    bool found;

    sqlite3_bind_int64(statement, 1, after);
    if (!outbox_stream_select(database, statement, &stream, &found, error)) {
        return false;
    }
    if (!found) {
        return true;
    }
    if (!batch_fill(database, &stream, stream.acknowledged, batch, error)) {
        return false;
    }
    if (batch->text == NULL) {
        database->broken = true;
        return error_set(error, ERROR_STORAGE, "events that were promised are missing");
    }
    batch->resume = batch->first != stream.acknowledged + 1;
    return true;
}

bool
outbox_next_batch(struct outbox *outbox, int64_t after, struct outbox_batch *batch,
                  struct error *error)
{
    bool good = enter(outbox, error);

    *batch = (struct outbox_batch){0};
    good = leave(outbox, good && next_batch(outbox, after, batch, error), error);
    if (!good) {
        outbox_batch_finish(batch);
    }
    return good;
}

static bool
acknowledge(struct outbox_database *database, const struct outbox_stream *stream,
            int64_t through, const uint8_t link[HASH_BYTES], int64_t now_s,
            struct error *error)
{
    uint8_t ours[HASH_BYTES];
    bool found;

    if (through < 1 || through > stream->last) {
        return error_set(error, ERROR_NOT_FOUND, "event %lld was never ours",
                         (long long)through);
    }
    if (!outbox_stream_link(database, stream, through, ours, &found, error)) {
        return false;
    }
    if (!found || !bytes_equal(ours, link, HASH_BYTES)) {
        return error_set(error, ERROR_REFUSED, "the chain at %lld is not ours",
                         (long long)through);
    }
    return through <= stream->acknowledged ||
           (outbox_stream_mark(database, stream, through, error) &&
            outbox_stream_note(database, stream, through, now_s, error));
}

bool
outbox_acknowledge(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
                   int64_t through, const uint8_t link[HASH_BYTES], int64_t now_s,
                   struct error *error)
{
    struct outbox_stream row;
    bool good = enter(outbox, error) &&
                outbox_stream_find(&outbox->database, stream, &row, error) &&
                acknowledge(&outbox->database, &row, through, link, now_s, error);

    return leave(outbox, good, error);
}

static bool
rewind_stream(struct outbox_database *database, const struct outbox_stream *stream,
              int64_t from, struct error *error)
{
    sqlite3_stmt *statement;

    if (from < 1 || from > stream->acknowledged || stream->parked != 0) {
        return error_set(error, ERROR_REFUSED, "nothing from %lld on was acknowledged",
                         (long long)from);
    }
    statement = outbox_database_use(database, ACKNOWLEDGEMENT_FORGET);
    sqlite3_bind_int64(statement, 1, stream->number);
    sqlite3_bind_int64(statement, 2, from);
    return outbox_database_run(database, statement, error) &&
           outbox_stream_mark(database, stream, from - 1, error);
}

bool
outbox_rewind(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
              int64_t from, struct error *error)
{
    struct outbox_stream row;
    bool good = enter(outbox, error) &&
                outbox_stream_find(&outbox->database, stream, &row, error) &&
                rewind_stream(&outbox->database, &row, from, error);

    return leave(outbox, good, error);
}

bool
outbox_marks(struct outbox *outbox, int64_t after, struct outbox_mark *marks,
             size_t max, size_t *count, struct error *error)
{
    bool good = enter(outbox, error);
    bool found = good;
    sqlite3_stmt *statement;

    *count = 0;
    if (!good) {
        return leave(outbox, false, error);
    }
    statement = outbox_database_use(&outbox->database, STREAM_MARKS);
    sqlite3_bind_int64(statement, 1, after);
    sqlite3_bind_int64(statement, 2, (int64_t)max);
    while (good && found) {
        good = outbox_database_row(&outbox->database, statement, &found, error);
        if (good && found) {
            struct outbox_mark *mark = &marks[(*count)++];

            mark->number = sqlite3_column_int64(statement, 0);
            outbox_column_bytes(statement, 1, mark->stream, sizeof(mark->stream));
            mark->through = sqlite3_column_int64(statement, 2);
        }
    }
    return leave(outbox, good, error);
}

/* --- a second card ------------------------------------------------------------ */

bool
outbox_park(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
            struct error *error)
{
    struct outbox_stream row = {0};
    bool good =
        enter(outbox, error) &&
        outbox_stream_find(&outbox->database, stream, &row, error) &&
        (row.parked != 0 || outbox_stream_park(&outbox->database, &row, 1, error)) &&
        outbox_database_end(&outbox->database, true, error);

    if (!good) {
        return leave(outbox, false, error);
    }
    if (row.number == outbox->newest.number) {
        outbox_stream_begin(&outbox->newest, outbox->kiosk);
    }
    pthread_mutex_unlock(&outbox->mutex);
    return true;
}

static bool
next_parked(struct outbox_database *database, int64_t after, struct outbox_batch *batch,
            struct error *error)
{
    struct outbox_stream stream;
    bool found;

    if (!outbox_stream_select(database, outbox_database_use(database, STREAM_PARKED),
                              &stream, &found, error))
    {
        return false;
    }
    if (!found) {
        return true;
    }
    if (after < stream.acknowledged) {
        after = stream.acknowledged;
    }
    return batch_fill(database, &stream, after, batch, error);
}

bool
outbox_next_parked(struct outbox *outbox, int64_t after, struct outbox_batch *batch,
                   struct error *error)
{
    bool good = enter(outbox, error);

    *batch = (struct outbox_batch){0};
    good = leave(outbox, good && next_parked(&outbox->database, after, batch, error),
                 error);
    if (!good) {
        outbox_batch_finish(batch);
    }
    return good;
}

bool
outbox_parked_reported(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
                       int64_t now_s, struct error *error)
{
    struct outbox_stream row;
    bool good = enter(outbox, error) &&
                outbox_stream_find(&outbox->database, stream, &row, error) &&
                outbox_stream_park(&outbox->database, &row, 2, error) &&
                outbox_stream_note(&outbox->database, &row, row.last, now_s, error);

    return leave(outbox, good, error);
}

/* --- keeping ------------------------------------------------------------------ */

bool
outbox_state(struct outbox *outbox, struct outbox_state *state, struct error *error)
{
    struct outbox_database *database = &outbox->database;
    bool good = enter(outbox, error);
    sqlite3_stmt *statement;
    bool found;

    *state = (struct outbox_state){0};
    if (!good) {
        return leave(outbox, false, error);
    }
    statement = outbox_database_use(database, EVENT_COUNTS);
    good = outbox_database_row(database, statement, &found, error);
    if (good) {
        state->waiting = sqlite3_column_int64(statement, 0);
        state->parked = sqlite3_column_int64(statement, 1);
        sqlite3_reset(statement);
        good = read_bytes(database, &state->bytes, error);
        state->over_quota = state->bytes > outbox->quota_bytes;
    }
    return leave(outbox, good, error);
}

static bool
run_before(struct outbox_database *database, enum outbox_statement which, int64_t value,
           struct error *error)
{
    sqlite3_stmt *statement = outbox_database_use(database, which);

    sqlite3_bind_int64(statement, 1, value);
    return outbox_database_run(database, statement, error);
}

/* Stream by stream, so that no more is read than what goes: a visitor may be waiting.
 */
static bool
expire_events(struct outbox_database *database, int64_t before_s, struct error *error)
{
    sqlite3_stmt *old = outbox_database_use(database, ACKNOWLEDGEMENT_OLD);
    bool found = true;

    sqlite3_bind_int64(old, 1, before_s);
    while (found) {
        sqlite3_stmt *statement = outbox_database_use(database, EVENT_EXPIRE);

        if (!outbox_database_row(database, old, &found, error)) {
            return false;
        }
        if (found) {
            sqlite3_bind_int64(statement, 1, sqlite3_column_int64(old, 0));
            sqlite3_bind_int64(statement, 2, sqlite3_column_int64(old, 1));
            if (!outbox_database_run(database, statement, error)) {
                return false;
            }
        }
    }
    return true;
}

bool
outbox_expire(struct outbox *outbox, int64_t now_s, struct error *error)
{
    struct outbox_database *database = &outbox->database;
    int64_t before_s = now_s - OUTBOX_KEPT_S;
    bool good = enter(outbox, error) && expire_events(database, before_s, error) &&
                run_before(database, ACKNOWLEDGEMENT_EXPIRE, before_s, error) &&
                run_before(database, STREAM_EXPIRE, outbox->newest.number, error);

    return leave(outbox, good, error);
}
