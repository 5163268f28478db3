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

/* `key` is that of the move, so that asking again moves nothing again. */
const char store_schema_book_moves[] =
    "ALTER TABLE booking ADD COLUMN moves INTEGER NOT NULL DEFAULT 0;"
    "CREATE TABLE booking_move ("
    " key TEXT PRIMARY KEY NOT NULL,"
    " booking BLOB NOT NULL,"
    " start INTEGER NOT NULL,"
    " moved INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE INDEX booking_move_moved ON booking_move (moved);";

/* When a kiosk last said that its ticket could not be printed; 0: never. */
const char store_schema_book_unprinted[] =
    "ALTER TABLE booking ADD COLUMN unprinted INTEGER NOT NULL DEFAULT 0;";

/* The index above says 4. */
static_assert(BOOKING_GIVEN_UP == 4, "states are on disk");

/* --- bookings ------------------------------------------------------------------- */

#define COLUMNS                                                                        \
    "id, key, kiosk, state, location, desk, start, until, expires, wish, code,"        \
    " ticket, changed, moves, unprinted"

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
        booking->expires = sql_time(sql, 8);
        text_copy(booking->code, sizeof(booking->code), sql_text(sql, 10));
        text_copy(booking->ticket, sizeof(booking->ticket), sql_text(sql, 11));
        booking->changed = sql_integer(sql, 12);
        booking->moves = (int)sql_integer(sql, 13);
        booking->unprinted = sql_integer(sql, 14);
        booking->turn = TIME_NONE;
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
store_book_by_code(struct store_session *session, const char *code,
                   struct booking *booking, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT " COLUMNS " FROM booking WHERE code = ?1");

    sql_bind_text(sql, code);
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
        " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15)"
        " ON CONFLICT (id) DO UPDATE SET kiosk = excluded.kiosk,"
        " state = excluded.state, location = excluded.location, desk = excluded.desk,"
        " start = excluded.start, until = excluded.until, expires = excluded.expires,"
        " wish = excluded.wish, code = excluded.code, ticket = excluded.ticket,"
        " changed = excluded.changed, moves = excluded.moves,"
        " unprinted = excluded.unprinted");

    sql_bind_bytes(sql, booking->id, BOOK_ID_BYTES);
    sql_bind_text(sql, booking->key);
    sql_bind_text(sql, booking->kiosk);
    sql_bind_integer(sql, booking->state);
    sql_bind_text(sql, booking->location);
    sql_bind_integer(sql, booking->desk);
    sql_bind_integer(sql, booking->start);
    sql_bind_integer(sql, booking->end);
    sql_bind_time(sql, booking->expires);
    sql_bind_bytes(sql, booking->wish, HASH_BYTES);
    sql_bind_text(sql, booking->code[0] != '\0' ? booking->code : NULL);
    sql_bind_text(sql, booking->ticket);
    sql_bind_integer(sql, booking->changed);
    sql_bind_integer(sql, booking->moves);
    sql_bind_integer(sql, booking->unprinted);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_book_forget(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
                  struct error *error)
{
    static const char *const texts[] = {
        "DELETE FROM booking WHERE id = ?1",
        "DELETE FROM booking_item WHERE booking = ?1",
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct sql *sql = sql_begin(session, texts[i]);

        sql_bind_bytes(sql, id, BOOK_ID_BYTES);
        sql_step(sql);
        if (!sql_end(sql, error)) {
            return false;
        }
    }
    return store_book_forget_person(session, id, error);
}

bool
store_book_set_items(struct store_session *session, const struct booking *booking,
                     struct error *error)
{
    for (size_t i = 0; i < booking->item_count; i++) {
        struct sql *sql = sql_begin(session, "INSERT OR REPLACE INTO booking_item"
                                             " (booking, position, product, persons)"
                                             " VALUES (?1, ?2, ?3, ?4)");

        sql_bind_bytes(sql, booking->id, BOOK_ID_BYTES);
        sql_bind_integer(sql, (int64_t)i);
        sql_bind_text(sql, booking->items[i].product);
        sql_bind_integer(sql, booking->items[i].persons);
        sql_step(sql);
        if (!sql_end(sql, error)) {
            return false;
        }
    }
    return true;
}

bool
store_book_items(struct store_session *session, struct booking *booking,
                 struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT product, persons FROM booking_item"
                                         " WHERE booking = ?1 ORDER BY position"
                                         " LIMIT ?2");

    booking->item_count = 0;
    sql_bind_bytes(sql, booking->id, BOOK_ID_BYTES);
    sql_bind_integer(sql, BOOK_ITEMS_MAX);
    while (sql_step(sql)) {
        struct booking_item *item = &booking->items[booking->item_count++];

        text_copy(item->product, sizeof(item->product), sql_text(sql, 0));
        item->persons = (int)sql_integer(sql, 1);
    }
    return sql_end(sql, error);
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
store_book_values(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
                  struct book_value *values, size_t max, size_t *count,
                  struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT name, value FROM booking_value WHERE booking = ?1"
                           " ORDER BY name LIMIT ?2");

    *count = 0;
    sql_bind_bytes(sql, id, BOOK_ID_BYTES);
    sql_bind_integer(sql, (int64_t)max);
    while (sql_step(sql)) {
        struct book_value *value = &values[(*count)++];

        text_copy(value->name, sizeof(value->name), sql_text(sql, 0));
        text_copy(value->value, sizeof(value->value), sql_text(sql, 1));
    }
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

/* --- moves ---------------------------------------------------------------------- */

bool
store_book_set_move(struct store_session *session, const struct book_move *move,
                    struct error *error)
{
    struct sql *sql =
        sql_begin(session, "INSERT INTO booking_move (key, booking, start, moved)"
                           " VALUES (?1, ?2, ?3, ?4)");

    sql_bind_text(sql, move->key);
    sql_bind_bytes(sql, move->id, BOOK_ID_BYTES);
    sql_bind_integer(sql, move->start);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_book_move_by_key(struct store_session *session, const char *key,
                       uint8_t id[BOOK_ID_BYTES], int64_t *start, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT booking, start FROM booking_move WHERE key = ?1");
    bool found;

    sql_bind_text(sql, key);
    found = sql_step(sql) && sql_bytes(sql, 0, id, BOOK_ID_BYTES);
    if (found) {
        *start = sql_integer(sql, 1);
    }
    if (!sql_end(sql, error)) {
        return false;
    }
    return found ||
           error_set(error, ERROR_NOT_FOUND, "Nothing was moved with that key.");
}
