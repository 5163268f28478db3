#include "backoffice/sql.h"
#include "backoffice/store_queue.h"
#include "base/text.h"

/* Which desks are there, and what staff decide about a location's numbers. */

bool
store_queue_desks(struct store_session *session, const char *location,
                  const char *product, int64_t since, struct queue_desk *desks,
                  size_t *count, struct error *error)
{
    struct sql *sql = sql_begin(
        session,
        "SELECT number, paused, seen FROM queue_desk d WHERE location = ?1"
        " AND seen >= ?2 AND (?3 IS NULL OR NOT EXISTS (SELECT 1 FROM desk_product p"
        "  WHERE p.location = ?1 AND p.number = d.number)"
        " OR EXISTS (SELECT 1 FROM desk_product p WHERE p.location = ?1"
        "  AND p.number = d.number AND p.product = ?3)) ORDER BY number LIMIT ?4");

    *count = 0;
    sql_bind_text(sql, location);
    sql_bind_integer(sql, since);
    sql_bind_text(sql, product);
    sql_bind_integer(sql, QUEUE_DESKS_MAX);
    while (sql_step(sql)) {
        desks[(*count)++] = (struct queue_desk){
            .number = (int)sql_integer(sql, 0),
            .paused = sql_integer(sql, 1) != 0,
            .seen = sql_integer(sql, 2),
        };
    }
    return sql_end(sql, error);
}

bool
store_queue_set_desk(struct store_session *session, const struct store_queue_place *at,
                     bool paused, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "INSERT INTO queue_desk (location, number, paused, seen)"
                           " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (location, number)"
                           " DO UPDATE SET paused = ?3, seen = ?4");

    sql_bind_text(sql, at->location);
    sql_bind_integer(sql, at->desk);
    sql_bind_integer(sql, paused);
    sql_bind_integer(sql, at->now);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_queue_see_desk(struct store_session *session, const struct store_queue_place *at,
                     struct error *error)
{
    struct sql *sql =
        sql_begin(session, "INSERT INTO queue_desk (location, number, paused, seen)"
                           " VALUES (?1, ?2, 0, ?3) ON CONFLICT (location, number)"
                           " DO UPDATE SET seen = ?3");

    sql_bind_text(sql, at->location);
    sql_bind_integer(sql, at->desk);
    sql_bind_integer(sql, at->now);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_queue_leave(struct store_session *session, const struct store_queue_place *at,
                  struct error *error)
{
    static const char *const texts[] = {
        "DELETE FROM queue_desk WHERE location = ?1 AND number = ?2",
        "UPDATE queue_number SET for_desk = NULL WHERE location = ?1"
        " AND for_desk = ?2 AND state = 0",
    };

    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct sql *sql = sql_begin(session, texts[i]);

        sql_bind_text(sql, at->location);
        sql_bind_integer(sql, at->desk);
        sql_step(sql);
        if (!sql_end(sql, error)) {
            return false;
        }
    }
    return true;
}

bool
store_queue_desk_count(struct store_session *session, const char *location, int *count,
                       struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT count(*) FROM desk"
                                         " WHERE location = ?1 AND active = 1");

    sql_bind_text(sql, location);
    *count = sql_step(sql) ? (int)sql_integer(sql, 0) : 0;
    return sql_end(sql, error);
}

bool
store_queue_rule(struct store_session *session, const char *location,
                 struct queue_rule *rule, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT mode, ifnull(cap, -1), note FROM queue_rule"
                           " WHERE location = ?1");

    *rule = (struct queue_rule){.mode = QUEUE_OPEN, .cap = -1};
    text_copy(rule->location, sizeof(rule->location), location);
    sql_bind_text(sql, location);
    if (sql_step(sql)) {
        rule->mode = (enum queue_mode)sql_integer(sql, 0);
        rule->cap = (int)sql_integer(sql, 1);
        text_copy(rule->note, sizeof(rule->note), sql_text(sql, 2));
    }
    return sql_end(sql, error);
}

bool
store_queue_set_rule(struct store_session *session, const struct queue_rule *rule,
                     struct error *error)
{
    struct sql *sql =
        sql_begin(session, "INSERT INTO queue_rule (location, mode, cap, note)"
                           " VALUES (?1, ?2, nullif(?3, -1), ?4)"
                           " ON CONFLICT (location) DO UPDATE SET mode = ?2,"
                           " cap = nullif(?3, -1), note = ?4");

    sql_bind_text(sql, rule->location);
    sql_bind_integer(sql, rule->mode);
    sql_bind_integer(sql, rule->cap);
    sql_bind_text(sql, rule->note);
    sql_step(sql);
    return sql_end(sql, error);
}
