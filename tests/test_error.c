#include "base/error.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void
test_prefixes_stand_before_the_cause_and_keep_the_kind(void **state)
{
    struct error error = {0};

    (void)state;
    assert_false(error_set(&error, ERROR_STORAGE, "disk %d is full", 3));
    assert_false(error_prefix(&error, "write %s", "outbox"));
    assert_false(error_prefix(&error, "kiosk"));
    assert_int_equal(error.kind, ERROR_STORAGE);
    assert_string_equal(error.message, "kiosk: write outbox: disk 3 is full");
}

static void
test_a_long_message_is_cut_within_its_bounds(void **state)
{
    char text[2 * ERROR_MESSAGE_BYTES];
    struct error error = {0};

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    error_set(&error, ERROR_DEVICE, "%s", text);
    assert_int_equal(strlen(error.message), ERROR_MESSAGE_BYTES - 1);
    error_prefix(&error, "printer");
    assert_int_equal(strncmp(error.message, "printer: xxx", 12), 0);
    assert_true(strlen(error.message) < ERROR_MESSAGE_BYTES);
    error_prefix(&error, "%s", text);
    assert_true(strlen(error.message) < ERROR_MESSAGE_BYTES);
    assert_int_equal(error.kind, ERROR_DEVICE);
}

static void
test_every_kind_has_a_name_of_its_own(void **state)
{
    (void)state;
    for (int i = 0; i < ERROR_KIND_COUNT; i++) {
        const char *name = error_kind_name((enum error_kind)i);

        assert_non_null(name);
        for (int other = 0; other < i; other++) {
            assert_string_not_equal(name, error_kind_name((enum error_kind)other));
        }
    }
    assert_string_equal(error_kind_name(ERROR_UNCERTAIN), "uncertain");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_prefixes_stand_before_the_cause_and_keep_the_kind),
        cmocka_unit_test(test_a_long_message_is_cut_within_its_bounds),
        cmocka_unit_test(test_every_kind_has_a_name_of_its_own),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
