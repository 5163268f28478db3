#include "parts.h"

#include <string.h>

#include "area.h"

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

/* The box round what is typed: with its label, which is touched too, as high as a
 * finger needs; with the largest letters below the line of reach no higher than they
 * need. */
static int
field_box(const struct build *build)
{
    const struct metrics *metrics = build->metrics;
    bool tight = metrics->reach_line > 0 && metrics->glyph_percent > 100;
    int height = tight ? metrics->types[TYPE_INPUT].px * 5 / 4 : scaled(build, 112);
    int least = metrics->touch_min - metrics->types[TYPE_KEY].pitch - scaled(build, 18);

    return height > least ? height : least;
}

static int
field_height(struct build *build, int element, int width)
{
    const struct element *field = &build->page->elements[element];
    struct run error = {element, TYPE_NOTE, true, COLOR_DANGER, ALIGN_START, 0, 0};
    int height = text_lines(build, field_label(element), field->label, width) *
                     pitch_of(build, field_label(element)) +
                 scaled(build, 18) + field_box(build);

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

static void
field_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *field = &build->page->elements[element];
    bool wrong = (field->flags & ELEMENT_ERROR) != 0;
    bool current = (field->flags & ELEMENT_SELECTED) != 0;
    struct surface surface = surface_of(build, element);
    struct run value = {element, TYPE_INPUT, false, COLOR_INK, ALIGN_START, 0, 0};
    struct run error = {element, TYPE_NOTE, true, COLOR_DANGER, ALIGN_START, 0, 0};
    struct rectangle box;
    int icon_px = glyph(build, 52);
    int x = rect.x + scaled(build, 50) + icon_px;
    int room = rect.x + rect.width - x - scaled(build, 30) -
               (wrong ? scaled(build, 14) + glyph(build, 56) : 0);
    const char *shown;
    int y = rect.y;

    value = run_on_line(build, value, field->value, room);
    shown = visible_end(build, value, field->value, room);
    y += put_text(build, field_label(element), field->label, rect.x, y, rect.width) +
         scaled(build, 18);
    box = (struct rectangle){rect.x, y, rect.width, field_box(build)};
    if (wrong) {
        surface.border = COLOR_DANGER;
        surface.border_width = 5;
    }
    surface.fill = COLOR_CARD;
    put_control(build, element, &surface, box, scaled(build, 20));
    if (box.height < build->metrics->touch_min) {
        widen_box(build, element, /* its label is touched too */
                  (struct rectangle){rect.x, rect.y, rect.width, y - rect.y});
    }
    if (current && !is_focused(build, element)) {
        put_outline(build, element, rectangle_grown(box, 6), scaled(build, 20) + 6, 6,
                    COLOR_FOCUS_IN);
        put_outline(build, element, rectangle_grown(box, 12), scaled(build, 20) + 12, 6,
                    COLOR_FOCUS_OUT);
    }
    put_icon(build, element, field->icon, rect.x + scaled(build, 30),
             y + (box.height - icon_px) / 2, icon_px,
             wrong ? COLOR_DANGER : COLOR_PRIMARY);
    put_text(build, value, shown, x, y + (box.height - pitch_of(build, value)) / 2,
             room + 1);
    if (current) {
        /* What is typed runs to the right in any language: its end may be the start. */
        int caret = language_is_right_to_left(build->page->language)
                        ? x - scaled(build, 4) - 2
                        : x + text_width(build, value, shown) + 2;

        put_fill(build, element,
                 (struct rectangle){caret, y + (box.height - scaled(build, 60)) / 2,
                                    scaled(build, 4), scaled(build, 60)},
                 0, COLOR_INK);
    }
    if (wrong) {
        int mark = glyph(build, 56);

        put_icon(build, element, "error",
                 rect.x + rect.width - scaled(build, 30) - mark,
                 y + (box.height - mark) / 2, mark, COLOR_DANGER);
    }
    put_text(build, error, field->detail, rect.x, y + box.height + scaled(build, 10),
             rect.width);
}

const struct part part_field = {
    .height = field_height,
    .put = field_put,
    .column_gap = 20,
    .gap_after = 24,
};

/* --- buttons
 * -------------------------------------------------------------------------- */

/* While seconds are counted down there is one thing to find. */
static bool
is_big(const struct build *build, const struct element *button)
{
    return button->slot == SLOT_OVERLAY && (button->flags & ELEMENT_PRIMARY) != 0 &&
           has_countdown(build->page);
}

static int
button_pad(const struct build *build)
{
    return scaled(build, 24);
}

static struct run
button_run(const struct build *build, int element)
{
    const struct element *button = &build->page->elements[element];

    return (struct run){.element = element,
                        .type = is_big(build, button) ? TYPE_DAY : TYPE_BUTTON,
                        .bold = true,
                        .align = ALIGN_CENTER};
}

/* A word goes before the icon where there is no room for both. */
static const char *
button_icon(struct build *build, int element, int width)
{
    const struct element *button = &build->page->elements[element];
    int aside = build->metrics->button_icon + scaled(build, 20);
    int word = longest_word(build, button_run(build, element), button->label);
    int room = width - 2 * button_pad(build);

    return word > room - aside && word <= room ? NULL : button->icon;
}

static int
button_height(struct build *build, int element, int width)
{
    const struct element *button = &build->page->elements[element];
    int least = build->metrics->button_height;
    struct run run = button_run(build, element);
    int icon = button_icon(build, element, width) != NULL
                   ? build->metrics->button_icon + scaled(build, 20)
                   : 0;
    int text =
        text_lines(build, run, button->label, width - icon - 2 * button_pad(build)) *
            pitch_of(build, run) +
        scaled(build, 32);

    least = is_big(build, button) ? least * 12 / 10 : least;
    return text > least ? text : least;
}

static void
button_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *button = &build->page->elements[element];
    struct surface surface = surface_of(build, element);
    struct run run = button_run(build, element);
    const char *icon = button_icon(build, element, rect.width);

    run.bold = !surface.regular;
    run.color = surface.fill == COLOR_CARD && surface.text == COLOR_INK ? COLOR_PRIMARY
                                                                        : surface.text;
    put_control(build, element, &surface, rect, scaled(build, 28));
    rect.x += button_pad(build);
    rect.width -= 2 * button_pad(build);
    put_centered(build, run, icon, build->metrics->button_icon, scaled(build, 20),
                 (button->flags & ELEMENT_ICON_AFTER) != 0, button->label, rect,
                 run.color);
}

const struct part part_button = {.height = button_height, .put = button_put};

static int
paging_label(struct build *build, int element)
{
    struct run run = {.element = element, .type = TYPE_PLACE, .bold = true};

    return text_width(build, run, build->page->elements[element].label) +
           scaled(build, build->metrics->glyph_percent > 100 ? 36 : 56);
}

/* "1 van 3" and the one wide button to the rest; or with a smaller one before it. */
static struct run
paging_run(int element)
{
    return (struct run){element, TYPE_PLACE, true, COLOR_INK, ALIGN_CENTER, 0, 0};
}

static int
paging_button_width(struct build *build, int button)
{
    const struct element *it = &build->page->elements[button];
    struct run run = {.element = button, .type = TYPE_BUTTON, .bold = true};
    int width = build->metrics->button_icon + scaled(build, 56);

    if (it->label[0] != '\0') {
        width += text_width(build, run, it->label) + scaled(build, 20);
    }
    return width > build->metrics->touch_min ? width : build->metrics->touch_min;
}

static int
paging_height(struct build *build, int element, int width)
{
    int first = child_first(build->page, element);
    int last = child_next(build->page, first);
    int room = width - paging_label(build, element);
    int height, other;

    if (last < 0) {
        return button_height(build, first, room - build->metrics->gap);
    }
    height = button_height(build, first, paging_button_width(build, first));
    other = button_height(build, last, room - paging_button_width(build, first));
    return height > other ? height : other;
}

bool
part_paging_has_room(struct build *build, int element, int width)
{
    for (int button = child_first(build->page, element); button >= 0;
         button = child_next(build->page, button))
    {
        width -= paging_button_width(build, button);
    }
    return paging_label(build, element) <= width;
}

static void
paging_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *paging = &build->page->elements[element];
    struct run run = paging_run(element);
    int label = paging_label(build, element);
    int first = child_first(build->page, element);
    int last = child_next(build->page, first);
    int x = rect.x;

    if (last >= 0) {
        int width = paging_button_width(build, first);

        button_put(build, first, (struct rectangle){x, rect.y, width, rect.height});
        x += width;
    }
    put_text(build, run, paging->label, x,
             rect.y + (rect.height - pitch_of(build, run)) / 2, label);
    x += label + (last >= 0 ? 0 : build->metrics->gap);
    button_put(build, last >= 0 ? last : first,
               (struct rectangle){x, rect.y, rect.x + rect.width - x, rect.height});
}

const struct part part_paging = {.height = paging_height, .put = paging_put};

/* --- keyboard
 * --------------------------------------------------------------------------- */

struct key_row {
    int first, count;
    int functions, actions, wides;
    int action; /* the last one */
};

static struct key_row
key_row(const struct page *page, int keyboard, int row)
{
    struct key_row found = {.first = -1};

    for (int key = child_first(page, keyboard); key >= 0; key = child_next(page, key)) {
        const struct element *it = &page->elements[key];

        if (it->number != row) {
            continue;
        }
        if (found.first < 0) {
            found.first = key;
        }
        found.count++;
        found.actions += (it->flags & ELEMENT_PRIMARY) != 0;
        found.action = (it->flags & ELEMENT_PRIMARY) != 0 ? key : found.action;
        found.wides += (it->flags & ELEMENT_WIDE) != 0;
        found.functions += (it->flags & ELEMENT_FUNCTION) != 0;
    }
    return found;
}

static enum type
key_type(const struct element *key, bool pad)
{
    if ((key->flags & ELEMENT_FUNCTION) != 0) {
        return TYPE_KEY;
    }
    if ((key->flags & ELEMENT_PRIMARY) != 0) {
        return TYPE_LABEL;
    }
    return pad ? TYPE_DAY : (key->flags & ELEMENT_WIDE) != 0 ? TYPE_KEY : TYPE_LABEL;
}

static int
key_icon(const struct build *build, const struct element *key)
{
    bool pad = build->page->elements[key->parent].role == ROLE_KEY_PAD;

    return glyph(build, (key->flags & ELEMENT_PRIMARY) != 0 ? 44 : pad ? 54 : 50);
}

#define PAD_COLUMNS 3

/* Over, under and beside the keys. */
static int
keyboard_pad(const struct build *build)
{
    return scaled(build, 16);
}

static struct run
key_run(const struct build *build, int element)
{
    const struct element *key = &build->page->elements[element];
    bool pad = build->page->elements[key->parent].role == ROLE_KEY_PAD;

    return (struct run){.element = element,
                        .type = key_type(key, pad),
                        .bold = true,
                        .align = ALIGN_CENTER};
}

/* What its words and its icon need. */
static int
key_natural_width(struct build *build, int element)
{
    const struct element *key = &build->page->elements[element];

    return text_width(build, key_run(build, element), key->label) +
           2 * scaled(build, 16) +
           (key->icon != NULL ? key_icon(build, key) + scaled(build, 13) : 0);
}

/* What stands behind the digits is as wide as its words need, as long as these can be
 * pressed. */
static int
pad_functions_width(struct build *build, int keyboard, int width)
{
    const struct page *page = build->page;
    int most =
        width - PAD_COLUMNS * (build->metrics->key_min + build->metrics->key_gap);
    int widest = scaled(build, 306);

    for (int key = child_first(page, keyboard); key >= 0; key = child_next(page, key)) {
        if ((page->elements[key].flags & (ELEMENT_PRIMARY | ELEMENT_FUNCTION)) != 0) {
            int own = key_natural_width(build, key);

            widest = own > widest ? own : widest;
        }
    }
    return widest < most ? widest : most;
}

bool
key_has_room(struct build *build, int key)
{
    const struct element *it = &build->page->elements[key];
    int all = build->metrics->sheet.width - 2 * keyboard_pad(build);
    int width = build->page->elements[it->parent].role == ROLE_KEY_PAD
                    ? pad_functions_width(build, it->parent, all)
                    : board_key(build, key, (struct rectangle){0, 0, all, 0}).width;

    return text_width(build, key_run(build, key), it->label) <=
           width - scaled(build, 8);
}

static void
put_key(struct build *build, int element, struct rectangle rect)
{
    const struct element *key = &build->page->elements[element];
    struct surface surface = surface_when_chosen(build, element);
    struct run run = key_run(build, element);
    int gap = key->label[0] != '\0' ? scaled(build, 13) : 0;
    int icon_px = key_icon(build, key);

    if ((key->flags & ELEMENT_FUNCTION) != 0 && surface.fill == COLOR_CARD) {
        surface.fill = COLOR_SHEET;
    }
    run.color = surface.text;
    put_control(build, element, &surface, rect, scaled(build, 14));
    put_centered(build, run,
                 text_width(build, run, key->label) + gap + icon_px <= rect.width
                     ? key->icon
                     : NULL,
                 icon_px, gap, (key->flags & ELEMENT_ICON_AFTER) != 0, key->label, rect,
                 run.color);
}

/* A line of a board that comes in parts. */
static void
put_board_line(struct build *build, struct key_row row, struct rectangle line)
{
    const struct page *page = build->page;

    for (int key = row.first; key >= 0; key = child_next(page, key)) {
        if (page->elements[key].number == page->elements[row.first].number) {
            put_key(build, key, board_key(build, key, line));
        }
    }
}

struct key_widths {
    int function, action, least;
};

/* Wide keys give, up to a quarter, what letters beside them need to be wide enough. */
static struct key_widths
key_widths(struct build *build, struct key_row row, int letters, int width)
{
    struct key_widths wide = {scaled(build, 148), scaled(build, 306),
                              scaled(build, 95)};
    int least = build->metrics->key_min;
    int fixed;
    int left = width - (row.count - 1) * build->metrics->key_gap - letters * least;

    if (build->metrics->keys_apart && wide.least < least) {
        wide.least = least;
    }
    if (row.wides > 0 && row.actions > 0) { /* the space bar has room for its words */
        int words = key_natural_width(build, row.action);

        wide.action = words > wide.action ? words : wide.action;
    }
    fixed = row.functions * wide.function + row.actions * wide.action;
    if (row.wides == 0 && left < fixed && left >= fixed * 3 / 4) {
        wide.function = wide.function * left / fixed;
        wide.action = wide.action * left / fixed;
    }
    return wide;
}

static void
put_key_row(struct build *build, struct key_row row, struct rectangle rect)
{
    const struct page *page = build->page;
    int gap = build->metrics->key_gap;
    int number = page->elements[row.first].number;
    int letters = row.count - row.functions - row.actions - row.wides;
    struct key_widths wide = key_widths(build, row, letters, rect.width);
    int fixed = row.functions * wide.function + row.actions * wide.action;
    int letter = row.wides > 0 ? wide.least : 0;
    int stretch = row.wides > 0 ? row.wides : letters;
    int inset = row.functions + row.actions + row.wides == 0 && letters == 9
                    ? scaled(build, 48)
                    : 0;
    int room =
        rect.width - 2 * inset - (row.count - 1) * gap - fixed - letters * letter;
    int x = rect.x + inset;
    int given = 0;
    int spread = 0;

    for (int key = row.first; key >= 0; key = child_next(page, key)) {
        const struct element *it = &page->elements[key];
        int width = letter;

        if (it->number != number) {
            continue;
        }
        if ((it->flags & ELEMENT_PRIMARY) != 0) {
            width = wide.action;
        } else if ((it->flags & ELEMENT_FUNCTION) != 0) {
            width = wide.function;
        } else if ((it->flags & ELEMENT_WIDE) != 0 || row.wides == 0) {
            given++;
            width = room * given / stretch - spread;
            spread = room * given / stretch;
        }
        put_key(build, key, (struct rectangle){x, rect.y, width, rect.height});
        x += width + gap;
    }
}

/* --- the pad of digits --- */

/* Digits in three columns; what does something stands behind them, the primary one two
 * rows high. A wide digit takes the columns that the others of its row leave. */
static void
put_pad_row(struct build *build, struct key_row row, struct rectangle rect)
{
    const struct page *page = build->page;
    int number = page->elements[row.first].number;
    int gap = build->metrics->key_gap;
    int last = pad_functions_width(build, page->elements[row.first].parent, rect.width);
    int room = rect.width - last;
    int column = 0;

    for (int key = row.first; key >= 0; key = child_next(page, key)) {
        const struct element *it = &page->elements[key];
        int taken = column;
        int start;

        if (it->number != number) {
            continue;
        }
        if ((it->flags & (ELEMENT_PRIMARY | ELEMENT_FUNCTION)) != 0) {
            bool primary = (it->flags & ELEMENT_PRIMARY) != 0;

            put_key(build, key,
                    (struct rectangle){rect.x + room, rect.y, last,
                                       rect.height * (primary ? 2 : 1) +
                                           (primary ? gap : 0)});
            continue;
        }
        column += (it->flags & ELEMENT_WIDE) != 0 ? PAD_COLUMNS - taken : 1;
        start = room * taken / PAD_COLUMNS;
        put_key(build, key,
                (struct rectangle){rect.x + start, rect.y,
                                   room * column / PAD_COLUMNS - gap - start,
                                   rect.height});
    }
}

/* As high as drawn, or lower where that gives what is typed in the room it needs. */
static int
key_height(struct build *build, bool is_pad, int rows, int between)
{
    int height = build->metrics->keys_apart
                     ? build->metrics->key_min
                     : scaled(build, is_pad && build->metrics->low ? 97 : 104);
    int most = (area_keys_most(build) - between) / rows;
    int letters = build->metrics->types[is_pad ? TYPE_DAY : TYPE_LABEL].px * 5 / 4;
    int least = build->metrics->key_min;

    if (build->large_keys || most >= height) {
        return height;
    }
    least = least > letters ? least : letters;
    return most > least ? most : least < height ? least : height;
}

int
put_keyboard(struct build *build, int element)
{
    const struct metrics *metrics = build->metrics;
    bool is_pad = build->page->elements[element].role == ROLE_KEY_PAD;
    int gap = metrics->key_gap;
    int pad = keyboard_pad(build);
    int apart = metrics->dock.at_end ? 0 : gap - metrics->dock.pad_y; /* of the dock */
    int under = metrics->keys_apart && apart > pad ? apart : pad;
    int rows = 0;
    int key, height;
    struct rectangle panel;

    while (key_row(build->page, element, rows).count > 0) {
        rows++;
    }
    height = (rows - 1) * gap + pad + under;
    key = key_height(build, is_pad, rows, height);
    height += rows * key;
    panel = (struct rectangle){metrics->sheet.x,
                               metrics->sheet.y + metrics->sheet.height - height,
                               metrics->sheet.width, height};
    put_fill(build, element, panel, 0, COLOR_KEYBOARD);
    for (int i = 0; i < rows; i++) {
        struct key_row row = key_row(build->page, element, i);
        struct rectangle line = {panel.x + pad, panel.y + pad + i * (key + gap),
                                 panel.width - 2 * pad, key};

        if (is_pad) {
            put_pad_row(build, row, line);
        } else if (metrics->key_lines > 0) {
            put_board_line(build, row, line);
        } else {
            put_key_row(build, row, line);
        }
    }
    return height;
}
