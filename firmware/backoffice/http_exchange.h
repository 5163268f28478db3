#pragma once

#include <stdint.h>

#include <microhttpd.h>

#include "backoffice/http_deadline.h"
#include "backoffice/http_route.h"

/*
 * One request, from its first line to its answer: the callbacks of libmicrohttpd, of
 * http_server.c only. Their data is the struct exchange_server.
 */

#define EXCHANGE_TABLES_MAX 12

struct exchange_server {
    struct route_table tables[EXCHANGE_TABLES_MAX];
    size_t table_count;
    int64_t (*clock)(void);
    int64_t request_ms; /* in which a request must have come in whole */
    struct deadlines *deadlines;
};

void exchange_connection(void *data, struct MHD_Connection *connection, void **context,
                         enum MHD_ConnectionNotificationCode what);
void *
exchange_create(void *data, const char *target, struct MHD_Connection *connection);
enum MHD_Result exchange_serve(void *data, struct MHD_Connection *connection,
                               const char *url, const char *method, const char *version,
                               const char *upload, size_t *upload_size, void **state);
void exchange_destroy(void *data, struct MHD_Connection *connection, void **state,
                      enum MHD_RequestTerminationCode code);
