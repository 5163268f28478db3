#pragma once

#include <stddef.h>

#include "backoffice/http_server.h"
#include "backoffice/store.h"
#include "base/seal.h"
#include "base/sign.h"
#include "base/time.h"
#include "catalogue/catalogue.h"

/*
 * What the back office's own routes work with (the appointment book brings its
 * own). Everything in it is immutable while the server runs.
 */

struct office {
    struct store *store;
    const struct zone *zone;
    const struct catalogue *catalogue; /* NULL: any location may be claimed for */
    struct sign_key municipality;      /* signs the list of keys */
    struct sign_key ticket;            /* signs tickets that are booked online */
    struct seal_key seal;              /* opens what kiosks seal while offline */
    const char *openapi;               /* the text of assets/openapi.json */
};

/*
 * Reads the keys from files beside the database ("FILE.municipality.key",
 * "FILE.ticket.key", "FILE.seal.key"), making them at the first start, and lists the
 * ticket key.
 */
bool
office_open_keys(struct office *office, const char *database_path, struct error *error);

/* Usage, counts, errands, fleet, keys, health and description, under /v1. */
void office_add_routes(struct http_server *server, struct office *office);
