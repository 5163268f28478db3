#pragma once

#include "appointment/client.h"
#include "catalogue/catalogue.h"

/*
 * The ids by which an appointment system knows what is in the catalogue: its
 * `appointment_id`, where there is one (appointment/renamed.h).
 */

/* Owns `client` from here on. The catalogue may be NULL, and may go. */
struct appointment_client *client_names_create(struct appointment_client *client,
                                               const struct catalogue *catalogue);

/* Another catalogue, for what client_names_create() made. */
void
client_names_set(struct appointment_client *client, const struct catalogue *catalogue);
