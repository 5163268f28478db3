#include "backoffice/sql.h"
#include "backoffice/store_schema.h"
#include "backoffice/store_staff.h"

const char store_schema_staff[] = "CREATE TABLE staff_session ("
                                  " hash BLOB PRIMARY KEY NOT NULL,"
                                  " token BLOB NOT NULL,"
                                  " until INTEGER NOT NULL"
                                  ") WITHOUT ROWID;";

bool
store_staff_add(struct store_session *session, const uint8_t hash[HASH_BYTES],
                const uint8_t token[HASH_BYTES], int64_t until, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "INSERT INTO staff_session (hash, token, until)"
                           " VALUES (?1, ?2, ?3)");

    sql_bind_bytes(sql, hash, HASH_BYTES);
    sql_bind_bytes(sql, token, HASH_BYTES);
    sql_bind_integer(sql, until);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_staff_role(struct store_session *session, const uint8_t hash[HASH_BYTES],
                 enum fleet_role *role, struct error *error)
{
    struct sql *sql =
        sql_begin(session, "SELECT role FROM staff_session JOIN token"
                           " ON token.hash = staff_session.token"
                           " WHERE staff_session.hash = ?1 AND until > ?2");
    bool found;

    sql_bind_bytes(sql, hash, HASH_BYTES);
    sql_bind_integer(sql, store_now(session));
    found = sql_step(sql) && fleet_role_from_name(sql_text(sql, 0), role);
    if (!sql_end(sql, error)) {
        return false;
    }
    return found || error_set(error, ERROR_NOT_FOUND, "nobody is signed in");
}

bool
store_staff_end(struct store_session *session, const uint8_t hash[HASH_BYTES],
                struct error *error)
{
    struct sql *sql = sql_begin(session, "DELETE FROM staff_session WHERE hash = ?1");

    sql_bind_bytes(sql, hash, HASH_BYTES);
    sql_step(sql);
    return sql_end(sql, error);
}

bool
store_staff_forget(struct store_session *session, struct error *error)
{
    struct sql *sql = sql_begin(session, "DELETE FROM staff_session WHERE until <= ?1");

    sql_bind_integer(sql, store_now(session));
    sql_step(sql);
    return sql_end(sql, error);
}
