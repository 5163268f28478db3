#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sign.h"
#include "usage/event.h"
#include "usage/outbox_database.h"

/* A stream of the outbox and its row. All functions run inside a transaction. */

struct outbox_stream {
    int64_t number; /* 0: has no row yet */
    uint8_t bytes[USAGE_STREAM_BYTES];
    char kiosk[USAGE_KIOSK_BYTES];
    int64_t last;
    uint8_t tail[HASH_BYTES];
    int64_t acknowledged;
    int64_t visit_begun; /* TIME_NONE: no visit goes on */
    int parked;
};

/* A fresh stream without events, not yet in the file. */
void outbox_stream_begin(struct outbox_stream *stream, const char *kiosk);
bool outbox_stream_insert(struct outbox_database *database,
                          struct outbox_stream *stream, struct error *error);

/* Writes the event as the stream's next; `stream` is then what stands in its row. */
bool
outbox_stream_append(struct outbox_database *database, struct outbox_stream *stream,
                     const struct usage_event *event, struct error *error);

/* The one stream that a statement selects; `found` is false when it selects none. */
bool
outbox_stream_select(struct outbox_database *database, sqlite3_stmt *statement,
                     struct outbox_stream *stream, bool *found, struct error *error);
bool outbox_stream_find(struct outbox_database *database,
                        const uint8_t bytes[USAGE_STREAM_BYTES],
                        struct outbox_stream *stream, struct error *error);

/* The chain's link after event `at`; `found` is false when we no longer have it. */
bool outbox_stream_link(struct outbox_database *database,
                        const struct outbox_stream *stream, int64_t at,
                        uint8_t link[HASH_BYTES], bool *found, struct error *error);

bool
outbox_stream_mark(struct outbox_database *database, const struct outbox_stream *stream,
                   int64_t through, struct error *error);
/* Remembers when it was marked, so that it can go 14 days later. */
bool
outbox_stream_note(struct outbox_database *database, const struct outbox_stream *stream,
                   int64_t through, int64_t now_s, struct error *error);
bool
outbox_stream_park(struct outbox_database *database, const struct outbox_stream *stream,
                   int parked, struct error *error);

/* A column that we wrote with exactly this size; false, and zeros, when it is not. */
bool outbox_column_bytes(sqlite3_stmt *row, int column, uint8_t *target, size_t size);
