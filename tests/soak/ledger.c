#include "ledger.h"

#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>

#include <sqlite3.h>

#include "bookers.h"

#define CELL_S 300

/* What is known of a number. */
struct entry {
    struct soak_place place;
    bool booked, cancelled;
    bool may_be_cancelled, may_be_moved; /* somebody was about to, and was killed */
    bool found;
};

struct ledger {
    struct entry *entries;
    uint32_t count;
    struct ledger_result result;
};

struct cell {
    int64_t desk, start;
};

struct ledger *
ledger_create(uint32_t attempts)
{
    struct ledger *ledger = calloc(1, sizeof(*ledger));

    if (ledger != NULL) {
        ledger->entries = calloc(attempts, sizeof(*ledger->entries));
        ledger->count = attempts;
    }
    if (ledger == NULL || ledger->entries == NULL) {
        abort();
    }
    return ledger;
}

void
ledger_destroy(struct ledger *ledger)
{
    if (ledger == NULL) {
        return;
    }
    free(ledger->entries);
    free(ledger);
}

void
ledger_note(struct ledger *ledger, const struct soak_record *record)
{
    struct entry *entry = &ledger->entries[record->number];

    switch ((enum soak_event)record->event) {
    case SOAK_BOOKED:
        entry->booked = true;
        entry->place = record->place;
        break;
    case SOAK_WILL_CANCEL:
        entry->may_be_cancelled = true;
        break;
    case SOAK_CANCELLED:
        entry->cancelled = true;
        ledger->result.cancelled++;
        break;
    case SOAK_WILL_MOVE:
        entry->may_be_moved = true;
        break;
    case SOAK_MOVED:
        entry->may_be_moved = false;
        entry->place = record->place;
        ledger->result.moved++;
        break;
    case SOAK_WRONG:
        ledger->result.contradicted++;
        break;
    case SOAK_TRIED:
    case SOAK_ENDED:
        break;
    }
}

/* --- what the file says --------------------------------------------------------- */

static sqlite3_stmt *
ask(sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement;

    if (sqlite3_prepare_v2(database, sql, -1, &statement, NULL) != SQLITE_OK) {
        fprintf(stderr, "soak_book: %s\n", sqlite3_errmsg(database));
        exit(EXIT_FAILURE);
    }
    return statement;
}

static int
compare_cells(const void *a, const void *b)
{
    const struct cell *one = a, *other = b;

    if (one->desk != other->desk) {
        return one->desk < other->desk ? -1 : 1;
    }
    return (one->start > other->start) - (one->start < other->start);
}

static bool
is_where_told(const struct entry *entry, const struct soak_place *place)
{
    return entry->may_be_moved ||
           (entry->place.desk == place->desk && entry->place.start == place->start &&
            entry->place.end == place->end);
}

static void
check_standing(struct ledger *ledger, unsigned long number,
               const struct soak_place *place)
{
    struct entry *entry = number < ledger->count ? &ledger->entries[number] : NULL;

    if (entry == NULL || (!entry->booked && !entry->may_be_cancelled) ||
        entry->cancelled) {
        ledger->result.unknown++;
        return;
    }
    entry->found = true;
    ledger->result.standing++;
    if (entry->booked && !is_where_told(entry, place)) {
        ledger->result.lost++;
    }
}

/* Counts the cells that more than one has: by what stands in the book, not by a key. */
static void
count_doubles(struct ledger *ledger, struct cell *cells, size_t count)
{
    qsort(cells, count, sizeof(*cells), compare_cells);
    for (size_t i = 1; i < count; i++) {
        ledger->result.doubled += compare_cells(&cells[i - 1], &cells[i]) == 0;
    }
}

static void
read_standing(struct ledger *ledger, sqlite3 *database, const char *sql)
{
    sqlite3_stmt *statement = ask(database, sql);
    struct cell *cells = NULL;
    size_t count = 0, size = 0;

    while (sqlite3_step(statement) == SQLITE_ROW) {
        const char *number = (const char *)sqlite3_column_text(statement, 0);
        const struct soak_place place = {.desk = sqlite3_column_int64(statement, 1),
                                         .start = sqlite3_column_int64(statement, 2),
                                         .end = sqlite3_column_int64(statement, 3)};

        if (sqlite3_column_int(statement, 4) == 0) {
            check_standing(ledger, strtoul(number, NULL, 16), &place);
        }
        for (int64_t at = place.start; at < place.end; at += CELL_S) {
            if (count == size) {
                size = size == 0 ? 1024 : 2 * size;
                cells = realloc(cells, size * sizeof(*cells));
                if (cells == NULL) {
                    abort();
                }
            }
            cells[count++] = (struct cell){place.desk, at};
        }
    }
    sqlite3_finalize(statement);
    count_doubles(ledger, cells, count);
    free(cells);
}

struct ledger_result
ledger_compare(struct ledger *ledger, const struct soak_maker *maker, const char *path)
{
    sqlite3 *database;
    sqlite3_stmt *statement;

    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK) {
        fprintf(stderr, "soak_book: %s\n", sqlite3_errmsg(database));
        exit(EXIT_FAILURE);
    }
    read_standing(ledger, database, maker->standing);
    statement = ask(database, maker->orphans);
    if (sqlite3_step(statement) == SQLITE_ROW) {
        ledger->result.orphaned = (size_t)sqlite3_column_int64(statement, 0);
    }
    sqlite3_finalize(statement);
    sqlite3_close(database);
    for (uint32_t i = 0; i < ledger->count; i++) {
        const struct entry *entry = &ledger->entries[i];

        ledger->result.lost += entry->booked && !entry->found && !entry->cancelled &&
                               !entry->may_be_cancelled;
    }
    return ledger->result;
}
