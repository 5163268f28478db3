#include "parts.h"

#include <string.h>

/* --- the month: its name, and the way to earlier and later -------------------------
 */

static int
month_height(struct build *build, int element, int width)
{
    (void)width;
    int line = build->metrics->types[TYPE_LABEL].pitch;
    int steps = scaled(build, 88);

    if (build->metrics->month_steps != MONTH_STEPS_OVER ||
        child_first(build->page, element) < 0)
    {
        return line;
    }
    return steps > build->metrics->touch_min ? steps : build->metrics->touch_min;
}

bool
month_is_on_stage(const struct build *build)
{
    const struct page *page = build->page;

    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_MONTH && build->off_stage[i]) {
            return false;
        }
    }
    return build->metrics->month_steps == MONTH_STEPS_FOOT ||
           (build->metrics->places == PLACES_MONTH && place_change_of(page) >= 0);
}

void
put_month_step(struct build *build, int element, struct rectangle rect)
{
    struct surface surface = surface_of(build, element);
    int icon_px = build->metrics->month_step_icon;

    put_control(build, element, &surface, rect, scaled(build, 20));
    put_icon(build, element, build->page->elements[element].icon,
             rect.x + (rect.width - icon_px) / 2, rect.y + (rect.height - icon_px) / 2,
             icon_px, surface.icon);
}

static void
month_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *month = &build->page->elements[element];
    struct run label = {element, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};
    struct run note = {element, TYPE_SMALL, false, COLOR_INK_2, ALIGN_END, 0, 0};
    int x = rect.x + rect.width;
    int steps = 0;
    int width = build->metrics->month_step_width, gap = scaled(build, 16);

    if (build->metrics->month_steps != MONTH_STEPS_OVER) {
        rect.width -= build->month_inset;
        put_text(build, label, month->label, rect.x,
                 rect.y + (rect.height - pitch_of(build, label)) / 2, rect.width);
        note = run_on_line(build, note, month->detail,
                           rect.width - text_width(build, label, month->label) - gap);
        put_text(build, note, month->detail, rect.x,
                 rect.y + (rect.height - pitch_of(build, note)) / 2 + 2, rect.width);
        return; /* the steps stand elsewhere */
    }
    for (int step = child_first(build->page, element); step >= 0;
         step = child_next(build->page, step))
    {
        steps++;
    }
    x -= steps * width + (steps - 1) * gap;
    rect.width = x - gap - rect.x;
    if (month_is_on_stage(build)) {
        put_place_change(build, place_change_of(build->page), rect);
    } else {
        int lines = text_lines(build, label, month->label, rect.width);

        put_text(build, label, month->label, rect.x,
                 rect.y + (rect.height - lines * pitch_of(build, label)) / 2,
                 rect.width);
    }
    for (int step = child_first(build->page, element); step >= 0;
         step = child_next(build->page, step))
    {
        put_month_step(build, step, (struct rectangle){x, rect.y, width, rect.height});
        x += width + gap;
    }
}

/* --- steps at the end of the days ------------------------------------------------- */

#define MONTH_STEPS_GAP 14

/* Together as high as the days, if each of them is high enough then. */
static int
step_height(const struct build *build, int days)
{
    int height = (days - scaled(build, MONTH_STEPS_GAP)) / 2;

    return height > build->metrics->touch_min ? height : build->metrics->touch_min;
}

void
month_steps_make_room(struct build *build)
{
    const struct metrics *metrics = build->metrics;
    int columns = day_columns(build->page);
    int rows = (page_count_of(build->page, ROLE_DAY) + columns - 1) / columns;
    int days = rows * metrics->day_height + (rows - 1) * metrics->grid_gap;
    int gap = scaled(build, MONTH_STEPS_GAP);

    if (metrics->month_steps != MONTH_STEPS_BESIDE ||
        page_count_of(build->page, ROLE_MONTH_STEP) == 0)
    {
        return;
    }
    build->day_inset = metrics->month_step_width + gap;
    if (2 * step_height(build, days) + gap > days + metrics->grid_gap) {
        build->month_inset = build->day_inset;
    }
}

void
put_month_steps_beside(struct build *build, struct rectangle days)
{
    int gap = scaled(build, MONTH_STEPS_GAP);
    int height = step_height(build, days.height);
    int width = build->metrics->month_step_width;
    int y = days.y + days.height - 2 * height - gap;

    if (build->day_inset == 0) {
        return;
    }
    for (int i = 0; i < (int)build->page->count; i++) {
        if (build->page->elements[i].role == ROLE_MONTH_STEP) {
            put_month_step(
                build, i,
                (struct rectangle){days.x + days.width - width, y, width, height});
            y += height + gap;
        }
    }
}

const struct part part_month = {
    .height = month_height,
    .put = month_put,
    .gap_after = 16,
};

int
day_columns(const struct page *page)
{
    return page->columns[ROLE_DAY] > 0 ? page->columns[ROLE_DAY] : DAY_COLUMNS;
}

int
day_column_of(const struct page *page, const struct element *day)
{
    return day->number % day_columns(page);
}

int
day_clearance(const struct build *build)
{
    const struct metrics *metrics = build->metrics;

    return metrics->day_height < metrics->touch_min ? metrics->apart_min : 0;
}

int
day_gap(const struct build *build)
{
    int gap = build->metrics->day_gap > 0 ? build->metrics->day_gap : scaled(build, 20);
    int least = day_clearance(build);

    return gap > least ? gap : least;
}

int
day_width(const struct build *build, int width)
{
    const struct metrics *metrics = build->metrics;
    int gap = day_gap(build);

    if (metrics->month_steps == MONTH_STEPS_BESIDE) {
        width -= metrics->month_step_width + scaled(build, MONTH_STEPS_GAP);
    }
    return (width + gap) / DAY_COLUMNS - gap;
}

/* Columns of the calendar in a width. */
static struct rectangle
day_column(const struct build *build, struct rectangle rect, int column)
{
    int gap = day_gap(build);
    int room = rect.width - build->day_inset + gap;
    int start = room * column / DAY_COLUMNS;
    int end = room * (column + 1) / DAY_COLUMNS - gap;

    return (struct rectangle){rect.x + start, rect.y, end - start, rect.height};
}

static int
weekdays_height(struct build *build, int element, int width)
{
    (void)element;
    (void)width;
    return build->metrics->types[TYPE_SMALL].pitch;
}

/* A chosen day has a badge over its top end corner. */
struct badge {
    int size, inset, px;
};

/* Letters come near that corner where they are large, or name the day. */
static bool
is_near_badge(const struct build *build, const struct element *day)
{
    return build->page->adjustment.text != TEXT_NORMAL ||
           strchr(day->label, ' ') != NULL;
}

static struct badge
day_badge(const struct build *build)
{
    bool large = build->page->adjustment.text != TEXT_NORMAL;

    return (struct badge){.size = scaled(build, large ? 48 : 56),
                          .inset = scaled(build, large ? 8 : 14),
                          .px = scaled(build, large ? 32 : 38)};
}

/* How far it comes into the width of the day. */
static int
badge_width(const struct build *build)
{
    struct badge badge = day_badge(build);

    return badge.inset + badge.size / 2 + scaled(build, 4);
}

/* Whether the day under that day of the week is the chosen one. */
static bool
is_over_badge(const struct page *page, int column)
{
    int before = -1;

    for (size_t i = 0; i < page->count; i++) {
        const struct element *day = &page->elements[i];

        if (day->role != ROLE_DAY) {
            continue;
        }
        if (day->number <= before) {
            return false; /* that is a next week */
        }
        before = day->number;
        if (day->number == column) {
            return (day->flags & ELEMENT_SELECTED) != 0;
        }
    }
    return false;
}

static void
weekdays_put(struct build *build, int element, struct rectangle rect)
{
    int column = 0;

    for (int day = child_first(build->page, element); day >= 0;
         day = child_next(build->page, day))
    {
        struct run run = {day, TYPE_SMALL, false, COLOR_INK_2, ALIGN_CENTER, 0, 0};
        struct rectangle cell = day_column(build, rect, column);
        const char *label = build->page->elements[day].label;

        run = run_on_line(build, run, label, cell.width);
        if (is_over_badge(build->page, column++) &&
            text_width(build, run, label) > cell.width - 2 * badge_width(build))
        {
            cell.width -= badge_width(build);
        }
        put_text(build, run, label, cell.x, cell.y, cell.width);
    }
}

const struct part part_weekdays = {
    .height = weekdays_height,
    .put = weekdays_put,
    .gap_after = 16,
};

/* --- days: the grid is placed by each day's own column
 * -------------------------------- */

static int
day_height(struct build *build, int element, int width)
{
    const struct metrics *metrics = build->metrics;
    int lines = metrics->types[TYPE_DAY].pitch;

    (void)element;
    (void)width;
    if (day_columns(build->page) != DAY_COLUMNS_LIST) {
        lines += metrics->types[TYPE_SMALL].pitch - 2;
    }
    return lines > metrics->day_height ? lines : metrics->day_height;
}

void
put_badge(struct build *build, int element, struct rectangle rect, int size, int inset,
          int px)
{
    int x = rect.x + rect.width - inset - size / 2;
    int close = build->metrics->low ? scaled(build, 13) : 0; /* what stands over it */
    int y = rect.y + inset - size / 2 + close;

    put_circle(build, element,
               (struct rectangle){x - scaled(build, 4), y - scaled(build, 4),
                                  size + 2 * scaled(build, 4),
                                  size + 2 * scaled(build, 4)},
               COLOR_SHEET);
    put_disc(build, element, "check", x, y, size, px, COLOR_ACCENT, COLOR_ON_ACCENT);
}

/* In a list it is said beside the day, and nothing comes under the badge. */
bool
day_row_fits(struct build *build, const char *name, const char *detail, int width)
{
    struct run run = {.type = TYPE_DAY, .bold = true}, note = {.type = TYPE_SMALL};

    return text_width(build, run, name) + scaled(build, 20) +
               text_width(build, note, detail) <=
           width - 2 * badge_width(build);
}

static void
day_put_row(struct build *build, int element, struct rectangle rect)
{
    const struct element *day = &build->page->elements[element];
    struct surface surface = surface_when_chosen(build, element);
    struct badge badge = day_badge(build);
    struct run name = {element, TYPE_DAY, !surface.regular, surface.text, ALIGN_START,
                       0,       0};
    struct run note = {element, TYPE_SMALL, false, surface.text, ALIGN_END, 0, 0};
    int pad = badge_width(build);
    int x = rect.x + pad, width = rect.width - 2 * pad;

    put_control(build, element, &surface, rect, scaled(build, 20));
    put_text(build, name, day->label, x,
             rect.y + (rect.height - pitch_of(build, name)) / 2, width);
    put_text(build, note, day->detail, x,
             rect.y + (rect.height - pitch_of(build, note)) / 2, width);
    if ((day->flags & ELEMENT_SELECTED) != 0) {
        put_badge(build, element, rect, badge.size, badge.inset, badge.px);
    }
}

static void
day_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *day = &build->page->elements[element];
    bool selected = (day->flags & ELEMENT_SELECTED) != 0;
    struct surface surface = surface_when_chosen(build, element);
    int beside = selected && is_near_badge(build, day) ? badge_width(build) : 0;
    struct badge badge = day_badge(build);
    struct run number;
    struct run note;
    int y;

    if (day_columns(build->page) == DAY_COLUMNS_LIST) {
        day_put_row(build, element, rect);
        return;
    }
    number = (struct run){
        element, TYPE_DAY, !surface.regular, surface.text, ALIGN_CENTER, 0, 0};
    note = (struct run){element,
                        TYPE_SMALL,
                        false,
                        surface.text,
                        ALIGN_CENTER,
                        build->metrics->types[TYPE_SMALL].pitch - 2,
                        0};
    number = run_on_line(build, number, day->label, rect.width - 2 * beside);
    if (text_width(build, number, day->label) <= rect.width - 2 * beside) {
        beside = 0; /* there is room for both */
    }
    note = run_on_line(build, note, day->detail, rect.width - scaled(build, 8));
    put_control(build, element, &surface, rect, scaled(build, 20));
    y = rect.y + (rect.height - pitch_of(build, number) - pitch_of(build, note)) / 2;
    y += put_text(build, number, day->label, rect.x, y, rect.width - beside);
    put_text(build, note, day->detail, rect.x, y, rect.width);
    if (selected) {
        put_badge(build, element, rect, badge.size, badge.inset, badge.px);
    }
}

const struct part part_day = {
    .height = day_height,
    .put = day_put,
    .columns = DAY_COLUMNS,
};

/* --- times
 * ----------------------------------------------------------------------------- */

static void
time_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *time = &build->page->elements[element];
    bool selected = (time->flags & ELEMENT_SELECTED) != 0;
    struct surface surface = surface_when_chosen(build, element);
    struct run run;
    const char *icon = selected ? "check" : time->icon;

    run = (struct run){element, TYPE_TIME, true, surface.text, ALIGN_START, 0, 0};
    put_control(build, element, &surface, rect, scaled(build, 20));
    put_centered(build, run, icon, glyph(build, selected ? 44 : 40), scaled(build, 10),
                 false, time->label, rect, surface.icon);
}

const struct part part_time = {
    .least = 104,
    .is_touched = true,
    .put = time_put,
    .columns = -1, /* the class says */
    .column_gap = 20,
    .gap_after = 20,
};
