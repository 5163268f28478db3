#include "parts.h"

#include <string.h>

/* --- tile --------------------------------------------------------------------- */

static void
put_tile_glyph(struct build *build, int element, int x, int y,
               const struct surface *surface)
{
    const struct element *tile = &build->page->elements[element];
    const struct tile_shape *shape = &build->metrics->tile;
    int inset = (shape->disc - shape->glyph) / 2;

    if (surface->disc != COLOR_NONE) {
        put_disc(build, element, tile->icon, x, y, shape->disc, shape->glyph,
                 surface->disc, surface->disc_icon);
        return;
    }
    put_icon_on(build, element, tile->icon, x + inset, y + inset, shape->glyph,
                surface->disc_icon, surface->fill);
}

/* The glyph stands over the label. */
static void
tile_put_high(struct build *build, int element, struct rectangle rect, struct run run,
              const struct surface *surface)
{
    const struct element *tile = &build->page->elements[element];
    const struct tile_shape *shape = &build->metrics->tile;
    int x = rect.x + shape->pad;
    int width = rect.width - 2 * shape->pad + shape->pad / 3;
    int lines = text_lines(build, run, tile->label, width);
    int kept = lines > shape->lines ? lines : shape->lines;
    int y = rect.y +
            (rect.height - shape->disc - shape->gap - kept * pitch_of(build, run)) / 2;

    put_tile_glyph(build, element, x, y, surface);
    put_text(build, run, tile->label, x, y + shape->disc + shape->gap, width);
}

static void
tile_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *tile = &build->page->elements[element];
    const struct tile_shape *shape = &build->metrics->tile;
    struct surface surface = surface_of(build, element);
    struct run run = {.element = element,
                      .type = TYPE_TILE,
                      .bold = !surface.regular,
                      .color = surface.text};
    int x = rect.x + shape->pad - (surface.border == COLOR_NONE ? 2 : 0);
    int width, lines;

    surface.shadow = (tile->flags & ELEMENT_PRIMARY) == 0;
    put_control(build, element, &surface, rect, scaled(build, 28));
    if (shape->high && rect.height > 2 * shape->disc) {
        tile_put_high(build, element, rect, run, &surface);
        return;
    }
    put_tile_glyph(build, element, x, rect.y + (rect.height - shape->disc) / 2,
                   &surface);
    x += shape->disc + shape->gap;
    width = rect.x + rect.width - scaled(build, 18) - x;
    if (shape->columns == 1) { /* it is as wide as a row, and looks like one */
        int chevron = glyph(build, 53);

        width -= chevron + scaled(build, 16);
        put_icon_on(build, element, "chevron_right",
                    rect.x + rect.width - scaled(build, 32) - chevron,
                    rect.y + (rect.height - chevron) / 2, chevron, surface.icon,
                    surface.fill);
    }
    lines = text_lines(build, run, tile->label, width);
    put_text(build, run, tile->label, x,
             rect.y + (rect.height - lines * pitch_of(build, run)) / 2, width);
}

static int
tile_height(struct build *build, int element, int width)
{
    const struct tile_shape *shape = &build->metrics->tile;
    const struct element *tile = &build->page->elements[element];
    struct run run = {.element = element, .type = TYPE_TILE, .bold = true};
    int room = shape->high
                   ? width - 2 * shape->pad + shape->pad / 3
                   : width - shape->pad - shape->disc - shape->gap - scaled(build, 20) -
                         (shape->columns == 1 ? glyph(build, 53) : 0);
    int text = text_lines(build, run, tile->label, room) * pitch_of(build, run);
    int least = scaled(build, 130);
    int height =
        (shape->high ? shape->disc + shape->gap + text : text) + scaled(build, 24);

    least = least > build->metrics->touch_min ? least : build->metrics->touch_min;
    return height > least ? height : least;
}

const struct part part_tile = {
    .height = tile_height,
    .put = tile_put,
    .columns = -1, /* the class says */
    .column_gap = 20,
    .height_max = -1,
};

/* --- row ---------------------------------------------------------------------- */

/* Where the words begin, after the glyph. */
static int
row_indent(const struct build *build)
{
    return build->metrics->tight ? scaled(build, 54) + glyph(build, 52)
                                 : scaled(build, 58) + glyph(build, 92);
}

static int
row_disc(const struct build *build)
{
    return glyph(build, build->metrics->tight ? 76 : 92);
}

static int
row_text_width(const struct build *build, int width)
{
    return build->metrics->tight
               ? width - row_indent(build) - scaled(build, 20)
               : width - row_indent(build) - scaled(build, 54) - glyph(build, 56);
}

/* That it leads on; where there is little width its outline says so. */
static void
put_chevron(struct build *build, int element, struct rectangle rect, int middle,
            enum color color)
{
    int px = glyph(build, 56);

    if (!build->metrics->tight) {
        put_icon(build, element, "chevron_right",
                 rect.x + rect.width - scaled(build, 34) - px, middle - px / 2, px,
                 color);
    }
}

static int
row_height(struct build *build, int element, int width)
{
    const struct element *row = &build->page->elements[element];
    struct run label = {.element = element, .type = TYPE_LABEL, .bold = true};
    struct run note = {.element = element, .type = TYPE_NOTE};
    int text = row_text_width(build, width);
    int height = text_lines(build, label, row->label, text) * pitch_of(build, label) +
                 text_lines(build, note, row->detail, text) * pitch_of(build, note) +
                 scaled(build, 32);
    int least = row->slot == SLOT_OVERLAY ? scaled(build, 160) : scaled(build, 130);

    if (row->slot == SLOT_OVERLAY && (row->flags & ELEMENT_PRIMARY) != 0) {
        least += scaled(build, 8);
    }
    if (least < build->metrics->touch_min) {
        least = build->metrics->touch_min;
    }
    return height > least ? height : least;
}

/* The first of an overlay is larger, those below an appointment are smaller. */
static int
row_icon_px(const struct build *build, const struct element *row)
{
    bool offered = row->slot == SLOT_OVERLAY && (row->flags & ELEMENT_PRIMARY) != 0;
    bool below = false;

    for (size_t i = 0; i < build->page->count; i++) {
        below |= build->page->elements[i].role == ROLE_APPOINTMENT;
    }
    return glyph(build, offered ? 54 : below ? 50 : 52);
}

static void
row_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *row = &build->page->elements[element];
    struct surface surface = surface_of(build, element);
    struct run label = {
        element, TYPE_LABEL, !surface.regular, surface.text, ALIGN_START, 0, 0};
    struct run note = {element, TYPE_NOTE, false, surface.note, ALIGN_START, 0, 0};
    int text = row_text_width(build, rect.width);
    int disc = row_disc(build);
    int x = rect.x + scaled(build, build->metrics->tight ? 15 : 30);
    int height = text_lines(build, label, row->label, text) * pitch_of(build, label) +
                 text_lines(build, note, row->detail, text) * pitch_of(build, note);
    int y = rect.y + (rect.height - height) / 2;

    surface.shadow = (row->flags & ELEMENT_PRIMARY) == 0;
    put_control(build, element, &surface, rect, scaled(build, 28));
    put_disc(build, element, row->icon, x, rect.y + (rect.height - disc) / 2, disc,
             row_icon_px(build, row), surface.disc, surface.disc_icon);
    x = rect.x + row_indent(build);
    y += put_text(build, label, row->label, x, y, text);
    put_text(build, note, row->detail, x, y, text);
    put_chevron(build, element, rect, rect.y + rect.height / 2, surface.icon);
}

const struct part part_row = {
    .height = row_height,
    .put = row_put,
    .column_gap = 20,
    .height_max = 204,
};

/* --- channel: a row with a tag over it and facts under it ------------------------ */

/* Facts stand side by side while they fit, else on the next line. */
static int
put_facts(struct build *build, int element, int x, int y, int width,
          const struct surface *surface)
{
    const struct page *page = build->page;
    int icon_px = glyph(build, 42);
    int gap = scaled(build, 12);
    int line = scaled(build, 56);
    int at = 0;
    int pitch = build->metrics->types[TYPE_NOTE].pitch;
    int between = line > pitch ? line - pitch : 0;
    int top = y;
    int row = 0; /* its height, as far as it is filled */

    for (int fact = child_first(page, element); fact >= 0;
         fact = child_next(page, fact)) {
        const struct element *it = &page->elements[fact];
        struct run run = {fact,
                          TYPE_NOTE,
                          (it->flags & ELEMENT_STRONG) != 0,
                          surface->text,
                          ALIGN_START,
                          0,
                          0};
        int needs = icon_px + gap + text_width(build, run, it->label);
        int height;

        if (at > 0 && at + needs > width) {
            at = 0;
            y += row + between;
            row = 0;
        }
        put_icon(build, fact, it->icon, x + at,
                 y + (pitch_of(build, run) - icon_px) / 2, icon_px, surface->icon);
        height = put_text(build, run, it->label, x + at + icon_px + gap, y,
                          width - at - icon_px - gap + 1);
        row = height > row ? height : row;
        at += needs + scaled(build, 30);
    }
    return y + row - top;
}

static int
channel_text_width(const struct build *build, int width)
{
    return build->metrics->tight ? row_text_width(build, width)
                                 : width - scaled(build, 70) - glyph(build, 92) -
                                       scaled(build, 54) - glyph(build, 56);
}

/* Where there is little width they begin under the glyph. */
static int
channel_facts_width(const struct build *build, int width)
{
    return build->metrics->tight ? width - scaled(build, 60)
                                 : channel_text_width(build, width);
}

static int
facts_gap(const struct build *build)
{
    return scaled(build, build->metrics->tight ? 0 : 14);
}

/* Why the municipality would like this one best, in one line or two. */
static struct run
tag_run(int element)
{
    return (struct run){element, TYPE_SMALL, true, COLOR_ON_PRIMARY, ALIGN_START, 0, 0};
}

static int
tag_room(const struct build *build, int width)
{
    return width - scaled(build, 76 + 38) - glyph(build, 38);
}

static int
tag_height(struct build *build, int element, int width)
{
    struct run run = tag_run(element);
    int text = text_lines(build, run, build->page->elements[element].value,
                          tag_room(build, width)) *
                   pitch_of(build, run) +
               pitch_of(build, run) / 10;

    return text > scaled(build, 56) ? text : scaled(build, 56);
}

static int
channel_content_height(struct build *build, int element, int width)
{
    const struct element *channel = &build->page->elements[element];
    struct run label = {.element = element, .type = TYPE_LABEL, .bold = true};
    struct surface surface = {0};
    bool measuring = build->measuring;
    int text = channel_text_width(build, width);
    int height =
        text_lines(build, label, channel->label, text) * pitch_of(build, label);
    int facts;

    build->measuring = true;
    facts =
        put_facts(build, element, 0, 0, channel_facts_width(build, width), &surface);
    build->measuring = measuring;
    if (facts > 0) {
        height += facts_gap(build) + facts;
    }
    if (channel->value[0] != '\0') {
        height += tag_height(build, element, width) + scaled(build, 22);
    }
    return height;
}

static int
channel_height(struct build *build, int element, int width)
{
    bool recommended =
        (build->page->elements[element].flags & ELEMENT_RECOMMENDED) != 0;
    int pad = scaled(build, build->metrics->tight ? 12 : recommended ? 16 : 28);
    int height = channel_content_height(build, element, width) + 2 * pad;

    return height > build->metrics->touch_min ? height : build->metrics->touch_min;
}

/* Returns its height, with the gap under it. */
static int
put_tag(struct build *build, int element, struct rectangle rect, int y)
{
    struct run run = tag_run(element);
    const char *tag = build->page->elements[element].value;
    int icon_px = glyph(build, 38);
    int height = tag_height(build, element, rect.width);
    int pad = scaled(build, 14), x = rect.x + scaled(build, 38);
    int room = tag_room(build, rect.width);
    int text = text_width(build, run, tag);
    int lines = text_lines(build, run, tag, room);

    put_fill(build, element,
             (struct rectangle){x, y,
                                (text < room ? text : room) + icon_px +
                                    scaled(build, 10) + 2 * pad,
                                height},
             scaled(build, 14), COLOR_PRIMARY);
    put_icon(build, element, "thumb_up", x + pad, y + (height - icon_px) / 2, icon_px,
             COLOR_ON_PRIMARY);
    put_text(build, run, tag, x + pad + icon_px + scaled(build, 10),
             y + (height - lines * pitch_of(build, run)) / 2, room + 1);
    return height + scaled(build, 17);
}

static void
channel_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *channel = &build->page->elements[element];
    struct surface surface = surface_of(build, element);
    struct run label = {element, TYPE_LABEL, true, surface.text, ALIGN_START, 0, 0};
    bool tight = build->metrics->tight;
    int text = channel_text_width(build, rect.width);
    int content = channel_content_height(build, element, rect.width);
    int y = rect.y + (rect.height - content) / 2;
    int disc = row_disc(build);
    int x = rect.x + (tight ? row_indent(build) : scaled(build, 70) + glyph(build, 92));
    int middle, named;

    surface.shadow = true;
    put_control(build, element, &surface, rect, scaled(build, 28));
    if (channel->value[0] != '\0') {
        y += put_tag(build, element, rect, y);
    }
    named = text_lines(build, label, channel->label, text) * pitch_of(build, label);
    middle = tight ? y + named / 2
             : channel->value[0] != '\0'
                 ? y + (rect.y + rect.height - y) / 2 - scaled(build, 18)
                 : rect.y + rect.height / 2;
    put_disc(build, element, channel->icon, rect.x + scaled(build, tight ? 30 : 38),
             middle - disc / 2, disc, glyph(build, tight ? 52 : 56), surface.disc,
             surface.disc_icon);
    y += put_text(build, label, channel->label, x, y, text) + facts_gap(build);
    put_facts(build, element, tight ? rect.x + scaled(build, 30) : x, y,
              channel_facts_width(build, rect.width), &surface);
    put_chevron(build, element, rect, middle, surface.icon);
}

const struct part part_channel = {
    .height = channel_height,
    .put = channel_put,
    .height_max = 338,
};

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

/* As high as the cell with the most lines needs, and as a finger. */
static int
segments_bar_height(struct build *build, int element, int width)
{
    struct cell_style style = segments_style(build, element);
    bool has_label = build->page->elements[element].label[0] != '\0';
    int height = scaled(build, has_label ? 112 : 104);
    int least = build->metrics->touch_min;
    int room = segment_width(build, element, width);

    for (int cell = child_first(build->page, element); cell >= 0;
         cell = child_next(build->page, cell))
    {
        const struct element *it = &build->page->elements[cell];
        struct run run = {
            .element = cell, .type = segment_type(build, it, style.type), .bold = true};
        int aside = it->icon != NULL
                        ? glyph(build, style.icon_px) + scaled(build, style.icon_gap)
                        : 0;
        int lines, text, over = 0;

        if (it->icon != NULL && longest_word(build, run, it->label) > room - aside) {
            over = glyph(build, style.icon_px + CELL_ICON_OVER);
            aside = 0;
        }
        run = run_on_line(build, run, it->label, room - aside);
        lines = text_lines(build, run, it->label, room - aside);
        text = lines * pitch_of(build, run) + scaled(build, 8) + over;
        least = (lines > 1 || over > 0) && text > least ? text : least;
    }
    least += 2 * scaled(build, SEGMENTS_PAD);
    return height < least ? least : height;
}

/* Of the line over the bar, with the gap between them as far as the letters leave it.
 */
static int
segments_label_height(const struct build *build, int element)
{
    struct run run = {.element = element, .type = TYPE_PLACE, .bold = true};
    int height = scaled(build, 50 + 12);

    return height > pitch_of(build, run) ? height : pitch_of(build, run);
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
    int line = height > pitch_of(build, run) ? scaled(build, 50) : height;
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
    struct cell_style style = segments_style(build, element);
    int pad = scaled(build, SEGMENTS_PAD);
    int width = segment_width(build, element, rect.width);
    int x = rect.x + pad;

    if (has_label) {
        int label = segments_put_label(build, element, rect);

        rect.y += label;
        rect.height -= label;
    }
    put_frame(build, element, rect, scaled(build, 24));
    for (int cell = child_first(page, element); cell >= 0;
         cell = child_next(page, cell)) {
        struct cell_style own = style;

        own.type = segment_type(build, &page->elements[cell], style.type);
        put_cell(build, cell,
                 (struct rectangle){x, rect.y + pad, width, rect.height - 2 * pad},
                 own);
        x += width + scaled(build, SEGMENTS_GAP);
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
        struct run run = {cell,
                          TYPE_SMALL,
                          (page->elements[cell].flags & ELEMENT_SELECTED) != 0,
                          COLOR_INK,
                          ALIGN_START,
                          0,
                          0};

        room -= text_width(build, run, page->elements[cell].label);
    }
    put_frame(build, element, rect, scaled(build, 24));
    for (int cell = child_first(page, element); cell >= 0;
         cell = child_next(page, cell)) {
        struct run run = {cell,
                          TYPE_SMALL,
                          (page->elements[cell].flags & ELEMENT_SELECTED) != 0,
                          COLOR_INK,
                          ALIGN_START,
                          0,
                          0};
        int width = text_width(build, run, page->elements[cell].label) + room / count;

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

/* --- how many people ----------------------------------------------------------------
 */

static struct run
chip_number(int element)
{
    return (struct run){
        .element = element, .type = TYPE_COUNT, .bold = true, .align = ALIGN_CENTER};
}

static struct run
chip_note(int element)
{
    return (struct run){.element = element, .type = TYPE_NOTE, .align = ALIGN_CENTER};
}

static bool
count_chip_has_room(struct build *build, int element, int width)
{
    const struct element *chip = &build->page->elements[element];

    return longest_word(build, chip_note(element), chip->detail) <= width;
}

static int
count_chip_text(struct build *build, int element, int width)
{
    const struct element *chip = &build->page->elements[element];
    struct run note = chip_note(element);

    return pitch_of(build, chip_number(element)) +
           text_lines(build, note, chip->detail, width) * pitch_of(build, note);
}

static int
count_chip_height(struct build *build, int element, int width)
{
    int text = count_chip_text(build, element, width) + scaled(build, 24);
    int height = scaled(build, 214) > text ? scaled(build, 214) : text;

    return height > build->metrics->touch_min ? height : build->metrics->touch_min;
}

static void
count_chip_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *chip = &build->page->elements[element];
    bool selected = (chip->flags & ELEMENT_SELECTED) != 0;
    struct surface surface = surface_when_chosen(build, element);
    struct run number = chip_number(element), note = chip_note(element);
    int y = rect.y + (rect.height - count_chip_text(build, element, rect.width)) / 2;

    number.color = note.color = surface.text;
    surface.shadow = true;
    put_control(build, element, &surface, rect, scaled(build, 28));
    y += put_text(build, number, chip->label, rect.x, y, rect.width);
    put_text(build, note, chip->detail, rect.x, y, rect.width);
    if (selected) {
        rect.y += build->metrics->low ? scaled(build, 10) : 0; /* a line is close */
        put_badge(build, element, rect, scaled(build, 60), scaled(build, 16),
                  scaled(build, 42));
    }
}

const struct part part_count_chip = {
    .height = count_chip_height,
    .put = count_chip_put,
    .columns = 3,
    .has_room = count_chip_has_room,
    .column_gap = 20,
};

static void
sum_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *sum = &build->page->elements[element];
    struct run label = {element, TYPE_DAY, true, COLOR_INK, ALIGN_END, 0, 0};
    struct run note = {element, TYPE_NOTE, false, COLOR_INK_2, ALIGN_END, 0, 0};
    int icon_px = glyph(build, 76);
    int y = rect.y + (rect.height - pitch_of(build, label) - pitch_of(build, note)) / 2;
    int x = rect.x + scaled(build, 36);
    int end = rect.x + rect.width - scaled(build, 36);

    put_fill(build, element, rect, scaled(build, 28), COLOR_PRIMARY_SOFT);
    for (int i = 0; i < sum->number; i++) {
        put_icon(build, element, "person", x, rect.y + (rect.height - icon_px) / 2,
                 icon_px, COLOR_PRIMARY);
        x += sum->number > 4 ? icon_px * 3 / 4 : icon_px + 2;
    }
    y += put_text(build, label, sum->label, rect.x, y, end - rect.x);
    put_text(build, note, sum->detail, rect.x, y, end - rect.x);
}

const struct part part_sum = {.least = 200, .put = sum_put, .gap_after = 32};
