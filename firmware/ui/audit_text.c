#include "audit_rules.h"

#include <math.h>
#include <string.h>

#include "base/text.h"
#include "build.h"
#include "ui/icon.h"

/* Letters: there, whole, inside what they stand on, and large enough. */

#define SLACK 1 /* px, of rounding */

static bool
is_inside(struct rectangle inner, struct rectangle outer)
{
    return inner.x >= outer.x - SLACK && inner.y >= outer.y - SLACK &&
           inner.x + inner.width <= outer.x + outer.width + SLACK &&
           inner.y + inner.height <= outer.y + outer.height + SLACK;
}

/* For a message: the beginning, at a whole letter. */
static const char *
excerpt(const struct item *item, char target[48])
{
    struct text text = text_begin(target, 32);

    text_add_bytes(&text, item->text, item->length);
    return target;
}

/* What is touched of the element, where its words belong in it: those of a field stand
 * over its box, and under it what is wrong. */
static const struct box *
box_around(const struct look *look, int element)
{
    return element >= 0 && look->page->elements[element].role != ROLE_FIELD
               ? layout_box(look->layout, element)
               : NULL;
}

static void
check_fits(struct look *look, size_t index)
{
    const struct item *item = &look->layout->items[index];
    const struct box *box = box_around(look, item->element);
    struct rectangle ink = ink_of(look, index);
    int behind =
        item_behind(look, index, ink.x + ink.width / 2, ink.y + ink.height / 2);
    char start[48];

    if (ink.width > item->rect.width + SLACK || ink.width < item->rect.width - SLACK) {
        audit_fail(look, AUDIT_TEXT_FITS, item->element,
                   "\"%s\" is %d px wide in a place of %d px", excerpt(item, start),
                   ink.width, item->rect.width);
    }
    if (box != NULL && !is_inside(ink, box->rect)) {
        audit_fail(look, AUDIT_TEXT_FITS, item->element,
                   "\"%s\" of %d x %d px at %d, %d leaves its button of %d x %d px at "
                   "%d, %d",
                   excerpt(item, start), ink.width, ink.height, ink.x, ink.y,
                   box->rect.width, box->rect.height, box->rect.x, box->rect.y);
    }
    if (behind >= 0 && !is_inside(ink, look->layout->items[behind].rect)) {
        struct rectangle ground = look->layout->items[behind].rect;

        audit_fail(look, AUDIT_TEXT_FITS, item->element,
                   "\"%s\" of %d x %d px at %d, %d leaves what it stands on, %d x %d "
                   "px at %d, %d",
                   excerpt(item, start), ink.width, ink.height, ink.x, ink.y,
                   ground.width, ground.height, ground.x, ground.y);
    }
}

static void
check_glyphs(struct look *look, const struct item *item)
{
    uint32_t missing = 0xFFFDu;

    if (item->kind == ITEM_ICON) {
        if (!icon_exists(item->text)) {
            audit_fail(look, AUDIT_GLYPH, item->element, "there is no icon \"%s\"",
                       item->text);
        }
    } else if (!fonts_have(look->audit->fonts, item->style.weight, item->text,
                           item->length, &missing) ||
               memmem(item->text, item->length, "\xEF\xBF\xBD", 3) != NULL)
    {
        audit_fail(look, AUDIT_GLYPH, item->element, "no font has U+%04X", missing);
    }
}

/* --- whole ------------------------------------------------------------------------ */

/* How many bytes from `at` on are drawn by one of the items; 0 when none does. */
static size_t
drawn_from(const struct layout *layout, const char *at)
{
    for (size_t i = 0; i < layout->item_count; i++) {
        const struct item *item = &layout->items[i];

        if (item->kind == ITEM_TEXT && at >= item->text &&
            at < item->text + item->length) {
            return (size_t)(item->text + item->length - at);
        }
    }
    return 0;
}

static void
check_whole(struct look *look, int element, const char *text)
{
    const char *at = text;

    while (*at != '\0') {
        size_t drawn;

        if (*at == ' ' || *at == '\n' || *at == '*') {
            at++;
            continue;
        }
        drawn = drawn_from(look->layout, at);
        if (drawn == 0) {
            audit_fail(look, AUDIT_TEXT_WHOLE, element, "\"%.60s\" is not drawn", at);
            return;
        }
        at += drawn;
    }
}

/* What a code or a key stands for is not written out. */
static bool
value_is_written(enum role role)
{
    return role != ROLE_QR && role != ROLE_KEY;
}

/* Of two ways to say one thing the layout takes the one that there is room for. */
static bool
is_said_otherwise(const struct look *look, int element)
{
    enum role role = look->page->elements[element].role;
    enum role other = role == ROLE_PLACE          ? ROLE_PLACE_CHANGE
                      : role == ROLE_PLACE_CHANGE ? ROLE_PLACE
                                                  : ROLE_ROLE_COUNT;

    if (other == ROLE_ROLE_COUNT || page_count_of(look->page, other) == 0) {
        return false;
    }
    for (size_t i = 0; i < look->layout->box_count; i++) {
        if (look->page->elements[look->layout->boxes[i].element].role == other) {
            return true;
        }
    }
    return false;
}

static bool
is_laid_out(const struct look *look, int element)
{
    if (layout_box(look->layout, element) != NULL) {
        return true;
    }
    for (size_t i = 0; i < look->layout->item_count; i++) {
        if (is_within(look, look->layout->items[i].element, element)) {
            return true;
        }
    }
    return false;
}

static void
check_elements(struct look *look)
{
    for (int i = 0; i < (int)look->page->count; i++) {
        const struct element *element = &look->page->elements[i];

        if (!is_laid_out(look, i)) {
            if (!is_said_otherwise(look, i)) {
                audit_fail(look, AUDIT_LAID_OUT, i, "the %s is left out",
                           role_name(element->role));
            }
            continue;
        }
        if ((element->flags & ELEMENT_TITLED) == 0 &&
            (element->brief == NULL || drawn_from(look->layout, element->brief) == 0))
        {
            check_whole(look, i, element->label);
        }
        check_whole(look, i, element->detail);
        check_whole(look, i, element->extra);
        if (value_is_written(element->role)) {
            check_whole(look, i, element->value);
        }
    }
}

/* What is marked in a word stands in the same line as the rest of it. */
static bool
goes_on(const struct layout *layout, size_t index)
{
    const struct item *item = &layout->items[index];
    const struct item *next = item + 1;

    return index + 1 < layout->item_count && next->kind == ITEM_TEXT &&
           next->text == item->text + item->length && next->rect.y == item->rect.y;
}

/* A line may end at a space, a hyphen, soft or not, a slash, before a point of an
 * address or where the weight changes. */
static bool
ends_within_a_word(const struct item *item)
{
    const char *end = item->text + item->length;
    bool seam = end[-1] == '-' || end[-1] == '/' || is_address_seam(end) ||
                (item->length > 1 && (memcmp(end - 2, "\u00a0", 2) == 0 ||
                                      memcmp(end - 2, "\u00ad", 2) == 0));

    return !seam && *end != '\0' && *end != ' ' && *end != '\n' && *end != '*';
}

static void
check_seams(struct look *look)
{
    char start[48];

    for (size_t i = look->first; i < look->layout->item_count; i++) {
        const struct item *item = &look->layout->items[i];

        if (item->kind == ITEM_TEXT && item->length > 0 && ends_within_a_word(item) &&
            !goes_on(look->layout, i))
        {
            audit_fail(look, AUDIT_TEXT_FITS, item->element,
                       "a word is broken after \"%s\", even in the smallest letters",
                       excerpt(item, start));
        }
    }
}

void
audit_texts(struct look *look)
{
    for (size_t i = look->first; i < look->layout->item_count; i++) {
        const struct item *item = &look->layout->items[i];

        if ((item->kind != ITEM_TEXT && item->kind != ITEM_ICON) || item->length == 0) {
            continue;
        }
        check_glyphs(look, item);
        if (item->kind == ITEM_TEXT) {
            check_fits(look, i);
        }
    }
    check_elements(look);
    check_seams(look);
}

/* --- sizes ------------------------------------------------------------------------ */

/* EN 301 549 V3.2.1, 5.1.4: a capital H is seen under at least 0.7 degrees. */
static double
cap_height_min(const struct look *look)
{
    return 0.7 * M_PI / 180 * layout_panel(look->options).viewing_mm *
           layout_panel(look->options).pixels_per_100_mm / 100.0;
}

void
audit_sizes(struct look *look)
{
    bool largest = look->page->adjustment.text == TEXT_LARGEST;
    double cap_min = cap_height_min(look);
    int px_min = display_class_text_min(look->options->display);

    for (size_t i = look->first; i < look->layout->item_count; i++) {
        const struct item *item = &look->layout->items[i];
        int cap;

        if (item->kind != ITEM_TEXT || item->length == 0) {
            continue;
        }
        cap = fonts_cap_height(look->audit->fonts, item->style);
        if (item->style.px < px_min) {
            audit_fail(look, AUDIT_TEXT_SIZE, item->element, "%d px, least %d px",
                       item->style.px, px_min);
        }
        if (largest && cap < cap_min - 0.5) {
            audit_fail(look, AUDIT_CAP_HEIGHT, item->element,
                       "a capital of %d px, least %.1f px at %d mm (letters of %d px)",
                       cap, cap_min, layout_panel(look->options).viewing_mm,
                       item->style.px);
        }
    }
}
