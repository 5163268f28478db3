#include "base/plain_language.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the four above. */
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

static char heard[400];
static struct text faults;

static void
hear(void *data, const char *what)
{
    (void)data;
    text_format(&faults, "%s\n", what);
}

static const char *
judge(const char *text)
{
    faults = text_begin(heard, sizeof(heard));
    plain_language_check(text, hear, NULL);
    return heard;
}

static const char fifteen[] =
    "een twee drie vier vijf zes zeven acht negen tien elf twaalf "
    "dertien veertien vijftien.";

/* To spell by. */
static const char names[] =
    "Anton Bernhard Cornelis Dirk Eduard Ferdinand Gerard Hendrik "
    "Izaak Johan Karel Lodewijk Maria Nico Otto Pieter Quirinus";

static void
test_plain_dutch_has_no_fault(void **state)
{
    static const char *const plain[] = {
        "",
        "Neem uw paspoort mee.",
        "Kom om 8.30 uur. Neem uw oude paspoort mee. Betalen kan alleen met pin.",
        "U woont in Voorbeeld – of u komt er wonen.",
        fifteen,
        names,
        "Indiener", /* not the word in it */
    };

    (void)state;
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++) {
        assert_string_equal(judge(plain[i]), "");
    }
}

static void
test_a_sentence_of_twenty_words_is_named(void **state)
{
    (void)state;
    assert_string_equal(
        judge("Kort. Als u verhuist dan geeft u dat door aan de gemeente waar u straks "
              "gaat wonen en niet aan ons."),
        "a sentence of 20 words, and 15 is plain: \"Als u verhuist dan geeft u dat "
        "door "
        "aan de gemeente waar u stra…\"\n");
}

static void
test_words_of_an_office_are_named_with_a_plain_one(void **state)
{
    (void)state;
    assert_string_equal(judge("Indien u komt, dient u te betalen."),
                        "\"dient\" can be said as \"moet\"\n"
                        "\"indien\" can be said as \"als\"\n");
    assert_string_equal(judge("Vragen **met betrekking tot** kosten."),
                        "\"met betrekking tot\" can be said as \"over\"\n");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_plain_dutch_has_no_fault),
        cmocka_unit_test(test_a_sentence_of_twenty_words_is_named),
        cmocka_unit_test(test_words_of_an_office_are_named_with_a_plain_one),
    };

    return cmocka_run_group_tests_name("plain_language", tests, NULL, NULL);
}
