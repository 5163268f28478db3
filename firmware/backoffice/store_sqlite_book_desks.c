#include "backoffice/store_book.h"

#include <string.h>

#include "backoffice/book_agenda.h"
#include "backoffice/sql.h"
#include "backoffice/store_schema.h"
#include "base/text.h"

/* Desks: how many, what each does, and when it is closed. */

const char store_schema_book_desks[] =
    /* What staff said; a location that is not here has as many as the settings say. */
    "CREATE TABLE desk_count ("
    " location TEXT PRIMARY KEY NOT NULL,"
    " count INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    /* A desk that is not here does everything. */
    "CREATE TABLE desk_product ("
    " location TEXT NOT NULL,"
    " number INTEGER NOT NULL,"
    " product TEXT NOT NULL,"
    " PRIMARY KEY (location, number, product)"
    ") WITHOUT ROWID;"
    /* `number` is NULL when the whole location is closed. */
    "CREATE TABLE closure ("
    " id INTEGER PRIMARY KEY,"
    " location TEXT NOT NULL,"
    " number INTEGER,"
    " start INTEGER NOT NULL,"
    " until INTEGER NOT NULL,"
    " reason TEXT NOT NULL"
    ");"
    "CREATE INDEX closure_location ON closure (location, until);"
    "CREATE INDEX booking_to_come ON booking (start) WHERE state = 1;";

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
store_book_said_desks(struct store_session *session, const char *location, int *count,
                      struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT count FROM desk_count WHERE location = ?1");

    sql_bind_text(sql, location);
    *count = sql_step(sql) ? (int)sql_integer(sql, 0) : -1;
    return sql_end(sql, error);
}

bool
store_book_say_desks(struct store_session *session, const char *location, int count,
                     struct error *error)
{
    struct sql *sql =
        sql_begin(session, "INSERT INTO desk_count (location, count) VALUES (?1, ?2)"
                           " ON CONFLICT (location) DO UPDATE SET count = ?2");

    sql_bind_text(sql, location);
    sql_bind_integer(sql, count);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_book_each_desk(struct store_session *session, store_book_desk call, void *data,
                     struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT desk.location, desk.number, product FROM desk"
                 " LEFT JOIN desk_product ON desk_product.location = desk.location"
                 " AND desk_product.number = desk.number WHERE active = 1"
                 " ORDER BY desk.location, desk.number, product");

    while (sql_step(sql)) {
        call(data, sql_text(sql, 0), (int)sql_integer(sql, 1),
             sql_is_null(sql, 2) ? NULL : sql_text(sql, 2));
    }
    return sql_end(sql, error);
}

bool
store_book_set_desk_products(struct store_session *session, const char *location,
                             int number, const struct product *const *products,
                             size_t count, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "DELETE FROM desk_product WHERE location = ?1 AND number = ?2");

    sql_bind_text(sql, location);
    sql_bind_integer(sql, number);
    sql_step(sql);
    if (!sql_end(sql, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        sql = sql_begin(session, "INSERT OR IGNORE INTO desk_product"
                                 " (location, number, product) VALUES (?1, ?2, ?3)");
        sql_bind_text(sql, location);
        sql_bind_integer(sql, number);
        sql_bind_text(sql, products[i]->id);
        sql_step(sql);
        if (!sql_end(sql, error)) {
            return false;
        }
    }
    return true;
}

/* --- closures ------------------------------------------------------------------- */

bool
store_book_add_closure(struct store_session *session, struct book_closure *closure,
                       struct error *error)
{
    struct sql *sql = sql_begin(
        session, "INSERT INTO closure (location, number, start, until, reason)"
                 " VALUES (?1, nullif(?2, 0), ?3, ?4, ?5) RETURNING id");

    sql_bind_text(sql, closure->location);
    sql_bind_integer(sql, closure->desk);
    sql_bind_integer(sql, closure->start);
    sql_bind_integer(sql, closure->end);
    sql_bind_text(sql, closure->reason);
    if (sql_step(sql)) {
        closure->id = sql_integer(sql, 0);
    }
    return sql_end(sql, error);
}

bool
store_book_remove_closure(struct store_session *session, int64_t id,
                          struct error *error)
{
    struct sql *sql = sql_begin(session, "DELETE FROM closure WHERE id = ?1");
    int64_t changes;

    sql_bind_integer(sql, id);
    sql_step(sql);
    changes = sql_changes(sql);
    if (!sql_end(sql, error)) {
        return false;
    }
    return changes > 0 ||
           error_set(error, ERROR_NOT_FOUND, "There is no such closure.");
}

bool
store_book_each_closure(struct store_session *session, int64_t from,
                        store_book_closure call, void *data, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT id, location, ifnull(number, 0), start, until, reason"
                 " FROM closure WHERE until > ?1 ORDER BY start, id");

    sql_bind_integer(sql, from);
    while (sql_step(sql)) {
        struct book_closure closure = {
            .id = sql_integer(sql, 0),
            .desk = (int)sql_integer(sql, 2),
            .start = sql_integer(sql, 3),
            .end = sql_integer(sql, 4),
        };

        text_copy(closure.location, sizeof(closure.location), sql_text(sql, 1));
        text_copy(closure.reason, sizeof(closure.reason), sql_text(sql, 5));
        call(data, &closure);
    }
    return sql_end(sql, error);
}

bool
store_book_each_shut(struct store_session *session, const char *location, int64_t desk,
                     int64_t from, int64_t to, store_book_shut call, void *data,
                     struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT start, until FROM closure WHERE location = ?1 AND until > ?3"
                 " AND start < ?4 AND (number IS NULL"
                 "  OR number = (SELECT number FROM desk WHERE id = ?2))");

    sql_bind_text(sql, location);
    sql_bind_integer(sql, desk);
    sql_bind_integer(sql, from);
    sql_bind_integer(sql, to);
    while (sql_step(sql)) {
        call(data, sql_integer(sql, 0), sql_integer(sql, 1));
    }
    return sql_end(sql, error);
}

/* --- which desk ----------------------------------------------------------------- */

/* All of the products, each once, and how many there are: ?3 to ?7. */
static void
bind_products(struct sql *sql, const struct booking *booking)
{
    int64_t count = 0;

    for (size_t i = 0; i < BOOK_ITEMS_MAX; i++) {
        bool fresh = i < booking->item_count;

        for (size_t j = 0; j < i && fresh; j++) {
            fresh = !text_equal(booking->items[i].product, booking->items[j].product);
        }
        sql_bind_text(sql, fresh ? booking->items[i].product : NULL);
        count += fresh;
    }
    sql_bind_integer(sql, count);
}

/* One that is limited comes first: it leaves the others free for what it can't do. */
#define ABLE_DESKS                                                                     \
    "SELECT desk.id, (SELECT count(*) FROM desk_product p"                             \
    "  WHERE p.location = desk.location AND p.number = desk.number) AS limits"         \
    " FROM desk WHERE location = ?1 AND active = 1 AND (limits = 0 OR"                 \
    " (SELECT count(*) FROM desk_product p WHERE p.location = desk.location"           \
    "  AND p.number = desk.number AND p.product IN (?3, ?4, ?5, ?6)) = ?7)"
#define ABLE_ORDER " ORDER BY limits = 0, number LIMIT ?2"

bool
store_book_desks(struct store_session *session, const struct booking *booking,
                 int64_t *desks, size_t *count, struct error *error)
{
    struct sql *sql = sql_begin(session, ABLE_DESKS ABLE_ORDER);

    *count = 0;
    sql_bind_text(sql, booking->location);
    sql_bind_integer(sql, DESKS_MAX);
    bind_products(sql, booking);
    while (sql_step(sql)) {
        desks[(*count)++] = sql_integer(sql, 0);
    }
    return sql_end(sql, error);
}

bool
store_book_free_desk(struct store_session *session, const struct booking *booking,
                     int64_t *desk, struct error *error)
{
    struct sql *sql =
        sql_begin(session, ABLE_DESKS
                  " AND NOT EXISTS (SELECT 1 FROM cell WHERE cell.desk = desk.id"
                  "  AND cell.start >= ?8 AND cell.start < ?9"
                  "  AND (cell.expires IS NULL OR cell.expires > ?10))"
                  " AND NOT EXISTS (SELECT 1 FROM closure c"
                  "  WHERE c.location = desk.location AND c.until > ?8"
                  "  AND c.start < ?9"
                  "  AND (c.number IS NULL OR c.number = desk.number))" ABLE_ORDER);

    sql_bind_text(sql, booking->location);
    sql_bind_integer(sql, 1);
    bind_products(sql, booking);
    sql_bind_integer(sql, booking->start);
    sql_bind_integer(sql, booking->end);
    sql_bind_integer(sql, store_now(session));
    *desk = sql_step(sql) ? sql_integer(sql, 0) : 0;
    return sql_end(sql, error);
}

/* --- who sits where they can't --------------------------------------------------- */

bool
store_book_each_seat(struct store_session *session, int64_t after,
                     store_book_take_seat call, void *data, struct error *error)
{
    struct sql *sql = sql_begin(
        session,
        "SELECT b.id, b.start, b.until, b.location, d.number,"
        " (SELECT group_concat(product, ' ') FROM booking_item i"
        "  WHERE i.booking = b.id),"
        " d.active = 0,"
        " EXISTS (SELECT 1 FROM closure c WHERE c.location = b.location"
        "  AND c.until > b.start AND c.start < b.until AND c.number = d.number),"
        " EXISTS (SELECT 1 FROM desk_product p WHERE p.location = d.location"
        "  AND p.number = d.number)"
        "  AND EXISTS (SELECT 1 FROM booking_item i WHERE i.booking = b.id"
        "  AND i.product NOT IN (SELECT p.product FROM desk_product p"
        "   WHERE p.location = d.location AND p.number = d.number)),"
        " EXISTS (SELECT 1 FROM closure c WHERE c.location = b.location"
        "  AND c.until > b.start AND c.start < b.until AND c.number IS NULL)"
        " FROM booking b JOIN desk d ON d.id = b.desk"
        " WHERE b.state = 1 AND b.start > ?1 ORDER BY b.start, b.id");

    sql_bind_integer(sql, after);
    while (sql_step(sql)) {
        struct store_book_seat seat = {
            .start = sql_integer(sql, 1),
            .end = sql_integer(sql, 2),
            .number = (int)sql_integer(sql, 4),
            .gone = sql_integer(sql, 6) != 0,
            .desk_shut = sql_integer(sql, 7) != 0,
            .wrong_desk = sql_integer(sql, 8) != 0,
            .location_shut = sql_integer(sql, 9) != 0,
        };

        text_copy(seat.location, sizeof(seat.location), sql_text(sql, 3));
        text_copy(seat.products, sizeof(seat.products), sql_text(sql, 5));
        if (sql_bytes(sql, 0, seat.id, sizeof(seat.id)) && !call(data, &seat)) {
            break;
        }
    }
    return sql_end(sql, error);
}
