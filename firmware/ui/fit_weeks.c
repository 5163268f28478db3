#include "fit_weeks.h"

#include <stdio.h>
#include <string.h>

#include "area.h"
#include "cut.h"
#include "parts.h"
#include "stage.h"

#define NAME_BYTES 64 /* of a day of the week, and its number */

/* The days there are: six a week, from the Monday of the first. */
struct days {
    int of[PAGE_ELEMENTS_MAX]; /* the place of an element, -1 for what is no day */
    int count;
    int chosen; /* of the day that is; for none of the one that the page begins with */
};

bool
weeks_have_steps(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_MONTH_STEP) {
            return true;
        }
    }
    return false;
}

bool
weeks_hold(const struct element *element)
{
    return element->role == ROLE_MONTH || element->role == ROLE_WEEKDAYS ||
           element->role == ROLE_DAY;
}

/* --- what the days say ------------------------------------------------------------ */

static struct element *
weekdays_of(struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_WEEKDAYS) {
            return &page->elements[i];
        }
    }
    return NULL;
}

/* Whether a finger, or what is said under a day, has no room in a sixth of the width.
 */
static bool
is_narrow(struct build *build, const struct page *page)
{
    struct run run = {.type = TYPE_SMALL, .px = build->metrics->text_floor};
    int width = day_width(build, area_of_parts(build).width);
    int room = width - scaled(build, 8);

    if (width < build->metrics->key_min || build->metrics->days_listed) {
        return true;
    }
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_DAY &&
            text_width(build, run, page->elements[i].detail) > room)
        {
            return true;
        }
    }
    return false;
}

static const char *
brief_of(const struct element *weekday)
{
    return weekday->brief != NULL ? weekday->brief : weekday->label;
}

/* In a list there may be room for the whole names of all of them. */
static bool
are_named_whole(struct build *build, const struct page *page,
                const char *const names[DAY_COLUMNS])
{
    int width = area_of_parts(build).width;

    for (size_t i = 0; i < page->count; i++) {
        const struct element *day = &page->elements[i];
        char name[NAME_BYTES];

        if (day->role != ROLE_DAY) {
            continue;
        }
        snprintf(name, sizeof(name), "%s %s", names[day->number], day->label);
        if (!day_row_fits(build, name, day->detail, width)) {
            return false;
        }
    }
    return true;
}

/* With no day of the week over them each says its own. */
static void
name_days(struct build *build, struct page *page)
{
    bool listed = build->metrics->days_listed, whole;
    const char *names[DAY_COLUMNS] = {"", "", "", "", "", ""}, *brief[DAY_COLUMNS];
    bool keep[PAGE_ELEMENTS_MAX];
    int weekdays = (int)(weekdays_of(page) - page->elements), count = 0;

    memcpy(brief, names, sizeof(names));
    for (int i = 0; i < (int)page->count; i++) {
        const struct element *element = &page->elements[i];

        keep[i] = i != weekdays && element->parent != weekdays;
        if (element->parent == weekdays && count < DAY_COLUMNS) {
            names[count] = element->label;
            brief[count++] = brief_of(element);
        }
    }
    whole = listed && are_named_whole(build, page, names);
    for (size_t i = 0; i < page->count; i++) {
        struct element *day = &page->elements[i];

        if (day->role == ROLE_DAY) {
            day->label = page_format(page, "%s %s",
                                     (whole ? names : brief)[day->number], day->label);
        }
    }
    page->columns[ROLE_DAY] = listed ? DAY_COLUMNS_LIST : DAY_COLUMNS_NARROW;
    page_keep(page, keep);
}

static void
shorten_weekdays(struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_WEEKDAY) {
            page->elements[i].label = brief_of(&page->elements[i]);
        }
    }
}

/* --- where the rest stands ---------------------------------------------------------
 */

static bool
is_in_line(const struct metrics *metrics, const struct element *element)
{
    return (element->role == ROLE_MONTH_STEP &&
            metrics->month_steps == MONTH_STEPS_FOOT) ||
           (element->role == ROLE_PLACE_CHANGE && metrics->places == PLACES_FOOT);
}

/* What stands in the line of the button comes after the days, as it is seen. */
static void
move_to_line(const struct metrics *metrics, struct page *page, enum role role)
{
    size_t end = 0;

    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].slot == SLOT_SHEET ||
            is_in_line(metrics, &page->elements[i])) {
            end = i;
        }
    }
    for (size_t i = 0; i < end;) {
        struct element *element = &page->elements[i];

        if (element->role != role || element->slot != SLOT_SHEET ||
            !is_in_line(metrics, element))
        {
            i++;
            continue;
        }
        element->slot = SLOT_FOOT;
        element->parent = PAGE_NO_PARENT;
        for (size_t k = i; k < end; k++) {
            page_move(page, k + 1, k);
        }
    }
}

/* A stage without room has the month without its year, or leaves it to the sheet. */
static void
shorten_month(struct build *build, struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct element *month = &page->elements[i];
        const char *whole = month->label;

        if (month->role == ROLE_MONTH && build->off_stage[i] && month->brief != NULL) {
            month->label = month->brief;
            stage_plan(build);
            if (build->off_stage[i]) {
                month->label = whole;
                stage_plan(build);
            }
        }
    }
}

/* What left the stage for the month is of the sheet. */
static void
take_from_stage(struct build *build, struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].slot == SLOT_STAGE && build->off_stage[i]) {
            page->elements[i].slot = SLOT_SHEET;
        }
    }
    stage_plan(build);
}

void
weeks_prepare(struct build *build, struct page *page)
{
    if (weekdays_of(page) != NULL && is_narrow(build, page)) {
        name_days(build, page);
        stage_plan(build);
    }
    shorten_weekdays(page);
    move_to_line(build->metrics, page, ROLE_MONTH_STEP);
    move_to_line(build->metrics, page, ROLE_PLACE_CHANGE);
    stage_plan(build);
    shorten_month(build, page);
    take_from_stage(build, page);
}

/* --- how many days -----------------------------------------------------------------
 */

static void
gather(const struct page *page, struct days *days)
{
    int week = 0, before = -1;

    days->chosen = 0;
    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];

        days->of[i] = -1;
        if (element->role == ROLE_MONTH) {
            days->chosen = element->number;
        }
        if (element->role != ROLE_DAY) {
            continue;
        }
        week += element->number <= before;
        before = element->number;
        days->of[i] = week * DAY_COLUMNS + element->number;
        if ((element->flags & ELEMENT_SELECTED) != 0) {
            days->chosen = days->of[i];
        }
    }
    days->count = (week + 1) * DAY_COLUMNS;
}

static bool
fits(struct build *build, struct rectangle area)
{
    area.height -= area_foot(build, SLOT_FOOT, area.width);
    return stack_fits(build, SLOT_SHEET, area);
}

/* The window of so many days in which the chosen one is: its first. */
static int
first_of(const struct days *days, int count)
{
    return days->chosen / count * count;
}

static bool
is_in_window(const struct days *days, size_t element, int count)
{
    int first = first_of(days, count);

    return days->of[element] < 0 ||
           (days->of[element] >= first && days->of[element] < first + count);
}

static void
hide(struct page *page, size_t element, bool hidden)
{
    page->elements[element].parent = hidden ? CUT_HIDDEN : PAGE_NO_PARENT;
}

/* A message the button can say instead; what the page is about was read before. */
static bool
can_go(const struct element *element)
{
    return element->slot == SLOT_SHEET && element->parent != CUT_HIDDEN &&
           (element->role == ROLE_MESSAGE || element->role == ROLE_SUBTITLE);
}

static bool
is_beside(const struct element *element)
{
    return element->slot == SLOT_SHEET && element->parent < 0 && !weeks_hold(element);
}

/* Whether so many days have room when what is marked is not there. */
static bool
have_room(struct build *build, struct page *page, const struct days *days, int count,
          const bool gone[PAGE_ELEMENTS_MAX], struct rectangle area)
{
    bool fit;

    for (size_t i = 0; i < page->count; i++) {
        if (gone[i] || days->of[i] >= 0) {
            hide(page, i, gone[i] || !is_in_window(days, i, count));
        }
    }
    fit = fits(build, area);
    for (size_t i = 0; i < page->count; i++) {
        if (gone[i] || days->of[i] >= 0) {
            hide(page, i, false);
        }
    }
    return fit;
}

/* As many days as there is room for: whole weeks, or lines that make up one. 0: not
 * even `least`. */
static int
most_days(struct build *build, struct page *page, const struct days *days,
          const bool gone[PAGE_ELEMENTS_MAX], int least, struct rectangle area)
{
    static const int counts[] = {3 * DAY_COLUMNS, /* more is a wall of numbers */
                                 2 * DAY_COLUMNS, DAY_COLUMNS, 3, 2, 1};

    for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++) {
        int count = counts[i];

        if (count >= least && count <= days->count && count % day_columns(page) == 0 &&
            have_room(build, page, days, count, gone, area))
        {
            return count;
        }
    }
    return 0;
}

static bool
is_one_free_before(const struct page *page, const struct days *days, int first)
{
    for (size_t i = 0; i < page->count; i++) {
        if (days->of[i] >= 0 && days->of[i] < first &&
            (page->elements[i].flags & ELEMENT_DISABLED) == 0)
        {
            return true;
        }
    }
    return false;
}

static void
keep_days(struct build *build, struct page *page, const struct days *days, int count)
{
    bool keep[PAGE_ELEMENTS_MAX];

    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];
        int *argument = &element->action.argument;

        keep[i] = is_in_window(days, i, count);
        if (element->role != ROLE_MONTH_STEP) {
            continue;
        }
        if (*argument < 0 && is_one_free_before(page, days, first_of(days, count))) {
            element->flags &= ~(unsigned)ELEMENT_DISABLED;
        }
        *argument = *argument < 0 ? -count : count;
    }
    page_keep(page, keep);
    stage_plan(build);
}

bool
weeks_fit(struct build *build, struct page *page, struct rectangle area)
{
    struct days days;
    bool words[PAGE_ELEMENTS_MAX], beside[PAGE_ELEMENTS_MAX];
    int count;
    bool whole;

    gather(page, &days);
    for (size_t i = 0; i < page->count; i++) {
        words[i] = can_go(&page->elements[i]);
        beside[i] = is_beside(&page->elements[i]);
    }
    count = most_days(build, page, &days, words, DAY_COLUMNS, area);
    whole = count > 0;
    if (!whole) {
        count = most_days(build, page, &days, beside, 1, area);
        whole = count > 0 && have_room(build, page, &days, count, words, area);
    }
    keep_days(build, page, &days, count > 0 ? count : day_columns(page));
    return whole;
}

/* --- what has no room beside them ---------------------------------------------------
 */

static void
drop(struct build *build, struct page *page, enum role role)
{
    bool keep[PAGE_ELEMENTS_MAX];

    for (size_t i = 0; i < page->count; i++) {
        keep[i] =
            page->elements[i].slot != SLOT_SHEET || page->elements[i].role != role;
    }
    page_keep(page, keep);
    stage_plan(build);
}

/* Whether the days have room with nothing beside them. */
static bool
fit_alone(struct build *build, struct page *page, struct rectangle area)
{
    bool beside[PAGE_ELEMENTS_MAX], fit;

    for (size_t i = 0; i < page->count; i++) {
        beside[i] = is_beside(&page->elements[i]);
        if (beside[i]) {
            hide(page, i, true);
        }
    }
    fit = fits(build, area);
    for (size_t i = 0; i < page->count; i++) {
        if (beside[i]) {
            hide(page, i, false);
        }
    }
    return fit;
}

/* Only where that makes the foot no higher than there is room for under the days. */
void
weeks_say_in_button(struct build *build, struct page *page, struct rectangle area,
                    bool alone)
{
    int height = area_foot(build, SLOT_FOOT, area.width);

    drop(build, page, ROLE_MESSAGE);
    for (size_t i = 0; i < page->count; i++) {
        struct element *button = &page->elements[i];
        const char *plain = button->label;

        if (button->role == ROLE_BUTTON && button->extra[0] != '\0') {
            button->label = button->extra;
            if (area_foot(build, SLOT_FOOT, area.width) > height &&
                !(alone ? fit_alone(build, page, area) : fits(build, area)))
            {
                button->label = plain;
            }
        }
    }
}

void
weeks_make_room(struct build *build, struct page *page, struct rectangle area)
{
    if (fits(build, area)) {
        return;
    }
    weeks_say_in_button(build, page, area, false);
    if (!fits(build, area)) {
        drop(build, page, ROLE_SUBTITLE);
    }
}

void
weeks_forget_words(struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_BUTTON) {
            page->elements[i].extra = "";
        }
    }
}
