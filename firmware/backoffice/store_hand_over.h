#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "backoffice/store.h"
#include "backoffice/store_fleet.h"
#include "base/channel.h"
#include "base/sign.h"
#include "usage/event.h"

/* Hand-overs in the database, until they are completed or too old. */

struct hand_over {
    uint8_t hash[HASH_BYTES]; /* of the token */
    int64_t hour;             /* of the hand-over, since 1970 */
    bool completed;           /* then the rest is empty */
    char kiosk[USAGE_KIOSK_BYTES], location[FLEET_LOCATION_BYTES];
    char product_uri[USAGE_URI_BYTES], product[USAGE_PRODUCT_BYTES];
    char variant[USAGE_VARIANT_BYTES];
    enum channel channel;
};

/* A hash that is there already stays as it is. */
bool store_hand_over_add(struct store_session *session,
                         const struct hand_over *hand_over, struct error *error);
/* By `hand_over->hash`, unless it is of an hour before `since`. ERROR_NOT_FOUND. */
bool store_hand_over_find(struct store_session *session, int64_t since,
                          struct hand_over *hand_over, struct error *error);
/* Marks it completed, and forgets all else of it. */
bool store_hand_over_complete(struct store_session *session,
                              const uint8_t hash[HASH_BYTES], struct error *error);
/* Forgets those of an hour before `since`. */
bool store_hand_over_forget(struct store_session *session, int64_t since,
                            struct error *error);
