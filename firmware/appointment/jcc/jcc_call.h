#pragma once

#include <stdbool.h>

#include "appointment/jcc.h"
#include "base/json.h"
#include "base/text.h"
#include "base/time.h"

/* One authorised exchange with JCC, and what its status means. */

#define JCC_TARGET_BYTES 2000

struct jcc_call;

struct jcc_call *
jcc_call_create(const struct jcc_options *options, struct error *error);
void jcc_call_destroy(struct jcc_call *call); /* NULL is fine */

const struct zone *jcc_call_zone(const struct jcc_call *call);

/*
 * `target` is what follows the base address: "appointment?id=…". `*answer` is the JSON
 * that came, NULL when nothing did. Errors: no answer ERROR_OFFLINE, to what changes
 * something ERROR_UNCERTAIN, and so are a 5xx and what is no JSON (ERROR_BAD_INPUT to
 * a question); 400, 401, 403, 422, and JCC's own 500 to a question, ERROR_REFUSED; 404
 * and 410 ERROR_NOT_FOUND; 409 ERROR_TAKEN; 429 ERROR_OFFLINE; anything else
 * ERROR_BAD_INPUT. Nothing of what JCC says comes into a message but a code.
 */
bool jcc_call_send(struct jcc_call *call, const char *method, const char *target,
                   const char *body, struct json **answer, struct error *error);
bool jcc_call_get(struct jcc_call *call, const char *target, struct json **answer,
                  struct error *error);

/* Starts a target, and adds parameters to it in the order that JCC is used to. */
struct text jcc_target(char target[JCC_TARGET_BYTES], const char *path);
void jcc_target_add(struct text *target, const char *name, const char *value);
/* One for each item. */
void jcc_target_add_products(struct text *target, const char *name,
                             const struct appointment_wish *wish);
void jcc_target_add_amounts(struct text *target, const struct appointment_wish *wish);
void jcc_target_add_date(struct text *target, const char *name, struct date date);
