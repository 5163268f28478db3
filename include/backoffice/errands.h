#pragma once

#include <stdbool.h>

#include "base/error.h"

/*
 * What citizens asked of staff at a kiosk: to be called back, or that somebody comes.
 *
 * It shows (GET /v1/errands) until staff say that it is done, or until nobody needs it
 * any more. Then what it said is overwritten at once; that its key was used stays a
 * year, so that a kiosk which sends it late does not bring it back. What nobody did is
 * overwritten too, some days after it came, and the log says how many.
 */

struct store;

#define ERRAND_KEEP_DAYS 30 /* unless the settings say otherwise */

/* Somebody was called back or helped: it is overwritten. ERROR_NOT_FOUND: no such key.
 */
bool errand_done(struct store *store, const char *key, struct error *error);

/* Overwrites what came `keep_days` ago or before. Every ten minutes is enough. */
bool errands_tidy(struct store *store, int keep_days, struct error *error);
