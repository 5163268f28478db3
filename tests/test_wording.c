#include "base/wording.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The six languages with the translations that are shipped: what a citizen reads. */

#define S "\xC2\xA0" /* a no-break space */

static struct translation *translations[LANGUAGE_COUNT];

static int
open_translations(void **state)
{
    const char *build = getenv("BUILD");
    char folder[200];
    struct error error;

    (void)state;
    snprintf(folder, sizeof(folder), "%s/translations",
             build != NULL ? build : "build");
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        translations[i] =
            translation_open(folder, language_code((enum language)i), &error);
        if (translations[i] == NULL) {
            print_error("%s\n", error.message);
            return -1;
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

static struct tongue
tongue_of(enum language language)
{
    return (struct tongue){language, translations[language]};
}

static const struct civil at = {.date = {2026, 3, 12}, .hour = 10, .minute = 20};
static const struct date today = {2026, 3, 10};

static const struct {
    const char *day, *near, *weekday_time, *time, *bare, *word, *clock, *moment, *soon,
        *month;
} moments[LANGUAGE_COUNT] = {
    [LANGUAGE_NL] = {"donderdag 12 maart", "morgen", "donderdag, 10.20" S "uur",
                     "10.20" S "uur", "10.20", "uur", "donderdag 10.20" S "uur",
                     "do 12 maart, 10.20" S "uur", "Vanaf donderdag 10.20" S "uur",
                     "maart 2026"},
    [LANGUAGE_EN] = {"Thursday 12 March", "tomorrow", "Thursday, 10:20", "10:20",
                     "10:20", "", "Thursday 10:20", "Thu 12 March, 10:20",
                     "From Thursday 10:20", "March 2026"},
    [LANGUAGE_TR] = {"12 Mart Perşembe", "yarın", "Perşembe, saat" S "10.20",
                     "saat" S "10.20", "10.20", "saat", "Perşembe 10.20",
                     "12 Mart Per, saat" S "10.20",
                     "En erken: Perşembe, saat" S "10.20", "Mart 2026"},
    [LANGUAGE_AR] = {"الخميس 12 مارس", "غدًا", "الخميس، الساعة" S "10:20",
                     "الساعة" S "10:20", "10:20", "الساعة", "الخميس 10:20",
                     "الخميس 12 مارس، الساعة" S "10:20",
                     "أقرب وقت: الخميس الساعة" S "10:20", "مارس 2026"},
    [LANGUAGE_UK] = {"четвер, 12 березня", "завтра", "четвер, 10:20", "10:20", "10:20",
                     "", "четвер 10:20", "чт, 12 березня, 10:20",
                     "Найраніше: четвер, 10:20", "березень 2026"},
    [LANGUAGE_PL] = {"czwartek 12 marca", "jutro", "czwartek, godz." S "10:20",
                     "godz." S "10:20", "10:20", "godz.", "czwartek 10:20",
                     "cz 12 marca, godz." S "10:20",
                     "Najwcześniej: czwartek, godz." S "10:20", "marzec 2026"},
};

static void
test_a_day_and_a_time_are_said_as_in_each_language(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        struct tongue tongue = tongue_of((enum language)i);
        char text[WORDING_BYTES];

        assert_string_equal(wording_day(tongue, text, at.date), moments[i].day);
        assert_string_equal(
            wording_day_near(tongue, text, (struct date){2026, 3, 11}, today),
            moments[i].near);
        assert_string_equal(wording_weekday_time(tongue, text, at),
                            moments[i].weekday_time);
        assert_string_equal(wording_time(tongue, text, 10, 20), moments[i].time);
        assert_string_equal(wording_time_bare(tongue, text, 10, 20), moments[i].bare);
        assert_string_equal(wording_time_word(tongue, text), moments[i].word);
        assert_string_equal(wording_clock(tongue, text, at), moments[i].clock);
        assert_string_equal(wording_moment(tongue, text, at), moments[i].moment);
        assert_string_equal(wording_soon(tongue, text, at, today), moments[i].soon);
        assert_string_equal(wording_month(tongue, text, today), moments[i].month);
    }
}

static void
test_the_word_of_a_time_stands_where_the_language_has_it(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        assert_int_equal(wording_time_word_leads(tongue_of((enum language)i)),
                         i == LANGUAGE_TR || i == LANGUAGE_AR || i == LANGUAGE_PL);
    }
}

static const struct {
    const char *price, *free, *metres, *kilometres, *many_kilometres;
} sums[LANGUAGE_COUNT] = {
    [LANGUAGE_NL] = {"€" S "84,05", "Gratis", "650 meter", "2,3 kilometer",
                     "12 kilometer"},
    [LANGUAGE_EN] = {"€ 84.05", "Free", "650 metres", "2.3 kilometres",
                     "12 kilometres"},
    [LANGUAGE_TR] = {"84,05" S "€", "Ücretsiz", "650 metre", "2,3 kilometre",
                     "12 kilometre"},
    [LANGUAGE_AR] = {"84.05" S "يورو", "مجانًا", "650 متر", "2.3 كم", "12 كم"},
    [LANGUAGE_UK] = {"84,05" S "€", "Безкоштовно", "650" S "м", "2,3" S "км",
                     "12" S "км"},
    [LANGUAGE_PL] = {"84,05" S "€", "Bezpłatnie", "650" S "m", "2,3" S "km",
                     "12" S "km"},
};

static void
test_money_and_distance_are_said_as_in_each_language(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        struct tongue tongue = tongue_of((enum language)i);
        char text[WORDING_BYTES];

        assert_string_equal(wording_price(tongue, text, 8405), sums[i].price);
        assert_string_equal(wording_price(tongue, text, 0), sums[i].free);
        assert_string_equal(wording_distance(tongue, text, 650), sums[i].metres);
        assert_string_equal(wording_distance(tongue, text, 2340), sums[i].kilometres);
        assert_string_equal(wording_distance(tongue, text, 12000),
                            sums[i].many_kilometres);
    }
}

#define COUNTS 8
static const int counts[COUNTS] = {0, 1, 2, 3, 5, 11, 22, 100};

static const struct {
    const char *minutes[COUNTS], *people[COUNTS];
} counted[LANGUAGE_COUNT] = {
    [LANGUAGE_NL] = {{"0 minuten", "1 minuut", "2 minuten", "3 minuten", "5 minuten",
                      "11 minuten", "22 minuten", "100 minuten"},
                     {"0 mensen", "1 persoon", "2 mensen", "3 mensen", "5 mensen",
                      "11 mensen", "22 mensen", "100 mensen"}},
    [LANGUAGE_EN] = {{"0 minutes", "1 minute", "2 minutes", "3 minutes", "5 minutes",
                      "11 minutes", "22 minutes", "100 minutes"},
                     {"0 people", "1 person", "2 people", "3 people", "5 people",
                      "11 people", "22 people", "100 people"}},
    [LANGUAGE_TR] = {{"0 dakika", "1 dakika", "2 dakika", "3 dakika", "5 dakika",
                      "11 dakika", "22 dakika", "100 dakika"},
                     {"0 kişi", "1 kişi", "2 kişi", "3 kişi", "5 kişi", "11 kişi",
                      "22 kişi", "100 kişi"}},
    [LANGUAGE_AR] = {{"0 دقيقة", "دقيقة واحدة", "دقيقتان", "3 دقائق", "5 دقائق",
                      "11 دقيقة", "22 دقيقة", "100 دقيقة"},
                     {"لا أحد", "شخص واحد", "شخصان", "3 أشخاص", "5 أشخاص", "11 شخصًا",
                      "22 شخصًا", "100 شخص"}},
    [LANGUAGE_UK] = {{"0 хвилин", "1 хвилина", "2 хвилини", "3 хвилини", "5 хвилин",
                      "11 хвилин", "22 хвилини", "100 хвилин"},
                     {"0 людей", "1 людина", "2 людини", "3 людини", "5 людей",
                      "11 людей", "22 людини", "100 людей"}},
    [LANGUAGE_PL] = {{"0 minut", "1 minuta", "2 minuty", "3 minuty", "5 minut",
                      "11 minut", "22 minuty", "100 minut"},
                     {"0 osób", "1 osoba", "2 osoby", "3 osoby", "5 osób", "11 osób",
                      "22 osoby", "100 osób"}},
};

static void
test_counts_take_the_form_of_their_language(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        struct tongue tongue = tongue_of((enum language)i);

        for (size_t count = 0; count < COUNTS; count++) {
            char text[WORDING_BYTES];

            assert_string_equal(wording_minutes(tongue, text, counts[count]),
                                counted[i].minutes[count]);
            assert_string_equal(
                wording_count(tongue, text, "{1} person", "{1} people", counts[count]),
                counted[i].people[count]);
        }
    }
}

static void
test_without_a_translation_the_texts_of_the_sources_are_said(void **state)
{
    struct tongue tongue = {LANGUAGE_NL, NULL};
    char text[WORDING_BYTES];

    (void)state;
    assert_string_equal(wording_moment(tongue, text, at), "Thu 12 March, 10:20");
    assert_string_equal(wording_month(tongue, text, today), "March 2026");
    assert_string_equal(wording_minutes(tongue, text, 1), "1 minute");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_day_and_a_time_are_said_as_in_each_language),
        cmocka_unit_test(test_the_word_of_a_time_stands_where_the_language_has_it),
        cmocka_unit_test(test_money_and_distance_are_said_as_in_each_language),
        cmocka_unit_test(test_counts_take_the_form_of_their_language),
        cmocka_unit_test(test_without_a_translation_the_texts_of_the_sources_are_said),
    };

    return cmocka_run_group_tests(tests, open_translations, close_translations);
}
