#include "attract.h"

#include "parts.h"
#include "stage.h"

#define START_PAD 32 /* as drawn: the round ends leave the corners of two lines */

void
put_start(struct build *build, int element, struct rectangle rect,
          struct start_look look)
{
    const struct element *start = &build->page->elements[element];
    struct surface surface = {.fill = is_pressed(build, element) ? COLOR_CARD
                                                                 : COLOR_ACCENT};
    struct run run = {.element = element,
                      .type = look.type,
                      .bold = true,
                      .color = COLOR_ON_ACCENT,
                      .align = ALIGN_CENTER};
    int icon_px = scaled(build, look.icon_px), gap = scaled(build, 28);
    bool one_line = text_width(build, run, start->label) <= rect.width - icon_px - gap;
    int pad = one_line ? 0 : scaled(build, START_PAD);

    put_control(build, element, &surface, rect, rect.height / 2);
    rect.x += pad;
    rect.width -= 2 * pad;
    put_centered(build, run, start->icon, icon_px, gap, false, start->label, rect,
                 COLOR_ON_ACCENT);
}

#define NAMES_APART 20 /* as drawn, at least */

static struct run
language_run(int element)
{
    return (struct run){.element = element, .type = TYPE_BODY, .color = COLOR_ON_STAGE};
}

/* How many names, and the width that they take on one line. */
struct names {
    int count, width;
};

static struct names
names_of(struct build *build, int element)
{
    const struct page *page = build->page;
    struct names names = {0};

    for (int i = child_first(page, element); i >= 0; i = child_next(page, i)) {
        names.width += text_width(build, language_run(i), page->elements[i].label);
        names.count++;
    }
    return names;
}

/* Of one above another, the wider. */
static int
column_width(struct build *build, int element, int columns, int column)
{
    const struct page *page = build->page;
    int at = 0, widest = 0;

    for (int i = child_first(page, element); i >= 0; i = child_next(page, i)) {
        int width = text_width(build, language_run(i), page->elements[i].label);

        widest = at++ % columns == column && width > widest ? width : widest;
    }
    return widest;
}

/* Columns as wide as their names, the room that is left between them. */
static int
column_x(struct build *build, int element, int columns, int column,
         struct rectangle rect)
{
    int left = rect.width, x = rect.x;

    for (int i = 0; i < columns; i++) {
        left -= column_width(build, element, columns, i);
    }
    for (int i = 0; i < column; i++) {
        x += column_width(build, element, columns, i) + left / (columns - 1);
    }
    return x;
}

/* In columns on as few lines as have room for them. */
static int
columns_of(struct build *build, int element, int count, int width)
{
    int columns = (count + 1) / 2;

    while (columns > 1) {
        int needs = (columns - 1) * scaled(build, NAMES_APART);

        for (int i = 0; i < columns; i++) {
            needs += column_width(build, element, columns, i);
        }
        if (needs <= width) {
            break;
        }
        columns--;
    }
    return columns;
}

/* The names of the languages: spread over the width, or in columns. Returns where they
 * end. */
static int
put_language_names(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    struct names names = names_of(build, element);
    int gaps = names.count - 1;
    bool one_line = names.width + gaps * scaled(build, NAMES_APART) <= rect.width;
    int columns =
        one_line ? names.count : columns_of(build, element, names.count, rect.width);
    int pitch = pitch_of(build, language_run(element));
    int between = 0, at = 0, x = rect.x;

    if (gaps > 0) { /* few: together at the start */
        between = gaps < 3 ? scaled(build, 48) : (rect.width - names.width) / gaps;
    }
    for (int i = child_first(page, element); i >= 0; i = child_next(page, i)) {
        int width = text_width(build, language_run(i), page->elements[i].label);

        if (!one_line) {
            x = column_x(build, element, columns, at % columns, rect);
        }
        put_text(build, language_run(i), page->elements[i].label, x,
                 rect.y + at / columns * pitch, width + 1);
        x += width + between;
        at++;
    }
    return rect.y + (columns > 0 ? (at + columns - 1) / columns : 1) * pitch;
}

/* What is written stays off a street that stands beside it. */
static int
words_width(const struct metrics *metrics)
{
    const struct attract_shape *shape = &metrics->attract;
    bool over = shape->street_area.y + shape->street_area.height <= shape->names;
    int end = shape->street == STREET_ATTRACT || over ? metrics->width - shape->margin
                                                      : shape->street_area.x;

    return end - shape->margin;
}

#define PROMISE_INDENT 56 /* as drawn: its icon, and the gap behind it */

static struct run
promise_run(int element)
{
    return (struct run){element,     TYPE_SMALL, false, COLOR_ON_STAGE_2,
                        ALIGN_START, 0,          0};
}

/* Of the line at the bottom of the page, 0 for none. */
static int
promise_height(struct build *build)
{
    const struct page *page = build->page;
    int width = words_width(build->metrics) - scaled(build, PROMISE_INDENT);

    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].role == ROLE_NOTE) {
            return text_lines(build, promise_run(i), page->elements[i].label, width) *
                   pitch_of(build, promise_run(i));
        }
    }
    return 0;
}

/* How much higher the names stand, and what is over them, so that they and the promise
 * below them stay on the screen. */
static int
lift_of(struct build *build)
{
    const struct metrics *metrics = build->metrics;
    const struct page *page = build->page;
    struct rectangle area = {0, metrics->attract.names, words_width(metrics), 0};
    bool measuring = build->measuring;
    int over = 0;

    build->measuring = true;
    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].role == ROLE_LANGUAGES) {
            over = put_language_names(build, i, area) + promise_height(build) + 8 -
                   metrics->height;
        }
    }
    build->measuring = measuring;
    return over > 0 ? over : 0;
}

/* --- what can be done here ----------------------------------------------------------
 */

#define LEAD_GAP 29  /* as drawn, under the title */
#define START_GAP 16 /* over the button */

static int
index_of_role(const struct page *page, enum role role)
{
    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].role == role) {
            return i;
        }
    }
    return -1;
}

static struct run
title_run(int element)
{
    return (struct run){.element = element,
                        .type = TYPE_ATTRACT_TITLE,
                        .bold = true,
                        .color = COLOR_ON_STAGE};
}

static struct run
lead_run(int element)
{
    return (struct run){
        .element = element, .type = TYPE_LEAD, .color = COLOR_ON_STAGE_2};
}

/* Where what can be done here begins, below the title. */
static int
lead_top(struct build *build)
{
    const struct attract_shape *shape = &build->metrics->attract;
    int title = index_of_role(build->page, ROLE_TITLE);

    return shape->title + scaled(build, LEAD_GAP) +
           text_lines(build, title_run(title), build->page->elements[title].label,
                      shape->title_width) *
               pitch_of(build, title_run(title));
}

static bool
lead_has_room(struct build *build, int lead, int width)
{
    const char *label = build->page->elements[lead].label;
    int start = build->metrics->attract.start.y - lift_of(build);
    int sky = build->metrics->attract.sky;

    start = sky > 0 && sky < start ? sky : start;
    return lead_top(build) +
               text_lines(build, lead_run(lead), label, width) *
                   pitch_of(build, lead_run(lead)) +
               scaled(build, START_GAP) <=
           start;
}

/* In the sky over the street too, where it needs that. */
static int
lead_width(struct build *build, int lead)
{
    const struct attract_shape *shape = &build->metrics->attract;

    return lead_has_room(build, lead, shape->lead_width)
               ? shape->lead_width
               : build->metrics->width * 3 / 4;
}

void
attract_fit(struct build *build, struct page *page)
{
    bool keep[PAGE_ELEMENTS_MAX];
    int lead = index_of_role(page, ROLE_SUBTITLE);
    int fact = index_of_role(page, ROLE_STAGE_FACT);
    bool instead = fact >= 0 && build->metrics->attract.fact == 0;

    for (int i = 0; i < (int)page->count; i++) {
        keep[i] = (i != lead || lead_has_room(build, i, lead_width(build, i))) &&
                  (page->elements[i].role != ROLE_NOTE || !instead);
    }
    if (instead) { /* a promise of a kiosk that is to be mended can wait */
        page->elements[fact].role = ROLE_NOTE;
    }
    page_keep(page, keep);
}

void
put_attract(struct build *build)
{
    const struct metrics *metrics = build->metrics;
    const struct attract_shape *shape = &metrics->attract;
    const struct header_shape *header = &metrics->stage.header;
    const struct page *page = build->page;
    struct rectangle all = {0, 0, metrics->width, metrics->height};
    int x = shape->margin;
    int width = metrics->width - 2 * x;
    int names = 0, lift = lift_of(build);
    struct rectangle start = shape->start;
    struct item *street;

    start.y -= lift;
    put_fill(build, -1, all, 0, COLOR_STAGE);
    street = put_item(build, ITEM_STREET, -1, shape->street_area);
    street->number = (int)shape->street;
    street->length = (size_t)build->options->lit;
    put_header(build, header, x + width);
    for (int i = 0; i < (int)page->count; i++) {
        const struct element *it = &page->elements[i];

        if (it->role == ROLE_TITLE) {
            put_text(build, title_run(i), it->label, x, shape->title,
                     shape->title_width);
        } else if (it->role == ROLE_SUBTITLE) {
            put_text(build, lead_run(i), it->label, x, lead_top(build),
                     lead_width(build, i));
        } else if (it->role == ROLE_START) {
            put_start(build, i, start, (struct start_look){TYPE_START, 84});
        } else if (it->role == ROLE_LANGUAGES) {
            names = put_language_names(
                build, i,
                (struct rectangle){x, shape->names - lift, words_width(metrics), 0});
        } else if (it->role == ROLE_STAGE_FACT) {
            int px = scaled(build, 40), top = shape->fact - lift;
            struct run run = {
                .element = i, .type = TYPE_SMALL, .color = COLOR_ON_STAGE};

            put_icon(build, i, it->icon, x, top + (pitch_of(build, run) - px) / 2, px,
                     COLOR_ACCENT);
            put_text(build, run, it->label, x + px + scaled(build, 16), top,
                     shape->lead_width);
        } else if (it->role == ROLE_NOTE) {
            int height = promise_height(build);
            int top = names > shape->note ? names : shape->note;

            top =
                top < metrics->height - 8 - height ? top : metrics->height - 8 - height;
            put_centered(build, promise_run(i), it->icon, scaled(build, 40),
                         scaled(build, 16), false, it->label,
                         (struct rectangle){x, top, words_width(metrics), height},
                         COLOR_ON_STAGE_2);
        }
    }
}
