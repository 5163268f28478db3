#include "base/sign.h"

#include <assert.h>
#include <limits.h>
#include <sodium.h>
#include <string.h>

#include "base/memory.h"
#include "key_file.h"

static_assert(SIGN_PUBLIC_BYTES == crypto_sign_PUBLICKEYBYTES, "libsodium's");
static_assert(SIGN_SECRET_BYTES == crypto_sign_SECRETKEYBYTES, "libsodium's");
static_assert(SIGN_SIGNATURE_BYTES == crypto_sign_BYTES, "libsodium's");
static_assert(KEY_FILE_BYTES == crypto_sign_SEEDBYTES, "libsodium's");
static_assert(HASH_BYTES == crypto_hash_sha256_BYTES, "libsodium's");
static_assert(SIGN_KEY_TEXT_BYTES == 2 * SIGN_PUBLIC_BYTES + 1, "hexadecimal");

void
sign_start(void)
{
    int started = sodium_init();

    assert(started >= 0);
    (void)started;
}

void
random_bytes(void *target, size_t count)
{
    randombytes_buf(target, count);
}

void
sign_key_generate(struct sign_key *key)
{
    crypto_sign_keypair(key->public_key, key->secret_key);
}

bool
sign_key_read(const char *path, struct sign_key *key, struct error *error)
{
    uint8_t seed[KEY_FILE_BYTES];
    bool valid = key_file_read(path, seed, error);

    if (valid) {
        crypto_sign_seed_keypair(key->public_key, key->secret_key, seed);
    }
    memory_wipe(seed, sizeof(seed));
    return valid;
}

static bool
key_write(const char *path, const struct sign_key *key, struct error *error)
{
    uint8_t seed[KEY_FILE_BYTES];
    bool written;

    crypto_sign_ed25519_sk_to_seed(seed, key->secret_key);
    written = key_file_write(path, seed, error);
    memory_wipe(seed, sizeof(seed));
    return written;
}

bool
sign_key_open(const char *path, struct sign_key *key, struct error *error)
{
    if (sign_key_read(path, key, error)) {
        return true;
    }
    if (error->kind != ERROR_NOT_FOUND) {
        return false;
    }
    *error = (struct error){0};
    sign_key_generate(key);
    return key_write(path, key, error);
}

void
sign_message(const struct sign_key *key, const void *message, size_t length,
             uint8_t signature[SIGN_SIGNATURE_BYTES])
{
    crypto_sign_detached(signature, NULL, message, length, key->secret_key);
}

bool
sign_verify(const uint8_t public_key[SIGN_PUBLIC_BYTES], const void *message,
            size_t length, const uint8_t signature[SIGN_SIGNATURE_BYTES])
{
    return crypto_sign_verify_detached(signature, message, length, public_key) == 0;
}

void
hash_bytes(const void *data, size_t length, uint8_t hash[HASH_BYTES])
{
    crypto_hash_sha256(hash, data, length);
}

void
hash_link(const uint8_t previous[HASH_BYTES], const void *data, size_t length,
          uint8_t next[HASH_BYTES])
{
    crypto_hash_sha256_state state;

    crypto_hash_sha256_init(&state);
    crypto_hash_sha256_update(&state, previous, HASH_BYTES);
    crypto_hash_sha256_update(&state, data, length);
    crypto_hash_sha256_final(&state, next);
}

bool
bytes_equal(const void *a, const void *b, size_t count)
{
    return sodium_memcmp(a, b, count) == 0;
}

void
base64_encode(char *target, size_t size, const void *bytes, size_t count)
{
    assert(size >= sodium_base64_ENCODED_LEN(count, sodium_base64_VARIANT_ORIGINAL));
    sodium_bin2base64(target, size, bytes, count, sodium_base64_VARIANT_ORIGINAL);
}

bool
base64_decode(void *target, size_t count, const char *text)
{
    size_t length;
    const char *end;

    return sodium_base642bin(target, count, text, strlen(text), NULL, &length, &end,
                             sodium_base64_VARIANT_ORIGINAL) == 0 &&
           length == count && *end == '\0';
}
