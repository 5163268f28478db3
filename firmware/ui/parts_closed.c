#include "parts.h"

/*
 * Where this place is closed, or this kiosk does not work: when it opens, where else
 * one can go, and whom to call. Each draws itself while it is measured, too.
 */

struct line {
    enum type type;
    bool bold;
    enum color color;
    int pitch; /* as drawn; 0: the type's own */
};

static int
put_line(struct build *build, int element, struct line line, const char *text, int x,
         int y, int width)
{
    struct run run = {.element = element,
                      .type = line.type,
                      .bold = line.bold,
                      .color = line.color,
                      .align = ALIGN_START,
                      .pitch = scaled(build, line.pitch)};

    if (run.pitch < build->metrics->types[line.type].pitch) {
        run.pitch = 0;
    }
    return text[0] != '\0' ? put_text(build, run, text, x, y, width) : 0;
}

static int
measured(struct build *build, int element, int width,
         int (*put)(struct build *build, int element, struct rectangle rect))
{
    bool measuring = build->measuring;
    int height;

    build->measuring = true;
    height = put(build, element, (struct rectangle){0, 0, width, 0});
    build->measuring = measuring;
    return height;
}

/* --- when it opens ------------------------------------------------------------------
 */

static int
put_opening_text(struct build *build, int element, struct rectangle rect)
{
    const struct element *opening = &build->page->elements[element];
    int y = rect.y;

    y += put_line(build, element, (struct line){TYPE_NOTE, false, COLOR_INK_2, 0},
                  opening->label, rect.x, y, rect.width);
    y += put_line(build, element, (struct line){TYPE_DAY, true, COLOR_INK, 66},
                  opening->value, rect.x, y, rect.width);
    y += put_line(build, element, (struct line){TYPE_NOTE, false, COLOR_INK_2, 0},
                  opening->detail, rect.x, y, rect.width);
    return y - rect.y;
}

/* The icon stands in a square of this size, with room for it around. */
static int
opening_indent(const struct build *build)
{
    return scaled(build, 36) + glyph(build, 150) + scaled(build, 36);
}

static int
opening_height(struct build *build, int element, int width)
{
    int text =
        measured(build, element, width - opening_indent(build) - scaled(build, 36),
                 put_opening_text) +
        scaled(build, 56);
    int least = glyph(build, 150) + scaled(build, 66);

    return text > least ? text : least;
}

static void
opening_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *opening = &build->page->elements[element];
    int size = glyph(build, 150), px = glyph(build, 84);
    int x = rect.x + scaled(build, 36);
    int indent = opening_indent(build);
    int room = rect.width - indent - scaled(build, 36);
    int text = measured(build, element, room, put_opening_text);
    struct rectangle square = {x, rect.y + (rect.height - size) / 2, size, size};

    put_fill(build, element, rect, scaled(build, 28), COLOR_CARD);
    put_fill(build, element, square, scaled(build, 28), COLOR_PRIMARY);
    put_icon_on(build, element, opening->icon, x + (size - px) / 2,
                square.y + (size - px) / 2, px, COLOR_ON_PRIMARY, COLOR_PRIMARY);
    put_opening_text(build, element,
                     (struct rectangle){rect.x + indent,
                                        rect.y + (rect.height - text) / 2, room, 0});
}

const struct part part_opening = {
    .height = opening_height, .put = opening_put, .gap_after = 28};

/* --- the way there -------------------------------------------------------------------
 */

/* A ring, dots, and a pin at the end. */
static int
put_dots(struct build *build, int route, int x, int y, int width)
{
    int end = glyph(build, 80), ring = glyph(build, 48), hole = glyph(build, 32);
    int dot = scaled(build, 12), step = scaled(build, 42), px = glyph(build, 52);
    int middle = y + end / 2;
    int from = x + ring + scaled(build, 30), to = x + width - end - scaled(build, 18);

    put_circle(build, route, (struct rectangle){x, middle - ring / 2, ring, ring},
               COLOR_PRIMARY);
    put_circle(build, route,
               (struct rectangle){x + (ring - hole) / 2, middle - hole / 2, hole, hole},
               COLOR_CARD);
    for (int at = from; at <= to - dot; at += step) {
        put_circle(build, route, (struct rectangle){at, middle - dot / 2, dot, dot},
                   COLOR_PRIMARY);
    }
    put_disc(build, route, build->page->elements[route].icon, x + width - end, y, end,
             px, COLOR_PRIMARY, COLOR_ON_PRIMARY);
    return end;
}

/* Here, how far, there: on one line where that has room. */
static int
put_route(struct build *build, int element, int x, int y, int width)
{
    const struct element *route = &build->page->elements[element];
    struct run run = {.element = element, .type = TYPE_NOTE, .color = COLOR_INK};
    int here = text_width(build, run, route->label);
    int there = text_width(build, run, route->detail);
    int gap = scaled(build, 20), far, top = y;

    y += put_dots(build, element, x, y, width) + scaled(build, 16);
    put_text(build, run, route->label, x, y, width / 2);
    run.align = ALIGN_END;
    put_text(build, run, route->detail, x + width / 2, y, width - width / 2);
    run.bold = true;
    far = text_width(build, run, route->value);
    if (here + there + far + 2 * gap <= width) {
        run.align = ALIGN_CENTER;
        put_text(build, run, route->value, x + here, y, width - here - there);
        return y + pitch_of(build, run) - top;
    }
    run.align = ALIGN_START;
    y += pitch_of(build, run);
    return y + put_text(build, run, route->value, x, y, width) - top;
}

/* --- another place ------------------------------------------------------------------
 */

static int
put_fact(struct build *build, int element, enum type type, int x, int y, int width)
{
    const struct element *fact = &build->page->elements[element];
    struct run run = {.element = element,
                      .type = type,
                      .bold = (fact->flags & ELEMENT_STRONG) != 0,
                      .color = COLOR_INK};
    int px = glyph(build, type == TYPE_BODY ? 46 : 44);
    int indent = px + scaled(build, type == TYPE_BODY ? 14 : 12);

    put_icon(build, element, fact->icon, x, y + (pitch_of(build, run) - px) / 2, px,
             COLOR_PRIMARY);
    return put_text(build, run, fact->label, x + indent, y, width - indent);
}

/* What it holds: behind its address where there is room, else under it. */
static int
put_facts_of(struct build *build, int element, int x, int y, int width, bool large)
{
    const struct page *page = build->page;
    const struct element *place = &page->elements[element];
    struct run detail = {.element = element, .type = TYPE_NOTE};
    int top = y;
    int line = pitch_of(build, detail);
    int used = text_width(build, detail, place->detail) + scaled(build, 32);

    for (int child = child_first(page, element); child >= 0;
         child = child_next(page, child))
    {
        struct run fact = {
            .element = child, .type = TYPE_NOTE, .bold = true, .color = COLOR_INK};
        int need = glyph(build, 44) + scaled(build, 12) +
                   text_width(build, fact, page->elements[child].label);

        if (page->elements[child].role == ROLE_ROUTE) {
            y += scaled(build, 28);
            y += put_route(build, child, x, y, width) + scaled(build, 20);
        } else if (!large && used + need <= width) {
            put_fact(build, child, TYPE_NOTE, x + used, y - line, width - used);
        } else {
            y += put_fact(build, child, large ? TYPE_BODY : TYPE_NOTE, x, y, width);
        }
    }
    return y - top;
}

static int
put_nearby(struct build *build, int element, struct rectangle rect)
{
    const struct element *place = &build->page->elements[element];
    bool large = (place->flags & ELEMENT_STRONG) != 0;
    int pad = scaled(build, large ? 36 : 28);
    int x = rect.x + scaled(build, large ? 40 : 36);
    int width = rect.width - 2 * (x - rect.x);
    int px = glyph(build, large ? 48 : 46);
    int indent = px + scaled(build, 16);
    struct line label = {large ? TYPE_BODY : TYPE_NOTE, false, COLOR_INK_2, 0};
    struct line name = {large ? TYPE_TITLE : TYPE_DAY, true, COLOR_INK,
                        large ? 92 : 66};
    struct line address = {large ? TYPE_LABEL : TYPE_NOTE, false, COLOR_INK,
                           large ? 60 : 0};
    int y = rect.y + pad;

    put_icon(build, element, place->icon, x,
             y + (build->metrics->types[label.type].pitch - px) / 2, px, COLOR_PRIMARY);
    y += put_line(build, element, label, place->label, x + indent, y, width - indent) +
         scaled(build, 6);
    y += put_line(build, element, name, place->value, x, y, width) + scaled(build, 4);
    y += put_line(build, element, address, place->detail, x, y, width);
    y += put_facts_of(build, element, x, y, width, large);
    return y + scaled(build, 36) - rect.y;
}

static int
nearby_height(struct build *build, int element, int width)
{
    return measured(build, element, width, put_nearby);
}

static void
nearby_put(struct build *build, int element, struct rectangle rect)
{
    put_fill(build, element, rect, scaled(build, 28), COLOR_CARD);
    put_nearby(build, element, rect);
}

const struct part part_nearby = {
    .height = nearby_height, .put = nearby_put, .gap_after = 24};

/* --- whom to call -------------------------------------------------------------------
 */

#define CODE_LEAST_PX 174 /* six a module, of an address */

struct call_shape {
    int x, width;     /* of the words */
    int code, column; /* the code, and what stands under it; 0: there is none */
};

static struct call_shape
call_shape(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    struct run number = {.element = element, .type = TYPE_SECONDS, .bold = true};
    struct call_shape shape = {.x = rect.x + scaled(build, 40)};
    int all = rect.width - 2 * scaled(build, 40);

    shape.width = all;
    if (child_first(page, element) >= 0) {
        shape.code =
            scaled(build, 204) > CODE_LEAST_PX ? scaled(build, 204) : CODE_LEAST_PX;
        shape.column =
            scaled(build, 298) > shape.code ? scaled(build, 298) : shape.code;
        shape.width = all - shape.column - scaled(build, 32);
        if (text_width(build, number, page->elements[element].value) > shape.width) {
            shape.width = all; /* the code stands under the words */
        }
    }
    return shape;
}

static int
put_call_words(struct build *build, int element, int x, int y, int width)
{
    const struct element *call = &build->page->elements[element];
    int px = glyph(build, 48), indent = px + scaled(build, 16), top = y;

    put_icon(build, element, call->icon, x,
             y + (build->metrics->types[TYPE_BODY].pitch - px) / 2, px, COLOR_PRIMARY);
    y += put_line(build, element, (struct line){TYPE_BODY, false, COLOR_INK_2, 0},
                  call->label, x + indent, y, width - indent);
    y += put_line(build, element, (struct line){TYPE_SECONDS, true, COLOR_PRIMARY, 132},
                  call->value, x, y, width);
    y += put_line(build, element, (struct line){TYPE_NOTE, false, COLOR_INK, 0},
                  call->detail, x, y, width);
    return y - top;
}

static int
put_call_code(struct build *build, int qr, int x, int y, const struct call_shape *shape)
{
    struct run hint = {
        .element = qr, .type = TYPE_SMALL, .color = COLOR_INK, .align = ALIGN_CENTER};
    int top = y;

    if (!build->measuring) {
        put_qr(build, qr,
               (struct rectangle){x + (shape->column - shape->code) / 2, y, shape->code,
                                  shape->code});
    }
    y += shape->code + scaled(build, 12);
    return y +
           put_text(build, hint, build->page->elements[qr].label, x, y, shape->column) -
           top;
}

static int
put_call(struct build *build, int element, struct rectangle rect)
{
    struct call_shape shape = call_shape(build, element, rect);
    int qr = child_first(build->page, element);
    int pad = scaled(build, 36);
    bool under = shape.width == rect.width - 2 * scaled(build, 40);
    int words = put_call_words(build, element, shape.x, rect.y + pad, shape.width);
    int code = 0;

    if (qr >= 0) {
        code = put_call_code(
            build, qr,
            under ? shape.x : rect.x + rect.width - scaled(build, 40) - shape.column,
            rect.y + pad + (under ? words + scaled(build, 20) : scaled(build, 10)),
            &shape);
    }
    return 2 * pad + (under && qr >= 0 ? words + scaled(build, 20) + code
                      : code > words   ? code
                                       : words);
}

static int
call_height(struct build *build, int element, int width)
{
    return measured(build, element, width, put_call);
}

static void
call_put(struct build *build, int element, struct rectangle rect)
{
    put_fill(build, element, rect, scaled(build, 28), COLOR_CARD);
    put_call(build, element, rect);
}

const struct part part_call = {.height = call_height, .put = call_put, .gap_after = 28};

/* --- for who mends it ---------------------------------------------------------------
 */

#define SERVICE_RULE 2
#define SERVICE_GAP 20 /* under the rule, as drawn */

/* Both ends on a line where they have room, else under each other. */
static int
put_service_words(struct build *build, int element, struct rectangle rect)
{
    const struct element *service = &build->page->elements[element];
    struct run label = {.element = element, .type = TYPE_SMALL, .color = COLOR_INK_2};
    struct run value = {
        .element = element, .type = TYPE_SMALL, .bold = true, .color = COLOR_INK};
    int height = 0;

    if (text_width(build, label, service->label) + scaled(build, 20) +
            text_width(build, value, service->value) <=
        rect.width)
    {
        value.align = ALIGN_END;
        put_text(build, label, service->label, rect.x, rect.y, rect.width);
        put_text(build, value, service->value, rect.x, rect.y, rect.width);
        return pitch_of(build, label);
    }
    height = put_text(build, label, service->label, rect.x, rect.y, rect.width);
    return height +
           put_text(build, value, service->value, rect.x, rect.y + height, rect.width);
}

static int
service_height(struct build *build, int element, int width)
{
    return SERVICE_RULE + scaled(build, SERVICE_GAP) +
           measured(build, element, width, put_service_words);
}

static void
service_put(struct build *build, int element, struct rectangle rect)
{
    put_fill(build, element,
             (struct rectangle){rect.x, rect.y, rect.width, SERVICE_RULE}, 0,
             COLOR_HAIRLINE);
    rect.y += SERVICE_RULE + scaled(build, SERVICE_GAP);
    put_service_words(build, element, rect);
}

const struct part part_service = {.height = service_height, .put = service_put};
