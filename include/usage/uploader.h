#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/loop.h"
#include "base/sign.h"
#include "usage/outbox.h"

/*
 * The uploader brings the outbox's events to the back office as wire.h says, from a
 * thread of its own. It sends soon after uploader_poke() and sleeps when nothing
 * waits; it wakes by itself only to try again after a failure, and once a day to ask
 * whether the back office has lost something and to let old events go.
 *
 * Nothing is marked but what the back office acknowledged with our own chain. After
 * anything else the same is sent again, later. A stream that a second card lives too is
 * parked and reported. A kiosk that the back office does not know announces itself,
 * also when it has nothing to send yet, until it is claimed. All functions in the
 * loop's thread.
 */

struct uploader;

#define UPLOADER_URL_BYTES 512

struct uploader_options {
    struct loop *loop;
    struct outbox *outbox;      /* outlives the uploader */
    const struct sign_key *key; /* copied */
    const char *url;     /* copied; of the back office, without path: "https://host" */
    int wait_ms;         /* longest wait between tries; 0: UPLOADER_WAIT_MS_MAX */
    const char *ca_file; /* copied; for http_client_trust() */
};

/* Begins at once. */
struct uploader *uploader_create(const struct uploader_options *options);
/* Waits for the exchange at hand. NULL is fine. */
void uploader_destroy(struct uploader *uploader);

/* Something was appended. */
void uploader_poke(struct uploader *uploader);

/*
 * A way into the network came or went: a back office that could not be reached is tried
 * again within two seconds. One that asked to be left alone is.
 */
void uploader_network_changed(struct uploader *uploader);

struct uploader_state {
    bool stopped;       /* 410: quiet until the next start */
    int failures;       /* in a row */
    int64_t success_s;  /* the last answer that was as it should be; 0: none yet */
    struct error error; /* the last failure; kind ERROR_NONE after a success */
};

void uploader_state(const struct uploader *uploader, struct uploader_state *state);

/* True when nothing waits for being sent or reported, as far as was seen. */
bool uploader_is_idle(const struct uploader *uploader);

#define UPLOADER_WAIT_MS_MAX (5 * 60 * 1000)
#define UPLOADER_UNCLAIMED_WAIT_MS_MAX (60 * 1000)
#define UPLOADER_RETRY_AFTER_S_MAX (24 * 3600)

/*
 * How long to wait after `failures` ≥ 1 in a row: a random part of a bound that doubles
 * from 2 s to `longest_ms`, so that kiosks that failed together don't come back
 * together. `retry_after_s` ≥ 0 (what the other side asked for, at most a day) comes on
 * top. `random` is any number.
 */
int64_t
uploader_wait_ms(int failures, int retry_after_s, int longest_ms, uint32_t random);
