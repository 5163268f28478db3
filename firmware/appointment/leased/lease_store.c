#include "lease_store.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#define LOG_MODULE "lease"
#include "base/file.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/text.h"

#define ITEMS_BYTES (APPOINTMENT_ITEMS_MAX * (APPOINTMENT_ID_BYTES + 12))
/* A ticket that is handed in can be printed again for so long after its time. */
#define KEEP_SETTLED_S 3600

struct lease_store {
    sqlite3 *database;
    bool broken; /* what is in the file can't be read */
};

static const char schema[] = "PRAGMA journal_mode = WAL;"
                             "PRAGMA synchronous = FULL;"
                             "PRAGMA secure_delete = ON;"
                             "CREATE TABLE IF NOT EXISTS lease ("
                             "    one INTEGER PRIMARY KEY CHECK (one = 1),"
                             "    text TEXT NOT NULL, boot TEXT NOT NULL,"
                             "    steady_ms INTEGER NOT NULL, now INTEGER NOT NULL"
                             ");"
                             "CREATE TABLE IF NOT EXISTS used ("
                             "    id TEXT PRIMARY KEY, use INTEGER NOT NULL,"
                             "    key TEXT NOT NULL, code TEXT NOT NULL,"
                             "    location TEXT NOT NULL, start INTEGER NOT NULL,"
                             "    until INTEGER NOT NULL, name TEXT NOT NULL,"
                             "    items TEXT NOT NULL, check_in TEXT NOT NULL,"
                             "    sealed TEXT NOT NULL"
                             ") WITHOUT ROWID;";

static_assert(LEASE_GIVEN == 0 && LEASE_CANCELLED == 1 && LEASE_RETURNED == 2 &&
                  LEASE_SETTLED == 3,
              "uses are on disk, and in the statements of this file");

static bool
storage_error(struct lease_store *store, const char *what, struct error *error)
{
    int code = sqlite3_errcode(store->database) & 0xFF;

    /* SQLITE_ERROR: our statements are right, so the table is not ours. */
    store->broken = store->broken || code == SQLITE_CORRUPT || code == SQLITE_NOTADB ||
                    code == SQLITE_ERROR;
    return error_set(error, code == SQLITE_CONSTRAINT ? ERROR_TAKEN : ERROR_STORAGE,
                     "lease: %s: %s", what, sqlite3_errmsg(store->database));
}

/* --- statements ---------------------------------------------------------------- */

/* Few are run, and rarely: each is prepared when it is needed. */
static sqlite3_stmt *
prepare(struct lease_store *store, const char *text, struct error *error)
{
    sqlite3_stmt *statement = NULL;

    if (sqlite3_prepare_v2(store->database, text, -1, &statement, NULL) != SQLITE_OK) {
        storage_error(store, "prepare", error);
        return NULL;
    }
    return statement;
}

static void
bind_text(sqlite3_stmt *statement, int number, const char *text)
{
    sqlite3_bind_text(statement, number, text, -1, SQLITE_STATIC);
}

static bool
finish(struct lease_store *store, sqlite3_stmt *statement, const char *what,
       struct error *error)
{
    bool good = sqlite3_step(statement) == SQLITE_DONE;

    if (!good) {
        storage_error(store, what, error);
    }
    sqlite3_finalize(statement);
    return good;
}

static bool
run(struct lease_store *store, const char *text, struct error *error)
{
    return sqlite3_exec(store->database, text, NULL, NULL, NULL) == SQLITE_OK ||
           storage_error(store, text, error);
}

static const char *
column(sqlite3_stmt *statement, int number)
{
    const char *text = (const char *)sqlite3_column_text(statement, number);

    return text != NULL ? text : "";
}

/* --- opening ------------------------------------------------------------------- */

static bool
check(struct lease_store *store, struct error *error)
{
    sqlite3_stmt *statement = prepare(store, "PRAGMA quick_check(1)", error);
    bool good = statement != NULL;

    if (good && (sqlite3_step(statement) != SQLITE_ROW ||
                 !text_equal(column(statement, 0), "ok")))
    {
        store->broken = true;
        good = error_set(error, ERROR_STORAGE, "lease: is damaged");
    }
    sqlite3_finalize(statement);
    return good;
}

static bool
open_once(struct lease_store *store, const char *path, struct error *error)
{
    if (sqlite3_open(path, &store->database) != SQLITE_OK ||
        sqlite3_exec(store->database, schema, NULL, NULL, NULL) != SQLITE_OK)
    {
        return storage_error(store, "open database", error);
    }
    return check(store, error);
}

struct lease_store *
lease_store_open(const char *path, struct error *error)
{
    struct lease_store *store = memory_allocate(1, sizeof(*store));

    if (open_once(store, path, error)) {
        return store;
    }
    if (store->broken) {
        log_error("%s: %s", path, error->message);
        sqlite3_close(store->database);
        *store = (struct lease_store){0};
        if (file_set_aside(path, error) && open_once(store, path, error)) {
            return store;
        }
    }
    error_prefix(error, "%s", path);
    lease_store_close(store);
    return NULL;
}

void
lease_store_close(struct lease_store *store)
{
    if (store == NULL) {
        return;
    }
    sqlite3_close(store->database);
    free(store);
}

/* --- the lease ----------------------------------------------------------------- */

struct lease *
lease_store_read(struct lease_store *store, struct lease_anchor *anchor,
                 struct error *error)
{
    sqlite3_stmt *statement =
        prepare(store, "SELECT text, boot, steady_ms, now FROM lease", error);
    struct json *root;
    struct lease *lease = NULL;

    *anchor = (struct lease_anchor){0};
    error->kind = ERROR_NONE;
    if (statement != NULL && sqlite3_step(statement) == SQLITE_ROW) {
        const char *text = column(statement, 0);

        root = json_parse(text, strlen(text), error);
        lease = root != NULL ? lease_read(root, error) : NULL;
        text_copy(anchor->boot, sizeof(anchor->boot), column(statement, 1));
        anchor->steady_ms = sqlite3_column_int64(statement, 2);
        anchor->now = sqlite3_column_int64(statement, 3);
    }
    sqlite3_finalize(statement);
    return lease;
}

static bool
keep_lease(struct lease_store *store, const struct lease *lease,
           const struct lease_anchor *anchor, struct error *error)
{
    sqlite3_stmt *statement =
        prepare(store,
                "REPLACE INTO lease (one, text, boot, steady_ms, now)"
                " VALUES (1, ?, ?, ?, ?)",
                error);
    struct json_writer *writer;
    size_t length;
    bool good;

    if (statement == NULL) {
        return false;
    }
    writer = json_writer_create();
    json_write_copy(writer, lease->root);
    bind_text(statement, 1, json_writer_text(writer, &length));
    bind_text(statement, 2, anchor->boot);
    sqlite3_bind_int64(statement, 3, anchor->steady_ms);
    sqlite3_bind_int64(statement, 4, anchor->now);
    good = finish(store, statement, "keep", error);
    json_writer_destroy(writer);
    return good;
}

/* What was given out stays known until its time is past; the rest is done with. */
static bool
settle_one(struct lease_store *store, const struct lease_given *sent,
           struct error *error)
{
    sqlite3_stmt *statement =
        prepare(store,
                sent->use == LEASE_GIVEN
                    ? "UPDATE used SET use = 3, sealed = '' WHERE id = ? AND use = ?"
                    : "DELETE FROM used WHERE id = ? AND use = ?",
                error);

    if (statement == NULL) {
        return false;
    }
    bind_text(statement, 1, sent->appointment.id);
    sqlite3_bind_int(statement, 2, (int)sent->use);
    return finish(store, statement, "settle", error);
}

static bool
forget_past(struct lease_store *store, int64_t now, struct error *error)
{
    sqlite3_stmt *statement =
        prepare(store, "DELETE FROM used WHERE use = 3 AND until <= ?", error);

    if (statement == NULL) {
        return false;
    }
    sqlite3_bind_int64(statement, 1, now - KEEP_SETTLED_S);
    return finish(store, statement, "forget", error);
}

bool
lease_store_settle(struct lease_store *store, const struct lease *lease,
                   const struct lease_anchor *anchor, const struct lease_given *sent,
                   size_t count, struct error *error)
{
    struct error ignored;
    bool good = run(store, "BEGIN IMMEDIATE", error);

    if (!good) {
        return false;
    }
    for (size_t i = 0; i < count && good; i++) {
        good = settle_one(store, &sent[i], error);
    }
    if (good && keep_lease(store, lease, anchor, error) &&
        forget_past(store, anchor->now, error) && run(store, "COMMIT", error))
    {
        return true;
    }
    run(store, "ROLLBACK", &ignored);
    return false;
}

/* --- what was used ------------------------------------------------------------- */

static void
write_items(const struct appointment *appointment, char *target, size_t size)
{
    struct text text = text_begin(target, size);

    for (size_t i = 0; i < appointment->item_count; i++) {
        text_format(&text, "%s%s:%d", i > 0 ? " " : "", appointment->items[i].product,
                    appointment->items[i].persons);
    }
}

static void
read_items(struct appointment *appointment, const char *text)
{
    char *copy = memory_copy_text(text), *rest = copy, *word;

    while ((word = strtok_r(rest, " ", &rest)) != NULL &&
           appointment->item_count < APPOINTMENT_ITEMS_MAX)
    {
        struct appointment_item *item = &appointment->items[appointment->item_count++];
        char *colon = strrchr(word, ':');

        item->persons = colon != NULL ? atoi(colon + 1) : 1;
        if (colon != NULL) {
            *colon = '\0';
        }
        text_copy(item->product, sizeof(item->product), word);
    }
    free(copy);
}

#define COLUMNS                                                                        \
    "id, use, key, code, location, start, until, name, items, check_in, sealed"

static void
read_given(sqlite3_stmt *statement, struct lease_given *given)
{
    struct appointment *appointment = &given->appointment;

    memset(given, 0, sizeof(*given));
    text_copy(appointment->id, sizeof(appointment->id), column(statement, 0));
    given->use = (enum lease_use)sqlite3_column_int(statement, 1);
    text_copy(given->key, sizeof(given->key), column(statement, 2));
    text_copy(appointment->code, sizeof(appointment->code), column(statement, 3));
    text_copy(appointment->location, sizeof(appointment->location),
              column(statement, 4));
    appointment->start = sqlite3_column_int64(statement, 5);
    appointment->end = sqlite3_column_int64(statement, 6);
    text_copy(appointment->name, sizeof(appointment->name), column(statement, 7));
    read_items(appointment, column(statement, 8));
    text_copy(appointment->check_in, sizeof(appointment->check_in),
              column(statement, 9));
    text_copy(given->sealed, sizeof(given->sealed), column(statement, 10));
    appointment->state =
        given->use == LEASE_CANCELLED ? APPOINTMENT_CANCELLED : APPOINTMENT_BOOKED;
}

bool
lease_store_use(struct lease_store *store, const struct lease_given *given,
                struct error *error)
{
    const struct appointment *appointment = &given->appointment;
    char items[ITEMS_BYTES];
    sqlite3_stmt *statement = prepare(store,
                                      "INSERT INTO used (" COLUMNS ")"
                                      " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                                      error);

    if (statement == NULL) {
        return false;
    }
    write_items(appointment, items, sizeof(items));
    bind_text(statement, 1, appointment->id);
    sqlite3_bind_int(statement, 2, (int)given->use);
    bind_text(statement, 3, given->key);
    bind_text(statement, 4, appointment->code);
    bind_text(statement, 5, appointment->location);
    sqlite3_bind_int64(statement, 6, appointment->start);
    sqlite3_bind_int64(statement, 7, appointment->end);
    bind_text(statement, 8, appointment->name);
    bind_text(statement, 9, items);
    bind_text(statement, 10, appointment->check_in);
    bind_text(statement, 11, given->sealed);
    return finish(store, statement, "use", error);
}

bool
lease_store_cancel(struct lease_store *store, const char *slot, struct error *error)
{
    sqlite3_stmt *statement = prepare(
        store, "UPDATE used SET use = 1, sealed = '' WHERE id = ? AND use = 0", error);

    if (statement == NULL) {
        return false;
    }
    bind_text(statement, 1, slot);
    return finish(store, statement, "cancel", error);
}

bool
lease_store_list(struct lease_store *store, struct lease_given **list, size_t *count,
                 struct error *error)
{
    sqlite3_stmt *statement =
        prepare(store, "SELECT " COLUMNS " FROM used ORDER BY start, id", error);
    size_t room = 0;
    int step = SQLITE_ERROR;

    *list = NULL;
    *count = 0;
    while (statement != NULL && (step = sqlite3_step(statement)) == SQLITE_ROW) {
        if (*count == room) {
            room += 32;
            *list = memory_resize(*list, room, sizeof(**list));
        }
        read_given(statement, &(*list)[(*count)++]);
    }
    if (statement != NULL && step != SQLITE_DONE) {
        storage_error(store, "read", error);
    }
    sqlite3_finalize(statement);
    if (step != SQLITE_DONE) {
        free(*list);
        *list = NULL;
        *count = 0;
    }
    return step == SQLITE_DONE;
}

static bool
find(struct lease_store *store, const char *text, const char *value,
     struct lease_given *given, struct error *error)
{
    sqlite3_stmt *statement = prepare(store, text, error);
    int step;

    if (statement == NULL) {
        return false;
    }
    bind_text(statement, 1, value);
    step = sqlite3_step(statement);
    if (step == SQLITE_ROW) {
        read_given(statement, given);
    } else if (step == SQLITE_DONE) {
        error_set(error, ERROR_NOT_FOUND, "lease: nothing was given out with that");
    } else {
        storage_error(store, "find", error);
    }
    sqlite3_finalize(statement);
    return step == SQLITE_ROW;
}

bool
lease_store_by_key(struct lease_store *store, const char *key,
                   struct lease_given *given, struct error *error)
{
    return find(store, "SELECT " COLUMNS " FROM used WHERE key = ? AND key <> ''", key,
                given, error);
}

bool
lease_store_by_id(struct lease_store *store, const char *slot,
                  struct lease_given *given, struct error *error)
{
    return find(store, "SELECT " COLUMNS " FROM used WHERE id = ?", slot, given, error);
}
