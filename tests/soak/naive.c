#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sqlite3.h>

#include "maker.h"

/*
 * A book as one would make it at first: look whether a desk is free, then write it
 * down; a hold is a row that stands until somebody takes it away. It works well for one
 * booker who finishes what he began.
 */

#define DESKS 16
#define LENGTH_S 900

struct naive {
    sqlite3 *database;
    pthread_mutex_t lock; /* of the connection, for one statement */
    int64_t (*clock)(void);
};

static void
give_up_with(struct naive *naive)
{
    fprintf(stderr, "naive: %s\n", sqlite3_errmsg(naive->database));
    exit(EXIT_FAILURE);
}

/* Runs one statement with up to four numbers; true when it gave a row, in `row`. */
static bool
run(struct naive *naive, const char *sql, const int64_t *values, int count,
    int64_t row[3])
{
    sqlite3_stmt *statement;
    int status;

    pthread_mutex_lock(&naive->lock);
    if (sqlite3_prepare_v2(naive->database, sql, -1, &statement, NULL) != SQLITE_OK) {
        give_up_with(naive);
    }
    for (int i = 0; i < count; i++) {
        sqlite3_bind_int64(statement, i + 1, values[i]);
    }
    status = sqlite3_step(statement);
    if (status != SQLITE_ROW && status != SQLITE_DONE && status != SQLITE_BUSY) {
        give_up_with(naive);
    }
    for (int i = 0; status == SQLITE_ROW && i < sqlite3_column_count(statement); i++) {
        row[i] = sqlite3_column_int64(statement, i);
    }
    sqlite3_finalize(statement);
    pthread_mutex_unlock(&naive->lock);
    return status == SQLITE_ROW;
}

static void *
naive_open(const char *path, int64_t (*clock)(void))
{
    struct naive *naive = calloc(1, sizeof(*naive));

    naive->clock = clock;
    pthread_mutex_init(&naive->lock, NULL);
    if (sqlite3_open(path, &naive->database) != SQLITE_OK) {
        give_up_with(naive);
    }
    sqlite3_busy_timeout(naive->database, 10000);
    if (sqlite3_exec(naive->database,
                     "PRAGMA journal_mode = WAL;"
                     "CREATE TABLE IF NOT EXISTS slot (number INTEGER PRIMARY KEY,"
                     " desk INTEGER, start INTEGER, until INTEGER, held INTEGER);"
                     "CREATE INDEX IF NOT EXISTS slot_start ON slot (start)",
                     NULL, NULL, NULL) != SQLITE_OK)
    {
        give_up_with(naive);
    }
    return naive;
}

static void
naive_close(void *book)
{
    struct naive *naive = book;

    sqlite3_close(naive->database);
    free(naive);
}

static bool
find_desk(struct naive *naive, int64_t start, int64_t *desk)
{
    for (*desk = 1; *desk <= DESKS; (*desk)++) {
        const int64_t asked[] = {*desk, start, start + LENGTH_S};
        int64_t found[3];

        if (!run(naive,
                 "SELECT number FROM slot WHERE desk = ?1 AND start < ?3 AND until > ?2"
                 " AND start > ?2 - 7200",
                 asked, 3, found))
        {
            return true;
        }
    }
    return false;
}

static enum soak_answer
naive_hold(void *book, uint32_t number, const char *product, int64_t start)
{
    struct naive *naive = book;
    int64_t desk, ignored[3];

    (void)product;
    if (!find_desk(naive, start, &desk)) {
        return SOAK_NO;
    }
    sched_yield(); /* between looking and writing somebody else may run, always */
    run(naive, "INSERT OR REPLACE INTO slot VALUES (?1, ?2, ?3, ?4, 1)",
        (const int64_t[]){number, desk, start, start + LENGTH_S}, 4, ignored);
    return SOAK_DONE;
}

static enum soak_answer
naive_find(void *book, uint32_t number, struct soak_place *place)
{
    const int64_t asked[] = {number};
    int64_t found[3];

    if (!run(book, "SELECT desk, start, until FROM slot WHERE number = ?1 AND held = 0",
             asked, 1, found))
    {
        return SOAK_NO;
    }
    *place = (struct soak_place){.desk = found[0], .start = found[1], .end = found[2]};
    return SOAK_DONE;
}

static enum soak_answer
naive_confirm(void *book, uint32_t number, const char *product, int64_t start,
              struct soak_place *place)
{
    const int64_t asked[] = {number};
    int64_t ignored[3];

    if (!run(book, "SELECT number FROM slot WHERE number = ?1", asked, 1, ignored) &&
        naive_hold(book, number, product, start) != SOAK_DONE)
    {
        return SOAK_NO;
    }
    run(book, "UPDATE slot SET held = 0 WHERE number = ?1", asked, 1, ignored);
    return naive_find(book, number, place);
}

static enum soak_answer
naive_remove(void *book, uint32_t number)
{
    const int64_t asked[] = {number};
    int64_t ignored[3];

    run(book, "DELETE FROM slot WHERE number = ?1", asked, 1, ignored);
    return SOAK_DONE;
}

static enum soak_answer
naive_move(void *book, uint32_t number, uint32_t key, int64_t start,
           struct soak_place *place)
{
    struct naive *naive = book;
    int64_t desk, ignored[3];

    (void)key;
    if (!find_desk(naive, start, &desk)) {
        return SOAK_NO;
    }
    run(naive, "UPDATE slot SET desk = ?2, start = ?3, until = ?4 WHERE number = ?1",
        (const int64_t[]){number, desk, start, start + LENGTH_S}, 4, ignored);
    return naive_find(book, number, place);
}

static void
naive_tidy(void *book)
{
    (void)book;
}

const struct soak_maker soak_naive = {
    .name = "naive",
    .open = naive_open,
    .close = naive_close,
    .hold = naive_hold,
    .confirm = naive_confirm,
    .give_up = naive_remove,
    .find = naive_find,
    .cancel = naive_remove,
    .move = naive_move,
    .tidy = naive_tidy,
    .standing = "SELECT printf('%032x', number), desk, start, until, held FROM slot",
    .orphans = "SELECT count(*) FROM slot WHERE held = 1",
};
