#pragma once

#include <stddef.h>

#include "backoffice/http_server.h"

/* Kiosks announce themselves, staff see, claim and revoke them; the list of keys. */

extern const struct http_route fleet_routes[];
extern const size_t fleet_route_count;
