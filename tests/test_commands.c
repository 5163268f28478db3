#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>

#include <cmocka.h>

#include "base/memory.h"
#include "commands/command.h"
#include "support/scripted_server.h"

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

/* What `loketzuilctl ARGUMENT…` prints; returns its exit status. */
static int
run(const char *arguments, char *printed, size_t size)
{
    char line[300];
    FILE *pipe;
    size_t length;
    int status;

    snprintf(line, sizeof(line), "%s/san/loketzuilctl %s 2>&1", getenv("BUILD"),
             arguments);
    pipe = popen(line, "r");
    assert_non_null(pipe);
    length = fread(printed, 1, size - 1, pipe);
    printed[length] = '\0';
    status = pclose(pipe);
    return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static void
test_check_says_what_is_wrong_and_exits_by_it(void **state)
{
    static const struct {
        const char *arguments;
        int status;
        const char *said;
    } cases[] = {
        {"tests/data/catalogue.json", 0,
         "tests/data/catalogue.json: in order: 3 products, 1 life event, 2 locations "
         "(version 2026-11-22)\n"},
        {"--strict tests/data/catalogue.json", 0, "in order"},
        {"- <tests/data/catalogue.json", 2, "use: loketzuilctl check FILE"},
        {"", 2, "use: loketzuilctl check FILE"},
        {"--loud tests/data/catalogue.json", 2, "use: loketzuilctl check FILE"},
        {"tests/data/none.json", 1, "No such file"},
        {"assets/catalogue.schema.json", 1,
         "assets/catalogue.schema.json:2: $schema: is not a field that is known "
         "here\n"},
        {"/dev/null", 1, "1 problem\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char arguments[200], printed[4000];
        int status;

        snprintf(arguments, sizeof(arguments), "check %s", cases[i].arguments);
        status = run(arguments, printed, sizeof(printed));
        if (status != cases[i].status || strstr(printed, cases[i].said) == NULL) {
            fail_msg("check %s: %d: %s", cases[i].arguments, status, printed);
        }
    }
}

static char *
answer_as_told(void *data, const struct scripted_request *request)
{
    (void)request;
    return memory_copy_text(data);
}

/* Between an operator and the back office stand machines with answers of their own. */
static void
test_an_answer_that_is_no_problem_of_ours_is_told_by_its_status(void **state)
{
    static const struct {
        const char *headers, *body, *said;
    } cases[] = {
        {"Content-Type: text/html\r\n", "<h1>Bad gateway</h1>",
         "The back office says no (502) and not why.\n"},
        {"", "", "The back office says no (502) and not why.\n"},
        {"Content-Type: application/problem+json\r\n", "[]",
         "The back office says no (502) and not why.\n"},
        {"Content-Type: application/problem+json\r\n", "{\"detail\":\"Come back.\"}",
         "The back office says no (502): Come back.\n"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *answer = scripted_text(502, cases[i].headers, cases[i].body);
        struct scripted_server *server = scripted_server_start(answer_as_told, answer);
        char arguments[100], printed[4000];

        snprintf(arguments, sizeof(arguments),
                 "counts --backoffice http://127.0.0.1:%d",
                 scripted_server_port(server));
        assert_int_equal(run(arguments, printed, sizeof(printed)), 1);
        assert_string_equal(printed, cases[i].said);
        scripted_server_stop(server);
        free(answer);
    }
}

static void
test_counts_that_do_not_fit_on_the_disk_are_no_success(void **state)
{
    char *answer = scripted_text(200, "Content-Type: text/csv\r\n", "date,hour\n");
    struct scripted_server *server = scripted_server_start(answer_as_told, answer);
    char arguments[100], printed[4000];

    (void)state;
    snprintf(arguments, sizeof(arguments), "counts --backoffice http://127.0.0.1:%d",
             scripted_server_port(server));
    assert_int_equal(run(arguments, printed, sizeof(printed)), 0);
    assert_string_equal(printed, "date,hour\n");
    strcat(arguments, " >/dev/full");
    assert_int_equal(run(arguments, printed, sizeof(printed)), 1);
    scripted_server_stop(server);
    free(answer);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_commands_stand_in_the_order_of_their_names),
        cmocka_unit_test(test_every_command_is_found_by_its_name),
        cmocka_unit_test(test_a_word_that_is_no_command_finds_none),
        cmocka_unit_test(test_check_says_what_is_wrong_and_exits_by_it),
        cmocka_unit_test(
            test_an_answer_that_is_no_problem_of_ours_is_told_by_its_status),
        cmocka_unit_test(test_counts_that_do_not_fit_on_the_disk_are_no_success),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
