#include "backoffice/store_fleet.h"

#include <stdlib.h>
#include <string.h>

#include "backoffice/sql.h"
#include "backoffice/store_schema.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

const char store_schema_fleet[] =
    "CREATE TABLE kiosk ("
    " public_key BLOB PRIMARY KEY NOT NULL,"
    " name TEXT NOT NULL,"
    " location TEXT NOT NULL,"
    " claimed_at INTEGER NOT NULL,"
    " revoked_at INTEGER"
    ") WITHOUT ROWID;"
    /* A kiosk that was replaced leaves its name to the next. */
    "CREATE UNIQUE INDEX kiosk_name ON kiosk (name) WHERE revoked_at IS NULL;"
    "CREATE TABLE announcement ("
    " public_key BLOB PRIMARY KEY NOT NULL,"
    " code TEXT NOT NULL,"
    " peer TEXT NOT NULL,"
    " announced_at INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE TABLE token ("
    " hash BLOB PRIMARY KEY NOT NULL,"
    " role TEXT NOT NULL CHECK (role IN ('viewer', 'editor')),"
    " created_at INTEGER NOT NULL"
    ") WITHOUT ROWID;"
    "CREATE TABLE ticket_key ("
    " public_key BLOB PRIMARY KEY NOT NULL,"
    " valid_from INTEGER NOT NULL,"
    " valid_to INTEGER NOT NULL,"
    " revoked INTEGER NOT NULL"
    ") WITHOUT ROWID;";

/* --- kiosks --------------------------------------------------------------------- */

#define KIOSK_COLUMNS "public_key, name, location, claimed_at, revoked_at"

static void
read_kiosk(const struct sql *sql, struct fleet_kiosk *kiosk)
{
    memset(kiosk, 0, sizeof(*kiosk));
    sql_bytes(sql, 0, kiosk->public_key, SIGN_PUBLIC_BYTES);
    text_copy(kiosk->name, sizeof(kiosk->name), sql_text(sql, 1));
    text_copy(kiosk->location, sizeof(kiosk->location), sql_text(sql, 2));
    kiosk->claimed_at = sql_integer(sql, 3);
    kiosk->revoked_at = sql_time(sql, 4);
}

/* True: asked and answered; `*found` says whether it is there. */
static bool
kiosk_look(struct store_session *session, const uint8_t public_key[SIGN_PUBLIC_BYTES],
           struct fleet_kiosk *kiosk, bool *found, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT " KIOSK_COLUMNS " FROM kiosk WHERE public_key = ?1");

    sql_bind_bytes(sql, public_key, SIGN_PUBLIC_BYTES);
    *found = sql_step(sql);
    if (*found) {
        read_kiosk(sql, kiosk);
    }
    return sql_end(sql, error);
}

bool
store_kiosk_find(struct store_session *session,
                 const uint8_t public_key[SIGN_PUBLIC_BYTES], struct fleet_kiosk *kiosk,
                 struct error *error)
{
    bool found;

    return kiosk_look(session, public_key, kiosk, &found, error) &&
           (found || error_set(error, ERROR_NOT_FOUND,
                               "nobody has claimed this kiosk; claim it with the code "
                               "on its screen"));
}

static bool
kiosk_move(struct store_session *session, const struct fleet_kiosk *kiosk,
           struct error *error)
{
    struct sql *sql =
        sql_begin(session, "UPDATE kiosk SET location = ?2 WHERE public_key = ?1");

    sql_bind_bytes(sql, kiosk->public_key, SIGN_PUBLIC_BYTES);
    sql_bind_text(sql, kiosk->location);
    sql_step(sql);
    return sql_end(sql, error);
}

static bool
kiosk_insert(struct store_session *session, const struct fleet_kiosk *kiosk,
             struct error *error)
{
    struct sql *sql =
        sql_begin(session, "INSERT INTO kiosk (public_key, name, location, claimed_at)"
                           " VALUES (?1, ?2, ?3, ?4)");

    sql_bind_bytes(sql, kiosk->public_key, SIGN_PUBLIC_BYTES);
    sql_bind_text(sql, kiosk->name);
    sql_bind_text(sql, kiosk->location);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    if (!sql_end(sql, error)) {
        return error->kind == ERROR_TAKEN
                   ? error_set(error, ERROR_TAKEN,
                               "another kiosk has the name \"%s\"; revoke that one "
                               "first, or choose another name",
                               kiosk->name)
                   : false;
    }
    return true;
}

bool
store_kiosk_claim(struct store_session *session, const struct fleet_kiosk *kiosk,
                  struct error *error)
{
    struct fleet_kiosk present;
    struct sql *sql;
    bool found;

    if (!kiosk_look(session, kiosk->public_key, &present, &found, error)) {
        return false;
    }
    if (found && present.revoked_at != TIME_NONE) {
        return error_set(error, ERROR_TAKEN,
                         "this kiosk's key was revoked; the kiosk needs a new key");
    }
    if (found && !text_equal(present.name, kiosk->name)) {
        return error_set(error, ERROR_TAKEN, "this kiosk is called \"%s\" already",
                         present.name);
    }
    if (!(found ? kiosk_move(session, kiosk, error)
                : kiosk_insert(session, kiosk, error))) {
        return false;
    }
    sql = sql_begin(session, "DELETE FROM announcement WHERE public_key = ?1");
    sql_bind_bytes(sql, kiosk->public_key, SIGN_PUBLIC_BYTES);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_kiosk_revoke(struct store_session *session, const char *name, struct error *error)
{
    struct sql *sql = sql_begin(session, "UPDATE kiosk SET revoked_at = ?2"
                                         " WHERE name = ?1 AND revoked_at IS NULL");
    int64_t changes;

    sql_bind_text(sql, name);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    changes = sql_changes(sql);
    return sql_end(sql, error) &&
           (changes == 1 ||
            error_set(error, ERROR_NOT_FOUND, "there is no kiosk called \"%s\"", name));
}

bool
store_kiosk_list(struct store_session *session, struct fleet_kiosk **list,
                 size_t *count, struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT " KIOSK_COLUMNS
                                         " FROM kiosk ORDER BY name, claimed_at");

    *list = NULL;
    *count = 0;
    while (sql_step(sql)) {
        *list = memory_resize(*list, *count + 1, sizeof(**list));
        read_kiosk(sql, &(*list)[(*count)++]);
    }
    return sql_end(sql, error);
}

/* --- announcements -------------------------------------------------------------- */

static bool
announcements_expire(struct store_session *session, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "DELETE FROM announcement WHERE announced_at <= ?1");

    sql_bind_integer(sql, store_now(session) - FLEET_ANNOUNCED_S);
    sql_step(sql);
    return sql_end(sql, error);
}

/* Whether one more may wait; one that is waiting already always may. */
static bool
announcement_fits(struct store_session *session,
                  const uint8_t public_key[SIGN_PUBLIC_BYTES], const char *peer,
                  struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT count(*), coalesce(sum(peer = ?2), 0)"
                                         " FROM announcement WHERE public_key <> ?1");
    int64_t all = 0, of_peer = 0;

    sql_bind_bytes(sql, public_key, SIGN_PUBLIC_BYTES);
    sql_bind_text(sql, peer);
    if (sql_step(sql)) {
        all = sql_integer(sql, 0);
        of_peer = sql_integer(sql, 1);
    }
    return sql_end(sql, error) &&
           ((all < FLEET_ANNOUNCED_MAX && of_peer < FLEET_ANNOUNCED_OF_PEER_MAX) ||
            error_set(error, ERROR_REFUSED,
                      "too many kiosks wait to be claimed; try again later"));
}

bool
store_announce(struct store_session *session,
               const uint8_t public_key[SIGN_PUBLIC_BYTES], const char *peer,
               struct error *error)
{
    char code[CLAIM_CODE_BYTES];
    struct sql *sql;

    if (!announcements_expire(session, error) ||
        !announcement_fits(session, public_key, peer, error))
    {
        return false;
    }
    claim_code_make(public_key, code);
    sql = sql_begin(session,
                    "INSERT INTO announcement (public_key, code, peer, announced_at)"
                    " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (public_key)"
                    " DO UPDATE SET peer = ?3, announced_at = ?4");
    sql_bind_bytes(sql, public_key, SIGN_PUBLIC_BYTES);
    sql_bind_text(sql, code);
    sql_bind_text(sql, peer);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_announced(struct store_session *session, const char code[CLAIM_CODE_BYTES],
                uint8_t public_key[SIGN_PUBLIC_BYTES], struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT public_key FROM announcement"
                                         " WHERE code = ?1 AND announced_at > ?2");
    int found = 0;

    sql_bind_text(sql, code);
    sql_bind_integer(sql, store_now(session) - FLEET_ANNOUNCED_S);
    while (sql_step(sql)) {
        sql_bytes(sql, 0, public_key, SIGN_PUBLIC_BYTES);
        found++;
    }
    if (!sql_end(sql, error)) {
        return false;
    }
    if (found == 0) {
        return error_set(error, ERROR_NOT_FOUND,
                         "no kiosk has announced itself with the code %s in the last "
                         "24 hours",
                         code);
    }
    return found == 1 ||
           error_set(error, ERROR_TAKEN,
                     "more than one kiosk has announced itself with the code %s: "
                     "give this kiosk a new key",
                     code);
}

/* --- tokens --------------------------------------------------------------------- */

static const char *const role_names[] = {"viewer", "editor"};

bool
fleet_role_from_name(const char *name, enum fleet_role *role)
{
    for (int i = ROLE_VIEWER; i <= ROLE_EDITOR; i++) {
        if (text_equal(name, role_names[i])) {
            *role = (enum fleet_role)i;
            return true;
        }
    }
    return false;
}

bool
store_token_add(struct store_session *session, const uint8_t hash[HASH_BYTES],
                enum fleet_role role, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "INSERT INTO token (hash, role, created_at) VALUES (?1, ?2, ?3)");

    sql_bind_bytes(sql, hash, HASH_BYTES);
    sql_bind_text(sql, role_names[role]);
    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_token_role(struct store_session *session, const uint8_t hash[HASH_BYTES],
                 enum fleet_role *role, struct error *error)
{
    struct sql *sql = sql_begin(session, "SELECT role FROM token WHERE hash = ?1");
    bool found;

    sql_bind_bytes(sql, hash, HASH_BYTES);
    found = sql_step(sql) && fleet_role_from_name(sql_text(sql, 0), role);
    return sql_end(sql, error) &&
           (found || error_set(error, ERROR_NOT_FOUND, "this token is not known"));
}

/* --- ticket keys ---------------------------------------------------------------- */

bool
store_ticket_key_add(struct store_session *session, const struct ticket_key *key,
                     struct error *error)
{
    struct sql *sql = sql_begin(
        session, "INSERT INTO ticket_key (public_key, valid_from, valid_to, revoked)"
                 " VALUES (?1, ?2, ?3, ?4) ON CONFLICT (public_key) DO NOTHING");

    sql_bind_bytes(sql, key->public_key, SIGN_PUBLIC_BYTES);
    sql_bind_integer(sql, key->valid_from);
    sql_bind_integer(sql, key->valid_to);
    sql_bind_integer(sql, key->revoked);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_ticket_keys(struct store_session *session, struct ticket_key **list,
                  size_t *count, struct error *error)
{
    struct sql *sql = sql_begin(
        session, "SELECT public_key, valid_from, valid_to, revoked FROM ticket_key"
                 " UNION ALL"
                 " SELECT public_key, claimed_at, 9223372036854775807,"
                 "  revoked_at IS NOT NULL FROM kiosk ORDER BY 2, 1");

    *list = NULL;
    *count = 0;
    while (sql_step(sql)) {
        struct ticket_key key = {.valid_from = sql_integer(sql, 1),
                                 .valid_to = sql_integer(sql, 2),
                                 .revoked = sql_integer(sql, 3) != 0};

        sql_bytes(sql, 0, key.public_key, SIGN_PUBLIC_BYTES);
        *list = memory_resize(*list, *count + 1, sizeof(**list));
        (*list)[(*count)++] = key;
    }
    return sql_end(sql, error);
}
