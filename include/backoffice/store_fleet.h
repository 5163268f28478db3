#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backoffice/store.h"
#include "base/claim_code.h"
#include "base/sign.h"
#include "ticket/ticket.h"
#include "usage/event.h"

/* Kiosks, tokens and ticket keys in the database. */

#define FLEET_LOCATION_BYTES 48
#define FLEET_PEER_BYTES 48

struct fleet_kiosk {
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    char name[USAGE_KIOSK_BYTES];
    char location[FLEET_LOCATION_BYTES]; /* an id of the catalogue's */
    int64_t claimed_at;
    int64_t revoked_at; /* TIME_NONE: it is in use */
};

/* ERROR_NOT_FOUND when nobody claimed that key; also finds revoked ones. */
bool store_kiosk_find(struct store_session *session,
                      const uint8_t public_key[SIGN_PUBLIC_BYTES],
                      struct fleet_kiosk *kiosk, struct error *error);
/*
 * Claims, or moves to another location. ERROR_TAKEN: another key has the name, or
 * this key another name (events carry it), or the key was revoked.
 */
bool store_kiosk_claim(struct store_session *session, const struct fleet_kiosk *kiosk,
                       struct error *error);
/* From now on nothing that this kiosk signs is taken. ERROR_NOT_FOUND. */
bool store_kiosk_revoke(struct store_session *session, const char *name,
                        struct error *error);
/* All, by name. The caller frees. */
bool store_kiosk_list(struct store_session *session, struct fleet_kiosk **list,
                      size_t *count, struct error *error);

/* Announcements are forgotten after this time, and so many may wait at most. */
#define FLEET_ANNOUNCED_S (24 * 3600)
#define FLEET_ANNOUNCED_MAX 500
#define FLEET_ANNOUNCED_OF_PEER_MAX 20

/* ERROR_REFUSED when too many wait already, of this peer or in all. */
bool store_announce(struct store_session *session,
                    const uint8_t public_key[SIGN_PUBLIC_BYTES], const char *peer,
                    struct error *error);
/* The one key announced with this code. ERROR_NOT_FOUND; ERROR_TAKEN: there are two. */
bool store_announced(struct store_session *session, const char code[CLAIM_CODE_BYTES],
                     uint8_t public_key[SIGN_PUBLIC_BYTES], struct error *error);

enum fleet_role { ROLE_VIEWER, ROLE_EDITOR }; /* an editor may all that a viewer may */

bool fleet_role_from_name(const char *name, enum fleet_role *role);
bool store_token_add(struct store_session *session, const uint8_t hash[HASH_BYTES],
                     enum fleet_role role, struct error *error);
bool store_token_role(struct store_session *session, const uint8_t hash[HASH_BYTES],
                      enum fleet_role *role, struct error *error); /* NOT_FOUND */

/* Keys that sign tickets: the back office's own; kiosks' keys are in the list too. */
bool store_ticket_key_add(struct store_session *session, const struct ticket_key *key,
                          struct error *error); /* one that is there already is fine */
bool store_ticket_keys(struct store_session *session, struct ticket_key **list,
                       size_t *count, struct error *error);
