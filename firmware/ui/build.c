#include "build.h"

#include <assert.h>
#include <string.h>

#include "stage.h"
#include "ui/icon.h"

int
scaled(const struct build *build, int length)
{
    int percent = build->metrics->factor_percent;

    return (length * percent + (length >= 0 ? 50 : -50)) / 100;
}

int
glyph(const struct build *build, int length)
{
    return (length * build->metrics->glyph_percent + 50) / 100;
}

void
build_begin(struct build *build, struct metrics *metrics, const struct page *page,
            const struct layout_options *options, struct fonts *fonts)
{
    metrics_make(metrics, options, &page->adjustment, page->language);
    *build = (struct build){
        .page = page,
        .options = options,
        .fonts = fonts,
        .metrics = metrics,
        .measuring = true,
    };
    stage_header_make_room(build, metrics);
    stage_plan(build);
}

struct item *
put_item(struct build *build, enum item_kind kind, int element, struct rectangle rect)
{
    static struct item nowhere; /* what measuring writes to */
    struct item *item;

    if (build->measuring) {
        nowhere = (struct item){0};
        return &nowhere;
    }
    assert(build->layout->item_count < LAYOUT_ITEMS_MAX);
    item = &build->layout->items[build->layout->item_count++];
    *item = (struct item){.kind = kind, .element = element, .rect = rect};
    return item;
}

void
put_fill(struct build *build, int element, struct rectangle rect, int radius,
         enum color color)
{
    struct item *item = put_item(build, ITEM_FILL, element, rect);

    item->color = color;
    item->radius = radius;
    item->corners = CORNERS_ALL;
}

void
put_outline(struct build *build, int element, struct rectangle rect, int radius,
            int width, enum color color)
{
    struct item *item = put_item(build, ITEM_FILL, element, rect);

    item->border = color;
    item->border_width = width;
    item->radius = radius;
    item->corners = CORNERS_ALL;
}

void
put_circle(struct build *build, int element, struct rectangle rect, enum color color)
{
    put_item(build, ITEM_CIRCLE, element, rect)->color = color;
}

/*
 * The icon font has no passport: ours is a book with a globe and a line on it, in
 * the colour behind it.
 */
static void
put_passport(struct build *build, int element, int x, int y, int px, enum color color,
             enum color behind)
{
    int width = px * 72 / 100;
    int globe = px * 44 / 100;
    int line = px * 30 / 100;

    put_fill(build, element, (struct rectangle){x + (px - width) / 2, y, width, px},
             px / 10, color);
    put_icon(build, element, "public", x + (px - globe) / 2, y + px * 17 / 100, globe,
             behind);
    put_fill(build, element,
             (struct rectangle){x + (px - line) / 2, y + px * 76 / 100, line,
                                px * 7 / 100 > 2 ? px * 7 / 100 : 2},
             px * 3 / 100, behind);
}

void
put_icon(struct build *build, int element, const char *icon, int x, int y, int px,
         enum color color)
{
    put_icon_on(build, element, icon, x, y, px, color, COLOR_CARD);
}

void
put_icon_on(struct build *build, int element, const char *icon, int x, int y, int px,
            enum color color, enum color behind)
{
    struct item *item;

    if (icon == NULL || icon[0] == '\0') {
        return;
    }
    if (strcmp(icon, ICON_PASSPORT) == 0) {
        put_passport(build, element, x, y, px, color, behind);
        return;
    }
    item = put_item(build, ITEM_ICON, element, (struct rectangle){x, y, px, px});
    item->color = color;
    item->style = (struct text_style){px, WEIGHT_ICON};
    item->text = icon;
    item->length = strlen(icon);
}

void
put_disc(struct build *build, int element, const char *icon, int x, int y, int size,
         int px, enum color disc, enum color glyph)
{
    if (disc == COLOR_NONE) {
        px = size * 7 / 10; /* by itself a glyph may be larger */
        put_icon(build, element, icon, x + (size - px) / 2, y + (size - px) / 2, px,
                 glyph);
        return;
    }
    put_circle(build, element, (struct rectangle){x, y, size, size}, disc);
    put_icon_on(build, element, icon, x + (size - px) / 2, y + (size - px) / 2, px,
                glyph, disc);
}

void
put_box(struct build *build, int element, struct rectangle rect)
{
    struct layout *layout = build->layout;

    if (build->measuring) {
        return;
    }
    assert(layout->box_count < PAGE_ELEMENTS_MAX);
    layout->boxes[layout->box_count++] = (struct box){
        .element = element,
        .rect = rect,
        .modal = build->page->elements[element].slot == SLOT_OVERLAY,
    };
}

void
widen_box(struct build *build, int element, struct rectangle rect)
{
    struct layout *layout = build->layout;
    struct box *box;

    if (build->measuring || layout->box_count == 0) {
        return;
    }
    box = &layout->boxes[layout->box_count - 1];
    if (box->element == element) {
        box->rect = rectangle_union(box->rect, rect);
    }
}

void
end_box(struct build *build, int element, int x)
{
    struct layout *layout = build->layout;
    struct box *box;

    if (build->measuring || layout->box_count == 0) {
        return;
    }
    box = &layout->boxes[layout->box_count - 1];
    if (box->element == element) {
        box->rect.width = x - box->rect.x;
    }
}

/* In high contrast both are yellow. */
static enum color
accent_on_primary(const struct build *build)
{
    return build->page->adjustment.high_contrast ? COLOR_ON_PRIMARY : COLOR_ACCENT;
}

struct surface
surface_of(const struct build *build, int element)
{
    unsigned flags = build->page->elements[element].flags;
    struct surface surface = {
        .fill = COLOR_CARD,
        .border = COLOR_BORDER,
        .border_width = 2,
        .text = COLOR_INK,
        .note = COLOR_INK_2,
        .icon = COLOR_PRIMARY,
        .disc = COLOR_PRIMARY_SOFT,
        .disc_icon = COLOR_PRIMARY,
    };

    if ((flags & ELEMENT_DISABLED) != 0) {
        surface.fill = COLOR_DISABLED;
        surface.border = COLOR_NONE;
        surface.text = surface.note = COLOR_INK_2;
        surface.icon = COLOR_ON_DISABLED;
        surface.regular = true;
    } else if (is_pressed(build, element) || (flags & ELEMENT_PRIMARY) != 0) {
        surface.fill = is_pressed(build, element) ? COLOR_PRIMARY_DOWN : COLOR_PRIMARY;
        surface.border = COLOR_NONE;
        surface.text = surface.note = surface.icon = COLOR_ON_PRIMARY;
        surface.disc = COLOR_CARD;
        if ((flags & ELEMENT_DANGER) != 0 && !is_pressed(build, element)) {
            surface.fill = COLOR_DANGER;
        }
    } else if ((flags & ELEMENT_RECOMMENDED) != 0) {
        surface.fill = COLOR_PRIMARY_SOFT;
        surface.border = COLOR_PRIMARY;
        surface.border_width = 5;
        surface.disc = COLOR_PRIMARY;
        surface.disc_icon = COLOR_ON_PRIMARY;
    } else if ((flags & ELEMENT_DANGER) != 0) {
        surface.text = surface.icon = surface.disc_icon = COLOR_DANGER;
        surface.disc = COLOR_DANGER_SOFT;
    }
    if (!build->metrics->has_discs) {
        surface.disc = COLOR_NONE;
        surface.disc_icon =
            surface.fill == COLOR_PRIMARY || surface.fill == COLOR_PRIMARY_DOWN
                ? accent_on_primary(build)
                : surface.icon;
    }
    return surface;
}

struct surface
surface_when_chosen(const struct build *build, int element)
{
    struct surface surface = surface_of(build, element);

    if ((build->page->elements[element].flags & ELEMENT_SELECTED) != 0 &&
        !is_pressed(build, element))
    {
        surface.fill = COLOR_PRIMARY;
        surface.border = COLOR_NONE;
        surface.text = surface.note = surface.icon = COLOR_ON_PRIMARY;
    }
    return surface;
}

void
put_control(struct build *build, int element, const struct surface *surface,
            struct rectangle rect, int radius)
{
    struct item *item;

    if (surface->shadow) {
        put_item(build, ITEM_SHADOW, element, rect)->radius = radius;
    }
    item = put_item(build, ITEM_FILL, element, rect);
    item->color = surface->fill;
    item->border = surface->border;
    item->border_width = surface->border != COLOR_NONE ? surface->border_width : 0;
    item->radius = radius;
    item->corners = CORNERS_ALL;
    if (is_focused(build, element)) {
        put_outline(build, element, rectangle_grown(rect, 6), radius + 6, 6,
                    COLOR_FOCUS_IN);
        put_outline(build, element, rectangle_grown(rect, 12), radius + 12, 6,
                    COLOR_FOCUS_OUT);
    }
    if ((build->page->elements[element].flags & ELEMENT_TOUCH) != 0) {
        put_box(build, element, rect);
    }
}
