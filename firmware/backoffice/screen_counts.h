#pragma once

#include <stddef.h>

#include "backoffice/http_server.h"

/*
 * GET /v1/screens/counts, for staff: by day and screen how many visits ended there, and
 * how many touches missed everything.
 */

#define SCREEN_COUNTS_HEADER "date,screen,ended,misses\n"

extern const struct http_route screen_counts_routes[];
extern const size_t screen_counts_route_count;
