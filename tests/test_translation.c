#include "base/translation.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/plural.h"
#include "base/translation_parse.h"

/* Compiles a .po text with msgfmt and opens it; `endian` is "little" or "big". */
static struct translation *
open_po(const char *po, const char *endian, char **mo, size_t *length)
{
    char folder[] = "/tmp/loketzuil-translation-XXXXXX";
    char path[100], command[300];
    struct error error = {0};
    struct translation *translation;

    assert_non_null(mkdtemp(folder));
    snprintf(path, sizeof(path), "%s/nl.po", folder);
    assert_true(file_write(path, po, strlen(po), 0600, &error));
    snprintf(command, sizeof(command),
             "msgfmt --endianness=%s -o %s/nl.mo %s/nl.po && rm %s/nl.po", endian,
             folder, folder, folder);
    assert_int_equal(system(command), 0);
    translation = translation_open(folder, "nl", &error);
    snprintf(path, sizeof(path), "%s/nl.mo", folder);
    if (mo != NULL) {
        *mo = file_read(path, 1u << 20, length, &error);
    }
    unlink(path);
    rmdir(folder);
    if (translation == NULL) {
        fail_msg("%s", error.message);
    }
    return translation;
}

#define HEADER(rule)                                                                   \
    "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n"                  \
    "Plural-Forms: " rule "\\n\"\n"

static const char dutch[] =
    HEADER("nplurals=2; plural=(n != 1);") "msgid \"Back\"\nmsgstr \"Terug\"\n"
                                           "msgid \"Help\"\nmsgstr \"Hulp\"\n"
                                           "msgctxt \"verb\"\nmsgid \"Stop\"\nmsgstr "
                                           "\"Stoppen\"\n"
                                           "msgid \"Stop\"\nmsgstr \"Halte\"\n"
                                           "msgid \"Untranslated\"\nmsgstr \"\"\n"
                                           "msgid \"%lu minute\"\nmsgid_plural \"%lu "
                                           "minutes\"\n"
                                           "msgstr[0] \"%lu minuut\"\nmsgstr[1] \"%lu "
                                           "minuten\"\n";

static void
test_texts_are_found_in_files_of_both_byte_orders(void **state)
{
    static const char *const endians[] = {"little", "big"};

    (void)state;
    for (size_t i = 0; i < 2; i++) {
        struct translation *nl = open_po(dutch, endians[i], NULL, NULL);

        assert_string_equal(translate(nl, "Back"), "Terug");
        assert_string_equal(translate(nl, "Help"), "Hulp");
        assert_string_equal(translate(nl, "Stop"), "Halte");
        assert_string_equal(translate_in(nl, "verb", "Stop"), "Stoppen");
        assert_string_equal(translate_in(nl, "noun", "Stop"), "Stop");
        assert_string_equal(translate(nl, "Nowhere"), "Nowhere");
        assert_string_equal(translate(nl, "Untranslated"), "Untranslated");
        assert_string_equal(translate(nl, ""), ""); /* not the file's header */
        assert_string_equal(translate_count(nl, "%lu minute", "%lu minutes", 1),
                            "%lu minuut");
        assert_string_equal(translate_count(nl, "%lu minute", "%lu minutes", 0),
                            "%lu minuten");
        assert_string_equal(translate_count(nl, "%lu hour", "%lu hours", 1),
                            "%lu hour");
        assert_string_equal(translate_count(nl, "%lu hour", "%lu hours", 2),
                            "%lu hours");
        translation_close(nl);
    }
    translation_close(NULL);
}

static void
add_message(void *data, const char *message)
{
    strcat(data, message);
    strcat(data, "|");
}

static void
test_what_the_sources_say_can_be_listed(void **state)
{
    struct translation *nl = open_po(dutch, "big", NULL, NULL);
    char all[200] = "";

    (void)state;
    translation_each_message(nl, add_message, all);
    assert_string_equal(all, "|%lu minute|%lu minutes|Back|Help|Stop|Stop|");
    translation_close(nl);
}

static void
test_plural_rules_of_our_languages_pick_the_right_form(void **state)
{
    static const struct {
        const char *rule;
        const char *forms; /* for 0, 1, 2 … 29, and 100, 101, 102, 103, 111, 112 */
    } cases[] = {
        {"nplurals=2; plural=(n != 1);", "101111111111111111111111111111111111"},
        {"nplurals=2; plural=n>1", "001111111111111111111111111111111111"},
        /* Polish */
        {"nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || "
         "n%100>=20) ? 1 : 2);",
         "201112222222222222222211122222221122"},
        /* Ukrainian */
        {"nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && "
         "(n%100<10 || n%100>=20) ? 1 : 2);",
         "201112222222222222222011122222201122"},
        /* Arabic */
        {"nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && "
         "n%100<=10 ? 3 : n%100>=11 ? 4 : 5;",
         "012333333334444444444444444444555344"},
        /* the other operators */
        {"nplurals=4; plural=!(n-1)*2+n/50%2;", "020000000000000000000000000000000000"},
        {"nplurals=2; plural=n/0", "000000000000000000000000000000000000"},
        {"nplurals=2; plural=7", "000000000000000000000000000000000000"},
    };
    static const unsigned long more[] = {100, 101, 102, 103, 111, 112};

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct plural plural;

        assert_true(plural_parse(cases[i].rule, &plural));
        for (unsigned long n = 0; n < 36; n++) {
            unsigned long number = n < 30 ? n : more[n - 30];
            unsigned long wanted = (unsigned long)(cases[i].forms[n] - '0');

            if (plural_form(&plural, number) != wanted) {
                fail_msg("%s: %lu is %lu", cases[i].rule, number,
                         plural_form(&plural, number));
            }
        }
    }
}

static void
test_a_rule_that_cannot_be_read_is_refused(void **state)
{
    static const char *const rules[] = {
        "",
        "nplurals=2;",
        "nplurals=0; plural=0;",
        "nplurals=99; plural=0;",
        "nplurals=2; plural=;",
        "nplurals=2; plural=n!=;",
        "nplurals=2; plural=(n;",
        "nplurals=2; plural=n ? 1;",
        "nplurals=2; plural=m;",
        "nplurals=2; plural=n&1;",
        "nplurals=2; plural=n; rm",
        "nplurals=2; plural=99999999999;",
    };
    char deep[400] = "nplurals=2; plural=";
    struct plural plural;

    (void)state;
    for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++) {
        if (plural_parse(rules[i], &plural)) {
            fail_msg("%s", rules[i]);
        }
    }
    for (int i = 0; i < 100; i++) {
        strcat(deep, "(");
    }
    assert_false(plural_parse(deep, &plural));
    strcpy(deep, "nplurals=2; plural=n");
    for (int i = 0; i < 150; i++) {
        strcat(deep, "+n");
    }
    assert_false(plural_parse(deep, &plural));
}

static void
test_arabic_has_its_six_forms(void **state)
{
    struct translation *ar = open_po(
        HEADER(
            "nplurals=6; plural=n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 "
            "&& n%100<=10 ? 3 : n%100>=11 ? 4 : 5;") "msgid \"day\"\nmsgid_plural "
                                                     "\"days\"\nmsgstr[0] \"لا أيام\"\n"
                                                     "msgstr[1] \"يوم\"\nmsgstr[2] "
                                                     "\"يومان\"\nmsgstr[3] \"أيام\"\n"
                                                     "msgstr[4] \"يوما\"\nmsgstr[5] "
                                                     "\"يوم واحد\"\n",
        "little", NULL, NULL);

    (void)state;
    assert_string_equal(translate_count(ar, "day", "days", 0), "لا أيام");
    assert_string_equal(translate_count(ar, "day", "days", 1), "يوم");
    assert_string_equal(translate_count(ar, "day", "days", 2), "يومان");
    assert_string_equal(translate_count(ar, "day", "days", 5), "أيام");
    assert_string_equal(translate_count(ar, "day", "days", 14), "يوما");
    assert_string_equal(translate_count(ar, "day", "days", 100), "يوم واحد");
    translation_close(ar);
}

static void
test_a_broken_file_is_refused_wherever_it_is_broken(void **state)
{
    char *mo;
    size_t length;
    struct error error = {0};

    (void)state;
    translation_close(open_po(dutch, "little", &mo, &length));
    for (size_t cut = 0; cut < length; cut++) {
        error = (struct error){0};
        assert_null(translation_parse(mo, cut, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
    }
    for (size_t i = 0; i < length; i++) { /* one byte wrong: refused or still safe */
        struct translation *translation;
        char kept = mo[i];

        mo[i] = (char)(kept ^ 0xFF);
        translation = translation_parse(mo, length, &error);
        if (translation != NULL) {
            assert_non_null(translate(translation, "Back"));
            assert_non_null(translate_count(translation, "%lu minute", "x", 2));
        }
        translation_close(translation);
        mo[i] = kept;
    }
    free(mo);
}

static void
test_a_missing_file_is_not_found(void **state)
{
    struct error error = {0};

    (void)state;
    assert_null(translation_open("/tmp", "no-such-language", &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_texts_are_found_in_files_of_both_byte_orders),
        cmocka_unit_test(test_what_the_sources_say_can_be_listed),
        cmocka_unit_test(test_plural_rules_of_our_languages_pick_the_right_form),
        cmocka_unit_test(test_a_rule_that_cannot_be_read_is_refused),
        cmocka_unit_test(test_arabic_has_its_six_forms),
        cmocka_unit_test(test_a_broken_file_is_refused_wherever_it_is_broken),
        cmocka_unit_test(test_a_missing_file_is_not_found),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
