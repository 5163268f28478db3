#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * Sealed messages (libsodium's sealed box: X25519, XSalsa20, Poly1305). Whoever has the
 * public key can seal; only the holder of the secret one can open, not even the one who
 * sealed. A seal does not tell who made it, and hides all of a message but its length.
 * Call sign_start() once before anything else.
 */

#define SEAL_PUBLIC_BYTES 32
#define SEAL_SECRET_BYTES 32
#define SEAL_OVERHEAD_BYTES 48 /* a sealed message is so much longer */
#define SEAL_KEY_TEXT_BYTES 65 /* a public key in hexadecimal and its NUL */

struct seal_key {
    uint8_t public_key[SEAL_PUBLIC_BYTES];
    uint8_t secret_key[SEAL_SECRET_BYTES];
};

void seal_key_generate(struct seal_key *key);
/* Reads the key file, or makes it (mode 0600, durable) when there is none. */
bool seal_key_open(const char *path, struct seal_key *key, struct error *error);

/* What a kiosk knows of it, kept in a file of its own: durable, and never half. */
bool seal_public_read(const char *path, uint8_t public_key[SEAL_PUBLIC_BYTES],
                      struct error *error); /* ERROR_NOT_FOUND: there is none yet */
bool seal_public_write(const char *path, const uint8_t public_key[SEAL_PUBLIC_BYTES],
                       struct error *error);

/*
 * Into `sealed`, which takes `length` + SEAL_OVERHEAD_BYTES; never twice the same
 * bytes. ERROR_BAD_INPUT: that is no public key.
 */
bool seal_message(const uint8_t public_key[SEAL_PUBLIC_BYTES], const void *message,
                  size_t length, uint8_t *sealed, struct error *error);

/*
 * Into `message`, which takes `length` - SEAL_OVERHEAD_BYTES. False when it was sealed
 * for another key, is too short, or one bit of it was changed; `message` is then
 * zeroes.
 */
bool seal_open(const struct seal_key *key, const void *sealed, size_t length,
               uint8_t *message);
