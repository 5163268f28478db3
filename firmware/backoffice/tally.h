#pragma once

#include <stddef.h>

#include "backoffice/store_usage.h"
#include "base/time.h"
#include "usage/event.h"

/*
 * What events add to which counts: summed, and in the order of their keys, so that
 * two back offices on one database never wait for each other in a ring.
 */

/* One event adds to so many rows at most. */
#define TALLIES_OF_EVENT_MAX (7 + USAGE_MISSED_MAX)

struct tally_place {
    const char *kiosk, *location;
    const struct zone *zone; /* whose days the day tables count */
};

/*
 * Fills `tallies` (room for TALLIES_OF_EVENT_MAX × count); returns how many. Their
 * texts are the events' and the place's.
 */
size_t tally_events(const struct usage_event *events, size_t count,
                    const struct tally_place *place, struct tally *tallies);
