#pragma once

#include <stdbool.h>

#include "appointment/qmatic.h"
#include "base/json.h"
#include "base/text.h"

/* One exchange with Qmatic, and what its status means. */

#define QMATIC_TARGET_BYTES 2000

struct qmatic_call;

struct qmatic_call *
qmatic_call_create(const struct qmatic_options *options, struct error *error);
void qmatic_call_destroy(struct qmatic_call *call); /* NULL is fine */

struct qmatic_exchange {
    const char *method;        /* "POST" */
    const struct text *target; /* what follows the base address: "v1/branches" */
    const char *body;          /* NULL: none */
    bool wants_answer;
    struct json *answer; /* wanted and good: the caller's to destroy */
    bool said_no;        /* Qmatic itself refused, with an error_code */
};

/*
 * Errors: no answer, or a 5xx, ERROR_OFFLINE, but ERROR_UNCERTAIN to what changes
 * something, and so is a yes that can't be read (ERROR_BAD_INPUT to a question); 500
 * with an error_code, 400, 401, 403 and 422 ERROR_REFUSED; 404 and 410 ERROR_NOT_FOUND;
 * 409 ERROR_TAKEN; 429 ERROR_OFFLINE; anything else ERROR_BAD_INPUT. Of what Qmatic
 * says only the code comes into a message.
 */
bool qmatic_call_send(struct qmatic_call *call, struct qmatic_exchange *exchange,
                      struct error *error);

/* GET; NULL on failure. */
struct json *qmatic_call_get(struct qmatic_call *call, const struct text *target,
                             struct error *error);
