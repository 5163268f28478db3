#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "appointment/fields.h"
#include "base/text.h"
#include "base/translation.h"
#include "ui/icon.h"
#include "visit/contact_field.h"

#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

static const char *const names[] = {
    APPOINTMENT_FIELD_LAST_NAME,
    APPOINTMENT_FIELD_LAST_NAME_PREFIX,
    APPOINTMENT_FIELD_FIRST_NAME,
    APPOINTMENT_FIELD_INITIALS,
    APPOINTMENT_FIELD_BIRTH_DATE,
    APPOINTMENT_FIELD_SOCIAL_SECURITY_NUMBER,
    APPOINTMENT_FIELD_IDENTIFICATION_NUMBER,
    APPOINTMENT_FIELD_PHONE_NUMBER,
    APPOINTMENT_FIELD_MOBILE,
    APPOINTMENT_FIELD_EMAIL,
    APPOINTMENT_FIELD_STREET,
    APPOINTMENT_FIELD_HOUSE_NUMBER,
    APPOINTMENT_FIELD_HOUSE_NUMBER_SUFFIX,
    APPOINTMENT_FIELD_ADDRESS,
    APPOINTMENT_FIELD_ADDRESS_MORE,
    APPOINTMENT_FIELD_POSTCODE,
    APPOINTMENT_FIELD_CITY,
    APPOINTMENT_FIELD_STATE,
    APPOINTMENT_FIELD_COUNTRY,
    APPOINTMENT_FIELD_NATIONALITY,
    APPOINTMENT_FIELD_LANGUAGE,
};

static void
test_every_field_has_words_of_its_own(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(names); i++) {
        struct contact_field field = contact_field_of(names[i]);

        assert_string_equal(field.name, names[i]);
        assert_true(strchr(field.label, ' ') != NULL); /* no technical name */
        assert_true(icon_code_point(field.icon) != 0);
        for (size_t k = 0; k < i; k++) {
            assert_string_not_equal(field.label, contact_field_of(names[k]).label);
        }
    }
    /* One that nobody knows can still be filled in. */
    assert_string_equal(contact_field_of("shoeSize").label, "shoeSize");
    assert_false(contact_field_of("shoeSize").reaches);
    assert_true(contact_field_takes("shoeSize", "", '4'));
    assert_true(contact_field_is_right("shoeSize", "44"));
    assert_false(contact_field_is_right("shoeSize", ""));
}

static void
test_keys_that_can_not_belong_do_nothing(void **state)
{
    static const struct {
        const char *name, *typed;
        int character;
        bool takes;
    } cases[] = {
        {"lastName", "", 'x', true},
        {"phoneNumber", "", '0', true},
        {"phoneNumber", "", '+', true},
        {"phoneNumber", "0", '+', false},
        {"phoneNumber", "0", 'x', false},
        {"mobile", "06", ' ', false},
        {"houseNumber", "", '+', false},
        {"houseNumber", "1", '2', true},
        {"birthDate", "2902196", '0', true},
        {"birthDate", "29021960", '0', false},
        {"birthDate", "29", '-', false},
        {"socialSecurityNumber", "11122233", '3', true},
        {"socialSecurityNumber", "111222333", '3', false},
        {"postcode", "1234", 'A', true},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (contact_field_takes(cases[i].name, cases[i].typed, cases[i].character) !=
            cases[i].takes)
        {
            fail_msg("%s: %s and %c", cases[i].name, cases[i].typed,
                     cases[i].character);
        }
    }
}

static void
test_what_is_typed_is_shown_as_people_write_it(void **state)
{
    static const char *const cases[][3] = {
        {"lastName", "de Vries", "de Vries"},
        {"phoneNumber", "061234", "06 12 34"},
        {"mobile", "061234567", "06 12 34 56 7"},
        {"birthDate", "", ""},
        {"birthDate", "29", "29"},
        {"birthDate", "290", "29-0"},
        {"birthDate", "29021", "29-02-1"},
        {"birthDate", "29021960", "29-02-1960"},
        {"postcode", "1234a", "1234a"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        char text[WORDING_BYTES];

        assert_string_equal(contact_field_show(text, cases[i][0], cases[i][1]),
                            cases[i][2]);
    }
}

static void
test_wrong_is_said_of_what_is_wrong(void **state)
{
    static const struct {
        const char *name, *typed;
        bool right;
    } cases[] = {
        {"lastName", "", false},
        {"lastName", "O", true},
        {"phoneNumber", "061234567", false},
        {"phoneNumber", "0612345678", true},
        {"phoneNumber", "06123456789", false},
        {"phoneNumber", "6123456789", false},
        {"mobile", "+3161234567", true},
        {"mobile", "+316123", false},
        {"mobile", "+3161234567890123", false},
        {"email", "jan@example.com", true},
        {"email", "jan@example", false},
        {"email", "jan@@example.com", false},
        {"email", "@example.com", false},
        {"email", "jan@example.", false},
        {"birthDate", "29021960", true},
        {"birthDate", "29021961", false}, /* no leap year */
        {"birthDate", "31042000", false},
        {"birthDate", "2902196", false},
        {"birthDate", "01011899", false},
        {"birthDate", "00012000", false},
        {"socialSecurityNumber", "111222333", true},
        {"socialSecurityNumber", "123456782", true},
        {"socialSecurityNumber", "111222334", false},
        {"socialSecurityNumber", "12345678", false},
        {"socialSecurityNumber", "000000000", false},
        {"houseNumber", "12", true},
        {"postcode", "B-1000", true}, /* not everybody lives here */
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        if (contact_field_is_right(cases[i].name, cases[i].typed) != cases[i].right) {
            fail_msg("%s: %s", cases[i].name, cases[i].typed);
        }
    }
}

static void
test_the_appointment_system_is_told_as_the_contract_says(void **state)
{
    static const char *const cases[][3] = {
        {"birthDate", "29021960", "1960-02-29"},
        {"birthDate", "29021961", "29021961"}, /* never comes so far */
        {"postcode", "1234az", "1234 AZ"},
        {"postcode", "1234 aZ", "1234 AZ"},
        {"postcode", "b-1000", "B-1000"},
        {"postcode", "12345 ab", "12345 AB"},
        {"lastName", "de vries", "de vries"},
        {"phoneNumber", "+31612", "+31612"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct appointment_value value = {.name = ""};

        text_copy(value.name, sizeof(value.name), cases[i][0]);
        text_copy(value.value, sizeof(value.value), cases[i][1]);
        contact_field_tell(&value);
        assert_string_equal(value.value, cases[i][2]);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_field_has_words_of_its_own),
        cmocka_unit_test(test_keys_that_can_not_belong_do_nothing),
        cmocka_unit_test(test_what_is_typed_is_shown_as_people_write_it),
        cmocka_unit_test(test_wrong_is_said_of_what_is_wrong),
        cmocka_unit_test(test_the_appointment_system_is_told_as_the_contract_says),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
