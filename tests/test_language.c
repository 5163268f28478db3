#include "base/language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"

static void
test_every_language_is_found_by_its_code(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const char *code = language_code((enum language)i);
        enum language language = LANGUAGE_COUNT;

        assert_int_equal(strlen(code), 2);
        assert_true(language_from_code(code, &language));
        assert_int_equal(language, i);
    }
}

static void
test_every_language_has_a_name_of_its_own_that_can_be_shown(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        const char *name = language_name((enum language)i);

        assert_true(name[0] != '\0' && text_is_clean(name));
        for (int other = 0; other < i; other++) {
            assert_string_not_equal(name, language_name((enum language)other));
        }
    }
    assert_string_equal(language_name(LANGUAGE_NL), "Nederlands");
}

static void
test_arabic_alone_is_written_from_right_to_left(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        assert_int_equal(language_is_right_to_left((enum language)i), i == LANGUAGE_AR);
    }
}

static void
test_other_codes_are_no_language_and_change_nothing(void **state)
{
    static const char *const codes[] = {"", "n", "NL", "nl-NL", "de", "nl "};
    enum language language = LANGUAGE_TR;

    (void)state;
    for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++) {
        assert_false(language_from_code(codes[i], &language));
        assert_int_equal(language, LANGUAGE_TR);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_language_is_found_by_its_code),
        cmocka_unit_test(test_every_language_has_a_name_of_its_own_that_can_be_shown),
        cmocka_unit_test(test_arabic_alone_is_written_from_right_to_left),
        cmocka_unit_test(test_other_codes_are_no_language_and_change_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
