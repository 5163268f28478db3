#include "backoffice/store_hand_over.h"

#include <string.h>

#include "backoffice/sql.h"
#include "backoffice/store_schema.h"
#include "base/text.h"

const char store_schema_hand_over[] =
    "CREATE TABLE hand_over ("
    " hash BLOB PRIMARY KEY NOT NULL,"
    " hour INTEGER NOT NULL,"
    " completed INTEGER NOT NULL DEFAULT 0,"
    " kiosk TEXT NOT NULL, location TEXT NOT NULL, product_uri TEXT NOT NULL,"
    " product TEXT NOT NULL, channel TEXT NOT NULL, variant TEXT NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE INDEX hand_over_hour ON hand_over (hour);";

bool
store_hand_over_add(struct store_session *session, const struct hand_over *hand_over,
                    struct error *error)
{
    struct sql *sql =
        sql_begin(session, "INSERT INTO hand_over (hash, hour, kiosk, location,"
                           " product_uri, product, channel, variant)"
                           " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
                           " ON CONFLICT (hash) DO NOTHING");

    sql_bind_bytes(sql, hand_over->hash, HASH_BYTES);
    sql_bind_integer(sql, hand_over->hour);
    sql_bind_text(sql, hand_over->kiosk);
    sql_bind_text(sql, hand_over->location);
    sql_bind_text(sql, hand_over->product_uri);
    sql_bind_text(sql, hand_over->product);
    sql_bind_text(sql, channel_name(hand_over->channel));
    sql_bind_text(sql, hand_over->variant);
    sql_step(sql);
    return sql_end(sql, error);
}

static bool
read_row(const struct sql *sql, struct hand_over *hand_over)
{
    hand_over->hour = sql_integer(sql, 0);
    hand_over->completed = sql_integer(sql, 1) != 0;
    text_copy(hand_over->kiosk, sizeof(hand_over->kiosk), sql_text(sql, 2));
    text_copy(hand_over->location, sizeof(hand_over->location), sql_text(sql, 3));
    text_copy(hand_over->product_uri, sizeof(hand_over->product_uri), sql_text(sql, 4));
    text_copy(hand_over->product, sizeof(hand_over->product), sql_text(sql, 5));
    text_copy(hand_over->variant, sizeof(hand_over->variant), sql_text(sql, 7));
    return hand_over->completed ||
           channel_from_name(sql_text(sql, 6), &hand_over->channel);
}

bool
store_hand_over_find(struct store_session *session, int64_t since,
                     struct hand_over *hand_over, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT hour, completed, kiosk, location, product_uri, product,"
                 " channel, variant FROM hand_over WHERE hash = ?1 AND hour >= ?2");
    bool found, whole;

    sql_bind_bytes(sql, hand_over->hash, HASH_BYTES);
    sql_bind_integer(sql, since);
    found = sql_step(sql);
    whole = !found || read_row(sql, hand_over);
    return sql_end(sql, error) &&
           (whole || error_set(error, ERROR_STORAGE, "a hand-over is damaged")) &&
           (found || error_set(error, ERROR_NOT_FOUND, "This code is not known."));
}

bool
store_hand_over_complete(struct store_session *session, const uint8_t hash[HASH_BYTES],
                         struct error *error)
{
    struct sql *sql = sql_begin(
        session, "UPDATE hand_over SET completed = 1, kiosk = '', location = '',"
                 " product_uri = '', product = '', channel = '', variant = ''"
                 " WHERE hash = ?1");

    sql_bind_bytes(sql, hash, HASH_BYTES);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_hand_over_forget(struct store_session *session, int64_t since,
                       struct error *error)
{
    struct sql *sql = sql_begin(session, "DELETE FROM hand_over WHERE hour < ?1");

    sql_bind_integer(sql, since);
    sql_step(sql);
    return sql_end(sql, error);
}
