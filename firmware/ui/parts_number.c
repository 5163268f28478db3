#include "parts.h"

#include <string.h>

/*
 * A number to wait with: large, what it is for above it, where it is called below; then
 * how many come before, how long that takes, and what to make of it. With a code for a
 * phone or a place it looks like the ticket it is, else it is a card.
 */

/* As drawn: from the top of the card, and between what stands under each other. */
struct shape {
    int pad, label, number_gap, place_gap, cut_gap, facts_gap, fact_gap;
    int code_top, code, note_gap;
    enum type type;
};

static const struct shape ticket_shape = {48, 35, 25,  28, 46,         50,
                                          28, 44, 262, 44, TYPE_NUMBER};
static const struct shape card_shape = {
    44, 34, 1, 0, 31, 25, 111, 0, 0, 44, TYPE_NUMBER_SMALL};
/* Beside a stage there is less height. */
static const struct shape low_ticket_shape = {48, 24, 4,   8,  32,         26,
                                              28, 24, 200, 16, TYPE_NUMBER};
static const struct shape low_card_shape = {44, 22, 4, 0,  22,         16,
                                            60, 0,  0, 16, TYPE_NUMBER};

#define CODE_GAP 28 /* under the code's hint */
#define REST_TOP 34 /* over the facts, where the number stands on another part */

static int
child_of(const struct page *page, int parent, enum role role)
{
    for (int child = child_first(page, parent); child >= 0;
         child = child_next(page, child)) {
        if (page->elements[child].role == role) {
            return child;
        }
    }
    return -1;
}

static bool
is_ticket(const struct page *page, int element)
{
    return child_of(page, element, ROLE_QR) >= 0 ||
           child_of(page, element, ROLE_TICKET_PLACE) >= 0;
}

static const struct shape *
shape_of(const struct build *build, int element)
{
    if (is_ticket(build->page, element)) {
        return build->metrics->low ? &low_ticket_shape : &ticket_shape;
    }
    return build->metrics->low ? &low_card_shape : &card_shape;
}

/* --- the note at the bottom ----------------------------------------------------------
 */

static struct run
note_run(int note)
{
    return (struct run){note, TYPE_NOTE, false, COLOR_INK, ALIGN_START, 0, 0};
}

static int
note_height(struct build *build, int note, int width)
{
    if (note < 0) {
        return 0;
    }
    return text_lines(build, note_run(note), build->page->elements[note].label,
                      width - (scaled(build, 70) + glyph(build, 48))) *
               pitch_of(build, note_run(note)) +
           scaled(build, 46);
}

static void
put_note(struct build *build, int note, struct rectangle rect)
{
    const struct element *it = &build->page->elements[note];
    int icon_px = glyph(build, 48);

    put_fill(build, note, rect, scaled(build, 20), COLOR_PRIMARY_SOFT);
    put_icon(build, note, it->icon, rect.x + scaled(build, 24),
             rect.y + (rect.height - icon_px) / 2, icon_px, COLOR_PRIMARY);
    put_text(build, note_run(note), it->label,
             rect.x + scaled(build, 46) + glyph(build, 48), rect.y + scaled(build, 23),
             rect.width - (scaled(build, 70) + glyph(build, 48)));
}

/* --- facts: side by side where they fit, else below each other
 * ------------------------
 */

static int
put_fact(struct build *build, int fact, int x, int y, int width)
{
    const struct element *it = &build->page->elements[fact];
    struct run label = {fact, TYPE_SMALL, false, COLOR_INK_2, ALIGN_START, 0, 0};
    struct run value = {fact, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};
    int indent = (scaled(build, 22) + glyph(build, 52));
    int height = put_text(build, label, it->label, x + indent, y, width - indent);

    put_icon(build, fact, it->icon, x, y + scaled(build, 6), glyph(build, 52),
             COLOR_PRIMARY);
    return height + put_text(build, value, it->value, x + indent,
                             y + height + scaled(build, 1), width - indent);
}

static int
fact_width(struct build *build, int fact)
{
    const struct element *it = &build->page->elements[fact];
    struct run label = {fact, TYPE_SMALL, false, COLOR_INK_2, ALIGN_START, 0, 0};
    struct run value = {fact, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};
    int a = text_width(build, label, it->label);
    int b = text_width(build, value, it->value);

    return (scaled(build, 22) + glyph(build, 52)) + (a > b ? a : b) + 1;
}

/* All of them from `y`; returns the height they take. */
static int
put_facts(struct build *build, int element, int x, int y, int width)
{
    const struct page *page = build->page;
    int gap = scaled(build, shape_of(build, element)->fact_gap);
    int at = x, start = y, last = 0;

    for (int child = child_first(page, element); child >= 0;
         child = child_next(page, child))
    {
        int wide;

        if (page->elements[child].role != ROLE_FACT) {
            continue;
        }
        wide = fact_width(build, child);
        if (at > x && at + wide > x + width) {
            y += last + scaled(build, 14);
            at = x;
        }
        last = put_fact(build, child, at, y, x + width - at);
        at += wide + gap;
    }
    return y + last - start;
}

/* --- the number ---------------------------------------------------------------------
 */

static int
put_place(struct build *build, int place, int x, int y, int width)
{
    const struct element *it = &build->page->elements[place];
    struct run body = {place, TYPE_BODY, false, COLOR_INK, ALIGN_START, 0, 0};
    int icon_px = glyph(build, 46);
    int indent = icon_px + scaled(build, 14);

    put_icon(build, place, it->icon, x, y + (pitch_of(build, body) - icon_px) / 2,
             icon_px, COLOR_PRIMARY);
    return put_text(build, body, it->label, x + indent, y, width - indent);
}

/* What it is for, the number, and where it is called; returns where they end. */
static int
put_number(struct build *build, int element, int x, int y, int width)
{
    const struct shape *shape = shape_of(build, element);
    const struct element *it = &build->page->elements[element];
    struct run label = {element, TYPE_NOTE, false, COLOR_INK_2, ALIGN_START, 0, 0};
    struct run number = {element, shape->type, true, COLOR_PRIMARY, ALIGN_START, 0, 0};
    int place = child_of(build->page, element, ROLE_TICKET_PLACE);

    number = run_on_line(build, number, it->value, width);
    y += scaled(build, shape->label);
    y += put_text(build, label, it->label, x, y, width);
    /* Large figures begin a little in from their own edge. */
    y += scaled(build, shape->number_gap);
    y += put_text(build, number, it->value, x - scaled(build, 4), y, width);
    if (place >= 0) {
        y += scaled(build, shape->place_gap);
        y += put_place(build, place, x, y, width);
    }
    return y;
}

static struct run
hint_run(int qr)
{
    return (struct run){qr, TYPE_SMALL, false, COLOR_INK_2, ALIGN_CENTER, 0, 0};
}

/* How far the hint goes beyond the code at each side: it is two lines long. */
static int
hint_beside(struct build *build, int qr, const struct shape *shape)
{
    const char *hint = build->page->elements[qr].detail;
    int size = scaled(build, shape->code);
    int beside = scaled(build, 24 + (262 - shape->code) / 2);
    int most = beside * 5 / 2;

    while (beside < most &&
           text_lines(build, hint_run(qr), hint, size + 2 * beside) > 2) {
        beside += scaled(build, 8);
    }
    return beside;
}

/* The code with its hint, at the end of the card; returns where it ends. */
static int
put_code(struct build *build, int qr, struct rectangle rect, const struct shape *shape)
{
    const struct element *it = &build->page->elements[qr];
    struct run hint = hint_run(qr);
    int size = scaled(build, shape->code);
    int beside = hint_beside(build, qr, shape);
    int x = rect.x + rect.width - scaled(build, 34) - beside - size;
    int y = rect.y + scaled(build, shape->code_top);

    put_qr(build, qr, (struct rectangle){x, y, size, size});
    y += size + scaled(build, 10);
    return y + put_text(build, hint, it->detail, x - beside, y, size + 2 * beside);
}

/* --- what stood beside the number, on another part -----------------------------------
 */

static struct run
aside_run(int qr)
{
    return (struct run){.element = qr, .type = TYPE_BODY, .color = COLOR_INK};
}

/* The code with its hint beside it, or below it for a long word; returns their height.
 */
static int
put_code_alone(struct build *build, int qr, int x, int y, int width,
               const struct shape *shape)
{
    const char *hint = build->page->elements[qr].detail;
    struct run run = aside_run(qr);
    int size = scaled(build, shape->code);
    int indent = size + scaled(build, CODE_GAP);
    int words, height;

    if (longest_word(build, run, hint) > width - indent) {
        put_qr(build, qr, (struct rectangle){x, y, size, size});
        indent = size + scaled(build, CODE_GAP) / 2;
        return indent + put_text(build, run, hint, x, y + indent, width);
    }
    words = text_lines(build, run, hint, width - indent) * pitch_of(build, run);
    height = words > size ? words : size;
    put_qr(build, qr, (struct rectangle){x, y + (height - size) / 2, size, size});
    put_text(build, run, hint, x + indent, y + (height - words) / 2, width - indent);
    return height;
}

/* Returns the height they take, with the gap behind them. */
static int
put_beside(struct build *build, int element, int x, int y, int width)
{
    const struct page *page = build->page;
    int place = child_of(page, element, ROLE_TICKET_PLACE);
    int qr = child_of(page, element, ROLE_QR);
    int gap = scaled(build, 14), top = y;

    if (place >= 0) {
        y += put_place(build, place, x, y, width) + gap;
    }
    if (qr >= 0) {
        y += put_code_alone(build, qr, x, y, width, shape_of(build, element)) + gap;
    }
    return y - top;
}

/* --- the whole ----------------------------------------------------------------------
 */

/* What stands over the cut; returns the height down to it, 0 where that is on another
 * part. */
static int
put_top(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    const struct shape *shape = shape_of(build, element);
    int qr = child_of(page, element, ROLE_QR);
    int pad = scaled(build, shape->pad);
    int width = rect.width - 2 * pad;
    int end, code = 0;

    if (page->elements[element].value[0] == '\0') {
        return 0;
    }
    if (qr >= 0) {
        width -= scaled(build, shape->code - 14) + 2 * hint_beside(build, qr, shape);
    }
    end = put_number(build, element, rect.x + pad, rect.y, width);
    end += scaled(build, shape->cut_gap);
    if (qr >= 0) {
        code = put_code(build, qr, rect, shape) + scaled(build, CODE_GAP);
    }
    return (end > code ? end : code) - rect.y;
}

static void
put_number_cut(struct build *build, int element, struct rectangle rect, int cut)
{
    int pad = scaled(build, shape_of(build, element)->pad);

    if (is_ticket(build->page, element)) {
        put_cut(build, element, rect, cut);
    } else {
        put_fill(build, element,
                 (struct rectangle){rect.x + pad, cut, rect.width - 2 * pad, 2}, 0,
                 COLOR_HAIRLINE);
    }
}

/* All that is in the card, from its top; returns its height. */
static int
put_whole(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    const struct shape *shape = shape_of(build, element);
    int note = child_of(page, element, ROLE_NOTE);
    int pad = scaled(build, shape->pad), inset = scaled(build, 28);
    int top = put_top(build, element, rect);
    int y = rect.y + top + scaled(build, top > 0 ? shape->facts_gap : REST_TOP);
    int facts;

    if (top > 0 && (child_of(page, element, ROLE_FACT) >= 0 || note >= 0)) {
        put_number_cut(build, element, rect, rect.y + top);
    } else if (top > 0) {
        return top;
    } else {
        y += put_beside(build, element, rect.x + pad, y, rect.width - 2 * pad);
    }
    facts = put_facts(build, element, rect.x + pad, y, rect.width - 2 * pad);
    y += facts;
    if (note >= 0) {
        int height = note_height(build, note, rect.width - 2 * inset);

        y += facts > 0 ? scaled(build, shape->note_gap) : 0;
        put_note(build, note,
                 (struct rectangle){rect.x + inset, y, rect.width - 2 * inset, height});
        return y + height + inset - rect.y;
    }
    return y + scaled(build, 36) - rect.y;
}

static void
number_put(struct build *build, int element, struct rectangle rect)
{
    put_item(build, ITEM_SHADOW, element, rect)->radius = scaled(build, 28);
    put_fill(build, element, rect, scaled(build, 28), COLOR_CARD);
    put_whole(build, element, rect);
}

static int
number_height(struct build *build, int element, int width)
{
    bool measuring = build->measuring;
    int height;

    build->measuring = true;
    height = put_whole(build, element, (struct rectangle){0, 0, width, 0});
    build->measuring = measuring;
    return height;
}

const struct part part_number = {.height = number_height, .put = number_put};
