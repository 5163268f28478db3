#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "backoffice/store_fleet.h"
#include "base/sign.h"

/* Who is signed in at a browser: by the hash of what its cookie holds. */

bool
store_staff_add(struct store_session *session, const uint8_t hash[HASH_BYTES],
                const uint8_t token[HASH_BYTES], int64_t until, struct error *error);
/* ERROR_NOT_FOUND when nobody is, or not any more, or the token is gone. */
bool store_staff_role(struct store_session *session, const uint8_t hash[HASH_BYTES],
                      enum fleet_role *role, struct error *error);
bool store_staff_end(struct store_session *session, const uint8_t hash[HASH_BYTES],
                     struct error *error);
bool store_staff_forget(struct store_session *session, struct error *error);
