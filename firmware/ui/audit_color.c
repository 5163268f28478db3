#include "audit_rules.h"

#include <stdio.h>

#include "ui/paint.h"

/*
 * Contrast of what is painted with what is really behind it, pixel for pixel where
 * that is the street.
 */

#define TEXT_MIN 7.0
#define PART_MIN 3.0
#define DISABLED_MIN 4.5
#define STREET_STEP 3 /* px: no window or roof is smaller */

/* The street as it is painted there. */
static const struct canvas *
paint_street(struct look *look, const struct item *street, struct rectangle part)
{
    struct audit *audit = look->audit;
    const struct layout *layout = look->layout;
    struct painter *painter = audit->painters[look->page->adjustment.high_contrast];

    if (audit->canvas == NULL || audit->canvas->width != layout->width ||
        audit->canvas->height != layout->height)
    {
        canvas_destroy(audit->canvas);
        audit->canvas = canvas_create(layout->width, layout->height);
    }
    audit->spare.width = layout->width;
    audit->spare.height = layout->height;
    audit->spare.right_to_left = layout->right_to_left;
    audit->spare.items[0] = *street;
    audit->spare.item_count = 1;
    canvas_clip(audit->canvas, part);
    painter_paint(painter, audit->canvas, &audit->spare);
    return audit->canvas;
}

static double
least_on_street(struct look *look, const struct item *street, struct rectangle ink,
                uint32_t rgb, uint32_t *behind)
{
    const struct canvas *canvas = paint_street(look, street, ink);
    struct rectangle part = rectangle_intersection(ink, canvas->clip);
    double least = 21;

    for (int y = part.y; y < part.y + part.height; y += STREET_STEP) {
        for (int x = part.x; x < part.x + part.width; x += STREET_STEP) {
            uint32_t pixel = canvas->pixels[y * canvas->width + x] & 0xFFFFFFu;
            double contrast = pixel == rgb ? 1 : least;

            if (pixel != *behind || contrast < least) {
                contrast = theme_contrast(rgb, pixel);
            }
            if (contrast < least) {
                least = contrast;
                *behind = pixel;
            }
        }
    }
    return least;
}

static uint32_t
color_of(const struct look *look, const struct item *item)
{
    if (item->kind == ITEM_LOGO) {
        return look->theme->rgb[COLOR_ACCENT];
    }
    if (item->kind == ITEM_SCRIM || item->kind == ITEM_STREET) {
        return look->theme->rgb[COLOR_STAGE];
    }
    return look->theme->rgb[item->color];
}

/* The worst of a few places along the middle of it; 0 when nothing is behind. */
static double
least_contrast(struct look *look, size_t index, uint32_t *behind)
{
    const struct item *item = &look->layout->items[index];
    struct rectangle ink = ink_of(look, index);
    uint32_t rgb = look->theme->rgb[item->color];
    double least = 21;

    for (int i = 0; i <= 4; i++) {
        int ground = item_behind(look, index, ink.x + (ink.width - 1) * i / 4,
                                 ink.y + ink.height / 2);
        const struct item *on = &look->layout->items[ground >= 0 ? ground : 0];
        double contrast;
        uint32_t color;

        if (ground < 0) {
            return 0;
        }
        color = color_of(look, on);
        contrast = on->kind == ITEM_STREET ? least_on_street(look, on, ink, rgb, &color)
                                           : theme_contrast(rgb, color);
        if (contrast < least) {
            least = contrast;
            *behind = color;
        }
        if (on->kind == ITEM_STREET) {
            break; /* all of it was looked at */
        }
    }
    return least;
}

static void
check_ink(struct look *look, size_t index)
{
    const struct item *item = &look->layout->items[index];
    bool disabled = is_disabled(look, item->element);
    double need = item->kind == ITEM_ICON ? PART_MIN
                  : disabled              ? DISABLED_MIN
                                          : TEXT_MIN;
    uint32_t behind = 0;
    double contrast = least_contrast(look, index, &behind);

    if (contrast < need) {
        audit_fail(look, AUDIT_CONTRAST, item->element,
                   "%s %s #%06x on #%06x is %.2f:1, needs %.1f:1",
                   item->kind == ITEM_ICON ? "icon" : "text",
                   theme_color_name(item->color), look->theme->rgb[item->color], behind,
                   contrast, need);
    }
}

static double
between(const struct look *look, enum color color, uint32_t other)
{
    return color == COLOR_NONE ? 0 : theme_contrast(look->theme->rgb[color], other);
}

/*
 * A control is seen by its outline, on either side of it, or by its fill. One with
 * neither is known by its words and icon: the dock, a segment that is not chosen.
 */
static void
check_control(struct look *look, size_t index)
{
    const struct item *item = &look->layout->items[index];
    int ground = item_behind(look, index, item->rect.x + item->rect.width / 2,
                             item->rect.y + item->rect.height / 2);
    enum color edge = item->border_width > 0 ? item->border : COLOR_NONE;
    uint32_t behind;
    double contrast;

    if ((item->color == COLOR_NONE && edge == COLOR_NONE) || ground < 0 ||
        is_disabled(look, item->element) ||
        look->page->elements[item->element].slot == SLOT_DOCK)
    {
        return;
    }
    behind = color_of(look, &look->layout->items[ground]);
    contrast = between(look, item->color, behind);
    if (between(look, edge, behind) > contrast) {
        contrast = between(look, edge, behind);
    }
    if (contrast < PART_MIN) {
        audit_fail(look, AUDIT_CONTRAST, item->element,
                   "control %s, edge %s on #%06x is %.2f:1, needs %.1f:1",
                   theme_color_name(item->color), theme_color_name(edge), behind,
                   contrast, PART_MIN);
    }
}

static bool
is_control(const struct look *look, const struct item *item)
{
    const struct box *box =
        item->element >= 0 ? layout_box(look->layout, item->element) : NULL;

    return item->kind == ITEM_FILL && box != NULL && box->rect.x == item->rect.x &&
           box->rect.y == item->rect.y && box->rect.width == item->rect.width &&
           box->rect.height == item->rect.height;
}

void
audit_colors(struct look *look)
{
    for (size_t i = look->first; i < look->layout->item_count; i++) {
        const struct item *item = &look->layout->items[i];

        if (!rectangle_is_empty(ink_of(look, i))) {
            check_ink(look, i);
        } else if (is_control(look, item)) {
            check_control(look, i);
        }
    }
}
