#include "backoffice/store_book.h"

#include <assert.h>

#include "backoffice/book_agenda.h"
#include "backoffice/sql.h"

/* Desks, and who has which cells of them. */

static_assert(CELL_S == 300, "cells are on disk");

/* --- desks ---------------------------------------------------------------------- */

bool
store_book_set_desks(struct store_session *session, const char *location, int count,
                     struct error *error)
{
    struct sql *sql;

    for (int number = 1; number <= count; number++) {
        sql = sql_begin(session,
                        "INSERT INTO desk (location, number, active) VALUES (?1, ?2, 1)"
                        " ON CONFLICT (location, number) DO UPDATE SET active = 1");
        sql_bind_text(sql, location);
        sql_bind_integer(sql, number);
        sql_step(sql);
        if (!sql_end(sql, error)) {
            return false;
        }
    }
    sql = sql_begin(session,
                    "UPDATE desk SET active = 0 WHERE location = ?1 AND number > ?2");
    sql_bind_text(sql, location);
    sql_bind_integer(sql, count);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_book_desks(struct store_session *session, const char *location, int64_t *desks,
                 size_t *count, struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT id FROM desk WHERE location = ?1"
                                         " AND active = 1 ORDER BY number LIMIT ?2");

    *count = 0;
    sql_bind_text(sql, location);
    sql_bind_integer(sql, DESKS_MAX);
    while (sql_step(sql)) {
        desks[(*count)++] = sql_integer(sql, 0);
    }
    return sql_end(sql, error);
}

/* --- cells ---------------------------------------------------------------------- */

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

/* The first desk with room; 0 when there is none. */
static bool
free_desk(struct store_session *session, const struct booking *booking, int64_t *desk,
          struct error *error)
{
    struct sql *sql = sql_begin(
        session,
        "SELECT id FROM desk WHERE location = ?1 AND active = 1 AND NOT EXISTS ("
        " SELECT 1 FROM cell WHERE cell.desk = desk.id AND cell.start >= ?2"
        " AND cell.start < ?3 AND (cell.expires IS NULL OR cell.expires > ?4))"
        " ORDER BY number LIMIT 1");

    sql_bind_text(sql, booking->location);
    sql_bind_integer(sql, booking->start);
    sql_bind_integer(sql, booking->end);
    sql_bind_integer(sql, store_now(session));
    *desk = sql_step(sql) ? sql_integer(sql, 0) : 0;
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

    if (!free_desk(session, booking, &booking->desk, error)) {
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
