#include "visit/tour.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the four above. */
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "ui/audit.h"
#include "ui/fit.h"
#include "visit/screens.h"

/* A tour of any catalogue comes by every screen there is, in each of its languages. */

#define JUDGED_EVERY 97 /* with sanitizers; suite_audit judges all */

struct visitor {
    bool seen[SCREEN_COUNT][LANGUAGE_COUNT][DISPLAY_CLASS_COUNT];
    size_t pages;
    char last[100];
    struct fonts *fonts;
    struct audit *audit;
    struct page page;
    struct layout layout;
};

static struct visitor visitor;
static struct translation *translations[LANGUAGE_COUNT];

static void
ignore(void *data, const struct audit_failure *failure)
{
    (void)data;
    assert_true(failure->rule < AUDIT_RULE_COUNT);
    assert_true(failure->figure[0] != '\0');
}

static void
judge(enum display_class display, const struct page *page)
{
    struct layout_options options = {.display = display, .pressed = -1, .focused = -1};

    page_copy(&visitor.page, page);
    layout_fit(&visitor.page, &options, visitor.fonts);
    layout_page(&visitor.layout, &visitor.page, &options, visitor.fonts);
    audit_page(visitor.audit, &visitor.page, &visitor.layout, &options, ignore, NULL);
}

static void
look(void *data, const char *situation, enum display_class display,
     const struct page *page)
{
    (void)data;
    assert_true(situation[0] != '\0');
    text_copy(visitor.last, sizeof(visitor.last), situation);
    for (int screen = 0; screen < SCREEN_COUNT; screen++) {
        if (text_equal(page->screen, screen_name((enum screen_id)screen))) {
            visitor.seen[screen][page->language][display] = true;
        }
    }
    if (visitor.pages++ % JUDGED_EVERY == 0) {
        judge(display, page);
    }
}

static struct catalogue *
open_catalogue(const char *path)
{
    struct error error = {0};
    struct catalogue *catalogue = catalogue_open(path, &error);

    if (catalogue == NULL) {
        fail_msg("%s", error.message);
    }
    return catalogue;
}

static void
tour(const struct catalogue *catalogue)
{
    const struct tour_options options = {.catalogue = catalogue,
                                         .translations = translations};
    struct error error = {0};

    memset(visitor.seen, 0, sizeof(visitor.seen));
    visitor.pages = 0;
    if (!tour_run(&options, look, NULL, &error)) {
        fail_msg("%s", error.message);
    }
}

/* Between visits, and out of order, only the first language is spoken. */
static bool
speaks_all(enum screen_id screen)
{
    return screen != SCREEN_ATTRACT && screen != SCREEN_OUT_OF_ORDER;
}

static void
test_a_tour_comes_by_every_screen_in_every_language(void **state)
{
    struct catalogue *catalogue = open_catalogue("assets/example/catalogue.json");

    (void)state;
    tour(catalogue);
    for (int screen = 0; screen < SCREEN_COUNT; screen++) {
        for (size_t l = 0; l < catalogue->language_count; l++) {
            for (int display = 0; display < DISPLAY_CLASS_COUNT; display++) {
                enum language language = catalogue->languages[l];

                if (!visitor.seen[screen][language][display] &&
                    screen != SCREEN_LOCATIONS &&
                    (l == 0 || speaks_all((enum screen_id)screen)))
                {
                    fail_msg("\"%s\" is not seen in %s",
                             screen_name((enum screen_id)screen),
                             language_code(language));
                }
            }
        }
    }
    catalogue_destroy(catalogue);
}

/* The example has too few places to choose from a list; here there are many. */
static void
test_a_tour_knows_no_catalogue(void **state)
{
    struct catalogue *catalogue = open_catalogue("tests/data/catalogue-places.json");

    (void)state;
    tour(catalogue);
    assert_true(visitor.seen[SCREEN_LOCATIONS][LANGUAGE_NL][DISPLAY_L]);
    catalogue_destroy(catalogue);
}

static int
open_all(void **state)
{
    static struct theme theme, high_contrast;
    const char *build = getenv("BUILD") != NULL ? getenv("BUILD") : "build";
    char folder[300];
    struct error error = {0};

    (void)state;
    snprintf(folder, sizeof(folder), "%s/translations", build);
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        translations[i] =
            translation_open(folder, language_code((enum language)i), &error);
    }
    theme_make(&theme, THEME_BRAND_1, THEME_BRAND_2, false);
    theme_make(&high_contrast, THEME_BRAND_1, THEME_BRAND_2, true);
    visitor.fonts = fonts_open(&error);
    visitor.audit = audit_create(visitor.fonts, &theme, &high_contrast);
    return visitor.fonts != NULL ? 0 : -1;
}

static int
close_all(void **state)
{
    (void)state;
    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        translation_close(translations[i]);
    }
    audit_destroy(visitor.audit);
    fonts_close(visitor.fonts);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_tour_comes_by_every_screen_in_every_language),
        cmocka_unit_test(test_a_tour_knows_no_catalogue),
    };

    return cmocka_run_group_tests_name("tour", tests, open_all, close_all);
}
