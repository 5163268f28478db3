#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "appointment/client.h"
#include "base/json.h"
#include "base/time.h"
#include "qmatic_target.h"

/*
 * What Qmatic answers, read with patience: members may be null, missing or new, an
 * entry that can't be used is left out. ERROR_BAD_INPUT when the list itself is not
 * there. Lists are the caller's: freed with free(); NULL when empty.
 */

struct qmatic_service {
    char id[APPOINTMENT_ID_BYTES], name[APPOINTMENT_NAME_BYTES];
    int minutes,
        minutes_further; /* of the first and each further person; -1: not told */
};

/* Those that anybody may book: publicEnabled and active. */
bool qmatic_read_services(const struct json *root, struct qmatic_service **list,
                          size_t *count, struct error *error);

/* Can `service` be had in one appointment with the plan's? By the groups of v1 (in
 * branches) and v2 (at the root). */
bool qmatic_groups_allow(const struct json *root, const struct qmatic_plan *plan,
                         const char *service);

struct qmatic_branch {
    struct appointment_location location; /* earliest: TIME_NONE */
    char zones[2][64]; /* fullTimeZone and timeZone, "" when not told */
};

bool qmatic_read_branches(const struct json *root, struct qmatic_branch **list,
                          size_t *count, struct error *error);
/* False when it has no id that we can keep; its zones are read all the same. */
bool qmatic_read_branch(const struct json *value, struct qmatic_branch *branch);

/* From `from` to `to`, both included, in order; a zeroed `to` is no end. */
bool
qmatic_read_dates(const struct json *root, struct date from, struct date to,
                  struct appointment_day **list, size_t *count, struct error *error);

/* The instants of "09:00" and so on, in order. */
bool
qmatic_read_times(const struct json *root, struct date date, const struct zone *zone,
                  struct appointment_time **list, size_t *count, struct error *error);
