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

/*
 * The address of tickets under the back office's public URL:
 * "https://afspraak.voorbeeld.nl" gives "HTTPS://AFSPRAAK.VOORBEELD.NL/T/".
 * ERROR_BAD_INPUT when the URL has more than scheme, host and port: names of hosts
 * mean the same in upper case, paths do not.
 */
bool ticket_address_make(const char *url, char address[TICKET_ADDRESS_BYTES],
                         struct error *error);

/* `address` is one of ticket_address_make(). */
void ticket_sign(const struct sign_key *key, const char *address,
                 const uint8_t appointment[TICKET_ID_BYTES], int64_t start,
                 const char *location, char text[TICKET_TEXT_BYTES]);

/*
 * A key signs for appointments that start from `valid_from` up to `valid_to`. The
 * start is the one time that a ticket carries and a thief of the key can't choose
 * freely, so a key's end lies past the last appointment that it may sign for.
 */
#define TICKET_KEY_NO_END INT64_MAX

struct ticket_key {
    uint8_t public_key[SIGN_PUBLIC_BYTES];
    int64_t valid_from, valid_to; /* instants; the end itself is too late */
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
