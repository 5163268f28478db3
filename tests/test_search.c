#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "catalogue/search.h"

#define NONE ""

static const char *const pas[] = {"reispas", "identiteitsbewijs"};
static const char *const pas_en[] = {"travel document"};
static const char *const parking[] = {"auto voor de deur"};
static const char *const plate[] = {"kenteken"};

static const struct product products[] = {
    {.id = "zakenpaspoort",
     .upl_name = "zakenpaspoort",
     .name = {{"Zakenpaspoort aanvragen", "Apply for a business passport"}},
     .short_name = {{"Zakenpaspoort"}}},
    {.id = "paspoort",
     .upl_name = "paspoort",
     .name = {{"Paspoort aanvragen", "Apply for a passport"}},
     .short_name = {{"Paspoort", "Passport"}},
     .search = {{{pas, 2}, {pas_en, 1}}}},
    {.id = "rijbewijs",
     .upl_name = "rijbewijs",
     .name = {{"Rijbewijs verlengen", "Renew a driving licence"}},
     .short_name = {{"Rijbewijs"}}},
    {.id = "parkeren",
     .upl_name = "parkeervergunning",
     .name = {{"Parkeervergunning aanvragen"}},
     .short_name = {{"Parkeren"}},
     .search = {{{parking, 1}}}},
    {.id = "erkenning",
     .upl_name = "erkenning kind",
     .name = {{"Een kind erkennen"}},
     .short_name = {{"Erkenning"}}},
    {.id = "categorie",
     .upl_name = "melding",
     .name = {{"Één melding over België doen"}},
     .short_name = {{"Melding"}}},
};

static const struct partner partners[] = {
    {.id = "rdw", .name = {{"RDW"}}, .search = {{{plate, 1}}}},
    {.id = "anwb", .name = {{"Internationaal rijbewijs"}}},
};

static const struct catalogue catalogue = {
    .products = products,
    .product_count = sizeof(products) / sizeof(products[0]),
    .partners = partners,
    .partner_count = sizeof(partners) / sizeof(partners[0]),
};

/* The ids found, with spaces between. */
static void
find(const char *words, enum language language, char *target, size_t size)
{
    struct search_result results[SEARCH_RESULTS_MAX];
    size_t count =
        search_find(&catalogue, words, language, results, SEARCH_RESULTS_MAX);
    struct text text = text_begin(target, size);

    for (size_t i = 0; i < count; i++) {
        assert_true((results[i].product == NULL) != (results[i].partner == NULL));
        text_format(&text, "%s%s", i > 0 ? " " : "",
                    results[i].product != NULL ? results[i].product->id
                                               : results[i].partner->id);
    }
}

static void
test_words_find_products_in_order(void **state)
{
    static const struct {
        const char *words;
        enum language language;
        const char *found;
    } cases[] = {
        /* whole, then a piece of a longer word */
        {"paspoort", LANGUAGE_NL, "paspoort zakenpaspoort"},
        {"PASPOORT", LANGUAGE_NL, "paspoort zakenpaspoort"},
        {"pasp", LANGUAGE_NL, "paspoort zakenpaspoort"},
        {"p", LANGUAGE_NL, "paspoort parkeren"},
        {"vergunning", LANGUAGE_NL, "parkeren"},
        /* one letter missing, too many, other, swapped */
        {"pasport", LANGUAGE_NL, "paspoort"},
        {"passpoort", LANGUAGE_NL, "paspoort"},
        {"pazpoort", LANGUAGE_NL, "paspoort"},
        {"apspoort", LANGUAGE_NL, "paspoort"},
        {"pasport", LANGUAGE_EN, "paspoort zakenpaspoort"},
        {"pzspxort", LANGUAGE_NL, NONE},
        /* too short to be a slip */
        {"rdv", LANGUAGE_NL, NONE},
        {"rdw", LANGUAGE_NL, "rdw"},
        {"kenteken", LANGUAGE_NL, "rdw"},
        /* a name before a search word, what has all words hides the rest */
        {"rijbewijs", LANGUAGE_NL, "rijbewijs anwb"},
        {"internationaal rijbewijs", LANGUAGE_NL, "anwb"},
        {"rijbewijs kwijt", LANGUAGE_NL, "rijbewijs anwb"},
        {"ik wil graag een paspoort", LANGUAGE_NL, "paspoort zakenpaspoort"},
        {"mijn auto", LANGUAGE_NL, "parkeren"},
        {"een", LANGUAGE_NL, "erkenning categorie"},
        /* accents, and other languages with Dutch behind them */
        {"belgie", LANGUAGE_NL, "categorie"},
        {"belgi\xC3\xAB", LANGUAGE_EN, "categorie"},
        {"travel", LANGUAGE_EN, "paspoort"},
        {"travel", LANGUAGE_NL, NONE},
        {"driving licence", LANGUAGE_EN, "rijbewijs"},
        {"rijbewijs", LANGUAGE_AR, "rijbewijs anwb"},
        {"reispas", LANGUAGE_EN, "paspoort"},
        /* by the name of the list of products */
        {"erkenning kind", LANGUAGE_NL, "erkenning"},
        {"'paspoort,'", LANGUAGE_NL, "paspoort zakenpaspoort"},
        {"", LANGUAGE_NL, NONE},
        {" .,!", LANGUAGE_NL, NONE},
        {"\xFF\xFE", LANGUAGE_NL, NONE},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char found[200];

        find(cases[i].words, cases[i].language, found, sizeof(found));
        if (strcmp(found, cases[i].found) != 0) {
            fail_msg("\"%s\" found \"%s\", not \"%s\"", cases[i].words, found,
                     cases[i].found);
        }
    }
}

static void
test_no_more_are_found_than_asked_for(void **state)
{
    struct search_result results[2] = {0};

    (void)state;
    assert_int_equal(search_find(&catalogue, "paspoort", LANGUAGE_NL, results, 1), 1);
    assert_ptr_equal(results[0].product, &products[1]);
    assert_null(results[1].product);
    assert_int_equal(search_find(&catalogue, "paspoort", LANGUAGE_NL, results, 0), 0);
}

static void
test_a_very_long_query_is_cut_and_not_feared(void **state)
{
    char words[4000];
    struct search_result results[SEARCH_RESULTS_MAX];

    (void)state;
    memset(words, 'x', sizeof(words));
    memcpy(words, "paspoort ", 9);
    words[sizeof(words) - 1] = '\0';
    assert_int_equal(search_find(&catalogue, words, LANGUAGE_NL, results, 1), 1);
    for (size_t i = 0; i + 2 < sizeof(words); i += 2) {
        memcpy(words + i, "y ", 2);
    }
    assert_int_equal(search_find(&catalogue, words, LANGUAGE_NL, results, 1), 0);
}

/* The text with [what is marked]. */
static void
mark(const char *words, const char *text, enum language language, char *target,
     size_t size)
{
    struct text_span spans[3];
    size_t count = search_marks(words, text, language, spans, 3), at = 0;
    struct text marked = text_begin(target, size);

    for (size_t i = 0; i < count; i++) {
        assert_true(spans[i].length > 0 && spans[i].start >= at);
        text_add_bytes(&marked, text + at, spans[i].start - at);
        text_add(&marked, "[");
        text_add_bytes(&marked, text + spans[i].start, spans[i].length);
        text_add(&marked, "]");
        at = (size_t)spans[i].start + spans[i].length;
    }
    text_add(&marked, text + at);
}

static void
test_what_was_looked_for_is_marked(void **state)
{
    static const struct {
        enum language language;
        const char *words, *text, *marked;
    } cases[] = {
        {LANGUAGE_NL, "park", "Parkeervergunning", "[Park]eervergunning"},
        {LANGUAGE_NL, "park", "Gehandicaptenparkeerkaart",
         "Gehandicapten[park]eerkaart"},
        {LANGUAGE_NL, "park", "Boom kappen in een park of tuin",
         "Boom kappen in een [park] of tuin"},
        {LANGUAGE_NL, "p", "Reispapier en paspoort", "Reispapier en [p]aspoort"},
        {LANGUAGE_NL, "kind paspoort", "Paspoort voor een kind",
         "[Paspoort] voor een [kind]"},
        {LANGUAGE_NL, "voor een kind", "Paspoort voor een kind",
         "Paspoort voor een [kind]"},
        {LANGUAGE_NL, "belgie", "Naar België", "Naar [België]"},
        {LANGUAGE_NL, "strass", "Große Straße", "Große [Straß]e"},
        {LANGUAGE_NL, "geld", "Wijkteam", "Wijkteam"},
        {LANGUAGE_NL, "", "Wijkteam", "Wijkteam"},
        {LANGUAGE_NL, "a", "aa ab ac ad", "[a]a [a]b [a]c ad"}, /* no more than asked */
        {LANGUAGE_UK, "паспорт", "Паспорти", "[Паспорт]и"},
        /* Letters that join stay together; Latin would change places. */
        {LANGUAGE_AR, "جوا", "طلب جواز سفر", "طلب [جواز] سفر"},
        {LANGUAGE_AR, "digid", "DigiD طلب", "DigiD طلب"},
    };

    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char marked[200];

        mark(cases[i].words, cases[i].text, cases[i].language, marked, sizeof(marked));
        assert_string_equal(marked, cases[i].marked);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_words_find_products_in_order),
        cmocka_unit_test(test_no_more_are_found_than_asked_for),
        cmocka_unit_test(test_a_very_long_query_is_cut_and_not_feared),
        cmocka_unit_test(test_what_was_looked_for_is_marked),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
