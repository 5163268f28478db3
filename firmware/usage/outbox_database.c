#include "usage/outbox_database.h"

#include <assert.h>

#include "base/file.h"

#define LOG_MODULE "outbox"
#include "base/log.h"

#define SCHEMA_VERSION 1

/*
 * A stream's `number` orders streams by their beginning. `tail` is the chain's link at
 * `last`; an event keeps the link before it, so that a batch can start anywhere and
 * deleting old events loses nothing that is still needed. `visit_begun` is the time of
 * a visit that has not ended. `parked`: 0 no, 1 set aside, 2 set aside and reported.
 */
static const char schema[] =
    "CREATE TABLE stream ("
    "  number INTEGER PRIMARY KEY AUTOINCREMENT,"
    "  stream BLOB NOT NULL UNIQUE,"
    "  kiosk TEXT NOT NULL,"
    "  last INTEGER NOT NULL,"
    "  tail BLOB NOT NULL,"
    "  acknowledged INTEGER NOT NULL,"
    "  visit_begun INTEGER,"
    "  parked INTEGER NOT NULL) STRICT;"
    "CREATE TABLE event ("
    "  stream INTEGER NOT NULL,"
    "  sequence INTEGER NOT NULL,"
    "  before BLOB NOT NULL,"
    "  text TEXT NOT NULL,"
    "  PRIMARY KEY (stream, sequence)) STRICT, WITHOUT ROWID;"
    /* When which mark was reached: what is to go is what was acknowledged long ago. */
    "CREATE TABLE acknowledgement ("
    "  stream INTEGER NOT NULL,"
    "  through INTEGER NOT NULL,"
    "  at INTEGER NOT NULL,"
    "  PRIMARY KEY (stream, through)) STRICT, WITHOUT ROWID;"
    "PRAGMA user_version = 1;";
static_assert(SCHEMA_VERSION == 1, "the schema sets its version");

/* Came later than the tables above, and needs none of them. */
static const char receipts[] =
    "CREATE TABLE IF NOT EXISTS receipt (key TEXT PRIMARY KEY) STRICT, WITHOUT ROWID";

#define STREAM_COLUMNS                                                                 \
    "number, stream, kiosk, last, tail, acknowledged, visit_begun, parked"

static const char *const statement_texts[] = {
    [CHANGE_BEGIN] = "BEGIN IMMEDIATE",
    [CHANGE_COMMIT] = "COMMIT",
    [STREAM_INSERT] = "INSERT INTO stream (stream, kiosk, last, tail, acknowledged,"
                      " visit_begun, parked) VALUES (?, ?, 0, ?, 0, NULL, 0)",
    [STREAM_APPENDED] =
        "UPDATE stream SET last = ?, tail = ?, visit_begun = ? WHERE number = ?",
    [STREAM_CUT_OFF] = "SELECT " STREAM_COLUMNS " FROM stream"
                       " WHERE visit_begun IS NOT NULL AND parked = 0 LIMIT 1",
    [STREAM_WAITING] = "SELECT " STREAM_COLUMNS " FROM stream"
                       " WHERE acknowledged < last AND parked = 0"
                       " ORDER BY number <= ?, number LIMIT 1",
    [STREAM_BY_BYTES] = "SELECT " STREAM_COLUMNS " FROM stream WHERE stream = ?",
    [STREAM_MARK] = "UPDATE stream SET acknowledged = ? WHERE number = ?",
    [STREAM_PARK] = "UPDATE stream SET parked = ?, visit_begun = NULL WHERE number = ?",
    [STREAM_PARKED] = "SELECT " STREAM_COLUMNS " FROM stream WHERE parked = 1"
                      " ORDER BY number LIMIT 1",
    [STREAM_MARKS] = "SELECT number, stream, acknowledged FROM stream"
                     " WHERE number > ? AND acknowledged > 0 AND parked = 0"
                     " ORDER BY number LIMIT ?",
    [STREAM_EXPIRE] = "DELETE FROM stream WHERE number <> ? AND visit_begun IS NULL"
                      " AND (parked = 2 OR acknowledged >= last) AND NOT EXISTS"
                      " (SELECT 1 FROM event WHERE event.stream = stream.number)",
    [EVENT_INSERT] =
        "INSERT INTO event (stream, sequence, before, text) VALUES (?, ?, ?, ?)",
    [EVENT_AFTER] = "SELECT sequence, before, text FROM event"
                    " WHERE stream = ? AND sequence > ? ORDER BY sequence LIMIT ?",
    [EVENT_AT] = "SELECT before, text FROM event WHERE stream = ? AND sequence = ?",
    [EVENT_COUNTS] =
        "SELECT count(*) FILTER (WHERE parked = 0), count(*) FILTER (WHERE parked <> 0)"
        " FROM event JOIN stream ON stream.number = event.stream"
        " WHERE event.sequence > stream.acknowledged",
    [EVENT_EXPIRE] = "DELETE FROM event WHERE stream = ? AND sequence <= ?",
    [ACKNOWLEDGEMENT_INSERT] =
        "INSERT OR REPLACE INTO acknowledgement (stream, through, at) VALUES (?, ?, ?)",
    [ACKNOWLEDGEMENT_OLD] = "SELECT stream, max(through) FROM acknowledgement"
                            " WHERE at < ? GROUP BY stream",
    [ACKNOWLEDGEMENT_FORGET] =
        "DELETE FROM acknowledgement WHERE stream = ? AND through >= ?",
    [ACKNOWLEDGEMENT_EXPIRE] = "DELETE FROM acknowledgement WHERE at < ?",
    [RECEIPT_INSERT] = "INSERT OR IGNORE INTO receipt (key) VALUES (?)",
    [RECEIPT_AT] = "SELECT 1 FROM receipt WHERE key = ?",
    [RECEIPT_FORGET] = "DELETE FROM receipt",
    [FILE_BYTES] = "SELECT page_count * page_size FROM pragma_page_count(),"
                   " pragma_page_size()",
};
static_assert(sizeof(statement_texts) / sizeof(statement_texts[0]) ==
                  OUTBOX_STATEMENT_COUNT,
              "every statement has a text");

bool
outbox_database_error(struct outbox_database *database, const char *doing,
                      struct error *error)
{
    int code = database->sqlite != NULL ? sqlite3_errcode(database->sqlite) : 0;

    /* SQLITE_ERROR: our statements are right, so the tables are not ours. */
    if ((code & 0xFF) == SQLITE_CORRUPT || (code & 0xFF) == SQLITE_NOTADB ||
        code == SQLITE_ERROR)
    {
        database->broken = true;
    }
    return error_set(error, ERROR_STORAGE, "%s: %s", doing,
                     database->sqlite != NULL ? sqlite3_errmsg(database->sqlite)
                                              : "no memory");
}

static bool
execute(struct outbox_database *database, const char *text, struct error *error)
{
    return sqlite3_exec(database->sqlite, text, NULL, NULL, NULL) == SQLITE_OK ||
           outbox_database_error(database, text, error);
}

static bool
read_version(struct outbox_database *database, int *version, struct error *error)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(database->sqlite, "PRAGMA user_version", -1, &statement,
                           NULL) != SQLITE_OK ||
        sqlite3_step(statement) != SQLITE_ROW)
    {
        sqlite3_finalize(statement);
        return outbox_database_error(database, "read version", error);
    }
    *version = sqlite3_column_int(statement, 0);
    sqlite3_finalize(statement);
    return true;
}

/* Takes the lock for as long as the file is open, and makes the tables in a new file.
 */
static bool
prepare_file(struct outbox_database *database, struct error *error)
{
    int version = 0;

    if (!execute(database, "PRAGMA locking_mode = EXCLUSIVE", error) ||
        !execute(database, "PRAGMA journal_mode = WAL", error) ||
        !execute(database, "PRAGMA synchronous = FULL", error) ||
        !execute(database, "PRAGMA journal_size_limit = 4194304", error) ||
        !execute(database, "BEGIN IMMEDIATE", error) ||
        !read_version(database, &version, error))
    {
        return false;
    }
    if (version == 0 &&
        sqlite3_exec(database->sqlite, schema, NULL, NULL, NULL) != SQLITE_OK)
    {
        return outbox_database_error(database, "make tables", error);
    }
    if (version != 0 && version != SCHEMA_VERSION) {
        database->broken = true;
        return error_set(error, ERROR_STORAGE, "version %d is not known", version);
    }
    return execute(database, receipts, error) && execute(database, "COMMIT", error);
}

static bool
prepare_statements(struct outbox_database *database, struct error *error)
{
    for (int i = 0; i < OUTBOX_STATEMENT_COUNT; i++) {
        if (sqlite3_prepare_v3(database->sqlite, statement_texts[i], -1,
                               SQLITE_PREPARE_PERSISTENT, &database->statements[i],
                               NULL) != SQLITE_OK)
        {
            return outbox_database_error(database, "prepare", error);
        }
    }
    return true;
}

static bool
open_once(struct outbox_database *database, const char *path, struct error *error)
{
    *database = (struct outbox_database){0};
    if (sqlite3_open_v2(path, &database->sqlite,
                        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE |
                            SQLITE_OPEN_NOMUTEX,
                        NULL) != SQLITE_OK)
    {
        return outbox_database_error(database, "open database", error);
    }
    return prepare_file(database, error) && prepare_statements(database, error);
}

void
outbox_database_close(struct outbox_database *database)
{
    for (int i = 0; i < OUTBOX_STATEMENT_COUNT; i++) {
        sqlite3_finalize(database->statements[i]);
        database->statements[i] = NULL;
    }
    sqlite3_close(database->sqlite);
    database->sqlite = NULL;
}

bool
outbox_database_renew(struct outbox_database *database, const char *path,
                      struct error *error)
{
    outbox_database_close(database);
    if (file_set_aside(path, error) && open_once(database, path, error)) {
        return true;
    }
    outbox_database_close(database);
    database->broken = true; /* tried again at the next use */
    return false;
}

bool
outbox_database_open(struct outbox_database *database, const char *path,
                     struct error *error)
{
    if (open_once(database, path, error)) {
        return true;
    }
    if (database->broken) {
        log_error("%s: %s", path, error->message);
        return outbox_database_renew(database, path, error);
    }
    outbox_database_close(database);
    return false;
}

bool
outbox_database_begin(struct outbox_database *database, struct error *error)
{
    return outbox_database_run(database, outbox_database_use(database, CHANGE_BEGIN),
                               error);
}

bool
outbox_database_end(struct outbox_database *database, bool good, struct error *error)
{
    if (good && outbox_database_run(
                    database, outbox_database_use(database, CHANGE_COMMIT), error))
    {
        return true;
    }
    for (int i = 0; i < OUTBOX_STATEMENT_COUNT; i++) {
        sqlite3_reset(database->statements[i]);
    }
    /* After some errors SQLite has rolled back already; then this says so in vain. */
    sqlite3_exec(database->sqlite, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

sqlite3_stmt *
outbox_database_use(struct outbox_database *database, enum outbox_statement statement)
{
    sqlite3_stmt *prepared = database->statements[statement];

    sqlite3_reset(prepared);
    sqlite3_clear_bindings(prepared);
    return prepared;
}

bool
outbox_database_row(struct outbox_database *database, sqlite3_stmt *statement,
                    bool *found, struct error *error)
{
    int result = sqlite3_step(statement);

    *found = result == SQLITE_ROW;
    if (result == SQLITE_ROW) {
        return true;
    }
    if (result != SQLITE_DONE) {
        outbox_database_error(database, "read", error);
    }
    sqlite3_reset(statement);
    return result == SQLITE_DONE;
}

bool
outbox_database_run(struct outbox_database *database, sqlite3_stmt *statement,
                    struct error *error)
{
    int result = sqlite3_step(statement);

    if (result != SQLITE_DONE) {
        outbox_database_error(database, "write", error);
    }
    sqlite3_reset(statement);
    return result == SQLITE_DONE;
}
