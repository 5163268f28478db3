#include "usage/outbox.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "usage/outbox_parts.h"

#define LOG_MODULE "outbox"
#include "base/log.h"

/* --- taking turns, and going on after a broken file --------------------------- */

/* A broken file was emptied of what could not be read; a stream begins anew. */
static bool
renew(struct outbox *outbox, struct error *error)
{
    outbox_stream_begin(&outbox->newest, outbox->kiosk);
    return outbox_database_renew(&outbox->database, outbox->path, error);
}

bool
outbox_enter(struct outbox *outbox, struct error *error)
{
    pthread_mutex_lock(&outbox->mutex);
    if (outbox->database.broken && !renew(outbox, error)) {
        return false;
    }
    return outbox_database_begin(&outbox->database, error);
}

bool
outbox_leave(struct outbox *outbox, bool good, struct error *error)
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
    good = outbox_enter(outbox, error) &&
           close_interrupted_visits(&outbox->database, error);
    if (!outbox_leave(outbox, good, error)) {
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
    bool good = outbox_enter(outbox, error);
    struct outbox_stream next = outbox->newest;

    good = good && (next.number != 0 || outbox_stream_insert(database, &next, error)) &&
           outbox_stream_append(database, &next, event, error) &&
           (key == NULL || keep_receipt(database, key, error)) &&
           outbox_database_end(database, true, error);
    *broken = database->broken;
    if (!good) {
        return outbox_leave(outbox, false, error);
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
    bool good = outbox_enter(outbox, error);

    if (good) {
        sqlite3_stmt *statement = outbox_database_use(database, RECEIPT_AT);

        sqlite3_bind_text(statement, 1, key, -1, SQLITE_STATIC);
        good = outbox_database_row(database, statement, has, error);
        sqlite3_reset(statement);
    }
    return outbox_leave(outbox, good, error);
}

bool
outbox_forget_receipts(struct outbox *outbox, struct error *error)
{
    struct outbox_database *database = &outbox->database;
    bool good = outbox_enter(outbox, error) &&
                outbox_database_run(
                    database, outbox_database_use(database, RECEIPT_FORGET), error);

    return outbox_leave(outbox, good, error);
}

/* --- keeping ------------------------------------------------------------------ */

bool
outbox_state(struct outbox *outbox, struct outbox_state *state, struct error *error)
{
    struct outbox_database *database = &outbox->database;
    bool good = outbox_enter(outbox, error);
    sqlite3_stmt *statement;
    bool found;

    *state = (struct outbox_state){0};
    if (!good) {
        return outbox_leave(outbox, false, error);
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
    return outbox_leave(outbox, good, error);
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
    bool good = outbox_enter(outbox, error) &&
                expire_events(database, before_s, error) &&
                run_before(database, ACKNOWLEDGEMENT_EXPIRE, before_s, error) &&
                run_before(database, STREAM_EXPIRE, outbox->newest.number, error);

    return outbox_leave(outbox, good, error);
}
