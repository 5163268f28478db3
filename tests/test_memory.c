#include "base/memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void
test_what_is_allocated_is_zero(void **state)
{
    unsigned char *bytes = memory_allocate(100, 7);

    (void)state;
    for (size_t i = 0; i < 700; i++) {
        assert_int_equal(bytes[i], 0);
    }
    free(bytes);
}

static void
test_nothing_is_memory_too(void **state)
{
    static const size_t cases[][2] = {{0, 0}, {0, 8}, {8, 0}};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        void *memory = memory_allocate(cases[i][0], cases[i][1]);

        assert_non_null(memory);
        memory = memory_resize(memory, cases[i][0], cases[i][1]);
        assert_non_null(memory);
        free(memory);
    }
}

static void
test_what_was_there_survives_growing(void **state)
{
    char *text = memory_resize(NULL, 6, 1);

    (void)state;
    memcpy(text, "paper", 6);
    text = memory_resize(text, 100000, 1);
    assert_string_equal(text, "paper");
    text = memory_resize(text, 6, 1);
    assert_string_equal(text, "paper");
    free(text);
}

static void
test_a_copy_is_its_own(void **state)
{
    char text[] = "Maria";
    char *copy = memory_copy_text(text);

    (void)state;
    text[0] = 'm';
    assert_string_equal(copy, "Maria");
    free(copy);
}

static void
test_what_is_wiped_is_gone_and_nothing_beside_it(void **state)
{
    char name[] = "Maria Linde";

    (void)state;
    memory_wipe(name, 5);
    assert_memory_equal(name, "\0\0\0\0\0 Linde", sizeof(name));
    memory_wipe(name, 0);
    assert_string_equal(name + 5, " Linde");
}

/* How a program ends that asks for `count` × `size` bytes, more than there are. */
static int
signal_of(size_t count, size_t size, int resize)
{
    pid_t child = fork();
    int status = 0;

    assert_true(child >= 0);
    if (child == 0) {
        close(STDERR_FILENO);
        free(resize ? memory_resize(NULL, count, size) : memory_allocate(count, size));
        _exit(EXIT_SUCCESS);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    return WIFSIGNALED(status) ? WTERMSIG(status) : 0;
}

static void
test_memory_that_is_not_there_ends_the_program(void **state)
{
    static const size_t cases[][2] = {
        {SIZE_MAX / 2, 1},     /* more than there is */
        {SIZE_MAX / 2 + 2, 2}, /* overflows to 2 */
        {SIZE_MAX, SIZE_MAX},  /* overflows to 1 */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(signal_of(cases[i][0], cases[i][1], 0), SIGABRT);
        assert_int_equal(signal_of(cases[i][0], cases[i][1], 1), SIGABRT);
    }
}

/* The sanitizer would end the program by itself before we see NULL. */
const char *__asan_default_options(void);

const char *
__asan_default_options(void)
{
    return "allocator_may_return_null=1";
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_allocated_is_zero),
        cmocka_unit_test(test_nothing_is_memory_too),
        cmocka_unit_test(test_what_was_there_survives_growing),
        cmocka_unit_test(test_a_copy_is_its_own),
        cmocka_unit_test(test_what_is_wiped_is_gone_and_nothing_beside_it),
        cmocka_unit_test(test_memory_that_is_not_there_ends_the_program),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
