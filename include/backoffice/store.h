#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/*
 * The back office's database: SQLite, and later PostgreSQL behind this header.
 *
 * Everything is read and written inside a piece of work that gets a session. A
 * write returns true only when it is committed and durable (WAL,
 * synchronous=FULL); when its work returns false nothing of it remains. Writes
 * that wait at the same time share one commit, each in its own savepoint, so one
 * that fails takes nothing of its neighbours along.
 *
 * The domain operations (store_usage.h, store_fleet.h, store_book.h) take a session;
 * SQL stands only in store_sqlite*.c. Safe from any thread.
 */

struct store;
struct store_session;

typedef bool (*store_work)(struct store_session *session, void *data,
                           struct error *error);

/*
 * Opens or creates, and brings the schema up to date; a database of a later program
 * is refused. `clock` tells the time to holds and expiries (store_now); NULL:
 * time_now_s.
 */
struct store *store_open(const char *path, int64_t (*clock)(void), struct error *error);
void store_close(struct store *store); /* NULL is fine */

/* One transaction. ERROR_STORAGE: the database did not do it and nothing changed. */
bool store_write(struct store *store, store_work work, void *data, struct error *error);

/* One consistent snapshot; the work must not write. */
bool store_read(struct store *store, store_work work, void *data, struct error *error);

/*
 * After this, what was deleted is in none of the database's files any more: deleting
 * puts zeros in the database, and the log that still holds the old pages is emptied.
 * ERROR_STORAGE: somebody read all the while; try again later.
 */
bool store_scrub(struct store *store, struct error *error);

/* The database's clock, in seconds: the same for a whole piece of work. */
int64_t store_now(const struct store_session *session);
