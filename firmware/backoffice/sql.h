#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * Statements, for store_sqlite_*.c only. Parameters are bound in order (?1, ?2, …);
 * whatever fails on the way is remembered and told by sql_end(), so that a
 * statement reads as: begin, bind, step, read, end.
 *
 *     struct sql *sql = sql_begin(session, "SELECT name FROM kiosk WHERE id = ?1");
 *     sql_bind_text(sql, id);
 *     if (sql_step(sql)) {
 *         text_copy(name, size, sql_text(sql, 0));
 *     }
 *     return sql_end(sql, error);
 */

struct sql;
struct store_session;

/* `text` must be a constant: the prepared statement is kept by its address. */
struct sql *sql_begin(struct store_session *session, const char *text);

/* Texts and bytes must live until sql_end(). NULL binds NULL. */
void sql_bind_text(struct sql *sql, const char *text);
void sql_bind_bytes(struct sql *sql, const void *bytes, size_t count);
void sql_bind_integer(struct sql *sql, int64_t value);
/* An instant; TIME_NONE is NULL. */
void sql_bind_time(struct sql *sql, int64_t instant);

/* True: there is a row. False: there are no more, or it failed. */
bool sql_step(struct sql *sql);
/* Binds from ?1 again, for the same statement with other values. */
void sql_again(struct sql *sql);

/* Columns from 0; texts and bytes live until the next step. NULL reads as "" and 0. */
int64_t sql_integer(const struct sql *sql, int column);
const char *sql_text(const struct sql *sql, int column);
bool sql_is_null(const struct sql *sql, int column);
/* An instant; NULL is TIME_NONE. */
int64_t sql_time(const struct sql *sql, int column);
/* False when the column does not hold exactly `count` bytes. */
bool sql_bytes(const struct sql *sql, int column, void *target, size_t count);

/* Rows that the last step inserted, changed or deleted. */
int64_t sql_changes(const struct sql *sql);

/*
 * True when all went well. ERROR_TAKEN: a unique key or other constraint said no
 * (the work may go on); ERROR_STORAGE: anything else.
 */
bool sql_end(struct sql *sql, struct error *error);

/* Bind, step once and end, for statements without parameters or rows. */
bool sql_run(struct store_session *session, const char *text, struct error *error);
