#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "backoffice/http_server.h"
#include "backoffice/store.h"
#include "backoffice/store_fleet.h"

/*
 * Who asks. Each function is true when the asker is who the route is for; when not
 * it has filled in the answer (401 with the reason, 403, 503) and the handler
 * returns.
 */

/* A kiosk that somebody claimed and nobody revoked, by its signature. */
bool identity_kiosk(struct store *store, const struct http_server_request *request,
                    struct fleet_kiosk *kiosk, struct http_server_answer *answer);

/* Whoever holds the key that signed this request, claimed or not. */
bool identity_signer(const struct http_server_request *request,
                     uint8_t public_key[SIGN_PUBLIC_BYTES],
                     struct http_server_answer *answer);

/* A member of staff, by "Authorization: Bearer TOKEN". */
bool identity_staff(struct store *store, const struct http_server_request *request,
                    enum fleet_role at_least, struct http_server_answer *answer);

/* A new token in text, and the hash of it that the database keeps. */
#define IDENTITY_TOKEN_BYTES 53 /* 32 random bytes in base32, and a NUL */
void identity_token_make(char token[IDENTITY_TOKEN_BYTES], uint8_t hash[HASH_BYTES]);
