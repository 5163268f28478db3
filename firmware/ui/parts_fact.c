#include "parts.h"

/* What it costs, how long it takes: three cards beside each other. */

static struct run
fact_label(int element)
{
    return (struct run){element, TYPE_SMALL, false, COLOR_INK_2, ALIGN_START, 0, 0};
}

static struct run
fact_value(int element)
{
    return (struct run){element, TYPE_LABEL, true, COLOR_INK, ALIGN_START, 0, 0};
}

/* The letters stand under the icon, or beside it where there is little height, or
 * where the fact has a line for itself. */
static bool
fact_is_beside(const struct build *build, int width)
{
    return build->metrics->low ||
           (build->metrics->stands_apart && width * 2 > build->metrics->content.width);
}

static int
fact_room(const struct build *build, int width)
{
    return width - scaled(build, 40) -
           (fact_is_beside(build, width) ? glyph(build, 52) + 14 : 0);
}

/* Of the largest letters no three go beside each other: then each fact is a line. */
static bool
fact_is_line(struct build *build, int element, int width)
{
    const struct element *fact = &build->page->elements[element];

    return build->metrics->stands_apart && width * 2 > build->metrics->content.width &&
           text_width(build, fact_label(element), fact->label) +
                   text_width(build, fact_value(element), fact->value) +
                   scaled(build, 36) <=
               fact_room(build, width);
}

static bool
fact_card_has_room(struct build *build, int element, int width)
{
    const struct element *fact = &build->page->elements[element];
    int room = fact_room(build, width);

    return longest_word(build, fact_label(element), fact->label) <= room &&
           longest_word(build, fact_value(element), fact->value) <= room;
}

static int
fact_card_height(struct build *build, int element, int width)
{
    const struct element *fact = &build->page->elements[element];
    struct run label = fact_label(element), value = fact_value(element);
    int room = fact_room(build, width);
    int text = text_lines(build, label, fact->label, room) * pitch_of(build, label) +
               text_lines(build, value, fact->value, room) * pitch_of(build, value);

    if (fact_is_line(build, element, width)) {
        text = pitch_of(build, value);
    }
    return text + (fact_is_beside(build, width) ? 28 : scaled(build, 123));
}

static void
put_fact_line(struct build *build, int element, struct rectangle rect)
{
    const struct element *fact = &build->page->elements[element];
    struct run label = fact_label(element), value = fact_value(element);
    int x = rect.x + scaled(build, 28), end = rect.x + rect.width - scaled(build, 28);
    int icon_px = glyph(build, 52);
    int y = rect.y + (rect.height - pitch_of(build, value)) / 2;

    put_icon(build, element, fact->icon, x, rect.y + (rect.height - icon_px) / 2,
             icon_px, COLOR_PRIMARY);
    x += icon_px + 14;
    value.align = ALIGN_END;
    put_text(build, label, fact->label, x, y, end - x);
    put_text(build, value, fact->value, x, y, end - x);
}

static void
fact_card_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *fact = &build->page->elements[element];
    struct run label = fact_label(element), value = fact_value(element);
    int x = rect.x + scaled(build, 28);
    int y = rect.y + scaled(build, 28);
    int width = fact_room(build, rect.width);
    int icon_px = glyph(build, 52);

    put_fill(build, element, rect, scaled(build, 28), COLOR_CARD);
    if (fact_is_line(build, element, rect.width)) {
        put_fact_line(build, element, rect);
        return;
    }
    if (fact_is_beside(build, rect.width)) {
        y = rect.y + 14;
        put_icon(build, element, fact->icon, x, rect.y + (rect.height - icon_px) / 2,
                 icon_px, COLOR_PRIMARY);
        x += icon_px + 14;
    } else {
        put_icon(build, element, fact->icon, x, y, icon_px, COLOR_PRIMARY);
        y += scaled(build, 66);
    }
    y += put_text(build, label, fact->label, x, y, width) + scaled(build, 5);
    put_text(build, value, fact->value, x, y, width);
}

const struct part part_fact_card = {
    .height = fact_card_height,
    .put = fact_card_put,
    .columns = 3,
    .has_room = fact_card_has_room,
    .column_gap = 20,
};
