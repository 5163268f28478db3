#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * Signatures (Ed25519, RFC 8032), hashes (SHA-256, FIPS 180-4) and random bytes,
 * by libsodium. Call sign_start() once before anything else.
 */

#define SIGN_PUBLIC_BYTES 32
#define SIGN_SECRET_BYTES 64
#define SIGN_SIGNATURE_BYTES 64
#define HASH_BYTES 32
#define SIGN_KEY_TEXT_BYTES 65 /* a public key in hexadecimal and its NUL */

struct sign_key {
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    uint8_t secret_key[SIGN_SECRET_BYTES];
};

void sign_start(void);
void random_bytes(void *target, size_t count);

void sign_key_generate(struct sign_key *key);
/* Reads the key file, or makes it (mode 0600, durable) when there is none. */
bool sign_key_open(const char *path, struct sign_key *key, struct error *error);
/* ERROR_NOT_FOUND when there is none. */
bool sign_key_read(const char *path, struct sign_key *key, struct error *error);

void sign_message(const struct sign_key *key, const void *message, size_t length,
                  uint8_t signature[SIGN_SIGNATURE_BYTES]);
bool sign_verify(const uint8_t public_key[SIGN_PUBLIC_BYTES], const void *message,
                 size_t length, const uint8_t signature[SIGN_SIGNATURE_BYTES]);

void hash_bytes(const void *data, size_t length, uint8_t hash[HASH_BYTES]);
/* The next link of a chain: SHA-256(previous ‖ data). */
void hash_link(const uint8_t previous[HASH_BYTES], const void *data, size_t length,
               uint8_t next[HASH_BYTES]);
bool bytes_equal(const void *a, const void *b, size_t count); /* in constant time */

/* Base64 (RFC 4648 §4, padded). Decoding is strict: exactly `count` bytes. */
void base64_encode(char *target, size_t size, const void *bytes, size_t count);
bool base64_decode(void *target, size_t count, const char *text);
