#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "base/json.h"
#include "base/sign.h"

/*
 * One exchange with the back office, signed with the kiosk's key, and what its status
 * means. Safe from any thread: one exchange at a time.
 */

struct backoffice_call;

struct backoffice_options {
    const char *url;            /* "https://kiosk.voorbeeld.nl"; copied */
    const struct sign_key *key; /* copied */
    int timeout_ms;             /* of one exchange; 0: 10 s */
    const char *ca_file;        /* copied; for http_client_trust() */
};

/* ERROR_BAD_INPUT when the URL has more than scheme, host and port. */
struct backoffice_call *
backoffice_call_create(const struct backoffice_options *options, struct error *error);
void backoffice_call_destroy(struct backoffice_call *call); /* NULL is fine */

/*
 * `target` is path and query. `*answer` is the JSON that came; `answer` is NULL when
 * none is expected. Errors: 400, 401, 403, 422, and 429 with a reason, ERROR_REFUSED;
 * 404 ERROR_NOT_FOUND; 409 ERROR_TAKEN; 429 without one, 503 ERROR_OFFLINE; another
 * 5xx, or a 2xx that is no JSON, to a request that changes something ERROR_UNCERTAIN,
 * else ERROR_OFFLINE and ERROR_BAD_INPUT; anything else ERROR_BAD_INPUT.
 */
bool backoffice_call_send(struct backoffice_call *call, const char *method,
                          const char *target, const char *body, struct json **answer,
                          struct error *error);
