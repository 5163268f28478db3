#include "attract.h"

#include <assert.h>

#include "parts.h"
#include "stage.h"

struct start_look {
    enum type type;
    int icon_px; /* as drawn */
};

static void
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

    put_control(build, element, &surface, rect, rect.height / 2);
    put_centered(build, run, start->icon, scaled(build, look.icon_px),
                 scaled(build, 28), false, start->label, rect, COLOR_ON_ACCENT);
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

/* The names of the languages: spread over the width, or in columns on two lines.
 * Returns where they end. */
static int
put_language_names(struct build *build, int element, struct rectangle rect)
{
    const struct page *page = build->page;
    struct names names = names_of(build, element);
    int gaps = names.count - 1;
    bool one_line = names.width + gaps * scaled(build, NAMES_APART) <= rect.width;
    int columns = one_line ? names.count : (names.count + 1) / 2;
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
    return rect.y + (one_line ? 1 : 2) * pitch;
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
    int y = shape->title, names = 0, lift = lift_of(build);
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
        struct run run = {i, TYPE_ATTRACT_TITLE, true, COLOR_ON_STAGE, ALIGN_START, 0,
                          0};

        if (it->role == ROLE_TITLE) {
            y += put_text(build, run, it->label, x, y, shape->title_width) +
                 scaled(build, 29);
        } else if (it->role == ROLE_SUBTITLE) {
            run.type = TYPE_LEAD;
            run.bold = false;
            run.color = COLOR_ON_STAGE_2;
            put_text(build, run, it->label, x, y, shape->lead_width);
        } else if (it->role == ROLE_START) {
            put_start(build, i, start, (struct start_look){TYPE_START, 84});
        } else if (it->role == ROLE_LANGUAGES) {
            names = put_language_names(
                build, i,
                (struct rectangle){x, shape->names - lift, words_width(metrics), 0});
        } else if (it->role == ROLE_STAGE_FACT) {
            int px = scaled(build, 40), top = shape->fact - lift;

            run.type = TYPE_SMALL;
            run.bold = false;
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

/* --- somebody is looking ------------------------------------------------------------
 */

/* The glass without the dock. */
static struct rectangle
above_dock(const struct metrics *metrics)
{
    struct rectangle dock = metrics->dock.area;

    return metrics->dock.at_end ? (struct rectangle){0, 0, dock.x, metrics->height}
                                : (struct rectangle){0, 0, metrics->width, dock.y};
}

static int
index_of_role(const struct page *page, enum role role)
{
    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].role == role && page->elements[i].slot != SLOT_OVERLAY) {
            return i;
        }
    }
    assert(false && "a blank page has it");
    return -1;
}

/* What happens without a touch, against the bottom; returns where it begins. */
static int
put_blank_note(struct build *build, struct rectangle line)
{
    int element = index_of_role(build->page, ROLE_NOTE);
    const struct element *note = &build->page->elements[element];
    struct run run = {.element = element, .type = TYPE_BODY, .color = COLOR_ON_STAGE_2};
    int icon = scaled(build, 42), gap = scaled(build, 16);

    line.height = text_lines(build, run, note->label, line.width - icon - gap) *
                  pitch_of(build, run);
    line.y -= line.height;
    put_centered(build, run, note->icon, icon, gap, false, note->label, line,
                 COLOR_ON_STAGE_2);
    return line.y;
}

/* How large its words and its button are; less where there is less room. */
struct blank_grade {
    enum type title, lead;
    int start, gap; /* as drawn */
    struct start_look look;
};

static const struct blank_grade blank_grades[] = {
    {TYPE_ATTRACT_TITLE, TYPE_LEAD, 200, 52, {TYPE_RETURN, 92}},
    {TYPE_TITLE, TYPE_BODY, 150, 40, {TYPE_RETURN, 92}},
    {TYPE_OVERLAY_TITLE, TYPE_BODY, 0, 24, {TYPE_BUTTON, 52}},
    {TYPE_BODY, TYPE_BODY, 0, 16, {TYPE_BUTTON, 52}},
};

#define BLANK_GRADES ((int)(sizeof(blank_grades) / sizeof(blank_grades[0])))

/* Where the button stands, over the line of the note. */
static struct rectangle
blank_start(const struct build *build, const struct blank_grade *grade,
            struct rectangle line)
{
    int height = scaled(build, grade->start);

    line.height =
        height > build->metrics->touch_min ? height : build->metrics->touch_min;
    line.y -= scaled(build, grade->gap) + line.height;
    return line;
}

/* Title, and what it means; returns where they end. */
static int
put_blank_words(struct build *build, const struct blank_grade *grade, int x, int width)
{
    const struct attract_shape *shape = &build->metrics->attract;
    const struct page *page = build->page;
    int title = index_of_role(page, ROLE_TITLE);
    int lead = index_of_role(page, ROLE_SUBTITLE);
    bool large = grade->title == TYPE_ATTRACT_TITLE;
    int narrow = large ? shape->title_width * 4 / 5 : width;
    int indent = large ? scaled(build, 100) : 0;
    struct run run = {
        .element = title, .type = grade->title, .bold = true, .color = COLOR_ON_STAGE};
    int y = shape->title;

    y += put_text(build, run, page->elements[title].label, x, y,
                  narrow < width ? narrow : width);
    y += scaled(build, large ? 29 : 12);
    run = (struct run){.element = lead, .type = grade->lead, .color = COLOR_ON_STAGE_2};
    return y + put_text(build, run, page->elements[lead].label, x, y, width - indent);
}

/* The largest that has room; of what has none, the smallest. */
static const struct blank_grade *
grade_of(struct build *build, struct rectangle line)
{
    bool measuring = build->measuring;
    int grade;

    build->measuring = true;
    for (grade = build->metrics->low; grade < BLANK_GRADES - 1; grade++) {
        const struct blank_grade *it = &blank_grades[grade];

        if (put_blank_words(build, it, line.x, line.width) + scaled(build, 8) <=
            blank_start(build, it, line).y)
        {
            break;
        }
    }
    build->measuring = measuring;
    return &blank_grades[grade];
}

void
put_blank(struct build *build)
{
    const struct metrics *metrics = build->metrics;
    const struct attract_shape *shape = &metrics->attract;
    struct rectangle area = above_dock(metrics);
    bool beside = shape->street != STREET_ATTRACT;
    int x = shape->margin, width = area.width - 2 * x;
    int own = width < shape->start.width ? width : shape->start.width;
    int disc = scaled(build, 360);
    struct rectangle line = {x, area.height - scaled(build, metrics->low ? 32 : 64),
                             own, 0};
    const struct blank_grade *grade;
    struct rectangle start;
    struct item *street;
    int words, top;

    put_fill(build, -1, area, 0, COLOR_STAGE);
    street = put_item(build, ITEM_STREET, -1,
                      beside ? rectangle_intersection(shape->street_area, area) : area);
    street->number = beside ? STREET_BLANK_BESIDE : STREET_BLANK;
    put_header(build, &metrics->stage.header, x + width);
    line.y = put_blank_note(build, line);
    grade = grade_of(build, line);
    start = blank_start(build, grade, line);
    put_start(build, index_of_role(build->page, ROLE_START), start, grade->look);
    words = put_blank_words(build, grade, x, own);
    top = start.y - scaled(build, 730);
    if (!beside && top >= words + scaled(build, 20)) {
        put_disc(build, -1, build->page->sign, x + width - scaled(build, 412), top,
                 disc, scaled(build, 200), COLOR_STAGE_2, COLOR_ACCENT);
    }
}
