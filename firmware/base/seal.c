#include "base/seal.h"

#include <assert.h>
#include <sodium.h>
#include <string.h>

#include "base/memory.h"
#include "key_file.h"

static_assert(SEAL_PUBLIC_BYTES == crypto_box_PUBLICKEYBYTES, "libsodium's");
static_assert(SEAL_SECRET_BYTES == crypto_box_SECRETKEYBYTES, "libsodium's");
static_assert(SEAL_OVERHEAD_BYTES == crypto_box_SEALBYTES, "libsodium's");
static_assert(KEY_FILE_BYTES == crypto_box_SEEDBYTES, "libsodium's");
static_assert(SEAL_KEY_TEXT_BYTES == 2 * SEAL_PUBLIC_BYTES + 1, "hexadecimal");

void
seal_key_generate(struct seal_key *key)
{
    crypto_box_keypair(key->public_key, key->secret_key);
}

bool
seal_key_open(const char *path, struct seal_key *key, struct error *error)
{
    uint8_t seed[KEY_FILE_BYTES];
    bool had = key_file_read(path, seed, error);

    if (!had && error->kind == ERROR_NOT_FOUND) {
        *error = (struct error){0};
        randombytes_buf(seed, sizeof(seed));
        had = key_file_write(path, seed, error);
    }
    if (had) {
        crypto_box_seed_keypair(key->public_key, key->secret_key, seed);
    }
    memory_wipe(seed, sizeof(seed));
    return had;
}

/* A seed's file is one of 32 bytes in hexadecimal, and so is this. */
static_assert(KEY_FILE_BYTES == SEAL_PUBLIC_BYTES, "the same file");

bool
seal_public_read(const char *path, uint8_t public_key[SEAL_PUBLIC_BYTES],
                 struct error *error)
{
    return key_file_read(path, public_key, error);
}

bool
seal_public_write(const char *path, const uint8_t public_key[SEAL_PUBLIC_BYTES],
                  struct error *error)
{
    return key_file_write(path, public_key, error);
}

bool
seal_message(const uint8_t public_key[SEAL_PUBLIC_BYTES], const void *message,
             size_t length, uint8_t *sealed, struct error *error)
{
    return crypto_box_seal(sealed, message, length, public_key) == 0 ||
           error_set(error, ERROR_BAD_INPUT, "that is no key to seal with");
}

bool
seal_open(const struct seal_key *key, const void *sealed, size_t length,
          uint8_t *message)
{
    if (length < SEAL_OVERHEAD_BYTES) {
        return false;
    }
    if (crypto_box_seal_open(message, sealed, length, key->public_key,
                             key->secret_key) != 0)
    {
        memset(message, 0, length - SEAL_OVERHEAD_BYTES);
        return false;
    }
    return true;
}
