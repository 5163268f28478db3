#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "usage/outbox_parts.h"
#include "usage/wire.h"

/* What goes from the outbox to the back office, and what comes back about it. */

static_assert(OUTBOX_BATCH_MAX <= WIRE_EVENTS_MAX, "a batch is one request");
static_assert(OUTBOX_BATCH_MAX * (USAGE_EVENT_BYTES_MAX + 1) + 2 <=
                  WIRE_BATCH_BYTES_MAX,
              "the longest batch is one request");

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
    bool good = outbox_enter(outbox, error);

    *batch = (struct outbox_batch){0};
    good = outbox_leave(outbox, good && next_batch(outbox, after, batch, error), error);
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
    bool good = outbox_enter(outbox, error) &&
                outbox_stream_find(&outbox->database, stream, &row, error) &&
                acknowledge(&outbox->database, &row, through, link, now_s, error);

    return outbox_leave(outbox, good, error);
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
    bool good = outbox_enter(outbox, error) &&
                outbox_stream_find(&outbox->database, stream, &row, error) &&
                rewind_stream(&outbox->database, &row, from, error);

    return outbox_leave(outbox, good, error);
}

bool
outbox_marks(struct outbox *outbox, int64_t after, struct outbox_mark *marks,
             size_t max, size_t *count, struct error *error)
{
    bool good = outbox_enter(outbox, error);
    bool found = good;
    sqlite3_stmt *statement;

    *count = 0;
    if (!good) {
        return outbox_leave(outbox, false, error);
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
    return outbox_leave(outbox, good, error);
}

/* --- a second card ------------------------------------------------------------ */

bool
outbox_park(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
            struct error *error)
{
    struct outbox_stream row = {0};
    bool good =
        outbox_enter(outbox, error) &&
        outbox_stream_find(&outbox->database, stream, &row, error) &&
        (row.parked != 0 || outbox_stream_park(&outbox->database, &row, 1, error)) &&
        outbox_database_end(&outbox->database, true, error);

    if (!good) {
        return outbox_leave(outbox, false, error);
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
    bool good = outbox_enter(outbox, error);

    *batch = (struct outbox_batch){0};
    good = outbox_leave(
        outbox, good && next_parked(&outbox->database, after, batch, error), error);
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
    bool good = outbox_enter(outbox, error) &&
                outbox_stream_find(&outbox->database, stream, &row, error) &&
                outbox_stream_park(&outbox->database, &row, 2, error) &&
                outbox_stream_note(&outbox->database, &row, row.last, now_s, error);

    return outbox_leave(outbox, good, error);
}
