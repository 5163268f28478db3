#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "appointment/client.h"
#include "appointment/leased.h"
#include "lease.h"

/*
 * What a kiosk was leased and what it did with it, on its disk. A slot that was given
 * out stands here before anybody is told, and until the back office has it; one that is
 * to be returned is never given out again. Durable when a function returns true.
 *
 * A broken file is set aside as PATH.broken-N, the log says so, and an empty one goes
 * on: nothing is leased then. What it held can only be found by a technician.
 */

struct lease_store;

struct lease_store *lease_store_open(const char *path, struct error *error);
void lease_store_close(struct lease_store *store); /* NULL is fine */

/* When the back office told its time: `now` was it at that moment of that boot. */
struct lease_anchor {
    char boot[TIME_BOOT_BYTES];
    int64_t steady_ms, now;
};

enum lease_use {
    LEASE_GIVEN,     /* its ticket may be in somebody's hand; to be handed in */
    LEASE_CANCELLED, /* it surely is not, or does not count any more; the same */
    LEASE_RETURNED,  /* nobody ever had it; the same */
    LEASE_SETTLED    /* given out, and in the book */
};

#define LEASE_SEALED_BYTES 1024 /* as much as the back office takes */

/* A slot that was used; its id is the appointment's. */
struct lease_given {
    enum lease_use use;
    char key[APPOINTMENT_KEY_BYTES];         /* of the visit; "" when it was returned */
    struct appointment appointment;          /* as the citizen was told */
    char sealed[2 * LEASE_SEALED_BYTES + 1]; /* in hexadecimal; "": nothing */
};

/* The lease as it was kept last, and its anchor; NULL when there is none. */
struct lease *lease_store_read(struct lease_store *store, struct lease_anchor *anchor,
                               struct error *error);
/*
 * The back office answered: in one transaction what was sent is settled (`sent`, which
 * are those that lease_store_list() gave) and the lease is kept.
 */
bool
lease_store_settle(struct lease_store *store, const struct lease *lease,
                   const struct lease_anchor *anchor, const struct lease_given *sent,
                   size_t count, struct error *error);

/* ERROR_TAKEN: the slot was used before. */
bool lease_store_use(struct lease_store *store, const struct lease_given *given,
                     struct error *error);
/* What was given out, and not handed in yet, is cancelled; its person is forgotten. */
bool
lease_store_cancel(struct lease_store *store, const char *slot, struct error *error);

/* All that were used, the first to start first; the caller wipes and frees. */
bool lease_store_list(struct lease_store *store, struct lease_given **list,
                      size_t *count, struct error *error);
/* ERROR_NOT_FOUND. The first is by the visit's key. */
bool lease_store_by_key(struct lease_store *store, const char *key,
                        struct lease_given *given, struct error *error);
bool lease_store_by_id(struct lease_store *store, const char *slot,
                       struct lease_given *given, struct error *error);
