#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/wording.h"
#include "ui/speech.h"
#include "visit/voice.h"

#define HEARD_BYTES 8192

static struct translation *translations[LANGUAGE_COUNT];

static struct tongue
tongue_of(enum language language)
{
    return (struct tongue){language, translations[language]};
}

/* A listener who writes down: a line an utterance. */
struct heard {
    char text[HEARD_BYTES];
    struct text lines;
    struct speech_words words, dutch;
    struct speech speech;
};

static struct heard heard;

static void
hear(void *data, enum language language, const char *text)
{
    struct heard *written = data;

    text_format(&written->lines, "%s %s\n", language_code(language), text);
}

static void
listen(enum language language, bool aloud)
{
    heard.lines = text_begin(heard.text, sizeof(heard.text));
    voice_words(tongue_of(language), &heard.words);
    voice_words(tongue_of(LANGUAGE_NL), &heard.dutch);
    heard.speech = (struct speech){.words = &heard.words,
                                   .dutch = &heard.dutch,
                                   .aloud = aloud,
                                   .say = hear,
                                   .data = &heard};
}

static void
test_what_a_voice_reads_wrong_is_said_in_words(void **state)
{
    static const struct {
        enum language language;
        const char *written, *said;
    } cases[] = {
        {LANGUAGE_NL, "10.20 uur", "10 uur 20"},
        {LANGUAGE_NL, "Vanaf vandaag 9.05 uur.", "Vanaf vandaag 9 uur 5."},
        {LANGUAGE_NL, "Open van 9.00 uur tot 17.30 uur",
         "Open van 9 uur tot 17 uur 30"},
        {LANGUAGE_NL, "wo 11 maart, 10.30 uur", "woensdag 11 maart, 10 uur 30"},
        {LANGUAGE_NL, "Kosten: € 88,65", "Kosten: 88 euro 65"},
        {LANGUAGE_NL, "€\u00a01234,00", "1234 euro"},
        {LANGUAGE_NL, "Bel 030 123 45 67.", "Bel 0 3 0, 1 2 3, 4 5, 6 7."},
        {LANGUAGE_NL, "Bel 14\u00a0030.", "Bel 1 4, 0 3 0."},
        {LANGUAGE_NL, "+31 30 1234567", "+ 3 1, 3 0, 1 2 3 4 5 6 7"},
        {LANGUAGE_NL, "**U moet** zelf ko\u00admen.", "U moet zelf komen."},
        /* and what only looks like it stays */
        {LANGUAGE_NL, "Versie 1.2 of 10.2034", "Versie 1.2 of 10.2034"},
        {LANGUAGE_NL, "1,4 kilometer, 25.70", "1,4 kilometer, 25.70"},
        {LANGUAGE_NL, "ma en do, Lindeplein 4", "ma en do, Lindeplein 4"},
        {LANGUAGE_EN, "From today 14:20", "From today 14 20"},
        {LANGUAGE_EN, "9:00", "9 o'clock"},
        {LANGUAGE_EN, "€ 88.65", "88 euros 65"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct speech_words words;
        char said[SPEECH_BYTES];

        voice_words(tongue_of(cases[i].language), &words);
        speech_text(said, sizeof(said), cases[i].written, &words);
        assert_string_equal(said, cases[i].said);
    }
}

/* Whatever a language writes beside the figures, none of its marks is left to a voice.
 */
static void
test_every_language_says_its_own_times_and_prices(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        struct tongue tongue = tongue_of((enum language)i);
        struct speech_words words;
        char written[WORDING_BYTES], said[SPEECH_BYTES], expected[WORDING_BYTES];

        voice_words(tongue, &words);
        wording_time(tongue, written, 13, 45);
        speech_text(said, sizeof(said), written, &words);
        assert_string_equal(said, wording_fill(expected, words.time, "13", "45", NULL));
        wording_price(tongue, written, 1750); /* a time, if it had no mark */
        speech_text(said, sizeof(said), written, &words);
        assert_string_equal(said,
                            wording_fill(expected, words.price, "17", "50", NULL));
        wording_price(tongue, written, 2000);
        speech_text(said, sizeof(said), written, &words);
        assert_string_equal(said,
                            wording_fill(expected, words.whole, "20", NULL, NULL));
    }
}

static void
test_a_code_is_spelled(void **state)
{
    struct speech_words words;
    char said[SPEECH_BYTES];

    (void)state;
    voice_words(tongue_of(LANGUAGE_NL), &words);
    speech_code(said, sizeof(said), "h7k\u00a03m8", &words);
    assert_string_equal(said, "H van Hendrik, 7, K van Karel, 3, M van Maria, 8");
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        int spaces = 0;

        voice_words(tongue_of((enum language)i), &words);
        for (const char *at = words.alphabet; *at != '\0'; at++) {
            spaces += *at == ' ';
        }
        assert_int_equal(spaces, 25);
        speech_code(said, sizeof(said), "Z", &words);
        assert_non_null(strstr(said, "Z"));
    }
}

/* --- pages ---------------------------------------------------------------------- */

static struct page page, before;

static const struct action some = {.verb = 1};

/* A page with a step, something to read, two channels, a silent legend and a dock. */
static void
make_page(void)
{
    struct element *element, *channel;

    page_begin(&page, PAGE_WORK, "channel", LANGUAGE_NL);
    page.step = 2;
    page.step_count = 5;
    page.step_text = "Stap 2 van 5:";
    page.step_name = "Manier";
    page_add(&page, SLOT_STAGE, ROLE_TITLE, "title", "Hoe wilt u dit regelen?");
    channel =
        page_add_action(&page, SLOT_SHEET, ROLE_CHANNEL, "online", "Online", some);
    element = page_add(&page, SLOT_SHEET, ROLE_FACT, "online-cost", "€ 10,00");
    page_put_under(&page, element, channel);
    channel =
        page_add_action(&page, SLOT_SHEET, ROLE_CHANNEL, "visit", "Afspraak", some);
    channel->flags |= ELEMENT_SELECTED;
    element = page_add(&page, SLOT_SHEET, ROLE_FACT, "visit-cost", "€ 12,50");
    page_put_under(&page, element, channel);
    page_add(&page, SLOT_SHEET, ROLE_LEGEND, "legend", "Een blad: rustig");
    element = page_add(&page, SLOT_SHEET, ROLE_MESSAGE, "why", "Waarom vragen we dit?");
    element->detail = "Dan weet u wat het kost.";
    element->icon = "info";
    page_add(&page, SLOT_FOOT, ROLE_PAGING, "paging", "1 van 3");
    page_add_action(&page, SLOT_FOOT, ROLE_BUTTON, "next", "Verder", some)->flags |=
        ELEMENT_DISABLED;
    page_add_action(&page, SLOT_DOCK, ROLE_DOCK, "stop", "Stop", some);
}

static void
test_a_page_is_read_from_its_title_to_what_can_be_chosen(void **state)
{
    (void)state;
    make_page();
    listen(LANGUAGE_NL, true);
    speech_page(&heard.speech, &page);
    assert_string_equal(heard.text,
                        "nl Hoe wilt u dit regelen?\n"
                        "nl Stap 2 van 5: Manier\n"
                        "nl Waarom vragen we dit? Dan weet u wat het kost.\n"
                        "nl deel 1 van 3\n"
                        "nl Hier te kiezen: 2\n");
}

static void
test_the_focus_says_what_it_is_how_it_stands_and_of_how_many(void **state)
{
    static const struct {
        const char *id, *said;
    } cases[] = {
        {"online", "nl Online. 10 euro. keuze. 1 van 2\n"},
        {"visit", "nl Afspraak. 12 euro 50. keuze. gekozen. 2 van 2\n"},
        {"next", "nl Verder. knop. niet beschikbaar\n"},
        {"stop", "nl Stop. knop\n"},
    };

    (void)state;
    make_page();
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        listen(LANGUAGE_NL, true);
        speech_focus(&heard.speech, &page, page_find(&page, cases[i].id));
        assert_string_equal(heard.text, cases[i].said);
    }
    listen(LANGUAGE_NL, true);
    speech_focus(&heard.speech, &page, NULL);
    assert_string_equal(heard.text, "");
}

static void
test_a_question_over_the_page_is_all_that_is_read(void **state)
{
    (void)state;
    make_page();
    page_add(&page, SLOT_OVERLAY, ROLE_TITLE, "overlay-title", "Bent u er nog?")
        ->detail = "Anders stopt deze zuil.";
    page_add_action(&page, SLOT_OVERLAY, ROLE_BUTTON, "go-on", "Ja", some);
    page_add_action(&page, SLOT_OVERLAY, ROLE_BUTTON, "end", "Stop nu", some);
    listen(LANGUAGE_NL, true);
    speech_page(&heard.speech, &page);
    assert_string_equal(heard.text, "nl Bent u er nog? Anders stopt deze zuil.\n"
                                    "nl Hier te kiezen: 2\n");
}

static struct element *
make_field(const char *value)
{
    struct element *field;

    page_begin(&page, PAGE_WORK, "contact", LANGUAGE_NL);
    page_add(&page, SLOT_STAGE, ROLE_TITLE, "title", "Wie bent u?");
    field = page_add_action(&page, SLOT_SHEET, ROLE_FIELD, "field-1", "Uw achternaam",
                            some);
    field->value = page_text(&page, value);
    field->flags |= ELEMENT_PRIVATE | ELEMENT_SELECTED;
    return field;
}

static void
test_what_is_private_is_for_headphones_only(void **state)
{
    struct element *code;

    (void)state;
    make_field("de Vries");
    listen(LANGUAGE_NL, false);
    speech_focus(&heard.speech, &page, page_find(&page, "field-1"));
    assert_string_equal(heard.text, "nl Uw achternaam. invulveld. de Vries\n");
    listen(LANGUAGE_NL, true);
    speech_focus(&heard.speech, &page, page_find(&page, "field-1"));
    assert_string_equal(heard.text,
                        "nl Uw achternaam. invulveld. Aantal tekens ingevuld: 7\n");

    code = page_add(&page, SLOT_SHEET, ROLE_TICKET_CODE, "ticket-code", "Code");
    code->value = "H7K 3M8";
    code->flags |= ELEMENT_PRIVATE;
    listen(LANGUAGE_NL, true);
    speech_page(&heard.speech, &page);
    assert_string_equal(heard.text, "nl Wie bent u?\n"
                                    "nl Code. Dit hoort u met een koptelefoon\n");
    listen(LANGUAGE_NL, false);
    speech_page(&heard.speech, &page);
    assert_non_null(strstr(heard.text, "Code. H van Hendrik, 7, K van Karel"));
}

static void
change(void)
{
    page_copy(&before, &page);
}

static void
test_only_what_changed_is_said(void **state)
{
    struct element *field;

    (void)state;
    make_field("de Vrie");
    change();
    make_field("de Vries");
    listen(LANGUAGE_NL, false);
    speech_changes(&heard.speech, &before, &page, NULL);
    assert_string_equal(heard.text, "nl de Vries\n");

    change();
    listen(LANGUAGE_NL, false);
    speech_changes(&heard.speech, &before, &page, page_find(&page, "field-1"));
    assert_string_equal(heard.text, ""); /* the clock ticked, no more */

    field = make_field("");
    listen(LANGUAGE_NL, true);
    speech_changes(&heard.speech, &before, &page, NULL);
    assert_string_equal(heard.text, "nl nog leeg\n");

    change();
    field = make_field("");
    field->flags |= ELEMENT_ERROR;
    field->detail = "Vul uw naam in.";
    listen(LANGUAGE_NL, true);
    speech_changes(&heard.speech, &before, &page, NULL);
    assert_string_equal(heard.text, "nl Fout. Uw achternaam. Vul uw naam in.\n");
}

static void
test_a_countdown_is_not_counted_aloud(void **state)
{
    (void)state;
    for (int seconds = 30; seconds > 28; seconds--) {
        change();
        make_page();
        page_add(&page, SLOT_OVERLAY, ROLE_TITLE, "overlay-title", "Bent u er nog?");
        page_add(&page, SLOT_OVERLAY, ROLE_COUNTDOWN, "countdown",
                 page_format(&page, "%d", seconds));
    }
    listen(LANGUAGE_NL, true);
    speech_changes(&heard.speech, &before, &page, NULL);
    assert_string_equal(heard.text, "");
}

static void
test_a_language_is_called_by_its_own_name_in_its_own_voice(void **state)
{
    (void)state;
    page_begin(&page, PAGE_HOME, "home", LANGUAGE_NL);
    page_add_action(&page, SLOT_SHEET, ROLE_LANGUAGE, "language-nl", "Nederlands", some)
        ->flags |= ELEMENT_SELECTED;
    page_add_action(&page, SLOT_SHEET, ROLE_LANGUAGE, "language-ar", "العربية", some);
    listen(LANGUAGE_NL, true);
    speech_focus(&heard.speech, &page, page_find(&page, "language-ar"));
    assert_string_equal(heard.text, "ar العربية\nnl keuze. 2 van 2\n");
    listen(LANGUAGE_NL, true);
    speech_focus(&heard.speech, &page, page_find(&page, "language-nl"));
    assert_string_equal(heard.text, "nl Nederlands. keuze. gekozen. 1 van 2\n");
}

static void
test_a_text_that_is_there_in_dutch_only_is_said_in_dutch(void **state)
{
    (void)state;
    page_begin(&page, PAGE_WORK, "info", LANGUAGE_EN);
    page_add(&page, SLOT_SHEET, ROLE_PARAGRAPH, "when",
             "Open tot 17.30 uur" PAGE_DUTCH_MARK);
    page_add_action(&page, SLOT_SHEET, ROLE_ROW, "more", "Meer uitleg" PAGE_DUTCH_MARK,
                    some);
    listen(LANGUAGE_EN, true);
    speech_page(&heard.speech, &page);
    speech_focus(&heard.speech, &page, page_find(&page, "more"));
    assert_string_equal(heard.text, "nl Open tot 17 uur 30\n"
                                    "nl Meer uitleg\n"
                                    "en choice\n");
}

static void
test_a_key_says_its_letter_and_a_row_can_be_skipped(void **state)
{
    struct element *keyboard, *key;
    static const char *const rows[] = {"qwe", "asd"};

    (void)state;
    make_field("");
    keyboard = page_add(&page, SLOT_SHEET, ROLE_KEYBOARD, "keyboard", "");
    for (int i = 0; i < 6; i++) {
        char letter[2] = {rows[i / 3][i % 3], '\0'};

        key = page_add_action(&page, SLOT_SHEET, ROLE_KEY,
                              page_format(&page, "key-%s", letter), letter, some);
        key->value = page_text(&page, letter);
        key->number = i / 3;
        page_put_under(&page, key, keyboard);
    }
    page_add_action(&page, SLOT_DOCK, ROLE_DOCK, "stop", "Stop", some);
    listen(LANGUAGE_NL, true);
    speech_focus(&heard.speech, &page, page_find(&page, "key-s"));
    assert_string_equal(heard.text, "nl s\n");

    key = (struct element *)page_next_row(&page, page_find(&page, "key-w"), 1);
    assert_string_equal(key->id, "key-a");
    assert_string_equal(page_next_row(&page, key, 1)->id, "stop");
    assert_string_equal(page_next_row(&page, page_find(&page, "key-d"), -1)->id,
                        "key-q");
    assert_string_equal(page_next_row(&page, page_find(&page, "key-e"), -1)->id,
                        "field-1");
    assert_string_equal(page_next_row(&page, NULL, 1)->id, "field-1");
}

static int
open_translations(void **state)
{
    const char *build = getenv("BUILD") != NULL ? getenv("BUILD") : "build";
    char folder[300];

    (void)state;
    snprintf(folder, sizeof(folder), "%s/translations", build);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        struct error error = {0};

        translations[i] =
            translation_open(folder, language_code((enum language)i), &error);
        if (translations[i] == NULL) {
            fail_msg("%s", error.message);
        }
    }
    return 0;
}

static int
close_translations(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        translation_close(translations[i]);
    }
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_what_a_voice_reads_wrong_is_said_in_words),
        cmocka_unit_test(test_every_language_says_its_own_times_and_prices),
        cmocka_unit_test(test_a_code_is_spelled),
        cmocka_unit_test(test_a_page_is_read_from_its_title_to_what_can_be_chosen),
        cmocka_unit_test(test_the_focus_says_what_it_is_how_it_stands_and_of_how_many),
        cmocka_unit_test(test_a_question_over_the_page_is_all_that_is_read),
        cmocka_unit_test(test_what_is_private_is_for_headphones_only),
        cmocka_unit_test(test_only_what_changed_is_said),
        cmocka_unit_test(test_a_countdown_is_not_counted_aloud),
        cmocka_unit_test(test_a_language_is_called_by_its_own_name_in_its_own_voice),
        cmocka_unit_test(test_a_text_that_is_there_in_dutch_only_is_said_in_dutch),
        cmocka_unit_test(test_a_key_says_its_letter_and_a_row_can_be_skipped),
    };

    return cmocka_run_group_tests(tests, open_translations, close_translations);
}
