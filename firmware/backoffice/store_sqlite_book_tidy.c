#include "backoffice/store_book.h"

#include <assert.h>

#include "backoffice/sql.h"
#include "backoffice/store_schema.h"
#include "base/text.h"

/* What the book lets go of, and the numbers that stay. */

#define HOUR_S 3600

/*
 * Hours since 1970. What an older back office purged is counted as it stood: nobody
 * could arrive then.
 */
const char store_schema_book_counts[] =
    "CREATE TABLE book_count ("
    " hour INTEGER NOT NULL,"
    " location TEXT NOT NULL,"
    " product TEXT NOT NULL,"
    " state INTEGER NOT NULL,"
    " count INTEGER NOT NULL,"
    " PRIMARY KEY (location, hour, product, state)"
    ") WITHOUT ROWID;"
    "INSERT INTO book_count (hour, location, product, state, count)"
    " SELECT start / 3600, location, product, state, count(*)"
    " FROM booking JOIN booking_item ON booking = id"
    " WHERE code IS NULL AND state IN (1, 2, 3) GROUP BY 1, 2, 3, 4;"
    "DELETE FROM booking_item WHERE booking IN"
    " (SELECT id FROM booking WHERE code IS NULL AND state IN (1, 2, 3));"
    "DELETE FROM booking WHERE code IS NULL AND state IN (1, 2, 3);";

static_assert(BOOKING_BOOKED == 1 && BOOKING_ARRIVED == 2 && BOOKING_CANCELLED == 3 &&
                  BOOKING_GIVEN_UP == 4 && BOOKING_MISSED == 5,
              "states are on disk, and in the queries of this file");

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
    if (!sql_end(sql, error)) {
        return false;
    }
    sql = sql_begin(session, "DELETE FROM booking_move WHERE moved <= ?1");
    sql_bind_integer(sql, before);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_book_mark_missed(struct store_session *session, const char *location,
                       int64_t from, int64_t to, int64_t before, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "UPDATE booking SET state = 5, changed = ?5 WHERE location = ?1"
                 " AND start >= ?2 AND start < min(?3, ?4) AND state = 1"
                 " AND EXISTS (SELECT 1 FROM booking other WHERE other.location = ?1"
                 " AND other.start >= ?2 AND other.start < ?3 AND other.state = 2)");

    sql_bind_text(sql, location);
    sql_bind_integer(sql, from);
    sql_bind_integer(sql, to);
    sql_bind_integer(sql, before);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}

/* --- numbers -------------------------------------------------------------------- */

bool
store_book_settle(struct store_session *session, const struct booking *booking,
                  struct error *error)
{
    struct sql *sql = sql_begin(
        session, "INSERT INTO book_count (hour, location, product, state, count)"
                 " SELECT ?2, ?3, product, ?4, count(*) FROM booking_item"
                 " WHERE booking = ?1 GROUP BY product"
                 " ON CONFLICT (location, hour, product, state)"
                 " DO UPDATE SET count = book_count.count + excluded.count");

    sql_bind_bytes(sql, booking->id, BOOK_ID_BYTES);
    sql_bind_integer(sql, booking->start / HOUR_S);
    sql_bind_text(sql, booking->location);
    sql_bind_integer(sql, booking->state);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_book_counts(struct store_session *session, int64_t from, int64_t to, int64_t over,
                  store_book_count call, void *data, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT hour, location, product, state, 0, count FROM book_count"
                 " WHERE hour >= ?1 AND hour < ?2 UNION ALL"
                 " SELECT start / 3600, location, product, state,"
                 " state = 1 AND start >= ?3, count(*)"
                 " FROM booking JOIN booking_item ON booking = id"
                 " WHERE start >= ?1 * 3600 AND start < ?2 * 3600"
                 " AND state IN (1, 2, 3, 5) GROUP BY 1, 2, 3, 4, 5");

    sql_bind_integer(sql, from);
    sql_bind_integer(sql, to);
    sql_bind_integer(sql, over);
    while (sql_step(sql)) {
        struct store_book_row row = {
            .hour = sql_integer(sql, 0),
            .state = (enum booking_state)sql_integer(sql, 3),
            .to_come = sql_integer(sql, 4) != 0,
            .count = sql_integer(sql, 5),
        };

        text_copy(row.location, sizeof(row.location), sql_text(sql, 1));
        text_copy(row.product, sizeof(row.product), sql_text(sql, 2));
        call(data, &row);
    }
    return sql_end(sql, error);
}

/* Who was missed or cancelled is not there: the hour is as quiet as it was. */
bool
store_book_load(struct store_session *session, const char *location, int64_t from,
                int64_t to, store_book_hour call, void *data, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT hour, sum(count) FROM book_count WHERE location = ?1"
                 " AND hour >= ?2 AND hour < ?3 AND state IN (1, 2) GROUP BY hour"
                 " UNION ALL SELECT start / 3600, count(*)"
                 " FROM booking JOIN booking_item ON booking = id"
                 " WHERE location = ?1 AND start >= ?2 * 3600 AND start < ?3 * 3600"
                 " AND state IN (1, 2) GROUP BY 1");

    sql_bind_text(sql, location);
    sql_bind_integer(sql, from);
    sql_bind_integer(sql, to);
    while (sql_step(sql)) {
        call(data, sql_integer(sql, 0), sql_integer(sql, 1));
    }
    return sql_end(sql, error);
}
