#pragma once

#include <stdint.h>

#include "appointment/client.h"
#include "base/error.h"
#include "base/sign.h"
#include "catalogue/catalogue.h"

/*
 * The scripted appointment system with the catalogue's own products, places and hours:
 * for journeys, tests and demonstrations without a back office.
 */

/* Everything in it, and itself, outlives the client. */
struct rehearsal {
    const struct catalogue *catalogue;
    const struct sign_key *key; /* signs the tickets */
    int64_t (*now)(void *data);
    void *data;
};

/* NULL when a location's zone is unknown. */
struct appointment_client *
rehearsal_create(const struct rehearsal *rehearsal, struct error *error);
