#include "base/file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[] = "/tmp/loketzuil-file-XXXXXX";

static const char *
in_folder(const char *name)
{
    static char paths[4][200];
    static size_t next;
    char *path = paths[next++ % 4];

    snprintf(path, sizeof(paths[0]), "%s/%s", folder, name);
    return path;
}

static int
make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL;
}

static int
remove_folder(void **state)
{
    char command[100];

    (void)state;
    snprintf(command, sizeof(command), "rm -rf '%s'", folder);
    return system(command);
}

static void
test_what_is_written_is_read(void **state)
{
    static const size_t lengths[] = {0, 1, 4094, 4095, 4096, 4097, 100000};
    struct error error = {0};

    (void)state;
    for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++) {
        const char *path = in_folder("whole");
        char *data = test_malloc(lengths[i] + 1);
        size_t length = 99;
        char *read;

        memset(data, 'x', lengths[i]);
        assert_true(file_write(path, data, lengths[i], 0600, &error));
        read = file_read(path, lengths[i], &length, &error);
        assert_non_null(read);
        assert_int_equal(length, lengths[i]);
        assert_memory_equal(read, data, length);
        assert_int_equal(read[length], '\0');
        free(read);
        test_free(data);
    }
}

static void
test_a_file_longer_than_allowed_is_refused(void **state)
{
    struct error error = {0};
    size_t length;

    (void)state;
    assert_true(file_write(in_folder("long"), "12345", 5, 0600, &error));
    assert_null(file_read(in_folder("long"), 4, &length, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    assert_non_null(strstr(error.message, "longer than 4 bytes"));
}

static void
test_a_missing_file_is_not_found(void **state)
{
    struct error error = {0};
    size_t length;

    (void)state;
    assert_null(file_read(in_folder("nowhere"), 10, &length, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_null(file_read(folder, 10, &length, &error)); /* a folder is no file */
    assert_int_equal(error.kind, ERROR_STORAGE);
}

static void
test_the_mode_is_as_asked_whatever_was_there(void **state)
{
    struct error error = {0};
    struct stat status;

    (void)state;
    umask(0077);
    assert_true(file_write(in_folder("mode"), "a", 1, 0644, &error));
    assert_int_equal(stat(in_folder("mode"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0644);
    assert_true(file_write(in_folder("mode"), "a", 1, 0600, &error));
    assert_int_equal(stat(in_folder("mode"), &status), 0);
    assert_int_equal(status.st_mode & 0777, 0600);
}

static void
test_a_failed_write_leaves_the_old_file_and_nothing_beside_it(void **state)
{
    struct error error = {0};

    (void)state;
    /* Renaming a file over a folder fails after all of it was written. */
    assert_true(file_make_folder(in_folder("taken/inside"), &error));
    assert_false(file_write(in_folder("taken"), "new", 3, 0600, &error));
    assert_int_equal(error.kind, ERROR_STORAGE);
    assert_int_equal(access(in_folder("taken.new"), F_OK), -1);
    assert_int_equal(access(in_folder("taken/inside"), F_OK), 0);
    assert_false(file_write(in_folder("no/such/folder"), "new", 3, 0600, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void
test_a_left_over_of_a_power_cut_is_used_again(void **state)
{
    struct error error = {0};
    size_t length;
    char *read;

    (void)state;
    assert_true(file_write(in_folder("cut.new"), "half a fi", 9, 0600, &error));
    assert_true(file_write(in_folder("cut"), "all", 3, 0600, &error));
    read = file_read(in_folder("cut"), 100, &length, &error);
    assert_string_equal(read, "all");
    assert_int_equal(access(in_folder("cut.new"), F_OK), -1);
    free(read);
}

static void
test_folders_are_made_with_their_parents(void **state)
{
    struct error error = {0};
    struct stat status;

    (void)state;
    assert_true(file_make_folder(in_folder("a/b/c"), &error));
    assert_true(file_make_folder(in_folder("a/b/c"), &error)); /* again is fine */
    assert_int_equal(stat(in_folder("a/b/c"), &status), 0);
    assert_true(S_ISDIR(status.st_mode));
    assert_true(file_write(in_folder("a/file"), "x", 1, 0600, &error));
    assert_false(file_make_folder(in_folder("a/file/d"), &error));
    assert_int_equal(error.kind, ERROR_STORAGE);
}

static void
test_a_broken_database_is_set_aside_with_its_log(void **state)
{
    struct error error = {0};

    (void)state;
    assert_true(file_write(in_folder("db"), "x", 1, 0600, &error));
    assert_true(file_write(in_folder("db-wal"), "y", 1, 0600, &error));
    assert_true(file_set_aside(in_folder("db"), &error));
    assert_int_equal(access(in_folder("db"), F_OK), -1);
    assert_int_equal(access(in_folder("db-wal"), F_OK), -1);
    assert_int_equal(access(in_folder("db.broken-1"), F_OK), 0);
    assert_int_equal(access(in_folder("db.broken-1-wal"), F_OK), 0);
    assert_true(file_write(in_folder("db"), "z", 1, 0600, &error)); /* without a log */
    assert_true(file_set_aside(in_folder("db"), &error));
    assert_int_equal(access(in_folder("db.broken-2"), F_OK), 0);
    assert_int_equal(access(in_folder("db.broken-1"), F_OK), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_is_written_is_read),
        cmocka_unit_test(test_a_file_longer_than_allowed_is_refused),
        cmocka_unit_test(test_a_missing_file_is_not_found),
        cmocka_unit_test(test_the_mode_is_as_asked_whatever_was_there),
        cmocka_unit_test(test_a_failed_write_leaves_the_old_file_and_nothing_beside_it),
        cmocka_unit_test(test_a_left_over_of_a_power_cut_is_used_again),
        cmocka_unit_test(test_folders_are_made_with_their_parents),
        cmocka_unit_test(test_a_broken_database_is_set_aside_with_its_log),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
