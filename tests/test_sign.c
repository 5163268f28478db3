#include "base/sign.h"

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
#include "base/text.h"

static void
test_a_signature_holds_for_its_message_and_key_only(void **state)
{
    struct sign_key key, other;
    uint8_t signature[SIGN_SIGNATURE_BYTES];

    (void)state;
    sign_key_generate(&key);
    sign_key_generate(&other);
    sign_message(&key, "balie", 5, signature);
    assert_true(sign_verify(key.public_key, "balie", 5, signature));
    assert_false(sign_verify(other.public_key, "balie", 5, signature));
    assert_false(sign_verify(key.public_key, "balis", 5, signature));
    assert_false(sign_verify(key.public_key, "balie", 4, signature));
    signature[63] ^= 1;
    assert_false(sign_verify(key.public_key, "balie", 5, signature));
}

/* RFC 8032 §7.1, test 2. */
static void
test_signatures_are_those_of_rfc_8032(void **state)
{
    struct sign_key key;
    uint8_t signature[SIGN_SIGNATURE_BYTES];
    char path[] = "/tmp/loketzuil-sign-XXXXXX";
    char text[2 * SIGN_SIGNATURE_BYTES + 1];
    struct error error = {0};
    static const char seed[] =
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb\n";

    (void)state;
    close(mkstemp(path));
    assert_true(file_write(path, seed, strlen(seed), 0600, &error));
    assert_true(sign_key_open(path, &key, &error));
    unlink(path);
    text_hex_encode(text, key.public_key, sizeof(key.public_key));
    assert_string_equal(
        text, "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c");
    sign_message(&key, "\x72", 1, signature);
    text_hex_encode(text, signature, sizeof(signature));
    assert_string_equal(
        text, "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69d"
              "a085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c"
              "00");
}

static void
test_a_key_file_is_made_once_and_kept(void **state)
{
    char folder[] = "/tmp/loketzuil-key-XXXXXX";
    char path[64];
    struct sign_key first, second, third;
    struct error error = {0};
    struct stat status;

    (void)state;
    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/key", folder);
    assert_true(sign_key_open(path, &first, &error));
    assert_int_equal(error.kind, ERROR_NONE);
    assert_int_equal(stat(path, &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
    assert_true(sign_key_open(path, &second, &error));
    assert_memory_equal(&first, &second, sizeof(first));
    assert_true(sign_key_read(path, &third, &error));
    assert_memory_equal(&first, &third, sizeof(first));
    unlink(path);
    assert_false(sign_key_read(path, &third, &error)); /* makes none */
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_int_equal(stat(path, &status), -1);
    rmdir(folder);
    assert_false(sign_key_open(path, &second, &error)); /* the folder is gone */
    assert_non_null(strstr(error.message, "key file: "));
}

static void
test_a_broken_key_file_is_refused_and_kept(void **state)
{
    static const char *const broken[] = {
        "",
        "zz",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6f",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fbb",
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb and more",
    };
    char path[] = "/tmp/loketzuil-sign-XXXXXX";

    (void)state;
    close(mkstemp(path));
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        struct error error = {0};
        struct sign_key key;
        size_t length;
        char *kept;

        assert_true(file_write(path, broken[i], strlen(broken[i]), 0600, &error));
        assert_false(sign_key_open(path, &key, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        kept = file_read(path, 100, &length, &error);
        assert_string_equal(kept, broken[i]);
        free(kept);
    }
    unlink(path);
}

static void
test_hashes_are_those_of_fips_180(void **state)
{
    uint8_t hash[HASH_BYTES], linked[HASH_BYTES];
    uint8_t joined[HASH_BYTES + 3];
    char text[2 * HASH_BYTES + 1];

    (void)state;
    hash_bytes("abc", 3, hash);
    text_hex_encode(text, hash, sizeof(hash));
    assert_string_equal(
        text, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    memcpy(joined, hash, HASH_BYTES);
    memcpy(joined + HASH_BYTES, "abc", 3);
    hash_link(hash, "abc", 3, linked);
    hash_bytes(joined, sizeof(joined), hash);
    assert_memory_equal(linked, hash, HASH_BYTES);
    assert_true(bytes_equal(linked, hash, HASH_BYTES));
    linked[0] ^= 0x80;
    assert_false(bytes_equal(linked, hash, HASH_BYTES));
}

static void
test_base64_is_strict(void **state)
{
    static const struct {
        const char *text;
        size_t count;
        bool valid;
    } cases[] = {
        {"", 0, true},      {"Zg==", 1, true},       {"Zm8=", 2, true},
        {"Zm9v", 3, true},  {"Zm9vYg==", 4, true},   {"Zg", 1, false},
        {"Zg=", 1, false},  {"Zh==", 1, false},      {"Zm9v", 2, false},
        {"Zm9v", 4, false}, {"Zm 9v", 3, false},     {"Zm9v\n", 3, false},
        {"Zm9-", 3, false}, {"Zm9vYg==x", 4, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char bytes[8] = {0};
        char text[16];

        assert_int_equal(base64_decode(bytes, cases[i].count, cases[i].text),
                         cases[i].valid);
        if (cases[i].valid) {
            assert_memory_equal(bytes, "foob", cases[i].count);
            base64_encode(text, sizeof(text), bytes, cases[i].count);
            assert_string_equal(text, cases[i].text);
        }
    }
}

static void
test_random_bytes_differ(void **state)
{
    uint8_t first[32] = {0}, second[32] = {0};

    (void)state;
    random_bytes(first, sizeof(first));
    random_bytes(second, sizeof(second));
    assert_memory_not_equal(first, second, sizeof(first));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_signature_holds_for_its_message_and_key_only),
        cmocka_unit_test(test_signatures_are_those_of_rfc_8032),
        cmocka_unit_test(test_a_key_file_is_made_once_and_kept),
        cmocka_unit_test(test_a_broken_key_file_is_refused_and_kept),
        cmocka_unit_test(test_hashes_are_those_of_fips_180),
        cmocka_unit_test(test_base64_is_strict),
        cmocka_unit_test(test_random_bytes_differ),
    };

    sign_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
