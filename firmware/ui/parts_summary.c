#include "parts.h"

/* The button that goes back to change a line of a summary: its label beside the icon,
 * or below where letters are large. */
struct change_shape {
    int width, height, icon;
};

static struct change_shape
change_shape(struct build *build, int change)
{
    const struct metrics *metrics = build->metrics;
    enum type type = metrics->stands_apart ? TYPE_SMALL : TYPE_NOTE;
    struct run run = {.element = change, .type = type, .bold = true};
    int label = text_width(build, run, build->page->elements[change].label);
    struct change_shape shape = {.icon = glyph(build, 38)};

    if (metrics->stands_apart) {
        shape.width = label + scaled(build, 60);
        shape.height = shape.icon + pitch_of(build, run) + scaled(build, 44);
    } else {
        shape.width = label + shape.icon + scaled(build, 66);
        shape.height = scaled(build, 88);
    }
    if (shape.height < metrics->touch_min) {
        shape.height = metrics->touch_min;
    }
    if (shape.width < metrics->touch_min) {
        shape.width = metrics->touch_min;
    }
    return shape;
}

static void
put_change(struct build *build, int change, struct rectangle box)
{
    const struct metrics *metrics = build->metrics;
    struct surface surface = surface_of(build, change);
    struct change_shape shape = change_shape(build, change);
    const struct element *it = &build->page->elements[change];
    struct run run = {.element = change,
                      .type = metrics->stands_apart ? TYPE_SMALL : TYPE_NOTE,
                      .bold = true,
                      .color =
                          surface.fill == COLOR_CARD ? COLOR_PRIMARY : surface.text};

    put_control(build, change, &surface, box, scaled(build, 20));
    if (metrics->stands_apart) {
        int y = box.y + (box.height - shape.icon - pitch_of(build, run)) / 2;

        run.align = ALIGN_CENTER;
        put_icon(build, change, it->icon, box.x + (box.width - shape.icon) / 2, y,
                 shape.icon, run.color);
        put_text(build, run, it->label, box.x, y + shape.icon, box.width);
    } else {
        put_centered(build, run, it->icon, shape.icon, scaled(build, 10), false,
                     it->label, box, run.color);
    }
}

#define SUMMARY_PAD 40 /* over and under its words, together */

/* What stands at the end of a line of a summary. */
static int
aside_width(const struct build *build)
{
    return scaled(build, build->metrics->low ? 340 : 260);
}

static struct run
aside_run(int element)
{
    return (struct run){.element = element,
                        .type = TYPE_NOTE,
                        .color = COLOR_INK_2,
                        .align = ALIGN_END};
}

/* What is higher there than label and value, or has a word that is too wide, stands
 * under them instead. */
static bool
aside_goes_under(struct build *build, int element)
{
    const struct type_size *types = build->metrics->types;
    const char *detail = build->page->elements[element].detail;
    int width = aside_width(build);
    int lines = text_lines(build, aside_run(element), detail, width);
    int height = lines * types[TYPE_NOTE].pitch -
                 (types[TYPE_NOTE].pitch - types[TYPE_NOTE].px) / 2;

    return longest_word(build, aside_run(element), detail) > width ||
           height > types[TYPE_SMALL].pitch + types[TYPE_MIDDLE].pitch +
                        scaled(build, SUMMARY_PAD);
}

static int
aside_height(struct build *build, int element)
{
    return text_lines(build, aside_run(element), build->page->elements[element].detail,
                      aside_width(build)) *
           pitch_of(build, aside_run(element));
}

static void
put_aside(struct build *build, int element, struct rectangle rect)
{
    put_text(build, aside_run(element), build->page->elements[element].detail, rect.x,
             rect.y + (rect.height - aside_height(build, element)) / 2, rect.width);
}

/* "What – when – where", with the button that goes back to change it. */
static int
put_summary(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    const struct element *summary = &page->elements[element];
    bool apart = build->metrics->stands_apart;
    struct run label = {.element = element, .type = TYPE_SMALL, .color = COLOR_INK_2};
    struct run value = {.element = element,
                        .type = TYPE_MIDDLE,
                        .bold = true,
                        .color = COLOR_INK,
                        .pitch = build->metrics->types[TYPE_MIDDLE].pitch - 2 * !apart};
    struct run note = {.element = element, .type = TYPE_NOTE, .color = COLOR_INK_2};
    int change = child_first(page, element);
    int end = rect.x + rect.width - scaled(build, 28);
    int icon_px = glyph(build, 52);
    int x = rect.x + scaled(build, 58) + icon_px;
    struct change_shape button =
        change >= 0 ? change_shape(build, change) : (struct change_shape){0};
    bool aside = change < 0 && summary->detail[0] != '\0';
    bool under = aside && aside_goes_under(build, element);
    int room = end - x -
               (change >= 0       ? button.width + scaled(build, 26)
                : aside && !under ? aside_width(build) + scaled(build, 12)
                                  : 0);
    bool below = change >= 0 && longest_word(build, value, summary->value) > room;
    int between = scaled(build, 24);
    int over = scaled(build, !apart ? 16 : build->metrics->low ? 24 : 98);
    int height, tall, y;

    room = below ? end - x : room;
    height =
        text_lines(build, label, summary->label, room) * pitch_of(build, label) +
        text_lines(build, value, summary->value, room) * pitch_of(build, value) +
        (under ? text_lines(build, note, summary->detail, room) * pitch_of(build, note)
               : 0) +
        (below ? between + button.height : 0);
    tall = height + scaled(build, SUMMARY_PAD);
    tall = tall > button.height + over ? tall : button.height + over;
    if (aside && !under && tall < aside_height(build, element)) {
        tall = aside_height(build, element);
    }
    y = rect.y + (tall - height) / 2;
    put_icon(build, element, summary->icon, rect.x + scaled(build, 32),
             rect.y + (tall - icon_px) / 2, icon_px, COLOR_PRIMARY);
    y += put_text(build, label, summary->label, x, y, room);
    y += put_text(build, value, summary->value, x, y, room);
    if (below) {
        put_change(build, change,
                   (struct rectangle){x, y + between, button.width, button.height});
    } else if (change >= 0) {
        put_change(build, change,
                   (struct rectangle){end - button.width,
                                      rect.y + (tall - button.height) / 2, button.width,
                                      button.height});
    } else if (under) {
        put_text(build, note, summary->detail, x, y, room);
    } else if (aside) {
        put_aside(build, element,
                  (struct rectangle){end - aside_width(build), rect.y,
                                     aside_width(build), tall});
    }
    return tall;
}

int
put_summary_line(struct build *build, int element, struct rectangle rect, bool first)
{
    int card = build->page->elements[element].parent;
    bool measuring = build->measuring;
    int before = first ? 0 : build->metrics->stands_apart ? build->metrics->gap : 2;

    rect.y += before;
    if (build->metrics->stands_apart) {
        build->measuring = true;
        rect.height = put_summary(build, element, rect);
        build->measuring = measuring;
        put_fill(build, card, rect, scaled(build, 28), COLOR_CARD);
    } else if (!first) {
        put_fill(build, card, (struct rectangle){rect.x, rect.y - 2, rect.width, 2}, 0,
                 COLOR_HAIRLINE);
    }
    return before + put_summary(build, element, rect);
}
