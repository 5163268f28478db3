#pragma once

#include <stddef.h>

#include "appointment/client.h"

/*
 * A client of a system with ids of its own: what the municipality's catalogue calls
 * "paspoort" is a UUID at JCC. Who asks sees the catalogue's ids only, the system its
 * own. An id without another name is the same on both sides; where two products of
 * the catalogue are one there, what comes back is the first.
 */

struct appointment_name {
    const char *ours, *theirs;
};

struct appointment_names {
    const struct appointment_name *products;
    size_t product_count;
    const struct appointment_name *locations;
    size_t location_count;
};

/* Owns `client` from here on; the names are copied. */
struct appointment_client *
appointment_renamed_create(struct appointment_client *client,
                           const struct appointment_names *names);

/* From any thread: what is asked from here on goes by other names. */
void appointment_renamed_set(struct appointment_client *renamed,
                             const struct appointment_names *names);
