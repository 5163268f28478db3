#pragma once

#include <stdbool.h>

#include "backoffice/identity.h"
#include "backoffice/store.h"
#include "backoffice/store_fleet.h"
#include "base/error.h"

/* Claiming kiosks and making tokens, for the routes and for the commands. */

/*
 * Names of kiosks and locations: a-z, 0-9 and -, so that they can stand in a URN, a
 * file's name and a spreadsheet. ERROR_BAD_INPUT.
 */
bool
fleet_check_name(const char *what, const char *name, size_t size, struct error *error);

/*
 * Claims the kiosk that announced itself with `code`, or the one whose key stands in
 * `kiosk` when `code` is "". Name and location are `kiosk`'s; its key is filled in.
 */
bool fleet_claim(struct store *store, const char *code, struct fleet_kiosk *kiosk,
                 struct error *error);

/* Makes a token and keeps its hash. It is shown once; nobody can show it again. */
bool fleet_token_create(struct store *store, enum fleet_role role,
                        char token[IDENTITY_TOKEN_BYTES], struct error *error);
