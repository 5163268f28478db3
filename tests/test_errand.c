#include "errand/errand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/sign.h"
#include "base/text.h"

#define KEY "00112233445566778899aabbccddeeff"
#define CALL_BACK                                                                      \
    "{\"key\":\"" KEY                                                                  \
    "\",\"kind\":\"call-back\",\"asked_at\":\"2026-03-10T13:05:00Z\","                 \
    "\"language\":\"nl\",\"product\":\"paspoort\",\"phone\":\"0612345678\","           \
    "\"from\":\"2026-03-11T08:00:00Z\",\"until\":\"2026-03-11T11:00:00Z\"}"
#define HELP                                                                           \
    "{\"key\":\"" KEY "\",\"kind\":\"help\",\"asked_at\":\"2026-03-10T13:05:00Z\","    \
    "\"language\":\"tr\",\"calls\":2}"

#define HAND_OVER                                                                      \
    "{\"key\":\"" KEY                                                                  \
    "\",\"kind\":\"hand-over\",\"asked_at\":\"2026-03-10T13:05:00Z\","                 \
    "\"language\":\"pl\",\"code\":\"H7Q2\",\"until\":\"2026-03-10T16:30:00Z\","        \
    "\"product\":\"paspoort\",\"step\":\"question\",\"question\":\"toestemming\","     \
    "\"answers\":[\"wie=kind\",\"heeft=ja\"]}"

static bool
read_text(const char *text, struct errand *errand, struct error *error)
{
    struct json *value = json_parse(text, strlen(text), error);
    bool good;

    assert_non_null(value);
    good = errand_read(value, errand, error);
    json_destroy(value);
    return good;
}

static void
test_what_is_written_is_read(void **state)
{
    static const char *const texts[] = {CALL_BACK, HELP, HAND_OVER};

    (void)state;
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        struct json_writer *writer = json_writer_create();
        struct errand errand;
        struct error error = {0};
        size_t length;

        assert_true(read_text(texts[i], &errand, &error));
        errand_write(writer, &errand);
        assert_string_equal(json_writer_text(writer, &length), texts[i]);
        json_writer_destroy(writer);
    }
}

static char *
replaced(const char *text, const char *from, const char *to)
{
    const char *at = strstr(text, from);
    char *result = NULL;

    assert_non_null(at);
    assert_true(asprintf(&result, "%.*s%s%s", (int)(at - text), text, to,
                         at + strlen(from)) > 0);
    return result;
}

/* One thing wrong at a time; none of it stands in what is said about it. */
static void
test_what_is_wrong_is_said_without_saying_what_it_was(void **state)
{
    static const struct {
        const char *text, *from, *to, *said;
    } cases[] = {
        {CALL_BACK, "0011", "0G11", "key"},
        {CALL_BACK, "0011", "AA11", "key"},
        {CALL_BACK, "0011", "001", "key"},
        {CALL_BACK, "call-back", "call", "kind"},
        {CALL_BACK, "2026-03-10T13:05:00Z", "today", "asked_at"},
        {CALL_BACK, "\"nl\"", "\"xx\"", "language"},
        {CALL_BACK, "paspoort", "Paspoort", "product"},
        {CALL_BACK, "0612345678", "061234567", "phone"},
        {CALL_BACK, "0612345678", "06123456789", "phone"},
        {CALL_BACK, "0612345678", "1612345678", "phone"},
        {CALL_BACK, "0612345678", "06-12345678", "phone"},
        {CALL_BACK, "0612345678", "+3247012", "phone"},
        {CALL_BACK, "0612345678", "+1234567890123456", "phone"},
        {CALL_BACK, "0612345678", "bel 0612345678 om 9 uur", "phone"},
        {CALL_BACK, "\"0612345678\"", "612345678", "phone"},
        {CALL_BACK, "2026-03-11T11", "2026-03-11T08", "until"},
        {CALL_BACK, "\"from\"", "\"form\"", "from"},
        {CALL_BACK, "\"nl\",", "\"nl\",\"name\":\"De Vries\",", "has 8 members"},
        {HAND_OVER, "H7Q2", "H7Q", "code"},
        {HAND_OVER, "H7Q2", "h7q2", "code"},
        {HAND_OVER, "H7Q2", "H7O2", "code"},
        {HAND_OVER, "\"question\",\"question\"", "\"lost\",\"question\"", "step"},
        {HAND_OVER, "wie=kind", "wie", "answers"},
        {HAND_OVER, "wie=kind", "=kind", "answers"},
        {HAND_OVER, "wie=kind", "wie=", "answers"},
        {HAND_OVER, "wie=kind", "wie=De Vries", "answers"},
        {HAND_OVER, "toestemming", "De Vries", "question"},
        {HAND_OVER, "\"pl\",", "\"pl\",\"name\":\"De Vries\",", "has 10 members"},
        {HELP, ":2}", ":0}", "calls"},
        {HELP, ":2}", ":100}", "calls"},
        {HELP, ":2}", ":2,\"phone\":\"0612345678\"}", "has 5 members"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *text = replaced(cases[i].text, cases[i].from, cases[i].to);
        struct errand errand;
        struct error error = {0};

        if (read_text(text, &errand, &error) || error.kind != ERROR_BAD_INPUT ||
            strstr(error.message, cases[i].said) == NULL ||
            strstr(error.message, "12345") != NULL ||
            strstr(error.message, "Vries") != NULL)
        {
            fail_msg("%s: %s", text, error.message);
        }
        free(text);
    }
}

/* As people write it down and say it. */
static void
test_a_code_is_read_as_it_is_typed(void **state)
{
    static const char *const good[] = {"H7Q2", "h7q2", "H 7Q2", " h-7q2 "};
    static const char *const bad[] = {"", "H", "H7Q", "H7Q23", "A7Q2", "H7O2", "H7Q0"};
    char code[ERRAND_CODE_BYTES];

    (void)state;
    for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
        assert_true(errand_code_read(good[i], code));
        assert_string_equal(code, "H7Q2");
    }
    for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        assert_false(errand_code_read(bad[i], code));
    }
    for (int i = 0; i < 1000; i++) {
        char made[ERRAND_CODE_BYTES];

        errand_code_make(made);
        assert_true(errand_code_read(made, code));
        assert_string_equal(code, made);
    }
}

static void
test_what_is_sealed_opens_at_the_back_office_only(void **state)
{
    struct seal_key key, other;
    struct errand errand, opened;
    struct error error = {0};
    struct json *value;
    char *text;
    const char *sealed;

    (void)state;
    seal_key_generate(&key);
    seal_key_generate(&other);
    assert_true(read_text(CALL_BACK, &errand, &error));
    text = errand_seal(&errand, key.public_key, &error);
    assert_non_null(text);
    assert_null(strstr(text, "061234"));
    assert_null(strstr(text, "paspoort"));
    value = json_parse(text, strlen(text), &error);
    assert_string_equal(json_string(json_member(value, "key")), KEY);
    sealed = json_string(json_member(value, "sealed"));
    assert_true(errand_unseal(sealed, &key, &opened, &error));
    assert_string_equal(opened.phone, "0612345678");
    assert_int_equal(opened.until, errand.until);
    assert_false(errand_unseal(sealed, &other, &opened, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_false(errand_unseal("00zz", &key, &opened, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    assert_false(errand_unseal("", &key, &opened, &error));
    json_destroy(value);
    free(text);
}

/* Whoever has the public key may seal anything. */
static void
test_a_seal_around_nonsense_is_refused(void **state)
{
    static const char *const texts[] = {"", "{", "[]", "{\"key\":\"0612345678\"}"};
    struct seal_key key;

    (void)state;
    seal_key_generate(&key);
    for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
        uint8_t sealed[200];
        char hexadecimal[401];
        struct errand errand;
        struct error error = {0};
        size_t length = strlen(texts[i]);

        assert_true(seal_message(key.public_key, texts[i], length, sealed, &error));
        text_hex_encode(hexadecimal, sealed, length + SEAL_OVERHEAD_BYTES);
        assert_false(errand_unseal(hexadecimal, &key, &errand, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        assert_null(strstr(error.message, "0612"));
    }
}

static void
test_keys_are_right_and_never_the_same(void **state)
{
    char first[ERRAND_KEY_BYTES], second[ERRAND_KEY_BYTES];

    (void)state;
    errand_key_make(first);
    errand_key_make(second);
    assert_true(errand_key_is_right(first));
    assert_string_not_equal(first, second);
    assert_false(errand_key_is_right(""));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_written_is_read),
        cmocka_unit_test(test_what_is_wrong_is_said_without_saying_what_it_was),
        cmocka_unit_test(test_a_code_is_read_as_it_is_typed),
        cmocka_unit_test(test_what_is_sealed_opens_at_the_back_office_only),
        cmocka_unit_test(test_a_seal_around_nonsense_is_refused),
        cmocka_unit_test(test_keys_are_right_and_never_the_same),
    };

    sign_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
