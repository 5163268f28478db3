#pragma once

#include <stdbool.h>

#include "appointment/client.h"
#include "base/json.h"
#include "base/time.h"
#include "qmatic_call.h"
#include "qmatic_customer.h"
#include "qmatic_target.h"
#include "qmatic_zones.h"

/* What the parts of the maker share: client_qmatic.c asks, qmatic_locations.c looks
 * where, qmatic_book.c changes. */

struct qmatic_maker {
    struct qmatic_call *call;
    struct qmatic_zones *zones;
    struct qmatic_required required;
    int earliest_max;
};

/* The clock of a branch. NULL on failure. */
const struct zone *
qmatic_ask_zone(struct qmatic_maker *maker, const char *branch, struct error *error);
/* Dates with free times of the plan; a zeroed `to` is no end. */
bool qmatic_ask_days(struct qmatic_maker *maker, const struct qmatic_plan *plan,
                     struct date from, struct date to, struct appointment_day **list,
                     size_t *count, struct error *error);
/* Free times of the plan on a date of that clock. */
bool
qmatic_ask_times(struct qmatic_maker *maker, const struct qmatic_plan *plan,
                 struct date date, const struct zone *zone,
                 struct appointment_time **list, size_t *count, struct error *error);

/* As struct appointment_operations promises. */
bool qmatic_locations(void *maker, const struct appointment_wish *wish,
                      struct appointment_location **list, size_t *count,
                      struct error *error);
bool qmatic_book(void *maker, const struct appointment_booking *booking,
                 struct appointment *appointment, struct error *error);
bool qmatic_show(void *maker, const char *id, struct appointment *appointment,
                 struct error *error);
bool qmatic_cancel(void *maker, const char *id, struct error *error);
bool qmatic_move(void *maker, const char *id, const char *key, int64_t start,
                 struct appointment_moved *moved, struct error *error);
