#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "backoffice/http_server.h"

/* Which route a request is for. Pure text; the fuzzer knows it too. */

enum route_match {
    ROUTE_FOUND,
    ROUTE_UNKNOWN,
    ROUTE_WRONG_METHOD, /* `allow` names the right ones: "GET, POST" */
    ROUTE_BAD_PATH      /* percent-encoding that means nothing, or NUL */
};

struct route_table {
    const struct http_route *routes;
    size_t count;
    void *data;
};

#define ROUTE_ALLOW_BYTES 64

struct route_search {
    const struct http_route *route;
    void *data;
    char parameters[HTTP_SERVER_PARAMETERS_MAX][HTTP_SERVER_PARAMETER_BYTES];
    char allow[ROUTE_ALLOW_BYTES];
};

/* `path` is as sent, without the query. */
enum route_match
route_find(const struct route_table *tables, size_t table_count, const char *method,
           const char *path, struct route_search *found);
