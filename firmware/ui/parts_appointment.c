#include "parts.h"

/* An appointment that stands: its card with a leaf of the calendar, and how to hold its
 * code before the scanner. */

/* --- the card ------------------------------------------------------------------------
 */

/* As drawn: on the sheet, and smaller in a question over it. */
struct card_shape {
    int height, leaf, pad, indent;
    enum type month, day, moment;
};

static struct card_shape
card_shape(const struct build *build, const struct element *card)
{
    return card->slot == SLOT_OVERLAY || build->metrics->beside
               ? (struct card_shape){209,        150,        30,
                                     210,        TYPE_SMALL, TYPE_LEAF_SMALL,
                                     TYPE_MOMENT}
               : (struct card_shape){253, 190, 36, 262, TYPE_NOTE, TYPE_LEAF, TYPE_DAY};
}

static int
appointment_height(struct build *build, int element, int width)
{
    (void)width;
    return scaled(build, card_shape(build, &build->page->elements[element]).height);
}

/* The month over the day. */
static void
put_leaf(struct build *build, int element, struct rectangle rect,
         struct card_shape shape)
{
    const struct element *card = &build->page->elements[element];
    struct run month = {element, shape.month, false, COLOR_ON_PRIMARY, ALIGN_CENTER, 0};
    struct run day = {element, shape.day, true, COLOR_ON_PRIMARY, ALIGN_CENTER, 0};
    int closer = scaled(build, 9); /* digits have nothing below their line */
    int height = pitch_of(build, month) + pitch_of(build, day) - closer;
    int y = rect.y + (rect.height - height) / 2;

    put_fill(build, element, rect, scaled(build, 28), COLOR_PRIMARY);
    y += put_text(build, month, card->extra, rect.x, y, rect.width) - closer;
    put_text(build, day, card->value, rect.x, y, rect.width);
}

static void
appointment_put(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    const struct element *card = &page->elements[element];
    struct card_shape shape = card_shape(build, card);
    struct run moment = {element, shape.moment, true, COLOR_INK, ALIGN_START, 0};
    struct run what = {element, TYPE_BODY, false, COLOR_INK, ALIGN_START, 0};
    struct run where = {element, TYPE_BODY, false, COLOR_INK_2, ALIGN_START, 0};
    int leaf = scaled(build, shape.leaf);
    int child = child_first(page, element);
    int height = pitch_of(build, moment) + pitch_of(build, what) * (child >= 0 ? 2 : 1);
    int x = rect.x + scaled(build, shape.indent);
    int y = rect.y + (rect.height - height) / 2;
    int width = rect.x + rect.width - scaled(build, shape.pad) - x;

    put_fill(build, element, rect, scaled(build, 28),
             card->slot == SLOT_OVERLAY ? COLOR_SHEET : COLOR_CARD);
    put_leaf(build, element,
             (struct rectangle){rect.x + scaled(build, shape.pad),
                                rect.y + (rect.height - leaf) / 2, leaf, leaf},
             shape);
    y += put_text(build, moment, card->label, x, y, width);
    put_text(build, what, card->detail, x, y, width);
    if (child >= 0) {
        where.element = child;
        put_text(build, where, page->elements[child].label, x,
                 y + pitch_of(build, what), width);
    }
}

const struct part part_appointment = {
    .height = appointment_height,
    .put = appointment_put,
    .gap_after = 25,
};

/* --- how to hold a code before the scanner -------------------------------------------
 */

#define SCAN_SLOT 154  /* the opening at the bottom, as drawn */
#define SCAN_WHOLE 816 /* with phone and paper over it */

/* A phone with its code; `rect` is its outside. */
static void
put_phone(struct build *build, int element, struct rectangle rect)
{
    int edge = scaled(build, 14);
    int code = scaled(build, 210);
    int ear = scaled(build, 74);

    put_fill(build, element, rect, scaled(build, 28), COLOR_INK);
    put_fill(build, element,
             (struct rectangle){rect.x + edge, rect.y + scaled(build, 32),
                                rect.width - 2 * edge, rect.height - scaled(build, 70)},
             scaled(build, 8), COLOR_WHITE);
    put_fill(build, element,
             (struct rectangle){rect.x + (rect.width - ear) / 2,
                                rect.y + scaled(build, 12), ear, scaled(build, 8)},
             scaled(build, 4), COLOR_INK_2);
    put_icon(build, element, "qr_code_2", rect.x + (rect.width - code) / 2,
             rect.y + scaled(build, 92), code, COLOR_BLACK);
}

/* A ticket: lines, its code, and lines. */
static void
put_slip(struct build *build, int element, struct rectangle rect)
{
    static const struct {
        int y, height, width;
        enum color color;
    } lines[] = {
        {32, 14, 130, COLOR_INK},     {64, 10, 192, COLOR_BORDER},
        {88, 10, 160, COLOR_BORDER},  {340, 10, 192, COLOR_BORDER},
        {366, 10, 120, COLOR_BORDER},
    };
    int code = scaled(build, 210);

    put_fill(build, element, rect, scaled(build, 10), COLOR_WHITE);
    for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
        put_fill(build, element,
                 (struct rectangle){
                     rect.x + scaled(build, 32), rect.y + scaled(build, lines[i].y),
                     scaled(build, lines[i].width), scaled(build, lines[i].height)},
                 scaled(build, 5), lines[i].color);
    }
    put_icon(build, element, "qr_code_2", rect.x + (rect.width - code) / 2,
             rect.y + scaled(build, 117), code, COLOR_BLACK);
}

static void
put_drops(struct build *build, int element, int center, int y)
{
    int size = scaled(build, 14);

    for (int i = 0; i < 3; i++) {
        put_circle(build, element,
                   (struct rectangle){center - size / 2, y + i * scaled(build, 28),
                                      size, size},
                   COLOR_PRIMARY);
    }
}

/* Where the code has to be held. */
static void
put_slot(struct build *build, int element, struct rectangle rect)
{
    const struct element *scan = &build->page->elements[element];
    struct run run = {element, TYPE_BODY, true, COLOR_ON_STAGE, ALIGN_START, 0};
    struct item *slot = put_item(build, ITEM_FILL, element, rect);
    int inset = scaled(build, 40);

    slot->color = COLOR_STAGE;
    slot->radius = scaled(build, 28);
    slot->corners = CORNERS_TOP;
    put_fill(build, element,
             (struct rectangle){rect.x + inset, rect.y + scaled(build, 28),
                                rect.width - 2 * inset, scaled(build, 12)},
             scaled(build, 6), COLOR_ACCENT);
    put_centered(build, run, "arrow_downward", scaled(build, 46), scaled(build, 16),
                 false, scan->label,
                 (struct rectangle){rect.x, rect.y + scaled(build, 62), rect.width,
                                    pitch_of(build, run)},
                 COLOR_ACCENT);
}

static void
scan_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *scan = &build->page->elements[element];
    struct run or = {element, TYPE_LABEL, true, COLOR_INK, ALIGN_CENTER, 0};
    int slot = scaled(build, SCAN_SLOT);
    int inset = scaled(build, 92);
    int middle = rect.x + rect.width / 2;
    int y = rect.y + rect.height - slot;

    put_fill(build, element, rect, scaled(build, 28), COLOR_PRIMARY_SOFT);
    put_slot(build, element,
             (struct rectangle){rect.x + inset, y, rect.width - 2 * inset, slot});
    if (rect.height < scaled(build, SCAN_WHOLE) - 8) {
        return; /* no height for the pictures: the words say it */
    }
    y -= scaled(build, 524);
    put_phone(build, element,
              (struct rectangle){middle - scaled(build, 340), y, scaled(build, 260),
                                 scaled(build, 416)});
    put_slip(build, element,
             (struct rectangle){middle + scaled(build, 82), y, scaled(build, 256),
                                scaled(build, 416)});
    put_text(build, or, scan->detail, middle - scaled(build, 80),
             y + scaled(build, 182), scaled(build, 160));
    put_drops(build, element, middle - scaled(build, 210), y + scaled(build, 439));
    put_drops(build, element, middle + scaled(build, 210), y + scaled(build, 439));
}

const struct part part_scan = {
    .least = 200,
    .put = scan_put,
    .height_max = SCAN_WHOLE,
    .gap_after = 24,
};
