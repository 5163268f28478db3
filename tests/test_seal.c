#include "base/seal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/sign.h"
#include "base/text.h"

#define LENGTH_MAX 200
#define SEALED_MAX (LENGTH_MAX + SEAL_OVERHEAD_BYTES)

static bool
is_zero(const uint8_t *bytes, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        if (bytes[i] != 0) {
            return false;
        }
    }
    return true;
}

static void
test_what_is_sealed_opens_with_its_key_only(void **state)
{
    struct seal_key key, other;
    struct error error = {0};

    (void)state;
    seal_key_generate(&key);
    seal_key_generate(&other);
    for (size_t length = 0; length <= LENGTH_MAX; length++) {
        uint8_t message[LENGTH_MAX + 1], sealed[SEALED_MAX], opened[LENGTH_MAX + 1];

        random_bytes(message, sizeof(message));
        memset(opened, 0xaa, sizeof(opened));
        assert_true(seal_message(key.public_key, message, length, sealed, &error));
        assert_true(seal_open(&key, sealed, length + SEAL_OVERHEAD_BYTES, opened));
        assert_memory_equal(opened, message, length);
        assert_int_equal(opened[length], 0xaa); /* writes no further */
        assert_false(seal_open(&other, sealed, length + SEAL_OVERHEAD_BYTES, opened));
        assert_true(is_zero(opened, length));
    }
}

/* Nothing of the text is to be seen, and the same text never gives the same bytes. */
static void
test_a_seal_hides_what_it_holds(void **state)
{
    static const char text[] = "0612345678 0612345678 0612345678";
    uint8_t first[sizeof(text) + SEAL_OVERHEAD_BYTES];
    uint8_t second[sizeof(text) + SEAL_OVERHEAD_BYTES];
    struct seal_key key;
    struct error error = {0};

    (void)state;
    seal_key_generate(&key);
    assert_true(seal_message(key.public_key, text, sizeof(text), first, &error));
    assert_true(seal_message(key.public_key, text, sizeof(text), second, &error));
    assert_null(memmem(first, sizeof(first), "06123", 5));
    assert_memory_not_equal(first, second, sizeof(first));
}

static void
test_one_changed_bit_is_refused(void **state)
{
    static const char text[] = "{\"phone\":\"0612345678\"}";
    uint8_t sealed[sizeof(text) + SEAL_OVERHEAD_BYTES], opened[sizeof(text)];
    struct seal_key key;
    struct error error = {0};

    (void)state;
    seal_key_generate(&key);
    assert_true(seal_message(key.public_key, text, sizeof(text), sealed, &error));
    for (size_t bit = 0; bit < 8 * sizeof(sealed); bit++) {
        sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
        assert_false(seal_open(&key, sealed, sizeof(sealed), opened));
        assert_true(is_zero(opened, sizeof(opened)));
        sealed[bit / 8] ^= (uint8_t)(1 << bit % 8);
    }
    for (size_t length = 0; length < sizeof(sealed); length++) {
        assert_false(seal_open(&key, sealed, length, opened));
    }
    assert_true(seal_open(&key, sealed, sizeof(sealed), opened));
}

/* Points of small order, with which everybody could open (RFC 7748 §6.1). */
static void
test_what_is_no_key_is_not_sealed_with(void **state)
{
    uint8_t key[SEAL_PUBLIC_BYTES] = {0}, sealed[SEAL_OVERHEAD_BYTES + 1];
    struct error error = {0};

    (void)state;
    assert_false(seal_message(key, "a", 1, sealed, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    key[0] = 1;
    assert_false(seal_message(key, "a", 1, sealed, &error));
}

static void
test_a_key_file_is_made_once_and_kept(void **state)
{
    char folder[] = "/tmp/loketzuil-seal-XXXXXX";
    char path[64];
    struct seal_key first, second;
    struct error error = {0};
    struct stat status;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/key", folder);
    assert_true(seal_key_open(path, &first, &error));
    assert_int_equal(error.kind, ERROR_NONE);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_true(seal_key_open(path, &second, &error));
    assert_memory_equal(&first, &second, sizeof(first));
    assert_true(file_write(path, "zz\n", 3, 0600, &error));
    assert_false(seal_key_open(path, &second, &error)); /* is not made anew over it */
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    unlink(path);
    rmdir(folder);
    assert_false(seal_key_open(path, &second, &error)); /* the folder is gone */
    assert_non_null(strstr(error.message, "key file: "));
}

static void
test_a_public_key_is_kept_in_a_file(void **state)
{
    char path[] = "/tmp/loketzuil-seal-XXXXXX";
    uint8_t read[SEAL_PUBLIC_BYTES];
    struct seal_key key;
    struct error error = {0};

    (void)state;
    close(mkstemp(path));
    unlink(path);
    assert_false(seal_public_read(path, read, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    seal_key_generate(&key);
    assert_true(seal_public_write(path, key.public_key, &error));
    assert_true(seal_public_read(path, read, &error));
    assert_memory_equal(read, key.public_key, sizeof(read));
    assert_int_equal(truncate(path, 63), 0);
    assert_false(seal_public_read(path, read, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    unlink(path);
}

/*
 * For the key whose seed is the bytes 0 to 31 (secret: the first half of their
 * SHA-512), by another program from the definition: X25519 and Poly1305 of OpenSSL,
 * BLAKE2b of Python, Salsa20 as its author wrote it down.
 */
static void
test_a_seal_of_another_program_opens(void **state)
{
    static const char seed[] =
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f\n";
    static const char seal[] =
        "e29d7521911498b837ed692d12a81587898e0ac3f6208eac1069bca82f"
        "b6b6337958265b393b7f0cdbe5fcc82d15a22046c46de64d672c0be8eb";
    static const char text[] = "0612345678";
    uint8_t sealed[sizeof(text) - 1 + SEAL_OVERHEAD_BYTES], opened[sizeof(text)] = {0};
    char path[] = "/tmp/loketzuil-seal-XXXXXX";
    struct seal_key key;
    struct error error = {0};

    (void)state;
    close(mkstemp(path));
    assert_true(file_write(path, seed, strlen(seed), 0600, &error));
    assert_true(seal_key_open(path, &key, &error));
    unlink(path);
    assert_true(text_hex_decode(sealed, sizeof(sealed), seal));
    assert_true(seal_open(&key, sealed, sizeof(sealed), opened));
    assert_string_equal((const char *)opened, text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_sealed_opens_with_its_key_only),
        cmocka_unit_test(test_a_seal_hides_what_it_holds),
        cmocka_unit_test(test_one_changed_bit_is_refused),
        cmocka_unit_test(test_what_is_no_key_is_not_sealed_with),
        cmocka_unit_test(test_a_key_file_is_made_once_and_kept),
        cmocka_unit_test(test_a_public_key_is_kept_in_a_file),
        cmocka_unit_test(test_a_seal_of_another_program_opens),
    };

    sign_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
