#pragma once

#include <pthread.h>

#include "usage/outbox.h"
#include "usage/outbox_database.h"
#include "usage/outbox_stream.h"

/* What the outbox's writing (outbox.c) and sending (outbox_sending.c) share. */

struct outbox {
    pthread_mutex_t mutex;
    char *path;
    char kiosk[USAGE_KIOSK_BYTES];
    int64_t quota_bytes;
    bool quota_said;
    struct outbox_database database;
    struct outbox_stream newest; /* gets a row with its first event */
};

/*
 * Takes the turn and begins a transaction. Good or not, outbox_leave() follows: it
 * commits, or takes everything back when `good` is false, and ends the turn.
 */
bool outbox_enter(struct outbox *outbox, struct error *error);
bool outbox_leave(struct outbox *outbox, bool good, struct error *error);
