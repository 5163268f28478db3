#include "audit_rules.h"

/* Where things stand: on the display, apart, large enough to touch, within reach. */

#define SLACK 2 /* px: letters and icons may just meet */

/* Panels of ten inches and less: their shorter side is no longer than this. */
#define SMALL_PANEL_TENTHS 1500

static bool
meet(struct rectangle a, struct rectangle b)
{
    struct rectangle both = rectangle_intersection(a, b);

    return both.width > SLACK && both.height > SLACK;
}

static void
check_on_screen(struct look *look)
{
    struct rectangle all = {0, 0, look->layout->width, look->layout->height};

    for (size_t i = look->first; i < look->layout->item_count; i++) {
        struct rectangle ink = ink_of(look, i);
        struct rectangle inside = rectangle_intersection(ink, all);

        if (!rectangle_is_empty(ink) &&
            (inside.width < ink.width || inside.height < ink.height))
        {
            audit_fail(look, AUDIT_ON_SCREEN, look->layout->items[i].element,
                       "%d x %d px at %d, %d on a display of %d x %d", ink.width,
                       ink.height, ink.x, ink.y, all.width, all.height);
        }
    }
    for (size_t i = 0; i < look->layout->box_count; i++) {
        struct rectangle rect = look->layout->boxes[i].rect;
        struct rectangle inside = rectangle_intersection(rect, all);

        if (inside.width < rect.width || inside.height < rect.height) {
            audit_fail(look, AUDIT_ON_SCREEN, look->layout->boxes[i].element,
                       "%d x %d px at %d, %d on a display of %d x %d", rect.width,
                       rect.height, rect.x, rect.y, all.width, all.height);
        }
    }
}

/* Letters and icons with each other, and with what is painted after them. */
static void
check_inks(struct look *look)
{
    const struct item *items = look->layout->items;

    for (size_t i = look->first; i < look->layout->item_count; i++) {
        struct rectangle ink = ink_of(look, i);

        if (rectangle_is_empty(ink)) {
            continue;
        }
        for (size_t j = i + 1; j < look->layout->item_count; j++) {
            bool opaque =
                (items[j].kind == ITEM_FILL && items[j].color != COLOR_NONE) ||
                items[j].kind == ITEM_CIRCLE || items[j].kind == ITEM_LOGO ||
                items[j].kind == ITEM_QR;
            struct rectangle other = opaque ? items[j].rect : ink_of(look, j);
            bool one_icon = items[i].kind == ITEM_ICON && items[j].kind == ITEM_ICON &&
                            items[i].element == items[j].element;

            if (!rectangle_is_empty(other) && !one_icon && meet(ink, other)) {
                audit_fail(look, AUDIT_OVERLAP, items[i].element,
                           "at %d, %d it and \"%s\" lie over each other", other.x,
                           other.y, element_id(look, items[j].element));
            }
        }
    }
}

/* What is written of one thing does not run into the button of another. */
static void
check_inks_and_boxes(struct look *look)
{
    const struct layout *layout = look->layout;

    for (size_t i = look->first; i < layout->item_count; i++) {
        struct rectangle ink = ink_of(look, i);

        for (size_t b = 0; b < layout->box_count && !rectangle_is_empty(ink); b++) {
            const struct box *box = &layout->boxes[b];

            if (box_counts(look, box) && meet(ink, box->rect) &&
                !is_within(look, layout->items[i].element, box->element))
            {
                audit_fail(look, AUDIT_OVERLAP, layout->items[i].element,
                           "runs into \"%s\" at %d, %d", element_id(look, box->element),
                           box->rect.x, box->rect.y);
            }
        }
    }
}

static void
check_boxes(struct look *look)
{
    const struct layout *layout = look->layout;

    for (size_t a = 0; a < layout->box_count; a++) {
        for (size_t b = a + 1; b < layout->box_count; b++) {
            const struct box *one = &layout->boxes[a], *two = &layout->boxes[b];
            struct rectangle both = rectangle_intersection(one->rect, two->rect);

            if (box_counts(look, one) && box_counts(look, two) &&
                !rectangle_is_empty(both)) {
                audit_fail(look, AUDIT_OVERLAP, one->element,
                           "shares %d x %d px with \"%s\"", both.width, both.height,
                           element_id(look, two->element));
            }
        }
    }
}

void
audit_places(struct look *look)
{
    check_on_screen(look);
    check_inks(look);
    check_inks_and_boxes(look);
    check_boxes(look);
}

/* --- targets ---------------------------------------------------------------------- */

static bool
is_small_panel(const struct look *look)
{
    int width = look->layout->width, height = look->layout->height;

    return (width < height ? width : height) < pixels_of(look, SMALL_PANEL_TENTHS);
}

/* Twenty millimetres for each key do not go on a small panel. */
static bool
may_be_smaller(const struct look *look, int element)
{
    enum role role = look->page->elements[element].role;

    return (role == ROLE_KEY || role == ROLE_DAY) && is_small_panel(look);
}

static int
distance(struct rectangle a, struct rectangle b)
{
    int across = a.x > b.x ? a.x - b.x - b.width : b.x - a.x - a.width;
    int down = a.y > b.y ? a.y - b.y - b.height : b.y - a.y - a.height;

    return across > down ? across : down;
}

static void
check_gap(struct look *look, const struct box *box)
{
    int least = pixels_of(look, 25);

    for (size_t i = 0; i < look->layout->box_count; i++) {
        const struct box *other = &look->layout->boxes[i];
        int apart = distance(box->rect, other->rect);

        if (other != box && box_counts(look, other) && apart < least) {
            audit_fail(look, AUDIT_TARGET_GAP, box->element,
                       "%d px from \"%s\", least %d px (2.5 mm)", apart,
                       element_id(look, other->element), least);
        }
    }
}

static void
check_reach(struct look *look)
{
    int line = layout_reach_line(look->options);

    for (size_t i = 0; i < look->layout->box_count; i++) {
        const struct box *box = &look->layout->boxes[i];

        if (look->page->adjustment.reduced_reach && box->rect.y < line &&
            page_can_press(look->page, &look->page->elements[box->element]))
        {
            audit_fail(look, AUDIT_REACH, box->element,
                       "it begins at %d, above the line at %d", box->rect.y, line);
        }
    }
}

void
audit_targets(struct look *look)
{
    int usual = pixels_of(look, 200), small = pixels_of(look, 127);

    for (size_t i = 0; i < look->layout->box_count; i++) {
        const struct box *box = &look->layout->boxes[i];
        int side =
            box->rect.width < box->rect.height ? box->rect.width : box->rect.height;
        bool smaller = may_be_smaller(look, box->element);
        int least = smaller ? small : usual;

        if (!page_can_press(look->page, &look->page->elements[box->element])) {
            continue;
        }
        if (side < least) {
            audit_fail(look, AUDIT_TARGET_SIZE, box->element,
                       "%d x %d px (%.1f mm), least %d px (%s mm)", box->rect.width,
                       box->rect.height, 20.0 * side / usual, least,
                       smaller ? "12.7" : "20");
        } else if (side < usual) {
            check_gap(look, box);
        }
    }
    check_reach(look);
    for (int i = 0; i < (int)look->page->count; i++) {
        if (page_can_press(look->page, &look->page->elements[i]) &&
            layout_box(look->layout, i) == NULL)
        {
            audit_fail(look, AUDIT_FOCUS, i, "no finger gets to it: it has no box");
        }
    }
}
