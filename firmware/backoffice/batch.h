#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sign.h"
#include "usage/event.h"

/* A batch of events as a kiosk sends it (usage/wire.h), read and checked whole. */

struct batch {
    char kiosk[USAGE_KIOSK_BYTES];
    uint8_t stream[USAGE_STREAM_BYTES];
    int64_t first, last;
    size_t count;
    struct usage_event *events;   /* count of them */
    uint8_t (*links)[HASH_BYTES]; /* count + 1: links[0] is the one before `first` */
};

/*
 * `chain` is the value of the chain's header, NULL when absent. ERROR_BAD_INPUT:
 * something can't be read, sequences don't follow or streams are mixed;
 * ERROR_REFUSED: more events than a batch may have.
 */
bool batch_read(struct batch *batch, const char *body, size_t length, const char *chain,
                struct error *error);
void batch_finish(struct batch *batch); /* zeroed is fine */
