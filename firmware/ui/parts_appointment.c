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
    return card->slot == SLOT_OVERLAY || build->metrics->low
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

static struct run
month_run(int element, struct card_shape shape)
{
    return (struct run){element,      shape.month, false, COLOR_ON_PRIMARY,
                        ALIGN_CENTER, 0,           0};
}

/* A leaf is square, but for the longest months. */
static int
leaf_width(struct build *build, int element, struct card_shape shape)
{
    int month = text_width(build, month_run(element, shape),
                           build->page->elements[element].extra) +
                scaled(build, 24);
    int leaf = scaled(build, shape.leaf);

    return month > leaf ? month : leaf;
}

/* The month over the day. */
static void
put_leaf(struct build *build, int element, struct rectangle rect,
         struct card_shape shape)
{
    const struct element *card = &build->page->elements[element];
    struct run month = month_run(element, shape);
    struct run day = {element,
                      shape.day,
                      true,
                      COLOR_ON_PRIMARY,
                      ALIGN_CENTER,
                      digits_pitch(build, shape.day),
                      0};
    int closer = scaled(build, 9); /* digits have nothing below their line */
    int height = pitch_of(build, month) + pitch_of(build, day) - closer;
    int over = height > rect.height ? height - rect.height : 0;
    int y = rect.y + (rect.height - height + over) / 2;

    closer += over;
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
    struct run moment = {element, shape.moment, true, COLOR_INK, ALIGN_START, 0, 0};
    struct run what = {element, TYPE_BODY, false, COLOR_INK, ALIGN_START, 0, 0};
    struct run where = {element, TYPE_BODY, false, COLOR_INK_2, ALIGN_START, 0, 0};
    int leaf = scaled(build, shape.leaf);
    int wide = leaf_width(build, element, shape);
    int child = child_first(page, element);
    int lines = (card->detail[0] != '\0') + (child >= 0);
    int height = pitch_of(build, moment) + pitch_of(build, what) * lines;
    int x = rect.x + scaled(build, shape.indent) + wide - leaf;
    int y = rect.y + (rect.height - height) / 2;
    int width = rect.x + rect.width - scaled(build, shape.pad) - x;

    put_fill(build, element, rect, scaled(build, 28),
             card->slot == SLOT_OVERLAY ? COLOR_SHEET : COLOR_CARD);
    put_leaf(build, element,
             (struct rectangle){rect.x + scaled(build, shape.pad),
                                rect.y + (rect.height - leaf) / 2, wide, leaf},
             shape);
    y += put_text(build, moment, card->label, x, y, width);
    y += put_text(build, what, card->detail, x, y, width);
    if (child >= 0) {
        where.element = child;
        put_text(build, where, page->elements[child].label, x, y, width);
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
#define SCAN_LEAST_PERCENT 40

/* A length of the pictures, which shrink with the room there is. */
struct scene {
    struct build *build;
    int element, percent;
};

static int
in_scene(const struct scene *scene, int length)
{
    return scaled(scene->build, length) * scene->percent / 100;
}

static void
put_scene_fill(const struct scene *scene, struct rectangle outside, const int part[4],
               int radius, enum color color)
{
    put_fill(scene->build, scene->element,
             (struct rectangle){outside.x + in_scene(scene, part[0]),
                                outside.y + in_scene(scene, part[1]),
                                in_scene(scene, part[2]), in_scene(scene, part[3])},
             in_scene(scene, radius), color);
}

static void
put_scene_code(const struct scene *scene, struct rectangle outside, int y)
{
    int size = in_scene(scene, 210);

    put_icon(scene->build, scene->element, "qr_code_2",
             outside.x + (outside.width - size) / 2, outside.y + in_scene(scene, y),
             size, COLOR_BLACK);
}

/* A phone with its code; `outside` is 260 × 416 as drawn. */
static void
put_phone(const struct scene *scene, struct rectangle outside)
{
    put_scene_fill(scene, outside, (const int[4]){0, 0, 260, 416}, 28, COLOR_INK);
    put_scene_fill(scene, outside, (const int[4]){14, 32, 232, 346}, 8, COLOR_WHITE);
    put_scene_fill(scene, outside, (const int[4]){93, 12, 74, 8}, 4, COLOR_INK_2);
    put_scene_code(scene, outside, 92);
}

/* A ticket: lines, its code, and lines; 256 × 416. */
static void
put_slip(const struct scene *scene, struct rectangle outside)
{
    put_scene_fill(scene, outside, (const int[4]){0, 0, 256, 416}, 10, COLOR_WHITE);
    put_scene_fill(scene, outside, (const int[4]){32, 32, 130, 14}, 5, COLOR_INK);
    put_scene_fill(scene, outside, (const int[4]){32, 64, 192, 10}, 5, COLOR_BORDER);
    put_scene_fill(scene, outside, (const int[4]){32, 88, 160, 10}, 5, COLOR_BORDER);
    put_scene_fill(scene, outside, (const int[4]){32, 340, 192, 10}, 5, COLOR_BORDER);
    put_scene_fill(scene, outside, (const int[4]){32, 366, 120, 10}, 5, COLOR_BORDER);
    put_scene_code(scene, outside, 117);
}

static void
put_drops(const struct scene *scene, int center, int y)
{
    int size = in_scene(scene, 14);

    for (int i = 0; i < 3; i++) {
        put_circle(scene->build, scene->element,
                   (struct rectangle){center - size / 2, y + i * in_scene(scene, 28),
                                      size, size},
                   COLOR_PRIMARY);
    }
}

/* Where the code has to be held. */
static void
put_slot(struct build *build, int element, struct rectangle rect)
{
    const struct element *scan = &build->page->elements[element];
    struct run run = {element, TYPE_BODY, true, COLOR_ON_STAGE, ALIGN_START, 0, 0};
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
    struct scene scene = {build, element, 100};
    struct run or = {element, TYPE_LABEL, true, COLOR_INK, ALIGN_CENTER, 0, 0};
    int slot = scaled(build, SCAN_SLOT);
    int inset = scaled(build, 92);
    int middle = rect.x + rect.width / 2;
    int floor = rect.y + rect.height - slot;
    int y;

    put_fill(build, element, rect, scaled(build, 28), COLOR_PRIMARY_SOFT);
    put_slot(build, element,
             (struct rectangle){rect.x + inset, floor, rect.width - 2 * inset, slot});
    scene.percent = (rect.height - slot) * 100 / scaled(build, SCAN_WHOLE - SCAN_SLOT);
    scene.percent = scene.percent > 100 ? 100 : scene.percent;
    if (scene.percent < SCAN_LEAST_PERCENT) {
        return; /* no height for the pictures: the words say it */
    }
    y = floor - in_scene(&scene, 524);
    put_phone(&scene,
              (struct rectangle){middle - scaled(build, 210) - in_scene(&scene, 130), y,
                                 in_scene(&scene, 260), 0});
    put_slip(&scene,
             (struct rectangle){middle + scaled(build, 210) - in_scene(&scene, 128), y,
                                in_scene(&scene, 256), 0});
    put_text(build, or, scan->detail, middle - scaled(build, 80),
             y + in_scene(&scene, 208) - pitch_of(build, or) / 2, scaled(build, 160));
    put_drops(&scene, middle - scaled(build, 210), floor - in_scene(&scene, 85));
    put_drops(&scene, middle + scaled(build, 210), floor - in_scene(&scene, 85));
}

const struct part part_scan = {
    .least = 200,
    .put = scan_put,
    .height_max = SCAN_WHOLE,
    .gap_after = 24,
};
