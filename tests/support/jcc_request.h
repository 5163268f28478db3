#pragma once

#include "jcc_town.h"
#include "scripted_server.h"

/* A request to our JCC, taken apart and held against what JCC takes. */

#define JCC_REQUEST_VALUES_MAX 16

enum jcc_route {
    JCC_ROUTE_TOKEN,
    JCC_ROUTE_PRODUCTS,
    JCC_ROUTE_MORE_PRODUCTS,
    JCC_ROUTE_LOCATIONS,
    JCC_ROUTE_SOME_LOCATIONS,
    JCC_ROUTE_RANGE,
    JCC_ROUTE_TIMES,
    JCC_ROUTE_DURATION,
    JCC_ROUTE_REQUIRED,
    JCC_ROUTE_SHOW,
    JCC_ROUTE_QR,
    JCC_ROUTE_CANCEL,
    JCC_ROUTE_BOOK,
    JCC_ROUTE_COUNT
};

struct jcc_request {
    enum jcc_route route;
    char method[8], path[80]; /* below the base */
    struct {
        char name[40], value[120];
    } values[JCC_REQUEST_VALUES_MAX];
    size_t count;
};

/* What is wrong with method, path, query or headers; NULL when nothing is. */
const char *jcc_request_read(struct jcc_request *asked,
                             const struct scripted_request *request, const char *base);

/* Of the query: the first value of that name, or all of them. */
const char *jcc_request_value(const struct jcc_request *asked, const char *name);
size_t jcc_request_values(const struct jcc_request *asked, const char *name,
                          const char *values[JCC_REQUEST_VALUES_MAX]);
/* How long what is asked for takes. */
int jcc_request_seconds(const struct jcc_request *asked);

/* What is wrong with the body of a booking, else NULL and what it wants, without id. */
const char *jcc_request_read_booking(const struct town *town,
                                     const struct scripted_request *request,
                                     struct town_appointment *appointment);
