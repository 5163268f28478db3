#include "parts.h"

/* --- one of three --------------------------------------------------------------------
 */

static struct run
option_name(int element)
{
    return (struct run){.element = element, .type = TYPE_PLACE, .bold = true};
}

static struct run
option_note(int element)
{
    return (struct run){.element = element, .type = TYPE_SMALL};
}

static int
option_indent(const struct build *build)
{
    return scaled(build, 26 + 14) + glyph(build, 50);
}

static int
option_room(const struct build *build, int width)
{
    return width - option_indent(build) - scaled(build, 8);
}

static bool
option_has_room(struct build *build, int element, int width)
{
    const struct element *option = &build->page->elements[element];

    return longest_word(build, option_name(element), option->label) <=
               option_room(build, width) &&
           longest_word(build, option_note(element), option->detail) <=
               option_room(build, width);
}

/* Of its letters, in an option of that width. */
static int
option_text(struct build *build, int element, int width)
{
    const struct element *option = &build->page->elements[element];
    struct run name = option_name(element), note = option_note(element);
    int room = option_room(build, width);

    return text_lines(build, name, option->label, room) * pitch_of(build, name) +
           text_lines(build, note, option->detail, room) * pitch_of(build, note);
}

static int
option_height(struct build *build, int element, int width)
{
    int height = option_text(build, element, width) + scaled(build, 32);
    int least = scaled(build, 160);

    height = height > least ? height : least;
    return height > build->metrics->touch_min ? height : build->metrics->touch_min;
}

static void
option_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *option = &build->page->elements[element];
    bool selected = (option->flags & ELEMENT_SELECTED) != 0;
    struct surface surface = surface_of(build, element);
    struct run name = option_name(element), note = option_note(element);
    int radio = glyph(build, 50);
    int text = rect.x + option_indent(build);
    int width = rect.x + rect.width - scaled(build, 8) - text;
    int y = rect.y + (rect.height - option_text(build, element, rect.width)) / 2;

    if (selected && !is_pressed(build, element)) {
        surface.fill = COLOR_PRIMARY_SOFT;
        surface.border = COLOR_PRIMARY;
        surface.border_width = 5;
    }
    name.color = surface.text;
    note.color = surface.note;
    put_control(build, element, &surface, rect, scaled(build, 28));
    put_icon(build, element,
             selected ? "radio_button_checked" : "radio_button_unchecked",
             rect.x + scaled(build, 26), y + (pitch_of(build, name) - radio) / 2, radio,
             surface.icon);
    y += put_text(build, name, option->label, text, y, width);
    put_text(build, note, option->detail, text, y, width);
}

const struct part part_option = {
    .height = option_height,
    .put = option_put,
    .columns = 3,
    .has_room = option_has_room,
    .column_gap = 18,
    .gap_after = 26,
};

/* --- one of few, under each other ------------------------------------------------- */

static struct run
radio_run(int element)
{
    return (struct run){.element = element, .type = TYPE_LABEL, .bold = true};
}

static int
radio_room(const struct build *build, int width)
{
    return width - scaled(build, 116 + 24);
}

static bool
radio_has_room(struct build *build, int element, int width)
{
    return longest_word(build, radio_run(element),
                        build->page->elements[element].label) <=
           radio_room(build, width);
}

static int
radio_height(struct build *build, int element, int width)
{
    int lines =
        text_lines(build, radio_run(element), build->page->elements[element].label,
                   radio_room(build, width));
    int height = lines * pitch_of(build, radio_run(element)) + scaled(build, 64);

    return height > build->metrics->touch_min ? height : build->metrics->touch_min;
}

static void
radio_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *radio = &build->page->elements[element];
    bool selected = (radio->flags & ELEMENT_SELECTED) != 0;
    struct surface surface = surface_of(build, element);
    struct run run = radio_run(element);
    int glyph = scaled(build, 54);
    int text = scaled(build, 116);
    int width = radio_room(build, rect.width);
    int lines = text_lines(build, run, radio->label, width);

    if (selected && !is_pressed(build, element)) {
        surface.fill = COLOR_PRIMARY_SOFT;
        surface.border = COLOR_PRIMARY;
        surface.border_width = 5;
    }
    surface.shadow = true;
    run.color = surface.text;
    put_control(build, element, &surface, rect, scaled(build, 28));
    put_icon(build, element,
             selected ? "radio_button_checked" : "radio_button_unchecked",
             rect.x + scaled(build, 34), rect.y + (rect.height - glyph) / 2, glyph,
             surface.icon);
    put_text(build, run, radio->label, rect.x + text,
             rect.y + (rect.height - lines * pitch_of(build, run)) / 2, width);
}

const struct part part_radio = {
    .height = radio_height,
    .put = radio_put,
    .has_room = radio_has_room,
    .column_gap = 20,
};

/* --- how it went: one of five --------------------------------------------------------
 */

/* Its glyph over a word or two. */
#define FACE_GLYPH 128
#define FACE_OVER 37    /* the glyph */
#define FACE_BETWEEN 14 /* it and the word */

static struct run
face_run(const struct build *build, int element)
{
    struct run run = {.element = element, .type = TYPE_SMALL, .align = ALIGN_CENTER};

    run.bold = (build->page->elements[element].flags & ELEMENT_SELECTED) != 0;
    run.pitch = pitch_of(build, run) - scaled(build, 4);
    return run;
}

static int
face_pad(struct build *build, int element, int width)
{
    const struct element *face = &build->page->elements[element];

    return longest_word(build, face_run(build, element), face->label) >
                   width - scaled(build, 28)
               ? scaled(build, 4)
               : scaled(build, 14);
}

/* In fewer columns the word stands beside the glyph. */
static bool
face_is_flat(const struct build *build, int width)
{
    return width * 4 > build->metrics->content.width;
}

static int
face_flat_room(const struct build *build, int width)
{
    return width - scaled(build, FACE_GLYPH + 3 * FACE_OVER);
}

static bool
face_has_room(struct build *build, int element, int width)
{
    struct run run = face_run(build, element);

    run.bold = true; /* as when it is the chosen one */
    run.px = build->metrics->text_floor;
    return width >= build->metrics->touch_min &&
           longest_word(build, run, build->page->elements[element].label) <=
               (face_is_flat(build, width) ? face_flat_room(build, width)
                                           : width - scaled(build, 8));
}

static int
face_height(struct build *build, int element, int width)
{
    const struct element *face = &build->page->elements[element];
    struct run run = face_run(build, element);
    int room = width - 2 * face_pad(build, element, width);
    int least = scaled(build, 296);
    int height;

    if (face_is_flat(build, width)) {
        least = build->metrics->touch_min;
        height = text_lines(build, run, face->label, face_flat_room(build, width)) *
                     pitch_of(build, run) +
                 scaled(build, FACE_OVER);
    } else {
        height = scaled(build, FACE_OVER + FACE_GLYPH + FACE_BETWEEN + 8) +
                 text_lines(build, run, face->label, room) * pitch_of(build, run);
    }
    return height > least ? height : least;
}

static void
put_flat_face(struct build *build, int element, struct rectangle rect, struct run run)
{
    const struct element *face = &build->page->elements[element];
    int whole = scaled(build, FACE_GLYPH), pad = scaled(build, FACE_OVER);
    int px = whole < rect.height - 8 ? whole : rect.height - 8;
    int room = face_flat_room(build, rect.width);
    int text = text_lines(build, run, face->label, room) * pitch_of(build, run);

    run.align = ALIGN_START;
    put_icon(build, element, face->icon, rect.x + pad, rect.y + (rect.height - px) / 2,
             px, surface_when_chosen(build, element).icon);
    put_text(build, run, face->label, rect.x + px + 2 * pad,
             rect.y + (rect.height - text) / 2, room);
}

static void
put_high_face(struct build *build, int element, struct rectangle rect, struct run run)
{
    const struct element *face = &build->page->elements[element];
    int px = scaled(build, FACE_GLYPH);
    int pad = face_pad(build, element, rect.width);
    int width = rect.width - 2 * pad;
    int text = text_lines(build, run, face->label, width) * pitch_of(build, run);
    int y = rect.y + scaled(build, FACE_OVER);
    int label;

    put_icon(build, element, face->icon, rect.x + (rect.width - px) / 2, y, px,
             surface_when_chosen(build, element).icon);
    y += px + scaled(build, FACE_BETWEEN);
    label = rect.y + rect.height - y - scaled(build, FACE_OVER);
    y += label > text ? (label - text) / 2 : 0;
    put_text(build, run, face->label, rect.x + pad, y, width);
}

static void
face_put(struct build *build, int element, struct rectangle rect)
{
    bool selected = (build->page->elements[element].flags & ELEMENT_SELECTED) != 0;
    struct surface surface = surface_when_chosen(build, element);
    struct run run = face_run(build, element);

    run.color = surface.text;
    surface.shadow = !selected;
    put_control(build, element, &surface, rect, scaled(build, 28));
    if (face_is_flat(build, rect.width)) {
        put_flat_face(build, element, rect, run);
    } else {
        put_high_face(build, element, rect, run);
    }
    if (selected) {
        put_badge(build, element, rect, scaled(build, 56), scaled(build, 16),
                  scaled(build, 40));
    }
}

const struct part part_face = {
    .height = face_height,
    .put = face_put,
    .columns = 5,
    .has_room = face_has_room,
    .column_gap = 16,
    .gap_after = 44,
};

/* --- a field to type in ----------------------------------------------------------- */

static struct run
field_label(int element)
{
    return (struct run){element, TYPE_KEY, true, COLOR_INK, ALIGN_START, 0, 0};
}

/* Its label over the box, with the gap between them; none where the title asks. */
static int
field_label_height(struct build *build, int element, int width)
{
    const struct element *field = &build->page->elements[element];

    return (field->flags & ELEMENT_TITLED) != 0
               ? 0
               : text_lines(build, field_label(element), field->label, width) *
                         pitch_of(build, field_label(element)) +
                     scaled(build, 18);
}

/* The box round what is typed: with its label, which is touched too, as high as a
 * finger needs; with the largest letters below the line of reach no higher than they
 * need. */
static int
field_box(const struct build *build, const struct element *field)
{
    const struct metrics *metrics = build->metrics;
    bool tight = metrics->reach_line > 0 && metrics->glyph_percent > 100;
    int height = tight ? metrics->types[TYPE_INPUT].px * 5 / 4 : scaled(build, 112);
    int label = (field->flags & ELEMENT_TITLED) != 0
                    ? 0
                    : metrics->types[TYPE_KEY].pitch + scaled(build, 18);
    int least = metrics->touch_min - label;

    return height > least ? height : least;
}

static int
field_height(struct build *build, int element, int width)
{
    const struct element *field = &build->page->elements[element];
    struct run error = {element, TYPE_NOTE, true, COLOR_DANGER, ALIGN_START, 0, 0};
    int height = field_label_height(build, element, width) + field_box(build, field);

    if (field->detail[0] != '\0') {
        height += scaled(build, 10) + text_lines(build, error, field->detail, width) *
                                          pitch_of(build, error);
    }
    return height;
}

/* The end of a long text stays in sight: what is being typed. */
static const char *
visible_end(struct build *build, struct run run, const char *text, int width)
{
    while (*text != '\0' && text_width(build, run, text) > width) {
        do {
            text++;
        } while (((unsigned char)*text & 0xC0u) == 0x80u);
    }
    return text;
}

/* As high as a finger needs, and no higher than the box that it stands in. */
static int
clear_size(const struct build *build, int box)
{
    int size = scaled(build, 88);

    size = size > build->metrics->touch_min ? size : build->metrics->touch_min;
    return size < box ? size : box;
}

/* Empties the field: at the end of its box, which can be touched up to there. */
static void
put_clear(struct build *build, int clear, struct rectangle box)
{
    const struct element *it = &build->page->elements[clear];
    struct surface surface = surface_of(build, clear);
    int size = clear_size(build, box.height), px = glyph(build, 52);
    struct rectangle rect = {box.x + box.width - scaled(build, 30) - size,
                             box.y + (box.height - size) / 2, size, size};

    end_box(build, it->parent, rect.x);
    if (!is_pressed(build, clear)) {
        surface.fill = COLOR_NONE; /* known by its icon, in the field's outline */
    }
    surface.border = COLOR_NONE;
    put_control(build, clear, &surface, rect, scaled(build, 20));
    put_icon(build, clear, it->icon, rect.x + (size - px) / 2, rect.y + (size - px) / 2,
             px, is_pressed(build, clear) ? surface.icon : COLOR_INK_2);
}

static void
put_field_ring(struct build *build, int element, struct rectangle box)
{
    put_outline(build, element, rectangle_grown(box, 6), scaled(build, 20) + 6, 6,
                COLOR_FOCUS_IN);
    put_outline(build, element, rectangle_grown(box, 12), scaled(build, 20) + 12, 6,
                COLOR_FOCUS_OUT);
}

/* The letters, and behind them where the next one comes. */
static void
put_typed(struct build *build, int element, struct rectangle room)
{
    const struct element *field = &build->page->elements[element];
    struct run value = {element, TYPE_INPUT, false, COLOR_INK, ALIGN_START, 0, 0};
    const char *shown;

    value = run_on_line(build, value, field->value, room.width);
    shown = visible_end(build, value, field->value, room.width);
    put_text(build, value, shown, room.x,
             room.y + (room.height - pitch_of(build, value)) / 2, room.width + 1);
    if ((field->flags & ELEMENT_SELECTED) != 0) {
        /* What is typed runs to the right in any language: its end may be the start. */
        int caret = language_is_right_to_left(build->page->language)
                        ? room.x - scaled(build, 4) - 2
                        : room.x + text_width(build, value, shown) + 2;

        put_fill(build, element,
                 (struct rectangle){caret,
                                    room.y + (room.height - scaled(build, 60)) / 2,
                                    scaled(build, 4), scaled(build, 60)},
                 0, COLOR_INK);
    }
}

/* The box with what stands in it. */
static void
put_field_box(struct build *build, int element, struct rectangle box, int label)
{
    const struct element *field = &build->page->elements[element];
    bool wrong = (field->flags & ELEMENT_ERROR) != 0;
    struct surface surface = surface_of(build, element);
    int icon_px = glyph(build, 52), mark = glyph(build, 56);
    int x = box.x + scaled(build, 50) + icon_px;
    int end = box.x + box.width - scaled(build, 30);
    int clear = child_first(build->page, element);

    if (wrong) {
        surface.border = COLOR_DANGER;
        surface.border_width = 5;
    }
    surface.fill = COLOR_CARD;
    put_control(build, element, &surface, box, scaled(build, 20));
    if (box.height < build->metrics->touch_min) {
        widen_box(build, element, /* its label is touched too */
                  (struct rectangle){box.x, box.y - label, box.width, label});
    }
    if ((field->flags & ELEMENT_SELECTED) != 0 && !is_focused(build, element)) {
        put_field_ring(build, element, box);
    }
    put_icon(build, element, field->icon, box.x + scaled(build, 30),
             box.y + (box.height - icon_px) / 2, icon_px,
             wrong ? COLOR_DANGER : COLOR_PRIMARY);
    if (wrong) {
        end -= mark;
        put_icon(build, element, "error", end, box.y + (box.height - mark) / 2, mark,
                 COLOR_DANGER);
        end -= scaled(build, 14);
    } else if (clear >= 0) {
        put_clear(build, clear, box);
        end -= clear_size(build, box.height);
    }
    put_typed(build, element, (struct rectangle){x, box.y, end - x, box.height});
}

static void
field_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *field = &build->page->elements[element];
    struct run error = {element, TYPE_NOTE, true, COLOR_DANGER, ALIGN_START, 0, 0};
    int label = field_label_height(build, element, rect.width);
    struct rectangle box = {rect.x, rect.y + label, rect.width,
                            field_box(build, field)};

    if (label > 0) {
        put_text(build, field_label(element), field->label, rect.x, rect.y, rect.width);
    }
    put_field_box(build, element, box, label);
    put_text(build, error, field->detail, rect.x,
             box.y + box.height + scaled(build, 10), rect.width);
}

const struct part part_field = {
    .height = field_height,
    .put = field_put,
    .column_gap = 20,
    .gap_after = 24,
};
