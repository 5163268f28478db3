#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sign.h"
#include "usage/event.h"

/*
 * The outbox keeps usage events on disk until the back office has counted them,
 * and 14 days longer in case it has to be restored.
 *
 * Opening starts a new stream: new events go only to it. Older streams are sent
 * on, never appended to, except that a visit that was cut off (begun, not ended)
 * is closed as its stream's next event with fixed content. When outbox_append()
 * has returned true the event survives a power cut. One open outbox a file: a
 * second opener gets ERROR_STORAGE.
 *
 * The chain of a stream: link 0 is SHA-256 of the stream's bytes, link n is
 * SHA-256(link n-1 ‖ canonical text of event n). The outbox moves its mark only
 * when the other side's link equals its own.
 */

struct outbox;

struct outbox_options {
    const char *path;
    const char *kiosk;
    int64_t quota_bytes; /* over it the outbox says so in the log and goes on */
};

struct outbox *
outbox_open(const struct outbox_options *options, int64_t now_s, struct error *error);
void outbox_close(struct outbox *outbox); /* NULL is fine */

bool outbox_append(struct outbox *outbox, const struct usage_event *event,
                   struct error *error);

#define OUTBOX_BATCH_MAX 500

struct outbox_batch {
    uint8_t stream[USAGE_STREAM_BYTES];
    int64_t first, last; /* sequences */
    char *text;          /* a CloudEvents batch: a JSON array; NULL when all is sent */
    size_t length;
};

/* The oldest unacknowledged events of one stream. */
bool outbox_next_batch(struct outbox *outbox, struct outbox_batch *batch,
                       struct error *error);
void outbox_batch_finish(struct outbox_batch *batch);

/* ERROR_REFUSED when `link` is not ours at `through`: nothing is marked. */
bool outbox_acknowledge(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
                        int64_t through, const uint8_t link[HASH_BYTES],
                        struct error *error);

/* The back office wants this stream again from `from` (restored from a backup). */
bool outbox_rewind(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
                   int64_t from, struct error *error);

/* A second card lives this stream: its unsent tail is set aside, a new stream begins.
 */
bool outbox_park(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
                 struct error *error);

struct outbox_state {
    int64_t waiting, parked; /* events */
    int64_t bytes;
    bool over_quota;
};

bool
outbox_state(struct outbox *outbox, struct outbox_state *state, struct error *error);
/* Deletes acknowledged events older than 14 days. */
bool outbox_expire(struct outbox *outbox, int64_t now_s, struct error *error);
