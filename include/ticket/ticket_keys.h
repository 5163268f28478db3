#pragma once

#include <stddef.h>

#include "base/error.h"
#include "base/json.h"
#include "ticket/ticket.h"

/*
 * The list of keys that tickets are checked with, as GET /v1/keys gives it:
 *
 *     {"keys": [{"public_key": "64 hexadecimal digits",
 *                "valid_from": "2026-11-01T00:00:00Z",
 *                "valid_to": "2028-11-01T00:00:00Z",   or null: no end
 *                "revoked": false}]}
 *
 * Members with other names are for others and are passed over.
 */

#define TICKET_KEYS_MAX 5000 /* far more kiosks than any region has */
#define TICKET_KEYS_BYTES_MAX (2 * 1024 * 1024)

/* The caller frees; an empty list is one too. NULL with ERROR_BAD_INPUT "line N: …". */
struct ticket_key *
ticket_keys_parse(const char *text, size_t length, size_t *count, struct error *error);

/* The same, of what was parsed already. */
struct ticket_key *
ticket_keys_read(const struct json *root, size_t *count, struct error *error);

/* Writes the list, the value of "keys". */
void ticket_keys_write(struct json_writer *writer, const struct ticket_key *keys,
                       size_t count);
