#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sign.h"

/*
 * How a kiosk proves who it is: HTTP Message Signatures (RFC 9421) with Ed25519
 * over "@method", "@request-target" and "content-digest" (RFC 9530, sha-256), with
 * the `created` and `keyid` parameters. The key id is the kiosk's public key in
 * hexadecimal. Replays within the window are harmless: every request that
 * changes something carries its own identity (stream and sequence, booking key).
 */

#define SIGNED_REQUEST_HEADER_BYTES 400
#define SIGNED_REQUEST_WINDOW_S                                                        \
    300 /* how far `created` may be from the server's time */

struct signed_request {
    char digest[SIGNED_REQUEST_HEADER_BYTES];    /* "Content-Digest: …" */
    char input[SIGNED_REQUEST_HEADER_BYTES];     /* "Signature-Input: …" */
    char signature[SIGNED_REQUEST_HEADER_BYTES]; /* "Signature: …" */
};

/* `target` is path and query as sent: "/v1/events?x=1". */
void signed_request_make(struct signed_request *request, const struct sign_key *key,
                         const char *method, const char *target, const void *body,
                         size_t length, int64_t now_s);

/*
 * The values of the three headers (NULL when absent) against the request.
 * `public_key` is set to the key that made the signature; whether that key is
 * known is the caller's to decide. ERROR_REFUSED says what is wrong.
 */
bool signed_request_verify(const char *digest, const char *input, const char *signature,
                           const char *method, const char *target, const void *body,
                           size_t length, int64_t now_s,
                           uint8_t public_key[SIGN_PUBLIC_BYTES], struct error *error);
