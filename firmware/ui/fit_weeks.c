#include "fit_weeks.h"

#include <string.h>

#include "area.h"
#include "cut.h"
#include "parts.h"
#include "stage.h"

#define WEEKS_AT_ONCE 3 /* more is a wall of numbers */

struct weeks {
    int of[PAGE_ELEMENTS_MAX]; /* the week of an element, -1 for what is no day */
    int count;
    int chosen; /* the week of the day that is, 0 for none */
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

    if (width < build->metrics->key_min) {
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

/* Three in a line have no day of the week over them: each says its own. */
static void
name_days(struct page *page)
{
    const char *names[DAY_COLUMNS] = {"", "", "", "", "", ""};
    bool keep[PAGE_ELEMENTS_MAX];
    int weekdays = (int)(weekdays_of(page) - page->elements), count = 0;

    for (int i = 0; i < (int)page->count; i++) {
        struct element *element = &page->elements[i];

        keep[i] = i != weekdays && element->parent != weekdays;
        if (element->parent == weekdays && count < DAY_COLUMNS) {
            names[count++] = element->label;
        }
        if (element->role == ROLE_DAY) {
            element->label =
                page_format(page, "%s %s", names[element->number], element->label);
            element->number %= DAY_COLUMNS_NARROW;
        }
    }
    page_keep(page, keep);
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
        name_days(page);
        stage_plan(build);
    }
    move_to_line(build->metrics, page, ROLE_MONTH_STEP);
    move_to_line(build->metrics, page, ROLE_PLACE_CHANGE);
    stage_plan(build);
    shorten_month(build, page);
    take_from_stage(build, page);
}

/* --- how many weeks ----------------------------------------------------------------
 */

/* Lines of days by their columns; in narrow columns a week has two. */
static void
gather(struct page *page, struct weeks *weeks)
{
    int lines = weekdays_of(page) != NULL ? 1 : DAY_COLUMNS / DAY_COLUMNS_NARROW;
    int line = -1, before = DAY_COLUMNS;

    weeks->chosen = 0;
    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];

        weeks->of[i] = -1;
        if (element->role != ROLE_DAY) {
            continue;
        }
        line += element->number <= before;
        before = element->number;
        weeks->of[i] = line / lines;
        if ((element->flags & ELEMENT_SELECTED) != 0) {
            weeks->chosen = line / lines;
        }
    }
    weeks->count = line / lines + 1;
}

static bool
fits(struct build *build, struct rectangle area)
{
    area.height -= area_foot(build, SLOT_FOOT, area.width);
    return stack_fits(build, SLOT_SHEET, area);
}

/* The window of so many weeks in which the chosen day is: its first. */
static int
first_of(const struct weeks *weeks, int count)
{
    return weeks->chosen / count * count;
}

static bool
is_in_window(const struct weeks *weeks, size_t element, int count)
{
    int first = first_of(weeks, count);

    return weeks->of[element] < 0 ||
           (weeks->of[element] >= first && weeks->of[element] < first + count);
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

/* The most weeks for which there is room when what is marked is not there. */
static int
most_weeks(struct build *build, struct page *page, const struct weeks *weeks,
           const bool gone[PAGE_ELEMENTS_MAX], struct rectangle area)
{
    int count = weeks->count < WEEKS_AT_ONCE ? weeks->count : WEEKS_AT_ONCE;
    bool fit = false;

    while (count > 0 && !fit) {
        for (size_t i = 0; i < page->count; i++) {
            if (gone[i] || weeks->of[i] >= 0) {
                hide(page, i, gone[i] || !is_in_window(weeks, i, count));
            }
        }
        fit = fits(build, area);
        count -= !fit;
    }
    for (size_t i = 0; i < page->count; i++) {
        if (gone[i] || weeks->of[i] >= 0) {
            hide(page, i, false);
        }
    }
    return count;
}

static void
keep_weeks(struct build *build, struct page *page, const struct weeks *weeks, int count)
{
    bool keep[PAGE_ELEMENTS_MAX];

    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];
        int *argument = &element->action.argument;

        keep[i] = is_in_window(weeks, i, count);
        if (element->role != ROLE_MONTH_STEP) {
            continue;
        }
        if (*argument < 0 && first_of(weeks, count) > 0) {
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
    struct weeks weeks;
    bool gone[PAGE_ELEMENTS_MAX];
    int count;
    bool whole;

    gather(page, &weeks);
    for (size_t i = 0; i < page->count; i++) {
        gone[i] = can_go(&page->elements[i]);
    }
    count = most_weeks(build, page, &weeks, gone, area);
    whole = count > 0;
    if (!whole) {
        for (size_t i = 0; i < page->count; i++) {
            gone[i] = is_beside(&page->elements[i]);
        }
        count = most_weeks(build, page, &weeks, gone, area);
    }
    keep_weeks(build, page, &weeks, count > 0 ? count : 1);
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

/* Only where that makes the foot no higher. */
void
weeks_say_in_button(struct build *build, struct page *page, int width)
{
    int height = area_foot(build, SLOT_FOOT, width);

    drop(build, page, ROLE_MESSAGE);
    for (size_t i = 0; i < page->count; i++) {
        struct element *button = &page->elements[i];
        const char *plain = button->label;

        if (button->role == ROLE_BUTTON && button->extra[0] != '\0') {
            button->label = button->extra;
            if (area_foot(build, SLOT_FOOT, width) > height) {
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
    weeks_say_in_button(build, page, area.width);
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
