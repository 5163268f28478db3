#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/sign.h"
#include "base/time.h"

/*
 * The text in a ticket's QR: one upper-case URL, so that it fits QR's alphanumeric
 * mode and any phone opens it.
 *
 *     ADDRESS || base32(version 1, key id 4, appointment id 16, start 5, location 4,
 *                       signature 64)
 *
 * Big-endian; `start` in seconds; `key id` and `location` are the first four bytes
 * of SHA-256 of the public key and of the location's id. The Ed25519 signature is
 * over ADDRESS and the bytes before it. No product, no person.
 */

#define TICKET_ADDRESS_BYTES 128
#define TICKET_TEXT_BYTES 320
#define TICKET_ID_BYTES 16

struct ticket_claim {
    uint8_t appointment[TICKET_ID_BYTES];
    int64_t start;
    uint8_t location[4];
    uint8_t key_id[4];
};

void ticket_key_id(const uint8_t public_key[SIGN_PUBLIC_BYTES], uint8_t id[4]);
void ticket_location_id(const char *location, uint8_t id[4]);

/* `address` is upper case: "HTTPS://AFSPRAAK.VOORBEELD.NL/T/". */
void ticket_sign(const struct sign_key *key, const char *address,
                 const uint8_t appointment[TICKET_ID_BYTES], int64_t start,
                 const char *location, char text[TICKET_TEXT_BYTES]);

struct ticket_key {
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    int64_t valid_from, valid_to; /* instants; the start of signing use and its end */
    bool revoked;
};

/*
 * True when a key of the list made the text, every character as it was made.
 * ERROR_BAD_INPUT: it is no ticket of ours; ERROR_REFUSED: it is, but not valid,
 * and the message says why.
 */
bool ticket_verify(const char *text, const struct ticket_key *keys, size_t key_count,
                   struct ticket_claim *claim, struct error *error);

/* Six characters of 31 that are not mixed up (no 0 O 1 I L); shown "7K4 M2Q". */
#define TICKET_CODE_LENGTH 6
void ticket_code_make(char code[TICKET_CODE_LENGTH + 1]);
/* Upper-cases and drops spaces; false when it can't be a code. */
bool ticket_code_read(const char *typed, char code[TICKET_CODE_LENGTH + 1]);
