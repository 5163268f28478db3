#include "parts.h"

/* --- buttons
 * -------------------------------------------------------------------------- */

/* While seconds are counted down there is one thing to find. */
static bool
is_big(const struct build *build, const struct element *button)
{
    return button->slot == SLOT_OVERLAY && (button->flags & ELEMENT_PRIMARY) != 0 &&
           has_countdown(build->page);
}

static int
button_pad(const struct build *build)
{
    return scaled(build, 24);
}

static struct run
button_run(const struct build *build, int element)
{
    const struct element *button = &build->page->elements[element];

    return (struct run){.element = element,
                        .type = is_big(build, button) ? TYPE_DAY : TYPE_BUTTON,
                        .bold = true,
                        .align = ALIGN_CENTER};
}

/* NULL where a word needs its room. */
static const char *
button_icon(struct build *build, int element, int width)
{
    const struct element *button = &build->page->elements[element];
    int aside = build->metrics->button_icon + scaled(build, 20);

    return button->label[0] == '\0' ||
                   icon_room(build, button_run(build, element), button->label, aside,
                             width - 2 * button_pad(build)) > 0
               ? button->icon
               : NULL;
}

static int
button_height(struct build *build, int element, int width)
{
    const struct element *button = &build->page->elements[element];
    int least = build->metrics->button_height;
    struct run run = button_run(build, element);
    int icon = button_icon(build, element, width) != NULL
                   ? build->metrics->button_icon + scaled(build, 20)
                   : 0;
    int text =
        text_lines(build, run, button->label, width - icon - 2 * button_pad(build)) *
            pitch_of(build, run) +
        scaled(build, 32);

    least = is_big(build, button) ? least * 12 / 10 : least;
    return text > least ? text : least;
}

static void
button_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *button = &build->page->elements[element];
    struct surface surface = surface_of(build, element);
    struct run run = button_run(build, element);
    const char *icon = button_icon(build, element, rect.width);

    run.bold = !surface.regular;
    run.color = surface.fill == COLOR_CARD && surface.text == COLOR_INK ? COLOR_PRIMARY
                                                                        : surface.text;
    put_control(build, element, &surface, rect, scaled(build, 28));
    rect.x += button_pad(build);
    rect.width -= 2 * button_pad(build);
    put_centered(build, run, icon, build->metrics->button_icon, scaled(build, 20),
                 (button->flags & ELEMENT_ICON_AFTER) != 0, button->label, rect,
                 run.color);
}

const struct part part_button = {.height = button_height, .put = button_put};

static int
paging_label(struct build *build, int element)
{
    struct run run = {.element = element, .type = TYPE_PLACE, .bold = true};

    return text_width(build, run, build->page->elements[element].label) +
           scaled(build, build->metrics->glyph_percent > 100 ? 36 : 56);
}

/* "1 van 3" and the one wide button to the rest; or with a smaller one before it. */
static struct run
paging_run(int element)
{
    return (struct run){element, TYPE_PLACE, true, COLOR_INK, ALIGN_CENTER, 0, 0};
}

static int
paging_button_width(struct build *build, int button)
{
    const struct element *it = &build->page->elements[button];
    struct run run = {.element = button, .type = TYPE_BUTTON, .bold = true};
    int width = build->metrics->button_icon +
                scaled(build, build->metrics->glyph_percent > 100 ? 56 : 76);

    if (it->label[0] != '\0') {
        width += text_width(build, run, it->label) + scaled(build, 20);
    }
    return width > build->metrics->touch_min ? width : build->metrics->touch_min;
}

/* What turns on, or the page's own action in its place: the wide one. */
static int
paging_last(const struct build *build, int element)
{
    int first = child_first(build->page, element);
    int last = child_next(build->page, first);

    return last >= 0 ? last : first;
}

/* What is left of the line for it, beside what else stands on it. */
static int
paging_room(struct build *build, int element, int width, bool over)
{
    int first = child_first(build->page, element);
    bool two = child_next(build->page, first) >= 0;
    int gap = two && !over ? 0 : build->metrics->gap;

    if (two) {
        width -= paging_button_width(build, first);
    }
    if (!over) {
        width -= paging_label(build, element);
    }
    return two || !over ? width - gap : width;
}

static int
paging_buttons_height(struct build *build, int element, int width, bool over)
{
    int first = child_first(build->page, element);
    int last = paging_last(build, element);
    int height = button_height(build, last, paging_room(build, element, width, over));
    int other = last != first
                    ? button_height(build, first, paging_button_width(build, first))
                    : 0;

    return height > other ? height : other;
}

static int
paging_over_height(struct build *build, int element)
{
    return pitch_of(build, paging_run(element)) + scaled(build, 8);
}

/* "1 van 3" goes over the buttons where a word has no room beside it, or where more
 * lines of words are higher than that. */
static bool
paging_is_over(struct build *build, int element, int width)
{
    int last = paging_last(build, element);
    int room = paging_room(build, element, width, false) - 2 * button_pad(build);

    return longest_word(build, button_run(build, last),
                        build->page->elements[last].label) > room ||
           paging_buttons_height(build, element, width, false) >
               paging_buttons_height(build, element, width, true) +
                   paging_over_height(build, element);
}

static int
paging_height(struct build *build, int element, int width)
{
    bool over = paging_is_over(build, element, width);

    return paging_buttons_height(build, element, width, over) +
           (over ? paging_over_height(build, element) : 0);
}

bool
part_paging_has_room(struct build *build, int element, int width)
{
    for (int button = child_first(build->page, element); button >= 0;
         button = child_next(build->page, button))
    {
        width -= paging_button_width(build, button);
    }
    return paging_label(build, element) <= width;
}

static void
paging_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *paging = &build->page->elements[element];
    struct run run = paging_run(element);
    bool over = paging_is_over(build, element, rect.width);
    int label = paging_label(build, element);
    int first = child_first(build->page, element);
    int last = paging_last(build, element);
    int room = paging_room(build, element, rect.width, over);
    int x = rect.x;

    if (over) {
        put_text(build, run, paging->label, rect.x, rect.y, rect.width);
        rect.y += paging_over_height(build, element);
        rect.height -= paging_over_height(build, element);
    }
    if (last != first) {
        int width = paging_button_width(build, first);

        button_put(build, first, (struct rectangle){x, rect.y, width, rect.height});
        x += width;
    }
    if (!over) {
        put_text(build, run, paging->label, x,
                 rect.y + (rect.height - pitch_of(build, run)) / 2, label);
    }
    x = rect.x + rect.width - room;
    button_put(build, last, (struct rectangle){x, rect.y, room, rect.height});
}

const struct part part_paging = {.height = paging_height, .put = paging_put};
