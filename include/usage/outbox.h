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
 * is closed as its stream's next event with fixed content: interrupted, at the time
 * at which the visit began. When outbox_append() has returned true the event
 * survives a power cut. One open outbox a file: a second opener gets ERROR_STORAGE.
 *
 * The chain of a stream: link 0 is SHA-256 of the stream's bytes, link n is
 * SHA-256(link n-1 ‖ canonical text of event n). The outbox moves its mark only
 * when the other side's link equals its own.
 *
 * A file that is broken (or of a later version) never stops the kiosk: it is set
 * aside as PATH.broken-N, the log says so, and an empty outbox goes on.
 *
 * Every function may be called from any thread.
 */

struct outbox;

#define OUTBOX_KEPT_S (14 * 24 * 3600) /* how long acknowledged events are kept */

struct outbox_options {
    const char *path;    /* copied */
    const char *kiosk;   /* copied; fits USAGE_KIOSK_BYTES */
    int64_t quota_bytes; /* over it the outbox says so in the log and goes on */
};

struct outbox *outbox_open(const struct outbox_options *options, struct error *error);
void outbox_close(struct outbox *outbox); /* NULL is fine */

bool outbox_append(struct outbox *outbox, const struct usage_event *event,
                   struct error *error);

/*
 * A receipt is a key that becomes durable together with an event, or not at all. It
 * stays here and is never sent: so that after a power cut another file (the journal of
 * bookings) can be brought in line with what was counted.
 */
#define OUTBOX_RECEIPT_BYTES 64

bool outbox_append_with_receipt(struct outbox *outbox, const struct usage_event *event,
                                const char *key, struct error *error);
bool outbox_has_receipt(struct outbox *outbox, const char *key, bool *has,
                        struct error *error);
bool outbox_forget_receipts(struct outbox *outbox, struct error *error);

#define OUTBOX_BATCH_MAX 500

struct outbox_batch {
    int64_t number; /* of the stream, in the order of their beginning, from 1 */
    uint8_t stream[USAGE_STREAM_BYTES];
    char kiosk[USAGE_KIOSK_BYTES];
    int64_t first, last;        /* sequences */
    uint8_t before[HASH_BYTES]; /* the chain's link before `first` */
    bool resume; /* wanted are events before `first`, and we have them no more */
    char *text;  /* a CloudEvents batch: a JSON array; NULL when all is sent */
    size_t length;
};

/*
 * The oldest unacknowledged events of one stream: the first stream that begins after
 * number `after`, else the first of all. So a stream that is refused for ever does not
 * keep the others waiting.
 */
bool outbox_next_batch(struct outbox *outbox, int64_t after, struct outbox_batch *batch,
                       struct error *error);
void outbox_batch_finish(struct outbox_batch *batch);

/*
 * ERROR_REFUSED when `link` is not ours at `through`, ERROR_NOT_FOUND when we never
 * had an event `through`: nothing is marked.
 */
bool outbox_acknowledge(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
                        int64_t through, const uint8_t link[HASH_BYTES], int64_t now_s,
                        struct error *error);

/*
 * The back office wants this stream again from `from` (restored from a backup).
 * ERROR_REFUSED when nothing from there on was acknowledged.
 */
bool outbox_rewind(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
                   int64_t from, struct error *error);

/* A second card lives this stream: its unsent tail is set aside; when it was the
 * newest, a new stream begins. */
bool outbox_park(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
                 struct error *error);

/* Events after `after` of the oldest parked tail that nobody knows of yet; text NULL
 * when there are no more. */
bool outbox_next_parked(struct outbox *outbox, int64_t after,
                        struct outbox_batch *batch, struct error *error);
/* The back office has the report; the tail goes 14 days later. */
bool
outbox_parked_reported(struct outbox *outbox, const uint8_t stream[USAGE_STREAM_BYTES],
                       int64_t now_s, struct error *error);

struct outbox_mark {
    int64_t number; /* in the order of their beginning, from 1 */
    uint8_t stream[USAGE_STREAM_BYTES];
    int64_t through; /* acknowledged, from 1 */
};

/* The marks of the streams with a number above `after`; returns how many in `count`. */
bool outbox_marks(struct outbox *outbox, int64_t after, struct outbox_mark *marks,
                  size_t max, size_t *count, struct error *error);

struct outbox_state {
    int64_t waiting, parked; /* events */
    int64_t bytes;
    bool over_quota;
};

bool
outbox_state(struct outbox *outbox, struct outbox_state *state, struct error *error);
/* Deletes events that were acknowledged longer than 14 days ago. */
bool outbox_expire(struct outbox *outbox, int64_t now_s, struct error *error);
