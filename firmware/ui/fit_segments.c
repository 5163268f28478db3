#include "fit_segments.h"

#include <string.h>

#include "area.h"
#include "cut.h"
#include "parts.h"
#include "stack.h"
#include "stage.h"

static int
bar_among(const struct page *page)
{
    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].role == ROLE_SEGMENTS &&
            page->elements[i].slot == SLOT_SHEET) {
            return i;
        }
    }
    return -1;
}

/* Segments that stand for headings; without these they are all there is. */
static bool
stand_for_headings(const struct page *page, int bar)
{
    int headings = 0, count = 0;

    for (int i = 0; i < (int)page->count; i++) {
        headings += page->elements[i].role == ROLE_SECTION;
        count += bar >= 0 && page->elements[i].parent == bar;
    }
    return count > 1 && headings == count;
}

static void
hide(struct page *page, int element, bool hidden)
{
    page->elements[element].parent = hidden ? CUT_HIDDEN : PAGE_NO_PARENT;
}

/* With their headings, and without segments. */
static bool
all_fit(struct build *build, struct page *page, int bar, struct rectangle area)
{
    bool fit;

    area.height -= area_foot(build, SLOT_FOOT, area.width);
    hide(page, bar, true);
    fit = stack_fits(build, SLOT_SHEET, area);
    hide(page, bar, false);
    return fit;
}

static bool
words_fit(struct build *build, const struct page *page, int bar, int width)
{
    struct run run = {.type = TYPE_BODY, .bold = true};
    int count = 0, widest = 0;

    for (int i = child_first(page, bar); i >= 0; i = child_next(page, i)) {
        int own = text_width(build, run, page->elements[i].label);

        widest = own > widest ? own : widest;
        count++;
    }
    return (widest + scaled(build, 32)) * count <= width;
}

static void
take_off(struct build *build, struct page *page, enum role role)
{
    bool keep[PAGE_ELEMENTS_MAX];

    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];

        keep[i] = element->slot != SLOT_SHEET ||
                  (element->role != role &&
                   (element->parent == PAGE_NO_PARENT || keep[element->parent]));
    }
    page_keep(page, keep);
    stage_plan(build);
}

static bool
is_of_a_part(const struct element *element)
{
    return element->role == ROLE_TIME || element->role == ROLE_SECTION;
}

/* Each time keeps which heading it is under. */
static void
number_times(struct page *page)
{
    int number = -1;

    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];

        number += element->role == ROLE_SECTION;
        if (is_of_a_part(element)) {
            element->number = number;
        }
    }
}

static void
gather(const struct page *page, struct segments *segments)
{
    segments->bar = bar_among(page);
    segments->count = 0;
    for (int i = 0; i < PAGE_ELEMENTS_MAX; i++) {
        const struct element *element = &page->elements[i];
        bool there = i < (int)page->count;

        segments->of[i] = there && is_of_a_part(element) ? element->number : -1;
        segments->count += there && element->parent == segments->bar;
    }
}

/* --- words that have no room over so many times ----------------------------------- */

/* Aloud they say all of it. */
static void
shorten_facts(struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];

        if (element->role == ROLE_STAGE_FACT && element->brief != NULL) {
            element->spoken =
                element->spoken != NULL ? element->spoken : element->label;
            element->label = element->brief;
        }
    }
}

/* Facts on the stage say it in fewer words, so that there is room for one more: what
 * the mark on some times means. */
static void
move_words_to_stage(struct build *build, struct page *page)
{
    size_t end = 0;

    shorten_facts(page);
    for (size_t i = 0; i < page->count; i++) {
        end = page->elements[i].slot == SLOT_STAGE ? i + 1 : end;
    }
    for (size_t i = end; i < page->count; i++) {
        struct element legend = page->elements[i], *moved = &page->elements[end];

        if (legend.role != ROLE_LEGEND || legend.brief == NULL) {
            continue;
        }
        page_move(page, i, end);
        moved->slot = SLOT_STAGE;
        moved->role = ROLE_STAGE_FACT;
        moved->spoken = legend.label;
        moved->label = legend.brief;
        stage_plan(build);
        if (build->off_stage[end]) {
            moved->slot = SLOT_SHEET;
            moved->role = ROLE_LEGEND;
            moved->spoken = legend.spoken;
            moved->label = legend.label;
        }
        break;
    }
    stage_plan(build);
}

/* --- rows of times ---------------------------------------------------------------- */

static int
first_of(const struct page *page, enum role role)
{
    int first = 0;

    while (first < (int)page->count && page->elements[first].role != role) {
        first++;
    }
    return first;
}

static int
row_height(struct build *build, const struct page *page, int width)
{
    return stack_part_height(build, first_of(page, ROLE_TIME), width);
}

/* On a part with room for two rows of times, a heading that leaves room for one. */
static bool
headings_cost_rows(struct build *build, const struct page *page, struct rectangle part)
{
    int rows = 2 * row_height(build, page, part.width) + build->metrics->grid_gap;
    int heading;

    if (page_count_of(page, ROLE_SECTION) == 0) {
        return false;
    }
    heading = stack_part_height(build, first_of(page, ROLE_SECTION), part.width) +
              scaled(build, part_section.gap_after);
    return rows <= part.height && rows + heading > part.height;
}

static void
take_off_headings(struct build *build, struct page *page)
{
    bool keep[PAGE_ELEMENTS_MAX];

    for (size_t i = 0; i < page->count; i++) {
        keep[i] = page->elements[i].role != ROLE_SECTION || i + 1 == page->count ||
                  page->elements[i + 1].role != ROLE_TIME;
    }
    page_keep(page, keep);
    stage_plan(build);
}

/* Whether the first part has any times, after what comes before them. */
static bool
begins_with_times(struct build *build, struct page *page, struct rectangle part)
{
    bool hidden[PAGE_ELEMENTS_MAX] = {false};
    bool fits;

    for (int i = first_of(page, ROLE_TIME) + 1; i < (int)page->count; i++) {
        hidden[i] = page->elements[i].slot == SLOT_SHEET &&
                    page->elements[i].parent == PAGE_NO_PARENT;
        if (hidden[i]) {
            hide(page, i, true);
        }
    }
    fits = stack_fits(build, SLOT_SHEET, part);
    for (int i = 0; i < (int)page->count; i++) {
        if (hidden[i]) {
            hide(page, i, false);
        }
    }
    return fits;
}

void
segments_spare_words(struct build *build, struct page *page, struct rectangle area,
                     struct rectangle part)
{
    area.height -= area_foot(build, SLOT_FOOT, area.width);
    if (stack_fits(build, SLOT_SHEET, area)) {
        return;
    }
    if (headings_cost_rows(build, page, part)) {
        take_off_headings(build, page);
    }
    if (!begins_with_times(build, page, part)) {
        shorten_facts(page);
        stage_plan(build);
    }
}

/* --- one part of the day ---------------------------------------------------------- */

void
segments_prepare(struct build *build, struct page *page, struct rectangle area,
                 struct rectangle part, struct segments *segments)
{
    int bar = bar_among(page);

    segments->bar = -1;
    if (!stand_for_headings(page, bar)) {
        return;
    }
    if (!build->metrics->day_segments || all_fit(build, page, bar, area) ||
        !words_fit(build, page, bar, area.width))
    {
        take_off(build, page, ROLE_SEGMENTS);
        return;
    }
    number_times(page);
    move_words_to_stage(build, page);
    gather(page, segments);
    if (segments_fixed_height(build, page, segments, part.width) +
            row_height(build, page, part.width) >
        part.height)
    {
        take_off(build, page, ROLE_SEGMENTS);
        segments->bar = -1;
        return;
    }
    take_off(build, page, ROLE_SECTION);
    gather(page, segments);
}

/* What stands over the times of any part of the day. */
static bool
is_fixed(const struct page *page, const struct segments *segments, int element)
{
    const struct element *it = &page->elements[element];

    return it->slot == SLOT_SHEET && segments->of[element] < 0 &&
           (it->parent == PAGE_NO_PARENT || it->parent == CUT_HIDDEN);
}

int
segments_fixed_height(struct build *build, struct page *page,
                      const struct segments *segments, int width)
{
    int height;

    for (int i = 0; i < (int)page->count; i++) {
        if (segments->of[i] >= 0) {
            hide(page, i, true);
        }
    }
    height = stack_height(build, SLOT_SHEET, width) + build->metrics->gap;
    segments_show_all(page, segments);
    return height;
}

void
segments_show_only(struct page *page, const struct segments *segments, int shown)
{
    for (int i = 0; i < (int)page->count; i++) {
        if (segments->of[i] >= 0) {
            hide(page, i, segments->of[i] != shown);
        } else if (is_fixed(page, segments, i)) {
            hide(page, i, true);
        }
    }
}

void
segments_show_all(struct page *page, const struct segments *segments)
{
    for (int i = 0; i < (int)page->count; i++) {
        if (segments->of[i] >= 0 || is_fixed(page, segments, i)) {
            hide(page, i, false);
        }
    }
}

void
segments_mark(struct page *page, const struct segments *segments, int chosen,
              const int first[PAGE_ELEMENTS_MAX])
{
    int number = 0;

    for (int i = child_first(page, segments->bar); i >= 0; i = child_next(page, i)) {
        struct element *segment = &page->elements[i];

        segment->action.argument = first[number];
        if (number == chosen) {
            segment->flags |= ELEMENT_SELECTED;
            segment->icon = "check";
        }
        number++;
    }
}
