#include "ui/fit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the four above. */
#include <cmocka.h>
#include <string.h>

#include "support/fonts_case.h"
#include "ui/layout.h"

/* Words that are as wide as the upright panel, in its largest letters: what stands
 * beside them gives way, and none is broken. */

static struct page page;
static struct layout layout;

static void
begin(void)
{
    page_begin(&page, PAGE_WORK, "words", LANGUAGE_NL);
    page.paging = (struct paging_words){"{1} van {2}",
                                        "Meer",
                                        "Meer keuzes",
                                        "Terug naar het begin",
                                        "Verder",
                                        "Vorige",
                                        1,
                                        2};
    page.adjustment.text = TEXT_LARGEST;
    page_add(&page, SLOT_STAGE, ROLE_TITLE, "title", "Woorden");
}

static void
fit(void)
{
    const struct layout_options options = {
        .display = DISPLAY_P, .pressed = -1, .focused = -1};

    layout_fit(&page, &options, fonts);
    layout_page(&layout, &page, &options, fonts);
}

static int
index_of(const char *id)
{
    const struct element *element = page_find(&page, id);

    assert_non_null(element);
    return (int)(element - page.elements);
}

static struct rectangle
place_of(const char *id)
{
    const struct box *box = layout_box(&layout, index_of(id));

    assert_non_null(box);
    return box->rect;
}

/* The element's first item of the kind; NULL for none. */
static const struct item *
item_of(const char *id, enum item_kind kind)
{
    for (size_t i = 0; i < layout.item_count; i++) {
        if (layout.items[i].element == index_of(id) && layout.items[i].kind == kind) {
            return &layout.items[i];
        }
    }
    return NULL;
}

static int
lines_of(const char *id)
{
    int lines = 0;

    for (size_t i = 0; i < layout.item_count; i++) {
        lines += layout.items[i].element == index_of(id) &&
                 layout.items[i].kind == ITEM_TEXT;
    }
    return lines;
}

static void
add_choices(const char *first, const char *second, const char *third)
{
    struct element *bar = page_add(&page, SLOT_SHEET, ROLE_SEGMENTS, "bar", "");
    const char *const labels[] = {first, second, third};
    const char *const ids[] = {"one", "two", "three"};

    for (int i = 0; i < 3; i++) {
        page_put_under(&page,
                       page_add_action(&page, SLOT_SHEET, ROLE_SEGMENT, ids[i],
                                       labels[i], (struct action){.verb = 1}),
                       bar);
    }
}

static void
test_segments_stand_under_each_other_where_a_word_has_no_room(void **state)
{
    (void)state;
    begin();
    add_choices("Ja", "Nee", "Later");
    fit();
    assert_int_equal(place_of("one").y, place_of("three").y);
    begin();
    add_choices("Gewoon", "Groot", "Allergrootst");
    fit();
    assert_int_equal(place_of("one").x, place_of("three").x);
    assert_true(place_of("two").y >= place_of("one").y + place_of("one").height);
    assert_int_equal(lines_of("three"), 1);
}

static void
test_a_word_goes_before_the_icon_of_a_message(void **state)
{
    (void)state;
    begin();
    page_add(&page, SLOT_SHEET, ROLE_MESSAGE, "short", "Bel de gemeente.")->icon =
        "info";
    page_add(&page, SLOT_SHEET, ROLE_MESSAGE, "long", "Verblijfsvergunning.")->icon =
        "info";
    fit();
    assert_non_null(item_of("short", ITEM_ICON));
    assert_null(item_of("long", ITEM_ICON));
    assert_int_equal(lines_of("long"), 1);
}

static void
test_an_address_is_broken_before_a_point(void **state)
{
    const struct item *line;

    (void)state;
    begin();
    page_add(&page, SLOT_SHEET, ROLE_MESSAGE, "how", "omgevingswet.overheid.nl");
    fit();
    line = item_of("how", ITEM_TEXT);
    assert_int_equal(lines_of("how"), 2);
    assert_int_equal(line->text[line->length], '.');
}

static int
width_of(const char *text)
{
    return fonts_width(fonts, (struct text_style){63, WEIGHT_REGULAR}, text,
                       strlen(text));
}

/* It is seen there, and only there. */
static void
test_a_word_is_broken_at_a_soft_hyphen(void **state)
{
    const struct item *line;

    (void)state;
    assert_int_equal(width_of("paspoort\u00ad"), width_of("paspoort-"));
    assert_int_equal(width_of("pas\u00adpoort"), width_of("paspoort"));
    begin();
    page_add(&page, SLOT_SHEET, ROLE_MESSAGE, "card",
             "Gehandicapten\u00adparkeer\u00adkaart");
    page_add(&page, SLOT_SHEET, ROLE_MESSAGE, "whole", "Parkeer\u00adkaart");
    fit();
    line = item_of("card", ITEM_TEXT);
    assert_int_equal(lines_of("card"), 2);
    assert_memory_equal(line->text + line->length, "parkeer", 7);
    assert_int_equal(lines_of("whole"), 1);
}

static void
test_the_place_of_a_part_stands_over_a_long_button(void **state)
{
    static const char *const ids[] = {"a", "b", "c", "d", "e", "f"};

    (void)state;
    begin();
    page.paging.more = "Terugvindbaar";
    for (int i = 0; i < 6; i++) {
        page_add_action(&page, SLOT_SHEET, ROLE_ROW, ids[i], "Paspoort",
                        (struct action){.verb = 1});
    }
    fit();
    assert_true(page.part_count > 1);
    assert_int_equal(lines_of("more"), 1);
    assert_true(item_of("paging", ITEM_TEXT)->rect.y < place_of("more").y);
}

/* Any touch answers it, so that nobody gets to another part of it. */
static void
test_a_question_that_counts_down_is_on_one_part(void **state)
{
    struct element *element;

    (void)state;
    begin();
    element = page_add(&page, SLOT_OVERLAY, ROLE_COUNTDOWN, "countdown", "22");
    element->number = 22;
    element->detail = "seconden";
    page_add(&page, SLOT_OVERLAY, ROLE_TITLE, "question", "Bent u er nog?")->detail =
        "Raak het scherm aan om verder te gaan. Anders stopt deze zuil en wissen we "
        "wat u hebt ingevuld.";
    page_add_action(&page, SLOT_OVERLAY, ROLE_BUTTON, "go-on", "Ja, ik ga verder",
                    (struct action){.verb = 1})
        ->flags |= ELEMENT_PRIMARY;
    page_add_action(&page, SLOT_OVERLAY, ROLE_BUTTON, "stop",
                    "Stop en wis mijn gegevens", (struct action){.verb = 1});
    fit();
    assert_int_equal(page.overlay_part_count, 1);
    assert_string_equal(page_find(&page, "countdown")->label, "22 seconden");
    assert_non_null(strstr(page_find(&page, "question")->spoken, "wissen we"));
    assert_true(place_of("go-on").y < place_of("stop").y);
    assert_true(item_of("question", ITEM_TEXT)->rect.y <
                item_of("countdown", ITEM_TEXT)->rect.y);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_segments_stand_under_each_other_where_a_word_has_no_room),
        cmocka_unit_test(test_a_word_goes_before_the_icon_of_a_message),
        cmocka_unit_test(test_an_address_is_broken_before_a_point),
        cmocka_unit_test(test_a_word_is_broken_at_a_soft_hyphen),
        cmocka_unit_test(test_the_place_of_a_part_stands_over_a_long_button),
        cmocka_unit_test(test_a_question_that_counts_down_is_on_one_part),
    };

    return cmocka_run_group_tests(tests, fonts_case_open, fonts_case_close);
}
