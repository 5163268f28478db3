#pragma once

#include "appointment/client.h"
#include "base/time.h"
#include "qmatic_answer.h"

/*
 * The clocks of the branches, as far as they were told. A zone stays until the end, so
 * that whoever got one can go on reading it; from any thread.
 */

struct qmatic_zones;

/* `fallback` is the clock of a branch that tells none. NULL when nobody knows it. */
struct qmatic_zones *qmatic_zones_create(const char *fallback, struct error *error);
void qmatic_zones_destroy(struct qmatic_zones *zones); /* NULL is fine */

/* The clock of a branch that has just told of itself: by the first of its names that
 * the system knows. It is remembered. */
const struct zone *
qmatic_zones_learn(struct qmatic_zones *zones, const struct qmatic_branch *branch);
/* What was remembered of it last; NULL: nothing. */
const struct zone *qmatic_zones_find(struct qmatic_zones *zones, const char *branch);
