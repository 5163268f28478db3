#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "strict_server.h"

#define PARTS_MAX 8
#define SERVICES_MAX 8

/* A request taken apart: "v2/branches/B/dates" and what stands behind semicolons. */
struct asked {
    const struct strict_request *request;
    char parts[PARTS_MAX][200];
    size_t part_count;
    char services[SERVICES_MAX][200];
    const char *ids[SERVICES_MAX];
    size_t service_count;
    int persons;       /* 1 when it is not told */
    const char *wrong; /* NULL: nothing */
};

/* What is wrong with the path and its parameters stands in `wrong`. */
void asked_read(struct asked *asked, const struct strict_request *request);
/* "v2 branches * dates": a star is any. */
bool asked_is(const struct asked *asked, const char *method, const char *pattern);
/* What is wrong with the headers; NULL when nothing is. */
const char *asked_check_headers(const struct asked *asked, bool has_body);
