#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "appointment/client.h"
#include "base/text.h"
#include "base/time.h"
#include "qmatic_call.h"

/*
 * What is asked of Qmatic, and how it is written behind the base address:
 * "v2/branches/B/dates;servicePublicId=A;servicePublicId=B;numberOfCustomers=1".
 */

#define QMATIC_SERVICES_MAX                                                            \
    16                       /* of one appointment; ours have APPOINTMENT_ITEMS_MAX    \
                              */
#define QMATIC_CLOCK_BYTES 8 /* "09:00" */

struct qmatic_plan {
    const char *branch, *services[QMATIC_SERVICES_MAX]; /* of who made the plan */
    size_t count;
    int persons;
};

/* Each service once, for as many persons as the item with the most. The wish outlives
 * the plan. */
struct qmatic_plan qmatic_plan_of(const struct appointment_wish *wish);
/* False when it names no branch or no service. */
bool qmatic_plan_check(const struct qmatic_plan *plan, struct error *error);

/* An empty target in `buffer`, with what stands in `parts` one after the other: every
 * second part is an id, and escaped. NULL-ended. */
struct text qmatic_target(char buffer[QMATIC_TARGET_BYTES], const char *const *parts);
#define QMATIC_TARGET(BUFFER, ...)                                                     \
    qmatic_target(BUFFER, (const char *const[]){__VA_ARGS__, NULL})

void qmatic_target_add_services(struct text *target, const struct qmatic_plan *plan);
/* The services, and how many come along with the first person. */
void qmatic_target_add_plan(struct text *target, const struct qmatic_plan *plan);

/* The clock on the branch's wall as Qmatic writes it; false when it can't name `start`:
 * a time between minutes, or the second of an hour that comes twice. */
bool qmatic_clock_of(const struct zone *zone, int64_t start, char date[TIME_TEXT_BYTES],
                     char clock[QMATIC_CLOCK_BYTES]);
