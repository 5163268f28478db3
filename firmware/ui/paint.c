#include "ui/paint.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/picture.h"
#include "base/text.h"
#include "ui/icon.h"
#include "ui/skyline.h"

#define LOG_MODULE "paint"
#include "base/log.h"

#define QR_TEXT_BYTES 512
#define QR_KEPT 2 /* a page shows one; the one before is still on its way out */
#define QR_QUIET 4

struct qr_kept {
    char text[QR_TEXT_BYTES];
    int size; /* 0: none yet */
    uint8_t dark[PAINTER_QR_SIDE_MAX * PAINTER_QR_SIDE_MAX];
};

struct painter {
    struct fonts *fonts;
    const struct theme *theme;
    struct theme high_contrast;
    const struct theme *shown; /* the one of these that the layout asks for */
    painter_qr qr;
    uint8_t *logo; /* RGBA */
    struct picture logo_picture;
    struct qr_kept kept[QR_KEPT];
    int kept_next;
};

struct painter *
painter_create(struct fonts *fonts, const struct theme *theme, painter_qr qr)
{
    struct painter *painter = memory_allocate(1, sizeof(*painter));

    painter->fonts = fonts;
    painter->theme = painter->shown = theme;
    theme_make(&painter->high_contrast, THEME_BRAND_1, THEME_BRAND_2, true);
    painter->qr = qr;
    if (theme->logo[0] != '\0') {
        struct error error = {0};

        painter->logo = picture_read(theme->logo, &painter->logo_picture, &error);
        if (painter->logo == NULL) {
            log_warning("logo: %s", error.message);
        }
    }
    return painter;
}

void
painter_destroy(struct painter *painter)
{
    if (painter == NULL) {
        return;
    }
    free(painter->logo);
    free(painter);
}

static uint32_t
rgb(const struct painter *painter, enum color color)
{
    return painter->shown->rgb[color];
}

/* --- kinds -------------------------------------------------------------------- */

static void
paint_fill(struct painter *painter, struct canvas *canvas, const struct item *item)
{
    if (item->color != COLOR_NONE) {
        if (item->radius == 0) {
            canvas_fill(canvas, item->rect, rgb(painter, item->color));
        } else {
            canvas_fill_round(canvas, item->rect, item->radius, item->corners,
                              rgb(painter, item->color));
        }
    }
    if (item->border != COLOR_NONE && item->border_width > 0) {
        canvas_outline(canvas, item->rect, item->radius, item->corners,
                       item->border_width, rgb(painter, item->border));
    }
}

static void
paint_circle(struct painter *painter, struct canvas *canvas, const struct item *item)
{
    canvas_circle(canvas, item->rect.x + item->rect.width / 2.0,
                  item->rect.y + item->rect.height / 2.0, item->rect.width / 2.0,
                  rgb(painter, item->color));
}

static void
paint_icon(struct painter *painter, struct canvas *canvas, const struct item *item)
{
    char glyph[5];
    uint32_t code_point = icon_code_point(item->text);
    size_t length;

    if (code_point == 0) {
        return;
    }
    length = text_encode(code_point, glyph);
    canvas_text(canvas, painter->fonts, item->style, glyph, length, false, item->rect.x,
                item->rect.y, rgb(painter, item->color));
}

static void
paint_logo(struct painter *painter, struct canvas *canvas, const struct item *item)
{
    struct rectangle rect = item->rect;

    canvas_fill_round(canvas, rect, rect.width * 20 / 76, CORNERS_ALL,
                      rgb(painter, COLOR_ACCENT));
    if (painter->logo != NULL) {
        canvas_picture(canvas, rect, painter->logo, painter->logo_picture.width,
                       painter->logo_picture.height, rect.width * 20 / 76);
        return;
    }
    canvas_circle(canvas, rect.x + rect.width / 2.0, rect.y + rect.height / 2.0,
                  rect.width / 4.0, rgb(painter, COLOR_ON_ACCENT));
}

static const struct qr_kept *
qr_of(struct painter *painter, const char *text, size_t length)
{
    struct qr_kept *kept;

    for (int i = 0; i < QR_KEPT; i++) {
        kept = &painter->kept[i];
        if (kept->size > 0 && strlen(kept->text) == length &&
            memcmp(kept->text, text, length) == 0)
        {
            return kept;
        }
    }
    kept = &painter->kept[painter->kept_next];
    painter->kept_next = (painter->kept_next + 1) % QR_KEPT;
    kept->size = 0;
    if (length >= QR_TEXT_BYTES) {
        return NULL;
    }
    memcpy(kept->text, text, length);
    kept->text[length] = '\0';
    return painter->qr(kept->text, kept->dark, &kept->size) ? kept : NULL;
}

/* Whole pixels a module, the code in the middle of its place, paper around it. */
static void
paint_qr(struct painter *painter, struct canvas *canvas, const struct item *item)
{
    const struct qr_kept *qr;
    int module;
    int x;
    int y;

    if (item->length == 0) {
        return;
    }
    qr = qr_of(painter, item->text, item->length);
    if (qr == NULL) {
        log_error("a QR code of %zu bytes does not fit", item->length);
        return;
    }
    module = item->rect.width / qr->size;
    if (module < 1) {
        return;
    }
    x = item->rect.x + (item->rect.width - module * qr->size) / 2;
    y = item->rect.y + (item->rect.height - module * qr->size) / 2;
    for (int row = 0; row < qr->size; row++) {
        for (int column = 0; column < qr->size; column++) {
            int run = 0;

            while (column + run < qr->size && qr->dark[row * qr->size + column + run]) {
                run++;
            }
            if (run > 0) {
                canvas_fill(canvas,
                            (struct rectangle){x + column * module, y + row * module,
                                               run * module, module},
                            rgb(painter, COLOR_BLACK));
                column += run;
            }
        }
    }
}

static void
paint_dashes(struct painter *painter, struct canvas *canvas, const struct item *item)
{
    /* 13 px dashes every 24.6 px on a card of 904: as many whole ones as fit. */
    int count = item->rect.width * 10 / 246;

    for (int i = 0; i < count; i++) {
        int x = item->rect.x + item->rect.width * i / count;

        canvas_fill_round(
            canvas, (struct rectangle){x, item->rect.y, 13, item->rect.height},
            item->rect.height / 2, CORNERS_ALL, rgb(painter, item->color));
    }
}

#define RING_DOTS 30

static void
paint_ring(struct painter *painter, struct canvas *canvas, const struct item *item)
{
    double size = item->rect.width;
    double middle_x = item->rect.x + size / 2;
    double middle_y = item->rect.y + size / 2;
    double radius = size * 0.46;

    for (int i = 0; i < RING_DOTS; i++) {
        double angle = 2 * M_PI * i / RING_DOTS;
        bool filled = i < item->number;

        canvas_circle(canvas, middle_x + radius * sin(angle),
                      middle_y - radius * cos(angle),
                      filled ? size * 0.0375 : size * 0.014,
                      rgb(painter, filled ? item->color : COLOR_BORDER));
    }
}

static struct skyline
skyline_of(const struct layout *layout, const struct item *item)
{
    static const enum skyline_view views[] = {
        [STREET_ATTRACT] = SKYLINE_ATTRACT,
        [STREET_ATTRACT_BESIDE] = SKYLINE_HOME_WIDE,
        [STREET_HOME] = SKYLINE_HOME,
        [STREET_HOME_REACH] = SKYLINE_HOME_REACH,
        [STREET_HOME_BESIDE] = SKYLINE_HOME_LANDSCAPE,
        [STREET_HOME_WIDE] = SKYLINE_HOME_WIDE,
        [STREET_HOME_NARROW] = SKYLINE_HOME_NARROW,
        [STREET_BLANK] = SKYLINE_BLANK,
        [STREET_BLANK_BESIDE] = SKYLINE_BLANK_BESIDE,
    };

    return (struct skyline){
        .view = views[item->number],
        .stage = item->rect,
        .mirrored = layout->right_to_left,
        .step = (int)item->length,
    };
}

static void
paint_street(struct painter *painter, struct canvas *canvas,
             const struct layout *layout, const struct item *item)
{
    struct skyline skyline = skyline_of(layout, item);

    canvas_fill(canvas, item->rect, rgb(painter, COLOR_STAGE));
    skyline_paint(canvas, painter->shown, &skyline);
}

static void
paint_text(struct painter *painter, struct canvas *canvas, const struct item *item,
           bool right_to_left)
{
    canvas_text(canvas, painter->fonts, item->style, item->text, item->length,
                right_to_left, item->rect.x, item->rect.y, rgb(painter, item->color));
}

static void
paint_item(struct painter *painter, struct canvas *canvas, const struct layout *layout,
           const struct item *item)
{
    switch (item->kind) {
    case ITEM_FILL:
        paint_fill(painter, canvas, item);
        break;
    case ITEM_CIRCLE:
        paint_circle(painter, canvas, item);
        break;
    case ITEM_SHADOW:
        canvas_shadow(canvas, item->rect, item->radius, rgb(painter, COLOR_STAGE));
        break;
    case ITEM_TEXT:
        paint_text(painter, canvas, item, layout->right_to_left);
        break;
    case ITEM_ICON:
        paint_icon(painter, canvas, item);
        break;
    case ITEM_LOGO:
        paint_logo(painter, canvas, item);
        break;
    case ITEM_STREET:
        paint_street(painter, canvas, layout, item);
        break;
    case ITEM_QR:
        paint_qr(painter, canvas, item);
        break;
    case ITEM_DASHES:
        paint_dashes(painter, canvas, item);
        break;
    case ITEM_SCRIM:
        canvas_veil(canvas, item->rect, rgb(painter, COLOR_STAGE),
                    (int)(painter->shown->scrim_alpha * 255 + 0.5));
        break;
    case ITEM_RING:
        paint_ring(painter, canvas, item);
        break;
    }
}

/* What an item may touch around its rectangle. */
static struct rectangle
reach(const struct item *item)
{
    if (item->kind == ITEM_SHADOW) {
        return rectangle_grown(item->rect, 24); /* 16 px blur, 4 px down */
    }
    if (item->kind == ITEM_TEXT || item->kind == ITEM_ICON) {
        return rectangle_grown(item->rect, 8); /* letters lean out of their boxes */
    }
    return item->rect;
}

void
painter_paint(struct painter *painter, struct canvas *canvas,
              const struct layout *layout)
{
    painter->shown = layout->high_contrast ? &painter->high_contrast : painter->theme;
    for (size_t i = 0; i < layout->item_count; i++) {
        const struct item *item = &layout->items[i];

        if (!rectangle_is_empty(rectangle_intersection(reach(item), canvas->clip))) {
            paint_item(painter, canvas, layout, item);
        }
    }
}

/* --- difference ------------------------------------------------------------------ */

static uint64_t
mix(uint64_t hash, const void *data, size_t length)
{
    const unsigned char *bytes = data;

    for (size_t i = 0; i < length; i++) {
        hash = (hash ^ bytes[i]) * 0x100000001b3u; /* FNV-1a */
    }
    return hash;
}

static uint64_t
fingerprint(const struct item *item)
{
    const int numbers[] = {
        (int)item->kind,    item->rect.x,       item->rect.y,
        item->rect.width,   item->rect.height,  (int)item->color,
        (int)item->border,  item->border_width, item->radius,
        (int)item->corners, item->style.px,     (int)item->style.weight,
        item->number,       (int)item->length,
    };
    uint64_t hash = mix(0xcbf29ce484222325u, numbers, sizeof(numbers));

    if (item->text != NULL) {
        hash = mix(hash, item->text, item->length);
    }
    return hash;
}

static void
part_add(struct rectangle *parts, size_t *count, struct rectangle part)
{
    for (size_t i = 0; i < *count; i++) {
        if (!rectangle_is_empty(
                rectangle_intersection(rectangle_grown(parts[i], 8), part))) {
            parts[i] = rectangle_union(parts[i], part);
            return;
        }
    }
    if (*count < PAINTER_PARTS_MAX) {
        parts[(*count)++] = part;
        return;
    }
    parts[PAINTER_PARTS_MAX - 1] = rectangle_union(parts[PAINTER_PARTS_MAX - 1], part);
}

/* Parts that came to overlap become one, so that no pixel is painted twice. */
static void
merge(struct rectangle *parts, size_t *count)
{
    bool merged = true;

    while (merged) {
        merged = false;
        for (size_t i = 0; i < *count; i++) {
            for (size_t j = i + 1; j < *count; j++) {
                if (!rectangle_is_empty(rectangle_intersection(parts[i], parts[j]))) {
                    parts[i] = rectangle_union(parts[i], parts[j]);
                    parts[j] = parts[--*count];
                    merged = true;
                }
            }
        }
    }
}

static bool
holds(const uint64_t *prints, size_t count, uint64_t print, size_t near)
{
    /* Mostly the item stands where it stood: look there first. */
    if (near < count && prints[near] == print) {
        return true;
    }
    for (size_t i = 0; i < count; i++) {
        if (prints[i] == print) {
            return true;
        }
    }
    return false;
}

/* Between two steps of the street only a window or two change. */
static void
street_difference(const struct layout *before, const struct layout *now, uint64_t *old,
                  const uint64_t *new, struct rectangle *parts, size_t *count)
{
    if (before->item_count < 2 || now->item_count < 2 ||
        before->items[1].kind != ITEM_STREET || now->items[1].kind != ITEM_STREET ||
        before->items[1].number != now->items[1].number ||
        now->items[1].length != before->items[1].length + 1)
    {
        return;
    }
    struct skyline skyline = skyline_of(now, &now->items[1]);

    part_add(parts, count, skyline_damage(&skyline));
    old[1] = new[1]; /* the rest of it stays */
}

size_t
painter_difference(const struct layout *before, const struct layout *now,
                   struct rectangle parts[PAINTER_PARTS_MAX])
{
    uint64_t old[LAYOUT_ITEMS_MAX];
    uint64_t new[LAYOUT_ITEMS_MAX];
    struct rectangle all = {0, 0, now->width, now->height};
    size_t count = 0;

    if (before->width != now->width || before->height != now->height ||
        before->right_to_left != now->right_to_left ||
        before->high_contrast != now->high_contrast)
    {
        parts[0] = all;
        return 1;
    }
    for (size_t i = 0; i < before->item_count; i++) {
        old[i] = fingerprint(&before->items[i]);
    }
    for (size_t i = 0; i < now->item_count; i++) {
        new[i] = fingerprint(&now->items[i]);
    }
    street_difference(before, now, old, new, parts, &count);
    for (size_t i = 0; i < before->item_count; i++) {
        if (!holds(new, now->item_count, old[i], i)) {
            part_add(parts, &count,
                     rectangle_intersection(reach(&before->items[i]), all));
        }
    }
    for (size_t i = 0; i < now->item_count; i++) {
        if (!holds(old, before->item_count, new[i], i)) {
            part_add(parts, &count, rectangle_intersection(reach(&now->items[i]), all));
        }
    }
    merge(parts, &count);
    return count;
}
