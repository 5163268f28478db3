#include "base/channel.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

/* These words stand in stored counts and exports: they never change. */
static void
test_names_are_those_on_the_wire(void **state)
{
    static const char *const names[CHANNEL_COUNT] = {
        [CHANNEL_NONE] = "none",
        [CHANNEL_ONLINE] = "online",
        [CHANNEL_APPOINTMENT] = "appointment",
        [CHANNEL_WALK_IN] = "walk-in",
        [CHANNEL_CALL_BACK] = "call-back",
        [CHANNEL_PERSON] = "person",
        [CHANNEL_PARTNER] = "partner",
    };

    (void)state;
    for (int i = 0; i < CHANNEL_COUNT; i++) {
        enum channel channel = CHANNEL_COUNT;

        assert_string_equal(channel_name((enum channel)i), names[i]);
        assert_true(channel_from_name(names[i], &channel));
        assert_int_equal(channel, i);
    }
}

static void
test_other_words_are_no_channel_and_change_nothing(void **state)
{
    static const char *const words[] = {"", "Online", "walk in", "onlin", "online "};
    enum channel channel = CHANNEL_PERSON;

    (void)state;
    for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
        assert_false(channel_from_name(words[i], &channel));
        assert_int_equal(channel, CHANNEL_PERSON);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_names_are_those_on_the_wire),
        cmocka_unit_test(test_other_words_are_no_channel_and_change_nothing),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
