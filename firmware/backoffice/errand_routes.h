#pragma once

#include "backoffice/http_server.h"

/* /v1/errands: what citizens ask of staff. The routes' data is the office. */

extern const struct http_route errand_routes[];
extern const size_t errand_route_count;
