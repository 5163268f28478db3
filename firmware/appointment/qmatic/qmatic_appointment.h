#pragma once

#include <stdbool.h>

#include "appointment/client.h"
#include "base/json.h"
#include "qmatic_target.h"

/* An appointment as Qmatic tells it. */

/* Where it stands in an answer; NULL when nowhere. */
const struct json *qmatic_appointment_of(const struct json *root);

/* False when it has no id that we can keep. `start` and `end` are TIME_NONE when they
 * are not told. */
bool
qmatic_read_appointment(const struct json *appointment, struct appointment *target);

/* Its branch, services and number of persons; the texts are the tree's. False when it
 * doesn't tell them all. */
bool qmatic_read_plan(const struct json *appointment, struct qmatic_plan *plan);
