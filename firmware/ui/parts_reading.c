#include "parts.h"

#include <string.h>

/* --- what it costs, how long it takes: three cards beside each other ---------------
 */

static struct run
fact_label(int element)
{
    return (struct run){element, TYPE_SMALL, false, COLOR_INK_2, ALIGN_START, 0, 0};
}

static struct run
fact_value(int element)
{
    return (struct run){element, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};
}

/* The letters stand under the icon, or beside it where there is little height, or
 * where the fact has a line for itself. */
static bool
fact_is_beside(const struct build *build, int width)
{
    return build->metrics->low ||
           (build->metrics->stands_apart && width * 2 > build->metrics->content.width);
}

static int
fact_room(const struct build *build, int width)
{
    return width - scaled(build, 40) -
           (fact_is_beside(build, width) ? glyph(build, 52) + 14 : 0);
}

/* Of the largest letters no three go beside each other: then each fact is a line. */
static bool
fact_is_line(struct build *build, int element, int width)
{
    const struct element *fact = &build->page->elements[element];

    return build->metrics->stands_apart && width * 2 > build->metrics->content.width &&
           text_width(build, fact_label(element), fact->label) +
                   text_width(build, fact_value(element), fact->value) +
                   scaled(build, 36) <=
               fact_room(build, width);
}

static bool
fact_card_has_room(struct build *build, int element, int width)
{
    const struct element *fact = &build->page->elements[element];
    int room = fact_room(build, width);

    return longest_word(build, fact_label(element), fact->label) <= room &&
           longest_word(build, fact_value(element), fact->value) <= room;
}

static int
fact_card_height(struct build *build, int element, int width)
{
    const struct element *fact = &build->page->elements[element];
    struct run label = fact_label(element), value = fact_value(element);
    int room = fact_room(build, width);
    int text = text_lines(build, label, fact->label, room) * pitch_of(build, label) +
               text_lines(build, value, fact->value, room) * pitch_of(build, value);

    if (fact_is_line(build, element, width)) {
        text = pitch_of(build, value);
    }
    return text + (fact_is_beside(build, width) ? 28 : scaled(build, 123));
}

static void
put_fact_line(struct build *build, int element, struct rectangle rect)
{
    const struct element *fact = &build->page->elements[element];
    struct run label = fact_label(element), value = fact_value(element);
    int x = rect.x + scaled(build, 28), end = rect.x + rect.width - scaled(build, 28);
    int icon_px = glyph(build, 52);
    int y = rect.y + (rect.height - pitch_of(build, value)) / 2;

    put_icon(build, element, fact->icon, x, rect.y + (rect.height - icon_px) / 2,
             icon_px, COLOR_PRIMARY);
    x += icon_px + 14;
    value.align = ALIGN_END;
    put_text(build, label, fact->label, x, y, end - x);
    put_text(build, value, fact->value, x, y, end - x);
}

static void
fact_card_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *fact = &build->page->elements[element];
    struct run label = fact_label(element), value = fact_value(element);
    int x = rect.x + scaled(build, 28);
    int y = rect.y + scaled(build, 28);
    int width = fact_room(build, rect.width);
    int icon_px = glyph(build, 52);

    put_fill(build, element, rect, scaled(build, 28), COLOR_CARD);
    if (fact_is_line(build, element, rect.width)) {
        put_fact_line(build, element, rect);
        return;
    }
    if (fact_is_beside(build, rect.width)) {
        y = rect.y + 14;
        put_icon(build, element, fact->icon, x, rect.y + (rect.height - icon_px) / 2,
                 icon_px, COLOR_PRIMARY);
        x += icon_px + 14;
    } else {
        put_icon(build, element, fact->icon, x, y, icon_px, COLOR_PRIMARY);
        y += scaled(build, 66);
    }
    y += put_text(build, label, fact->label, x, y, width) + scaled(build, 5);
    put_text(build, value, fact->value, x, y, width);
}

const struct part part_fact_card = {
    .height = fact_card_height,
    .put = fact_card_put,
    .columns = 3,
    .has_room = fact_card_has_room,
    .column_gap = 20,
};

/* --- cards ---------------------------------------------------------------------------
 */

int
put_check(struct build *build, int element, int x, int y, int width, int icon_px)
{
    const struct element *check = &build->page->elements[element];
    bool noted = check->detail[0] != '\0';
    struct run label = {
        element,   TYPE_BODY,   noted,
        COLOR_INK, ALIGN_START, noted ? build->metrics->types[TYPE_BODY].pitch - 2 : 0,
        0};
    struct run note = {element, TYPE_NOTE, false, COLOR_INK_2, ALIGN_START, 0, 0};
    int aside = icon_px + scaled(build, noted ? 24 : 20);
    int indent = icon_room(build, label, check->label, aside, width);
    int text, room;
    int height = 0;

    indent = icon_room(build, note, check->detail, indent, width);
    text = x + indent;
    room = width - indent;
    put_icon(build, element, indent > 0 ? check->icon : NULL, x,
             y + (pitch_of(build, label) - icon_px) / 2 + (noted ? 2 : 0), icon_px,
             (check->flags & ELEMENT_DANGER) != 0 ? COLOR_DANGER : COLOR_PRIMARY);
    height += put_text(build, label, check->label, text, y, room);
    if (noted) {
        height += put_text(build, note, check->detail, text, y + height, room);
    }
    return height;
}

/* The button that goes back to change a line of a summary: its label beside the icon,
 * or below where letters are large. */
struct change_shape {
    int width, height, icon;
};

static struct change_shape
change_shape(struct build *build, int change)
{
    const struct metrics *metrics = build->metrics;
    enum type type = metrics->stands_apart ? TYPE_SMALL : TYPE_NOTE;
    struct run run = {.element = change, .type = type, .bold = true};
    int label = text_width(build, run, build->page->elements[change].label);
    struct change_shape shape = {.icon = glyph(build, 38)};

    if (metrics->stands_apart) {
        shape.width = label + scaled(build, 60);
        shape.height = shape.icon + pitch_of(build, run) + scaled(build, 44);
    } else {
        shape.width = label + shape.icon + scaled(build, 66);
        shape.height = scaled(build, 88);
    }
    if (shape.height < metrics->touch_min) {
        shape.height = metrics->touch_min;
    }
    if (shape.width < metrics->touch_min) {
        shape.width = metrics->touch_min;
    }
    return shape;
}

static void
put_change(struct build *build, int change, struct rectangle box)
{
    const struct metrics *metrics = build->metrics;
    struct surface surface = surface_of(build, change);
    struct change_shape shape = change_shape(build, change);
    const struct element *it = &build->page->elements[change];
    struct run run = {.element = change,
                      .type = metrics->stands_apart ? TYPE_SMALL : TYPE_NOTE,
                      .bold = true,
                      .color =
                          surface.fill == COLOR_CARD ? COLOR_PRIMARY : surface.text};

    put_control(build, change, &surface, box, scaled(build, 20));
    if (metrics->stands_apart) {
        int y = box.y + (box.height - shape.icon - pitch_of(build, run)) / 2;

        run.align = ALIGN_CENTER;
        put_icon(build, change, it->icon, box.x + (box.width - shape.icon) / 2, y,
                 shape.icon, run.color);
        put_text(build, run, it->label, box.x, y + shape.icon, box.width);
    } else {
        put_centered(build, run, it->icon, shape.icon, scaled(build, 10), false,
                     it->label, box, run.color);
    }
}

#define SUMMARY_PAD 40 /* over and under its words, together */

/* What stands at the end of a line of a summary. */
static int
aside_width(const struct build *build)
{
    return scaled(build, build->metrics->low ? 340 : 260);
}

static struct run
aside_run(int element)
{
    return (struct run){.element = element,
                        .type = TYPE_NOTE,
                        .color = COLOR_INK_2,
                        .align = ALIGN_END};
}

/* What is higher there than label and value, or has a word that is too wide, stands
 * under them instead. */
static bool
aside_goes_under(struct build *build, int element)
{
    const struct type_size *types = build->metrics->types;
    const char *detail = build->page->elements[element].detail;
    int width = aside_width(build);
    int lines = text_lines(build, aside_run(element), detail, width);
    int height = lines * types[TYPE_NOTE].pitch -
                 (types[TYPE_NOTE].pitch - types[TYPE_NOTE].px) / 2;

    return longest_word(build, aside_run(element), detail) > width ||
           height > types[TYPE_SMALL].pitch + types[TYPE_MIDDLE].pitch +
                        scaled(build, SUMMARY_PAD);
}

static int
aside_height(struct build *build, int element)
{
    return text_lines(build, aside_run(element), build->page->elements[element].detail,
                      aside_width(build)) *
           pitch_of(build, aside_run(element));
}

static void
put_aside(struct build *build, int element, struct rectangle rect)
{
    put_text(build, aside_run(element), build->page->elements[element].detail, rect.x,
             rect.y + (rect.height - aside_height(build, element)) / 2, rect.width);
}

/* "What – when – where", with the button that goes back to change it. */
static int
put_summary(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    const struct element *summary = &page->elements[element];
    bool apart = build->metrics->stands_apart;
    struct run label = {.element = element, .type = TYPE_SMALL, .color = COLOR_INK_2};
    struct run value = {.element = element,
                        .type = TYPE_MIDDLE,
                        .bold = true,
                        .color = COLOR_INK,
                        .pitch = build->metrics->types[TYPE_MIDDLE].pitch - 2 * !apart};
    struct run note = {.element = element, .type = TYPE_NOTE, .color = COLOR_INK_2};
    int change = child_first(page, element);
    int end = rect.x + rect.width - scaled(build, 28);
    int icon_px = glyph(build, 52);
    int x = rect.x + scaled(build, 58) + icon_px;
    struct change_shape button =
        change >= 0 ? change_shape(build, change) : (struct change_shape){0};
    bool aside = change < 0 && summary->detail[0] != '\0';
    bool under = aside && aside_goes_under(build, element);
    int room = end - x -
               (change >= 0       ? button.width + scaled(build, 26)
                : aside && !under ? aside_width(build) + scaled(build, 12)
                                  : 0);
    bool below = change >= 0 && longest_word(build, value, summary->value) > room;
    int between = scaled(build, 24);
    int over = scaled(build, !apart ? 16 : build->metrics->low ? 24 : 98);
    int height, tall, y;

    room = below ? end - x : room;
    height =
        text_lines(build, label, summary->label, room) * pitch_of(build, label) +
        text_lines(build, value, summary->value, room) * pitch_of(build, value) +
        (under ? text_lines(build, note, summary->detail, room) * pitch_of(build, note)
               : 0) +
        (below ? between + button.height : 0);
    tall = height + scaled(build, SUMMARY_PAD);
    tall = tall > button.height + over ? tall : button.height + over;
    if (aside && !under && tall < aside_height(build, element)) {
        tall = aside_height(build, element);
    }
    y = rect.y + (tall - height) / 2;
    put_icon(build, element, summary->icon, rect.x + scaled(build, 32),
             rect.y + (tall - icon_px) / 2, icon_px, COLOR_PRIMARY);
    y += put_text(build, label, summary->label, x, y, room);
    y += put_text(build, value, summary->value, x, y, room);
    if (below) {
        put_change(build, change,
                   (struct rectangle){x, y + between, button.width, button.height});
    } else if (change >= 0) {
        put_change(build, change,
                   (struct rectangle){end - button.width,
                                      rect.y + (tall - button.height) / 2, button.width,
                                      button.height});
    } else if (under) {
        put_text(build, note, summary->detail, x, y, room);
    } else if (aside) {
        put_aside(build, element,
                  (struct rectangle){end - aside_width(build), rect.y,
                                     aside_width(build), tall});
    }
    return tall;
}

/* One of them: under a rule, or in a card of its own. Returns the height with what is
 * before it. */
static int
put_summary_line(struct build *build, int element, struct rectangle rect, bool first)
{
    int card = build->page->elements[element].parent;
    bool measuring = build->measuring;
    int before = first ? 0 : build->metrics->stands_apart ? build->metrics->gap : 2;

    rect.y += before;
    if (build->metrics->stands_apart) {
        build->measuring = true;
        rect.height = put_summary(build, element, rect);
        build->measuring = measuring;
        put_fill(build, card, rect, scaled(build, 28), COLOR_CARD);
    } else if (!first) {
        put_fill(build, card, (struct rectangle){rect.x, rect.y - 2, rect.width, 2}, 0,
                 COLOR_HAIRLINE);
    }
    return before + put_summary(build, element, rect);
}

/* What does not work now: close together, on the danger's colour. */
static bool
is_denial(const struct page *page, int card)
{
    return (page->elements[card].flags & ELEMENT_DANGER) != 0;
}

/* Walks a card's children from `y`; `gap` is put between them. Returns the end. */
static int
put_children(struct build *build, int card, struct rectangle rect, int y, int gap)
{
    const struct page *page = build->page;
    int pad = scaled(build, is_denial(page, card) ? 32 : 36);
    int x = rect.x + pad;
    int width = rect.width - 2 * pad;
    bool first = true;

    for (int child = child_first(page, card); child >= 0;
         child = child_next(page, child)) {
        const struct element *it = &page->elements[child];
        struct run run = {child, TYPE_BODY, false, COLOR_INK, ALIGN_START, 0, 0};

        if (it->role == ROLE_SUMMARY) {
            y += put_summary_line(build, child,
                                  (struct rectangle){rect.x, y, rect.width, 0}, first);
            first = false;
            continue;
        }
        y += first ? 0 : gap;
        if (it->role == ROLE_HEADING) {
            run.type = TYPE_LABEL;
            run.bold = true;
            y += put_text(build, run, it->label, x, y, width);
        } else if (it->role == ROLE_CHECK) {
            y += put_check(build, child, x, y, width,
                           glyph(build, it->detail[0] != '\0' ? 52 : 46));
        } else {
            int icon_px = it->icon != NULL ? glyph(build, 52) : 0;
            int aside = icon_px > 0 ? icon_px + scaled(build, 24) : 0;
            int indent = icon_room(build, run, it->label, aside, width);
            int lines = text_lines(build, run, it->label, width - indent);

            if (!first && it->icon != NULL) {
                put_fill(build, card,
                         (struct rectangle){
                             x, y - gap / 2 + (build->metrics->low ? 4 : 18), width, 2},
                         0, COLOR_HAIRLINE);
                y += build->metrics->low ? 8 : 34;
            }
            put_icon(build, child, indent > 0 ? it->icon : NULL, x,
                     y + (lines * pitch_of(build, run) - icon_px) / 2, icon_px,
                     COLOR_PRIMARY);
            y += put_text(build, run, it->label, x + indent, y, width - indent);
        }
        first = false;
    }
    return y;
}

static bool
is_summary_card(const struct page *page, int card)
{
    int child = child_first(page, card);

    return child >= 0 && page->elements[child].role == ROLE_SUMMARY;
}

static int
card_content(struct build *build, int element, int width, int gap)
{
    bool measuring = build->measuring;
    int height;

    build->measuring = true;
    height = put_children(build, element, (struct rectangle){0, 0, width, 0}, 0, gap);
    build->measuring = measuring;
    return height;
}

/* The least between lines, and above and below them. */
static int
card_gap(const struct build *build, int card)
{
    return build->metrics->low ? 8 : is_denial(build->page, card) ? 14 : 20;
}

static int
card_pad(const struct build *build)
{
    return build->metrics->low ? 14 : 28;
}

static bool
has_milestones(const struct page *page, int card)
{
    int child = child_first(page, card);

    return child >= 0 && page->elements[child].role == ROLE_MILESTONE;
}

static int
card_height(struct build *build, int element, int width)
{
    int pad = is_summary_card(build->page, element) ? 0 : card_pad(build);

    if (is_explanation(build->page, element)) {
        return explanation_height(build, element, width);
    }
    if (has_milestones(build->page, element)) {
        return put_milestones(build, element, (struct rectangle){0, 0, width, 0});
    }
    return card_content(build, element, width, card_gap(build, element)) + 2 * pad;
}

static void
card_put(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    bool soft = (page->elements[element].flags & ELEMENT_SOFT) != 0;
    bool summary = is_summary_card(page, element);
    int gap = card_gap(build, element);
    int gap_max = scaled(build, is_denial(page, element)       ? 0
                                : build->metrics->stands_apart ? 49
                                : soft                         ? 26
                                                               : 41);
    int pad = summary ? 0 : card_pad(build);
    int content;

    if (is_explanation(page, element)) {
        put_explanation(build, element, rect);
        return;
    }
    if (has_milestones(page, element)) {
        put_fill(build, element, rect, scaled(build, 28), COLOR_CARD);
        put_milestones(build, element, rect);
        return;
    }
    while (!summary && gap < gap_max &&
           card_content(build, element, rect.width, gap + 1) + 2 * pad <= rect.height)
    {
        gap++; /* room that is left goes between the lines first */
    }
    content = card_content(build, element, rect.width, gap);
    if (!summary || !build->metrics->stands_apart) {
        put_fill(build, element, rect, scaled(build, 28),
                 soft                       ? COLOR_PRIMARY_SOFT
                 : is_denial(page, element) ? COLOR_DANGER_SOFT
                                            : COLOR_CARD);
    }
    put_children(build, element, rect,
                 summary ? rect.y
                 : soft  ? rect.y + (rect.height - content) / 2
                         : rect.y + (rect.height - content > 2 * scaled(build, 36)
                                         ? scaled(build, 36)
                                         : (rect.height - content) / 2),
                 gap);
}

const struct part part_card = {
    .height = card_height, .put = card_put, .height_max = -1};

/* --- messages and lines
 * --------------------------------------------------------------- */

struct message_shape {
    int pad_x, pad_y, icon, gap, pitch;
};

/* With a heading of its own a message is roomy; one line of reading is slim. */
static struct message_shape
message_shape(const struct build *build, const struct element *message)
{
    if (message->detail[0] != '\0') {
        return (struct message_shape){scaled(build, 32), scaled(build, 28),
                                      glyph(build, 48), scaled(build, 24),
                                      build->metrics->types[TYPE_NOTE].pitch + 2};
    }
    return (struct message_shape){scaled(build, 28), scaled(build, 20),
                                  glyph(build, 48), scaled(build, 21),
                                  build->metrics->types[TYPE_NOTE].pitch};
}

static struct run
message_run(const struct build *build, int element)
{
    const struct element *message = &build->page->elements[element];

    return (struct run){.element = element,
                        .type = TYPE_NOTE,
                        .bold = message->detail[0] != '\0',
                        .color = COLOR_INK,
                        .pitch = message_shape(build, message).pitch};
}

/* What the icon takes of the width between the pads. */
static int
message_indent(struct build *build, int element, int width)
{
    const struct element *message = &build->page->elements[element];
    struct message_shape shape = message_shape(build, message);
    struct run run = message_run(build, element);
    int room = width - 2 * shape.pad_x;
    int indent = message->icon != NULL ? shape.icon + shape.gap : 0;

    indent = icon_room(build, run, message->label, indent, room);
    run.bold = false;
    return icon_room(build, run, message->detail, indent, room);
}

static int
put_message_text(struct build *build, int element, int x, int y, int width)
{
    const struct element *message = &build->page->elements[element];
    struct run run = message_run(build, element);
    int height = put_text(build, run, message->label, x, y, width);

    run.bold = false;
    return height + put_text(build, run, message->detail, x, y + height, width);
}

static int
message_text_height(struct build *build, int element, int width)
{
    struct message_shape shape = message_shape(build, &build->page->elements[element]);
    int indent = message_indent(build, element, width);
    bool measuring = build->measuring;
    int height;

    build->measuring = true;
    height = put_message_text(build, element, 0, 0, width - 2 * shape.pad_x - indent);
    build->measuring = measuring;
    return height;
}

static int
message_height(struct build *build, int element, int width)
{
    struct message_shape shape = message_shape(build, &build->page->elements[element]);

    return message_text_height(build, element, width) + 2 * shape.pad_y;
}

static void
message_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *message = &build->page->elements[element];
    struct message_shape shape = message_shape(build, message);
    bool danger = (message->flags & ELEMENT_DANGER) != 0;
    bool accent = (message->flags & ELEMENT_ACCENT) != 0;
    int text = message_text_height(build, element, rect.width);
    int indent = message_indent(build, element, rect.width);
    int y = rect.y + (rect.height - text) / 2;
    int x = rect.x + shape.pad_x;

    put_fill(build, element, rect, scaled(build, 28),
             danger   ? COLOR_DANGER_SOFT
             : accent ? COLOR_ACCENT_SOFT
                      : COLOR_PRIMARY_SOFT);
    if (message->icon != NULL && indent > 0) {
        bool slim = text == shape.pitch;
        int icon_px = slim ? glyph(build, 46) : shape.icon;
        int icon_y = message->detail[0] != '\0' ? y + (shape.pitch - shape.icon) / 2
                                                : rect.y + (rect.height - icon_px) / 2;

        put_icon(build, element, message->icon, x, icon_y, icon_px,
                 danger   ? COLOR_DANGER
                 : accent ? COLOR_ON_ACCENT_SOFT
                          : COLOR_PRIMARY);
    }
    put_message_text(build, element, x + indent, y,
                     rect.width - 2 * shape.pad_x - indent);
}

const struct part part_message = {.height = message_height, .put = message_put};

static struct run
section_run(const struct build *build, int element)
{
    unsigned flags = build->page->elements[element].flags;

    if ((flags & ELEMENT_STRONG) != 0) {
        return (struct run){element,
                            TYPE_KEY,
                            true,
                            (flags & ELEMENT_ERROR) != 0 ? COLOR_DANGER : COLOR_INK,
                            ALIGN_START,
                            0,
                            0};
    }
    return (struct run){element, TYPE_NOTE, false, COLOR_INK_2, ALIGN_START, 0, 0};
}

static int
section_height(struct build *build, int element, int width)
{
    struct run run = section_run(build, element);

    return text_lines(build, run, build->page->elements[element].label, width) *
           pitch_of(build, run);
}

static void
section_put(struct build *build, int element, struct rectangle rect)
{
    struct run run = section_run(build, element);

    put_text(build, run, build->page->elements[element].label, rect.x, rect.y,
             rect.width);
}

const struct part part_section = {
    .height = section_height,
    .put = section_put,
    .gap_after = 12,
};

/* --- a large heading --- */

#define HEADLINE_INDENT 64 /* behind its icon */

static struct run
headline_run(int element)
{
    return (struct run){
        .element = element, .type = TYPE_LABEL, .bold = true, .color = COLOR_INK};
}

static int
headline_height(struct build *build, int element, int width)
{
    const struct element *headline = &build->page->elements[element];
    struct run run = headline_run(element);
    int indent = headline->icon != NULL ? scaled(build, HEADLINE_INDENT) : 0;

    return text_lines(build, run, headline->label, width - indent) *
           pitch_of(build, run);
}

static void
headline_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *headline = &build->page->elements[element];
    struct run run = headline_run(element);
    int indent = headline->icon != NULL ? scaled(build, HEADLINE_INDENT) : 0;
    int icon_px = scaled(build, 48);

    put_icon_on(build, element, headline->icon, rect.x,
                rect.y + (pitch_of(build, run) - icon_px) / 2, icon_px,
                (headline->flags & ELEMENT_DANGER) != 0 ? COLOR_DANGER : COLOR_SUCCESS,
                COLOR_SHEET);
    put_text(build, run, headline->label, rect.x + indent, rect.y, rect.width - indent);
}

const struct part part_headline = {.height = headline_height, .put = headline_put};

/* --- a line of reading, with an icon before it --- */

struct icon_line {
    struct run run;
    int icon_px, aside; /* of the icon, with the gap behind it */
};

static struct icon_line
icon_line(struct build *build, int element, enum type type, int icon, int gap)
{
    return (struct icon_line){
        .run = {.element = element, .type = type, .color = COLOR_INK},
        .icon_px = glyph(build, icon),
        .aside = build->page->elements[element].icon != NULL
                     ? glyph(build, icon) + scaled(build, gap)
                     : 0,
    };
}

static int
icon_line_indent(struct build *build, const struct icon_line *line, int width)
{
    return icon_room(build, line->run, build->page->elements[line->run.element].label,
                     line->aside, width);
}

static int
icon_line_height(struct build *build, const struct icon_line *line, int width)
{
    const char *label = build->page->elements[line->run.element].label;

    return text_lines(build, line->run, label,
                      width - icon_line_indent(build, line, width)) *
           pitch_of(build, line->run);
}

/* The icon stands in the middle of so much of its height. */
static void
put_icon_line(struct build *build, const struct icon_line *line, struct rectangle rect,
              int height)
{
    const struct element *it = &build->page->elements[line->run.element];
    int indent = icon_line_indent(build, line, rect.width);

    put_icon(build, line->run.element, indent > 0 ? it->icon : NULL, rect.x,
             rect.y + (height - line->icon_px) / 2, line->icon_px, COLOR_PRIMARY);
    put_text(build, line->run, it->label, rect.x + indent, rect.y, rect.width - indent);
}

/* What the stage has no room for, and a legend. */
static struct icon_line
slim_line(struct build *build, int element)
{
    return icon_line(build, element, TYPE_NOTE, 46, 18);
}

static int
slim_line_height(struct build *build, int element, int width)
{
    struct icon_line line = slim_line(build, element);

    return icon_line_height(build, &line, width);
}

static void
stage_line_put(struct build *build, int element, struct rectangle rect)
{
    struct icon_line line = slim_line(build, element);

    put_icon_line(build, &line, rect, pitch_of(build, line.run));
}

const struct part part_stage_line = {
    .height = slim_line_height,
    .put = stage_line_put,
    .gap_after = 20,
};

/* Its icon stands in the middle of its lines. */
static void
legend_put(struct build *build, int element, struct rectangle rect)
{
    struct icon_line line = slim_line(build, element);

    put_icon_line(build, &line, rect, icon_line_height(build, &line, rect.width));
}

const struct part part_legend = {.height = slim_line_height, .put = legend_put};

static struct icon_line
note_line(struct build *build, int element)
{
    return icon_line(build, element, TYPE_BODY, 48, 22);
}

static int
note_height(struct build *build, int element, int width)
{
    struct icon_line line = note_line(build, element);

    return icon_line_height(build, &line, width);
}

static void
note_put(struct build *build, int element, struct rectangle rect)
{
    struct icon_line line = note_line(build, element);

    put_icon_line(build, &line, rect, pitch_of(build, line.run));
}

const struct part part_note = {
    .height = note_height,
    .put = note_put,
    .gap_after = 12,
};
