#pragma once

#include <stdbool.h>

#include "catalogue/catalogue.h"

/* When a location is open, or something can be had: its week, overruled by dated
 * exceptions. */

const struct day_hours *opening_day(const struct opening *opening, struct date date,
                                    const struct hours_exception **exception);

/* The periods of that day; `*exception` (may be NULL) is the one that rules, or NULL.
 */
const struct day_hours *opening_hours(const struct location *location, struct date date,
                                      const struct hours_exception **exception);
bool opening_is_open(const struct location *location, struct civil at);
