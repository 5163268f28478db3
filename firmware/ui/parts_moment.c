#include "parts.h"

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
    return build->metrics->month_steps == MONTH_STEPS_FOOT ||
           (build->metrics->places == PLACES_MONTH &&
            place_change_of(build->page) >= 0);
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
        put_text(build, label, month->label, rect.x,
                 rect.y + (rect.height - pitch_of(build, label)) / 2, rect.width);
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

const struct part part_month = {
    .height = month_height,
    .put = month_put,
    .gap_after = 16,
};

int
day_gap(const struct build *build)
{
    return build->metrics->day_gap > 0 ? build->metrics->day_gap : scaled(build, 20);
}

/* Columns of the calendar in a width. */
static struct rectangle
day_column(const struct build *build, struct rectangle rect, int column)
{
    int gap = day_gap(build);
    int room = rect.width - build->day_inset + gap;
    int start = room * column / 6;
    int end = room * (column + 1) / 6 - gap;

    return (struct rectangle){rect.x + start, rect.y, end - start, rect.height};
}

static int
weekdays_height(struct build *build, int element, int width)
{
    (void)element;
    (void)width;
    return build->metrics->types[TYPE_SMALL].pitch;
}

static void
weekdays_put(struct build *build, int element, struct rectangle rect)
{
    int column = 0;

    for (int day = child_first(build->page, element); day >= 0;
         day = child_next(build->page, day))
    {
        struct run run = {day, TYPE_SMALL, false, COLOR_INK_2, ALIGN_CENTER, 0, 0};
        struct rectangle cell = day_column(build, rect, column++);

        run = run_on_line(build, run, build->page->elements[day].label, cell.width);
        put_text(build, run, build->page->elements[day].label, cell.x, cell.y,
                 cell.width);
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
    (void)element;
    (void)width;
    return build->metrics->day_height;
}

void
put_badge(struct build *build, int element, struct rectangle rect, int size, int inset,
          int px)
{
    int x = rect.x + rect.width - inset - size / 2;
    int y = rect.y + inset - size / 2;

    put_circle(build, element,
               (struct rectangle){x - scaled(build, 4), y - scaled(build, 4),
                                  size + 2 * scaled(build, 4),
                                  size + 2 * scaled(build, 4)},
               COLOR_SHEET);
    put_disc(build, element, "check", x, y, size, px, COLOR_ACCENT, COLOR_ON_ACCENT);
}

static void
day_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *day = &build->page->elements[element];
    bool selected = (day->flags & ELEMENT_SELECTED) != 0;
    struct surface surface = surface_when_chosen(build, element);
    bool large = build->page->adjustment.text != TEXT_NORMAL;
    int badge = scaled(build, large ? 48 : 56), inset = scaled(build, large ? 8 : 14);
    int beside = selected && large ? 2 * (inset + badge / 2 + scaled(build, 4)) : 0;
    struct run number;
    struct run note;
    int y;

    number = (struct run){
        element, TYPE_DAY, !surface.regular, surface.text, ALIGN_CENTER, 0, 0};
    note = (struct run){element,
                        TYPE_SMALL,
                        false,
                        surface.text,
                        ALIGN_CENTER,
                        build->metrics->types[TYPE_SMALL].pitch - 2,
                        0};
    number = run_on_line(build, number, day->label, rect.width - beside);
    note = run_on_line(build, note, day->detail, rect.width - scaled(build, 8));
    put_control(build, element, &surface, rect, scaled(build, 20));
    y = rect.y + (rect.height - pitch_of(build, number) - pitch_of(build, note)) / 2;
    y += put_text(build, number, day->label, rect.x, y, rect.width);
    put_text(build, note, day->detail, rect.x, y, rect.width);
    if (selected) {
        rect.y += build->metrics->low ? scaled(build, 8) : 0; /* its weekday is close */
        put_badge(build, element, rect, badge, inset, scaled(build, large ? 32 : 38));
    }
}

const struct part part_day = {
    .height = day_height,
    .put = day_put,
    .columns = 6,
    .column_gap = 20,
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
