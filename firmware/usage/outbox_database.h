#pragma once

#include <stdbool.h>
#include <stdint.h>

#include <sqlite3.h>

#include "base/error.h"

/*
 * The outbox's file: opening it for ourselves alone, setting a broken one aside, and
 * its statements, prepared once. Not thread-safe: the outbox takes turns.
 */

enum outbox_statement {
    CHANGE_BEGIN,
    CHANGE_COMMIT,
    STREAM_INSERT,
    STREAM_APPENDED,
    STREAM_CUT_OFF,
    STREAM_WAITING,
    STREAM_BY_BYTES,
    STREAM_MARK,
    STREAM_PARK,
    STREAM_PARKED,
    STREAM_MARKS,
    STREAM_EXPIRE,
    EVENT_INSERT,
    EVENT_AFTER,
    EVENT_AT,
    EVENT_COUNTS,
    EVENT_EXPIRE,
    ACKNOWLEDGEMENT_INSERT,
    ACKNOWLEDGEMENT_OLD,
    ACKNOWLEDGEMENT_FORGET,
    ACKNOWLEDGEMENT_EXPIRE,
    RECEIPT_INSERT,
    RECEIPT_AT,
    RECEIPT_FORGET,
    FILE_BYTES,
    OUTBOX_STATEMENT_COUNT
};

struct outbox_database {
    sqlite3 *sqlite;
    sqlite3_stmt *statements[OUTBOX_STATEMENT_COUNT];
    bool broken; /* what was read can't be: the file has to be set aside */
};

/*
 * Opens or creates; a broken file is set aside and a new one made. ERROR_STORAGE when
 * another program has it open or the disk refuses.
 */
bool outbox_database_open(struct outbox_database *database, const char *path,
                          struct error *error);
void outbox_database_close(struct outbox_database *database);

/* Closes, sets the file aside and opens an empty one. */
bool outbox_database_renew(struct outbox_database *database, const char *path,
                           struct error *error);

bool outbox_database_begin(struct outbox_database *database, struct error *error);
/* Commits, or takes everything back when `good` is false or the commit fails. */
bool
outbox_database_end(struct outbox_database *database, bool good, struct error *error);

/* The statement, with nothing bound and nothing under way. */
sqlite3_stmt *
outbox_database_use(struct outbox_database *database, enum outbox_statement statement);
/* The next row; `found` is false after the last. The statement is reset then. */
bool outbox_database_row(struct outbox_database *database, sqlite3_stmt *statement,
                         bool *found, struct error *error);
/* A statement without rows. */
bool outbox_database_run(struct outbox_database *database, sqlite3_stmt *statement,
                         struct error *error);

bool outbox_database_error(struct outbox_database *database, const char *doing,
                           struct error *error);
