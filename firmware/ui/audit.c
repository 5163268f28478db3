#include "ui/audit.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "ui/paint.h"

#include "audit_rules.h"

static const char *const rule_names[AUDIT_RULE_COUNT] = {
    [AUDIT_TEXT_FITS] = "text-fits",   [AUDIT_TEXT_WHOLE] = "text-whole",
    [AUDIT_GLYPH] = "glyph",           [AUDIT_ON_SCREEN] = "on-screen",
    [AUDIT_OVERLAP] = "overlap",       [AUDIT_TARGET_SIZE] = "target-size",
    [AUDIT_TARGET_GAP] = "target-gap", [AUDIT_CONTRAST] = "contrast",
    [AUDIT_CAP_HEIGHT] = "cap-height", [AUDIT_TEXT_SIZE] = "text-size",
    [AUDIT_REACH] = "reach",           [AUDIT_FOCUS] = "focus",
    [AUDIT_FOCUS_SEEN] = "focus-seen", [AUDIT_SPEECH] = "speech",
    [AUDIT_LANGUAGE] = "language",     [AUDIT_MIRROR] = "mirror",
    [AUDIT_LAID_OUT] = "laid-out",
};

const char *
audit_rule_name(enum audit_rule rule)
{
    return rule_names[rule];
}

struct audit *
audit_create(struct fonts *fonts, const struct theme *theme,
             const struct theme *high_contrast)
{
    struct audit *audit = memory_allocate(1, sizeof(*audit));

    audit->fonts = fonts;
    audit->themes[0] = theme;
    audit->themes[1] = high_contrast;
    for (int i = 0; i < 2; i++) {
        audit->painters[i] = painter_create(fonts, audit->themes[i], NULL);
    }
    return audit;
}

void
audit_destroy(struct audit *audit)
{
    if (audit == NULL) {
        return;
    }
    canvas_destroy(audit->canvas);
    for (int i = 0; i < 2; i++) {
        painter_destroy(audit->painters[i]);
    }
    free(audit);
}

void
audit_fail(struct look *look, enum audit_rule rule, int element, const char *format,
           ...)
{
    struct audit_failure failure = {.rule = rule};
    va_list arguments;

    if (look->named[rule][element + 1]) {
        return;
    }
    look->named[rule][element + 1] = true;
    look->count++;
    text_copy(failure.element, sizeof(failure.element), element_id(look, element));
    va_start(arguments, format);
    vsnprintf(failure.figure, sizeof(failure.figure), format, arguments);
    va_end(arguments);
    look->found(look->data, &failure);
}

const char *
element_id(const struct look *look, int element)
{
    return element < 0 ? "" : look->page->elements[element].id;
}

bool
is_within(const struct look *look, int element, int ancestor)
{
    while (element >= 0 && element != ancestor) {
        element = look->page->elements[element].parent;
    }
    return element >= 0;
}

bool
is_disabled(const struct look *look, int element)
{
    while (element >= 0) {
        if ((look->page->elements[element].flags & ELEMENT_DISABLED) != 0) {
            return true;
        }
        element = look->page->elements[element].parent;
    }
    return false;
}

bool
box_counts(const struct look *look, const struct box *box)
{
    return box->modal || look->page->elements[box->element].slot == SLOT_DOCK ||
           !page_has_overlay(look->page);
}

int
pixels_of(const struct look *look, int tenths)
{
    return layout_panel(look->options).pixels_per_100_mm * tenths / 1000;
}

static bool
covers(const struct item *item, int x, int y)
{
    if (item->kind == ITEM_CIRCLE) {
        int half = item->rect.width / 2;
        int across = x - item->rect.x - half, down = y - item->rect.y - half;

        return across * across + down * down <= half * half;
    }
    return ((item->kind == ITEM_FILL && item->color != COLOR_NONE) ||
            item->kind == ITEM_LOGO || item->kind == ITEM_STREET ||
            item->kind == ITEM_SCRIM) &&
           rectangle_contains(item->rect, x, y);
}

int
item_behind(const struct look *look, size_t item, int x, int y)
{
    for (int i = (int)item - 1; i >= 0; i--) {
        if (covers(&look->layout->items[i], x, y)) {
            return i;
        }
    }
    return -1;
}

/*
 * From the top of tall letters to the bottom of a g: the line box is higher, so that
 * lines of one text stand well apart. Icons are drawn with a margin of a twelfth.
 */
static struct rectangle
find_ink(const struct look *look, const struct item *item)
{
    if (item->kind == ITEM_ICON) {
        return rectangle_grown(item->rect, -item->rect.width / 12);
    }
    if (item->kind != ITEM_TEXT || item->length == 0) {
        return (struct rectangle){0};
    }
    return (struct rectangle){
        .x = item->rect.x,
        .y = item->rect.y + fonts_ascent(item->style) - item->style.px * 80 / 100,
        .width = fonts_width(look->audit->fonts, item->style, item->text, item->length),
        .height = item->style.px * 102 / 100,
    };
}

int
audit_page(struct audit *audit, const struct page *page, const struct layout *layout,
           const struct layout_options *options, audit_found found, void *data)
{
    struct look look = {
        .audit = audit,
        .page = page,
        .layout = layout,
        .options = options,
        .theme = audit->themes[page->adjustment.high_contrast],
        .found = found,
        .data = data,
    };

    for (size_t i = 0; i < layout->item_count; i++) {
        audit->inks[i] = find_ink(&look, &layout->items[i]);
        if (layout->items[i].kind == ITEM_SCRIM) {
            look.first = i + 1;
        }
    }
    audit_texts(&look);
    audit_sizes(&look);
    audit_places(&look);
    audit_targets(&look);
    audit_colors(&look);
    audit_order(&look);
    audit_speech(&look);
    audit_mirror(&look);
    return look.count;
}
