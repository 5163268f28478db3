#include "parts.h"

/* An appointment that stands: its card with a leaf of the calendar, and how to hold its
 * code before the scanner. */

/* --- the card ------------------------------------------------------------------------
 */

/* As drawn: on the sheet, and smaller in a question over it. */
struct card_shape {
    int height, leaf, pad, gap;
    enum type month, day, moment;
};

static struct card_shape
card_shape(const struct build *build, const struct element *card)
{
    return card->slot == SLOT_OVERLAY || build->metrics->low
               ? (struct card_shape){209,        150,        30,
                                     30,         TYPE_SMALL, TYPE_LEAF_SMALL,
                                     TYPE_MOMENT}
               : (struct card_shape){253, 190, 36, 36, TYPE_NOTE, TYPE_LEAF, TYPE_DAY};
}

static struct run
month_run(int element, struct card_shape shape)
{
    return (struct run){element,      shape.month, false, COLOR_ON_PRIMARY,
                        ALIGN_CENTER, 0,           0};
}

static struct run
day_run(const struct build *build, int element, struct card_shape shape)
{
    return (struct run){element,
                        shape.day,
                        true,
                        COLOR_ON_PRIMARY,
                        ALIGN_CENTER,
                        digits_pitch(build, shape.day),
                        0};
}

#define STRIP_PAD 24 /* as drawn */
#define STRIP_GAP 16

/* A leaf of the calendar is square, but for the longest months and large letters. */
struct leaf {
    int width, height, closer;
};

static struct leaf
leaf_of(struct build *build, int element, struct card_shape shape)
{
    struct run month = month_run(element, shape), day = day_run(build, element, shape);
    int side = scaled(build, shape.leaf);
    int words = text_width(build, month, build->page->elements[element].extra) +
                scaled(build, 24);
    struct leaf leaf = {side, side, scaled(build, 9)}; /* digits have nothing below */
    int lines = pitch_of(build, month) + pitch_of(build, day) + leaf.closer;

    leaf.width = words > side ? words : side;
    leaf.height = lines > side ? lines : side;
    return leaf;
}

/* The month over the day. */
static void
put_leaf(struct build *build, int element, struct rectangle rect,
         struct card_shape shape)
{
    const struct element *card = &build->page->elements[element];
    struct run month = month_run(element, shape), day = day_run(build, element, shape);
    int closer = leaf_of(build, element, shape).closer;
    int height = pitch_of(build, month) + pitch_of(build, day) - closer;
    int y = rect.y + (rect.height - height) / 2;

    put_fill(build, element, rect, scaled(build, 28), COLOR_PRIMARY);
    y += put_text(build, month, card->extra, rect.x, y, rect.width) - closer;
    put_text(build, day, card->value, rect.x, y, rect.width);
}

/* Torn off: the day before the month, on one line over the words. */
static struct rectangle
strip_of(struct build *build, int element, struct card_shape shape)
{
    const struct element *card = &build->page->elements[element];
    struct run month = month_run(element, shape), day = month;

    day.bold = true;
    return (struct rectangle){0, 0,
                              text_width(build, day, card->value) +
                                  text_width(build, month, card->extra) +
                                  scaled(build, STRIP_GAP + 2 * STRIP_PAD),
                              pitch_of(build, month) + scaled(build, STRIP_GAP)};
}

static void
put_strip(struct build *build, int element, struct rectangle rect,
          struct card_shape shape)
{
    const struct element *card = &build->page->elements[element];
    struct run month = month_run(element, shape), day = month;
    int x = rect.x + scaled(build, STRIP_PAD);
    int y = rect.y + (rect.height - pitch_of(build, month)) / 2;
    int width;

    day.bold = true;
    day.align = month.align = ALIGN_START;
    width = text_width(build, day, card->value);
    put_fill(build, element, rect, scaled(build, 28), COLOR_PRIMARY);
    put_text(build, day, card->value, x, y, width);
    x += width + scaled(build, STRIP_GAP);
    put_text(build, month, card->extra, x, y, rect.x + rect.width - x);
}

struct moment_runs {
    struct run moment, what, where;
};

static struct moment_runs
moment_runs(const struct build *build, int element)
{
    const struct element *card = &build->page->elements[element];

    return (struct moment_runs){
        .moment = {.element = element,
                   .type = card_shape(build, card).moment,
                   .bold = true,
                   .color = COLOR_INK},
        .what = {.element = element, .type = TYPE_BODY, .color = COLOR_INK},
        .where = {.element = element, .type = TYPE_BODY, .color = COLOR_INK_2}};
}

/* When, what and where. Returns their height. */
static int
put_moment(struct build *build, int element, int x, int y, int width)
{
    const struct element *card = &build->page->elements[element];
    struct moment_runs runs = moment_runs(build, element);
    int child = child_first(build->page, element);
    int top = y;

    y += put_text(build, runs.moment, card->label, x, y, width);
    y += put_text(build, runs.what, card->detail, x, y, width);
    if (child >= 0) {
        runs.where.element = child;
        y += put_text(build, runs.where, build->page->elements[child].label, x, y,
                      width);
    }
    return y - top;
}

static int
moment_height(struct build *build, int element, int width)
{
    bool measuring = build->measuring;
    int height;

    build->measuring = true;
    height = put_moment(build, element, 0, 0, width);
    build->measuring = measuring;
    return height;
}

static int
moment_longest_word(struct build *build, int element)
{
    const struct element *card = &build->page->elements[element];
    struct moment_runs runs = moment_runs(build, element);
    int child = child_first(build->page, element);
    int words[] = {longest_word(build, runs.moment, card->label),
                   longest_word(build, runs.what, card->detail),
                   child < 0 ? 0
                             : longest_word(build, runs.where,
                                            build->page->elements[child].label)};
    int longest = words[0];

    for (int i = 1; i < 3; i++) {
        longest = words[i] > longest ? words[i] : longest;
    }
    return longest;
}

/* Where the words begin, from the start of the card. */
static int
moment_indent(struct build *build, int element, struct card_shape shape)
{
    return scaled(build, shape.pad + shape.gap) + leaf_of(build, element, shape).width;
}

/* Where a word has no room beside the leaf, that is torn off. */
static bool
is_torn(struct build *build, int element, struct card_shape shape, int width)
{
    return moment_longest_word(build, element) >
           width - scaled(build, shape.pad) - moment_indent(build, element, shape);
}

static int
appointment_height(struct build *build, int element, int width)
{
    struct card_shape shape = card_shape(build, &build->page->elements[element]);
    int pad = scaled(build, shape.pad);
    int leaf = leaf_of(build, element, shape).height;
    int least = scaled(build, shape.height);
    int words, height;

    if (is_torn(build, element, shape, width)) {
        return strip_of(build, element, shape).height +
               moment_height(build, element, width - 2 * pad) + 2 * pad;
    }
    words = moment_height(build, element,
                          width - pad - moment_indent(build, element, shape));
    height = (words > leaf ? words : leaf) + scaled(build, 40);
    return height > least ? height : least;
}

static void
appointment_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *card = &build->page->elements[element];
    struct card_shape shape = card_shape(build, card);
    struct leaf leaf = leaf_of(build, element, shape);
    int pad = scaled(build, shape.pad);
    int indent = moment_indent(build, element, shape);
    int width = rect.width - pad - indent;

    put_fill(build, element, rect, scaled(build, 28),
             card->slot == SLOT_OVERLAY ? COLOR_SHEET : COLOR_CARD);
    if (is_torn(build, element, shape, rect.width)) {
        struct rectangle strip = strip_of(build, element, shape);

        strip.x = rect.x + pad;
        strip.y = rect.y + pad;
        put_strip(build, element, strip, shape);
        put_moment(build, element, rect.x + pad, strip.y + strip.height,
                   rect.width - 2 * pad);
        return;
    }
    put_leaf(build, element,
             (struct rectangle){rect.x + pad, rect.y + (rect.height - leaf.height) / 2,
                                leaf.width, leaf.height},
             shape);
    put_moment(build, element, rect.x + indent,
               rect.y + (rect.height - moment_height(build, element, width)) / 2,
               width);
}

const struct part part_appointment = {
    .height = appointment_height,
    .put = appointment_put,
    .gap_after = 25,
};

/* --- how to hold a code before the scanner -------------------------------------------
 */

#define SCAN_WHOLE 816 /* with phone and paper over it, as drawn */
#define SCAN_SLOT 154
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

/* The opening at the bottom, where the code has to be held: from its start and top; the
 * arrow to it, with the gap behind it, if there is room. */
struct scan_slot {
    int inset, arrow, words, height;
};

#define SLOT_ARROW 46 /* as drawn */

static struct run
slot_run(int element)
{
    return (struct run){element, TYPE_BODY, true, COLOR_ON_STAGE, ALIGN_START, 0, 0};
}

static struct scan_slot
slot_shape(struct build *build, int element, int width)
{
    struct scan_slot slot = {.inset = scaled(build, 92)};
    struct run run = slot_run(element);
    const char *label = build->page->elements[element].label;
    int pads = 2 * scaled(build, 16), room;

    slot.arrow = scaled(build, SLOT_ARROW + 16);
    room = width - 2 * slot.inset - pads;
    if (text_width(build, run, label) > room - slot.arrow) {
        slot.inset = scaled(build, 20);
        room = width - 2 * slot.inset - pads;
    }
    slot.arrow = icon_room(build, run, label, slot.arrow, room);
    slot.words =
        text_lines(build, run, label, room - slot.arrow) * pitch_of(build, run);
    slot.height = scaled(build, 62 + 40) + slot.words;
    return slot;
}

static void
put_slot(struct build *build, int element, struct rectangle rect)
{
    const struct element *scan = &build->page->elements[element];
    struct scan_slot shape = slot_shape(build, element, rect.width);
    int inset = scaled(build, 40), pad = scaled(build, 16);
    struct item *slot;

    rect = (struct rectangle){rect.x + shape.inset, rect.y + rect.height - shape.height,
                              rect.width - 2 * shape.inset, shape.height};
    slot = put_item(build, ITEM_FILL, element, rect);
    slot->color = COLOR_STAGE;
    slot->radius = scaled(build, 28);
    slot->corners = CORNERS_TOP;
    put_fill(build, element,
             (struct rectangle){rect.x + inset, rect.y + scaled(build, 28),
                                rect.width - 2 * inset, scaled(build, 12)},
             scaled(build, 6), COLOR_ACCENT);
    put_centered(build, slot_run(element), shape.arrow > 0 ? "arrow_downward" : NULL,
                 scaled(build, SLOT_ARROW), scaled(build, 16), false, scan->label,
                 (struct rectangle){rect.x + pad, rect.y + scaled(build, 62),
                                    rect.width - 2 * pad, shape.words},
                 COLOR_ACCENT);
}

static struct run
or_run(int element)
{
    return (struct run){element, TYPE_LABEL, true, COLOR_INK, ALIGN_CENTER, 0, 0};
}

/* Between phone and paper, at least. */
static int
or_width(struct build *build, int element)
{
    const char *label = build->page->elements[element].detail;
    int width = text_width(build, or_run(element), label);
    int least = scaled(build, 160);

    return width > least ? width : least;
}

/* Without height for the pictures: a sign of each, in the line of the word. */
static void
put_small_scene(struct build *build, int element, struct rectangle rect)
{
    const char *label = build->page->elements[element].detail;
    int px = glyph(build, 72), room = or_width(build, element);
    int middle = rect.x + rect.width / 2;
    int y = rect.y + (rect.height - px) / 2;

    put_icon_on(build, element, "smartphone", middle - room / 2 - px, y, px,
                COLOR_PRIMARY, COLOR_PRIMARY_SOFT);
    put_text(build, or_run(element), label, middle - room / 2,
             rect.y + (rect.height - pitch_of(build, or_run(element))) / 2, room);
    put_icon_on(build, element, "confirmation_number", middle + room / 2, y, px,
                COLOR_PRIMARY, COLOR_PRIMARY_SOFT);
}

static void
put_scene(const struct scene *scene, int middle, int floor)
{
    struct build *build = scene->build;
    int element = scene->element;
    int word = or_width(build, element);
    int aside = scaled(build, 130) + word / 2;
    int y = floor - in_scene(scene, 524);

    put_phone(scene, (struct rectangle){middle - aside - in_scene(scene, 130), y,
                                        in_scene(scene, 260), 0});
    put_slip(scene, (struct rectangle){middle + aside - in_scene(scene, 128), y,
                                       in_scene(scene, 256), 0});
    put_text(build, or_run(element), build->page->elements[element].detail,
             middle - word / 2,
             y + in_scene(scene, 208) - pitch_of(build, or_run(element)) / 2, word);
    put_drops(scene, middle - aside, floor - in_scene(scene, 85));
    put_drops(scene, middle + aside, floor - in_scene(scene, 85));
}

static void
scan_put(struct build *build, int element, struct rectangle rect)
{
    int slot = slot_shape(build, element, rect.width).height;
    int over = rect.height - slot;
    struct scene scene = {build, element,
                          over * 100 / scaled(build, SCAN_WHOLE - SCAN_SLOT)};

    put_fill(build, element, rect, scaled(build, 28), COLOR_PRIMARY_SOFT);
    put_slot(build, element, rect);
    scene.percent = scene.percent > 100 ? 100 : scene.percent;
    if (scene.percent < SCAN_LEAST_PERCENT) {
        put_small_scene(build, element,
                        (struct rectangle){rect.x, rect.y, rect.width, over});
        return;
    }
    put_scene(&scene, rect.x + rect.width / 2, rect.y + over);
}

static int
scan_height(struct build *build, int element, int width)
{
    int px = glyph(build, 72), pitch = pitch_of(build, or_run(element));

    return slot_shape(build, element, width).height + (px > pitch ? px : pitch) +
           2 * scaled(build, 8);
}

const struct part part_scan = {
    .height = scan_height,
    .put = scan_put,
    .height_max = SCAN_WHOLE,
    .gap_after = 24,
};
