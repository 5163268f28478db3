#include "base/signed_request.h"

#include <assert.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#define LABEL "kiosk"
#define BASE64_DIGEST_BYTES 45    /* of 32 bytes, with NUL */
#define BASE64_SIGNATURE_BYTES 89 /* of 64 bytes, with NUL */
#define BYTES_TEXT_MAX 128
#define PARAMETER_MAX 80
#define CREATED_DIGITS_MAX 12

static const char signed_components[] =
    "(\"@method\" \"@request-target\" \"content-digest\")";

/* RFC 9530 §2: a dictionary of byte sequences. */
static void
digest_value(char *target, size_t size, const void *body, size_t length)
{
    uint8_t hash[HASH_BYTES];
    char base64[BASE64_DIGEST_BYTES];
    struct text text = text_begin(target, size);

    hash_bytes(body, length, hash);
    base64_encode(base64, sizeof(base64), hash, sizeof(hash));
    text_format(&text, "sha-256=:%s:", base64);
    assert(!text.truncated);
}

/* RFC 9421 §2.5: what is signed. The caller frees. */
static char *
signature_base(const char *method, const char *target, const char *digest,
               const char *parameters)
{
    static const char format[] = "\"@method\": %s\n"
                                 "\"@request-target\": %s\n"
                                 "\"content-digest\": %s\n"
                                 "\"@signature-params\": %s";
    size_t size = sizeof(format) + strlen(method) + strlen(target) + strlen(digest) +
                  strlen(parameters);
    char *base = memory_allocate(1, size);
    struct text text = text_begin(base, size);

    text_format(&text, format, method, target, digest, parameters);
    assert(!text.truncated);
    return base;
}

void
signed_request_make(struct signed_request *request, const struct sign_key *key,
                    const char *method, const char *target, const void *body,
                    size_t length, int64_t now_s)
{
    char digest[BYTES_TEXT_MAX], parameters[SIGNED_REQUEST_HEADER_BYTES];
    char keyid[SIGN_KEY_TEXT_BYTES], base64[BASE64_SIGNATURE_BYTES];
    uint8_t signature[SIGN_SIGNATURE_BYTES];
    char *base;

    assert(text_is_clean(method) && text_is_clean(target));
    digest_value(digest, sizeof(digest), body, length);
    text_hex_encode(keyid, key->public_key, sizeof(key->public_key));
    snprintf(parameters, sizeof(parameters), "%s;created=%" PRId64 ";keyid=\"%s\"",
             signed_components, now_s, keyid);
    base = signature_base(method, target, digest, parameters);
    sign_message(key, base, strlen(base), signature);
    free(base);
    base64_encode(base64, sizeof(base64), signature, sizeof(signature));

    struct text text = text_begin(request->digest, sizeof(request->digest));

    text_format(&text, "Content-Digest: %s", digest);
    text = text_begin(request->input, sizeof(request->input));
    text_format(&text, "Signature-Input: " LABEL "=%s", parameters);
    assert(!text.truncated);
    text = text_begin(request->signature, sizeof(request->signature));
    text_format(&text, "Signature: " LABEL "=:%s:", base64);
}

/* Steps over `wanted` at `*text`. */
static bool
take(const char **text, const char *wanted)
{
    if (!text_starts_with(*text, wanted)) {
        return false;
    }
    *text += strlen(wanted);
    return true;
}

/* The label of a dictionary's only member: a key of RFC 8941 §3.1.2, and "=". */
static bool
take_label(const char **text, char *label, size_t size)
{
    size_t length = strspn(*text, "abcdefghijklmnopqrstuvwxyz0123456789_-.*");
    struct text copy = text_begin(label, size);

    if (length == 0 || (**text >= '0' && **text <= '9') || **text == '-' ||
        **text == '.' || **text == '_')
    {
        return false;
    }
    text_add_bytes(&copy, *text, length);
    *text += length;
    return !copy.truncated && take(text, "=");
}

/* An integer as RFC 8941 writes it: no plus, no zero before it. */
static bool
take_created(const char **text, int64_t *created)
{
    size_t digits = strspn(*text, "0123456789");

    if (digits == 0 || digits > CREATED_DIGITS_MAX || (**text == '0' && digits > 1)) {
        return false;
    }
    *created = strtoll(*text, NULL, 10);
    *text += digits;
    return true;
}

static bool
take_quoted(const char **text, char *target, size_t size)
{
    size_t length;
    struct text copy = text_begin(target, size);

    if (!take(text, "\"")) {
        return false;
    }
    length = strcspn(*text, "\"\\");
    text_add_bytes(&copy, *text, length);
    *text += length;
    return !copy.truncated && take(text, "\"");
}

struct input {
    char label[PARAMETER_MAX];
    const char *parameters; /* as they were sent, which is how they were signed */
    int64_t created;
    uint8_t public_key[SIGN_PUBLIC_BYTES];
};

/*
 * Only the canonical way of writing is read: what was sent is then what was signed.
 * A parameter that we do not know may mean something ("expires"): refused.
 */
static bool
read_input(const char *text, struct input *input, struct error *error)
{
    bool has_created = false, has_key = false;
    char value[PARAMETER_MAX];

    if (!take_label(&text, input->label, sizeof(input->label))) {
        return error_set(error, ERROR_REFUSED, "Signature-Input: has no label");
    }
    input->parameters = text;
    if (!take(&text, signed_components)) {
        return error_set(error, ERROR_REFUSED, "Signature-Input: must cover exactly %s",
                         signed_components);
    }
    while (*text != '\0') {
        bool read;

        if (!has_created && take(&text, ";created=")) {
            read = has_created = take_created(&text, &input->created);
        } else if (!has_key && take(&text, ";keyid=")) {
            read = has_key =
                take_quoted(&text, value, sizeof(value)) &&
                text_hex_decode(input->public_key, sizeof(input->public_key), value);
        } else {
            read = take(&text, ";alg=\"ed25519\"");
        }
        if (!read) {
            return error_set(error, ERROR_REFUSED,
                             "Signature-Input: has a parameter that is not understood");
        }
    }
    if (!has_created || !has_key) {
        return error_set(error, ERROR_REFUSED,
                         "Signature-Input: must have created and keyid");
    }
    return true;
}

static bool
read_signature(const char *text, const char *wanted_label,
               uint8_t signature[SIGN_SIGNATURE_BYTES])
{
    char label[PARAMETER_MAX], base64[BASE64_SIGNATURE_BYTES];
    struct text copy = text_begin(base64, sizeof(base64));
    size_t length;

    if (!take_label(&text, label, sizeof(label)) || !text_equal(label, wanted_label) ||
        !take(&text, ":"))
    {
        return false;
    }
    length = strcspn(text, ":");
    text_add_bytes(&copy, text, length);
    return !copy.truncated && text_equal(text + length, ":") &&
           base64_decode(signature, SIGN_SIGNATURE_BYTES, base64);
}

static bool
check_created(int64_t created, int64_t now_s, struct error *error)
{
    int64_t distance = created - now_s; /* both have at most 12 digits */

    if (distance < -SIGNED_REQUEST_WINDOW_S || distance > SIGNED_REQUEST_WINDOW_S) {
        return error_set(error, ERROR_REFUSED,
                         "Signature-Input: created is %lld s from the time here, at "
                         "most %d is accepted",
                         (long long)distance, SIGNED_REQUEST_WINDOW_S);
    }
    return true;
}

bool
signed_request_verify(const char *digest, const char *input, const char *signature,
                      const char *method, const char *target, const void *body,
                      size_t length, int64_t now_s,
                      uint8_t public_key[SIGN_PUBLIC_BYTES], struct error *error)
{
    char true_digest[BYTES_TEXT_MAX];
    uint8_t made[SIGN_SIGNATURE_BYTES];
    struct input read;
    char *base;
    bool valid;

    if (digest == NULL || input == NULL || signature == NULL) {
        return error_set(error, ERROR_REFUSED, "%s: is missing",
                         digest == NULL  ? "Content-Digest"
                         : input == NULL ? "Signature-Input"
                                         : "Signature");
    }
    if (!text_is_clean(method) || !text_is_clean(target)) {
        return error_set(error, ERROR_REFUSED, "request holds control characters");
    }
    if (!read_input(input, &read, error) || !check_created(read.created, now_s, error))
    {
        return false;
    }
    digest_value(true_digest, sizeof(true_digest), body, length);
    if (!text_equal(digest, true_digest)) {
        return error_set(error, ERROR_REFUSED,
                         "Content-Digest: is not the sha-256 of the body");
    }
    if (!read_signature(signature, read.label, made)) {
        return error_set(error, ERROR_REFUSED, "Signature: is no signature labelled %s",
                         read.label);
    }
    base = signature_base(method, target, digest, read.parameters);
    valid = sign_verify(read.public_key, base, strlen(base), made);
    free(base);
    if (!valid) {
        return error_set(error, ERROR_REFUSED, "Signature: does not hold");
    }
    memcpy(public_key, read.public_key, sizeof(read.public_key));
    return true;
}
