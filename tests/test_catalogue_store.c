#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/text.h"
#include "catalogue/catalogue_store.h"

#define GOOD "tests/data/catalogue.json"

struct folder {
    char path[100], file[120], kept[120];
    char *good;
    size_t good_length;
};

static void
write_file(const char *path, const char *text, size_t length)
{
    FILE *file = fopen(path, "w");

    assert_non_null(file);
    assert_int_equal(fwrite(text, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

static int
make_folder(void **state)
{
    struct folder *folder = calloc(1, sizeof(*folder));
    const char *top = getenv("TMPDIR");
    struct error error;

    snprintf(folder->path, sizeof(folder->path), "%.80s/catalogueXXXXXX",
             top != NULL ? top : "/tmp");
    assert_non_null(mkdtemp(folder->path));
    snprintf(folder->file, sizeof(folder->file), "%s/new.json", folder->path);
    snprintf(folder->kept, sizeof(folder->kept), "%s/kept.json", folder->path);
    folder->good = file_read(GOOD, CATALOGUE_BYTES_MAX, &folder->good_length, &error);
    assert_non_null(folder->good);
    *state = folder;
    return 0;
}

static int
remove_folder(void **state)
{
    struct folder *folder = *state;

    unlink(folder->file);
    unlink(folder->kept);
    rmdir(folder->path);
    free(folder->good);
    free(folder);
    return 0;
}

static void
open_and_close(const struct folder *folder, const char *version)
{
    struct error error;
    struct catalogue *catalogue =
        catalogue_open_last_good(folder->file, folder->kept, &error);

    assert_non_null(catalogue);
    assert_string_equal(catalogue->version, version);
    catalogue_destroy(catalogue);
}

static void
test_a_good_catalogue_is_kept_byte_for_byte(void **state)
{
    const struct folder *folder = *state;
    struct error error;
    size_t length;
    char *kept;

    write_file(folder->file, folder->good, folder->good_length);
    open_and_close(folder, "2026-11-22");
    kept = file_read(folder->kept, CATALOGUE_BYTES_MAX, &length, &error);
    assert_non_null(kept);
    assert_int_equal(length, folder->good_length);
    assert_memory_equal(kept, folder->good, length);
    free(kept);
}

static void
test_the_same_catalogue_is_not_written_again(void **state)
{
    const struct folder *folder = *state;
    struct stat before, after;

    write_file(folder->file, folder->good, folder->good_length);
    open_and_close(folder, "2026-11-22");
    assert_int_equal(stat(folder->kept, &before), 0);
    open_and_close(folder, "2026-11-22");
    assert_int_equal(stat(folder->kept, &after), 0);
    assert_int_equal(before.st_ino, after.st_ino); /* a new copy is a new file */
}

static void
test_a_newer_good_one_takes_the_place_of_the_kept(void **state)
{
    const struct folder *folder = *state;
    char *version = strstr(folder->good, "2026-11-22");

    write_file(folder->file, folder->good, folder->good_length);
    open_and_close(folder, "2026-11-22");
    memcpy(version, "2026-12-01", 10);
    write_file(folder->file, folder->good, folder->good_length);
    open_and_close(folder, "2026-12-01");
    assert_int_equal(unlink(folder->file), 0);
    open_and_close(folder, "2026-12-01");
}

static void
test_a_broken_one_leaves_the_last_good_one_in_use(void **state)
{
    const struct folder *folder = *state;

    write_file(folder->file, folder->good, folder->good_length);
    open_and_close(folder, "2026-11-22");
    for (size_t cut = 0; cut < folder->good_length; cut += folder->good_length / 5) {
        write_file(folder->file, folder->good, cut);
        open_and_close(folder, "2026-11-22");
    }
}

static void
test_when_both_fail_both_reasons_are_given(void **state)
{
    const struct folder *folder = *state;
    struct error error = {0};

    write_file(folder->file, "{", 1);
    assert_null(catalogue_open_last_good(folder->file, folder->kept, &error));
    assert_non_null(strstr(error.message, folder->kept));
    assert_non_null(strstr(error.message, folder->file));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
}

static void
test_one_that_cannot_be_kept_is_used_all_the_same(void **state)
{
    const struct folder *folder = *state;
    struct error error;
    struct catalogue *catalogue;

    write_file(folder->file, folder->good, folder->good_length);
    catalogue =
        catalogue_open_last_good(folder->file, "/proc/nowhere/kept.json", &error);
    assert_non_null(catalogue);
    catalogue_destroy(catalogue);
}

int
main(void)
{
#define IN_FOLDER(test)                                                                \
    cmocka_unit_test_setup_teardown(test, make_folder, remove_folder)
    const struct CMUnitTest tests[] = {
        IN_FOLDER(test_a_good_catalogue_is_kept_byte_for_byte),
        IN_FOLDER(test_the_same_catalogue_is_not_written_again),
        IN_FOLDER(test_a_newer_good_one_takes_the_place_of_the_kept),
        IN_FOLDER(test_a_broken_one_leaves_the_last_good_one_in_use),
        IN_FOLDER(test_when_both_fail_both_reasons_are_given),
        IN_FOLDER(test_one_that_cannot_be_kept_is_used_all_the_same),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
