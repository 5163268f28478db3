#include "backoffice/store_book.h"

#include <assert.h>

#include "backoffice/book_agenda.h"
#include "backoffice/sql.h"

/* Who has which cells of the desks. */

static_assert(CELL_S == 300, "cells are on disk");

bool
store_book_taken(struct store_session *session, int64_t desk, int64_t from, int64_t to,
                 store_book_cell call, void *data, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT start FROM cell WHERE desk = ?1 AND start >= ?2 AND start < ?3"
                 " AND (expires IS NULL OR expires > ?4)");

    sql_bind_integer(sql, desk);
    sql_bind_integer(sql, from);
    sql_bind_integer(sql, to);
    sql_bind_integer(sql, store_now(session));
    while (sql_step(sql)) {
        call(data, sql_integer(sql, 0));
    }
    return sql_end(sql, error);
}

static int64_t
cells_of(const struct booking *booking)
{
    return (booking->end - booking->start) / CELL_S;
}

static bool
all_or_taken(int64_t changes, const struct booking *booking, struct error *error)
{
    return changes == cells_of(booking) ||
           error_set(error, ERROR_TAKEN, "That time has just been taken.");
}

bool
store_book_take(struct store_session *session, struct booking *booking,
                struct error *error)
{
    struct sql *sql;
    int64_t changes;

    if (!store_book_free_desk(session, booking, &booking->desk, error)) {
        return false;
    }
    if (booking->desk == 0) {
        return error_set(error, ERROR_TAKEN, "No desk is free at that time.");
    }
    /* Whoever looked at the same moment (another back office on this database) is
     * told apart here, by the key and the condition, and not by the look above. */
    sql = sql_begin(
        session,
        "WITH RECURSIVE grid (start) AS ("
        " SELECT ?2 UNION ALL SELECT start + 300 FROM grid WHERE start + 300 < ?3)"
        " INSERT INTO cell (desk, start, booking, expires)"
        " SELECT ?1, start, ?4, ?5 FROM grid WHERE true"
        " ON CONFLICT (desk, start) DO UPDATE"
        " SET booking = excluded.booking, expires = excluded.expires"
        " WHERE cell.expires <= ?6");
    sql_bind_integer(sql, booking->desk);
    sql_bind_integer(sql, booking->start);
    sql_bind_integer(sql, booking->end);
    sql_bind_bytes(sql, booking->id, BOOK_ID_BYTES);
    sql_bind_time(sql, booking->expires);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    changes = sql_changes(sql);
    return sql_end(sql, error) && all_or_taken(changes, booking, error);
}

bool
store_book_keep(struct store_session *session, const struct booking *booking,
                struct error *error)
{
    struct sql *sql =
        sql_begin(session, "UPDATE cell SET expires = ?1 WHERE desk = ?2"
                           " AND start >= ?3 AND start < ?4 AND booking = ?5");
    int64_t changes;

    sql_bind_time(sql, booking->expires);
    sql_bind_integer(sql, booking->desk);
    sql_bind_integer(sql, booking->start);
    sql_bind_integer(sql, booking->end);
    sql_bind_bytes(sql, booking->id, BOOK_ID_BYTES);
    sql_step(sql);
    changes = sql_changes(sql);
    return sql_end(sql, error) && all_or_taken(changes, booking, error);
}

bool
store_book_give_back(struct store_session *session, const struct booking *booking,
                     struct error *error)
{
    struct sql *sql = sql_begin(session, "DELETE FROM cell WHERE desk = ?1"
                                         " AND start >= ?2 AND start < ?3"
                                         " AND booking = ?4");

    sql_bind_integer(sql, booking->desk);
    sql_bind_integer(sql, booking->start);
    sql_bind_integer(sql, booking->end);
    sql_bind_bytes(sql, booking->id, BOOK_ID_BYTES);
    sql_step(sql);
    return sql_end(sql, error);
}
