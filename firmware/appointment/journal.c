#include "appointment/journal.h"

#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#define LOG_MODULE "journal"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"

struct journal {
    sqlite3 *database;
    sqlite3_stmt *begin, *end, *list;
    bool broken; /* what is in the file can't be read */
};

static const char schema[] = "PRAGMA journal_mode = WAL;"
                             "PRAGMA synchronous = FULL;"
                             "CREATE TABLE IF NOT EXISTS booking ("
                             "    key TEXT PRIMARY KEY, begun INTEGER NOT NULL"
                             ") WITHOUT ROWID;";

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
           prepare(journal, "DELETE FROM booking WHERE key = ?", &journal->end,
                   error) &&
           prepare(journal, "SELECT key, begun FROM booking ORDER BY begun, key",
                   &journal->list, error);
}

static void
close_database(struct journal *journal)
{
    sqlite3_finalize(journal->begin);
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
journal_end(struct journal *journal, const char *key, struct error *error)
{
    sqlite3_bind_text(journal->end, 1, key, -1, SQLITE_STATIC);
    return run(journal, journal->end, "end", error);
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

    if (operations->find_key == NULL) {
        log_warning("a booking was cut off, and %s can't be asked about it",
                    client->name);
        return true;
    }
    if (operations->release != NULL && !operations->release(client->maker, key, error))
    {
        return false;
    }
    if (!operations->find_key(client->maker, key, &appointment, error)) {
        return error->kind == ERROR_NOT_FOUND;
    }
    if (appointment.state == APPOINTMENT_CANCELLED) {
        return true;
    }
    if (!operations->cancel(client->maker, appointment.id, error)) {
        return error->kind == ERROR_NOT_FOUND;
    }
    (*cancelled)++;
    return true;
}

bool
journal_settle(struct journal *journal, struct appointment_client *client,
               size_t *cancelled, struct error *error)
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

        if (settle_key(client, list[i].key, cancelled, &problem) &&
            journal_end(journal, list[i].key, &problem))
        {
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
