#include "ui/audit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the four above. */
#include <cmocka.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

/*
 * Each rule catches the fault that was planted for it, by name, and finds nothing on a
 * page without one.
 */

static struct fonts *fonts;
static struct theme theme, high_contrast;
static struct audit *audit;
static struct page page;
static struct layout layout;
static struct layout_options options;

static struct {
    int count;
    bool rule[AUDIT_RULE_COUNT];
    struct audit_failure first;
} seen;

static void
note(void *data, const struct audit_failure *failure)
{
    (void)data;
    if (seen.count++ == 0) {
        seen.first = *failure;
    }
    seen.rule[failure->rule] = true;
}

static bool four_cells; /* of the dock on the display that the page is cut to */

static void
add_dock(void)
{
    static const char *const cells[][3] = {{"back", "arrow_back", "Terug"},
                                           {"language", "translate", "Taal"},
                                           {"help", "support_agent", "Hulp"},
                                           {"adjust", "text_increase", "Aanpassen"},
                                           {"stop", "close", "Stop"}};

    for (int i = 0; i < 5; i++) {
        if (i == 1 && four_cells) {
            continue;
        }
        struct element *cell =
            page_add_action(&page, SLOT_DOCK, ROLE_DOCK, cells[i][0], cells[i][2],
                            (struct action){.verb = 1, .argument = i});

        cell->icon = cells[i][1];
        cell->number = i;
        cell->brief = i == 3 ? "Scherm" : NULL;
    }
}

/* A page without a fault, as it comes from a screen. */
static void
describe(void)
{
    page_begin(&page, PAGE_WORK, "products", LANGUAGE_NL);
    page.name_lines[0] = "Gemeente";
    page.name_lines[1] = "Voorbeeld";
    page.sign = "home";
    page_add(&page, SLOT_STAGE, ROLE_TITLE, "title", "Verhuizen");
    page_add(&page, SLOT_STAGE, ROLE_SUBTITLE, "subtitle", "Wat wilt u doen?");
    for (int i = 0; i < 3; i++) {
        static const char *const ids[] = {"one", "two", "three"};
        struct element *row =
            page_add_action(&page, SLOT_SHEET, ROLE_ROW, ids[i], "Verhuizing doorgeven",
                            (struct action){.verb = 1, .argument = i});

        row->icon = "home";
        row->detail = page_text(&page, "Binnen de gemeente");
    }
    page_add_action(&page, SLOT_FOOT, ROLE_BUTTON, "next", "Verder",
                    (struct action){.verb = 2})
        ->flags |= ELEMENT_PRIMARY;
    add_dock();
}

static void
lay_out(enum display_class display)
{
    options = (struct layout_options){.display = display, .pressed = -1, .focused = -1};
    layout_page(&layout, &page, &options, fonts);
}

static int
judge(void)
{
    memset(&seen, 0, sizeof(seen));
    return audit_page(audit, &page, &layout, &options, note, NULL);
}

/* It is found, by its name, on that element; and how it is said. */
static void
assert_caught(enum audit_rule rule, const char *element, const char *figure)
{
    int count = judge();

    if (!seen.rule[rule]) {
        fail_msg("%s is not found, of %d failures; the first: %s %s %s",
                 audit_rule_name(rule), count, audit_rule_name(seen.first.rule),
                 seen.first.element, seen.first.figure);
    }
    assert_int_equal(seen.first.rule, rule);
    assert_string_equal(seen.first.element, element);
    if (strstr(seen.first.figure, figure) == NULL) {
        fail_msg("\"%s\" does not say \"%s\"", seen.first.figure, figure);
    }
}

static struct element *
element(const char *id)
{
    return (struct element *)page_find(&page, id);
}

static struct box *
box(const char *id)
{
    return (struct box *)layout_box(&layout,
                                    (int)(page_find(&page, id) - page.elements));
}

static struct item *
text_item(const char *id)
{
    for (size_t i = 0; i < layout.item_count; i++) {
        if (layout.items[i].kind == ITEM_TEXT && layout.items[i].element >= 0 &&
            text_equal(page.elements[layout.items[i].element].id, id))
        {
            return &layout.items[i];
        }
    }
    fail_msg("\"%s\" has no text", id);
    return NULL;
}

static void
test_a_page_without_a_fault_has_none(void **state)
{
    (void)state;
    for (int display = 0; display < DISPLAY_CLASS_COUNT; display++) {
        if (display == DISPLAY_S) {
            continue; /* there is room for two of the three */
        }
        four_cells = display == DISPLAY_P;
        describe();
        four_cells = false;
        lay_out((enum display_class)display);
        if (judge() > 0) {
            fail_msg("%s of %s: %s", audit_rule_name(seen.first.rule),
                     seen.first.element, seen.first.figure);
        }
    }
}

static void
test_a_label_too_long_for_its_button_is_caught(void **state)
{
    (void)state;
    describe();
    element("two")->label = "Verhuizingsdoorgeefformulieraanvraagbevestigingsbrief";
    lay_out(DISPLAY_L);
    assert_caught(AUDIT_TEXT_FITS, "two", "a word is broken");
}

static void
test_a_word_that_is_not_drawn_is_caught(void **state)
{
    (void)state;
    describe();
    lay_out(DISPLAY_L);
    text_item("two")->length -= strlen("doorgeven");
    text_item("two")->rect.width =
        fonts_width(fonts, text_item("two")->style, text_item("two")->text,
                    text_item("two")->length);
    assert_caught(AUDIT_TEXT_WHOLE, "two", "\"doorgeven\" is not drawn");
}

static void
test_a_letter_that_no_font_has_is_caught(void **state)
{
    (void)state;
    describe();
    element("two")->label = "Verhuizing \xE4\xB8\xAD";
    lay_out(DISPLAY_L);
    assert_caught(AUDIT_GLYPH, "two", "U+4E2D");
}

static void
test_what_leaves_the_display_is_caught(void **state)
{
    (void)state;
    describe();
    lay_out(DISPLAY_L);
    box("stop")->rect.x += 30;
    assert_caught(AUDIT_ON_SCREEN, "stop", "on a display of 1080 x 1920");
}

static void
test_what_lies_over_something_else_is_caught(void **state)
{
    (void)state;
    describe();
    lay_out(DISPLAY_L);
    text_item("two")->rect.y = text_item("one")->rect.y;
    judge();
    assert_true(seen.rule[AUDIT_OVERLAP]);

    lay_out(DISPLAY_L);
    box("two")->rect.y -= 40;
    judge();
    assert_true(seen.rule[AUDIT_OVERLAP]);
}

static void
test_a_target_of_15_mm_is_caught(void **state)
{
    (void)state;
    describe();
    lay_out(DISPLAY_L);
    box("back")->rect.height = 54; /* 15 mm, and its letters are inside still */
    box("back")->rect.y = text_item("back")->rect.y;
    assert_caught(AUDIT_TARGET_SIZE, "back", "least 72 px (20 mm)");
}

static void
test_a_theme_of_low_contrast_is_caught(void **state)
{
    struct theme pale = theme;
    struct audit *other;

    (void)state;
    pale.rgb[COLOR_INK_2] = 0x9AA5A9;
    other = audit_create(fonts, &pale, &high_contrast);
    describe();
    lay_out(DISPLAY_L);
    memset(&seen, 0, sizeof(seen));
    audit_page(other, &page, &layout, &options, note, NULL);
    audit_destroy(other);
    assert_int_equal(seen.first.rule, AUDIT_CONTRAST);
    assert_string_equal(seen.first.element, "one");
    assert_non_null(strstr(seen.first.figure, "text ink-2 #9aa5a9 on #ffffff is 2.5"));
}

static void
test_an_outline_that_can_not_be_seen_is_caught(void **state)
{
    struct theme pale = theme;
    struct audit *other;

    (void)state;
    pale.rgb[COLOR_BORDER] = 0xD3DDDF;
    other = audit_create(fonts, &pale, &high_contrast);
    describe();
    lay_out(DISPLAY_L);
    memset(&seen, 0, sizeof(seen));
    audit_page(other, &page, &layout, &options, note, NULL);
    audit_destroy(other);
    assert_int_equal(seen.first.rule, AUDIT_CONTRAST);
    assert_non_null(strstr(seen.first.figure, "needs 3.0:1"));
}

static void
test_letters_too_small_are_caught(void **state)
{
    (void)state;
    describe();
    lay_out(DISPLAY_L);
    text_item("subtitle")->style.px = 30;
    text_item("subtitle")->rect.width =
        fonts_width(fonts, text_item("subtitle")->style, text_item("subtitle")->text,
                    text_item("subtitle")->length);
    assert_caught(AUDIT_TEXT_SIZE, "subtitle", "30 px, least 34 px");
}

/* Letters that do at an arm's length are too small from two metres away. */
static void
test_capitals_are_measured_by_viewing_distance(void **state)
{
    (void)state;
    describe();
    page.adjustment.text = TEXT_LARGEST;
    lay_out(DISPLAY_L);
    judge();
    assert_false(seen.rule[AUDIT_CAP_HEIGHT]);
    options.panel.viewing_mm = 2000;
    judge();
    assert_true(seen.rule[AUDIT_CAP_HEIGHT]);
}

static void
test_what_is_out_of_reach_is_caught(void **state)
{
    (void)state;
    describe();
    page.adjustment.reduced_reach = true;
    lay_out(DISPLAY_L);
    judge();
    assert_false(seen.rule[AUDIT_REACH]);
    box("one")->rect.y =
        layout_reach_line(&(struct layout_options){.display = DISPLAY_L}) - 1;
    judge();
    assert_true(seen.rule[AUDIT_REACH]);
}

static void
test_what_no_finger_gets_to_is_caught(void **state)
{
    (void)state;
    describe();
    lay_out(DISPLAY_L);
    *box("next") = layout.boxes[--layout.box_count];
    assert_caught(AUDIT_FOCUS, "next", "no finger gets to it");
}

static void
test_keys_that_jump_are_caught(void **state)
{
    struct rectangle kept;

    (void)state;
    describe();
    lay_out(DISPLAY_L);
    /* The first thing that the keys come to stands at the bottom. */
    kept = box("one")->rect;
    box("one")->rect = box("next")->rect;
    box("next")->rect = kept;
    judge();
    assert_true(seen.rule[AUDIT_FOCUS]);
}

static void
test_an_element_without_speech_is_caught(void **state)
{
    struct element *button;

    (void)state;
    describe();
    button = page_add_action(&page, SLOT_FOOT, ROLE_BUTTON, "silent", "",
                             (struct action){.verb = 3});
    button->icon = "print";
    lay_out(DISPLAY_L);
    judge();
    assert_true(seen.rule[AUDIT_SPEECH]);
    assert_string_equal(seen.first.element, "silent");
}

/* Laying out comes to an end, and what is too wide is said. */
static void
test_a_letter_wider_than_its_key_is_caught(void **state)
{
    struct element *keys;

    (void)state;
    describe();
    page.adjustment.text = TEXT_LARGEST;
    keys = page_add(&page, SLOT_SHEET, ROLE_KEYBOARD, "keys", "");
    for (int i = 0; i < 14; i++) {
        char id[16];

        snprintf(id, sizeof(id), "key-%d", i);
        page_put_under(&page,
                       page_add_action(&page, SLOT_SHEET, ROLE_KEY, id, "m",
                                       (struct action){.verb = 4}),
                       keys);
    }
    lay_out(DISPLAY_P);
    judge();
    assert_true(seen.rule[AUDIT_TARGET_SIZE]);
}

static void
test_a_page_laid_out_for_the_other_direction_is_caught(void **state)
{
    (void)state;
    describe();
    lay_out(DISPLAY_L);
    layout.right_to_left = true;
    judge();
    assert_true(seen.rule[AUDIT_MIRROR]);
}

static void
test_an_element_left_out_is_caught(void **state)
{
    size_t kept = 0;
    int left_out;

    (void)state;
    describe();
    lay_out(DISPLAY_L);
    left_out = (int)(page_find(&page, "subtitle") - page.elements);
    for (size_t i = 0; i < layout.item_count; i++) {
        if (layout.items[i].element != left_out) {
            layout.items[kept++] = layout.items[i];
        }
    }
    layout.item_count = kept;
    assert_caught(AUDIT_LAID_OUT, "subtitle", "the subtitle is left out");
}

static int
judge_focus(const char *id)
{
    options.focused = (int)(page_find(&page, id) - page.elements);
    memset(&seen, 0, sizeof(seen));
    return audit_focus_seen(audit, &page, &layout, &options, note, NULL);
}

static void
focus_on(const char *id)
{
    options.focused = (int)(page_find(&page, id) - page.elements);
    layout_page(&layout, &page, &options, fonts);
}

static void
test_the_focus_is_seen_on_everything(void **state)
{
    (void)state;
    describe();
    lay_out(DISPLAY_L);
    for (size_t i = 0; i < page.count; i++) {
        if (page_can_press(&page, &page.elements[i])) {
            focus_on(page.elements[i].id);
            assert_int_equal(judge_focus(page.elements[i].id), 0);
        }
    }
}

static void
test_a_focus_that_is_not_seen_is_caught(void **state)
{
    struct item *cover;

    (void)state;
    describe();
    lay_out(DISPLAY_L);
    focus_on("one");
    assert_int_equal(judge_focus("two"), 1); /* the ring is round another */
    assert_true(seen.rule[AUDIT_FOCUS_SEEN]);
    assert_string_equal(seen.first.element, "two");
    assert_int_equal(judge_focus("one"), 0);

    cover = &layout.items[layout.item_count++]; /* it is painted over at one side */
    *cover = (struct item){.kind = ITEM_FILL,
                           .rect = rectangle_grown(box("one")->rect, 8),
                           .color = COLOR_CARD,
                           .element = -1};
    cover->rect.x += 30;
    assert_int_equal(judge_focus("one"), 1);
    assert_non_null(strstr(seen.first.figure, "no ring of two colours is seen"));
}

static void
test_a_ring_of_two_colours_alike_is_caught(void **state)
{
    struct theme pale = theme;
    struct audit *other;

    (void)state;
    pale.rgb[COLOR_FOCUS_IN] = 0x30444b;
    other = audit_create(fonts, &pale, &high_contrast);
    describe();
    lay_out(DISPLAY_L);
    focus_on("next");
    memset(&seen, 0, sizeof(seen));
    audit_focus_seen(other, &page, &layout, &options, note, NULL);
    audit_destroy(other);
    assert_int_equal(seen.first.rule, AUDIT_FOCUS_SEEN);
    assert_string_equal(seen.first.element, "next");
    assert_non_null(strstr(seen.first.figure, "#30444b and #10242b"));
}

/* --- the language of what is said ------------------------------------------------- */

static bool
knows(void *data, enum language language, const char *word)
{
    static const char *const words[LANGUAGE_COUNT] = {
        [LANGUAGE_NL] = " binnen de doorgeven gemeente verder verhuizing ",
        [LANGUAGE_PL] = " dalej w gminie zglaszanie przeprowadzki button choice of ",
    };
    char sought[AUDIT_WORD_BYTES + 2];

    (void)data;
    snprintf(sought, sizeof(sought), " %s ", word);
    return words[language] != NULL && strstr(words[language], sought) != NULL;
}

static int
judge_language(void)
{
    struct audit_words words = {.knows = knows};

    for (int i = 0; i < LANGUAGE_COUNT; i++) {
        words.speech[i] =
            (struct speech_words){.button = "button",
                                  .choice = "choice",
                                  .position = "{1} of {2}",
                                  .choices = "{1}",
                                  .alphabet = "",
                                  .time = "",
                                  .hour = "",
                                  .price = "",
                                  .whole = "",
                                  .weekday_short = {"", "", "", "", "", "", ""},
                                  .weekday = {"", "", "", "", "", "", ""}};
    }
    memset(&seen, 0, sizeof(seen));
    return audit_language(audit, &page, &words, note, NULL);
}

static void
describe_in_polish(void)
{
    struct element *row;

    page_begin(&page, PAGE_WORK, "products", LANGUAGE_PL);
    row = page_add_action(&page, SLOT_SHEET, ROLE_ROW, "one",
                          "Zgłaszanie przeprowadzki", (struct action){.verb = 1});
    row->detail = page_text(&page, "W gminie");
    page_add_action(&page, SLOT_FOOT, ROLE_BUTTON, "next", "Dalej",
                    (struct action){.verb = 2});
}

static void
test_a_text_in_another_language_is_caught(void **state)
{
    (void)state;
    describe_in_polish();
    assert_int_equal(judge_language(), 0);

    element("one")->label = "Verhuizing doorgeven";
    assert_int_equal(judge_language(), 1);
    assert_int_equal(seen.first.rule, AUDIT_LANGUAGE);
    assert_string_equal(seen.first.element, "one");
    assert_non_null(
        strstr(seen.first.figure, "\"verhuizing\" is no word of the texts"));
}

/* What fell back to Dutch is said by the Dutch voice, each part of it by its own. */
static void
test_dutch_that_is_marked_may_be_said(void **state)
{
    (void)state;
    describe_in_polish();
    element("one")->label = "Verhuizing doorgeven" PAGE_DUTCH_MARK;
    element("one")->detail = "Binnen de gemeente" PAGE_DUTCH_MARK;
    assert_int_equal(judge_language(), 0);
    element("one")->detail = "W gminie";
    assert_int_equal(judge_language(), 0);
    element("one")->label = "Zgłaszanie przeprowadzki";
    element("one")->detail = "Binnen de gemeente" PAGE_DUTCH_MARK;
    assert_int_equal(judge_language(), 0);
}

/* Keys of a small panel may be 12.7 mm, 104 pixels, if 2.5 mm, 20 pixels, are between.
 */
static void
test_keys_too_near_each_other_are_caught(void **state)
{
    struct element *keys;

    (void)state;
    four_cells = true;
    describe();
    four_cells = false;
    keys = page_add(&page, SLOT_SHEET, ROLE_KEYBOARD, "keys", "");
    for (int i = 0; i < 2; i++) {
        page_put_under(&page,
                       page_add_action(&page, SLOT_SHEET, ROLE_KEY, i == 0 ? "a" : "b",
                                       "a", (struct action){.verb = 4}),
                       keys);
    }
    lay_out(DISPLAY_P);
    layout.boxes[0] = *box("a");
    layout.boxes[1] = *box("b");
    layout.box_count = 2;
    layout.boxes[0].rect = (struct rectangle){100, 200, 104, 104};
    layout.boxes[1].rect = (struct rectangle){224, 200, 104, 104};
    judge();
    assert_false(seen.rule[AUDIT_TARGET_SIZE] || seen.rule[AUDIT_TARGET_GAP]);
    layout.boxes[1].rect.x--;
    judge();
    assert_true(seen.rule[AUDIT_TARGET_GAP]);
}

static void
test_what_turning_round_twice_changes_is_caught(void **state)
{
    (void)state;
    describe();
    lay_out(DISPLAY_L);
    layout.items[layout.item_count - 1].corners |= 1u << 4; /* no side of a mirror */
    judge();
    assert_int_equal(seen.first.rule, AUDIT_MIRROR);
    assert_non_null(strstr(seen.first.figure, "it differs when turned round twice"));
}

static int
open_all(void **state)
{
    struct error error = {0};

    (void)state;
    fonts = fonts_open(&error);
    theme_make(&theme, THEME_BRAND_1, THEME_BRAND_2, false);
    theme_make(&high_contrast, THEME_BRAND_1, THEME_BRAND_2, true);
    audit = audit_create(fonts, &theme, &high_contrast);
    return fonts != NULL ? 0 : -1;
}

static int
close_all(void **state)
{
    (void)state;
    audit_destroy(audit);
    fonts_close(fonts);
    return 0;
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_page_without_a_fault_has_none),
        cmocka_unit_test(test_a_label_too_long_for_its_button_is_caught),
        cmocka_unit_test(test_a_word_that_is_not_drawn_is_caught),
        cmocka_unit_test(test_a_letter_that_no_font_has_is_caught),
        cmocka_unit_test(test_what_leaves_the_display_is_caught),
        cmocka_unit_test(test_what_lies_over_something_else_is_caught),
        cmocka_unit_test(test_a_target_of_15_mm_is_caught),
        cmocka_unit_test(test_a_theme_of_low_contrast_is_caught),
        cmocka_unit_test(test_an_outline_that_can_not_be_seen_is_caught),
        cmocka_unit_test(test_letters_too_small_are_caught),
        cmocka_unit_test(test_capitals_are_measured_by_viewing_distance),
        cmocka_unit_test(test_what_is_out_of_reach_is_caught),
        cmocka_unit_test(test_what_no_finger_gets_to_is_caught),
        cmocka_unit_test(test_keys_that_jump_are_caught),
        cmocka_unit_test(test_an_element_without_speech_is_caught),
        cmocka_unit_test(test_a_letter_wider_than_its_key_is_caught),
        cmocka_unit_test(test_a_page_laid_out_for_the_other_direction_is_caught),
        cmocka_unit_test(test_an_element_left_out_is_caught),
        cmocka_unit_test(test_what_turning_round_twice_changes_is_caught),
        cmocka_unit_test(test_keys_too_near_each_other_are_caught),
        cmocka_unit_test(test_the_focus_is_seen_on_everything),
        cmocka_unit_test(test_a_focus_that_is_not_seen_is_caught),
        cmocka_unit_test(test_a_ring_of_two_colours_alike_is_caught),
        cmocka_unit_test(test_a_text_in_another_language_is_caught),
        cmocka_unit_test(test_dutch_that_is_marked_may_be_said),
    };

    return cmocka_run_group_tests_name("audit", tests, open_all, close_all);
}
