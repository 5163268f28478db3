#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "appointment/client.h"
#include "base/json.h"

/* One member of what Qmatic answers, read with patience: it may be null, missing, or of
 * another type. `object` may be NULL, and need not be an object. */

/* The text; NULL when there is none. */
const char *qmatic_text(const struct json *object, const char *name);
/* What people read: "" when there is nothing clean, and what doesn't fit is cut. */
void
qmatic_words(const struct json *object, const char *name, char *target, size_t size);
/* Its publicId, which has to come back exactly as it is: false when it can't. */
bool qmatic_id(const struct json *object, char id[APPOINTMENT_ID_BYTES]);
bool qmatic_true(const struct json *object, const char *name);
/* 0 to `max`; a part of one counts as one. -1: not told. */
int qmatic_number(const struct json *object, const char *name, int max);
/* The first of a list; NULL for an empty one and for none. */
const struct json *qmatic_list(const struct json *object, const char *name);
/* "2023-10-23T06:45:00.000+0000", or as RFC 3339 has it; TIME_NONE: not told. */
int64_t qmatic_instant(const struct json *object, const char *name);
