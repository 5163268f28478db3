#include "backoffice/store_book.h"

#include <assert.h>
#include <string.h>

#include "backoffice/book_agenda.h"
#include "backoffice/sql.h"
#include "backoffice/store_schema.h"
#include "base/text.h"

const char store_schema_book[] =
    "CREATE TABLE desk ("
    " id INTEGER PRIMARY KEY,"
    " location TEXT NOT NULL,"
    " number INTEGER NOT NULL,"
    " active INTEGER NOT NULL,"
    " UNIQUE (location, number)"
    ");"
    /* `expires` is NULL when the cell is taken for good. */
    "CREATE TABLE cell ("
    " desk INTEGER NOT NULL,"
    " start INTEGER NOT NULL CHECK (start % 300 = 0),"
    " booking BLOB NOT NULL,"
    " expires INTEGER,"
    " PRIMARY KEY (desk, start)"
    ") WITHOUT ROWID;"
    "CREATE TABLE booking ("
    " id BLOB PRIMARY KEY NOT NULL,"
    " key TEXT NOT NULL UNIQUE,"
    " kiosk TEXT NOT NULL,"
    " state INTEGER NOT NULL,"
    " location TEXT NOT NULL,"
    " desk INTEGER NOT NULL,"
    " start INTEGER NOT NULL,"
    " until INTEGER NOT NULL,"
    " expires INTEGER,"
    " wish BLOB NOT NULL,"
    " code TEXT UNIQUE," /* NULL before it is booked and after it is purged */
    " ticket TEXT NOT NULL,"
    " changed INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE INDEX booking_expires ON booking (expires) WHERE expires IS NOT NULL;"
    "CREATE INDEX booking_until ON booking (until) WHERE code IS NOT NULL;"
    "CREATE INDEX booking_given_up ON booking (changed) WHERE state = 4;"
    "CREATE INDEX booking_location ON booking (location, start);"
    "CREATE TABLE booking_item ("
    " booking BLOB NOT NULL,"
    " position INTEGER NOT NULL,"
    " product TEXT NOT NULL,"
    " persons INTEGER NOT NULL,"
    " PRIMARY KEY (booking, position)"
    ") WITHOUT ROWID;"
    /* The only table with a person in it. */
    "CREATE TABLE booking_value ("
    " booking BLOB NOT NULL,"
    " name TEXT NOT NULL,"
    " value TEXT NOT NULL,"
    " PRIMARY KEY (booking, name)"
    ") WITHOUT ROWID;";

/* The index above and the queries below say 4 and 1. */
static_assert(BOOKING_GIVEN_UP == 4 && BOOKING_BOOKED == 1, "states are on disk");
static_assert(CELL_S == 300, "cells are on disk");

static void
bind_time(struct sql *sql, int64_t instant)
{
    if (instant == TIME_NONE) {
        sql_bind_text(sql, NULL);
    } else {
        sql_bind_integer(sql, instant);
    }
}

static int64_t
time_column(const struct sql *sql, int column)
{
    return sql_is_null(sql, column) ? TIME_NONE : sql_integer(sql, column);
}

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
    bind_time(sql, booking->expires);
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

    bind_time(sql, booking->expires);
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

/* --- bookings ------------------------------------------------------------------- */

#define COLUMNS                                                                        \
    "id, key, kiosk, state, location, desk, start, until, expires, wish, code,"        \
    " ticket, changed"

static bool
read_booking(struct sql *sql, struct booking *booking, struct error *error)
{
    bool found = sql_step(sql), whole = false;

    if (found) {
        memset(booking, 0, sizeof(*booking));
        whole = sql_bytes(sql, 0, booking->id, BOOK_ID_BYTES) &&
                sql_bytes(sql, 9, booking->wish, HASH_BYTES);
        text_copy(booking->key, sizeof(booking->key), sql_text(sql, 1));
        text_copy(booking->kiosk, sizeof(booking->kiosk), sql_text(sql, 2));
        booking->state = (enum booking_state)sql_integer(sql, 3);
        text_copy(booking->location, sizeof(booking->location), sql_text(sql, 4));
        booking->desk = sql_integer(sql, 5);
        booking->start = sql_integer(sql, 6);
        booking->end = sql_integer(sql, 7);
        booking->expires = time_column(sql, 8);
        text_copy(booking->code, sizeof(booking->code), sql_text(sql, 10));
        text_copy(booking->ticket, sizeof(booking->ticket), sql_text(sql, 11));
        booking->changed = sql_integer(sql, 12);
    }
    if (!sql_end(sql, error)) {
        return false;
    }
    if (!found) {
        return error_set(error, ERROR_NOT_FOUND, "There is no such appointment.");
    }
    return whole || error_set(error, ERROR_STORAGE, "booking: a row is damaged");
}

bool
store_book_by_id(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
                 struct booking *booking, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT " COLUMNS " FROM booking WHERE id = ?1");

    sql_bind_bytes(sql, id, BOOK_ID_BYTES);
    return read_booking(sql, booking, error);
}

bool
store_book_by_key(struct store_session *session, const char *key,
                  struct booking *booking, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT " COLUMNS " FROM booking WHERE key = ?1");

    sql_bind_text(sql, key);
    return read_booking(sql, booking, error);
}

bool
store_book_code_is_free(struct store_session *session, const char *code, bool *is_free,
                        struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT 1 FROM booking WHERE code = ?1");

    sql_bind_text(sql, code);
    *is_free = !sql_step(sql);
    return sql_end(sql, error);
}

bool
store_book_save(struct store_session *session, const struct booking *booking,
                struct error *error)
{
    struct sql *sql = sql_begin(
        session,
        "INSERT INTO booking (" COLUMNS ") VALUES"
        " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)"
        " ON CONFLICT (id) DO UPDATE SET kiosk = excluded.kiosk,"
        " state = excluded.state, location = excluded.location, desk = excluded.desk,"
        " start = excluded.start, until = excluded.until, expires = excluded.expires,"
        " wish = excluded.wish, code = excluded.code, ticket = excluded.ticket,"
        " changed = excluded.changed");

    sql_bind_bytes(sql, booking->id, BOOK_ID_BYTES);
    sql_bind_text(sql, booking->key);
    sql_bind_text(sql, booking->kiosk);
    sql_bind_integer(sql, booking->state);
    sql_bind_text(sql, booking->location);
    sql_bind_integer(sql, booking->desk);
    sql_bind_integer(sql, booking->start);
    sql_bind_integer(sql, booking->end);
    bind_time(sql, booking->expires);
    sql_bind_bytes(sql, booking->wish, HASH_BYTES);
    sql_bind_text(sql, booking->code[0] != '\0' ? booking->code : NULL);
    sql_bind_text(sql, booking->ticket);
    sql_bind_integer(sql, booking->changed);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_book_forget(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
                  struct error *error)
{
    struct sql *sql = sql_begin(session, "DELETE FROM booking WHERE id = ?1");

    sql_bind_bytes(sql, id, BOOK_ID_BYTES);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_book_set_items(struct store_session *session, const struct booking *booking,
                     const struct book_wish *wish, struct error *error)
{
    for (size_t i = 0; i < wish->item_count; i++) {
        struct sql *sql = sql_begin(session, "INSERT OR REPLACE INTO booking_item"
                                             " (booking, position, product, persons)"
                                             " VALUES (?1, ?2, ?3, ?4)");

        sql_bind_bytes(sql, booking->id, BOOK_ID_BYTES);
        sql_bind_integer(sql, (int64_t)i);
        sql_bind_text(sql, wish->items[i].product->id);
        sql_bind_integer(sql, wish->items[i].persons);
        sql_step(sql);
        if (!sql_end(sql, error)) {
            return false;
        }
    }
    return true;
}

bool
store_book_set_value(struct store_session *session, const struct booking *booking,
                     const struct book_value *value, struct error *error)
{
    struct sql *sql = sql_begin(session, "INSERT OR REPLACE INTO booking_value"
                                         " (booking, name, value) VALUES (?1, ?2, ?3)");

    sql_bind_bytes(sql, booking->id, BOOK_ID_BYTES);
    sql_bind_text(sql, value->name);
    sql_bind_text(sql, value->value);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_book_forget_person(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
                         struct error *error)
{
    struct sql *sql =
        sql_begin(session, "DELETE FROM booking_value WHERE booking = ?1");

    sql_bind_bytes(sql, id, BOOK_ID_BYTES);
    sql_step(sql);
    return sql_end(sql, error);
}

/* --- tidying -------------------------------------------------------------------- */

static bool
read_ids(struct sql *sql, int64_t limit, uint8_t (*ids)[BOOK_ID_BYTES], size_t max,
         size_t *count, struct error *error)
{
    *count = 0;
    sql_bind_integer(sql, limit);
    sql_bind_integer(sql, (int64_t)max);
    while (sql_step(sql)) {
        *count += sql_bytes(sql, 0, ids[*count], BOOK_ID_BYTES);
    }
    return sql_end(sql, error);
}

bool
store_book_expired(struct store_session *session, int64_t now,
                   uint8_t (*ids)[BOOK_ID_BYTES], size_t max, size_t *count,
                   struct error *error)
{
    return read_ids(
        sql_begin(session, "SELECT id FROM booking WHERE expires <= ?1 LIMIT ?2"), now,
        ids, max, count, error);
}

bool
store_book_past(struct store_session *session, int64_t before,
                uint8_t (*ids)[BOOK_ID_BYTES], size_t max, size_t *count,
                struct error *error)
{
    return read_ids(sql_begin(session, "SELECT id FROM booking WHERE until <= ?1"
                                       " AND code IS NOT NULL LIMIT ?2"),
                    before, ids, max, count, error);
}

bool
store_book_forget_keys(struct store_session *session, int64_t before,
                       struct error *error)
{
    struct sql *sql =
        sql_begin(session, "DELETE FROM booking WHERE state = 4 AND changed <= ?1");

    sql_bind_integer(sql, before);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_book_busy(struct store_session *session, const char *location, int64_t from,
                int64_t to, const struct zone *zone, int64_t busy[7 * 24],
                struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT start FROM booking"
                                         " WHERE location = ?1 AND start >= ?2"
                                         " AND start < ?3 AND state IN (1, 2)");

    memset(busy, 0, 7 * 24 * sizeof(busy[0]));
    sql_bind_text(sql, location);
    sql_bind_integer(sql, from);
    sql_bind_integer(sql, to);
    while (sql_step(sql)) {
        struct civil civil = zone_civil(zone, sql_integer(sql, 0));

        busy[date_weekday(civil.date) * 24 + civil.hour]++;
    }
    return sql_end(sql, error);
}
