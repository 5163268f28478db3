#include "build.h"

#include <assert.h>
#include <string.h>

#include "stage.h"
#include "ui/icon.h"

#define LINE_PIECES_MAX 12

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

/* --- text: pieces of one weight, words wrapped, lines aligned ----------------- */

struct piece {
    const char *text;
    size_t length;
    bool bold;
    int width;
};

struct line {
    struct piece pieces[LINE_PIECES_MAX];
    int count;
    int width;
};

static struct text_style
style_of(const struct build *build, struct run run, bool bold)
{
    return (struct text_style){run.px != 0 ? run.px
                                           : build->metrics->types[run.type].px,
                               bold ? WEIGHT_BOLD : WEIGHT_REGULAR};
}

int
digits_pitch(const struct build *build, enum type type)
{
    struct type_size size = build->metrics->types[type];
    int enough = size.px * 122 / 100;

    return size.pitch < enough ? size.pitch : enough;
}

int
pitch_of(const struct build *build, struct run run)
{
    return run.pitch != 0 ? run.pitch : build->metrics->types[run.type].pitch;
}

/* Where the next word ends: at a space, at the end, or where the weight changes. */
static size_t
word_end(const char *text, size_t from)
{
    size_t at = from;

    while (text[at] == ' ') {
        at++;
    }
    while (text[at] != '\0' && text[at] != ' ' && text[at] != '\n' &&
           !(text[at] == '*' && text[at + 1] == '*'))
    {
        at++;
    }
    return at;
}

static void
line_add(struct build *build, struct run run, struct line *line, const char *text,
         size_t length, bool bold)
{
    struct piece *piece = line->count > 0 ? &line->pieces[line->count - 1] : NULL;

    if (piece != NULL && piece->bold == bold && piece->text + piece->length == text) {
        piece->length += length;
    } else {
        assert(line->count < LINE_PIECES_MAX);
        piece = &line->pieces[line->count++];
        *piece = (struct piece){.text = text, .length = length, .bold = bold};
    }
    line->width -= piece->width;
    piece->width = fonts_width(build->fonts, style_of(build, run, bold), piece->text,
                               piece->length);
    line->width += piece->width;
}

/* The width of the line with all that hangs together from `text` to the next space,
 * whatever its weight: "**hond**," stays one. */
static int
width_with_word(struct build *build, struct run run, const struct line *line,
                const char *text, bool bold)
{
    struct line longer = *line;
    size_t at = 0;

    do {
        size_t end = word_end(text, at);

        if (end > at) {
            line_add(build, run, &longer, text + at, end - at, bold);
        }
        at = end;
        while (text[at] == '*' && text[at + 1] == '*') {
            bold = !bold;
            at += 2;
        }
    } while (text[at] != '\0' && text[at] != ' ' && text[at] != '\n');
    return longer.width;
}

static void
put_line(struct build *build, struct run run, const struct line *line, int x, int y,
         int width)
{
    int height = fonts_height(style_of(build, run, false));
    int shift = run.align == ALIGN_START    ? 0
                : run.align == ALIGN_CENTER ? (width - line->width) / 2
                                            : width - line->width;

    x += shift;
    y += (pitch_of(build, run) - height) / 2;
    for (int i = 0; i < line->count; i++) {
        const struct piece *piece = &line->pieces[i];
        struct text_style style = style_of(build, run, piece->bold);
        size_t spaces = strspn(piece->text, " ");
        int indent = fonts_width(build->fonts, style, piece->text, spaces);
        struct item *item =
            put_item(build, ITEM_TEXT, run.element,
                     (struct rectangle){x + indent, y, piece->width - indent, height});

        item->color = run.color;
        item->style = style;
        item->text = piece->text + spaces;
        item->length = piece->length - spaces;
        while (item->length > 0 && item->text[item->length - 1] == ' ') {
            item->length--;
        }
        /* Turned round, letters narrower than their place would stand at its wrong
         * side. */
        if (item->length < piece->length - spaces) {
            item->rect.width =
                fonts_width(build->fonts, style, item->text, item->length);
        }
        x += piece->width;
    }
}

int
longest_word(struct build *build, struct run run, const char *text)
{
    static const struct line nothing = {0};
    bool bold = run.bold;
    int longest = 0;
    size_t at = 0;

    while (text[at] != '\0') {
        int width;

        if (text[at] == '*' && text[at + 1] == '*') {
            bold = !bold;
            at += 2;
            continue;
        }
        if (text[at] == ' ' || text[at] == '\n') {
            at++;
            continue;
        }
        width = width_with_word(build, run, &nothing, text + at, bold);
        longest = width > longest ? width : longest;
        at = word_end(text, at);
    }
    return longest;
}

typedef int (*run_measure)(struct build *build, struct run run, const char *text);

/* Smaller letters on the same lines, down to the floor, until what is measured fits. */
static struct run
run_shrunk(struct build *build, struct run run, const char *text, int width,
           run_measure measure)
{
    int floor = build->metrics->text_floor;
    int px = style_of(build, run, run.bold).px;

    while (px > floor && measure(build, run, text) > width) {
        run.pitch = pitch_of(build, run);
        px -= px > 60 ? 4 : 2;
        run.px = px = px < floor ? floor : px;
    }
    return run;
}

struct run
run_within(struct build *build, struct run run, const char *text, int width)
{
    return run_shrunk(build, run, text, width, longest_word);
}

struct run
run_on_line(struct build *build, struct run run, const char *text, int width)
{
    return run_shrunk(build, run, text, width, text_width);
}

/* Whether a line may end there, within what else hangs together. */
static bool
is_seam(const char *text, size_t end)
{
    return text[end - 1] == '-' || text[end - 1] == '/' ||
           (end > 1 && memcmp(text + end - 2, "\u00a0", 2) == 0);
}

/* How much of a word that no line has room for goes on this one: up to a hyphen or a
 * no-break space where there is one, and a letter at least. */
static size_t
broken_at(struct build *build, struct run run, const char *text, size_t length,
          bool bold, int width)
{
    struct text_style style = style_of(build, run, bold);
    size_t fits = 0, seam = 0;

    if (fonts_width(build->fonts, style, text, length) <= width) {
        return length;
    }
    for (size_t end = 1; end < length; end++) {
        if (((unsigned char)text[end] & 0xC0u) == 0x80u) {
            continue; /* within a letter */
        }
        if (fits > 0 && fonts_width(build->fonts, style, text, end) > width) {
            break;
        }
        fits = end;
        seam = is_seam(text, end) ? end : seam;
    }
    if (fits == 0) {
        return length; /* one letter: it has to stand somewhere */
    }
    return seam > 0 ? seam : fits;
}

/* Lays the text out and returns its lines and the width of the longest; draws them if
 * they are to be put. */
static int
lay_text(struct build *build, struct run run, const char *text, int x, int y, int width,
         bool put, int *widest)
{
    struct line line = {0};
    bool bold = run.bold;
    bool broken = false; /* within a word */
    int lines = 0;
    size_t at = 0;

    *widest = 0;
    run = run_within(build, run, text, width);

    while (text[at] != '\0') {
        size_t end;
        size_t skip = 0;

        if (text[at] == '*' && text[at + 1] == '*') {
            bold = !bold;
            at += 2;
            continue;
        }
        end = text[at] == '\n' ? at + 1 : word_end(text, at);
        if (text[at] == '\n' || broken ||
            (line.count > 0 && text[at] == ' ' &&
             width_with_word(build, run, &line, text + at, bold) > width))
        {
            if (put) {
                put_line(build, run, &line, x, y + lines * pitch_of(build, run), width);
            }
            *widest = line.width > *widest ? line.width : *widest;
            line = (struct line){0};
            lines++;
        }
        while (line.count == 0 && (text[at + skip] == ' ' || text[at + skip] == '\n')) {
            skip++; /* a line does not start with the space it was broken at */
        }
        broken = false;
        if (line.count == 0 && at + skip < end) {
            size_t whole = end - at - skip;
            size_t fits = broken_at(build, run, text + at + skip, whole, bold, width);

            broken = fits < whole;
            end = at + skip + fits;
        }
        if (at + skip < end) {
            line_add(build, run, &line, text + at + skip, end - at - skip, bold);
        }
        at = end;
    }
    if (line.count > 0) {
        *widest = line.width > *widest ? line.width : *widest;
        if (put) {
            put_line(build, run, &line, x, y + lines * pitch_of(build, run), width);
        }
        lines++;
    }
    return lines;
}

int
put_text(struct build *build, struct run run, const char *text, int x, int y, int width)
{
    int widest;

    return lay_text(build, run, text, x, y, width, !build->measuring, &widest) *
           pitch_of(build, run);
}

int
text_lines(struct build *build, struct run run, const char *text, int width)
{
    int widest;

    return lay_text(build, run, text, 0, 0, width, false, &widest);
}

int
text_width(struct build *build, struct run run, const char *text)
{
    struct line line = {0};
    bool bold = run.bold;

    while (*text != '\0') {
        const char *stars = strstr(text, "**");
        size_t length = stars != NULL ? (size_t)(stars - text) : strlen(text);

        if (length > 0) {
            line_add(build, run, &line, text, length, bold);
        }
        text += length;
        if (stars != NULL) {
            text += 2;
            bold = !bold;
        }
    }
    return line.width;
}

void
put_centered(struct build *build, struct run run, const char *icon, int icon_px,
             int gap, bool icon_after, const char *text, struct rectangle rect,
             enum color icon_color)
{
    bool has_icon = icon != NULL && icon[0] != '\0';
    int aside = has_icon ? icon_px + gap : 0;
    int room = rect.width - aside;
    int width, lines, x;

    if (text_width(build, run, text) > room) {
        run.align = ALIGN_START; /* more lines begin under each other */
    }
    lines = lay_text(build, run, text, 0, 0, room, false, &width);
    x = rect.x + (rect.width - width - aside) / 2;
    if (has_icon) {
        put_icon(build, run.element, icon, icon_after ? x + width + gap : x,
                 rect.y + (rect.height - icon_px) / 2, icon_px, icon_color);
    }
    put_text(build, run, text, icon_after ? x : x + aside,
             rect.y + (rect.height - lines * pitch_of(build, run)) / 2, width);
}
