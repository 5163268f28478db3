#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* What the two halves of the SQLite store share: connections and their statements. */

#define STATEMENTS_MAX 256 /* of one connection */

struct store_session;
struct sqlite3;
struct sqlite3_stmt;

struct sql {
    struct sqlite3_stmt *statement;
    const char *text; /* the constant it was prepared from */
    int bound;
    int result; /* the first thing that went wrong, or SQLITE_OK */
    int64_t changes;
    bool in_use;
    struct store_session *session;
};

struct store_session {
    struct sqlite3 *database;
    struct sql statements[STATEMENTS_MAX];
    size_t statement_count;
    struct sql failed; /* stands in for one that could not be prepared */
    int64_t now_s;
    bool taken; /* a reader that is in use */
};
