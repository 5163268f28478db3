#include "parts.h"

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
