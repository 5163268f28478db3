#include "usage/outbox_stream.h"

#include <string.h>

#include "base/text.h"
#include "base/time.h"

void
outbox_stream_begin(struct outbox_stream *stream, const char *kiosk)
{
    *stream = (struct outbox_stream){.visit_begun = TIME_NONE};
    random_bytes(stream->bytes, sizeof(stream->bytes));
    hash_bytes(stream->bytes, sizeof(stream->bytes), stream->tail);
    text_copy(stream->kiosk, sizeof(stream->kiosk), kiosk);
}

bool
outbox_column_bytes(sqlite3_stmt *row, int column, uint8_t *target, size_t size)
{
    const void *bytes = sqlite3_column_blob(row, column);

    if (bytes == NULL || (size_t)sqlite3_column_bytes(row, column) != size) {
        memset(target, 0, size);
        return false;
    }
    memcpy(target, bytes, size);
    return true;
}

/* False when the row isn't one that we wrote. */
static bool
stream_read(struct outbox_stream *stream, sqlite3_stmt *row)
{
    const char *kiosk = (const char *)sqlite3_column_text(row, 2);

    stream->number = sqlite3_column_int64(row, 0);
    stream->last = sqlite3_column_int64(row, 3);
    stream->acknowledged = sqlite3_column_int64(row, 5);
    stream->visit_begun = sqlite3_column_type(row, 6) == SQLITE_NULL
                              ? TIME_NONE
                              : sqlite3_column_int64(row, 6);
    stream->parked = sqlite3_column_int(row, 7);
    return outbox_column_bytes(row, 1, stream->bytes, sizeof(stream->bytes)) &&
           outbox_column_bytes(row, 4, stream->tail, sizeof(stream->tail)) &&
           kiosk != NULL && kiosk[0] != '\0' && text_is_clean(kiosk) &&
           text_copy(stream->kiosk, sizeof(stream->kiosk), kiosk) &&
           (stream->visit_begun == TIME_NONE ||
            (stream->visit_begun >= 0 && stream->visit_begun <= USAGE_TIME_MAX));
}

bool
outbox_stream_select(struct outbox_database *database, sqlite3_stmt *statement,
                     struct outbox_stream *stream, bool *found, struct error *error)
{
    if (!outbox_database_row(database, statement, found, error)) {
        return false;
    }
    if (*found) {
        bool good = stream_read(stream, statement);

        sqlite3_reset(statement);
        if (!good) {
            database->broken = true;
            return error_set(error, ERROR_STORAGE, "a stream's row is not ours");
        }
    }
    return true;
}

bool
outbox_stream_find(struct outbox_database *database,
                   const uint8_t bytes[USAGE_STREAM_BYTES],
                   struct outbox_stream *stream, struct error *error)
{
    sqlite3_stmt *statement = outbox_database_use(database, STREAM_BY_BYTES);
    bool found;

    sqlite3_bind_blob(statement, 1, bytes, USAGE_STREAM_BYTES, SQLITE_STATIC);
    return outbox_stream_select(database, statement, stream, &found, error) &&
           (found || error_set(error, ERROR_NOT_FOUND, "no such stream"));
}

bool
outbox_stream_insert(struct outbox_database *database, struct outbox_stream *stream,
                     struct error *error)
{
    sqlite3_stmt *statement = outbox_database_use(database, STREAM_INSERT);

    sqlite3_bind_blob(statement, 1, stream->bytes, sizeof(stream->bytes),
                      SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, stream->kiosk, -1, SQLITE_STATIC);
    sqlite3_bind_blob(statement, 3, stream->tail, sizeof(stream->tail), SQLITE_STATIC);
    if (!outbox_database_run(database, statement, error)) {
        return false;
    }
    stream->number = sqlite3_last_insert_rowid(database->sqlite);
    return true;
}

bool
outbox_stream_append(struct outbox_database *database, struct outbox_stream *stream,
                     const struct usage_event *event, struct error *error)
{
    struct usage_position position = {.sequence = stream->last + 1};
    char text[USAGE_EVENT_BYTES_MAX];
    uint8_t before[HASH_BYTES];
    sqlite3_stmt *statement;
    size_t length;

    text_copy(position.kiosk, sizeof(position.kiosk), stream->kiosk);
    memcpy(position.stream, stream->bytes, sizeof(position.stream));
    length = usage_event_write(event, &position, text);
    memcpy(before, stream->tail, sizeof(before));
    hash_link(before, text, length, stream->tail);
    stream->last++;
    if (event->kind != USAGE_STEP) {
        stream->visit_begun =
            event->kind == USAGE_VISIT_BEGUN ? event->time : TIME_NONE;
    }

    statement = outbox_database_use(database, EVENT_INSERT);
    sqlite3_bind_int64(statement, 1, stream->number);
    sqlite3_bind_int64(statement, 2, stream->last);
    sqlite3_bind_blob(statement, 3, before, sizeof(before), SQLITE_STATIC);
    sqlite3_bind_text(statement, 4, text, (int)length, SQLITE_STATIC);
    if (!outbox_database_run(database, statement, error)) {
        return false;
    }
    statement = outbox_database_use(database, STREAM_APPENDED);
    sqlite3_bind_int64(statement, 1, stream->last);
    sqlite3_bind_blob(statement, 2, stream->tail, sizeof(stream->tail), SQLITE_STATIC);
    if (stream->visit_begun != TIME_NONE) {
        sqlite3_bind_int64(statement, 3, stream->visit_begun);
    }
    sqlite3_bind_int64(statement, 4, stream->number);
    return outbox_database_run(database, statement, error);
}

bool
outbox_stream_link(struct outbox_database *database, const struct outbox_stream *stream,
                   int64_t at, uint8_t link[HASH_BYTES], bool *found,
                   struct error *error)
{
    sqlite3_stmt *statement = outbox_database_use(database, EVENT_AT);
    uint8_t before[HASH_BYTES];

    if (at == stream->last) {
        memcpy(link, stream->tail, HASH_BYTES);
        *found = true;
        return true;
    }
    sqlite3_bind_int64(statement, 1, stream->number);
    sqlite3_bind_int64(statement, 2, at);
    if (!outbox_database_row(database, statement, found, error)) {
        return false;
    }
    if (*found) {
        outbox_column_bytes(statement, 0, before, sizeof(before));
        hash_link(before, sqlite3_column_text(statement, 1),
                  (size_t)sqlite3_column_bytes(statement, 1), link);
        sqlite3_reset(statement);
    }
    return true;
}

bool
outbox_stream_mark(struct outbox_database *database, const struct outbox_stream *stream,
                   int64_t through, struct error *error)
{
    sqlite3_stmt *statement = outbox_database_use(database, STREAM_MARK);

    sqlite3_bind_int64(statement, 1, through);
    sqlite3_bind_int64(statement, 2, stream->number);
    return outbox_database_run(database, statement, error);
}

bool
outbox_stream_note(struct outbox_database *database, const struct outbox_stream *stream,
                   int64_t through, int64_t now_s, struct error *error)
{
    sqlite3_stmt *statement = outbox_database_use(database, ACKNOWLEDGEMENT_INSERT);

    sqlite3_bind_int64(statement, 1, stream->number);
    sqlite3_bind_int64(statement, 2, through);
    sqlite3_bind_int64(statement, 3, now_s);
    return outbox_database_run(database, statement, error);
}

bool
outbox_stream_park(struct outbox_database *database, const struct outbox_stream *stream,
                   int parked, struct error *error)
{
    sqlite3_stmt *statement = outbox_database_use(database, STREAM_PARK);

    sqlite3_bind_int(statement, 1, parked);
    sqlite3_bind_int64(statement, 2, stream->number);
    return outbox_database_run(database, statement, error);
}
