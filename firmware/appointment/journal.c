#include "appointment/journal.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#define LOG_MODULE "journal"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

struct journal {
    sqlite3 *database;
    sqlite3_stmt *begin, *booked, *unknown, *end, *list;
    bool broken; /* what is in the file can't be read */
};

static const char schema[] = "PRAGMA journal_mode = WAL;"
                             "PRAGMA synchronous = FULL;"
                             "CREATE TABLE IF NOT EXISTS booking ("
                             "    key TEXT PRIMARY KEY, begun INTEGER NOT NULL"
                             ") WITHOUT ROWID;"
                             /* Apart, since a journal of before knows no ids. */
                             "CREATE TABLE IF NOT EXISTS booked ("
                             "    key TEXT PRIMARY KEY, id TEXT NOT NULL"
                             ") WITHOUT ROWID;"
                             "CREATE TABLE IF NOT EXISTS unknown ("
                             "    key TEXT PRIMARY KEY, begun INTEGER NOT NULL"
                             ") WITHOUT ROWID;"
                             "CREATE TRIGGER IF NOT EXISTS ended"
                             "    AFTER DELETE ON booking BEGIN"
                             "    DELETE FROM booked WHERE key = old.key; END;";

static bool
storage_error(struct journal *journal, const char *what, struct error *error)
{
    int code = sqlite3_errcode(journal->database) & 0xFF;

    /* SQLITE_ERROR: our statements are right, so the table is not ours. */
    journal->broken = journal->broken || code == SQLITE_CORRUPT ||
                      code == SQLITE_NOTADB || code == SQLITE_ERROR;
    return error_set(error, ERROR_STORAGE, "journal: %s: %s", what,
                     sqlite3_errmsg(journal->database));
}

static bool
prepare(struct journal *journal, const char *text, sqlite3_stmt **statement,
        struct error *error)
{
    if (sqlite3_prepare_v2(journal->database, text, -1, statement, NULL) != SQLITE_OK) {
        return storage_error(journal, text, error);
    }
    return true;
}

/* A small file: looking it through costs nothing, and later would be too late. */
static bool
check(struct journal *journal, struct error *error)
{
    sqlite3_stmt *statement;
    bool good = prepare(journal, "PRAGMA quick_check(1)", &statement, error);

    if (good && (sqlite3_step(statement) != SQLITE_ROW ||
                 !text_equal((const char *)sqlite3_column_text(statement, 0), "ok")))
    {
        journal->broken = true;
        good = error_set(error, ERROR_STORAGE, "journal: is damaged");
    }
    sqlite3_finalize(statement);
    return good;
}

static bool
open_once(struct journal *journal, const char *path, struct error *error)
{
    if (sqlite3_open(path, &journal->database) != SQLITE_OK ||
        sqlite3_exec(journal->database, schema, NULL, NULL, NULL) != SQLITE_OK)
    {
        return storage_error(journal, "open database", error);
    }
    return check(journal, error) &&
           prepare(journal, "INSERT OR IGNORE INTO booking (key, begun) VALUES (?, ?)",
                   &journal->begin, error) &&
           prepare(journal, "REPLACE INTO booked (key, id) VALUES (?, ?)",
                   &journal->booked, error) &&
           prepare(journal,
                   "INSERT OR IGNORE INTO unknown (key, begun)"
                   " SELECT key, begun FROM booking WHERE key = ?",
                   &journal->unknown, error) &&
           prepare(journal, "DELETE FROM booking WHERE key = ?", &journal->end,
                   error) &&
           prepare(journal,
                   "SELECT key, begun, coalesce(id, '') FROM booking"
                   " LEFT JOIN booked USING (key) ORDER BY begun, key",
                   &journal->list, error);
}

static void
close_database(struct journal *journal)
{
    sqlite3_finalize(journal->begin);
    sqlite3_finalize(journal->booked);
    sqlite3_finalize(journal->unknown);
    sqlite3_finalize(journal->end);
    sqlite3_finalize(journal->list);
    sqlite3_close(journal->database);
    *journal = (struct journal){0};
}

struct journal *
journal_open(const char *path, struct error *error)
{
    struct journal *journal = memory_allocate(1, sizeof(*journal));

    if (open_once(journal, path, error)) {
        return journal;
    }
    if (journal->broken) {
        log_error("%s: %s", path, error->message);
        close_database(journal);
        if (file_set_aside(path, error) && open_once(journal, path, error)) {
            return journal;
        }
    }
    error_prefix(error, "%s", path);
    journal_close(journal);
    return NULL;
}

void
journal_close(struct journal *journal)
{
    if (journal == NULL) {
        return;
    }
    close_database(journal);
    free(journal);
}

static bool
run(struct journal *journal, sqlite3_stmt *statement, const char *what,
    struct error *error)
{
    bool good = sqlite3_step(statement) == SQLITE_DONE;

    if (!good) {
        storage_error(journal, what, error);
    }
    sqlite3_reset(statement);
    sqlite3_clear_bindings(statement);
    return good;
}

bool
journal_begin(struct journal *journal, const char *key, int64_t now_s,
              struct error *error)
{
    sqlite3_bind_text(journal->begin, 1, key, -1, SQLITE_STATIC);
    sqlite3_bind_int64(journal->begin, 2, now_s);
    return run(journal, journal->begin, "begin", error);
}

bool
journal_booked(struct journal *journal, const char *key, const char *id,
               struct error *error)
{
    sqlite3_bind_text(journal->booked, 1, key, -1, SQLITE_STATIC);
    sqlite3_bind_text(journal->booked, 2, id, -1, SQLITE_STATIC);
    return run(journal, journal->booked, "booked", error);
}

bool
journal_end(struct journal *journal, const char *key, struct error *error)
{
    sqlite3_bind_text(journal->end, 1, key, -1, SQLITE_STATIC);
    return run(journal, journal->end, "end", error);
}

/* In this order: what power cuts off between the two is done again. */
bool
journal_end_unknown(struct journal *journal, const char *key, struct error *error)
{
    sqlite3_bind_text(journal->unknown, 1, key, -1, SQLITE_STATIC);
    return run(journal, journal->unknown, "unknown", error) &&
           journal_end(journal, key, error);
}

bool
journal_count_unknown(struct journal *journal, size_t *count, struct error *error)
{
    sqlite3_stmt *statement;
    bool good = prepare(journal, "SELECT count(*) FROM unknown", &statement, error) &&
                (sqlite3_step(statement) == SQLITE_ROW ||
                 storage_error(journal, "count", error));

    *count = good ? (size_t)sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    return good;
}

bool
journal_open_keys(struct journal *journal, struct journal_entry **list, size_t *count,
                  struct error *error)
{
    int step;

    *list = NULL;
    *count = 0;
    while ((step = sqlite3_step(journal->list)) == SQLITE_ROW) {
        struct journal_entry *entry;

        *list = memory_resize(*list, *count + 1, sizeof(**list));
        entry = &(*list)[(*count)++];
        text_copy(entry->key, sizeof(entry->key),
                  (const char *)sqlite3_column_text(journal->list, 0));
        entry->begun = sqlite3_column_int64(journal->list, 1);
        text_copy(entry->id, sizeof(entry->id),
                  (const char *)sqlite3_column_text(journal->list, 2));
    }
    if (step != SQLITE_DONE) {
        storage_error(journal, "read", error);
        free(*list);
        *list = NULL;
        *count = 0;
    }
    sqlite3_reset(journal->list);
    return step == SQLITE_DONE;
}

static bool
cancel(const struct appointment_client *client, const struct appointment *appointment,
       size_t *cancelled, struct error *error)
{
    if (appointment->state == APPOINTMENT_CANCELLED) {
        return true;
    }
    if (!client->operations->cancel(client->maker, appointment->id, error)) {
        return error->kind == ERROR_NOT_FOUND;
    }
    (*cancelled)++;
    return true;
}

/*
 * The key is given up before it is asked for: a request that was still on its way
 * when the kiosk went down can then no longer book behind our back.
 */
static bool
settle_key(const struct appointment_client *client, const char *key, size_t *cancelled,
           struct error *error)
{
    const struct appointment_operations *operations = client->operations;
    struct appointment appointment;

    if (operations->release != NULL && !operations->release(client->maker, key, error))
    {
        return false;
    }
    if (!operations->find_key(client->maker, key, &appointment, error)) {
        return error->kind == ERROR_NOT_FOUND;
    }
    return cancel(client, &appointment, cancelled, error);
}

/* Looked up first: to cancel what is gone already is an error in some systems. */
static bool
settle_id(const struct appointment_client *client, const char *id, size_t *cancelled,
          struct error *error)
{
    struct appointment appointment;

    if (!client->operations->show(client->maker, id, &appointment, error)) {
        return error->kind == ERROR_NOT_FOUND;
    }
    return cancel(client, &appointment, cancelled, error);
}

static bool
settle_unknown(struct journal *journal, const struct appointment_client *client,
               const struct journal_entry *entry, struct error *error)
{
    char begun[TIME_TEXT_BYTES];
    size_t count;

    if (!journal_end_unknown(journal, entry->key, error) ||
        !journal_count_unknown(journal, &count, error))
    {
        return false;
    }
    instant_format(NULL, entry->begun, begun);
    log_warning("of a booking sent at %s it is not known whether it stands, and %s "
                "doesn't tell (%zu so far)",
                begun, client->name, count);
    return true;
}

/* A no of a day is an answer; nobody there, or one that was lost, is none. */
static bool
is_final(const struct journal_entry *entry, int64_t now_s, const struct error *error)
{
    return (error->kind == ERROR_REFUSED || error->kind == ERROR_BAD_INPUT) &&
           now_s - entry->begun >= JOURNAL_PATIENCE_S;
}

static bool
settle_entry(struct journal *journal, const struct appointment_client *client,
             const struct journal_entry *entry, int64_t now_s, size_t *cancelled,
             struct error *error)
{
    bool keys = client->operations->find_key != NULL;

    if (!keys && entry->id[0] == '\0') {
        return settle_unknown(journal, client, entry, error);
    }
    if (keys ? settle_key(client, entry->key, cancelled, error)
             : settle_id(client, entry->id, cancelled, error))
    {
        return journal_end(journal, entry->key, error);
    }
    return is_final(entry, now_s, error) &&
           settle_unknown(journal, client, entry, error);
}

bool
journal_settle(struct journal *journal, struct appointment_client *client,
               int64_t now_s, size_t *cancelled, struct error *error)
{
    struct journal_entry *list;
    size_t count;
    bool all = true;

    *cancelled = 0;
    if (!journal_open_keys(journal, &list, &count, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct error problem = {.kind = ERROR_NONE};

        if (settle_entry(journal, client, &list[i], now_s, cancelled, &problem)) {
            continue;
        }
        if (all) {
            *error = problem;
        }
        all = false;
        if (problem.kind == ERROR_OFFLINE) {
            break; /* nobody is there for the others either */
        }
    }
    free(list);
    return all;
}
