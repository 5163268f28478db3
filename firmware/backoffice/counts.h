#pragma once

#include <stddef.h>

#include "backoffice/http_server.h"

/* GET /v1/counts: rounded tables for everybody, exact ones for staff. */

extern const struct http_route counts_routes[];
extern const size_t counts_route_count;
