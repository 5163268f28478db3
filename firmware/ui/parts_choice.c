#include "parts.h"

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

#define ROW_PAD 30 /* as drawn, before the words where nothing else stands there */

bool
is_of_search(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if ((page->elements[i].flags & ELEMENT_TITLED) != 0) {
            return true;
        }
    }
    return false;
}

static int
row_disc(const struct build *build)
{
    return glyph(build, build->metrics->tight       ? 76
                        : is_of_search(build->page) ? 80
                                                    : 92);
}

/* Where the words begin, after the glyph. */
static int
row_indent(const struct build *build)
{
    return build->metrics->tight ? scaled(build, 54) + glyph(build, 52)
                                 : scaled(build, 58) + row_disc(build);
}

static int
row_text_width(const struct build *build, int width)
{
    return build->metrics->tight
               ? width - row_indent(build) - scaled(build, 20)
               : width - row_indent(build) - scaled(build, 54) - glyph(build, 56);
}

static struct run
row_label(int element)
{
    return (struct run){.element = element, .type = TYPE_LABEL, .bold = true};
}

/* The line under what a row is called. */
static struct run
row_note(const struct build *build, int element)
{
    return (struct run){.element = element,
                        .type = is_of_search(build->page) ? TYPE_SMALL : TYPE_NOTE};
}

/* What the disc takes: nothing where a word needs its room. */
static int
row_aside(struct build *build, int element, int width)
{
    const struct element *row = &build->page->elements[element];
    int aside = row_indent(build) - scaled(build, ROW_PAD);
    int room = row_text_width(build, width) + aside;

    aside = icon_room(build, row_label(element), row->label, aside, room);
    return icon_room(build, row_note(build, element), row->detail, aside, room);
}

static int
row_room(struct build *build, int element, int width)
{
    return row_text_width(build, width) + row_indent(build) - scaled(build, ROW_PAD) -
           row_aside(build, element, width);
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
    struct run label = row_label(element), note = row_note(build, element);
    int text = row_room(build, element, width);
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
    return glyph(build, offered                     ? 54
                        : below                     ? 50
                        : is_of_search(build->page) ? 46
                                                    : 52);
}

static void
row_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *row = &build->page->elements[element];
    struct surface surface = surface_of(build, element);
    struct run label = row_label(element), note = row_note(build, element);
    int aside = row_aside(build, element, rect.width);
    int text = row_room(build, element, rect.width);
    int disc = row_disc(build);
    int x = rect.x + scaled(build, build->metrics->tight ? 15 : 30);
    int height = text_lines(build, label, row->label, text) * pitch_of(build, label) +
                 text_lines(build, note, row->detail, text) * pitch_of(build, note);
    int y = rect.y + (rect.height - height) / 2;

    label.bold = !surface.regular;
    label.color = surface.text;
    note.color = surface.note;
    surface.shadow = (row->flags & ELEMENT_PRIMARY) == 0;
    put_control(build, element, &surface, rect, scaled(build, 28));
    if (aside > 0) {
        put_disc(build, element, row->icon, x, rect.y + (rect.height - disc) / 2, disc,
                 row_icon_px(build, row), surface.disc, surface.disc_icon);
    }
    x = rect.x + scaled(build, ROW_PAD) + aside;
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
