#pragma once

#include <stddef.h>

#include "backoffice/http_server.h"

/*
 * What went wrong with streams, for staff to see: cards that lived twice, as kiosks
 * report it and the intake notices it, and events that were lost.
 */

extern const struct http_route conflicts_routes[];
extern const size_t conflicts_route_count;
