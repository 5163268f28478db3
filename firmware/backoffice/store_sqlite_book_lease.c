#include "backoffice/store_lease.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/sql.h"
#include "backoffice/store_schema.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

const char store_schema_book_leases[] =
    "CREATE TABLE lease_slot ("
    " id BLOB PRIMARY KEY NOT NULL," /* of the appointment that it becomes */
    " kiosk BLOB NOT NULL,"
    " name TEXT NOT NULL,"
    " state INTEGER NOT NULL,"
    " key TEXT NOT NULL,"
    " location TEXT NOT NULL,"
    " desk INTEGER NOT NULL,"
    " start INTEGER NOT NULL,"
    " until INTEGER NOT NULL,"
    " code TEXT NOT NULL UNIQUE"
    ") WITHOUT ROWID;"
    "CREATE INDEX lease_slot_held ON lease_slot (kiosk, start) WHERE state = 0;"
    "CREATE INDEX lease_slot_until ON lease_slot (until);"
    "CREATE TABLE lease_settled ("
    " kiosk BLOB PRIMARY KEY NOT NULL,"
    " name TEXT NOT NULL,"
    " settled INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    /* `sealed` is of a person, and nothing else here is. */
    "CREATE TABLE lease_conflict ("
    " slot BLOB NOT NULL,"
    " key TEXT NOT NULL,"
    " kiosk TEXT NOT NULL,"
    " reason INTEGER NOT NULL,"
    " code TEXT NOT NULL,"
    " location TEXT NOT NULL,"
    " start INTEGER,"
    " items TEXT NOT NULL,"
    " sealed TEXT NOT NULL,"
    " noted INTEGER NOT NULL,"
    " PRIMARY KEY (slot, key)"
    ") WITHOUT ROWID;";

static_assert(LEASE_HELD == 0 && LEASE_GIVEN == 1 && LEASE_FREED == 2,
              "states are on disk, and in the queries of this file");
static_assert(BOOK_CONFLICT_TWICE == 0 && BOOK_CONFLICT_UNKNOWN == 2,
              "reasons are on disk");

/* --- slots ---------------------------------------------------------------------- */

#define COLUMNS "id, kiosk, name, state, key, location, desk, start, until, code"

static void
read_slot(const struct sql *sql, struct lease_slot *slot)
{
    memset(slot, 0, sizeof(*slot));
    sql_bytes(sql, 0, slot->id, sizeof(slot->id));
    sql_bytes(sql, 1, slot->kiosk, sizeof(slot->kiosk));
    text_copy(slot->name, sizeof(slot->name), sql_text(sql, 2));
    slot->state = (enum lease_state)sql_integer(sql, 3);
    text_copy(slot->key, sizeof(slot->key), sql_text(sql, 4));
    text_copy(slot->location, sizeof(slot->location), sql_text(sql, 5));
    slot->desk = sql_integer(sql, 6);
    slot->start = sql_integer(sql, 7);
    slot->end = sql_integer(sql, 8);
    text_copy(slot->code, sizeof(slot->code), sql_text(sql, 9));
}

bool
store_lease_find(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
                 struct lease_slot *slot, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT " COLUMNS " FROM lease_slot WHERE id = ?1");
    bool found;

    sql_bind_bytes(sql, id, BOOK_ID_BYTES);
    found = sql_step(sql);
    if (found) {
        read_slot(sql, slot);
    }
    return sql_end(sql, error) &&
           (found || error_set(error, ERROR_NOT_FOUND, "There is no such slot."));
}

bool
store_lease_save(struct store_session *session, const struct lease_slot *slot,
                 struct error *error)
{
    struct sql *sql =
        sql_begin(session, "INSERT INTO lease_slot (" COLUMNS ") VALUES"
                           " (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                           " ON CONFLICT (id) DO UPDATE SET state = excluded.state,"
                           " key = excluded.key");

    sql_bind_bytes(sql, slot->id, sizeof(slot->id));
    sql_bind_bytes(sql, slot->kiosk, sizeof(slot->kiosk));
    sql_bind_text(sql, slot->name);
    sql_bind_integer(sql, slot->state);
    sql_bind_text(sql, slot->key);
    sql_bind_text(sql, slot->location);
    sql_bind_integer(sql, slot->desk);
    sql_bind_integer(sql, slot->start);
    sql_bind_integer(sql, slot->end);
    sql_bind_text(sql, slot->code);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_lease_code_is_free(struct store_session *session, const char *code, bool *is_free,
                         struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT 1 FROM lease_slot WHERE code = ?1");

    sql_bind_text(sql, code);
    *is_free = !sql_step(sql);
    return sql_end(sql, error);
}

static bool
each_slot(struct sql *sql, store_lease_take call, void *data, struct error *error)
{
    while (sql_step(sql)) {
        struct lease_slot slot;

        read_slot(sql, &slot);
        call(data, &slot);
    }
    return sql_end(sql, error);
}

bool
store_lease_each(struct store_session *session, const uint8_t kiosk[SIGN_PUBLIC_BYTES],
                 store_lease_take call, void *data, struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT " COLUMNS " FROM lease_slot"
                                         " WHERE kiosk = ?1 AND state = 0"
                                         " ORDER BY start, id");

    sql_bind_bytes(sql, kiosk, SIGN_PUBLIC_BYTES);
    return each_slot(sql, call, data, error);
}

bool
store_lease_each_named(struct store_session *session, const char *kiosk,
                       store_lease_take call, void *data, struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT " COLUMNS " FROM lease_slot"
                                         " WHERE name = ?1 AND state = 0"
                                         " ORDER BY start, id");

    sql_bind_text(sql, kiosk);
    return each_slot(sql, call, data, error);
}

bool
store_lease_each_stale(struct store_session *session, int64_t before,
                       store_lease_take call, void *data, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT " COLUMNS " FROM lease_slot WHERE state = 0 AND (until <= ?1"
                 " OR EXISTS (SELECT 1 FROM kiosk WHERE public_key = lease_slot.kiosk"
                 "  AND revoked_at IS NOT NULL)) ORDER BY start, id");

    sql_bind_integer(sql, before);
    return each_slot(sql, call, data, error);
}

bool
store_lease_is_shut(struct store_session *session, const struct book_slot *slot,
                    bool *shut, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT 1 FROM desk d WHERE d.id = ?1 AND (d.active = 0"
                 " OR EXISTS (SELECT 1 FROM closure c WHERE c.location = d.location"
                 "  AND c.until > ?2 AND c.start < ?3"
                 "  AND (c.number IS NULL OR c.number = d.number)))");

    sql_bind_integer(sql, slot->desk);
    sql_bind_integer(sql, slot->start);
    sql_bind_integer(sql, slot->end);
    *shut = sql_step(sql);
    return sql_end(sql, error);
}

bool
store_lease_desk_products(struct store_session *session, int64_t desk,
                          struct book_slot *slot, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT p.product FROM desk d JOIN desk_product p"
                           " ON p.location = d.location AND p.number = d.number"
                           " WHERE d.id = ?1 ORDER BY p.product LIMIT ?2");

    slot->product_count = 0;
    sql_bind_integer(sql, desk);
    sql_bind_integer(sql, BOOK_LEASE_PRODUCTS_MAX);
    while (sql_step(sql)) {
        text_copy(slot->products[slot->product_count++], CATALOGUE_ID_BYTES,
                  sql_text(sql, 0));
    }
    return sql_end(sql, error);
}

/* --- kiosks --------------------------------------------------------------------- */

bool
store_lease_settled(struct store_session *session,
                    const uint8_t kiosk[SIGN_PUBLIC_BYTES], const char *name,
                    struct error *error)
{
    struct sql *sql = sql_begin(
        session, "INSERT INTO lease_settled (kiosk, name, settled) VALUES (?1, ?2, ?3)"
                 " ON CONFLICT (kiosk) DO UPDATE SET name = ?2, settled = ?3");

    sql_bind_bytes(sql, kiosk, SIGN_PUBLIC_BYTES);
    sql_bind_text(sql, name);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_lease_list(struct store_session *session, store_lease_leased call, void *data,
                 struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT s.name, s.location, count(*), min(s.start), max(s.start),"
                 " max(l.settled) FROM lease_slot s LEFT JOIN lease_settled l"
                 " ON l.kiosk = s.kiosk WHERE s.state = 0 AND s.until > ?1"
                 " GROUP BY s.name, s.location ORDER BY s.name, s.location");

    sql_bind_integer(sql, store_now(session));
    while (sql_step(sql)) {
        struct book_leased leased = {
            .slots = sql_integer(sql, 2),
            .first = sql_integer(sql, 3),
            .last = sql_integer(sql, 4),
            .settled = sql_time(sql, 5),
        };

        text_copy(leased.kiosk, sizeof(leased.kiosk), sql_text(sql, 0));
        text_copy(leased.location, sizeof(leased.location), sql_text(sql, 1));
        call(data, &leased);
    }
    return sql_end(sql, error);
}

/* --- conflicts ------------------------------------------------------------------ */

/* "paspoort:2 rijbewijs:1" */
static void
write_items(const struct book_conflict *conflict, char *target, size_t size)
{
    struct text text = text_begin(target, size);

    for (size_t i = 0; i < conflict->item_count; i++) {
        text_format(&text, "%s%s:%d", i > 0 ? " " : "", conflict->items[i].product,
                    conflict->items[i].persons);
    }
}

static void
read_items(struct book_conflict *conflict, const char *text)
{
    char *copy = memory_copy_text(text), *rest = copy, *word;

    while ((word = strtok_r(rest, " ", &rest)) != NULL &&
           conflict->item_count < BOOK_ITEMS_MAX)
    {
        struct booking_item *item = &conflict->items[conflict->item_count++];
        char *colon = strchr(word, ':');

        item->persons = colon != NULL ? atoi(colon + 1) : 1;
        if (colon != NULL) {
            *colon = '\0';
        }
        text_copy(item->product, sizeof(item->product), word);
    }
    free(copy);
}

bool
store_lease_add_conflict(struct store_session *session,
                         const struct lease_conflict *conflict, struct error *error)
{
    const struct book_conflict *what = &conflict->conflict;
    char items[BOOK_ITEMS_MAX * (CATALOGUE_ID_BYTES + 12)];
    struct sql *sql = sql_begin(
        session, "INSERT INTO lease_conflict (slot, key, kiosk, reason, code, location,"
                 " start, items, sealed, noted)"
                 " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10)"
                 " ON CONFLICT (slot, key) DO NOTHING");

    write_items(what, items, sizeof(items));
    sql_bind_bytes(sql, what->slot, sizeof(what->slot));
    sql_bind_text(sql, what->key);
    sql_bind_text(sql, what->kiosk);
    sql_bind_integer(sql, what->reason);
    sql_bind_text(sql, what->code);
    sql_bind_text(sql, what->location);
    sql_bind_time(sql, what->start);
    sql_bind_text(sql, items);
    sql_bind_text(sql, conflict->sealed);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_lease_each_conflict(struct store_session *session, int64_t max,
                          store_lease_conflict call, void *data, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT slot, key, kiosk, reason, code, location, start, items,"
                 " sealed, noted FROM lease_conflict ORDER BY noted, slot, key"
                 " LIMIT ?1");

    sql_bind_integer(sql, max);
    while (sql_step(sql)) {
        struct lease_conflict row = {
            .conflict = {
                .reason = (enum book_conflict_reason)sql_integer(sql, 3),
                .start = sql_time(sql, 6),
                .noted = sql_integer(sql, 9),
            }};
        struct book_conflict *what = &row.conflict;

        sql_bytes(sql, 0, what->slot, sizeof(what->slot));
        text_copy(what->key, sizeof(what->key), sql_text(sql, 1));
        text_copy(what->kiosk, sizeof(what->kiosk), sql_text(sql, 2));
        text_copy(what->code, sizeof(what->code), sql_text(sql, 4));
        text_copy(what->location, sizeof(what->location), sql_text(sql, 5));
        read_items(what, sql_text(sql, 7));
        text_copy(row.sealed, sizeof(row.sealed), sql_text(sql, 8));
        if (!call(data, &row)) {
            break;
        }
    }
    return sql_end(sql, error);
}

bool
store_lease_forget(struct store_session *session, int64_t slots, int64_t conflicts,
                   struct error *error)
{
    struct sql *sql =
        sql_begin(session, "DELETE FROM lease_slot WHERE until <= ?1 AND state <> 0");

    sql_bind_integer(sql, slots);
    sql_step(sql);
    if (!sql_end(sql, error)) {
        return false;
    }
    sql = sql_begin(session, "DELETE FROM lease_conflict"
                             " WHERE noted <= ?1 AND coalesce(start, 0) <= ?1");
    sql_bind_integer(sql, conflicts);
    sql_step(sql);
    return sql_end(sql, error);
}
