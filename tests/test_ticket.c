#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "ticket/ticket.h"

#define ADDRESS "HTTPS://AFSPRAAK.VOORBEELD.NL/T/"
#define START 1795012200 /* 2026-11-18T14:30:00Z */
#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static const uint8_t appointment[TICKET_ID_BYTES] = {0xff, 1, 2,  3,  4,  5,  6,  7,
                                                     8,    9, 10, 11, 12, 13, 14, 0};
static struct sign_key signer, stranger;
static struct ticket_key known;
static char ticket[TICKET_TEXT_BYTES];

static int
make_keys(void **state)
{
    (void)state;
    sign_start();
    sign_key_generate(&signer);
    sign_key_generate(&stranger);
    memcpy(known.public_key, signer.public_key, SIGN_PUBLIC_BYTES);
    known.valid_from = START - 86400;
    known.valid_to = START + 86400;
    known.revoked = false;
    ticket_sign(&signer, ADDRESS, appointment, START, "stadhuis", ticket);
    return 0;
}

static enum error_kind
verdict(const char *text, const struct ticket_key *keys, size_t count)
{
    struct ticket_claim claim;
    struct error error = {ERROR_NONE, ""};

    if (ticket_verify(text, keys, count, &claim, &error)) {
        return ERROR_NONE;
    }
    assert_int_not_equal(error.kind, ERROR_NONE);
    assert_true(error.message[0] != '\0');
    return error.kind;
}

static void
assert_refused(const struct ticket_key *key, enum error_kind kind, const char *message)
{
    struct ticket_claim claim;
    struct error error = {ERROR_NONE, ""};

    assert_false(ticket_verify(ticket, key, 1, &claim, &error));
    assert_int_equal(error.kind, kind);
    assert_string_equal(error.message, message);
}

static void
test_a_ticket_says_what_was_signed(void **state)
{
    struct ticket_claim claim;
    struct error error = {ERROR_NONE, ""};
    uint8_t id[4];

    (void)state;
    assert_true(ticket_verify(ticket, &known, 1, &claim, &error));
    assert_memory_equal(claim.appointment, appointment, TICKET_ID_BYTES);
    assert_int_equal(claim.start, START);
    ticket_location_id("stadhuis", id);
    assert_memory_equal(claim.location, id, 4);
    ticket_key_id(signer.public_key, id);
    assert_memory_equal(claim.key_id, id, 4);
}

static void
test_a_location_and_a_key_go_by_the_start_of_their_hash(void **state)
{
    /* SHA-256 of "abc" is ba7816bf… (FIPS 180-4). */
    static const uint8_t abc[4] = {0xba, 0x78, 0x16, 0xbf};
    uint8_t id[4];

    (void)state;
    ticket_location_id("abc", id);
    assert_memory_equal(id, abc, 4);
}

static void
test_a_ticket_has_the_wire_format_of_the_header(void **state)
{
    const char *digits = ticket + strlen(ADDRESS);
    uint8_t bytes[94], id[4], message[sizeof(ADDRESS) - 1 + 30];
    static const uint8_t start[5] = {0, START >> 24, START >> 16 & 0xff,
                                     START >> 8 & 0xff, START & 0xff};

    (void)state;
    assert_true(text_starts_with(ticket, ADDRESS));
    assert_int_equal(strlen(digits), 151);
    assert_true(text_base32_decode(bytes, sizeof(bytes), digits, 151));
    assert_int_equal(bytes[0], 1);
    ticket_key_id(signer.public_key, id);
    assert_memory_equal(bytes + 1, id, 4);
    assert_memory_equal(bytes + 5, appointment, 16);
    assert_memory_equal(bytes + 21, start, 5);
    ticket_location_id("stadhuis", id);
    assert_memory_equal(bytes + 26, id, 4);
    memcpy(message, ADDRESS, sizeof(ADDRESS) - 1);
    memcpy(message + sizeof(ADDRESS) - 1, bytes, 30);
    assert_true(sign_verify(signer.public_key, message, sizeof(message), bytes + 30));
}

static void
test_any_changed_character_is_rejected(void **state)
{
    /* Every byte but NUL: other digits of base32, look-alikes, lower case, UTF-8. */
    (void)state;
    for (size_t i = 0; ticket[i] != '\0'; i++) {
        char changed[TICKET_TEXT_BYTES];

        strcpy(changed, ticket);
        for (int byte = 1; byte < 256; byte++) {
            if ((char)byte != ticket[i]) {
                changed[i] = (char)byte;
                assert_int_not_equal(verdict(changed, &known, 1), ERROR_NONE);
            }
        }
    }
}

static void
test_a_missing_extra_or_swapped_character_is_rejected(void **state)
{
    size_t length = strlen(ticket);
    char changed[TICKET_TEXT_BYTES + 1];

    (void)state;
    for (size_t i = 0; i < length; i++) {
        static const char extra[] = "0A/ ";

        memcpy(changed, ticket, i);
        strcpy(changed + i, ticket + i + 1);
        assert_int_not_equal(verdict(changed, &known, 1), ERROR_NONE);

        for (size_t c = 0; c < sizeof(extra) - 1; c++) {
            changed[i] = extra[c];
            strcpy(changed + i + 1, ticket + i);
            assert_int_not_equal(verdict(changed, &known, 1), ERROR_NONE);
        }
        if (i > 0 && ticket[i] != ticket[i - 1]) {
            strcpy(changed, ticket);
            changed[i] = ticket[i - 1];
            changed[i - 1] = ticket[i];
            assert_int_not_equal(verdict(changed, &known, 1), ERROR_NONE);
        }
    }
    snprintf(changed, sizeof(changed), "%s0", ticket);
    assert_int_equal(verdict(changed, &known, 1), ERROR_BAD_INPUT);
    snprintf(changed, sizeof(changed), "%s\n", ticket);
    assert_int_equal(verdict(changed, &known, 1), ERROR_BAD_INPUT);
}

static void
test_lower_case_is_rejected(void **state)
{
    char lower[TICKET_TEXT_BYTES];

    (void)state;
    text_fold(lower, sizeof(lower), ticket);
    assert_int_equal(verdict(lower, &known, 1), ERROR_BAD_INPUT);
}

static void
test_what_is_not_a_ticket_is_not_ours(void **state)
{
    char long_text[2000];
    static const char *const cases[] = {
        "", "H", "https://example.org/", "BEGIN:VCALENDAR", ADDRESS, "/T/",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        assert_int_equal(verdict(cases[i], &known, 1), ERROR_BAD_INPUT);
    }
    memset(long_text, 'A', sizeof(long_text) - 1);
    long_text[sizeof(long_text) - 1] = '\0';
    assert_int_equal(verdict(long_text, &known, 1), ERROR_BAD_INPUT);
    memcpy(long_text, ADDRESS, strlen(ADDRESS));
    assert_int_equal(verdict(long_text, &known, 1), ERROR_BAD_INPUT);
}

static void
test_a_ticket_of_another_version_is_said_to_be_one(void **state)
{
    char other[TICKET_TEXT_BYTES];
    uint8_t bytes[94];
    struct ticket_claim claim;
    struct error error;

    (void)state;
    strcpy(other, ticket);
    assert_true(text_base32_decode(bytes, 94, other + strlen(ADDRESS), 151));
    bytes[0] = 2;
    text_base32_encode(other + strlen(ADDRESS), bytes, 94);
    assert_false(ticket_verify(other, &known, 1, &claim, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    assert_string_equal(error.message,
                        "this ticket is of version 2, and only version 1 is known");
}

static void
test_a_start_that_no_calendar_has_is_no_ticket(void **state)
{
    char other[TICKET_TEXT_BYTES];
    uint8_t bytes[94], message[sizeof(ADDRESS) - 1 + 30];

    /* Signed by our own key: a kiosk that was taken over can sign anything. */
    (void)state;
    strcpy(other, ticket);
    assert_true(text_base32_decode(bytes, 94, other + strlen(ADDRESS), 151));
    memset(bytes + 21, 0xff, 5);
    memcpy(message, ADDRESS, sizeof(ADDRESS) - 1);
    memcpy(message + sizeof(ADDRESS) - 1, bytes, 30);
    sign_message(&signer, message, sizeof(message), bytes + 30);
    text_base32_encode(other + strlen(ADDRESS), bytes, 94);
    assert_int_equal(verdict(other, &known, 1), ERROR_BAD_INPUT);
}

static void
test_a_refusal_says_why(void **state)
{
    struct ticket_key unknown = known, revoked = known, early = known, late = known;
    struct ticket_claim claim;
    struct error error;
    char changed[TICKET_TEXT_BYTES];

    (void)state;
    memcpy(unknown.public_key, stranger.public_key, SIGN_PUBLIC_BYTES);
    revoked.revoked = true;
    early.valid_from = START + 1;
    late.valid_to = START;
    assert_refused(&unknown, ERROR_REFUSED,
                   "this ticket was made with a key that is not in the list");
    assert_refused(&revoked, ERROR_REFUSED,
                   "this ticket was made with a key that was revoked");
    assert_refused(&early, ERROR_REFUSED,
                   "this ticket's key is not valid for an appointment at "
                   "2026-11-18T14:30:00Z");
    assert_refused(&late, ERROR_REFUSED,
                   "this ticket's key is not valid for an appointment at "
                   "2026-11-18T14:30:00Z");
    strcpy(changed, ticket);
    changed[8] = 'B';
    assert_false(ticket_verify(changed, &known, 1, &claim, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_string_equal(error.message, "this ticket was changed after it was made");
}

static void
test_a_key_is_valid_from_its_first_second_to_before_its_last(void **state)
{
    struct ticket_key key = known;

    (void)state;
    key.valid_from = START;
    key.valid_to = START + 1;
    assert_int_equal(verdict(ticket, &key, 1), ERROR_NONE);
    key.valid_to = TICKET_KEY_NO_END;
    assert_int_equal(verdict(ticket, &key, 1), ERROR_NONE);
}

static void
test_the_right_key_is_found_among_others(void **state)
{
    struct ticket_key keys[3] = {known, known, known};

    (void)state;
    memcpy(keys[0].public_key, stranger.public_key, SIGN_PUBLIC_BYTES);
    keys[1].public_key[0] ^= 1;
    assert_int_equal(verdict(ticket, keys, 3), ERROR_NONE);
    assert_int_equal(verdict(ticket, keys, 2), ERROR_REFUSED);
    assert_int_equal(verdict(ticket, NULL, 0), ERROR_REFUSED);
}

static void
test_another_start_location_or_appointment_is_another_ticket(void **state)
{
    char other[TICKET_TEXT_BYTES];
    uint8_t id[TICKET_ID_BYTES] = {0};

    (void)state;
    ticket_sign(&signer, ADDRESS, appointment, START + 1, "stadhuis", other);
    assert_string_not_equal(other, ticket);
    ticket_sign(&signer, ADDRESS, appointment, START, "bibliotheek", other);
    assert_string_not_equal(other, ticket);
    ticket_sign(&signer, ADDRESS, id, START, "stadhuis", other);
    assert_string_not_equal(other, ticket);
    ticket_sign(&signer, ADDRESS, appointment, START, "stadhuis", other);
    assert_string_equal(other, ticket);
}

static void
test_an_address_is_the_url_in_upper_case(void **state)
{
    static const struct {
        const char *url, *address;
    } cases[] = {
        {"https://afspraak.voorbeeld.nl", ADDRESS},
        {"https://afspraak.voorbeeld.nl/", ADDRESS},
        {"HTTPS://Afspraak.Voorbeeld.NL", ADDRESS},
        {"http://127.0.0.1:8080", "HTTP://127.0.0.1:8080/T/"},
        {"https://a-b.nl", "HTTPS://A-B.NL/T/"},
        {"https://voorbeeld.nl/afspraak", NULL},
        {"https://voorbeeld.nl//", NULL},
        {"https://", NULL},
        {"https:///", NULL},
        {"", NULL},
        {"ftp://voorbeeld.nl", NULL},
        {"https://voorbeeld.nl?x", NULL},
        {"https://b\xc3\xbcro.nl", NULL},
        {"https://voor beeld.nl", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char address[TICKET_ADDRESS_BYTES];
        struct error error = {ERROR_NONE, ""};

        if (cases[i].address == NULL) {
            assert_false(ticket_address_make(cases[i].url, address, &error));
            assert_int_equal(error.kind, ERROR_BAD_INPUT);
        } else {
            assert_true(ticket_address_make(cases[i].url, address, &error));
            assert_string_equal(address, cases[i].address);
        }
    }
}

static void
test_the_longest_address_still_makes_a_ticket(void **state)
{
    char url[TICKET_ADDRESS_BYTES + 1] = "https://";
    char address[TICKET_ADDRESS_BYTES], text[TICKET_TEXT_BYTES];
    struct error error = {ERROR_NONE, ""};

    (void)state;
    memset(url + 8, 'a', TICKET_ADDRESS_BYTES - 8);
    url[TICKET_ADDRESS_BYTES - 4] = '\0';
    assert_true(ticket_address_make(url, address, &error));
    assert_int_equal(strlen(address), TICKET_ADDRESS_BYTES - 1);
    ticket_sign(&signer, address, appointment, START, "stadhuis", text);
    assert_int_equal(verdict(text, &known, 1), ERROR_NONE);

    url[TICKET_ADDRESS_BYTES - 4] = 'a';
    url[TICKET_ADDRESS_BYTES - 3] = '\0';
    assert_false(ticket_address_make(url, address, &error));
    assert_string_equal(error.message,
                        "address of tickets: longer than 124 characters");
}

static void
test_a_code_has_six_letters_that_are_not_mixed_up(void **state)
{
    bool seen[256] = {false};
    int letters = 0;

    (void)state;
    for (int i = 0; i < 2000; i++) {
        char code[TICKET_CODE_LENGTH + 1], again[TICKET_CODE_LENGTH + 1];

        ticket_code_make(code);
        assert_int_equal(strlen(code), 6);
        assert_null(strpbrk(code, "0O1IL"));
        assert_true(ticket_code_read(code, again));
        assert_string_equal(again, code);
        for (int c = 0; c < 6; c++) {
            seen[(uint8_t)code[c]] = true;
        }
    }
    for (int i = 0; i < 256; i++) {
        letters += seen[i];
    }
    assert_int_equal(letters, 31);
}

static void
test_a_typed_code_is_read_as_people_type_it(void **state)
{
    static const struct {
        const char *typed, *code;
    } cases[] = {
        {"7K4M2Q", "7K4M2Q"}, {"7k4 m2q", "7K4M2Q"}, {" 7 K 4 M 2 Q ", "7K4M2Q"},
        {"7K4M2", NULL},      {"7K4M2QQ", NULL},     {"7K4M20", NULL},
        {"7K4M2O", NULL},     {"7K4-M2Q", NULL},     {"", NULL},
        {"7K4M2\xc3", NULL},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char code[TICKET_CODE_LENGTH + 1];

        assert_int_equal(ticket_code_read(cases[i].typed, code), cases[i].code != NULL);
        if (cases[i].code != NULL) {
            assert_string_equal(code, cases[i].code);
        }
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_ticket_says_what_was_signed),
        cmocka_unit_test(test_a_location_and_a_key_go_by_the_start_of_their_hash),
        cmocka_unit_test(test_a_ticket_has_the_wire_format_of_the_header),
        cmocka_unit_test(test_any_changed_character_is_rejected),
        cmocka_unit_test(test_a_missing_extra_or_swapped_character_is_rejected),
        cmocka_unit_test(test_lower_case_is_rejected),
        cmocka_unit_test(test_what_is_not_a_ticket_is_not_ours),
        cmocka_unit_test(test_a_ticket_of_another_version_is_said_to_be_one),
        cmocka_unit_test(test_a_start_that_no_calendar_has_is_no_ticket),
        cmocka_unit_test(test_a_refusal_says_why),
        cmocka_unit_test(test_a_key_is_valid_from_its_first_second_to_before_its_last),
        cmocka_unit_test(test_the_right_key_is_found_among_others),
        cmocka_unit_test(test_another_start_location_or_appointment_is_another_ticket),
        cmocka_unit_test(test_an_address_is_the_url_in_upper_case),
        cmocka_unit_test(test_the_longest_address_still_makes_a_ticket),
        cmocka_unit_test(test_a_code_has_six_letters_that_are_not_mixed_up),
        cmocka_unit_test(test_a_typed_code_is_read_as_people_type_it),
    };

    return cmocka_run_group_tests(tests, make_keys, NULL);
}
