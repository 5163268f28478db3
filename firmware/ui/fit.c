#include "ui/fit.h"

#include "area.h"
#include "attract.h"
#include "cut.h"
#include "fit_board.h"
#include "fit_display.h"
#include "fit_paging.h"
#include "fit_segments.h"
#include "fit_weeks.h"
#include "stage.h"

static bool
is_word(const struct element *element)
{
    return element->slot == SLOT_SHEET && element->parent == PAGE_NO_PARENT &&
           (element->role == ROLE_MESSAGE || element->role == ROLE_LEGEND ||
            element->role == ROLE_NOTE || element->role == ROLE_SUM);
}

/* The question about the choices that are asked with it. */
static bool
is_question(const struct element *element)
{
    return element->slot == SLOT_SHEET && element->role == ROLE_SECTION &&
           (element->flags & ELEMENT_STRONG) != 0;
}

/* What is only read moves from a sheet without room to a stage that has it. */
static void
move_to_stage(struct fit *fit, struct rectangle room,
              bool (*moves)(const struct element *element))
{
    struct page *page = fit->page;
    struct build *build = &fit->build;
    size_t end = 0;

    if (page->shape != PAGE_WORK) {
        return;
    }
    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];

        if (moves(element) && !stack_fits(build, SLOT_SHEET, room)) {
            element->slot = SLOT_STAGE;
            if (!stage_has_room(build)) {
                element->slot = SLOT_SHEET;
                continue;
            }
            page_move(page, i, end);
            stage_plan(build);
        }
        end = page->elements[end].slot == SLOT_STAGE ? end + 1 : end;
    }
}

/* What is found while one types is a foretaste: the key for searching shows it all. */
static void
drop_foretaste(struct fit *fit, struct rectangle area)
{
    struct page *page = fit->page;
    bool keep[PAGE_ELEMENTS_MAX];

    for (int i = (int)page->count - 1;
         i >= 0 && !stack_fits(&fit->build, SLOT_SHEET, area); i--)
    {
        if (page->elements[i].slot == SLOT_SHEET && page->elements[i].role == ROLE_ROW)
        {
            for (int j = 0; j < (int)page->count; j++) {
                keep[j] = i != j;
            }
            fit_keep(fit, keep);
        }
    }
}

/* What is typed in, and the keys. */
static bool
is_typing(const struct element *element)
{
    return element->slot == SLOT_SHEET &&
           (element->role == ROLE_FIELD || element->role == ROLE_KEYBOARD ||
            element->role == ROLE_KEY_PAD);
}

static void
take_off_other_fields(struct fit *fit)
{
    bool keep[PAGE_ELEMENTS_MAX];
    struct page *page = fit->page;

    for (size_t i = 0; i < page->count; i++) {
        keep[i] = page->elements[i].role != ROLE_FIELD ||
                  (page->elements[i].flags & ELEMENT_SELECTED) != 0;
    }
    fit_keep(fit, keep);
}

/* What is in it belongs with it. */
static bool
is_on_last(const struct page *page, size_t element,
           bool (*stays)(const struct element *element))
{
    while (page->elements[element].parent >= 0) {
        element = (size_t)page->elements[element].parent;
    }
    return stays(&page->elements[element]);
}

/* The field with its keys is the last part, or the days with their steps; what else
 * there is comes before it. */
static void
cut_before(struct fit *fit, struct paging *paging,
           bool (*stays)(const struct element *element))
{
    bool last[PAGE_ELEMENTS_MAX];
    struct page *page = fit->page;
    struct rectangle room = paging->area;
    struct cut *cut = &paging->cut;
    size_t count;

    paging->reading = paging->acts = true;
    paging->primary = -1;
    paging_add_row(page, paging);
    room.height -= paging_foot_height(fit, paging, false);
    cut_texts(&fit->build, page, paging->bands, room);
    count = page->count - 2; /* without the row and its button */
    paging->row = (int)count;
    paging->button = (int)count + 1;
    for (size_t i = 0; i < count; i++) {
        last[i] = is_on_last(page, i, stays);
    }
    for (size_t i = 0; i < count; i++) {
        page->elements[i].parent =
            stays(&page->elements[i]) ? CUT_HIDDEN : page->elements[i].parent;
    }
    cut_slot(&fit->build, page, paging->bands, room, room.height, cut);
    for (size_t i = 0; i < page->count; i++) {
        page->elements[i].parent = page->elements[i].parent == CUT_HIDDEN
                                       ? PAGE_NO_PARENT
                                       : page->elements[i].parent;
        if (i < count && last[i]) {
            cut->from[i] = cut->to[i] = cut->parts;
        } else if (i >= count) {
            cut->to[i] = cut->parts - 1;
        }
    }
    *paging->count = cut->parts + 1;
    paging_show(fit, paging);
}

/* Whether what is typed in has room over its keys, with nothing else. */
static bool
typing_fits(struct fit *fit, struct rectangle room)
{
    struct page *page = fit->page;
    bool hidden[PAGE_ELEMENTS_MAX] = {false};
    bool fits;

    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];

        hidden[i] = element->slot == SLOT_SHEET && !is_typing(element) &&
                    element->parent == PAGE_NO_PARENT;
        element->parent = hidden[i] ? CUT_HIDDEN : element->parent;
    }
    fits = stack_fits(&fit->build, SLOT_SHEET, room);
    for (size_t i = 0; i < page->count; i++) {
        page->elements[i].parent =
            hidden[i] ? PAGE_NO_PARENT : page->elements[i].parent;
    }
    return fits;
}

/* The label of a field in fewer words, where the keys leave it one line. */
static void
shorten_fields(struct fit *fit)
{
    for (size_t i = 0; i < fit->page->count; i++) {
        struct element *field = &fit->page->elements[i];

        if (field->role == ROLE_FIELD && field->brief != NULL) {
            field->label = field->brief;
        }
    }
}

/* Where the keys leave no line for what is wrong with a field, it is read before them;
 * the field keeps its red edge and its sign. */
static void
put_mistake_before(struct fit *fit)
{
    struct page *page = fit->page;
    size_t field = 0;
    struct element *message;

    while (field < page->count && (page->elements[field].role != ROLE_FIELD ||
                                   page->elements[field].detail[0] == '\0'))
    {
        field++;
    }
    if (field == page->count) {
        return;
    }
    message = page_add(page, SLOT_SHEET, ROLE_MESSAGE, "mistake",
                       page->elements[field].label);
    message->icon = "error";
    message->detail = page->elements[field].detail;
    message->flags |= ELEMENT_DANGER | ELEMENT_ERROR;
    page->elements[field].detail = "";
    page_move(page, page->count - 1, field);
}

static void
fit_keys(struct fit *fit, struct paging *paging)
{
    struct build *build = &fit->build;
    struct rectangle room;

    board_fit(build, fit->page);
    build->large_keys = true;
    room = area_over_keys(build);
    drop_foretaste(fit, room);
    move_to_stage(fit, room, is_word);
    move_to_stage(fit, room, is_question);
    if (!stack_fits(build, paging->bands, room)) {
        take_off_other_fields(fit);
    }
    build->large_keys = false;
    room = area_over_keys(build);
    if (!stack_fits(build, paging->bands, room)) {
        if (!typing_fits(fit, room)) {
            shorten_fields(fit);
        }
        if (!typing_fits(fit, room)) {
            put_mistake_before(fit);
        }
        cut_before(fit, paging, is_typing);
        return;
    }
    *paging->part = 0;
    *paging->count = 1;
}

static void
fit_days(struct fit *fit, struct paging *paging)
{
    struct build *build = &fit->build;
    bool whole;

    weeks_prepare(build, fit->page);
    whole = weeks_fit(build, fit->page, paging->area);
    if (whole) {
        move_to_stage(fit, paging_over_foot(fit, paging->foot, paging->area), is_word);
        weeks_make_room(build, fit->page, paging->area);
    } else {
        weeks_say_in_button(build, fit->page, paging->area, true);
    }
    weeks_forget_words(fit->page);
    if (whole) {
        paging_fit(fit, paging);
    } else {
        cut_before(fit, paging, weeks_hold);
    }
}

/* The parts of one part of the day, after those of the ones before it. */
static void
add_parts(struct paging *paging, const struct cut *own, const struct segments *segments,
          int number)
{
    struct cut *all = &paging->cut;

    for (int i = 0; i < PAGE_ELEMENTS_MAX; i++) {
        if (segments->of[i] == number) {
            all->from[i] = all->parts + own->from[i];
            all->to[i] = all->parts + own->to[i];
        }
    }
    all->parts += own->parts;
}

/* One part of the day at once; with the row that turns its parts where it has more. */
static void
fit_segments(struct fit *fit, struct paging *paging, const struct segments *segments)
{
    struct page *page = fit->page;
    struct rectangle room = paging_over_foot(fit, paging->foot, paging->area), less;
    int first[PAGE_ELEMENTS_MAX], shown = 0, fixed;
    bool turns = false;

    paging->primary = paging_primary(page, paging->foot);
    paging_add_row(page, paging);
    less = paging_over_foot(fit, paging->foot, paging->area);
    fixed = segments_fixed_height(&fit->build, page, segments, room.width);
    room.height -= fixed;
    less.height -= fixed;
    for (int i = 0; i < PAGE_ELEMENTS_MAX; i++) {
        paging->cut.to[i] = PAGE_ELEMENTS_MAX;
    }
    for (int i = 0; i < segments->count; i++) {
        bool asked = *paging->part >= paging->cut.parts;
        struct cut own;

        segments_show_only(page, segments, i);
        cut_slot(&fit->build, page, paging->bands, room, room.height, &own);
        turns = asked ? own.parts > 1 : turns;
        shown = asked ? i : shown;
        if (own.parts > 1) {
            cut_slot(&fit->build, page, paging->bands, less, less.height, &own);
        }
        first[i] = paging->cut.parts;
        add_parts(paging, &own, segments, i);
    }
    segments_show_all(page, segments);
    segments_mark(page, segments, shown, first);
    *paging->count = paging->cut.parts;
    if (!turns) {
        paging->cut.to[paging->row] = paging->cut.to[paging->button] = -1;
    }
    paging_show(fit, paging);
}

static void
fit_overlay(struct fit *fit)
{
    struct page *page = fit->page;
    struct overlay_area area = area_of_overlay(&fit->build);
    struct paging paging = {
        .bands = SLOT_OVERLAY,
        .foot = SLOT_OVERLAY,
        .area = {area.margin, area.top, area.width, area.bottom - area.top},
        .over = area.over,
        .part = &page->overlay_part,
        .count = &page->overlay_part_count,
    };

    cut_countdown(&fit->build, page, paging.area);
    paging_fit(fit, &paging);
}

/* What there is of the area on each of several parts. */
static struct rectangle
area_of_part(struct fit *fit, const struct paging *paging)
{
    struct paging turned = *paging;
    struct rectangle area = paging->area;

    paging_add_row(fit->page, &turned);
    area.height -= paging_foot_height(fit, &turned, false);
    fit->page->count -= 2;
    return area;
}

static bool
fit_times(struct fit *fit, struct paging *paging)
{
    struct rectangle part = area_of_part(fit, paging);
    struct segments segments;

    segments_prepare(&fit->build, fit->page, paging->area, part, &segments);
    if (segments.bar >= 0) {
        fit_segments(fit, paging, &segments);
        return true;
    }
    segments_spare_words(&fit->build, fit->page, paging->area, part);
    return false;
}

static void
fit_sheet(struct fit *fit)
{
    struct page *page = fit->page;
    struct paging paging = {
        .bands = SLOT_SHEET,
        .foot = SLOT_FOOT,
        .area = area_of_parts(&fit->build),
        .part = &page->part,
        .count = &page->part_count,
    };

    if (keyboard_of(page) >= 0) {
        fit_keys(fit, &paging);
        return;
    }
    if (weeks_have_steps(page)) {
        fit_days(fit, &paging);
        return;
    }
    if (page_count_of(page, ROLE_TIME) > 0 && fit_times(fit, &paging)) {
        return;
    }
    move_to_stage(fit, paging_over_foot(fit, paging.foot, paging.area), is_word);
    paging_fit(fit, &paging);
}

void
layout_fit(struct page *page, const struct layout_options *options, struct fonts *fonts)
{
    struct fit fit = {.page = page};

    page->part_count = page->overlay_part_count = 1;
    build_begin(&fit.build, &fit.metrics, page, options, fonts);
    if (page->shape == PAGE_ATTRACT) {
        page->part = page->overlay_part = 0;
        attract_fit(&fit.build, page);
        return;
    }
    fit_shorten_title(&fit);
    build_begin(&fit.build, &fit.metrics, page, options, fonts);
    fit_take_off(&fit);
    if (page->shape == PAGE_NOTICE) {
        cut_notice(&fit.build, page);
        page->part = 0;
    } else if (page->shape != PAGE_BLANK) {
        fit_sheet(&fit);
        paging_tell_parts(page);
    }
    if (page_has_overlay(page)) {
        fit_overlay(&fit);
    } else {
        page->overlay_part = 0;
    }
}
