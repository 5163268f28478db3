#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/sign.h"
#include "usage/event.h"
#include "usage/outbox.h"

/*
 * What a back office does with a batch, for tests of the outbox: reads every event,
 * holds that sequences follow on each other, and computes the chain. Fails the test
 * when the batch is wrong.
 */

struct usage_batch_read {
    struct usage_event events[OUTBOX_BATCH_MAX];
    size_t count;
    char kiosk[USAGE_KIOSK_BYTES];
    uint8_t link[HASH_BYTES]; /* at the batch's end, going on from its `before` */
};

void usage_batch_read(const struct outbox_batch *batch, struct usage_batch_read *read);

/* A folder of the test's own; removed with everything in it by the second. */
void test_folder_make(char path[64]);
void test_folder_remove(const char *path);
