#include "ticket/ticket.h"

#include <assert.h>
#include <string.h>

#include "base/text.h"

#define VERSION 1
#define SIGNED_BYTES (1 + 4 + TICKET_ID_BYTES + 5 + 4)
#define PAYLOAD_BYTES (SIGNED_BYTES + SIGN_SIGNATURE_BYTES)
#define PAYLOAD_DIGITS ((PAYLOAD_BYTES * 8 + 4) / 5)
#define START_MAX 253402300799 /* the end of the year 9999; fits five bytes */

/* Where the fields stand. */
enum {
    AT_VERSION = 0,
    AT_KEY_ID = 1,
    AT_APPOINTMENT = 5,
    AT_START = 21,
    AT_LOCATION = 26,
    AT_SIGNATURE = 30
};

static_assert(AT_SIGNATURE == SIGNED_BYTES, "the fields fill what is signed");
static_assert(TICKET_ADDRESS_BYTES + PAYLOAD_DIGITS <= TICKET_TEXT_BYTES,
              "the longest address leaves room for the digits");

static void
short_hash(const void *data, size_t length, uint8_t id[4])
{
    uint8_t hash[HASH_BYTES];

    hash_bytes(data, length, hash);
    memcpy(id, hash, 4);
}

void
ticket_key_id(const uint8_t public_key[SIGN_PUBLIC_BYTES], uint8_t id[4])
{
    short_hash(public_key, SIGN_PUBLIC_BYTES, id);
}

void
ticket_location_id(const char *location, uint8_t id[4])
{
    short_hash(location, strlen(location), id);
}

/* --- address ------------------------------------------------------------- */

/* Of QR's alphanumeric characters those that stand in host, port and path. */
static bool
is_address_character(char c)
{
    return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           (c != '\0' && strchr(":/.-", c) != NULL);
}

static bool
is_address(const char *text, size_t length)
{
    static const char tail[] = "/T/";
    const size_t tail_length = sizeof(tail) - 1;
    size_t scheme = text_starts_with(text, "HTTPS://")  ? strlen("HTTPS://")
                    : text_starts_with(text, "HTTP://") ? strlen("HTTP://")
                                                        : 0;

    if (scheme == 0 || length >= TICKET_ADDRESS_BYTES ||
        length <= scheme + tail_length ||
        memcmp(text + length - tail_length, tail, tail_length) != 0)
    {
        return false;
    }
    for (size_t i = scheme; i < length - tail_length; i++) {
        if (!is_address_character(text[i]) || text[i] == '/') {
            return false;
        }
    }
    return true;
}

static char
upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

bool
ticket_address_make(const char *url, char address[TICKET_ADDRESS_BYTES],
                    struct error *error)
{
    struct text text = text_begin(address, TICKET_ADDRESS_BYTES);
    size_t length = strlen(url);

    if (length > 0 && url[length - 1] == '/') {
        length--;
    }
    for (size_t i = 0; i < length; i++) {
        char c = upper(url[i]);

        text_add_bytes(&text, &c, 1);
    }
    text_add(&text, "/T/");
    if (text.truncated) {
        return error_set(error, ERROR_BAD_INPUT,
                         "address of tickets: longer than %d characters",
                         TICKET_ADDRESS_BYTES - 1 - (int)strlen("/T/"));
    }
    if (!is_address(address, text.length)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "address of tickets: must be https:// and a host name, "
                         "without path");
    }
    return true;
}

/* --- signing ------------------------------------------------------------- */

static void
start_write(uint8_t bytes[5], int64_t start)
{
    for (int i = 4; i >= 0; i--) {
        bytes[i] = (uint8_t)(start & 0xff);
        start >>= 8;
    }
}

static int64_t
start_read(const uint8_t bytes[5])
{
    int64_t start = 0;

    for (int i = 0; i < 5; i++) {
        start = start << 8 | bytes[i];
    }
    return start;
}

/* What the signature is over: the address, then the bytes before the signature. */
static size_t
message_make(uint8_t message[TICKET_ADDRESS_BYTES + SIGNED_BYTES], const char *address,
             size_t address_length, const uint8_t payload[PAYLOAD_BYTES])
{
    memcpy(message, address, address_length);
    memcpy(message + address_length, payload, SIGNED_BYTES);
    return address_length + SIGNED_BYTES;
}

void
ticket_sign(const struct sign_key *key, const char *address,
            const uint8_t appointment[TICKET_ID_BYTES], int64_t start,
            const char *location, char text[TICKET_TEXT_BYTES])
{
    uint8_t payload[PAYLOAD_BYTES];
    uint8_t message[TICKET_ADDRESS_BYTES + SIGNED_BYTES];
    size_t address_length = strlen(address), message_length;

    assert(is_address(address, address_length));
    assert(start >= 0 && start <= START_MAX);

    payload[AT_VERSION] = VERSION;
    ticket_key_id(key->public_key, payload + AT_KEY_ID);
    memcpy(payload + AT_APPOINTMENT, appointment, TICKET_ID_BYTES);
    start_write(payload + AT_START, start);
    ticket_location_id(location, payload + AT_LOCATION);
    message_length = message_make(message, address, address_length, payload);
    sign_message(key, message, message_length, payload + AT_SIGNATURE);

    memcpy(text, address, address_length);
    text_base32_encode(text + address_length, payload, PAYLOAD_BYTES);
}

/* --- verifying ----------------------------------------------------------- */

/* The payload out of a text that has the form of a ticket. */
static bool
payload_read(const char *text, size_t *address_length, uint8_t payload[PAYLOAD_BYTES],
             struct error *error)
{
    size_t length = strnlen(text, TICKET_TEXT_BYTES);

    if (length >= TICKET_TEXT_BYTES || length <= PAYLOAD_DIGITS ||
        !is_address(text, length - PAYLOAD_DIGITS))
    {
        return error_set(error, ERROR_BAD_INPUT, "this is not a ticket of ours");
    }
    *address_length = length - PAYLOAD_DIGITS;
    if (!text_base32_decode(payload, PAYLOAD_BYTES, text + *address_length,
                            PAYLOAD_DIGITS) ||
        start_read(payload + AT_START) > START_MAX)
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "this is not a ticket of ours: its code is damaged");
    }
    if (payload[AT_VERSION] != VERSION) {
        return error_set(error, ERROR_BAD_INPUT,
                         "this ticket is of version %d, and only version %d is known",
                         payload[AT_VERSION], VERSION);
    }
    return true;
}

/*
 * The key that made the signature. Two keys may share an id of four bytes, so all
 * with that id are tried.
 */
static const struct ticket_key *
key_of_signature(const struct ticket_key *keys, size_t key_count,
                 const uint8_t *payload, const uint8_t *message, size_t message_length,
                 struct error *error)
{
    bool known = false;

    for (size_t i = 0; i < key_count; i++) {
        uint8_t id[4];

        ticket_key_id(keys[i].public_key, id);
        if (memcmp(id, payload + AT_KEY_ID, sizeof(id)) != 0) {
            continue;
        }
        known = true;
        if (sign_verify(keys[i].public_key, message, message_length,
                        payload + AT_SIGNATURE)) {
            return &keys[i];
        }
    }
    error_set(error, ERROR_REFUSED,
              known ? "this ticket was changed after it was made"
                    : "this ticket was made with a key that is not in the list");
    return NULL;
}

bool
ticket_verify(const char *text, const struct ticket_key *keys, size_t key_count,
              struct ticket_claim *claim, struct error *error)
{
    uint8_t payload[PAYLOAD_BYTES];
    uint8_t message[TICKET_ADDRESS_BYTES + SIGNED_BYTES];
    size_t address_length = 0, message_length;
    const struct ticket_key *key;
    int64_t start;

    if (!payload_read(text, &address_length, payload, error)) {
        return false;
    }
    message_length = message_make(message, text, address_length, payload);
    key = key_of_signature(keys, key_count, payload, message, message_length, error);
    if (key == NULL) {
        return false;
    }
    if (key->revoked) {
        return error_set(error, ERROR_REFUSED,
                         "this ticket was made with a key that was revoked");
    }
    start = start_read(payload + AT_START);
    if (start < key->valid_from || start >= key->valid_to) {
        char start_text[TIME_TEXT_BYTES];

        instant_format(NULL, start, start_text);
        return error_set(error, ERROR_REFUSED,
                         "this ticket's key is not valid for an appointment at %s",
                         start_text);
    }
    memcpy(claim->appointment, payload + AT_APPOINTMENT, TICKET_ID_BYTES);
    memcpy(claim->location, payload + AT_LOCATION, sizeof(claim->location));
    memcpy(claim->key_id, payload + AT_KEY_ID, sizeof(claim->key_id));
    claim->start = start;
    return true;
}
