#include "ui/fit.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
/* cmocka.h needs the four above. */
#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "support/fonts_case.h"
#include "support/page_file.h"
#include "ui/layout.h"

/*
 * Pages of every make, by chance: their parts together are the page, in its order, and
 * each of them has room. The seed of a page is its number.
 */

#define PAGES 40
#define VERB_ITEM 1
#define VERB_PART 2
#define VERB_OVERLAY_PART 3
#define EDGE 2 /* px: a rounding */

static struct page whole, part;
static struct layout layout;
static unsigned chance;

static int
any(int below)
{
    chance = chance * 1103515245u + 12345u;
    return (int)(chance / 65536u % (unsigned)below);
}

static const char *
words(int most)
{
    static const char *const list[] = {
        "paspoort", "aanvragen",  "bij", "de",    "balie", "of",
        "thuis",    "verhuizing", "u",   "neemt", "mee",   "identiteitskaart"};
    static char text[2000];
    int count = 1 + any(most);

    text[0] = '\0';
    for (int i = 0; i < count; i++) {
        strcat(text, i > 0 ? " " : "");
        strcat(text, list[any(12)]);
    }
    return text;
}

static struct element *
add(enum slot slot, enum role role, bool touched, int most)
{
    char id[PAGE_ID_BYTES];

    snprintf(id, sizeof(id), "%s-%zu", role_name(role), whole.count);
    return touched ? page_add_action(&whole, slot, role, id, words(most),
                                     (struct action){.verb = VERB_ITEM})
                   : page_add(&whole, slot, role, id, words(most));
}

static void
add_under(struct element *parent, enum role role, int most)
{
    struct element *child = add(parent->slot, role, false, most);

    child->icon = any(2) == 0 ? "info" : NULL;
    page_put_under(&whole, child, parent);
}

static void
add_rows(enum slot slot)
{
    int count = 1 + any(10);

    for (int i = 0; i < count; i++) {
        struct element *row = add(slot, ROLE_ROW, true, 4);

        row->icon = "info";
        row->detail = page_text(&whole, words(6));
    }
}

static void
add_times(void)
{
    for (int day = 0; day < 2; day++) {
        int count = 1 + any(30);

        add(SLOT_SHEET, ROLE_SECTION, false, 2);
        for (int i = 0; i < count; i++) {
            add(SLOT_SHEET, ROLE_TIME, true, 1)->label = "10.20";
        }
    }
}

static void
add_card(void)
{
    struct element *card = add(SLOT_SHEET, ROLE_CARD, false, 1);
    int count = 1 + any(12);

    card->label = "";
    add_under(card, ROLE_HEADING, 3);
    for (int i = 0; i < count; i++) {
        add_under(card, any(2) == 0 ? ROLE_CHECK : ROLE_PARAGRAPH, 30);
    }
}

static void
add_summary(void)
{
    struct element *card = add(SLOT_SHEET, ROLE_CARD, false, 1);
    int count = 1 + any(6);

    card->label = "";
    for (int i = 0; i < count; i++) {
        add_under(card, ROLE_SUMMARY, 2);
        whole.elements[whole.count - 1].value = page_text(&whole, words(4));
    }
}

static void
add_days(void)
{
    struct element *weekdays;

    add(SLOT_SHEET, ROLE_MONTH, false, 2);
    weekdays = add(SLOT_SHEET, ROLE_WEEKDAYS, false, 1);
    for (int i = 0; i < 6; i++) {
        add_under(weekdays, ROLE_WEEKDAY, 1);
        whole.elements[whole.count - 1].label = "ma";
    }
    for (int i = 0; i < 18; i++) {
        struct element *day = add(SLOT_SHEET, ROLE_DAY, true, 1);

        day->label = "12";
        day->detail = "9 vrij";
        day->number = i % 6;
    }
}

static void
add_channels(void)
{
    int count = 2 + any(3);

    for (int i = 0; i < count; i++) {
        struct element *channel = add(SLOT_SHEET, ROLE_CHANNEL, true, 3);

        channel->icon = "info";
        add_under(channel, ROLE_FACT, 3);
        add_under(channel, ROLE_FACT, 3);
    }
}

static void
add_block(void)
{
    switch (any(8)) {
    case 0:
        add_rows(SLOT_SHEET);
        break;
    case 1:
        add_times();
        break;
    case 2:
        add_card();
        break;
    case 3:
        add_summary();
        break;
    case 4:
        if (whole.count < 100) {
            add_days();
        }
        break;
    case 5:
        add_channels();
        break;
    default:
        add(SLOT_SHEET, any(2) == 0 ? ROLE_MESSAGE : ROLE_LEGEND, false, 20)->icon =
            "info";
        break;
    }
}

static void
add_foot(void)
{
    int kind = any(4);

    if (kind > 1) {
        add(SLOT_FOOT, ROLE_BUTTON, true, 2);
    }
    if (kind > 0) {
        add(SLOT_FOOT, ROLE_BUTTON, true, 2)->flags |= ELEMENT_PRIMARY;
    }
}

static void
add_overlay(void)
{
    add(SLOT_OVERLAY, ROLE_TITLE, false, 4)->icon = "info";
    add_rows(SLOT_OVERLAY);
    add(SLOT_OVERLAY, ROLE_BUTTON, true, 2);
}

static void
describe(unsigned seed)
{
    static const char *const cells[] = {"back", "language", "help", "adjust", "stop"};
    int blocks;

    chance = seed * 7919u + 1;
    page_begin(&whole, PAGE_WORK, "any", LANGUAGE_NL);
    whole.paging = (struct paging_words){
        "{1} van {2}", "Meer",   "Meer keuzes", "Terug naar het begin",
        "Verder",      "Vorige", VERB_PART,     VERB_OVERLAY_PART};
    whole.adjustment.text = (enum text_size)any(TEXT_SIZE_COUNT);
    whole.adjustment.reduced_reach = any(3) == 0;
    page_add(&whole, SLOT_STAGE, ROLE_TITLE, "title", "Kies een dag");
    blocks = 1 + any(4);
    for (int i = 0; i < blocks; i++) {
        add_block();
    }
    add_foot();
    if (any(3) == 0) {
        add_overlay();
    }
    for (int i = 0; i < 5; i++) {
        struct element *cell =
            page_add_action(&whole, SLOT_DOCK, ROLE_DOCK, cells[i], cells[i],
                            (struct action){.verb = VERB_ITEM});

        cell->icon = "info";
        cell->number = i;
    }
}

static void
fit_part(enum display_class display, int at, int overlay_at)
{
    const struct layout_options options = {
        .display = display, .pressed = -1, .focused = -1};

    page_copy(&part, &whole);
    part.part = at;
    part.overlay_part = overlay_at;
    layout_fit(&part, &options, fonts);
    layout_page(&layout, &part, &options, fonts);
}

/* --- what must hold ----------------------------------------------------------------
 */

static bool
may_repeat(const struct element *element)
{
    switch ((int)element->role) {
    case ROLE_SECTION:
    case ROLE_MONTH:
    case ROLE_WEEKDAYS:
    case ROLE_WEEKDAY:
    case ROLE_CARD:
    case ROLE_CHANNEL:
        return true;
    default:
        return element->slot != SLOT_SHEET && element->slot != SLOT_OVERLAY;
    }
}

static int
index_in_whole(const char *id)
{
    const struct element *element = page_find(&whole, id);

    return element != NULL ? (int)(element - whole.elements) : -1;
}

/* In the order of the description, but for words that moved to the stage. */
static void
assert_order(unsigned seed)
{
    int before = -1;

    for (size_t i = 0; i < part.count; i++) {
        int at = index_in_whole(part.elements[i].id);

        if (at < 0 || part.elements[i].slot == SLOT_STAGE) {
            continue;
        }
        if (at < before) {
            fail_msg("page %u: %s stands before %s", seed, part.elements[i].id,
                     whole.elements[before].id);
        }
        before = at;
    }
}

/* Nothing of the sheet is lower than its foot begins, or than the dock. */
static void
assert_room(unsigned seed, enum display_class display)
{
    int end = 0, floor = layout.height, last = -1;

    for (size_t i = 0; i < layout.item_count; i++) {
        const struct item *item = &layout.items[i];
        enum slot slot =
            item->element >= 0 ? part.elements[item->element].slot : SLOT_STAGE;
        int bottom = item->rect.y + item->rect.height;

        if (slot == SLOT_SHEET && bottom > end && item->kind != ITEM_SHADOW) {
            end = bottom;
            last = item->element;
        } else if ((slot == SLOT_FOOT || (slot == SLOT_DOCK && item->rect.x == 0)) &&
                   item->rect.y < floor)
        {
            floor = item->rect.y;
        }
    }
    if (end > floor + EDGE) {
        fail_msg("page %u on %d, part %d of %d: %s ends at %d, its foot begins at %d",
                 seed, (int)display, part.part + 1, part.part_count,
                 part.elements[last].id, end, floor);
    }
}

static bool
holds_primary(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].slot == SLOT_FOOT &&
            page->elements[i].action.verb == VERB_ITEM &&
            (page->elements[i].flags & ELEMENT_PRIMARY) != 0)
        {
            return true;
        }
    }
    return false;
}

/* They may cost half of the times on a part. */
static bool
is_heading_of_times(size_t element)
{
    return whole.elements[element].role == ROLE_SECTION && element + 1 < whole.count &&
           whole.elements[element + 1].role == ROLE_TIME;
}

/* It says where one is, and has a way on. */
static void
assert_paging(unsigned seed)
{
    const struct element *row = page_find(&part, "paging");
    const struct element *more = page_find(&part, "more");
    bool last = part.part + 1 == part.part_count;
    char label[40];

    if (part.part_count == 1) {
        assert_null(row);
        return;
    }
    snprintf(label, sizeof(label), "%d van %d", part.part + 1, part.part_count);
    if (row == NULL || !text_equal(row->label, label)) {
        fail_msg("page %u: %s instead of %s", seed,
                 row != NULL ? row->label : "nothing", label);
    }
    if (more != NULL) {
        assert_int_equal(more->action.verb, VERB_PART);
        assert_int_equal(more->action.argument, last ? 0 : part.part + 1);
    }
    assert_true(more != NULL || (last && holds_primary(&part)));
    assert_true(!last || holds_primary(&part) == holds_primary(&whole));
}

static void
walk(unsigned seed, enum display_class display)
{
    int seen[PAGE_ELEMENTS_MAX] = {0};
    int count, overlay_count;

    fit_part(display, 0, 0);
    count = part.part_count;
    overlay_count = part.overlay_part_count;
    for (int i = 0; i < count || i < overlay_count; i++) {
        int at = i < count ? i : count - 1;
        int overlay_at = i < overlay_count ? i : overlay_count - 1;

        fit_part(display, at, overlay_at);
        assert_int_equal(part.part, at);
        assert_int_equal(part.part_count, count);
        assert_int_equal(part.overlay_part, overlay_at);
        assert_order(seed);
        assert_room(seed, display);
        assert_paging(seed);
        for (size_t e = 0; e < part.count; e++) {
            int known = index_in_whole(part.elements[e].id);
            bool again =
                part.elements[e].slot == SLOT_OVERLAY ? i >= overlay_count : i >= count;

            if (known >= 0) {
                seen[known] += !again;
            }
        }
    }
    for (size_t e = 0; e < whole.count; e++) {
        const struct element *element = &whole.elements[e];
        bool moved = element->role == ROLE_MESSAGE || element->role == ROLE_LEGEND;
        bool leads = element->slot == SLOT_OVERLAY && element->role != ROLE_ROW;

        if (seen[e] == 0 && !text_equal(element->id, "language") &&
            !is_heading_of_times(e)) {
            fail_msg("page %u on %d: %s is lost", seed, (int)display, element->id);
        }
        if (seen[e] > 1 && !may_repeat(element) && !moved && !leads) {
            fail_msg("page %u on %d: %s is there twice", seed, (int)display,
                     element->id);
        }
    }
}

static void
test_the_parts_of_a_page_are_the_page(void **state)
{
    int cut = 0;

    (void)state;
    for (unsigned seed = 0; seed < PAGES; seed++) {
        for (int display = 0; display < DISPLAY_CLASS_COUNT; display++) {
            describe(seed);
            walk(seed, (enum display_class)display);
            cut += part.part_count > 1;
        }
    }
    print_message("%d of %d pages are cut\n", cut, PAGES * DISPLAY_CLASS_COUNT);
    assert_true(cut > PAGES / 4);
}

static void
test_a_part_that_is_no_more_is_the_last(void **state)
{
    (void)state;
    for (unsigned seed = 0; seed < 40; seed++) {
        describe(seed);
        fit_part(DISPLAY_M, 99, 99);
        assert_int_equal(part.part, part.part_count - 1);
        assert_int_equal(part.overlay_part, part.overlay_part_count - 1);
    }
}

/* --- weeks, which are stepped through ----------------------------------------------
 */

#define WEEKS 6
#define VERB_WEEKS 4

/* A page to choose a day on, with a place and a message that fill it up. */
static void
describe_weeks(enum text_size text, bool reach, int chosen)
{
    struct element *month, *weekdays, *next;

    page_begin(&whole, PAGE_WORK, "day", LANGUAGE_NL);
    whole.paging = (struct paging_words){
        "{1} van {2}", "Meer",   "Meer keuzes", "Terug naar het begin",
        "Verder",      "Vorige", VERB_PART,     VERB_OVERLAY_PART};
    whole.adjustment.text = text;
    whole.adjustment.reduced_reach = reach;
    page_add(&whole, SLOT_STAGE, ROLE_TITLE, "title", "Kies een dag");
    page_add_action(&whole, SLOT_SHEET, ROLE_PLACE_CHANGE, "change-place", "De Linde",
                    (struct action){.verb = VERB_ITEM})
        ->detail = "wijzig";
    month = page_add(&whole, SLOT_SHEET, ROLE_MONTH, "month", "december 2026");
    month->brief = "december";
    for (int way = -1; way <= 1; way += 2) {
        page_put_under(&whole,
                       page_add_action(&whole, SLOT_SHEET, ROLE_MONTH_STEP,
                                       way < 0 ? "earlier" : "later", "",
                                       (struct action){VERB_WEEKS, way * 6 * WEEKS}),
                       month);
        whole.elements[whole.count - 1].icon = "chevron_left";
        whole.elements[whole.count - 1].flags |= way < 0 ? ELEMENT_DISABLED : 0u;
    }
    weekdays = page_add(&whole, SLOT_SHEET, ROLE_WEEKDAYS, "weekdays", "");
    for (int i = 0; i < 6; i++) {
        static const char *const names[] = {"ma", "di", "wo", "do", "vr", "za"};

        page_put_under(&whole,
                       page_add(&whole, SLOT_SHEET, ROLE_WEEKDAY,
                                page_format(&whole, "weekday-%d", i), names[i]),
                       weekdays);
    }
    for (int i = 0; i < 6 * WEEKS; i++) {
        struct element *day = page_add_action(
            &whole, SLOT_SHEET, ROLE_DAY, page_format(&whole, "day-%d", i),
            page_format(&whole, "%d", i % 28 + 1), (struct action){VERB_ITEM, i});

        day->detail = "16 vrij";
        day->number = i % 6;
        day->flags |= i == chosen ? ELEMENT_SELECTED : 0u;
    }
    page_add(&whole, SLOT_SHEET, ROLE_MESSAGE, "chosen", "**dinsdag 1 december** hier")
        ->icon = "place";
    next = page_add_action(&whole, SLOT_FOOT, ROLE_BUTTON, "next", "Kies een tijd",
                           (struct action){.verb = VERB_ITEM});
    next->extra = "Kies een tijd op di 1 december";
    next->flags |= ELEMENT_PRIMARY;
}

static int
count_role(enum role role)
{
    int count = 0;

    for (size_t i = 0; i < part.count; i++) {
        count += part.elements[i].role == role;
    }
    return count;
}

/* Whole weeks, or of a list as many days as make up one; with the chosen day, and steps
 * by as many, which turn no part. */
static void
assert_weeks(int chosen)
{
    int days = count_role(ROLE_DAY);
    bool listed = part.columns[ROLE_DAY] == 1;
    const struct element *earlier = page_find(&part, "earlier");
    char id[PAGE_ID_BYTES];

    snprintf(id, sizeof(id), "day-%d", chosen);
    assert_true(days <= 18 && (listed ? days >= 3 && 6 % days == 0 : days % 6 == 0));
    assert_int_equal(page_find(&part, "later")->action.argument, days);
    assert_int_equal(earlier->action.argument, -days);
    assert_int_equal((earlier->flags & ELEMENT_DISABLED) == 0,
                     page_find(&part, "day-0") == NULL);
    assert_non_null(page_find(&part, id));
    assert_null(page_find(&part, "paging"));
}

static void
test_so_many_weeks_are_shown_as_fit_and_steps_go_by_as_many(void **state)
{
    (void)state;
    for (int which = 0; which < DISPLAY_CLASS_COUNT * TEXT_SIZE_COUNT * 2; which++) {
        enum display_class display = (enum display_class)(which % DISPLAY_CLASS_COUNT);
        enum text_size text =
            (enum text_size)(which / DISPLAY_CLASS_COUNT % TEXT_SIZE_COUNT);

        for (int chosen = 1; chosen < 6 * WEEKS; chosen += 7) {
            describe_weeks(text, which % 2 == 1, chosen);
            fit_part(display, 99, 0); /* what has no room beside them comes before */
            assert_true(part.part_count <= 2);
            assert_weeks(chosen);
        }
    }
}

/* --- times by part of the day ------------------------------------------------------
 */

static void
fit_times(enum display_class display, int at)
{
    page_file_read("tests/golden/layout/50-time-720x1280.page", &whole);
    fit_part(display, at, 0);
}

static bool
is_there(const char *id)
{
    return page_find(&part, id) != NULL;
}

static bool
is_chosen(const char *segment)
{
    return (page_find(&part, segment)->flags & ELEMENT_SELECTED) != 0;
}

/* Nine in the morning, twelve in the afternoon: those have two parts, with a row. */
static void
test_a_part_of_the_day_is_shown_at_once(void **state)
{
    (void)state;
    fit_times(DISPLAY_P, 0);
    assert_int_equal(part.part_count, 4);
    assert_true(is_there("t1") && is_there("t9") && !is_there("t10"));
    assert_true(is_chosen("segment-morning") && !is_chosen("segment-afternoon"));
    assert_false(is_there("paging"));
    assert_false(is_there("morning"));
    assert_int_equal(page_find(&part, "segment-afternoon")->action.argument, 1);
    assert_int_equal(page_find(&part, "segment-evening")->action.argument, 3);

    fit_times(DISPLAY_P, 1);
    assert_true(is_there("t10") && is_there("t15") && !is_there("t16"));
    assert_true(is_chosen("segment-afternoon") && is_there("paging"));
    fit_times(DISPLAY_P, 2);
    assert_true(is_there("t16") && is_there("t21") && is_chosen("segment-afternoon"));
    fit_times(DISPLAY_P, 3);
    assert_true(is_there("t30") && is_there("t31") && !is_there("t21"));
    assert_true(is_chosen("segment-evening") && !is_there("paging"));
}

static void
test_without_room_for_times_under_segments_there_are_headings(void **state)
{
    size_t bar;

    (void)state;
    page_file_read("tests/golden/layout/50-time-720x1280.page", &whole);
    fit_part(DISPLAY_P, 0, 0);
    assert_true(is_there("segment-morning"));
    bar = (size_t)(page_find(&whole, "parts") - whole.elements);
    page_add(&whole, SLOT_SHEET, ROLE_MESSAGE, "taken", "Die tijd is net weg.")
        ->detail =
        "Dat spijt ons. Iemand was u voor, aan de telefoon of bij een andere zuil. "
        "Kies een andere tijd, of ga terug en kies een andere dag. Of vraag een "
        "medewerker om hulp: die kijkt met u mee. U kunt ons ook bellen. Dan zoeken we "
        "samen een tijd die u past, ook als dat op een andere plaats is.";
    page_move(&whole, whole.count - 1, bar);
    fit_part(DISPLAY_P, 0, 0);
    assert_true(is_there("taken") && !is_there("segment-morning"));
    fit_part(DISPLAY_P, part.part_count - 1, 0);
    assert_true(count_role(ROLE_TIME) > 0 && is_there("evening"));
}

static void
test_headings_are_left_out_where_they_cost_half_of_the_times(void **state)
{
    (void)state;
    page_file_read("tests/golden/layout/50-time-720x1280.page", &whole);
    whole.adjustment.text = TEXT_LARGEST;
    fit_part(DISPLAY_P, 1, 0);
    assert_int_equal(count_role(ROLE_SECTION), 0);
    assert_int_equal(count_role(ROLE_TIME), 4);
}

static void
test_a_fact_is_short_where_the_first_part_would_have_no_times(void **state)
{
    struct element *fact;

    (void)state;
    page_file_read("tests/golden/layout/50-time-720x1280.page", &whole);
    whole.adjustment.text = TEXT_LARGEST;
    fact = (struct element *)page_find(&whole, "quiet");
    fact->label = "Servicepunt in de bibliotheek van Noord, bij het station";
    fact->brief = "Noord";
    fit_part(DISPLAY_P, 0, 0);
    assert_true(count_role(ROLE_TIME) > 0);
    assert_string_equal(page_find(&part, "quiet")->label, "Noord");
    assert_string_equal(page_find(&part, "quiet")->spoken, fact->label);
}

static void
test_on_a_large_display_headings_stand_over_times(void **state)
{
    (void)state;
    fit_times(DISPLAY_L, 0);
    assert_true(is_there("morning") && is_there("afternoon"));
    assert_false(is_there("segments") || is_there("segment-morning"));
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_the_parts_of_a_page_are_the_page),
        cmocka_unit_test(test_a_part_that_is_no_more_is_the_last),
        cmocka_unit_test(test_so_many_weeks_are_shown_as_fit_and_steps_go_by_as_many),
        cmocka_unit_test(test_a_part_of_the_day_is_shown_at_once),
        cmocka_unit_test(test_without_room_for_times_under_segments_there_are_headings),
        cmocka_unit_test(test_headings_are_left_out_where_they_cost_half_of_the_times),
        cmocka_unit_test(test_a_fact_is_short_where_the_first_part_would_have_no_times),
        cmocka_unit_test(test_on_a_large_display_headings_stand_over_times),
    };

    return cmocka_run_group_tests(tests, fonts_case_open, fonts_case_close);
}
