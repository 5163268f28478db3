#include "parts.h"

/* What was done, what happens now and what comes, along a line. */

#define DONE 0
#define NOW 1

struct shape {
    int pad, circle, line, icon, text, gap;
};

static struct shape
shape_of(const struct build *build)
{
    return (struct shape){
        .pad = scaled(build, build->metrics->low ? 20 : 46),
        .circle = glyph(build, 64),
        .line = scaled(build, 4),
        .icon = glyph(build, 44),
        .text = scaled(build, 68) + glyph(build, 64),
        .gap = scaled(build, build->metrics->low ? 16 : 41),
    };
}

static void
put_circle_of(struct build *build, int element, int x, int y, const struct shape *shape)
{
    const struct element *it = &build->page->elements[element];
    struct rectangle circle = {x, y, shape->circle, shape->circle};
    int inset = (shape->circle - shape->icon) / 2;
    bool done = it->number == DONE;

    if (it->number > NOW) {
        put_outline(build, element, circle, shape->circle / 2, shape->line,
                    COLOR_BORDER);
        return;
    }
    put_circle(build, element, circle, done ? COLOR_PRIMARY : COLOR_ACCENT);
    put_icon_on(build, element, done ? "check" : it->icon, x + inset, y + inset,
                shape->icon, done ? COLOR_ON_PRIMARY : COLOR_ON_ACCENT,
                done ? COLOR_PRIMARY : COLOR_ACCENT);
}

/* The line runs from the circle before to this one; returns the height of the text. */
static int
put_milestone(struct build *build, int element, struct rectangle rect, int line_from)
{
    const struct element *it = &build->page->elements[element];
    struct shape shape = shape_of(build);
    struct run label = {element, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};
    struct run note = {element, TYPE_NOTE, false, COLOR_INK_2, ALIGN_START, 0, 0};
    int x = rect.x + scaled(build, 40);
    int y = rect.y + (pitch_of(build, label) - shape.circle) / 2;
    int width = rect.width - shape.text - scaled(build, 40);
    int height;

    if (line_from > 0) {
        put_fill(build, element,
                 (struct rectangle){x + (shape.circle - shape.line) / 2, line_from,
                                    shape.line, y - line_from},
                 0, it->number > NOW ? COLOR_BORDER : COLOR_PRIMARY);
    }
    put_circle_of(build, element, x, y, &shape);
    height = put_text(build, label, it->label, rect.x + shape.text, rect.y, width);
    return height + put_text(build, note, it->detail, rect.x + shape.text,
                             rect.y + height, width);
}

int
put_milestones(struct build *build, int card, struct rectangle rect)
{
    const struct page *page = build->page;
    struct shape shape = shape_of(build);
    int end = build->metrics->types[TYPE_LABEL].pitch;
    int y = rect.y + shape.pad;
    int line_from = 0;

    end = (end + shape.circle) / 2; /* of a circle, from the top of its text */
    for (int child = child_first(page, card); child >= 0;
         child = child_next(page, child)) {
        int top = y;

        y += put_milestone(build, child, (struct rectangle){rect.x, y, rect.width, 0},
                           line_from) +
             shape.gap;
        line_from = top + end;
    }
    return y - shape.gap + shape.pad;
}
