#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "catalogue/catalogue_check.h"

/* Small, and with every field in it; the broken ones are this with one change. */
#define GOOD "tests/data/catalogue.json"

static char *
good_text(size_t *length)
{
    struct error error;
    char *text = file_read(GOOD, 1 << 20, length, &error);

    assert_non_null(text);
    return text;
}

/* The good text with the first `find` in it replaced; the caller frees. */
static char *
text_with(const char *find, const char *replace)
{
    size_t length, head;
    char *text = good_text(&length), *changed;
    const char *at = strstr(text, find);

    if (at == NULL) {
        fail_msg("not in " GOOD ": %s", find);
    }
    head = (size_t)(at - text);
    changed = memory_allocate(length + strlen(replace) + 1, 1);
    memcpy(changed, text, head);
    strcpy(changed + head, replace);
    strcat(changed, at + strlen(find));
    free(text);
    return changed;
}

static struct catalogue *
good_catalogue(void)
{
    struct error error;
    struct catalogue *catalogue = catalogue_open(GOOD, &error);

    if (catalogue == NULL) {
        fail_msg("%s", error.message);
    }
    return catalogue;
}

/* Find, replace, and the sentence that says what is wrong. */
/* clang-format off */
static const struct {
    const char *find, *replace, *sentence;
} broken[] = {
    {"\"format\": 1",
     "\"format\": 2",
     "line 2: format: must be 1, the format of this program, not 2"},
    {"\"format\": 1,",
     "",
     "line 1: format: is missing"},
    {"\"format\": 1,",
     "\"format\": 1, \"formats\": 1,",
     "line 2: formats: is not a field that is known here"},
    {"\"version\": \"2026-11-22\"",
     "\"version\": 20261122",
     "line 3: version: must be text, not 20261122"},
    {"\"version\": \"2026-11-22\"",
     "\"version\": \"\"",
     "line 3: version: must not be empty"},
    {"\"languages\": [\"nl\", \"en\"]",
     "\"languages\": [\"en\", \"nl\"]",
     "line 15: languages: must begin with \"nl\""},
    {"\"languages\": [\"nl\", \"en\"]",
     "\"languages\": [\"nl\", \"en\", \"en\"]",
     "line 15: languages[2]: is in the list already"},
    {"\"languages\": [\"nl\", \"en\"]",
     "\"languages\": [\"nl\", \"en\", \"fy\"]",
     "line 15: languages[2]: must be a language like \"nl\", not \"fy\""},
    {"\"en\": \"Municipality of Voorbeeld\"",
     "\"tr\": \"Voorbeeld Belediyesi\"",
     "line 6: municipality.name.tr: is not one of the languages of this catalogue"},
    {"\"id\": \"gm0000\"",
     "\"id\": \"gm00\"",
     "line 5: municipality.id: must be gm and the four digits of the CBS, not \"gm00\""},
    {"HTTPS://AFSPRAAK",
     "https://AFSPRAAK",
     "line 11: municipality.ticket_address: must be a web address in capitals, from HTTPS:// to a last /, not \"https://AFSPRAAK.VOORBEELD.NL/T/\""},
    {"\"website\": \"voorbeeld.nl\"",
     "\"website\": \"https://voorbeeld.nl\"",
     "line 10: municipality.website: must be a web address as printed, without https://, not \"https://voorbeeld.nl\""},
    {"\"phone\": \"14 000\",\n    \"phone_hours\"",
     "\"phone\": \"veertien\",\n    \"phone_hours\"",
     "line 8: municipality.phone: must be a telephone number, not \"veertien\""},
    {"{\"nl\": \"Bibliotheek De Linde\"}",
     "{\"en\": \"Library\"}",
     "line 19: locations[0].name: has no Dutch text (nl)"},
    {"{\"nl\": \"Bibliotheek De Linde\"}",
     "\"Bibliotheek De Linde\"",
     "line 19: locations[0].name: must be texts by language, not \"Bibliotheek De Linde\""},
    {"{\"nl\": \"Bibliotheek De Linde\"}",
     "{\"nl\": \"De\\u0007Linde\"}",
     "line 19: locations[0].name.nl: has a character that cannot be shown"},
    {"{\"nl\": \"Bibliotheek De Linde\"}",
     "{\"nl\": \"De Linde \"}",
     "line 19: locations[0].name.nl: must not begin or end with a space"},
    {"\"Linde/1==\"",
     "\"De Linde\"",
     "line 18: locations[0].appointment_id: must be the id that the appointment system has, without spaces, not \"De Linde\""},
    {"\"Linde/1==\"",
     "\"01234567890123456789012345678901234567890123456789012345678901234567890123456789\"",
     "line 18: locations[0].appointment_id: has 80 characters, and at most 79 fit"},
    {"\"postcode\": \"1234 AB\"",
     "\"postcode\": \"1234AB\"",
     "line 20: locations[0].postcode: must be a postcode like \"1234 AB\", not \"1234AB\""},
    {"\"latitude\": 52.0907",
     "\"latitude\": 152.5",
     "line 22: locations[0].latitude: must be a number from -90 to 90, not 152.5"},
    {"\"latitude\": 52.0907",
     "\"latitude\": \"52\"",
     "line 22: locations[0].latitude: must be a number from -90 to 90, not \"52\""},
    {"\"zone\": \"Europe/Amsterdam\"",
     "\"zone\": \"Europe/Voorbeeld\"",
     "line 23: locations[0].zone: must be a time zone like \"Europe/Amsterdam\", not \"Europe/Voorbeeld\""},
    {"\"mon\": [],\n        \"tue\"",
     "\"tue\"",
     "line 24: locations[0].hours.mon: is missing"},
    {"\"tue\": [\"10:00-17:30\"]",
     "\"tue\": \"10:00-17:30\"",
     "line 26: locations[0].hours.tue: must be a list, not \"10:00-17:30\""},
    {"\"tue\": [\"10:00-17:30\"]",
     "\"tue\": [\"10:00-17.30\"]",
     "line 26: locations[0].hours.tue[0]: must be hours like \"10:00-17:30\", not \"10:00-17.30\""},
    {"\"tue\": [\"10:00-17:30\"]",
     "\"tue\": [\"10:00-24:30\"]",
     "line 26: locations[0].hours.tue[0]: must be hours like \"10:00-17:30\", not \"10:00-24:30\""},
    {"\"tue\": [\"10:00-17:30\"]",
     "\"tue\": [\"17:30-10:00\"]",
     "line 26: locations[0].hours.tue[0]: closes before it opens"},
    {"\"13:30-20:00\"",
     "\"12:00-20:00\"",
     "line 27: locations[0].hours.wed[1]: begins before the period above it ends"},
    {"\"to\": \"2026-12-26\"",
     "\"to\": \"2026-12-36\"",
     "line 32: locations[0].exceptions[1].to: must be a date like \"2026-11-22\", not \"2026-12-36\""},
    {"\"to\": \"2026-12-26\"",
     "\"to\": \"2026-12-24\"",
     "line 32: locations[0].exceptions[1].to: is before from"},
    {"\"from\": \"2026-12-25\"",
     "\"from\": \"2026-12-24\"",
     "line 32: locations[0].exceptions[1]: has days in common with exception 0"},
    {"\"id\": \"stadhuis\"",
     "\"id\": \"linde\"",
     "line 36: locations[1].id: \"linde\" is taken by item 0 already"},
    {"\"id\": \"stadhuis\"",
     "\"id\": \"Stadhuis\"",
     "line 36: locations[1].id: must be made of a-z, 0-9 and -, not \"Stadhuis\""},
    {"{\"id\": \"yes\", \"label\": {\"nl\": \"Ja\"}}, ",
     "",
     "line 57: questions[1].options: must be a list of 2 to 6, not of 1"},
    {"{\"id\": \"yes\", ",
     "{\"id\": \"no\", ",
     "line 57: questions[1].options[1].id: \"no\" is taken by item 0 already"},
    {"\"goto\": {\"channel\": \"person\"}",
     "\"goto\": {\"channel\": \"online\"}",
     "line 52: questions[0].options[4].goto.channel: must be \"person\", not \"online\""},
    {"\"goto\": {\"channel\": \"person\"}",
     "\"goto\": {}",
     "line 52: questions[0].options[4].goto: must name one channel, product or partner"},
    {"\"goto\": {\"product\": \"identiteitskaart\"}",
     "\"goto\": {\"product\": \"kaart\"}",
     "line 50: questions[0].options[2].goto.product: there is no product \"kaart\""},
    {"\"goto\": {\"product\": \"identiteitskaart\"}",
     "\"goto\": {\"product\": \"paspoort\"}",
     "line 75: products[0].questions: answer \"card\" to \"for-whom\" leads to \"paspoort\", which leads back here"},
    {"\"goto\": {\"partner\": \"rdw\"}",
     "\"goto\": {\"partner\": \"cbr\"}",
     "line 51: questions[0].options[3].goto.partner: there is no partner \"cbr\""},
    {"{\"id\": \"yes\", \"label\": {\"nl\": \"Ja\"}}",
     "{\"id\": \"yes\", \"label\": {\"nl\": \"Ja\"}, \"goto\": {\"product\": \"paspoort\"}}",
     "line 99: products[1].questions: answer \"yes\" to \"lost\" leads to \"paspoort\", which leads back here"},
    {"terms/paspoort\"",
     "terms/pas poort\"",
     "line 63: products[0].upl_uri: must be http://standaarden.overheid.nl/owms/terms/…, not \"http://standaarden.overheid.nl/owms/terms/pas poort\""},
    {"http://standaarden.overheid.nl/owms/terms/paspoort",
     "https://standaarden.overheid.nl/owms/terms/paspoort",
     "line 63: products[0].upl_uri: must be http://standaarden.overheid.nl/owms/terms/…, not \"https://standaarden.overheid.nl/owms/terms/paspoort\""},
    {"\"icon\": \"flight\"",
     "\"icon\": \"Flight!\"",
     "line 64: products[0].icon: must be the name of a Material icon, not \"Flight!\""},
    {"\"neutral_name\": {}, \"sensitive\": false",
     "\"neutral_name\": {}, \"sensitive\": true",
     "line 67: products[0].neutral_name: is missing, and the product is sensitive"},
    {"\"sensitive\": true",
     "\"sensitive\": \"ja\"",
     "line 108: products[2].sensitive: must be true or false, not \"ja\""},
    {"\"neutral_name\": {\"nl\": \"Verklaring\"}",
     "\"neutral_name\": {\"nl\": \"Een verklaring waarvan niemand iets mag weten\"}",
     "line 108: products[2].neutral_name.nl: has 45 characters, and at most 40 fit"},
    {"{\"first\": 15, \"next\": 10}",
     "{\"first\": 12, \"next\": 10}",
     "line 73: products[0].minutes.first: must be a multiple of 5, not 12"},
    {"{\"first\": 15, \"next\": 10}",
     "{\"first\": 0, \"next\": 10}",
     "line 73: products[0].minutes: first must say how long an appointment takes"},
    {"\"persons_max\": 6",
     "\"persons_max\": 7",
     "line 73: products[0].persons_max: must be a whole number from 1 to 6, not 7"},
    {"\"questions\": [\"for-whom\"]",
     "\"questions\": [\"for-whom\", \"for-who\"]",
     "line 75: products[0].questions[1]: there is no question \"for-who\""},
    {"\"questions\": [\"for-whom\"]",
     "\"questions\": [\"for-whom\", \"for-whom\"]",
     "line 75: products[0].questions[1]: is in the list already"},
    {"\"when\": {\"for-whom\": [\"self\"]}",
     "\"when\": {\"lost\": [\"no\"]}",
     "line 77: products[0].bring[0].when.lost: is not a question of product \"paspoort\""},
    {"\"when\": {\"for-whom\": [\"self\"]}",
     "\"when\": {\"for-whom\": [\"myself\"]}",
     "line 77: products[0].bring[0].when.for-whom[0]: there is no option \"myself\""},
    {"\"when\": {\"for-whom\": [\"self\"]}",
     "\"when\": {\"for-whom\": []}",
     "line 77: products[0].bring[0].when.for-whom: must be a list of 1 to 6, not of 0"},
    {"\"when\": {\"for-whom\": [\"self\"]}",
     "\"when\": \"self\"",
     "line 77: products[0].bring[0].when: must be options by question, not \"self\""},
    {", \"ticket\": {\"nl\": \"Een nieuwe pasfoto\"}",
     "",
     "line 78: products[0].bring[1].label.nl: has 45 characters, and at most 40 fit on the ticket: give ticket a shorter text"},
    {"\"cents\": 8865",
     "\"cents\": \"12\"",
     "line 82: products[0].cost[1].cents: must be a whole number from 0 to 1000000, not \"12\""},
    {"\"cents\": 8865",
     "\"cents\": -1",
     "line 82: products[0].cost[1].cents: must be a whole number from 0 to 1000000, not -1"},
    {"\"cents\": 8865",
     "\"cents\": 88.65",
     "line 82: products[0].cost[1].cents: must be a whole number from 0 to 1000000, not 88.65"},
    {"{\"channel\": \"appointment\", \"cents\"",
     "{\"channel\": \"partner\", \"cents\"",
     "line 81: products[0].cost[0].channel: must be \"online\", \"appointment\", \"walk-in\", \"call-back\" or \"person\", not \"partner\""},
    {"{\"channel\": \"person\"}\n",
     "{\"channel\": \"appointment\"}\n",
     "line 86: products[0].channels[1]: appointment is in the list already"},
    {"\"url\": \"\", \"minutes\"",
     "\"url\": \"https://voorbeeld.nl\", \"minutes\"",
     "line 85: products[0].channels[0].url: is for the channel online only"},
    {"\"url\": \"https://voorbeeld.nl/vog\", ",
     "",
     "line 112: products[2].channels[0].url: is missing: online needs the form's address"},
    {"https://voorbeeld.nl/vog",
     "http://voorbeeld.nl/vog",
     "line 112: products[2].channels[0].url: must be a web address with https://, not \"http://voorbeeld.nl/vog\""},
    {"\"locations\": [\"linde\", \"stadhuis\"]",
     "\"locations\": []",
     "line 88: products[0].locations: names no place for the channel appointment"},
    {"\"locations\": [\"linde\"]",
     "\"locations\": []",
     "line 101: products[1].locations: names no place for the channel walk-in"},
    {"\"locations\": [\"linde\", \"stadhuis\"]",
     "\"locations\": [\"linde\", \"stadskantoor\"]",
     "line 88: products[0].locations[1]: there is no location \"stadskantoor\""},
    {"\"checked\": \"2026-11-20\"",
     "\"checked\": \"2026-02-30\"",
     "line 102: products[1].checked: must be a date like \"2026-11-22\", not \"2026-02-30\""},
    {"{\"nl\": [\"pas\", \"reispas\"], \"en\": [\"travel document\"]}",
     "{\"nl\": \"pas\"}",
     "line 89: products[0].search.nl: must be a list, not \"pas\""},
    {",\n      \"search\": {\"nl\": [\"verklaring omtrent het gedrag\", \"bewijs van goed gedrag\"]}",
     "",
     "line 104: products[2]: is in no life event and has no search words: nobody can find it"},
    {"{\"product\": \"paspoort\"},\n",
     "{\"product\": \"paspoort\", \"partner\": \"rdw\"},\n",
     "line 122: events[0].items[0]: must have a product or a partner, and not both"},
    {"{\"product\": \"paspoort\"},\n",
     "{\"icon\": \"flight\"},\n",
     "line 122: events[0].items[0]: must have a product or a partner, and not both"},
    {"{\"product\": \"paspoort\"},\n",
     "{\"product\": \"rijbewijs\"},\n",
     "line 122: events[0].items[0].product: there is no product \"rijbewijs\""},
    {"\"answers\": {\"for-whom\": \"child\"}",
     "\"answers\": {\"lost\": \"yes\"}",
     "line 123: events[0].items[1].answers.lost: is not a question of product \"paspoort\""},
    {"\"answers\": {\"for-whom\": \"child\"}",
     "\"answers\": {\"for-whom\": \"kind\"}",
     "line 123: events[0].items[1].answers.for-whom: there is no option \"kind\""},
    {"\"url\": \"https://www.rdw.nl\"",
     "\"url\": \"www.rdw.nl\"",
     "line 132: partners[0].url: must be a web address with https://, not \"www.rdw.nl\""},
};
/* clang-format on */

static void
test_every_mistake_is_named_with_line_and_field(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(broken) / sizeof(broken[0]); i++) {
        char *text = text_with(broken[i].find, broken[i].replace);
        struct error error = {0};

        assert_null(catalogue_parse(text, strlen(text), &error));
        assert_string_equal(error.message, broken[i].sentence);
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        free(text);
    }
}

static void
test_text_that_is_no_catalogue_is_refused(void **state)
{
    static const struct {
        const char *text, *sentence;
    } cases[] = {
        {"[]", "line 1: must be an object, not a list"},
        {"\n3", "line 2: must be an object, not 3"},
        {"{}", "line 1: events: is missing"},
    };
    struct error error;

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_null(catalogue_parse(cases[i].text, strlen(cases[i].text), &error));
        assert_string_equal(error.message, cases[i].sentence);
    }
    assert_null(catalogue_parse("{\n\"a\": }", 9, &error));
    assert_true(text_starts_with(error.message, "line 2: "));
    assert_null(catalogue_open("tests/data/none.json", &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void
test_a_file_cut_off_anywhere_is_refused(void **state)
{
    size_t length;
    char *text = good_text(&length);
    struct error error;

    (void)state;
    while (text[length - 1] == '\n') {
        length--;
    }
    for (size_t cut = 0; cut < length; cut += 7) {
        assert_null(catalogue_parse(text, cut, &error));
    }
    free(text);
}

static void
test_all_mistakes_are_found_in_one_go(void **state)
{
    static const char text[] =
        "{\"format\": 1, \"version\": \"x\", \"languages\": [\"nl\"],\n"
        " \"questions\": 1,\n"
        " \"partners\": [{\"id\": \"a\"}],\n"
        " \"events\": [], \"locations\": [{}], \"municipality\": null,\n"
        " \"products\": [3]}";
    struct catalogue_problems problems;

    (void)state;
    assert_null(catalogue_check(text, strlen(text), false, &problems));
    assert_int_equal(problems.count, problems.wrong_count);
    assert_true(problems.count > 15);
    for (size_t i = 1; i < problems.count; i++) {
        assert_true(problems.list[i - 1].line <= problems.list[i].line);
    }
    assert_string_equal(problems.list[0].sentence, "questions: must be a list, not 1");
    assert_string_equal(problems.list[problems.count - 1].sentence,
                        "products[0]: must be an object, not 3");
    catalogue_problems_finish(&problems);
}

static void
test_more_mistakes_than_are_kept_are_still_counted(void **state)
{
    struct catalogue_problems problems;
    size_t size = 64 * 1024;
    char *bytes = memory_allocate(size, 1);
    struct text text = text_begin(bytes, size);

    (void)state;
    text_add(&text, "{");
    for (int i = 0; i < 1500; i++) {
        text_format(&text, "\"unknown%d\": 0,\n", i);
    }
    text_add(&text, "\"last\": 0}");
    assert_false(text.truncated);
    assert_null(catalogue_check(bytes, text.length, false, &problems));
    assert_int_equal(problems.count, CATALOGUE_PROBLEMS_MAX);
    assert_int_equal(problems.wrong_count, 1501 + 9);
    catalogue_problems_finish(&problems);
    free(bytes);
}

static void
test_advice_leaves_room_for_what_is_wrong(void **state)
{
    struct catalogue_problems problems;
    size_t size = 16 * 1024, wrong = 0;
    char *bytes = memory_allocate(size, 1), *text;
    struct text more = text_begin(bytes, size);

    (void)state;
    text_add(&more, "\"more\": [");
    for (int i = 0; i < 12; i++) {
        text_add(&more, i > 0 ? "}, {\"nl\": \"Ja" : "{\"nl\": \"Ja");
        for (int j = 0; j < 99; j++) {
            text_add(&more, " reeds");
        }
        text_add(&more, "\"");
    }
    text_add(&more, "}], \"unknown\": 0,");
    text = text_with("\"more\": [{\"nl\": \"Een paspoort is tien jaar geldig.\"}],",
                     bytes);
    assert_null(catalogue_check(text, strlen(text), true, &problems));
    assert_true(problems.advice_count > CATALOGUE_PROBLEMS_MAX);
    for (size_t i = 0; i < problems.count; i++) {
        wrong += problems.list[i].advice ? 0 : 1;
    }
    assert_int_equal(wrong, 1);
    assert_int_equal(problems.wrong_count, 1);
    catalogue_problems_finish(&problems);
    free(text);
    free(bytes);
}

static void
test_a_good_catalogue_gives_no_problem(void **state)
{
    struct catalogue_problems problems;
    size_t length;
    char *text = good_text(&length);
    struct catalogue *catalogue = catalogue_check(text, length, true, &problems);

    (void)state;
    assert_non_null(catalogue);
    assert_int_equal(problems.count, 0);
    catalogue_destroy(catalogue);
    catalogue_destroy(NULL);
    catalogue_problems_finish(&problems);
    free(text);
}

static void
test_dutch_that_is_hard_to_read_gets_advice(void **state)
{
    static const struct {
        const char *text, *sentence;
    } cases[] = {
        {"Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien "
         "veertien "
         "vijftien zestien.",
         "products[0].summary.nl: a sentence of 16 words, and 15 is plain: \"Een twee "
         "drie vier vijf zes zeven acht negen tien elf twaalf de…\""},
        {"Indien u reist, hebt u er een nodig.",
         "products[0].summary.nl: \"indien\" can be said as \"als\""},
        {"U kunt komen. Tot 17.00 uur, reeds.",
         "products[0].summary.nl: \"reeds\" can be said as \"al\""},
        {"Een twee drie vier vijf zes zeven acht. Negen tien elf twaalf dertien "
         "veertien vijftien zestien.",
         NULL},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *text =
            text_with("Hiermee kunt u reizen naar alle landen.", cases[i].text);
        struct catalogue_problems problems;
        struct catalogue *catalogue =
            catalogue_check(text, strlen(text), true, &problems);

        assert_non_null(catalogue);
        assert_int_equal(problems.wrong_count, 0);
        assert_int_equal(problems.advice_count, cases[i].sentence != NULL ? 1 : 0);
        if (cases[i].sentence != NULL) {
            assert_true(problems.list[0].advice);
            assert_string_equal(problems.list[0].sentence, cases[i].sentence);
        }
        catalogue_destroy(catalogue);
        catalogue_problems_finish(&problems);
        free(text);
    }
}

/* --- what is in a catalogue ----------------------------------------------------------
 */

static void
test_references_are_pointers(void **state)
{
    struct catalogue *catalogue = good_catalogue();
    const struct product *passport = catalogue_product(catalogue, "paspoort");
    const struct question *question = &catalogue->questions[0];
    const struct event_item *items = catalogue->events[0].items;

    (void)state;
    assert_ptr_equal(passport, &catalogue->products[0]);
    assert_null(catalogue_product(catalogue, "pas"));
    assert_ptr_equal(catalogue_location(catalogue, "stadhuis"),
                     &catalogue->locations[1]);
    assert_null(catalogue_location(catalogue, ""));
    assert_ptr_equal(passport->questions[0], question);
    assert_ptr_equal(passport->locations[1], &catalogue->locations[1]);
    assert_ptr_equal(passport->bring[0].when.answers[0].option, &question->options[0]);
    assert_ptr_equal(question->options[2].product, &catalogue->products[1]);
    assert_ptr_equal(question->options[3].partner, &catalogue->partners[0]);
    assert_int_equal(question->options[4].channel, CHANNEL_PERSON);
    assert_int_equal(question->options[0].channel, CHANNEL_NONE);
    assert_ptr_equal(items[1].answers[0].option, &question->options[1]);
    catalogue_destroy(catalogue);
}

static void
test_values_are_those_of_the_file(void **state)
{
    struct catalogue *catalogue = good_catalogue();
    const struct product *passport = &catalogue->products[0];
    const struct location *library = &catalogue->locations[0];

    (void)state;
    assert_string_equal(catalogue->version, "2026-11-22");
    assert_string_equal(catalogue->municipality.ticket_address,
                        "HTTPS://AFSPRAAK.VOORBEELD.NL/T/");
    assert_string_equal(catalogue->municipality.name_lines[1].in[LANGUAGE_NL],
                        "Voorbeeld");
    assert_int_equal(catalogue->language_count, 2);
    assert_int_equal(catalogue->languages[1], LANGUAGE_EN);
    assert_int_equal(catalogue->checked.day, 20); /* the oldest */
    assert_string_equal(passport->appointment_id, "");
    assert_string_equal(library->appointment_id, "Linde/1==");
    assert_int_equal(passport->minutes_next, 10);
    assert_int_equal(passport->persons_max, 6);
    assert_int_equal(passport->channels[0].channel, CHANNEL_APPOINTMENT);
    assert_string_equal(passport->search.in[LANGUAGE_NL].words[1], "reispas");
    assert_int_equal(passport->search.in[LANGUAGE_EN].count, 1);
    assert_true(catalogue->products[2].sensitive);
    assert_string_equal(catalogue->products[2].channels[0].url,
                        "https://voorbeeld.nl/vog");
    assert_string_equal(catalogue->products[2].icon, "");
    assert_int_equal(library->opening.week[2].count, 2);
    assert_int_equal(library->opening.week[2].periods[1].open_minute, 13 * 60 + 30);
    assert_int_equal(library->opening.exception_count, 2);
    assert_float_equal(catalogue->locations[1].longitude, 5, 1e-9);
    catalogue_destroy(catalogue);
}

static void
test_a_row_takes_what_it_does_not_say_from_its_target(void **state)
{
    struct catalogue *catalogue = good_catalogue();
    const struct event_item *items = catalogue->events[0].items;

    (void)state;
    assert_string_equal(items[0].id, "paspoort");
    assert_string_equal(items[0].icon, "flight");
    assert_string_equal(items[0].name.in[LANGUAGE_EN], "Apply for a passport");
    assert_string_equal(items[0].note.in[LANGUAGE_NL], "Voor reizen naar alle landen");
    assert_string_equal(items[1].id, "paspoort-kind");
    assert_string_equal(items[1].name.in[LANGUAGE_NL], "Voor uw kind");
    assert_string_equal(items[2].id, "rdw");
    assert_string_equal(items[2].note.in[LANGUAGE_NL], "Kenteken en auto");
    catalogue_destroy(catalogue);
}

static void
test_a_text_that_is_not_translated_is_shown_in_dutch(void **state)
{
    const struct words words = {.in = {"Paspoort", "Passport"}}, none = {0};
    bool fallback = true;

    (void)state;
    assert_string_equal(words_in(&words, LANGUAGE_EN, &fallback), "Passport");
    assert_false(fallback);
    assert_string_equal(words_in(&words, LANGUAGE_AR, &fallback), "Paspoort");
    assert_true(fallback);
    assert_string_equal(words_in(&words, LANGUAGE_NL, &fallback), "Paspoort");
    assert_false(fallback);
    assert_string_equal(words_in(&none, LANGUAGE_NL, &fallback), "");
    assert_false(fallback);
    assert_string_equal(words_in(&words, LANGUAGE_TR, NULL), "Paspoort");
}

static void
test_a_condition_wants_one_answer_to_each_of_its_questions(void **state)
{
    const struct question whom = {.id = "whom"}, lost = {.id = "lost"};
    const struct option self = {.id = "self"}, child = {.id = "child"};
    const struct option yes = {.id = "yes"}, no = {.id = "no"};
    const struct answer either_lost[] = {
        {&whom, &self}, {&whom, &child}, {&lost, &yes}};
    const struct condition condition = {either_lost, 3}, always = {NULL, 0};
    const struct {
        struct answer given[2];
        size_t count;
        bool holds;
    } cases[] = {
        {{{&whom, &self}, {&lost, &yes}}, 2, true},
        {{{&lost, &yes}, {&whom, &child}}, 2, true},
        {{{&whom, &self}, {&lost, &no}}, 2, false},
        {{{&whom, &self}}, 1, false},
        {{{NULL, NULL}}, 0, false},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_int_equal(condition_holds(&condition, cases[i].given, cases[i].count),
                         cases[i].holds);
        assert_true(condition_holds(&always, cases[i].given, cases[i].count));
    }
}

static void
test_the_first_cost_that_holds_counts(void **state)
{
    struct catalogue *catalogue = good_catalogue();
    const struct product *passport = &catalogue->products[0];
    const struct question *whom = &catalogue->questions[0];
    const struct answer self = {whom, &whom->options[0]};
    const struct answer child = {whom, &whom->options[1]};

    (void)state;
    assert_int_equal(product_cost(passport, CHANNEL_APPOINTMENT, &self, 1)->cents,
                     8865);
    assert_int_equal(product_cost(passport, CHANNEL_APPOINTMENT, &child, 1)->cents,
                     6657);
    assert_null(product_cost(passport, CHANNEL_PERSON, &child, 1));
    assert_null(product_cost(passport, CHANNEL_APPOINTMENT, NULL, 0));
    assert_null(product_cost(&catalogue->products[1], CHANNEL_WALK_IN, NULL, 0));
    assert_int_equal(product_minutes(passport, 1), 15);
    assert_int_equal(product_minutes(passport, 4), 45);
    catalogue_destroy(catalogue);
}

static void
test_distance_is_rounded_to_a_hundred_metres(void **state)
{
    /* Utrecht Domtoren to Amsterdam Dam: 35.05 km on the sphere. */
    const struct location utrecht = {.latitude = 52.0907, .longitude = 5.1214};
    const struct location amsterdam = {.latitude = 52.3731, .longitude = 4.8926};
    const struct location near = {.latitude = 52.0907, .longitude = 5.1220};

    (void)state;
    assert_int_equal(location_distance_m(&utrecht, &utrecht), 0);
    assert_int_equal(location_distance_m(&utrecht, &near), 0);
    assert_in_range(location_distance_m(&utrecht, &amsterdam), 34800, 35300);
    assert_int_equal(location_distance_m(&utrecht, &amsterdam),
                     location_distance_m(&amsterdam, &utrecht));
    assert_int_equal(location_distance_m(&utrecht, &amsterdam) % 100, 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_mistake_is_named_with_line_and_field),
        cmocka_unit_test(test_text_that_is_no_catalogue_is_refused),
        cmocka_unit_test(test_a_file_cut_off_anywhere_is_refused),
        cmocka_unit_test(test_all_mistakes_are_found_in_one_go),
        cmocka_unit_test(test_more_mistakes_than_are_kept_are_still_counted),
        cmocka_unit_test(test_advice_leaves_room_for_what_is_wrong),
        cmocka_unit_test(test_a_good_catalogue_gives_no_problem),
        cmocka_unit_test(test_dutch_that_is_hard_to_read_gets_advice),
        cmocka_unit_test(test_references_are_pointers),
        cmocka_unit_test(test_values_are_those_of_the_file),
        cmocka_unit_test(test_a_row_takes_what_it_does_not_say_from_its_target),
        cmocka_unit_test(test_a_text_that_is_not_translated_is_shown_in_dutch),
        cmocka_unit_test(test_a_condition_wants_one_answer_to_each_of_its_questions),
        cmocka_unit_test(test_the_first_cost_that_holds_counts),
        cmocka_unit_test(test_distance_is_rounded_to_a_hundred_metres),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
