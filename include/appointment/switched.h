#pragma once

#include <stdbool.h>

#include "appointment/client.h"

/*
 * Any client behind a plug: while it is pulled out every call is ERROR_OFFLINE and
 * reaches nobody. Journeys use it for what happens without network.
 */

/* Owns `client` from here on. */
struct appointment_client *
appointment_switched_create(struct appointment_client *client);

/* From any thread; a call under way goes on. */
void appointment_switched_set(struct appointment_client *switched, bool plugged_in);
