#include "parts.h"

/*
 * A long explanation: in named parts, of which one is read at a time. Each is a card of
 * headings with what belongs to them close below, and what stands apart.
 */

/* --- the bar that says which part this is -------------------------------------------
 */

#define BAR_GAP 12   /* between its cells */
#define BAR_RULE 6   /* under each */
#define BAR_OVER 14  /* between name and rule */
#define BAR_ICON 38  /* of what was read */
#define BAR_ASIDE 12 /* between that and the name */

static struct run
bar_run(const struct build *build, int cell)
{
    bool now = (build->page->elements[cell].flags & ELEMENT_SELECTED) != 0;

    return (struct run){.element = cell,
                        .type = TYPE_SMALL,
                        .bold = now,
                        .color = COLOR_INK,
                        .align = ALIGN_CENTER};
}

static int
bar_cell_width(const struct build *build, int cells, int width)
{
    return (width - (cells - 1) * scaled(build, BAR_GAP)) / cells;
}

bool
parts_bar_has_room(struct build *build, int bar, int width)
{
    int cells = page_count_of(build->page, ROLE_PART);
    int room = bar_cell_width(build, cells, width) - glyph(build, BAR_ICON) -
               scaled(build, BAR_ASIDE);

    for (int cell = child_first(build->page, bar); cell >= 0;
         cell = child_next(build->page, cell))
    {
        struct run run = bar_run(build, cell);

        run.bold = true; /* as when it is read */
        if (text_width(build, run, build->page->elements[cell].label) > room) {
            return false;
        }
    }
    return !build->metrics->low;
}

static int
parts_height(struct build *build, int element, int width)
{
    (void)element;
    (void)width;
    return build->metrics->types[TYPE_SMALL].pitch + scaled(build, BAR_OVER) + BAR_RULE;
}

static void
parts_put(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    int width = bar_cell_width(build, page_count_of(page, ROLE_PART), rect.width);
    int x = rect.x;

    for (int cell = child_first(page, element); cell >= 0;
         cell = child_next(page, cell)) {
        const struct element *it = &page->elements[cell];
        struct run run = bar_run(build, cell);

        put_centered(build, run, it->icon, glyph(build, BAR_ICON),
                     scaled(build, BAR_ASIDE), false, it->label,
                     (struct rectangle){x, rect.y, width, pitch_of(build, run)},
                     COLOR_PRIMARY);
        put_fill(
            build, cell,
            (struct rectangle){x, rect.y + rect.height - BAR_RULE, width, BAR_RULE}, 0,
            run.bold ? COLOR_PRIMARY : COLOR_HAIRLINE);
        x += width + scaled(build, BAR_GAP);
    }
}

const struct part part_parts = {.height = parts_height, .put = parts_put};

/* --- a part of it -------------------------------------------------------------------
 */

#define TEXT_PAD 40
#define GAP_MAX 66       /* between what does not belong together; */
#define GAP_PLAIN_MAX 41 /* of paragraphs alone */
#define BULLET 14
#define BULLET_INDENT 36

bool
is_explanation(const struct page *page, int card)
{
    return page->elements[card].role == ROLE_CARD && page->elements[card].number > 0;
}

static bool
has_headings(const struct page *page, int card)
{
    for (int child = child_first(page, card); child >= 0;
         child = child_next(page, child)) {
        if (page->elements[child].role == ROLE_HEADING) {
            return true;
        }
    }
    return false;
}

/* What belongs to the child before it stands close below; `gap` goes between others. */
static int
gap_before(const struct build *build, enum role before, enum role role, int gap)
{
    if (role == ROLE_BULLET) {
        return scaled(build, before == ROLE_BULLET ? 8 : 12);
    }
    return before == ROLE_HEADING ? scaled(build, 10) : gap;
}

static int
put_bullet(struct build *build, int element, int x, int y, int width)
{
    struct run run = {.element = element, .type = TYPE_BODY, .color = COLOR_INK};
    int size = scaled(build, BULLET), indent = scaled(build, BULLET_INDENT);

    put_circle(build, element,
               (struct rectangle){x, y + (pitch_of(build, run) - size) / 2, size, size},
               COLOR_PRIMARY);
    return put_text(build, run, build->page->elements[element].label, x + indent, y,
                    width - indent);
}

/* One child, at the width of the words. Returns its height. */
static int
put_child(struct build *build, int child, int x, int y, int width)
{
    const struct element *it = &build->page->elements[child];
    struct run run = {.element = child, .type = TYPE_BODY, .color = COLOR_INK};

    if (it->role == ROLE_MESSAGE) {
        int height = part_message.height(build, child, width) + scaled(build, 4);

        part_message.put(build, child, (struct rectangle){x, y, width, height});
        return height;
    }
    if (it->role == ROLE_BULLET) {
        return put_bullet(build, child, x, y, width);
    }
    if (it->role == ROLE_HEADING) {
        run.type = TYPE_LABEL;
        run.bold = true;
    }
    return put_text(build, run, it->label, x, y, width);
}

/* Returns where the words end, with that gap. */
static int
put_words(struct build *build, int card, struct rectangle rect, int gap)
{
    const struct page *page = build->page;
    int pad = scaled(build, TEXT_PAD), y = rect.y;
    int before = -1;

    for (int child = child_first(page, card); child >= 0;
         child = child_next(page, child)) {
        if (before >= 0) {
            y += gap_before(build, page->elements[before].role,
                            page->elements[child].role, gap);
        }
        y += put_child(build, child, rect.x + pad, y, rect.width - 2 * pad);
        before = child;
    }
    return y;
}

static int
words_height(struct build *build, int card, int width, int gap)
{
    bool measuring = build->measuring;
    int height;

    build->measuring = true;
    height = put_words(build, card, (struct rectangle){0, 0, width, 0}, gap);
    build->measuring = measuring;
    return height;
}

static int
least_gap(const struct build *build)
{
    return build->metrics->low ? 8 : 20;
}

static int
least_pad(const struct build *build)
{
    return build->metrics->low ? 14 : 28;
}

int
explanation_height(struct build *build, int card, int width)
{
    return words_height(build, card, width, least_gap(build)) + 2 * least_pad(build);
}

void
put_explanation(struct build *build, int card, struct rectangle rect)
{
    int most = scaled(build, has_headings(build->page, card) ? GAP_MAX : GAP_PLAIN_MAX);
    int room = rect.height - 2 * least_pad(build);
    int gap = least_gap(build), left;

    while (gap < most && words_height(build, card, rect.width, gap + 1) <= room) {
        gap++; /* room that is left goes between first */
    }
    left = rect.height - words_height(build, card, rect.width, gap);
    put_fill(build, card, rect, scaled(build, 28), COLOR_CARD);
    rect.y += left > 2 * scaled(build, 36) ? scaled(build, 36) : left / 2;
    put_words(build, card, rect, gap);
}
