#include "parts.h"

/*
 * A slip for whoever helps next: its code large above the cut, with the same for a
 * scanner beside it, and below it in words what the code stands for. Without a code the
 * part above the cut is as low as its lines.
 */

#define PAD 48     /* from the sides to what is written */
#define INDENT 122 /* of the words, behind their icons */
#define QR_SIDE 231
#define REST_TOP 18 /* over the words, where the code stands on another part */

static struct run
label_run(int element)
{
    return (struct run){.element = element, .type = TYPE_SMALL, .color = COLOR_INK_2};
}

static struct run
value_run(int element)
{
    return (struct run){
        .element = element, .type = TYPE_BODY, .bold = true, .color = COLOR_INK};
}

static struct run
line_run(int element, enum color color)
{
    return (struct run){.element = element, .type = TYPE_NOTE, .color = color};
}

static int
qr_of(const struct build *build, int element)
{
    int child = child_first(build->page, element);

    return child >= 0 && build->page->elements[child].role == ROLE_QR ? child : -1;
}

/* Some displays have less height. */
static int
drawn(const struct build *build, int length, int low)
{
    return scaled(build, build->metrics->low ? low : length);
}

/* The code with what it is, and what stands under it; returns the height down to the
 * cut, 0 where it is on another part. */
static int
put_head(struct build *build, int element, struct rectangle rect)
{
    const struct element *slip = &build->page->elements[element];
    struct run code = {
        .element = element, .type = TYPE_SLIP, .bold = true, .color = COLOR_PRIMARY};
    int x = rect.x + scaled(build, PAD);
    int qr = qr_of(build, element);
    int side = qr >= 0 ? drawn(build, QR_SIDE, 190) : 0;
    int room = rect.width - 2 * scaled(build, PAD) - side;
    int top = drawn(build, 34, 24), end = qr >= 0 ? top + side + top : 0;
    int y = rect.y + drawn(build, 35, 16);

    if (slip->label[0] == '\0') {
        return 0;
    }
    y += put_text(build, line_run(element, COLOR_INK_2), slip->label, x, y, room);
    if (slip->value[0] != '\0') {
        code = run_on_line(build, code, slip->value, room);
        y += put_text(build, code, slip->value, x - scaled(build, 4), y, room);
        y += drawn(build, 6, 0);
    }
    y += put_text(build, line_run(element, COLOR_INK), slip->detail, x, y, room);
    y += slip->value[0] != '\0' ? drawn(build, 37, 22) : drawn(build, 25, 20);
    if (qr >= 0) {
        put_qr(build, qr,
               (struct rectangle){rect.x + rect.width - scaled(build, 44) - side,
                                  rect.y + top, side, side});
    }
    return y - rect.y > end ? y - rect.y : end;
}

static int
head_height(struct build *build, int element, int width)
{
    bool measuring = build->measuring;
    int height;

    build->measuring = true;
    height = put_head(build, element, (struct rectangle){0, 0, width, 0});
    build->measuring = measuring;
    return height;
}

static int
row_height(struct build *build, int row, int width)
{
    const struct element *it = &build->page->elements[row];
    int room = width - scaled(build, INDENT + PAD);

    return text_lines(build, label_run(row), it->label, room) *
               pitch_of(build, label_run(row)) +
           text_lines(build, value_run(row), it->value, room) *
               pitch_of(build, value_run(row)) +
           drawn(build, 20, 8);
}

static bool
is_row(const struct build *build, int child)
{
    return build->page->elements[child].role == ROLE_SUMMARY;
}

static int
slip_height(struct build *build, int element, int width)
{
    int head = head_height(build, element, width), height = 0;

    for (int child = child_first(build->page, element); child >= 0;
         child = child_next(build->page, child))
    {
        height += is_row(build, child) ? row_height(build, child, width) : 0;
    }
    if (height == 0) {
        return head;
    }
    return height + (head > 0 ? head : drawn(build, REST_TOP, 12)) +
           drawn(build, 26, 8);
}

static void
put_row(struct build *build, int row, struct rectangle rect)
{
    const struct element *it = &build->page->elements[row];
    int x = rect.x + scaled(build, INDENT);
    int room = rect.width - scaled(build, INDENT + PAD);
    int icon = scaled(build, 50);
    int y = rect.y + drawn(build, 12, 5);

    put_icon(build, row, it->icon, rect.x + scaled(build, PAD),
             rect.y + (rect.height - icon) / 2, icon,
             (it->flags & ELEMENT_ACCENT) != 0 ? COLOR_ON_ACCENT_SOFT : COLOR_PRIMARY);
    y += put_text(build, label_run(row), it->label, x, y, room);
    put_text(build, value_run(row), it->value, x, y - drawn(build, 2, 0), room);
}

static void
slip_put(struct build *build, int element, struct rectangle rect)
{
    int head = head_height(build, element, rect.width);
    int y = rect.y + (head > 0 ? head : drawn(build, REST_TOP, 12));
    bool first = true;

    put_item(build, ITEM_SHADOW, element, rect)->radius = scaled(build, 28);
    put_fill(build, element, rect, scaled(build, 28), COLOR_CARD);
    put_head(build, element, rect);
    if (head > 0 && head < rect.height) {
        put_cut(build, element, rect, y);
    }
    y += drawn(build, 12, 6);
    for (int child = child_first(build->page, element); child >= 0;
         child = child_next(build->page, child))
    {
        int height;

        if (!is_row(build, child)) {
            continue;
        }
        height = row_height(build, child, rect.width);
        if (!first) {
            put_fill(build, child,
                     (struct rectangle){rect.x + scaled(build, PAD), y,
                                        rect.width - 2 * scaled(build, PAD), 2},
                     0, COLOR_HAIRLINE);
        }
        first = false;
        put_row(build, child, (struct rectangle){rect.x, y, rect.width, height});
        y += height;
    }
}

const struct part part_slip = {.height = slip_height, .put = slip_put, .gap_after = 24};
