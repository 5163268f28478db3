#pragma once

#include <stdint.h>

#include "appointment/client.h"
#include "base/error.h"
#include "base/time.h"

/*
 * Books on while nobody can be reached, out of a lease: times that the back office
 * keeps free for this kiosk, each with its id and code made beforehand.
 *
 * While the client behind it answers, it only hands on. When that is offline, places,
 * days, times, durations, fields and bookings come from the lease: what is given out
 * is on disk before anybody is told, holds no person but sealed for the back office,
 * and has a ticket of the kiosk's own. renew() hands it in and fetches a new lease.
 *
 * The lease's end stops the giving out, and nothing else. What time it is the kiosk
 * believes nobody but the back office, counted on from there by a clock that never
 * jumps, in the same boot; or a clock that the system has set by NTP since. After a
 * start without either nothing is given out.
 *
 * May be called from a worker; one thread at a time.
 */

struct leased_clock {
    char boot[TIME_BOOT_BYTES]; /* time_boot() */
    int64_t steady_ms;          /* time_steady_ms() */
    int64_t wall_s;             /* TIME_NONE when nobody vouches for it */
};

struct leased_options {
    const char *path; /* of its file; read at once */
    struct leased_clock (*now)(void *data);
    /* Signs a ticket with the kiosk's key: its text. */
    void (*check_in)(void *data, const uint8_t id[16], int64_t start,
                     const char *location, char text[APPOINTMENT_CHECK_IN_BYTES]);
    void *data; /* for both */
};

/* Takes over the client, which must know leases; NULL leaves it the caller's. */
struct appointment_client *
appointment_leased_create(struct appointment_client *client,
                          const struct leased_options *options, struct error *error);
