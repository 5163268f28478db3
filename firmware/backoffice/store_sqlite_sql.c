#include "backoffice/sql.h"

#include <assert.h>
#include <string.h>

#include <sqlite3.h>

#include "backoffice/store_session.h"
#include "base/time.h"

#define LOG_MODULE "store"
#include "base/log.h"

struct sql *
sql_begin(struct store_session *session, const char *text)
{
    struct sql *sql = NULL;

    for (size_t i = 0; i < session->statement_count && sql == NULL; i++) {
        if (session->statements[i].text == text) {
            sql = &session->statements[i];
        }
    }
    if (sql == NULL) {
        assert(session->statement_count < STATEMENTS_MAX);
        sql = &session->statements[session->statement_count];
        *sql = (struct sql){.text = text, .session = session};
        sql->result =
            sqlite3_prepare_v3(session->database, text, -1, SQLITE_PREPARE_PERSISTENT,
                               &sql->statement, NULL);
        if (sql->result != SQLITE_OK) {
            log_error("%s: %s", text, sqlite3_errmsg(session->database));
            session->failed = *sql;
            return &session->failed; /* told by sql_end(), tried again next time */
        }
        session->statement_count++;
    }
    assert(!sql->in_use);
    sql->in_use = true;
    sql->bound = 0;
    return sql;
}

static void
note_result(struct sql *sql, int result)
{
    if (sql->result == SQLITE_OK) {
        sql->result = result;
    }
}

void
sql_bind_text(struct sql *sql, const char *text)
{
    note_result(
        sql, sqlite3_bind_text(sql->statement, ++sql->bound, text, -1, SQLITE_STATIC));
}

void
sql_bind_bytes(struct sql *sql, const void *bytes, size_t count)
{
    note_result(sql, sqlite3_bind_blob64(sql->statement, ++sql->bound, bytes, count,
                                         SQLITE_STATIC));
}

void
sql_bind_integer(struct sql *sql, int64_t value)
{
    note_result(sql, sqlite3_bind_int64(sql->statement, ++sql->bound, value));
}

void
sql_bind_time(struct sql *sql, int64_t instant)
{
    if (instant == TIME_NONE) {
        sql_bind_text(sql, NULL);
    } else {
        sql_bind_integer(sql, instant);
    }
}

bool
sql_step(struct sql *sql)
{
    int result;

    if (sql->result != SQLITE_OK) {
        return false;
    }
    result = sqlite3_step(sql->statement);
    sql->changes = sqlite3_changes64(sql->session->database);
    if (result != SQLITE_ROW && result != SQLITE_DONE) {
        note_result(sql, result);
    }
    return result == SQLITE_ROW;
}

void
sql_again(struct sql *sql)
{
    sqlite3_reset(sql->statement);
    sqlite3_clear_bindings(sql->statement);
    sql->bound = 0;
}

int64_t
sql_integer(const struct sql *sql, int column)
{
    return sqlite3_column_int64(sql->statement, column);
}

const char *
sql_text(const struct sql *sql, int column)
{
    const char *text = (const char *)sqlite3_column_text(sql->statement, column);

    return text == NULL ? "" : text;
}

bool
sql_is_null(const struct sql *sql, int column)
{
    return sqlite3_column_type(sql->statement, column) == SQLITE_NULL;
}

int64_t
sql_time(const struct sql *sql, int column)
{
    return sql_is_null(sql, column) ? TIME_NONE : sql_integer(sql, column);
}

bool
sql_bytes(const struct sql *sql, int column, void *target, size_t count)
{
    const void *bytes = sqlite3_column_blob(sql->statement, column);

    if (bytes == NULL || (size_t)sqlite3_column_bytes(sql->statement, column) != count)
    {
        return false;
    }
    memcpy(target, bytes, count);
    return true;
}

int64_t
sql_changes(const struct sql *sql)
{
    return sql->changes;
}

bool
sql_end(struct sql *sql, struct error *error)
{
    int result = sql->result;

    if (result != SQLITE_OK) {
        error_set(error,
                  (result & 0xff) == SQLITE_CONSTRAINT ? ERROR_TAKEN : ERROR_STORAGE,
                  "database: %s", sqlite3_errmsg(sql->session->database));
    }
    sqlite3_reset(sql->statement);
    sqlite3_clear_bindings(sql->statement);
    sql->in_use = false;
    sql->result = SQLITE_OK;
    return result == SQLITE_OK;
}

bool
sql_run(struct store_session *session, const char *text, struct error *error)
{
    struct sql *sql = sql_begin(session, text);

    sql_step(sql);
    return sql_end(sql, error);
}
