#include "parts.h"

#include <string.h>

#include "area.h"

/* What holds a QR code: the hand-over to a phone, and the ticket. */

/* On paper of its own, with its quiet zone: also where cards are black. */
void
put_qr(struct build *build, int element, struct rectangle rect)
{
    const struct element *qr = &build->page->elements[element];
    struct item *item;

    put_fill(build, element, rectangle_grown(rect, rect.width / 16), 0, COLOR_WHITE);
    item = put_item(build, ITEM_QR, element, rect);

    item->text = qr->value;
    item->length = strlen(qr->value);
}

static int
child_of_role(const struct page *page, int parent, enum role role)
{
    for (int child = child_first(page, parent); child >= 0;
         child = child_next(page, child)) {
        if (page->elements[child].role == role) {
            return child;
        }
    }
    return -1;
}

/* --- hand-over: the code, and how to scan it, step by step
 * ----------------------------- */

/* Beside the code where the steps' words fit there, else below it; alone on a page that
 * was cut. */
struct hand_over {
    int qr, size;    /* the code: -1 for none */
    int first;       /* step, -1 for none */
    int x, y, width; /* of the steps, from the card's start and top; y 0: beside */
    int height;      /* of the card */
};

/* As drawn. */
#define STEP_GAP 40
#define CODE_PAD 57 /* round the code */

/* As large as the number in it, whose letters stand low in their line. */
static int
step_disc(const struct build *build)
{
    int disc = glyph(build, 60), line = build->metrics->types[TYPE_BODY].pitch;

    return disc > line ? disc : line * 9 / 8;
}

static int
put_step(struct build *build, int element, int x, int y, int width)
{
    const struct element *step = &build->page->elements[element];
    struct run number = {element,      TYPE_BODY, true, COLOR_ON_PRIMARY,
                         ALIGN_CENTER, 0,         0};
    struct run text = {element, TYPE_BODY, false, COLOR_INK, ALIGN_START, 0, 0};
    int disc = step_disc(build);
    int indent = disc + scaled(build, 26);

    put_circle(
        build, element,
        (struct rectangle){x, y + (pitch_of(build, number) - disc) / 2, disc, disc},
        COLOR_PRIMARY);
    put_text(build, number, step->value, x, y, disc);
    return put_text(build, text, step->label, x + indent, y, width - indent);
}

static int
put_steps(struct build *build, int first, int x, int y, int width)
{
    int top = y;

    for (int step = first; step >= 0; step = child_next(build->page, step)) {
        y += put_step(build, step, x, y, width) + scaled(build, STEP_GAP);
    }
    return first >= 0 ? y - top - scaled(build, STEP_GAP) : 0;
}

static int
steps_height(struct build *build, int first, int width)
{
    bool measuring = build->measuring;
    int height;

    build->measuring = true;
    height = put_steps(build, first, 0, 0, width);
    build->measuring = measuring;
    return height;
}

/* Whether no word of a step is wider than its column. */
static bool
words_fit(struct build *build, int first, int width)
{
    for (int step = first; step >= 0; step = child_next(build->page, step)) {
        struct run run = {step, TYPE_BODY, false, COLOR_INK, ALIGN_START, 0, 0};

        if (longest_word(build, run, build->page->elements[step].label) >
            width - step_disc(build) - scaled(build, 26))
        {
            return false;
        }
    }
    return true;
}

/* As drawn, but no higher than a part of the page has room for. */
static int
code_size(struct build *build)
{
    int size = scaled(build, build->metrics->low ? 460 : 500);
    int room = area_of_parts(build).height - build->metrics->button_height -
               build->metrics->gap * 6 / 5 - 2 * scaled(build, CODE_PAD);

    return size < room ? size : room;
}

static struct hand_over
hand_over_shape(struct build *build, int element, int width)
{
    const struct page *page = build->page;
    int pad = scaled(build, CODE_PAD);
    struct hand_over shape = {
        .qr = child_of_role(page, element, ROLE_QR),
        .first = child_of_role(page, element, ROLE_STEP),
        .size = code_size(build),
        .x = scaled(build, 607),
    };

    shape.width = width - scaled(build, 28) - shape.x;
    if (shape.qr >= 0 && shape.first >= 0 && words_fit(build, shape.first, shape.width))
    {
        int steps =
            steps_height(build, shape.first, shape.width) + 2 * scaled(build, 24);

        shape.height = scaled(build, build->metrics->low ? 514 : 686);
        shape.height = shape.height > steps ? shape.height : steps;
        return shape;
    }
    shape.x = pad;
    shape.width = width - 2 * pad;
    shape.y = shape.qr >= 0 ? pad + shape.size + scaled(build, STEP_GAP) : pad;
    shape.height = shape.y + steps_height(build, shape.first, shape.width) + pad;
    if (shape.first < 0) {
        shape.height = 2 * pad + shape.size;
    }
    return shape;
}

static int
hand_over_height(struct build *build, int element, int width)
{
    return hand_over_shape(build, element, width).height;
}

static void
hand_over_put(struct build *build, int element, struct rectangle rect)
{
    struct hand_over shape = hand_over_shape(build, element, rect.width);
    bool beside = shape.y == 0;
    int pad = scaled(build, CODE_PAD);
    int steps = steps_height(build, shape.first, shape.width);

    put_item(build, ITEM_SHADOW, element, rect)->radius = scaled(build, 28);
    put_fill(build, element, rect, scaled(build, 28), COLOR_CARD);
    if (shape.qr >= 0) {
        put_qr(
            build, shape.qr,
            (struct rectangle){rect.x + (beside ? pad : (rect.width - shape.size) / 2),
                               rect.y + (beside ? (rect.height - shape.size) / 2 : pad),
                               shape.size, shape.size});
    }
    put_steps(build, shape.first, rect.x + shape.x,
              rect.y + (beside ? (rect.height - steps) / 2 : shape.y), shape.width);
}

const struct part part_hand_over = {
    .height = hand_over_height,
    .put = hand_over_put,
    .gap_after = 20,
};

/* --- the address to type, for a phone that can't scan
 * ------------------------------------ */

static struct run
typed_note(int element, bool bold)
{
    return (struct run){.element = element,
                        .type = TYPE_NOTE,
                        .bold = bold,
                        .color = bold ? COLOR_INK : COLOR_INK_2};
}

/* Whether what stands at the end has room beside the address. */
static bool
typed_has_end(struct build *build, int element, int width)
{
    const struct element *typed = &build->page->elements[element];
    struct run value = {.element = element, .type = TYPE_LABEL, .bold = true};
    struct run note = typed_note(element, false), detail = typed_note(element, true);
    int apart = scaled(build, 20);

    return text_width(build, note, typed->label) + apart +
                   text_width(build, note, typed->extra) <=
               width &&
           text_width(build, value, typed->value) + apart +
                   text_width(build, detail, typed->detail) <=
               width;
}

static int
typed_indent(const struct build *build)
{
    return scaled(build, 32) + glyph(build, 48);
}

/* Line under line, where it has not. Returns their height. */
static int
put_typed_lines(struct build *build, int element, int x, int y, int width)
{
    const struct element *typed = &build->page->elements[element];
    struct run note = {element, TYPE_NOTE, false, COLOR_INK, ALIGN_START, 0, 0};
    struct run value = {element, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};
    int top = y;

    y += put_text(build, note, typed->label, x, y, width);
    y += put_text(build, value, typed->value, x, y, width);
    y += put_text(build, typed_note(element, false), typed->extra, x, y, width);
    y += put_text(build, typed_note(element, true), typed->detail, x, y, width);
    return y - top;
}

static int
typed_height(struct build *build, int element, int width)
{
    int room = width - typed_indent(build) - scaled(build, 8);

    if (!typed_has_end(build, element, room)) {
        return put_typed_lines(build, element, 0, 0, room) + scaled(build, 12);
    }
    return build->metrics->types[TYPE_NOTE].pitch +
           build->metrics->types[TYPE_LABEL].pitch + scaled(build, 12);
}

static void
typed_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *typed = &build->page->elements[element];
    struct run note = {element, TYPE_NOTE, false, COLOR_INK, ALIGN_START, 0, 0};
    struct run value = {element, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};
    struct run extra = typed_note(element, false), detail = typed_note(element, true);
    int icon_px = glyph(build, 48);
    int x = rect.x + typed_indent(build);
    int width = rect.x + rect.width - scaled(build, 8) - x;

    put_icon(build, element, typed->icon, rect.x + scaled(build, 8),
             rect.y + (rect.height - icon_px) / 2, icon_px, COLOR_PRIMARY);
    if (!typed_has_end(build, element, width)) {
        put_typed_lines(build, element, x, rect.y + scaled(build, 5), width);
        return;
    }
    extra.align = detail.align = ALIGN_END;
    put_text(build, note, typed->label, x, rect.y + scaled(build, 5), width);
    put_text(build, value, typed->value, x,
             rect.y + scaled(build, 5) + pitch_of(build, note), width);
    put_text(build, extra, typed->extra, x, rect.y + scaled(build, 9), width);
    put_text(build, detail, typed->detail, x,
             rect.y + scaled(build, 9) + pitch_of(build, detail), width);
}

const struct part part_typed = {.height = typed_height, .put = typed_put};

/* --- the ticket, as it will be on paper
 * ---------------------------------------------------- */

/* Heading and things to bring. */
static int
ticket_list(struct build *build, int element, int x, int y, int width)
{
    const struct page *page = build->page;
    int start = y;
    bool first = true;

    for (int child = child_first(page, element); child >= 0;
         child = child_next(page, child))
    {
        const struct element *it = &page->elements[child];
        struct run heading = {child, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};

        if (it->role == ROLE_HEADING) {
            y += put_text(build, heading, it->label, x, y, width) + scaled(build, 18);
        } else if (it->role == ROLE_CHECK) {
            y += first ? 0 : scaled(build, 16);
            y += put_check(build, child, x, y, width, glyph(build, 46));
            first = false;
        }
    }
    return y - start;
}

/* The time in large figures; its word stands behind it or, by the language, before. */
static int
put_ticket_time(struct build *build, int child, int x, int y, int width)
{
    const struct element *it = &build->page->elements[child];
    struct run clock = {child,
                        TYPE_CLOCK,
                        true,
                        COLOR_PRIMARY,
                        ALIGN_START,
                        digits_pitch(build, TYPE_CLOCK),
                        0};
    struct run word = {child, TYPE_DAY, true, COLOR_PRIMARY, ALIGN_START, 0, 0};
    int gap = scaled(build, 14);
    int drop = scaled(build, 48);
    int time = text_width(build, clock, it->label);

    if (it->extra[0] != '\0') {
        int before = text_width(build, word, it->extra);

        put_text(build, word, it->extra, x, y + drop, before + 1);
        x += before + gap;
    }
    put_text(build, clock, it->label, x, y, time + 1);
    put_text(build, word, it->detail, x + time + gap, y + drop, width);
    return pitch_of(build, clock) + scaled(build, build->metrics->low ? 14 : 34);
}

static int
ticket_time_width(struct build *build, int child)
{
    const struct element *it = &build->page->elements[child];
    struct run clock = {child, TYPE_CLOCK, true, COLOR_PRIMARY, ALIGN_START, 0, 0};
    struct run word = {child, TYPE_DAY, true, COLOR_PRIMARY, ALIGN_START, 0, 0};
    const char *beside = it->extra[0] != '\0' ? it->extra : it->detail;

    return text_width(build, clock, it->label) + scaled(build, 14) +
           text_width(build, word, beside);
}

static int
put_ticket_place(struct build *build, int child, int x, int y, int width)
{
    const struct element *it = &build->page->elements[child];
    struct run name = {child, TYPE_BODY, true, COLOR_INK, ALIGN_START, 0, 0};
    struct run street = {child, TYPE_BODY, false, COLOR_INK_2, ALIGN_START, 0, 0};
    int icon_px = glyph(build, 46);
    int indent = icon_px + scaled(build, 14);
    int top = y;

    put_icon(build, child, it->icon, x, y + scaled(build, 2), icon_px, COLOR_PRIMARY);
    y += put_text(build, name, it->label, x + indent, y, width - indent);
    y += put_text(build, street, it->detail, x + indent, y, width - indent);
    return y - top + scaled(build, 14);
}

/* The code behind its word, or below it. */
static int
put_ticket_code(struct build *build, int child, int x, int y, int width)
{
    const struct element *it = &build->page->elements[child];
    struct run label = {child, TYPE_BODY, false, COLOR_INK_2, ALIGN_START, 0, 0};
    struct run code = {child, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};
    int indent = text_width(build, label, it->label) + scaled(build, 14);
    int top = y;

    if (indent + text_width(build, code, it->value) > width) {
        indent = 0;
        y += put_text(build, label, it->label, x, y, width);
    } else {
        put_text(build, label, it->label, x, y, width);
    }
    put_text(build, code, it->value, x + indent, y, width - indent);
    return y - top + pitch_of(build, code);
}

static int
ticket_code_width(struct build *build, int child)
{
    const struct element *it = &build->page->elements[child];
    struct run label = {.element = child, .type = TYPE_BODY};
    struct run code = {.element = child, .type = TYPE_LABEL, .bold = true};

    return text_width(build, label, it->label) + scaled(build, 14) +
           text_width(build, code, it->value);
}

/* On a low screen the code stands at the end of the time's line, if that has room. */
static bool
is_code_at_time(struct build *build, int element, int width)
{
    int time = child_of_role(build->page, element, ROLE_TICKET_TIME);
    int code = child_of_role(build->page, element, ROLE_TICKET_CODE);

    return build->metrics->low && build->metrics->stands_apart && time >= 0 &&
           code >= 0 &&
           ticket_time_width(build, time) + scaled(build, 60) +
                   ticket_code_width(build, code) <=
               width;
}

/* Day, time, place and code; returns their height. */
static int
put_ticket_facts(struct build *build, int element, int x, int y, int width)
{
    const struct page *page = build->page;
    bool at_time = is_code_at_time(build, element, width);
    int top = y, time = y;

    for (int child = child_first(page, element); child >= 0;
         child = child_next(page, child))
    {
        const struct element *it = &page->elements[child];

        if (it->role == ROLE_TICKET_DAY) {
            struct run day = {child, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};

            y += put_text(build, day, it->label, x, y, width);
        } else if (it->role == ROLE_TICKET_TIME) {
            time = y;
            y += put_ticket_time(build, child, x, y, width);
        } else if (it->role == ROLE_TICKET_PLACE) {
            y += put_ticket_place(build, child, x, y, width);
        } else if (it->role == ROLE_TICKET_CODE && at_time) {
            int own = ticket_code_width(build, child) + 1;

            put_ticket_code(build, child, x + width - own, time + scaled(build, 48),
                            own);
        } else if (it->role == ROLE_TICKET_CODE) {
            y += put_ticket_code(build, child, x, y, width);
        }
    }
    return y - top;
}

/* Where the parts of a ticket are, from its start and top. */
struct ticket_shape {
    int qr, size; /* -1 for none */
    int x, y, width;
    int facts; /* height of what is written above its cut */
    int top;   /* its cut; 0 when nothing stands above it */
    int list;  /* height of what is below the cut, 0 for none */
};

/* Whether no fact is wider than the room beside the code. */
static bool
facts_fit(struct build *build, int element, int width)
{
    const struct page *page = build->page;

    for (int child = child_first(page, element); child >= 0;
         child = child_next(page, child))
    {
        const struct element *it = &page->elements[child];
        struct run run = {child, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};
        int indent =
            it->role == ROLE_TICKET_PLACE ? glyph(build, 46) + scaled(build, 14) : 0;

        if (it->role == ROLE_TICKET_TIME) {
            if (ticket_time_width(build, child) > width) {
                return false;
            }
        } else if ((it->role == ROLE_TICKET_DAY || it->role == ROLE_TICKET_PLACE ||
                    it->role == ROLE_TICKET_CODE) &&
                   (longest_word(build, run, it->label) > width - indent ||
                    text_width(build, run, it->value) > width))
        {
            return false;
        }
    }
    return true;
}

static struct ticket_shape
ticket_shape(struct build *build, int element, int width)
{
    const struct page *page = build->page;
    bool measuring = build->measuring;
    int pad = scaled(build, 48);
    struct ticket_shape shape = {
        .qr = child_of_role(page, element, ROLE_QR),
        .size = build->metrics->low ? scaled(build, 405) : scaled(build, 330),
        .x = pad,
        .y = scaled(build, build->metrics->low ? 36 : 59),
        .width = width - 2 * pad + scaled(build, 20),
    };
    int beside = shape.size + scaled(build, 37);
    int end = 0;

    build->measuring = true;
    if (shape.qr >= 0) {
        end = scaled(build, build->metrics->low ? 470 : 474);
        if (facts_fit(build, element, shape.width - beside)) {
            shape.x += beside;
            shape.width -= beside;
        } else {
            shape.y = end - scaled(build, 30);
        }
    }
    shape.facts = put_ticket_facts(build, element, 0, 0, shape.width);
    if (shape.facts > 0 && shape.y + shape.facts + scaled(build, 20) > end) {
        end = shape.y + shape.facts + scaled(build, 20);
    }
    shape.top = end;
    shape.list = ticket_list(build, element, 0, 0, width - 2 * pad);
    build->measuring = measuring;
    return shape;
}

static int
ticket_height(struct build *build, int element, int width)
{
    struct ticket_shape shape = ticket_shape(build, element, width);

    return shape.top + (shape.list > 0 ? shape.list + scaled(build, 39 + 35) : 0);
}

void
put_cut(struct build *build, int element, struct rectangle rect, int cut)
{
    int notch = scaled(build, 26);

    for (int side = 0; side < 2; side++) {
        put_circle(build, element,
                   (struct rectangle){rect.x + side * rect.width - notch, cut - notch,
                                      2 * notch, 2 * notch},
                   COLOR_SHEET);
    }
    put_item(build, ITEM_DASHES, element,
             (struct rectangle){rect.x + scaled(build, 40), cut - scaled(build, 2),
                                rect.width - 2 * scaled(build, 40), scaled(build, 4)})
        ->color = COLOR_INK_2;
}

static void
ticket_put(struct build *build, int element, struct rectangle rect)
{
    struct ticket_shape shape = ticket_shape(build, element, rect.width);
    int pad = scaled(build, 48);
    int cut = rect.y + shape.top;
    int qr = scaled(build, build->metrics->low ? 32 : 72);
    int beside = shape.facts > 0 ? pad : (rect.width - shape.size) / 2;

    put_item(build, ITEM_SHADOW, element, rect)->radius = scaled(build, 28);
    put_fill(build, element, rect, scaled(build, 28), COLOR_CARD);
    if (shape.qr >= 0) {
        put_qr(
            build, shape.qr,
            (struct rectangle){rect.x + beside, rect.y + qr, shape.size, shape.size});
    }
    put_ticket_facts(build, element, rect.x + shape.x, rect.y + shape.y, shape.width);
    if (shape.list > 0) {
        ticket_list(build, element, rect.x + pad, cut + scaled(build, 39),
                    rect.width - 2 * pad);
    }
    if (shape.list > 0 && shape.top > 0) {
        put_cut(build, element, rect, cut);
    }
}

const struct part part_ticket = {.height = ticket_height, .put = ticket_put};
