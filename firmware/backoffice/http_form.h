#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "backoffice/http_server.h"

/*
 * The value of `name` in a form that a browser sent (application/x-www-form-urlencoded,
 * WHATWG URL §5.1). False when it is not there, is longer than `size`, means nothing or
 * is no clean text.
 */
bool http_form_value(const struct http_server_request *request, const char *name,
                     char *value, size_t size);

/* The same of its text alone. `size` > 0; `value` is "" when it is false. */
bool http_form_find(const char *form, const char *name, char *value, size_t size);
