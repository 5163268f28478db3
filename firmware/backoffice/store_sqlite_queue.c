#include "backoffice/store_queue.h"

#include <assert.h>

#include "backoffice/book.h"
#include "backoffice/sql.h"
#include "backoffice/store_schema.h"
#include "base/text.h"

/* Numbers: drawn, called, ended, forgotten. */

const char store_schema_queue[] =
    /* `number` is NULL for a key that was given up before it drew. */
    "CREATE TABLE queue_number ("
    " id INTEGER PRIMARY KEY,"
    " key TEXT UNIQUE,"
    " booking BLOB UNIQUE,"
    " location TEXT NOT NULL,"
    " day INTEGER NOT NULL,"
    " kind INTEGER NOT NULL,"
    " number INTEGER,"
    " product TEXT NOT NULL,"
    " language TEXT NOT NULL,"
    " kiosk TEXT NOT NULL,"
    " start INTEGER,"
    " drawn INTEGER NOT NULL,"
    " state INTEGER NOT NULL,"
    " outcome INTEGER NOT NULL,"
    " desk INTEGER,"
    " for_desk INTEGER,"
    " first_called INTEGER,"
    " called INTEGER,"
    " calls INTEGER NOT NULL DEFAULT 0,"
    " served INTEGER NOT NULL DEFAULT 0," /* seconds at desks */
    " ended INTEGER,"
    " UNIQUE (location, day, kind, number)"
    ");"
    /* A desk has one number at hand. */
    "CREATE UNIQUE INDEX queue_at_desk ON queue_number (location, desk)"
    " WHERE state = 1;"
    "CREATE INDEX queue_waiting ON queue_number (location, day) WHERE state = 0;"
    "CREATE INDEX queue_called ON queue_number (location, day, called)"
    " WHERE called IS NOT NULL;"
    "CREATE TABLE queue_desk ("
    " location TEXT NOT NULL,"
    " number INTEGER NOT NULL,"
    " paused INTEGER NOT NULL,"
    " seen INTEGER NOT NULL,"
    " PRIMARY KEY (location, number)"
    ") WITHOUT ROWID;"
    "CREATE TABLE queue_rule ("
    " location TEXT PRIMARY KEY NOT NULL,"
    " mode INTEGER NOT NULL,"
    " cap INTEGER," /* NULL: none */
    " note TEXT NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE TABLE queue_count ("
    " day INTEGER NOT NULL,"
    " location TEXT NOT NULL,"
    " product TEXT NOT NULL,"
    " kind INTEGER NOT NULL,"
    " outcome INTEGER NOT NULL,"
    " count INTEGER NOT NULL,"
    " waited INTEGER NOT NULL,"
    " served INTEGER NOT NULL,"
    " PRIMARY KEY (day, location, product, kind, outcome)"
    ") WITHOUT ROWID;";

/* When a number was last called, again or not: what the waiting room shows. */
const char store_schema_queue_announced[] =
    "ALTER TABLE queue_number ADD COLUMN announced INTEGER;"
    "UPDATE queue_number SET announced = called;";

/* The word in the address of the page that follows a number. */
const char store_schema_queue_follow[] =
    "ALTER TABLE queue_number ADD COLUMN follow TEXT;"
    "CREATE UNIQUE INDEX queue_follow ON queue_number (follow)"
    " WHERE follow IS NOT NULL;";

/* The indexes above and the statements below say 0, 1 and 2. */
static_assert(QUEUE_WAITING == 0 && QUEUE_CALLED == 1 && QUEUE_ENDED == 2,
              "states are on disk");
static_assert(QUEUE_WALK_IN == 0 && QUEUE_APPOINTMENT == 1, "kinds are on disk");
static_assert(QUEUE_DONE == 1 && QUEUE_CAME_BACK == 3 && QUEUE_WITHDRAWN == 5 &&
                  QUEUE_LEFT == 6,
              "outcomes are on disk");

#define COLUMNS                                                                        \
    "id, kind, number, location, product, language, kiosk, start, drawn, state,"       \
    " outcome, desk, for_desk, called, calls, follow"

static void
read_number(const struct sql *sql, struct queue_number *number)
{
    *number = (struct queue_number){
        .id = sql_integer(sql, 0),
        .kind = (enum queue_kind)sql_integer(sql, 1),
        .number = (int)sql_integer(sql, 2),
        .start = sql_time(sql, 7),
        .drawn = sql_integer(sql, 8),
        .state = (enum queue_state)sql_integer(sql, 9),
        .outcome = (enum queue_outcome)sql_integer(sql, 10),
        .desk = (int)sql_integer(sql, 11),
        .for_desk = (int)sql_integer(sql, 12),
        .called = sql_time(sql, 13),
        .calls = (int)sql_integer(sql, 14),
    };
    text_copy(number->location, sizeof(number->location), sql_text(sql, 3));
    text_copy(number->product, sizeof(number->product), sql_text(sql, 4));
    text_copy(number->language, sizeof(number->language), sql_text(sql, 5));
    text_copy(number->kiosk, sizeof(number->kiosk), sql_text(sql, 6));
    text_copy(number->follow, sizeof(number->follow), sql_text(sql, 15));
}

/* The one row; ERROR_NOT_FOUND. */
static bool
read_one(struct sql *sql, struct queue_number *number, struct error *error)
{
    bool found = sql_step(sql);

    if (found) {
        read_number(sql, number);
    }
    if (!sql_end(sql, error)) {
        return false;
    }
    return found || error_set(error, ERROR_NOT_FOUND, "There is no such number.");
}

/* --- drawing -------------------------------------------------------------------- */

static void
bind_number(struct sql *sql, const struct queue_number *number)
{
    sql_bind_text(sql, number->location);
    sql_bind_integer(sql, number->kind);
    sql_bind_text(sql, number->product);
    sql_bind_text(sql, number->language);
    sql_bind_text(sql, number->kiosk);
    sql_bind_time(sql, number->start);
}

bool
store_queue_add(struct store_session *session, int64_t day, const char *key,
                const uint8_t *booking, struct queue_number *number,
                struct error *error)
{
    struct sql *sql = sql_begin(
        session,
        "INSERT INTO queue_number (location, kind, product, language, kiosk, start,"
        " day, key, booking, drawn, follow, state, outcome, number)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, 0, 0,"
        " (SELECT ifnull(max(number), 0) + 1 FROM queue_number"
        "  WHERE location = ?1 AND day = ?7 AND kind = ?2)) RETURNING " COLUMNS);

    bind_number(sql, number);
    sql_bind_integer(sql, day);
    sql_bind_text(sql, key);
    if (booking != NULL) {
        sql_bind_bytes(sql, booking, BOOK_ID_BYTES);
    } else {
        sql_bind_text(sql, NULL);
    }
    sql_bind_integer(sql, store_now(session));
    sql_bind_text(sql, number->follow[0] != '\0' ? number->follow : NULL);
    if (sql_step(sql)) {
        read_number(sql, number);
    }
    return sql_end(sql, error);
}

bool
store_queue_spend(struct store_session *session, int64_t day, const char *key,
                  const struct queue_number *number, struct error *error)
{
    struct sql *sql = sql_begin(
        session,
        "INSERT INTO queue_number (location, kind, product, language, kiosk, start,"
        " day, key, drawn, state, outcome)"
        " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, 2, 5)");

    bind_number(sql, number);
    sql_bind_integer(sql, day);
    sql_bind_text(sql, key);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_queue_by_key(struct store_session *session, const char *key,
                   struct queue_number *number, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT " COLUMNS " FROM queue_number WHERE key = ?1");

    sql_bind_text(sql, key);
    return read_one(sql, number, error);
}

bool
store_queue_by_follow(struct store_session *session, const char *follow,
                      struct queue_number *number, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT " COLUMNS " FROM queue_number WHERE follow = ?1");

    sql_bind_text(sql, follow);
    return read_one(sql, number, error);
}

bool
store_queue_by_booking(struct store_session *session, const uint8_t *booking,
                       struct queue_number *number, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT " COLUMNS " FROM queue_number WHERE booking = ?1");

    sql_bind_bytes(sql, booking, BOOK_ID_BYTES);
    return read_one(sql, number, error);
}

bool
store_queue_drawn(struct store_session *session, const char *location, int64_t day,
                  int *count, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT count(*) FROM queue_number WHERE location = ?1"
                           " AND day = ?2 AND kind = 0 AND number IS NOT NULL"
                           " AND outcome <> 5");

    sql_bind_text(sql, location);
    sql_bind_integer(sql, day);
    *count = sql_step(sql) ? (int)sql_integer(sql, 0) : 0;
    return sql_end(sql, error);
}

/* --- waiting and being called --------------------------------------------------- */

/*
 * ?1 location, ?2 day, ?3 desk (0: any), ?4 when an appointment's time has come, ?5
 * since when a desk is there. What was sent on to a desk where nobody is any more is
 * for any.
 */
#define NEXT_WHERE                                                                     \
    " WHERE location = ?1 AND day = ?2 AND state = 0"                                  \
    " AND (?3 = 0 OR for_desk = ?3 OR ("                                               \
    "  (for_desk IS NULL OR NOT EXISTS (SELECT 1 FROM queue_desk d"                    \
    "   WHERE d.location = ?1 AND d.number = for_desk AND d.seen >= ?5))"              \
    "  AND (NOT EXISTS (SELECT 1 FROM desk_product p"                                  \
    "    WHERE p.location = ?1 AND p.number = ?3)"                                     \
    "   OR EXISTS (SELECT 1 FROM desk_product p WHERE p.location = ?1"                 \
    "    AND p.number = ?3 AND p.product = queue_number.product))))"
#define NEXT_ORDER                                                                     \
    " ORDER BY for_desk IS NULL OR (?3 <> 0 AND for_desk <> ?3),"                      \
    " CASE WHEN kind = 0 THEN 1 WHEN start <= ?4 THEN 0 ELSE 2 END,"                   \
    " CASE kind WHEN 0 THEN drawn ELSE start END, id"

static void
bind_next(struct sql *sql, const struct store_queue_place *at)
{
    sql_bind_text(sql, at->location);
    sql_bind_integer(sql, at->day);
    sql_bind_integer(sql, at->desk);
    sql_bind_integer(sql, at->now + QUEUE_EARLY_S);
    sql_bind_integer(sql, at->now - QUEUE_STALE_S);
}

static bool
each(struct sql *sql, store_queue_take call, void *data, struct error *error)
{
    while (sql_step(sql)) {
        struct queue_number number;

        read_number(sql, &number);
        call(data, &number);
    }
    return sql_end(sql, error);
}

bool
store_queue_each_waiting(struct store_session *session,
                         const struct store_queue_place *at, store_queue_take call,
                         void *data, struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT " COLUMNS
                                         " FROM queue_number" NEXT_WHERE NEXT_ORDER);

    bind_next(sql, at);
    return each(sql, call, data, error);
}

bool
store_queue_each_called(struct store_session *session,
                        const struct store_queue_place *at, store_queue_take call,
                        void *data, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT " COLUMNS " FROM queue_number WHERE location = ?1 AND day = ?2"
                 " AND called IS NOT NULL AND state <> 0"
                 " ORDER BY announced DESC, id DESC LIMIT ?3");

    sql_bind_text(sql, at->location);
    sql_bind_integer(sql, at->day);
    sql_bind_integer(sql, QUEUE_CALLED_MAX);
    return each(sql, call, data, error);
}

bool
store_queue_call(struct store_session *session, const struct store_queue_place *at,
                 struct queue_number *number, struct error *error)
{
    struct sql *sql = sql_begin(
        session,
        "UPDATE queue_number SET state = 1, desk = ?3, for_desk = NULL,"
        " called = ?6, announced = ?6, first_called = ifnull(first_called, ?6),"
        " calls = calls + 1 WHERE id = (SELECT id FROM queue_number" NEXT_WHERE
            NEXT_ORDER " LIMIT 1) RETURNING " COLUMNS);

    bind_next(sql, at);
    sql_bind_integer(sql, at->now);
    return read_one(sql, number, error);
}

bool
store_queue_at_desk(struct store_session *session, const struct store_queue_place *at,
                    struct queue_number *number, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT " COLUMNS " FROM queue_number WHERE location = ?1"
                           " AND desk = ?2 AND state = 1");

    sql_bind_text(sql, at->location);
    sql_bind_integer(sql, at->desk);
    return read_one(sql, number, error);
}

/* `called` stays when it first came to this desk: how long a service takes. */
bool
store_queue_call_again(struct store_session *session, int64_t id, struct error *error)
{
    struct sql *sql = sql_begin(session, "UPDATE queue_number SET calls = calls + 1,"
                                         " announced = ?2 WHERE id = ?1");

    sql_bind_integer(sql, id);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_queue_send_on(struct store_session *session, int64_t id, int to,
                    struct error *error)
{
    struct sql *sql = sql_begin(
        session, "UPDATE queue_number SET state = 0, desk = NULL, for_desk = ?2,"
                 " served = served + ?3 - called WHERE id = ?1");

    sql_bind_integer(sql, id);
    sql_bind_integer(sql, to);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}

/* --- the end -------------------------------------------------------------------- */

#define ADD_COUNT                                                                      \
    " ON CONFLICT (day, location, product, kind, outcome) DO UPDATE SET"               \
    " count = count + excluded.count, waited = waited + excluded.waited,"              \
    " served = served + excluded.served"

bool
store_queue_end(struct store_session *session, int64_t id, enum queue_outcome outcome,
                struct error *error)
{
    struct sql *sql =
        sql_begin(session, "UPDATE queue_number SET served = served +"
                           "  CASE state WHEN 1 THEN ?3 - called ELSE 0 END,"
                           " state = 2, outcome = ?2, ended = ?3 WHERE id = ?1");

    sql_bind_integer(sql, id);
    sql_bind_integer(sql, outcome);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    if (!sql_end(sql, error)) {
        return false;
    }
    sql = sql_begin(session,
                    "INSERT INTO queue_count (day, location, product, kind, outcome,"
                    " count, waited, served)"
                    " SELECT day, location, product, kind, outcome, 1,"
                    "  ifnull(first_called - drawn, 0), served"
                    " FROM queue_number WHERE id = ?1" ADD_COUNT);
    sql_bind_integer(sql, id);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_queue_forget(struct store_session *session, const char *location, int64_t before,
                   struct error *error)
{
    static const char *const texts[] = {
        "INSERT INTO queue_count (day, location, product, kind, outcome, count, waited,"
        " served) SELECT day, location, product, kind, 6, count(*),"
        "  ifnull(sum(first_called - drawn), 0), sum(served) FROM queue_number"
        " WHERE location = ?1 AND day < ?2 AND state <> 2"
        " GROUP BY day, location, product, kind" ADD_COUNT,
        "DELETE FROM queue_number WHERE location = ?1 AND day < ?2",
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct sql *sql = sql_begin(session, texts[i]);

        sql_bind_text(sql, location);
        sql_bind_integer(sql, before);
        sql_step(sql);
        if (!sql_end(sql, error)) {
            return false;
        }
    }
    return true;
}

bool
store_queue_services(struct store_session *session, const char *location, int64_t since,
                     int64_t *seconds, size_t max, size_t *count, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT served FROM queue_number WHERE location = ?1"
                           " AND ended >= ?2 AND outcome BETWEEN 1 AND 3"
                           " ORDER BY ended DESC, id DESC LIMIT ?3");

    *count = 0;
    sql_bind_text(sql, location);
    sql_bind_integer(sql, since);
    sql_bind_integer(sql, (int64_t)max);
    while (sql_step(sql)) {
        seconds[(*count)++] = sql_integer(sql, 0);
    }
    return sql_end(sql, error);
}

bool
store_queue_counts(struct store_session *session, struct date from, struct date to,
                   store_queue_count call, void *data, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT day, location, product, kind, outcome, count,"
                           " waited, served FROM queue_count WHERE day BETWEEN ?1 AND"
                           " ?2 ORDER BY day, location, product, kind, outcome");

    sql_bind_integer(sql, date_to_days(from));
    sql_bind_integer(sql, date_to_days(to));
    while (sql_step(sql)) {
        struct queue_count row = {
            .date = date_from_days(sql_integer(sql, 0)),
            .kind = (enum queue_kind)sql_integer(sql, 3),
            .outcome = (enum queue_outcome)sql_integer(sql, 4),
            .count = sql_integer(sql, 5),
            .waited_s = sql_integer(sql, 6),
            .served_s = sql_integer(sql, 7),
        };

        text_copy(row.location, sizeof(row.location), sql_text(sql, 1));
        text_copy(row.product, sizeof(row.product), sql_text(sql, 2));
        call(data, &row);
    }
    return sql_end(sql, error);
}
