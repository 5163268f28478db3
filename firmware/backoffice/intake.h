#pragma once

#include <stddef.h>

#include "backoffice/http_server.h"

/* Events in, counted once: the back office's side of usage/wire.h. */

extern const struct http_route intake_routes[];
extern const size_t intake_route_count;
