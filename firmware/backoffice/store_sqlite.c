#include "backoffice/store.h"

#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "backoffice/sql.h"
#include "backoffice/store_schema.h"
#include "backoffice/store_session.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

#define LOG_MODULE "store"
#include "base/log.h"

/*
 * One thread writes; those who want to write queue their work and wait. The thread
 * takes all that waits, runs each in a savepoint and commits once. Readers have
 * connections of their own and see the last commit. Checkpoints run on another
 * connection, so that no commit has to wait for one.
 */

#define READERS 16 /* as many as the server has threads */
/* Another process (loketzuilctl) may hold the write lock for a moment. */
#define BUSY_MS 10000
/* So many jobs share a commit at most: bounds how long the first one waits. */
#define GROUP_MAX 64
#define CHECKPOINT_PAGES 1000
/* Emptying the log waits so long for readers, and keeps writers waiting with it. */
#define CHECKPOINT_BUSY_MS 500
/*
 * Personal data must really go: what is deleted is overwritten (store_scrub() sees to
 * the log), and no temporary file ever holds a page.
 */
#define WRITER_PRAGMAS                                                                 \
    "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"                            \
    "PRAGMA wal_autocheckpoint = 0; PRAGMA foreign_keys = ON;"                         \
    "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY"

struct job {
    store_work work;
    void *data;
    struct error *error;
    bool done, good;
    struct job *next;
};

struct store {
    char *path;
    int64_t (*clock)(void);
    struct store_session writer;
    struct store_session readers[READERS];
    sqlite3 *checkpointer;
    pthread_mutex_t checkpoint_lock; /* of the checkpointer */

    pthread_mutex_t lock;
    pthread_cond_t work_came, work_done, reader_free, wal_grew;
    struct job *first, **last;
    int wal_pages;
    bool stopping;
    pthread_t write_thread, checkpoint_thread;
    bool write_runs, checkpoint_runs;
};

int64_t
store_now(const struct store_session *session)
{
    return session->now_s;
}

/* --- connections ---------------------------------------------------------------- */

static bool
database_error(sqlite3 *database, const char *what, struct error *error)
{
    return error_set(error, ERROR_STORAGE, "%s: %s", what, sqlite3_errmsg(database));
}

static bool
run_text(sqlite3 *database, const char *text, struct error *error)
{
    return sqlite3_exec(database, text, NULL, NULL, NULL) == SQLITE_OK ||
           database_error(database, text, error);
}

static bool
connect(sqlite3 **database, const char *path, const char *pragmas, int busy_ms,
        struct error *error)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX |
                SQLITE_OPEN_EXRESCODE;

    if (sqlite3_open_v2(path, database, flags, NULL) != SQLITE_OK) {
        return *database == NULL
                   ? error_set(error, ERROR_STORAGE, "open: out of memory")
                   : database_error(*database, "open", error);
    }
    sqlite3_busy_timeout(*database, busy_ms);
    return run_text(*database, pragmas, error);
}

static void
disconnect(struct store_session *session)
{
    for (size_t i = 0; i < session->statement_count; i++) {
        sqlite3_finalize(session->statements[i].statement);
    }
    sqlite3_close(session->database);
}

/* --- schema --------------------------------------------------------------------- */

static int
schema_version(struct store_session *session, struct error *error)
{
    struct sql *sql = sql_begin(session, "PRAGMA user_version");
    int version = sql_step(sql) ? (int)sql_integer(sql, 0) : -1;

    return sql_end(sql, error) ? version : -1;
}

/* All steps that are missing, in one transaction: a cut leaves the old schema. */
static bool
schema_update(struct store_session *session, struct error *error)
{
    int version;
    char pragma[64];
    struct text text = text_begin(pragma, sizeof(pragma));

    if (!run_text(session->database, "BEGIN IMMEDIATE", error)) {
        return false;
    }
    version = schema_version(session, error);
    if (version < 0) {
        goto fail;
    }
    if (version > store_schema_count) {
        error_set(error, ERROR_STORAGE,
                  "the database has version %d, this program knows up to %d: "
                  "use the newer program",
                  version, store_schema_count);
        goto fail;
    }
    for (int i = version; i < store_schema_count; i++) {
        if (!run_text(session->database, store_schema[i], error)) {
            goto fail;
        }
    }
    text_format(&text, "PRAGMA user_version = %d", store_schema_count);
    if (!run_text(session->database, pragma, error) ||
        !run_text(session->database, "COMMIT", error))
    {
        goto fail;
    }
    return true;

fail:
    sqlite3_exec(session->database, "ROLLBACK", NULL, NULL, NULL);
    return false;
}

/* --- writing -------------------------------------------------------------------- */

/* Runs one job in its savepoint. False: the whole transaction is gone. */
static bool
job_run(struct store *store, struct job *job)
{
    struct store_session *writer = &store->writer;

    if (!sql_run(writer, "SAVEPOINT job", job->error)) {
        return false;
    }
    job->good = job->work(writer, job->data, job->error);
    if (!job->good) {
        struct error ignored; /* the job's own error is the one to tell */

        if (sqlite3_get_autocommit(writer->database) != 0 ||
            !sql_run(writer, "ROLLBACK TO job", &ignored))
        {
            return false;
        }
    }
    return sql_run(writer, "RELEASE job", job->error);
}

static void
group_fail(struct job *group, const struct error *error)
{
    for (struct job *job = group; job != NULL; job = job->next) {
        if (job->good || job->error->kind == ERROR_NONE) {
            *job->error = *error;
        }
        job->good = false;
    }
}

/* Runs and commits jobs that waited together. */
static void
group_run(struct store *store, struct job *group)
{
    struct store_session *writer = &store->writer;
    struct error error = {0};

    writer->now_s = store->clock();
    if (!sql_run(writer, "BEGIN IMMEDIATE", &error)) {
        group_fail(group, &error);
        return;
    }
    for (struct job *job = group; job != NULL; job = job->next) {
        if (!job_run(store, job)) {
            error_set(&error, ERROR_STORAGE, "transaction lost: %s",
                      sqlite3_errmsg(writer->database));
            goto fail;
        }
    }
    if (!sql_run(writer, "COMMIT", &error)) {
        goto fail;
    }
    return;

fail:
    error.kind = ERROR_STORAGE;
    if (sqlite3_get_autocommit(writer->database) == 0) {
        struct error ignored;

        sql_run(writer, "ROLLBACK", &ignored);
    }
    group_fail(group, &error);
}

/* Takes up to GROUP_MAX waiting jobs off the queue. With the lock. */
static struct job *
group_take(struct store *store)
{
    struct job *group = store->first;
    struct job **end = &group;

    for (int i = 0; i < GROUP_MAX && *end != NULL; i++) {
        end = &(*end)->next;
    }
    store->first = *end;
    if (*end == NULL) {
        store->last = &store->first;
    }
    *end = NULL;
    return group;
}

static void *
write_thread(void *data)
{
    struct store *store = data;

    pthread_mutex_lock(&store->lock);
    while (true) {
        struct job *group;

        while (store->first == NULL && !store->stopping) {
            pthread_cond_wait(&store->work_came, &store->lock);
        }
        if (store->first == NULL) {
            break;
        }
        group = group_take(store);
        pthread_mutex_unlock(&store->lock);
        group_run(store, group);
        pthread_mutex_lock(&store->lock);
        while (group != NULL) {
            struct job *next = group->next;

            group->done = true; /* its owner may take it away from here on */
            group = next;
        }
        pthread_cond_broadcast(&store->work_done);
    }
    pthread_mutex_unlock(&store->lock);
    return NULL;
}

bool
store_write(struct store *store, store_work work, void *data, struct error *error)
{
    struct job job = {.work = work, .data = data, .error = error};

    error->kind = ERROR_NONE;
    pthread_mutex_lock(&store->lock);
    *store->last = &job;
    store->last = &job.next;
    pthread_cond_signal(&store->work_came);
    while (!job.done) {
        pthread_cond_wait(&store->work_done, &store->lock);
    }
    pthread_mutex_unlock(&store->lock);
    return job.good;
}

/* --- reading -------------------------------------------------------------------- */

static struct store_session *
reader_take(struct store *store)
{
    struct store_session *reader = NULL;

    pthread_mutex_lock(&store->lock);
    while (reader == NULL) {
        for (size_t i = 0; i < READERS && reader == NULL; i++) {
            if (!store->readers[i].taken) {
                reader = &store->readers[i];
            }
        }
        if (reader == NULL) {
            pthread_cond_wait(&store->reader_free, &store->lock);
        }
    }
    reader->taken = true;
    pthread_mutex_unlock(&store->lock);
    return reader;
}

bool
store_read(struct store *store, store_work work, void *data, struct error *error)
{
    struct store_session *reader = reader_take(store);
    struct error ignored;
    bool good = true;

    error->kind = ERROR_NONE;
    if (reader->database == NULL) {
        good = connect(&reader->database, store->path, "PRAGMA query_only = 1", BUSY_MS,
                       error);
        if (!good) {
            sqlite3_close(reader->database);
            reader->database = NULL;
        }
    }
    if (good) {
        reader->now_s = store->clock();
        good = sql_run(reader, "BEGIN", error) && work(reader, data, error);
        sql_run(reader, "ROLLBACK", &ignored);
    }
    pthread_mutex_lock(&store->lock);
    reader->taken = false;
    pthread_cond_signal(&store->reader_free);
    pthread_mutex_unlock(&store->lock);
    return good;
}

/* --- checkpoints ---------------------------------------------------------------- */

static int
note_wal(void *data, sqlite3 *database, const char *name, int pages)
{
    struct store *store = data;

    (void)database;
    (void)name;
    pthread_mutex_lock(&store->lock);
    store->wal_pages = pages;
    if (pages >= CHECKPOINT_PAGES) {
        pthread_cond_signal(&store->wal_grew);
    }
    pthread_mutex_unlock(&store->lock);
    return SQLITE_OK;
}

static bool
checkpoint(struct store *store, int mode)
{
    return sqlite3_wal_checkpoint_v2(store->checkpointer, NULL, mode, NULL, NULL) ==
           SQLITE_OK;
}

/* Nearly all is moved before the part that writers have to wait for. */
bool
store_scrub(struct store *store, struct error *error)
{
    bool good;

    pthread_mutex_lock(&store->checkpoint_lock);
    good = checkpoint(store, SQLITE_CHECKPOINT_PASSIVE) &&
           checkpoint(store, SQLITE_CHECKPOINT_TRUNCATE);
    if (!good) {
        database_error(store->checkpointer, "empty the log", error);
    }
    pthread_mutex_unlock(&store->checkpoint_lock);
    return good;
}

static void *
checkpoint_thread(void *data)
{
    struct store *store = data;

    pthread_mutex_lock(&store->lock);
    while (!store->stopping) {
        if (store->wal_pages < CHECKPOINT_PAGES) {
            pthread_cond_wait(&store->wal_grew, &store->lock);
            continue;
        }
        store->wal_pages = 0;
        pthread_mutex_unlock(&store->lock);
        pthread_mutex_lock(&store->checkpoint_lock);
        checkpoint(store, SQLITE_CHECKPOINT_PASSIVE);
        pthread_mutex_unlock(&store->checkpoint_lock);
        pthread_mutex_lock(&store->lock);
    }
    pthread_mutex_unlock(&store->lock);
    return NULL;
}

/* --- life ----------------------------------------------------------------------- */

static bool
start_threads(struct store *store, struct error *error)
{
    store->write_runs =
        pthread_create(&store->write_thread, NULL, write_thread, store) == 0;
    store->checkpoint_runs =
        store->write_runs &&
        pthread_create(&store->checkpoint_thread, NULL, checkpoint_thread, store) == 0;
    return store->checkpoint_runs ||
           error_set(error, ERROR_STORAGE, "cannot start a thread");
}

struct store *
store_open(const char *path, int64_t (*clock)(void), struct error *error)
{
    struct store *store = memory_allocate(1, sizeof(*store));

    store->path = memory_copy_text(path);
    store->clock = clock != NULL ? clock : time_now_s;
    store->last = &store->first;
    pthread_mutex_init(&store->lock, NULL);
    pthread_mutex_init(&store->checkpoint_lock, NULL);
    pthread_cond_init(&store->work_came, NULL);
    pthread_cond_init(&store->work_done, NULL);
    pthread_cond_init(&store->reader_free, NULL);
    pthread_cond_init(&store->wal_grew, NULL);
    if (!connect(&store->writer.database, path, WRITER_PRAGMAS, BUSY_MS, error) ||
        !schema_update(&store->writer, error) ||
        !connect(&store->checkpointer, path, "PRAGMA synchronous = FULL",
                 CHECKPOINT_BUSY_MS, error))
    {
        goto fail;
    }
    sqlite3_wal_hook(store->writer.database, note_wal, store);
    if (!start_threads(store, error)) {
        goto fail;
    }
    return store;

fail:
    error_prefix(error, "database %s", path);
    store_close(store);
    return NULL;
}

void
store_close(struct store *store)
{
    if (store == NULL) {
        return;
    }
    pthread_mutex_lock(&store->lock);
    store->stopping = true;
    pthread_cond_broadcast(&store->work_came);
    pthread_cond_broadcast(&store->wal_grew);
    pthread_mutex_unlock(&store->lock);
    if (store->write_runs) {
        pthread_join(store->write_thread, NULL);
    }
    if (store->checkpoint_runs) {
        pthread_join(store->checkpoint_thread, NULL);
    }
    for (size_t i = 0; i < READERS; i++) {
        disconnect(&store->readers[i]);
    }
    sqlite3_close(store->checkpointer);
    disconnect(&store->writer);
    pthread_cond_destroy(&store->work_came);
    pthread_cond_destroy(&store->work_done);
    pthread_cond_destroy(&store->reader_free);
    pthread_cond_destroy(&store->wal_grew);
    pthread_mutex_destroy(&store->checkpoint_lock);
    pthread_mutex_destroy(&store->lock);
    free(store->path);
    free(store);
}
