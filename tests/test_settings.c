#include "base/settings.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/settings_parse.h"

static char name[12];
static int width, maker, name_line, sound_line;
static bool sound;

static const struct setting settings[] = {
    {.section = "kiosk",
     .name = "name",
     .type = SETTING_TEXT,
     .target = name,
     .size = sizeof(name),
     .line = &name_line},
    {.section = "kiosk",
     .name = "sound",
     .type = SETTING_BOOLEAN,
     .target = &sound,
     .line = &sound_line},
    {.section = "printer",
     .name = "width",
     .type = SETTING_INTEGER,
     .target = &width,
     .min = -5,
     .max = 80},
    {.section = "printer",
     .name = "maker",
     .type = SETTING_CHOICE,
     .target = &maker,
     .choices = "none|file|escpos"},
};

static bool
parse(const char *text, struct error *error)
{
    strcpy(name, "before");
    width = 58;
    maker = 0;
    sound = false;
    name_line = sound_line = 0;
    return settings_parse("k.conf", text, strlen(text), settings, 4, "web|backup",
                          error);
}

static void
test_what_the_file_names_is_set_and_the_rest_kept(void **state)
{
    struct error error = {0};

    (void)state;
    assert_true(parse("# a kiosk\n[kiosk]\n  name = Bieb ; Hoofdstraat\n  sound=yes\n"
                      "\n[printer]\r\nmaker = escpos\r\n[web]\nanything = 1\n",
                      &error));
    assert_string_equal(name, "Bieb");
    assert_true(sound);
    assert_int_equal(maker, 2);
    assert_int_equal(width, 58);
    assert_int_equal(name_line, 3);
    assert_int_equal(sound_line, 4);
    assert_true(parse("[kiosk]\n\nname = Bieb\n", &error));
    assert_int_equal(name_line, 3);
    assert_int_equal(sound_line, 0);
    assert_true(parse("", &error));
    assert_string_equal(name, "before");
    assert_true(parse("\xef\xbb\xbf[printer]\nwidth: -5", &error));
    assert_int_equal(width, -5);
    assert_true(parse("[kiosk]\nname =\nsound = false\n", &error));
    assert_string_equal(name, "");
}

static void
test_what_is_wrong_is_named_with_its_line_and_changes_nothing(void **state)
{
    static const struct {
        const char *text, *message;
    } cases[] = {
        {"[printer]\nwidth = 81\n", "k.conf line 2: [printer] width: must be a whole "
                                    "number from -5 to 80, not 81"},
        {"[printer]\nwidth = 5x\n", "k.conf line 2: [printer] width: must be a whole"},
        {"[printer]\nwidth = \n", "k.conf line 2: [printer] width: must be a whole"},
        {"[printer]\nwidth = 0x10\n",
         "k.conf line 2: [printer] width: must be a whole"},
        {"[printer]\nwidth = 99999999999999999999\n",
         "k.conf line 2: [printer] width: must be a whole"},
        {"[printer]\n\nmaker = laser\n",
         "k.conf line 3: [printer] maker: must be none, file or escpos, not laser"},
        {"[printer]\nmaker = none|file\n", "k.conf line 2: [printer] maker: must be"},
        {"[kiosk]\nsound = maybe\n",
         "k.conf line 2: [kiosk] sound: must be yes or no, not maybe"},
        {"[kiosk]\nname = twelve bytes\n",
         "k.conf line 2: [kiosk] name: must be at most 11 bytes long"},
        {"[kiosk]\nname = \xff\n",
         "k.conf line 2: [kiosk] name: is not clean UTF-8 text"},
        {"[printer]\nwidht = 58\n",
         "k.conf line 2: [printer] widht: is not known; known are width, maker"},
        {"[prnter]\nwidth = 58\n",
         "k.conf line 2: [prnter]: is not known; known are [kiosk], [printer]"},
        {"width = 58\n", "k.conf line 1: []: is not known"},
        {"[kiosk]\nname = a\n  sound = yes\nname = b\n",
         "k.conf line 4: [kiosk] name: is set twice, first in line 2"},
        {"[kiosk]\nname = a\nnonsense\n",
         "k.conf line 3: must be [section] or name = value"},
        {"[kiosk\nname = a\n", "k.conf line 1: must be [section] or name = value"},
        {"[kiosk]\nnonsense\nname = far too long a name\n",
         "k.conf line 2: must be [section] or name = value"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char text[400];
        struct error error = {0};

        assert_false(parse(cases[i].text, &error));
        if (strstr(error.message, cases[i].message) != error.message) {
            fail_msg("%s: %s", cases[i].text, error.message);
        }
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        /* A good line beside it is not carried out either. */
        snprintf(text, sizeof(text), "%s\n[printer]\nwidth = 7\n", cases[i].text);
        assert_false(parse(text, &error));
        assert_string_equal(name, "before");
        assert_int_equal(name_line, 0);
        assert_int_equal(width, 58);
        assert_int_equal(maker, 0);
        assert_false(sound);
    }
}

static void
test_a_line_too_long_or_with_a_nul_is_refused(void **state)
{
    static const char nul[] = "[kiosk]\nname = a\0b\n";
    char text[300] = "[kiosk]\nname = ";
    struct error error = {0};

    (void)state;
    memset(text + strlen(text), 'x', 250);
    assert_false(parse(text, &error));
    assert_non_null(strstr(error.message, "k.conf line 2: is longer than"));
    assert_false(
        settings_parse("k.conf", nul, sizeof(nul) - 1, settings, 4, NULL, &error));
    assert_non_null(strstr(error.message, "k.conf line 2: holds a NUL"));
}

static void
test_a_file_is_read_or_is_not_found(void **state)
{
    char path[] = "/tmp/loketzuil-settings-XXXXXX";
    struct error error = {0};
    static const char text[] = "[kiosk]\nname = Bieb\n";

    (void)state;
    close(mkstemp(path));
    assert_true(file_write(path, text, strlen(text), 0600, &error));
    assert_true(settings_read(path, settings, 4, NULL, &error));
    assert_string_equal(name, "Bieb");
    unlink(path);
    assert_false(settings_read(path, settings, 4, NULL, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_the_file_names_is_set_and_the_rest_kept),
        cmocka_unit_test(test_what_is_wrong_is_named_with_its_line_and_changes_nothing),
        cmocka_unit_test(test_a_line_too_long_or_with_a_nul_is_refused),
        cmocka_unit_test(test_a_file_is_read_or_is_not_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
