#include "ui/fit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the four above. */
#include <cmocka.h>

#include "support/fonts_case.h"
#include "support/page_file.h"

/*
 * What has to be seen first on displays where not all fits at once: what a ticket says
 * comes before its code, with nothing of it left out; a question that counts down
 * stands with its buttons.
 */

static struct page whole, part;

static void
fit_part(const char *path, enum display_class display, int at)
{
    const struct layout_options options = {
        .display = display, .pressed = -1, .focused = -1};

    page_file_read(path, &whole);
    whole.paging = (struct paging_words){"{1} van {2}",
                                         "Meer",
                                         "Meer keuzes",
                                         "Terug naar het begin",
                                         "Verder",
                                         "Vorige",
                                         1,
                                         2};
    whole.adjustment.text = TEXT_LARGEST;
    page_copy(&part, &whole);
    part.part = at;
    layout_fit(&part, &options, fonts);
}

static bool
is_there(const char *id)
{
    return page_find(&part, id) != NULL;
}

/* The part with the number's own words. */
static bool
says_number(void)
{
    const struct element *number = page_find(&part, "number");

    return number != NULL && number->value[0] != '\0';
}

static void
test_a_number_is_seen_before_its_code(void **state)
{
    static const char path[] = "tests/golden/layout/33-walkin-number.page";
    int codes = 0, at = 0;

    (void)state;
    fit_part(path, DISPLAY_S, 0);
    assert_true(says_number() && is_there("place"));
    assert_false(is_there("qr") || is_there("subtitle"));
    do {
        fit_part(path, DISPLAY_S, at);
        assert_int_equal(says_number(), at == 0);
        codes += is_there("qr");
    } while (++at < part.part_count);
    assert_int_equal(codes, 1);
    assert_true(is_there("subtitle") && is_there("print") && is_there("finish"));
}

static void
test_an_appointment_is_seen_before_its_code(void **state)
{
    static const char path[] = "tests/golden/layout/11-done.page";
    static const enum display_class displays[] = {DISPLAY_S, DISPLAY_P};
    int codes = 0;

    (void)state;
    for (int i = 0; i < 2; i++) {
        int at = 0;

        fit_part(path, displays[i], 0);
        assert_true(is_there("day") && is_there("time") && !is_there("subtitle"));
        do {
            fit_part(path, displays[i], at);
            codes += is_there("qr");
            assert_false(is_there("qr") && is_there("day"));
        } while (++at < part.part_count);
        assert_true(is_there("subtitle") && is_there("print"));
    }
    assert_int_equal(codes, 2);
    fit_part(path, DISPLAY_L, 0); /* beside it */
    assert_true(is_there("qr") && is_there("day") && !is_there("subtitle"));
}

static void
test_a_question_with_a_countdown_is_not_cut(void **state)
{
    static const char path[] = "tests/golden/layout/15-timeout.page";

    (void)state;
    for (int display = 0; display < DISPLAY_CLASS_COUNT; display++) {
        fit_part(path, (enum display_class)display, 0);
        assert_int_equal(part.overlay_part_count, 1);
        assert_true(is_there("idle") && is_there("stay"));
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_number_is_seen_before_its_code),
        cmocka_unit_test(test_an_appointment_is_seen_before_its_code),
        cmocka_unit_test(test_a_question_with_a_countdown_is_not_cut),
    };

    return cmocka_run_group_tests(tests, fonts_case_open, fonts_case_close);
}
