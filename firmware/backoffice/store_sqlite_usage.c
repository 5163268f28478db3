#include "backoffice/store_usage.h"

#include <assert.h>
#include <string.h>

#include "backoffice/sql.h"
#include "backoffice/store_schema.h"
#include "base/text.h"

/* Hours and days are numbers since 1970: hours of UTC, days of the office's zone. */
const char store_schema_usage[] =
    "CREATE TABLE stream ("
    " stream BLOB PRIMARY KEY NOT NULL,"
    " kiosk TEXT NOT NULL,"
    " mark INTEGER NOT NULL,"
    " link BLOB NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE TABLE stream_gap ("
    " stream BLOB NOT NULL,"
    " first INTEGER NOT NULL,"
    " last INTEGER NOT NULL,"
    " noted_at INTEGER NOT NULL,"
    " PRIMARY KEY (stream, first)"
    ") WITHOUT ROWID;"
    "CREATE TABLE stream_conflict ("
    " stream BLOB NOT NULL,"
    " first INTEGER NOT NULL,"
    " last INTEGER NOT NULL,"
    " counts TEXT NOT NULL,"
    " kiosk TEXT NOT NULL,"
    " noted_at INTEGER NOT NULL,"
    " PRIMARY KEY (stream, first, last, counts)"
    ") WITHOUT ROWID;"
    "CREATE TABLE count_step ("
    " hour INTEGER NOT NULL, kiosk TEXT NOT NULL, location TEXT NOT NULL,"
    " product_uri TEXT NOT NULL, product TEXT NOT NULL, channel TEXT NOT NULL,"
    " step TEXT NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (hour, kiosk, location, product_uri, product, channel, step)"
    ") WITHOUT ROWID;"
    "CREATE TABLE count_variant ("
    " day INTEGER NOT NULL, product TEXT NOT NULL, variant TEXT NOT NULL,"
    " step TEXT NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (day, product, variant, step)"
    ") WITHOUT ROWID;"
    "CREATE TABLE count_outcome ("
    " day INTEGER NOT NULL, screen TEXT NOT NULL, outcome TEXT NOT NULL,"
    " count INTEGER NOT NULL, PRIMARY KEY (day, screen, outcome)"
    ") WITHOUT ROWID;"
    "CREATE TABLE count_language ("
    " day INTEGER NOT NULL, language TEXT NOT NULL, modes INTEGER NOT NULL,"
    " count INTEGER NOT NULL, PRIMARY KEY (day, language, modes)"
    ") WITHOUT ROWID;"
    "CREATE TABLE count_satisfaction ("
    " day INTEGER NOT NULL, channel TEXT NOT NULL, satisfaction INTEGER NOT NULL,"
    " count INTEGER NOT NULL, PRIMARY KEY (day, channel, satisfaction)"
    ") WITHOUT ROWID;"
    "CREATE TABLE count_duration ("
    " day INTEGER NOT NULL, duration TEXT NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (day, duration)"
    ") WITHOUT ROWID;"
    "CREATE TABLE count_misses ("
    " day INTEGER NOT NULL, screen TEXT NOT NULL, count INTEGER NOT NULL,"
    " PRIMARY KEY (day, screen)"
    ") WITHOUT ROWID;";

const char store_schema_usage_success[] =
    "CREATE TABLE count_success ("
    " day INTEGER NOT NULL, channel TEXT NOT NULL, success TEXT NOT NULL,"
    " count INTEGER NOT NULL, PRIMARY KEY (day, channel, success)"
    ") WITHOUT ROWID;";

const char store_schema_usage_help[] =
    "CREATE TABLE count_help ("
    " day INTEGER NOT NULL, screen TEXT NOT NULL, fate TEXT NOT NULL,"
    " count INTEGER NOT NULL, PRIMARY KEY (day, screen, fate)"
    ") WITHOUT ROWID;";

/* --- streams -------------------------------------------------------------------- */

bool
store_stream_find(struct store_session *session, const uint8_t id[USAGE_STREAM_BYTES],
                  struct store_stream *stream, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT kiosk, mark, link FROM stream WHERE stream = ?1");
    bool whole = true;

    memset(stream, 0, sizeof(*stream));
    memcpy(stream->stream, id, USAGE_STREAM_BYTES);
    hash_bytes(id, USAGE_STREAM_BYTES, stream->link);
    sql_bind_bytes(sql, id, USAGE_STREAM_BYTES);
    if (sql_step(sql)) {
        text_copy(stream->kiosk, sizeof(stream->kiosk), sql_text(sql, 0));
        stream->mark = sql_integer(sql, 1);
        whole = sql_bytes(sql, 2, stream->link, HASH_BYTES);
    }
    return sql_end(sql, error) &&
           (whole || error_set(error, ERROR_STORAGE, "a stream's link is damaged"));
}

bool
store_stream_save(struct store_session *session, const struct store_stream *stream,
                  struct error *error)
{
    struct sql *sql =
        sql_begin(session, "INSERT INTO stream (stream, kiosk, mark, link)"
                           " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (stream)"
                           " DO UPDATE SET mark = excluded.mark, link = excluded.link");

    sql_bind_bytes(sql, stream->stream, USAGE_STREAM_BYTES);
    sql_bind_text(sql, stream->kiosk);
    sql_bind_integer(sql, stream->mark);
    sql_bind_bytes(sql, stream->link, HASH_BYTES);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_gap_add(struct store_session *session, const uint8_t stream[USAGE_STREAM_BYTES],
              int64_t first, int64_t last, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "INSERT INTO stream_gap (stream, first, last, noted_at)"
                 " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (stream, first) DO NOTHING");

    sql_bind_bytes(sql, stream, USAGE_STREAM_BYTES);
    sql_bind_integer(sql, first);
    sql_bind_integer(sql, last);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}

/* --- conflicts ------------------------------------------------------------------ */

/* How many reports there are of the stream beside the one just made. */
static bool
conflict_fits(struct store_session *session, const struct store_conflict *conflict,
              struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT count(*) FROM stream_conflict WHERE stream = ?1"
                           " AND NOT (first = ?2 AND last = ?3 AND counts = ?4)");
    int64_t others = 0;

    sql_bind_bytes(sql, conflict->stream, USAGE_STREAM_BYTES);
    sql_bind_integer(sql, conflict->first);
    sql_bind_integer(sql, conflict->last);
    sql_bind_text(sql, conflict->counts);
    if (sql_step(sql)) {
        others = sql_integer(sql, 0);
    }
    return sql_end(sql, error) &&
           (others < STORE_CONFLICTS_OF_STREAM_MAX ||
            error_set(error, ERROR_REFUSED,
                      "this stream has %d reports of a conflict already",
                      STORE_CONFLICTS_OF_STREAM_MAX));
}

bool
store_conflict_add(struct store_session *session, const struct store_conflict *conflict,
                   struct error *error)
{
    struct sql *sql;

    if (!conflict_fits(session, conflict, error)) {
        return false;
    }
    sql = sql_begin(session, "INSERT INTO stream_conflict"
                             " (stream, first, last, counts, kiosk, noted_at)"
                             " VALUES (?1, ?2, ?3, ?4, ?5, ?6)"
                             " ON CONFLICT (stream, first, last, counts) DO NOTHING");
    sql_bind_bytes(sql, conflict->stream, USAGE_STREAM_BYTES);
    sql_bind_integer(sql, conflict->first);
    sql_bind_integer(sql, conflict->last);
    sql_bind_text(sql, conflict->counts);
    sql_bind_text(sql, conflict->kiosk);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}

/* --- for staff ------------------------------------------------------------------ */

/* Columns: stream, kiosk, first, last, noted_at, counts (NULL for a gap). */
static bool
read_troubles(struct sql *sql, int max, store_trouble_take take, void *data,
              struct error *error)
{
    bool more = true, whole = true;

    sql_bind_integer(sql, max);
    while (more && whole && sql_step(sql)) {
        struct store_trouble trouble = {
            .kiosk = sql_text(sql, 1),
            .first = sql_integer(sql, 2),
            .last = sql_integer(sql, 3),
            .noted_at = sql_integer(sql, 4),
            .counts = sql_is_null(sql, 5) ? NULL : sql_text(sql, 5),
        };

        whole = sql_bytes(sql, 0, trouble.stream, USAGE_STREAM_BYTES);
        more = whole && take(data, &trouble);
    }
    return sql_end(sql, error) &&
           (whole || error_set(error, ERROR_STORAGE, "a stream's id is damaged"));
}

bool
store_gaps_read(struct store_session *session, int max, store_trouble_take take,
                void *data, struct error *error)
{
    return read_troubles(
        sql_begin(session, "SELECT g.stream, s.kiosk, g.first, g.last, g.noted_at, NULL"
                           " FROM stream_gap g LEFT JOIN stream s"
                           " ON s.stream = g.stream"
                           " ORDER BY g.noted_at DESC, g.stream, g.first LIMIT ?1"),
        max, take, data, error);
}

bool
store_conflicts_read(struct store_session *session, int max, store_trouble_take take,
                     void *data, struct error *error)
{
    return read_troubles(
        sql_begin(session, "SELECT stream, kiosk, first, last, noted_at, counts"
                           " FROM stream_conflict"
                           " ORDER BY noted_at DESC, stream, first, last, counts"
                           " LIMIT ?1"),
        max, take, data, error);
}

/* --- counts --------------------------------------------------------------------- */

static const struct {
    int texts;
    bool number;
    const char *add;
} tables[COUNT_TABLE_COUNT] = {
    [COUNT_STEP] =
        {6, false,
         "INSERT INTO count_step VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8) ON CONFLICT"
         " (hour, kiosk, location, product_uri, product, channel, step)"
         " DO UPDATE SET count = count_step.count + excluded.count"},
    [COUNT_VARIANT] =
        {3, false,
         "INSERT INTO count_variant VALUES (?1, ?2, ?3, ?4, ?5) ON CONFLICT"
         " (day, product, variant, step)"
         " DO UPDATE SET count = count_variant.count + excluded.count"},
    [COUNT_OUTCOME] = {2, false,
                       "INSERT INTO count_outcome VALUES (?1, ?2, ?3, ?4) ON CONFLICT"
                       " (day, screen, outcome)"
                       " DO UPDATE SET count = count_outcome.count + excluded.count"},
    [COUNT_LANGUAGE] = {1, true,
                        "INSERT INTO count_language VALUES (?1, ?2, ?3, ?4) ON CONFLICT"
                        " (day, language, modes)"
                        " DO UPDATE SET count = count_language.count + excluded.count"},
    [COUNT_SATISFACTION] =
        {1, true,
         "INSERT INTO count_satisfaction VALUES (?1, ?2, ?3, ?4) ON CONFLICT"
         " (day, channel, satisfaction)"
         " DO UPDATE SET count = count_satisfaction.count + excluded.count"},
    [COUNT_SUCCESS] = {2, false,
                       "INSERT INTO count_success VALUES (?1, ?2, ?3, ?4) ON CONFLICT"
                       " (day, channel, success)"
                       " DO UPDATE SET count = count_success.count + excluded.count"},
    [COUNT_HELP] = {2, false,
                    "INSERT INTO count_help VALUES (?1, ?2, ?3, ?4) ON CONFLICT"
                    " (day, screen, fate)"
                    " DO UPDATE SET count = count_help.count + excluded.count"},
    [COUNT_DURATION] =
        {1, false,
         "INSERT INTO count_duration VALUES (?1, ?2, ?3) ON CONFLICT (day, duration)"
         " DO UPDATE SET count = count_duration.count + excluded.count"},
    [COUNT_MISSES] =
        {1, false,
         "INSERT INTO count_misses VALUES (?1, ?2, ?3) ON CONFLICT (day, screen)"
         " DO UPDATE SET count = count_misses.count + excluded.count"},
};

static bool
count_add(struct store_session *session, const struct tally *tally, struct error *error)
{
    struct sql *sql = sql_begin(session, tables[tally->table].add);

    sql_bind_integer(sql, tally->time);
    for (int i = 0; i < tables[tally->table].texts; i++) {
        assert(tally->texts[i] != NULL);
        sql_bind_text(sql, tally->texts[i]);
    }
    if (tables[tally->table].number) {
        sql_bind_integer(sql, tally->number);
    }
    sql_bind_integer(sql, tally->count);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_counts_add(struct store_session *session, const struct tally *tallies,
                 size_t count, struct error *error)
{
    for (size_t i = 0; i < count; i++) {
        if (!count_add(session, &tallies[i], error)) {
            return false;
        }
    }
    return true;
}

bool
store_visits_read(struct store_session *session, const char *location, int64_t from,
                  int64_t to, void (*take)(void *data, int64_t hour, int64_t count),
                  void *data, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT hour, sum(count) FROM count_step WHERE hour >= ?1"
                 " AND hour < ?2 AND location = ?3 AND step = 'visit' GROUP BY hour");

    sql_bind_integer(sql, from);
    sql_bind_integer(sql, to);
    sql_bind_text(sql, location);
    while (sql_step(sql)) {
        take(data, sql_integer(sql, 0), sql_integer(sql, 1));
    }
    return sql_end(sql, error);
}

bool
store_counts_read(struct store_session *session, int64_t from, int64_t to,
                  bool (*take)(void *data, const struct count_row *row), void *data,
                  struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT hour, kiosk, location, product_uri, product, channel, step,"
                 " count FROM count_step WHERE hour >= ?1 AND hour < ?2 ORDER BY 1");
    bool more = true;

    sql_bind_integer(sql, from);
    sql_bind_integer(sql, to);
    while (more && sql_step(sql)) {
        struct count_row row = {.hour = sql_integer(sql, 0),
                                .count = sql_integer(sql, 7)};

        text_copy(row.kiosk, sizeof(row.kiosk), sql_text(sql, 1));
        text_copy(row.location, sizeof(row.location), sql_text(sql, 2));
        text_copy(row.product_uri, sizeof(row.product_uri), sql_text(sql, 3));
        text_copy(row.product, sizeof(row.product), sql_text(sql, 4));
        text_copy(row.channel, sizeof(row.channel), sql_text(sql, 5));
        text_copy(row.step, sizeof(row.step), sql_text(sql, 6));
        more = take(data, &row);
    }
    return sql_end(sql, error);
}

bool
store_screens_read(struct store_session *session, int64_t from, int64_t to,
                   void (*take)(void *data, const struct screen_count *row), void *data,
                   struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT day, screen, sum(ended), sum(misses) FROM"
                 " (SELECT day, screen, count AS ended, 0 AS misses FROM count_outcome"
                 " UNION ALL SELECT day, screen, 0, count FROM count_misses) AS told"
                 " WHERE day >= ?1 AND day <= ?2 GROUP BY day, screen ORDER BY 1, 2");

    sql_bind_integer(sql, from);
    sql_bind_integer(sql, to);
    while (sql_step(sql)) {
        struct screen_count row = {.day = sql_integer(sql, 0),
                                   .ended = sql_integer(sql, 2),
                                   .misses = sql_integer(sql, 3)};

        text_copy(row.screen, sizeof(row.screen), sql_text(sql, 1));
        take(data, &row);
    }
    return sql_end(sql, error);
}
