#include "parts.h"

#include <string.h>

/* --- segments and languages: cells in one frame ------------------------------------
 */

/* How a cell's own letters are: what is chosen is bold, or all of them are. */
struct cell_style {
    int radius;
    enum type type;
    bool bold_always;
    int icon_px, icon_gap; /* as drawn */
};

#define CELL_ICON_OVER 6 /* larger than beside the word */

static void
put_cell(struct build *build, int element, struct rectangle rect,
         struct cell_style style)
{
    const struct element *cell = &build->page->elements[element];
    bool selected = (cell->flags & ELEMENT_SELECTED) != 0;
    struct surface surface = surface_of(build, element);
    struct run run = {element,   style.type,   selected || style.bold_always,
                      COLOR_INK, ALIGN_CENTER, 0,
                      0};
    enum color icon = COLOR_INK;
    int px = glyph(build, style.icon_px + CELL_ICON_OVER);
    int aside, lines;

    surface.border = COLOR_NONE;
    surface.fill = COLOR_NONE;
    if (is_pressed(build, element) || selected) {
        surface.fill = is_pressed(build, element) ? COLOR_PRIMARY_DOWN : COLOR_PRIMARY;
        run.color = icon = COLOR_ON_PRIMARY;
    }
    put_control(build, element, &surface, rect, style.radius);
    aside = cell->icon != NULL
                ? glyph(build, style.icon_px) + scaled(build, style.icon_gap)
                : 0;
    lines = text_lines(build, run, cell->label, rect.width);
    if (cell->icon != NULL && px + lines * pitch_of(build, run) <= rect.height &&
        (rect.height > 3 * pitch_of(build, run) || /* as high as wide, or narrow */
         longest_word(build, run, cell->label) > rect.width - aside))
    {
        int y = rect.y + (rect.height - px - lines * pitch_of(build, run)) / 2;

        run.bold = selected;
        put_icon(build, element, cell->icon, rect.x + (rect.width - px) / 2, y, px,
                 icon);
        put_text(build, run, cell->label, rect.x, y + px + 2, rect.width);
        return;
    }
    put_centered(build, run_on_line(build, run, cell->label, rect.width - aside),
                 cell->icon, glyph(build, style.icon_px), scaled(build, style.icon_gap),
                 false, cell->label, rect, icon);
}

static void
put_frame(struct build *build, int element, struct rectangle rect, int radius)
{
    struct item *item = put_item(build, ITEM_FILL, element, rect);

    item->color = COLOR_CARD;
    item->border = COLOR_BORDER;
    item->border_width = 2;
    item->radius = radius;
    item->corners = CORNERS_ALL;
}

static int
children_of(const struct page *page, int parent)
{
    int count = 0;

    for (int child = child_first(page, parent); child >= 0;
         child = child_next(page, child)) {
        count++;
    }
    return count;
}

/* Letters that are chosen show how large they are, until larger ones are needed. */
static enum type
segment_type(const struct build *build, const struct element *segment, enum type usual)
{
    static const enum type samples[] = {TYPE_BODY, TYPE_MOMENT, TYPE_SAMPLE};

    return segment->number == 0 || build->page->adjustment.text != TEXT_NORMAL
               ? usual
               : samples[segment->number];
}

#define SEGMENTS_PAD 8 /* as drawn, round the cells, and between them */
#define SEGMENTS_GAP 6

static struct cell_style
segments_style(const struct build *build, int element)
{
    bool has_label = build->page->elements[element].label[0] != '\0';
    bool two = children_of(build->page, element) == 2;

    return has_label ? (struct cell_style){scaled(build, 18),
                                           two ? TYPE_PLACE : TYPE_BODY, true, 40, 12}
                     : (struct cell_style){scaled(build, 18), TYPE_BODY, true, 42, 14};
}

static int
segment_width(const struct build *build, int element, int width)
{
    int count = children_of(build->page, element);

    return (width - 2 * scaled(build, SEGMENTS_PAD) -
            (count - 1) * scaled(build, SEGMENTS_GAP)) /
           count;
}

static struct run
segment_run(const struct build *build, int element, int cell)
{
    struct cell_style style = segments_style(build, element);

    return (struct run){
        .element = cell,
        .type = segment_type(build, &build->page->elements[cell], style.type),
        .bold = true};
}

/* Under each other where a word has no room in its cell, even without the icon. */
static bool
segments_are_rows(struct build *build, int element, int width)
{
    int room = segment_width(build, element, width);

    for (int cell = child_first(build->page, element); cell >= 0;
         cell = child_next(build->page, cell))
    {
        struct run run = segment_run(build, element, cell);
        const char *label = build->page->elements[cell].label;

        if (longest_word(build, run_within(build, run, label, room), label) > room) {
            return true;
        }
    }
    return false;
}

/* Of one cell: as high as its lines need, and as a finger; 0 where that is enough. */
static int
segment_height(struct build *build, int element, int cell, int room)
{
    struct cell_style style = segments_style(build, element);
    const struct element *it = &build->page->elements[cell];
    struct run run = segment_run(build, element, cell);
    int aside = it->icon != NULL
                    ? glyph(build, style.icon_px) + scaled(build, style.icon_gap)
                    : 0;
    int lines, over = 0;

    if (it->icon != NULL && longest_word(build, run, it->label) > room - aside) {
        over = glyph(build, style.icon_px + CELL_ICON_OVER);
        aside = 0;
    }
    run = run_on_line(build, run, it->label, room - aside);
    lines = text_lines(build, run, it->label, room - aside);
    return lines > 1 || over > 0
               ? lines * pitch_of(build, run) + scaled(build, 8) + over
               : 0;
}

/* As high as the cell with the most lines needs, and as a finger; or as all of them
 * under each other. */
static int
segments_bar_height(struct build *build, int element, int width)
{
    bool has_label = build->page->elements[element].label[0] != '\0';
    bool rows = segments_are_rows(build, element, width);
    int pad = 2 * scaled(build, SEGMENTS_PAD);
    int height = scaled(build, has_label ? 112 : 104);
    int room = rows ? width - pad : segment_width(build, element, width);
    int least = build->metrics->touch_min;
    int count = rows ? children_of(build->page, element) : 1;

    for (int cell = child_first(build->page, element); cell >= 0;
         cell = child_next(build->page, cell))
    {
        int needs = segment_height(build, element, cell, room);

        least = needs > least ? needs : least;
    }
    least = count * least + (count - 1) * scaled(build, SEGMENTS_GAP) + pad;
    return height < least ? least : height;
}

/* Of the line over the bar, with the gap between them: less where letters are large. */
static int
segments_label_height(const struct build *build, int element)
{
    struct run run = {.element = element, .type = TYPE_PLACE, .bold = true};
    int height = scaled(build, 50 + 12);
    int least = pitch_of(build, run) + scaled(build, 6);

    return height > least ? height : least;
}

static int
segments_height(struct build *build, int element, int width)
{
    bool has_label = build->page->elements[element].label[0] != '\0';

    return segments_bar_height(build, element, width) +
           (has_label ? segments_label_height(build, element) : 0);
}

/* What they set, over them. Returns its height. */
static int
segments_put_label(struct build *build, int element, struct rectangle rect)
{
    const struct element *bar = &build->page->elements[element];
    struct run run = {element, TYPE_PLACE, true, COLOR_INK, ALIGN_START, 0, 0};
    int height = segments_label_height(build, element);
    int usual = scaled(build, 50);
    int line = usual > pitch_of(build, run) ? usual : pitch_of(build, run);
    int icon_px = glyph(build, 46);
    int indent = icon_px + scaled(build, 16);

    put_icon(build, element, bar->icon, rect.x, rect.y + (line - icon_px) / 2, icon_px,
             COLOR_PRIMARY);
    put_text(build, run, bar->label, rect.x + indent,
             rect.y + (line - pitch_of(build, run)) / 2, rect.width - indent);
    return height;
}

static void
segments_put(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    bool has_label = page->elements[element].label[0] != '\0';
    bool rows = segments_are_rows(build, element, rect.width);
    int count = children_of(page, element);
    int pad = scaled(build, SEGMENTS_PAD), gap = scaled(build, SEGMENTS_GAP);
    struct rectangle at;

    if (has_label) {
        int label = segments_put_label(build, element, rect);

        rect.y += label;
        rect.height -= label;
    }
    put_frame(build, element, rect, scaled(build, 24));
    at = (struct rectangle){rect.x + pad, rect.y + pad, rect.width - 2 * pad,
                            rect.height - 2 * pad};
    if (rows) {
        at.height = (at.height - (count - 1) * gap) / count;
    } else {
        at.width = segment_width(build, element, rect.width);
    }
    for (int cell = child_first(page, element); cell >= 0;
         cell = child_next(page, cell)) {
        struct cell_style own = segments_style(build, element);

        own.type = segment_type(build, &page->elements[cell], own.type);
        put_cell(build, cell, at, own);
        at.x += rows ? 0 : at.width + gap;
        at.y += rows ? at.height + gap : 0;
    }
}

const struct part part_segments = {
    .height = segments_height,
    .put = segments_put,
    .column_gap = 20,
};

static int
languages_height(struct build *build, int element, int width)
{
    (void)element;
    (void)width;
    return build->metrics->language_bar;
}

/* Day and hour under each other beside the bar: "dinsdag 14.05 uur". */
struct clock {
    struct text_style day_style;
    struct run hour_run;
    size_t day; /* bytes */
    const char *hour;
    int day_width, hour_width;
};

static struct clock
clock_of(struct build *build)
{
    const char *text = build->page->clock;
    struct clock clock = {
        .day_style = {build->metrics->types[TYPE_SMALL].px, WEIGHT_REGULAR},
        .hour_run = {.element = -1,
                     .type = TYPE_SMALL,
                     .bold = true,
                     .color = COLOR_INK},
        .day = strcspn(text, " "),
    };

    clock.hour = text + clock.day + strspn(text + clock.day, " ");
    clock.day_width = fonts_width(build->fonts, clock.day_style, text, clock.day);
    clock.hour_width = text_width(build, clock.hour_run, clock.hour);
    return clock;
}

/* What it takes of the bar's width. */
static int
clock_width(struct build *build)
{
    struct clock clock = clock_of(build);
    int width = clock.day_width > clock.hour_width ? clock.day_width : clock.hour_width;

    return width + scaled(build, 20);
}

static void
put_clock(struct build *build, struct rectangle bar)
{
    struct clock clock = clock_of(build);
    int end = bar.x + bar.width;
    int apart = pitch_of(build, clock.hour_run) * 7 / 8;
    int y = bar.y + (bar.height - 2 * apart) / 2;
    struct item *item =
        put_item(build, ITEM_TEXT, -1,
                 (struct rectangle){end - clock.day_width, y, clock.day_width,
                                    fonts_height(clock.day_style)});

    item->color = COLOR_INK_2;
    item->style = clock.day_style;
    item->text = build->page->clock;
    item->length = clock.day;
    put_text(build, clock.hour_run, clock.hour, end - clock.hour_width, y + apart,
             clock.hour_width + 1);
}

static int
language_width(struct build *build, int cell)
{
    const struct element *language = &build->page->elements[cell];
    struct run run = {cell,      TYPE_SMALL,  (language->flags & ELEMENT_SELECTED) != 0,
                      COLOR_INK, ALIGN_START, 0,
                      0};

    return text_width(build, run, language->label);
}

/* Cells as wide as their names, the room that is left shared out. */
static void
languages_put(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    int clock = build->metrics->clock_beside_bar ? clock_width(build) : 0;
    int pad = scaled(build, 8);
    int room = rect.width - clock - 2 * pad;
    int count = children_of(page, element);
    int x = rect.x + pad;

    if (clock > 0) {
        put_clock(build, rect);
        rect.width -= clock;
    }
    for (int cell = child_first(page, element); cell >= 0;
         cell = child_next(page, cell)) {
        room -= language_width(build, cell);
    }
    put_frame(build, element, rect, scaled(build, 24));
    for (int cell = child_first(page, element); cell >= 0;
         cell = child_next(page, cell)) {
        int width = language_width(build, cell) + room / count;

        put_cell(build, cell,
                 (struct rectangle){x, rect.y + pad, width, rect.height - 2 * pad},
                 (struct cell_style){scaled(build, 18), TYPE_SMALL, false, 42, 14});
        x += width;
        room -= room / count;
        count--;
    }
}

const struct part part_languages = {
    .height = languages_height,
    .put = languages_put,
    .gap_after = 22,
};
