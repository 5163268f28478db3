#include "area.h"

#include "cut.h"
#include "stack.h"

#define AREA_OVER_KEYS 20 /* between what is typed in and the keys */
#define AREA_OVER_EDGE 35 /* of the screen, where no dock is */

/* Where no dock is, what stands on it stands on the edge of the screen. */
static struct rectangle
without_dock(const struct metrics *metrics, struct rectangle area)
{
    area.height = metrics->height - area.y;
    if (metrics->dock.at_end) {
        area.width = metrics->width - area.x;
    }
    return area;
}

struct rectangle
area_of_sheet(const struct build *build)
{
    const struct metrics *metrics = build->metrics;

    return build->page->shape == PAGE_HOME     ? metrics->home_sheet
           : build->page->shape == PAGE_NOTICE ? without_dock(metrics, metrics->sheet)
                                               : metrics->sheet;
}

struct rectangle
area_of_parts(const struct build *build)
{
    const struct metrics *metrics = build->metrics;
    struct rectangle area = metrics->content, sheet;
    int margin = area.x - metrics->sheet.x;

    if (build->page->shape == PAGE_HOME) {
        return metrics->home_content;
    }
    if (build->page->shape == PAGE_NOTICE) {
        sheet = area_of_sheet(build);
        area.width = sheet.width - 2 * margin;
        area.height = sheet.y + sheet.height - area.y - scaled(build, AREA_OVER_EDGE);
    }
    return area;
}

struct rectangle
area_over_keys(struct build *build)
{
    struct rectangle sheet = area_of_sheet(build);
    struct rectangle area = area_of_parts(build);
    int keyboard = keyboard_of(build->page);
    bool measuring = build->measuring;
    int bottom;

    if (keyboard < 0) {
        return area;
    }
    build->measuring = true;
    bottom = sheet.y + sheet.height - put_keyboard(build, keyboard) -
             scaled(build, AREA_OVER_KEYS);
    build->measuring = measuring;
    if (build->metrics->tight) { /* a field, under a title of two lines, just fits */
        area.y = sheet.y + 2;
    }
    area.height = bottom - area.y;
    if (build->page->elements[keyboard].role == ROLE_KEYBOARD &&
        !is_of_search(build->page)) {
        area.y -= scaled(build, 6); /* two fields over letters just fit */
    }
    return area;
}

int
area_keys_most(struct build *build)
{
    struct rectangle sheet = area_of_sheet(build);
    struct rectangle area = area_of_parts(build);

    return sheet.y + sheet.height - area.y - scaled(build, AREA_OVER_KEYS) -
           stack_least_height(build, SLOT_SHEET, area.width);
}

int
area_foot_inset(const struct build *build)
{
    const struct metrics *metrics = build->metrics;
    int change = place_change_of(build->page);
    int steps = 0, place = 0;

    if (metrics->month_steps != MONTH_STEPS_FOOT) {
        return 0;
    }
    if (metrics->places == PLACES_FOOT && change >= 0 &&
        build->page->elements[change].parent != CUT_HIDDEN)
    {
        place = metrics->foot_place_width + metrics->grid_gap;
    }
    for (size_t i = 0; i < build->page->count; i++) {
        steps += build->page->elements[i].role == ROLE_MONTH_STEP &&
                 build->page->elements[i].parent != CUT_HIDDEN;
    }
    return place + steps * (metrics->month_step_width + metrics->grid_gap);
}

static int
foot_gap(const struct build *build)
{
    int gap = build->metrics->gap * 6 / 5;

    for (size_t i = 0; i < build->page->count; i++) {
        if (build->page->elements[i].role == ROLE_DAY && gap < day_clearance(build)) {
            return day_clearance(build);
        }
    }
    return gap;
}

int
area_foot(struct build *build, enum slot slot, int width)
{
    int inset = slot == SLOT_FOOT ? area_foot_inset(build) : 0;
    int height = stack_foot_height(build, slot, width - inset);

    if (inset > 0 && height < build->metrics->touch_min) {
        height = build->metrics->touch_min;
    }
    if (height == 0) {
        return 0;
    }
    if (slot == SLOT_OVERLAY) {
        return height + scaled(build, has_countdown(build->page) ? 44 : 32);
    }
    return height + foot_gap(build);
}

/* From the top of the question, which is only read, to what is touched first; what is
 * only read to its end may stand anywhere. */
static int
overlay_read_first(struct build *build, int width, bool *touched)
{
    const struct page *page = build->page;
    int question = 0;

    *touched = false;
    for (int i = 0; i < (int)page->count && !*touched; i++) {
        const struct element *element = &page->elements[i];

        if (element->slot != SLOT_OVERLAY || stack_is_foot(element)) {
            continue;
        }
        if (element->role == ROLE_TITLE) {
            question = stack_part_height(build, i, width);
        }
        *touched = (element->flags & ELEMENT_TOUCH) != 0;
    }
    return question;
}

struct overlay_area
area_of_overlay(struct build *build)
{
    const struct dock_shape *dock = &build->metrics->dock;
    struct rectangle free = {0, 0, dock->at_end ? dock->area.x : build->metrics->width,
                             dock->at_end ? build->metrics->height : dock->area.y};
    int margin = scaled(build, 48);
    struct overlay_area area = {
        .free = free,
        .margin = margin,
        .width = free.width - 2 * margin,
        .bottom = free.height - scaled(build, 32),
        .top_pad = scaled(build, has_countdown(build->page) ? 62 : 58),
        .top = scaled(build, 16),
    };
    bool touched;
    int over = overlay_read_first(build, area.width, &touched);

    if (touched && build->metrics->reach_line - over > area.top) {
        area.top = build->metrics->reach_line - over;
        area.over = over;
    }
    return area;
}
