#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "commands/command.h"

static void
test_commands_stand_in_the_order_of_their_names(void **state)
{
    (void)state;
    for (size_t i = 1; commands[i] != NULL; i++) {
        assert_true(strcmp(commands[i - 1]->name, commands[i]->name) < 0);
    }
}

static void
test_every_command_is_found_by_its_name(void **state)
{
    (void)state;
    for (size_t i = 0; commands[i] != NULL; i++) {
        char name[64];
        char argument[] = "argument";
        char *words[4];
        int count = 0, taken = 0;

        snprintf(name, sizeof(name), "%s", commands[i]->name);
        for (char *word = strtok(name, " "); word != NULL; word = strtok(NULL, " ")) {
            words[count++] = word;
        }
        words[count] = argument;
        assert_ptr_equal(command_find(count + 1, words, &taken), commands[i]);
        assert_int_equal(taken, count);
    }
}

static void
test_a_word_that_is_no_command_finds_none(void **state)
{
    static char cases[][8] = {"hel", "helps", "", "HELP"};
    int taken;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *words[] = {cases[i]};

        assert_null(command_find(1, words, &taken));
    }
    assert_null(command_find(0, NULL, &taken));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands_stand_in_the_order_of_their_names),
        cmocka_unit_test(test_every_command_is_found_by_its_name),
        cmocka_unit_test(test_a_word_that_is_no_command_finds_none),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
