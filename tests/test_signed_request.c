#include "base/signed_request.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

#define NOW 1787319600
#define TARGET "/v1/events?stream=1"
#define BODY "{\"hello\": \"world\"}"

static struct sign_key key;

/* The headers' values, as a server has them. */
struct values {
    char digest[SIGNED_REQUEST_HEADER_BYTES], input[SIGNED_REQUEST_HEADER_BYTES],
        signature[SIGNED_REQUEST_HEADER_BYTES];
};

static struct values
make(const char *method, const char *target, const char *body)
{
    struct signed_request request;
    struct values values;

    signed_request_make(&request, &key, method, target, body, strlen(body), NOW);
    assert_true(text_starts_with(request.digest, "Content-Digest: "));
    assert_true(text_starts_with(request.input, "Signature-Input: "));
    assert_true(text_starts_with(request.signature, "Signature: "));
    strcpy(values.digest, strchr(request.digest, ' ') + 1);
    strcpy(values.input, strchr(request.input, ' ') + 1);
    strcpy(values.signature, strchr(request.signature, ' ') + 1);
    return values;
}

static bool
verify(const struct values *values, int64_t now_s, struct error *error)
{
    uint8_t public_key[SIGN_PUBLIC_BYTES] = {0};
    bool valid =
        signed_request_verify(values->digest, values->input, values->signature, "POST",
                              TARGET, BODY, strlen(BODY), now_s, public_key, error);

    assert_int_equal(memcmp(public_key, key.public_key, sizeof(public_key)) == 0,
                     valid);
    return valid;
}

static void
test_the_headers_are_those_of_the_rfcs(void **state)
{
    struct values values = make("POST", TARGET, BODY);
    char keyid[SIGN_KEY_TEXT_BYTES], wanted[800], base64[100];
    uint8_t signature[SIGN_SIGNATURE_BYTES];

    (void)state;
    /* RFC 9530, appendix D: the digest of this very body. */
    assert_string_equal(values.digest,
                        "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:");
    text_hex_encode(keyid, key.public_key, sizeof(key.public_key));
    snprintf(wanted, sizeof(wanted),
             "kiosk=(\"@method\" \"@request-target\" \"content-digest\")"
             ";created=1787319600;keyid=\"%s\"",
             keyid);
    assert_string_equal(values.input, wanted);
    assert_int_equal(strncmp(values.signature, "kiosk=:", 7), 0);
    assert_int_equal(values.signature[strlen(values.signature) - 1], ':');
    strcpy(base64, values.signature + 7);
    base64[strlen(base64) - 1] = '\0';
    assert_true(base64_decode(signature, sizeof(signature), base64));
    /* RFC 9421 §2.5, written out. */
    snprintf(wanted, sizeof(wanted),
             "\"@method\": POST\n"
             "\"@request-target\": /v1/events?stream=1\n"
             "\"content-digest\": "
             "sha-256=:X48E9qOokqqrvdts8nOJRJN3OWDUoyWxBf7kbu9DBPE=:\n"
             "\"@signature-params\": "
             "(\"@method\" \"@request-target\" \"content-digest\")"
             ";created=1787319600;keyid=\"%s\"",
             keyid);
    assert_true(sign_verify(key.public_key, wanted, strlen(wanted), signature));
}

static void
test_a_signed_request_verifies_within_its_window(void **state)
{
    struct values values = make("POST", TARGET, BODY);
    struct error error = {0};

    (void)state;
    assert_true(verify(&values, NOW, &error));
    assert_true(verify(&values, NOW + SIGNED_REQUEST_WINDOW_S, &error));
    assert_true(verify(&values, NOW - SIGNED_REQUEST_WINDOW_S, &error));
    assert_false(verify(&values, NOW + SIGNED_REQUEST_WINDOW_S + 1, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_non_null(strstr(error.message, "created is -301 s"));
    assert_false(verify(&values, NOW - SIGNED_REQUEST_WINDOW_S - 1, &error));
}

static void
test_another_request_does_not_verify(void **state)
{
    static const struct {
        const char *method, *target, *body, *message;
    } cases[] = {
        {"PUT", TARGET, BODY, "Signature: does not hold"},
        {"POST", "/v1/events?stream=2", BODY, "Signature: does not hold"},
        {"POST", TARGET, "{}", "Content-Digest: is not"},
        {"POST", TARGET, "", "Content-Digest: is not"},
        {"POST", "/v1\n\"x\": y", BODY, "control characters"},
        {"GET\n", TARGET, BODY, "control characters"},
    };
    struct values values = make("POST", TARGET, BODY);

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        uint8_t public_key[SIGN_PUBLIC_BYTES];
        struct error error = {0};

        assert_false(
            signed_request_verify(values.digest, values.input, values.signature,
                                  cases[i].method, cases[i].target, cases[i].body,
                                  strlen(cases[i].body), NOW, public_key, &error));
        assert_int_equal(error.kind, ERROR_REFUSED);
        assert_non_null(strstr(error.message, cases[i].message));
    }
}

static void
test_a_missing_header_is_named(void **state)
{
    struct values values = make("POST", TARGET, BODY);
    static const char *const names[] = {"Content-Digest: is missing",
                                        "Signature-Input: is missing",
                                        "Signature: is missing"};

    (void)state;
    for (int i = 0; i < 3; i++) {
        uint8_t public_key[SIGN_PUBLIC_BYTES];
        struct error error = {0};

        assert_false(signed_request_verify(
            i == 0 ? NULL : values.digest, i == 1 ? NULL : values.input,
            i == 2 ? NULL : values.signature, "POST", TARGET, BODY, strlen(BODY), NOW,
            public_key, &error));
        assert_string_equal(error.message, names[i]);
    }
}

/* Puts `with` in the place of `what`, which must be there. */
static void
replace(char *text, const char *what, const char *with)
{
    char *place = strstr(text, what);
    char rest[SIGNED_REQUEST_HEADER_BYTES];

    assert_non_null(place);
    strcpy(rest, place + strlen(what));
    assert_true(strlen(text) + strlen(with) < SIGNED_REQUEST_HEADER_BYTES);
    strcpy(place, with);
    strcat(place, rest);
}

static void
test_every_other_way_of_writing_is_refused(void **state)
{
    static const struct {
        const char *what, *with;
    } inputs[] = {
        {"kiosk=", ""},
        {"kiosk=", "Kiosk="},
        {"kiosk=", "1="},
        {"kiosk=", "other="}, /* not the signature's label */
        {"\"@method\" ", ""},
        {"\"@method\" ", "\"@method\"  "},
        {" \"content-digest\"", ""},
        {";created=", "; created="},
        {";created=", ";created=0"},
        {";created=", ";created=+"},
        {";created=1787319600", ""},
        {";created=1787319600", ";created=99999999999999999999"},
        {";keyid=", ";created=1787319600;keyid="},
        {";keyid=", ";expires=1787319700;keyid="},
        {";keyid=", ";alg=\"rsa-v1_5-sha256\";keyid="},
        {";keyid=\"", ";keyid=\"00"},
        {";keyid=\"", ";keyid="},
        {"\"content-digest\")", "\"content-digest\"), other=()"},
    };
    static const struct {
        const char *what, *with;
    } signatures[] = {
        {"kiosk=:", "kiosk="}, {"kiosk=:", "kiosk=: "},
        {"==:", "==: "},       {"==:", "==:, other=:"},
        {"==:", ":"},          {"kiosk=:", "kiosk=:AAAA"},
        {"==:", "=="},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(inputs) / sizeof(inputs[0]); i++) {
        struct values values = make("POST", TARGET, BODY);
        struct error error = {0};

        replace(values.input, inputs[i].what, inputs[i].with);
        if (verify(&values, NOW, &error)) {
            fail_msg("%s", values.input);
        }
        assert_int_equal(error.kind, ERROR_REFUSED);
    }
    for (size_t i = 0; i < sizeof(signatures) / sizeof(signatures[0]); i++) {
        struct values values = make("POST", TARGET, BODY);
        struct error error = {0};

        replace(values.signature, signatures[i].what, signatures[i].with);
        if (verify(&values, NOW, &error)) {
            fail_msg("%s", values.signature);
        }
        assert_int_equal(error.kind, ERROR_REFUSED);
    }
}

static void
test_another_key_in_keyid_does_not_verify(void **state)
{
    struct values values = make("POST", TARGET, BODY);
    struct sign_key other;
    char own_id[SIGN_KEY_TEXT_BYTES], other_id[SIGN_KEY_TEXT_BYTES];
    struct error error = {0};

    (void)state;
    sign_key_generate(&other);
    text_hex_encode(own_id, key.public_key, sizeof(key.public_key));
    text_hex_encode(other_id, other.public_key, sizeof(other.public_key));
    replace(values.input, own_id, other_id);
    assert_false(verify(&values, NOW, &error));
    assert_string_equal(error.message, "Signature: does not hold");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_headers_are_those_of_the_rfcs),
        cmocka_unit_test(test_a_signed_request_verifies_within_its_window),
        cmocka_unit_test(test_another_request_does_not_verify),
        cmocka_unit_test(test_a_missing_header_is_named),
        cmocka_unit_test(test_every_other_way_of_writing_is_refused),
        cmocka_unit_test(test_another_key_in_keyid_does_not_verify),
    };

    sign_start();
    sign_key_generate(&key);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
