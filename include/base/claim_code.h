#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/sign.h"

/*
 * The code on the screen of a kiosk that nobody has claimed yet: eight characters of
 * base32 over SHA-256 of its public key, so that whoever types it names that key and
 * no other. It is a fingerprint, not a secret: claiming also takes an editor's token,
 * and the back office refuses a code that two announced keys share.
 */

#define CLAIM_CODE_LENGTH 8
#define CLAIM_CODE_BYTES (CLAIM_CODE_LENGTH + 1)

void claim_code_make(const uint8_t public_key[SIGN_PUBLIC_BYTES],
                     char code[CLAIM_CODE_BYTES]);
/* Upper-cases, drops spaces and dashes, reads O as 0 and I or L as 1. */
bool claim_code_read(const char *typed, char code[CLAIM_CODE_BYTES]);
