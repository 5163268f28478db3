#include "attract.h"

#include <assert.h>

#include "parts.h"
#include "stage.h"

/* Somebody is looking: what is hidden, one button back to it, and what happens without
 * a touch. The dock stays. */

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
    bool bare;  /* the title beside the mark, no street: words have all of the width */
    bool brief; /* what it means in one sentence less */
};

static const struct blank_grade blank_grades[] = {
    {TYPE_ATTRACT_TITLE, TYPE_LEAD, 200, 52, {TYPE_RETURN, 92}, false, false},
    {TYPE_TITLE, TYPE_BODY, 150, 40, {TYPE_RETURN, 92}, false, false},
    {TYPE_OVERLAY_TITLE, TYPE_BODY, 0, 24, {TYPE_BUTTON, 52}, false, false},
    {TYPE_BODY, TYPE_BODY, 0, 16, {TYPE_BUTTON, 52}, false, false},
    {TYPE_TITLE, TYPE_BODY, 0, 16, {TYPE_BUTTON, 52}, true, false},
    {TYPE_TITLE, TYPE_BODY, 0, 16, {TYPE_BUTTON, 52}, true, true},
};

#define BLANK_GRADES ((int)(sizeof(blank_grades) / sizeof(blank_grades[0])))

/* The bottom line of what is written, and its width. */
static struct rectangle
blank_line(const struct build *build, const struct blank_grade *grade)
{
    const struct metrics *metrics = build->metrics;
    struct rectangle area = above_dock(metrics);
    int x = metrics->attract.margin, width = area.width - 2 * x;
    int start = metrics->attract.start.width;

    return (struct rectangle){x, area.height - scaled(build, metrics->low ? 32 : 64),
                              grade->bare || width < start ? width : start, 0};
}

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

/* The title in the place of the names; returns where it ends. */
static int
put_blank_header(struct build *build, int title)
{
    const struct header_shape *header = &build->metrics->stage.header;
    const char *label = build->page->elements[title].label;
    struct rectangle mark = {header->x, header->y, header->logo, header->logo};
    struct run run = {
        .element = title, .type = TYPE_TITLE, .bold = true, .color = COLOR_ON_STAGE};
    int x = mark.x + mark.width + header->gap;
    int width = above_dock(build->metrics).width - header->x - x;
    int y, height;

    put_item(build, ITEM_LOGO, -1, mark);
    run = run_on_line(build, run, label, width);
    height = text_lines(build, run, label, width) * pitch_of(build, run);
    y = mark.y + (mark.height - height) / 2;
    y = y > 0 ? y : 0;
    put_text(build, run, label, x, y, width);
    return y + height;
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

    if (grade->bare) {
        int end = put_blank_header(build, title);

        y = end > y ? end : y;
        y += scaled(build, 12);
    } else {
        y += put_text(build, run, page->elements[title].label, x, y,
                      narrow < width ? narrow : width);
        y += scaled(build, large ? 29 : 12);
    }
    run = (struct run){.element = lead, .type = grade->lead, .color = COLOR_ON_STAGE_2};
    return y + put_text(build, run,
                        grade->brief && page->elements[lead].brief != NULL
                            ? page->elements[lead].brief
                            : page->elements[lead].label,
                        x, y, width - indent);
}

/* What is written stays off a street that stands beside it. */
static int
blank_words_width(const struct build *build, const struct blank_grade *grade, int width)
{
    const struct attract_shape *shape = &build->metrics->attract;
    int beside = shape->street_area.x - shape->margin - scaled(build, 16);

    return shape->street != STREET_ATTRACT && !grade->bare && beside < width ? beside
                                                                             : width;
}

/* Where there is little width, letters and dock leave no street to be seen. */
static bool
has_street(const struct build *build)
{
    return !build->metrics->tight;
}

/* The largest that has room; of what has none, the smallest. */
static const struct blank_grade *
grade_of(struct build *build)
{
    bool measuring = build->measuring;
    const struct blank_grade *grade = NULL;

    build->measuring = true;
    for (int i = build->metrics->low; i < BLANK_GRADES; i++) {
        struct rectangle line;
        int words;

        if (!blank_grades[i].bare && !has_street(build)) {
            continue;
        }
        grade = &blank_grades[i];
        line = blank_line(build, grade);
        line.y = put_blank_note(build, line);
        words = put_blank_words(build, grade, line.x,
                                blank_words_width(build, grade, line.width));
        if (words + scaled(build, 8) <= blank_start(build, grade, line).y) {
            break;
        }
    }
    build->measuring = measuring;
    return grade;
}

static void
put_blank_street(struct build *build, struct rectangle area)
{
    const struct attract_shape *shape = &build->metrics->attract;
    bool beside = shape->street != STREET_ATTRACT;
    struct item *street =
        put_item(build, ITEM_STREET, -1,
                 beside ? rectangle_intersection(shape->street_area, area) : area);

    street->number = beside ? STREET_BLANK_BESIDE : STREET_BLANK;
}

void
put_blank(struct build *build)
{
    const struct metrics *metrics = build->metrics;
    struct rectangle area = above_dock(metrics);
    int x = metrics->attract.margin, width = area.width - 2 * x;
    int disc = scaled(build, 360);
    const struct blank_grade *grade = grade_of(build);
    struct rectangle line = blank_line(build, grade), start;
    int words, top;

    put_fill(build, -1, area, 0, COLOR_STAGE);
    if (!grade->bare) {
        put_blank_street(build, area);
        put_header(build, &metrics->stage.header, x + width);
    }
    line.y = put_blank_note(build, line);
    start = blank_start(build, grade, line);
    put_start(build, index_of_role(build->page, ROLE_START), start, grade->look);
    words =
        put_blank_words(build, grade, x, blank_words_width(build, grade, line.width));
    top = start.y - scaled(build, 730);
    if (metrics->attract.street == STREET_ATTRACT && top >= words + scaled(build, 20)) {
        put_disc(build, -1, build->page->sign, x + width - scaled(build, 412), top,
                 disc, scaled(build, 200), COLOR_STAGE_2, COLOR_ACCENT);
    }
}
