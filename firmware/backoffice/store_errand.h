#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backoffice/store.h"
#include "backoffice/store_fleet.h"
#include "errand/errand.h"

/* What citizens asked of staff, in the database. */

struct store_errand {
    struct errand errand;
    char kiosk[USAGE_KIOSK_BYTES], location[FLEET_LOCATION_BYTES];
    int64_t received_at;
    bool unreadable; /* it was sealed for a key that we have no more: only who and when
                      */
};

/*
 * Keeps it, unless it is there: of a help call that still waits, `calls` then goes up.
 * ERROR_TAKEN: another kiosk has that key.
 */
bool store_errand_keep(struct store_session *session, const struct store_errand *errand,
                       struct error *error);

/*
 * It waits no longer: what it said is overwritten; that the key was used stays.
 * ERROR_NOT_FOUND; one that has ended before is fine.
 */
bool
store_errand_end(struct store_session *session, const char *key, struct error *error);

/* The same, of a kiosk's own; one that did not come yet then comes for nothing. */
bool store_errand_withdraw(struct store_session *session, const char *key,
                           const char *kiosk, struct error *error);

/* Those that wait, the oldest first, as long as `take` answers true. */
typedef bool (*store_errand_take)(void *data, const struct store_errand *errand);
bool store_errand_list(struct store_session *session, store_errand_take take,
                       void *data, struct error *error);

/* The slips with that code that still works, of any location, the last one first. */
bool store_errand_by_code(struct store_session *session, const char *code,
                          store_errand_take take, void *data, struct error *error);

/* Ends what came before `received`, and slips whose code has ceased to work, and counts
 * in `*missed` the call-backs that nobody did; forgets the keys of what ended before
 * `ended`. */
bool store_errand_forget(struct store_session *session, int64_t received, int64_t ended,
                         int64_t *missed, struct error *error);
