#include "audit_rules.h"

#include <string.h>

#include "base/language.h"
#include "base/text.h"

/* Keys, ears and direction: what a page is without being looked at or touched. */

/* --- focus ------------------------------------------------------------------------ */

static int
index_of(const struct look *look, const struct element *element)
{
    return (int)(element - look->page->elements);
}

/* The order in which the keys come by: `order` gets indices; how many. */
static int
walk(const struct look *look, int order[PAGE_ELEMENTS_MAX])
{
    const struct element *at = page_next_focus(look->page, NULL, 1);
    int count = 0;

    while (at != NULL && count < PAGE_ELEMENTS_MAX) {
        order[count++] = index_of(look, at);
        at = page_next_focus(look->page, at, 1);
        if (at != NULL && index_of(look, at) == order[0]) {
            break;
        }
    }
    return count;
}

static int
next_of(const struct look *look, int element, int way)
{
    const struct element *next =
        page_next_focus(look->page, &look->page->elements[element], way);

    return next != NULL ? index_of(look, next) : -1;
}

/* Nothing is passed by, and from everywhere there is a way on and a way back. */
static void
check_round(struct look *look, const int *order, int count)
{
    for (int i = 0; i < (int)look->page->count; i++) {
        bool passed = false;

        for (int j = 0; j < count; j++) {
            passed |= order[j] == i;
        }
        if (!passed && page_can_press(look->page, &look->page->elements[i])) {
            audit_fail(look, AUDIT_FOCUS, i, "the keys don't come by it");
        }
    }
    for (int j = 0; j < count; j++) {
        if (next_of(look, order[j], 1) != order[(j + 1) % count] ||
            next_of(look, order[(j + 1) % count], -1) != order[j])
        {
            audit_fail(look, AUDIT_FOCUS, order[j], "the keys don't go round by it");
        }
    }
}

/* What begins lower comes after, and on one line what is nearer to the end. A column at
 * the end side may begin higher again. */
static bool
comes_after(bool right_to_left, struct rectangle before, struct rectangle after)
{
    int shorter = before.height < after.height ? before.height : after.height;
    bool ends_before = right_to_left ? after.x + after.width <= before.x
                                     : after.x >= before.x + before.width;

    return ends_before || after.y >= before.y + shorter / 2;
}

/* The steps to other months come with the month's name, wherever they stand. */
static bool
may_go_back(const struct look *look, int before, int after)
{
    return look->page->elements[before].role == ROLE_MONTH_STEP &&
           look->page->elements[after].role == ROLE_DAY;
}

static void
check_reading_order(struct look *look, const int *order, int count)
{
    for (int j = 1; j < count; j++) {
        const struct box *before = layout_box(look->layout, order[j - 1]);
        const struct box *after = layout_box(look->layout, order[j]);
        /* A keyboard has the same order in every language. */
        bool right_to_left = look->layout->right_to_left &&
                             (look->page->elements[order[j]].role != ROLE_KEY ||
                              look->page->elements[order[j - 1]].role != ROLE_KEY);
        bool to_dock = look->page->elements[order[j]].slot == SLOT_DOCK &&
                       look->page->elements[order[j - 1]].slot != SLOT_DOCK;

        if (before != NULL && after != NULL && !to_dock &&
            !may_go_back(look, order[j - 1], order[j]) &&
            !comes_after(right_to_left, before->rect, after->rect))
        {
            audit_fail(look, AUDIT_FOCUS, order[j],
                       "at %d, %d it comes after \"%s\" at %d, %d", after->rect.x,
                       after->rect.y, element_id(look, order[j - 1]), before->rect.x,
                       before->rect.y);
        }
    }
}

void
audit_order(struct look *look)
{
    int order[PAGE_ELEMENTS_MAX];
    int count = walk(look, order);

    check_round(look, order, count);
    check_reading_order(look, order, count);
    for (int j = 1; j < count; j++) {
        if (look->page->elements[order[j - 1]].slot == SLOT_DOCK &&
            look->page->elements[order[j]].slot != SLOT_DOCK)
        {
            audit_fail(look, AUDIT_FOCUS, order[j], "it comes after the dock");
        }
    }
}

/* --- the focus is seen ------------------------------------------------------------ */

/* Whether anything that is painted after `item` hides more than half of a side of it.
 */
static bool
is_hidden(const struct look *look, size_t index)
{
    const struct layout *layout = look->layout;
    struct rectangle ring = layout->items[index].rect;
    struct rectangle all = {0, 0, layout->width, layout->height};
    struct rectangle seen = rectangle_intersection(ring, all);
    int x = ring.x + ring.width / 2, y = ring.y + ring.height / 2;
    int sides[4][2] = {{x, ring.y},
                       {x, ring.y + ring.height - 1},
                       {ring.x, y},
                       {ring.x + ring.width - 1, y}};
    bool hidden[4] = {false};

    if (seen.width < ring.width / 2 || seen.height < ring.height / 2) {
        return true;
    }
    for (size_t i = index + 1; i < layout->item_count; i++) {
        const struct item *item = &layout->items[i];

        for (int side = 0; side < 4 && item->kind == ITEM_FILL; side++) {
            hidden[side] |=
                item->color != COLOR_NONE &&
                rectangle_contains(item->rect, sides[side][0], sides[side][1]);
        }
    }
    return hidden[0] + hidden[1] + hidden[2] + hidden[3] > 2;
}

/* A ring of two colours, of which one is seen wherever it lies. */
static bool
has_ring(const struct look *look, int element)
{
    bool inner = false, outer = false;

    for (size_t i = 0; i < look->layout->item_count; i++) {
        const struct item *item = &look->layout->items[i];

        if (item->element == element && item->border_width > 0 && !is_hidden(look, i)) {
            inner |= item->border == COLOR_FOCUS_IN;
            outer |= item->border == COLOR_FOCUS_OUT;
        }
    }
    return inner && outer;
}

int
audit_focus_seen(struct audit *audit, const struct page *page,
                 const struct layout *layout, const struct layout_options *options,
                 audit_found found, void *data)
{
    struct look look = {.audit = audit,
                        .page = page,
                        .layout = layout,
                        .options = options,
                        .theme = audit->themes[page->adjustment.high_contrast],
                        .found = found,
                        .data = data};
    const uint32_t *rgb = look.theme->rgb;

    if (!has_ring(&look, options->focused)) {
        audit_fail(&look, AUDIT_FOCUS_SEEN, options->focused,
                   "no ring of two colours is seen round it");
    } else if (theme_contrast(rgb[COLOR_FOCUS_IN], rgb[COLOR_FOCUS_OUT]) < 3) {
        audit_fail(&look, AUDIT_FOCUS_SEEN, options->focused,
                   "its ring of #%06x and #%06x may not be told from what is behind",
                   rgb[COLOR_FOCUS_IN], rgb[COLOR_FOCUS_OUT]);
    }
    return look.count;
}

/* --- speech ----------------------------------------------------------------------- */

static bool
is_shown(const struct look *look, int element)
{
    if (layout_box(look->layout, element) != NULL) {
        return true;
    }
    for (size_t i = 0; i < look->layout->item_count; i++) {
        if (look->layout->items[i].element == element) {
            return true;
        }
    }
    return false;
}

/* Anything but what only divides sentences, which no voice reads. */
static bool
says_something(const char *spoken)
{
    for (uint32_t character; (character = text_next(&spoken)) != 0;) {
        bool divides = character < 0x80
                           ? strchr(" .,:;!?'\"()-", (int)character) != NULL
                           : character >= 0x2000 && character <= 0x206F;

        if (!divides && character != 0xA0) {
            return true;
        }
    }
    return false;
}

void
audit_speech(struct look *look)
{
    char spoken[2048];

    for (int i = 0; i < (int)look->page->count; i++) {
        if (!is_shown(look, i)) {
            continue;
        }
        page_speak(&look->page->elements[i], spoken, sizeof(spoken));
        if (!says_something(spoken)) {
            audit_fail(look, AUDIT_SPEECH, i, "the %s says nothing",
                       role_name(look->page->elements[i].role));
        } else if (strstr(spoken, "**") != NULL) {
            audit_fail(look, AUDIT_SPEECH, i, "stars would be read aloud");
        }
    }
}

/* --- mirror ----------------------------------------------------------------------- */

static bool
is_same_item(const struct item *a, const struct item *b)
{
    return a->kind == b->kind && memcmp(&a->rect, &b->rect, sizeof(a->rect)) == 0 &&
           a->color == b->color && a->corners == b->corners && a->length == b->length &&
           (a->text == b->text || memcmp(a->text, b->text, a->length) == 0);
}

void
audit_mirror(struct look *look)
{
    const struct layout *layout = look->layout;
    struct layout *turned = &look->audit->spare;

    if (layout->right_to_left != language_is_right_to_left(look->page->language)) {
        audit_fail(look, AUDIT_MIRROR, -1, "it is laid out for the other direction");
    }
    *turned = *layout;
    layout_mirror(turned);
    layout_mirror(turned);
    for (size_t i = 0; i < layout->item_count; i++) {
        if (!is_same_item(&layout->items[i], &turned->items[i])) {
            audit_fail(look, AUDIT_MIRROR, layout->items[i].element,
                       "at %d, %d it differs when turned round twice",
                       layout->items[i].rect.x, layout->items[i].rect.y);
        }
    }
    for (size_t i = 0; i < layout->box_count; i++) {
        if (layout->boxes[i].rect.x != turned->boxes[i].rect.x) {
            audit_fail(look, AUDIT_MIRROR, layout->boxes[i].element,
                       "its button moves when turned round twice");
        }
    }
}
