#include "stage.h"

#include <string.h>

#include "parts.h"

/*
 * A stage of a few lines over the sheet, where height is dear. Low: the mark, the title
 * and at the end what stands under it elsewhere. Less low: two lines of who and where
 * beside the mark, the progress at their end, and the title below. What has no room
 * goes to the sheet.
 */

#define APART 20        /* px between a title and what stands at its end */
#define BARS_PERCENT 29 /* of the width */

static bool
has_lines(const struct build *build)
{
    return stage_shape(build)->title > 0;
}

static struct run
aside_run(const struct build *build, int element)
{
    bool bold = has_lines(build);

    return (struct run){.element = element,
                        .type = has_lines(build) ? TYPE_HEADER : TYPE_SUBTITLE,
                        .bold = bold,
                        .color = bold ? COLOR_ON_STAGE : COLOR_ON_STAGE_2};
}

static int
title_of(const struct page *page)
{
    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].slot == SLOT_STAGE &&
            page->elements[i].role == ROLE_TITLE) {
            return i;
        }
    }
    return -1;
}

/* Where the lines beside the mark begin and how wide they may be. */
static int
lines_x(const struct build *build)
{
    const struct header_shape *header = &stage_shape(build)->header;

    return header->x + header->logo + header->gap;
}

static int
lines_width(const struct build *build)
{
    const struct stage_shape *shape = stage_shape(build);
    int width = shape->area.width - shape->margin - lines_x(build);

    if (has_lines(build) && build->page->step_count > 0) {
        width -= shape->area.width * BARS_PERCENT / 100 + APART;
    }
    return width;
}

static struct rectangle
title_area(const struct build *build)
{
    const struct stage_shape *shape = stage_shape(build);

    if (has_lines(build)) {
        return (struct rectangle){shape->margin, shape->title, shape->title_width,
                                  shape->area.height - shape->title - 4};
    }
    return (struct rectangle){lines_x(build), 2, lines_width(build),
                              shape->area.height - 4};
}

static struct run
header_title_run(struct build *build, int title, int width)
{
    struct run run = {.element = title,
                      .type = build->page->shape == PAGE_HOME ? TYPE_HOME_TITLE
                                                              : TYPE_TITLE,
                      .bold = true,
                      .color = COLOR_ON_STAGE};

    return stage_run_within(build, run, build->page->elements[title].label, width,
                            title_area(build).height);
}

static void
lower_by(struct rectangle *area, int more)
{
    area->y += more;
    area->height -= more;
}

void
stage_header_make_room(struct build *build, struct metrics *metrics)
{
    enum page_shape shape = build->page->shape;
    bool home = shape == PAGE_HOME;
    struct rectangle area = title_area(build);
    int title = title_of(build->page);
    struct run run;
    int more;

    if (metrics->stage_place != STAGE_HEADER || title < 0 || shape == PAGE_ATTRACT ||
        shape == PAGE_BLANK)
    {
        return;
    }
    run = header_title_run(build, title, area.width);
    more = text_lines(build, run, build->page->elements[title].label, area.width) *
               pitch_of(build, run) -
           area.height;
    if (more > 0) {
        (home ? &metrics->home_stage : &metrics->stage)->area.height += more;
        lower_by(home ? &metrics->home_sheet : &metrics->sheet, more);
        lower_by(home ? &metrics->home_content : &metrics->content, more);
    }
}

/* A thing of the page that stands on the header beside what it says in its title. */
static bool
is_aside(const struct build *build, const struct element *it)
{
    if (it->role == ROLE_MONTH) {
        return month_is_on_stage(build);
    }
    return it->slot == SLOT_STAGE &&
           (it->role == ROLE_SUBTITLE || it->role == ROLE_STAGE_FACT);
}

static int
aside_width(struct build *build, int element)
{
    struct run run = aside_run(build, element);

    return text_width(build, run, build->page->elements[element].label);
}

/* What the title needs on one line, at its own size. */
static int
title_width(struct build *build)
{
    int title = title_of(build->page);
    struct run run = {.type = build->page->shape == PAGE_HOME ? TYPE_HOME_TITLE
                                                              : TYPE_TITLE,
                      .bold = true};

    return title < 0 ? 0 : text_width(build, run, build->page->elements[title].label);
}

/* The month comes first. In the line of the button there is none for it: it goes to the
 * sheet when the stage has no room either. Returns what it takes. */
static int
plan_month(struct build *build, int room, int comma)
{
    for (int i = 0; i < (int)build->page->count; i++) {
        if (is_aside(build, &build->page->elements[i]) &&
            build->page->elements[i].role == ROLE_MONTH)
        {
            int width = aside_width(build, i);

            if (width > room && build->metrics->month_steps == MONTH_STEPS_FOOT) {
                build->off_stage[i] = true;
                return 0;
            }
            return width + comma;
        }
    }
    return 0;
}

#define STREET_PERCENT 74 /* of the title's line is before the first house */

bool
stage_title_meets_street(struct build *build)
{
    return title_width(build) > stage_shape(build)->title_width * STREET_PERCENT / 100;
}

/* The rest goes to the sheet. */
void
stage_header_plan(struct build *build)
{
    const struct page *page = build->page;
    int room = has_lines(build) ? lines_width(build)
                                : lines_width(build) - title_width(build) - APART;
    int end = has_lines(build)
                  ? stage_shape(build)->title_width - title_width(build) - APART
                  : 0;
    struct run run = aside_run(build, -1);
    int comma = text_width(build, run, ", ");

    room -= plan_month(build, room, comma);
    for (int i = 0; i < (int)page->count; i++) {
        const struct element *it = &page->elements[i];
        int width;

        if (!is_aside(build, it) || it->role == ROLE_MONTH) {
            continue;
        }
        width = aside_width(build, i);
        if (width <= room) {
            room -= width + comma;
        } else if (it->role == ROLE_STAGE_FACT &&
                   width + build->metrics->types[TYPE_HEADER].px * 3 / 2 <= end)
        {
            end = 0;
            build->at_title_end = i;
        } else if (it->slot == SLOT_STAGE) {
            build->off_stage[i] = true;
        }
    }
}

#define ASIDES_MAX 6

static int
asides_held(const struct build *build, int asides[ASIDES_MAX])
{
    const struct page *page = build->page;
    int count = 0;

    for (int i = 0; i < (int)page->count && count < ASIDES_MAX; i++) {
        if (is_aside(build, &page->elements[i]) && !build->off_stage[i] &&
            build->at_title_end != i)
        {
            asides[count++] = i;
        }
    }
    return count;
}

/* One after the other on one line, against its start or its end. */
static void
put_asides(struct build *build, int x, int y, int width, bool at_end)
{
    struct run comma = aside_run(build, -1);
    int apart = text_width(build, comma, ", ");
    int asides[ASIDES_MAX];
    int count = asides_held(build, asides);
    int total = 0;

    for (int i = 0; i < count; i++) {
        total += aside_width(build, asides[i]) + (i > 0 ? apart : 0);
    }
    x += at_end ? width - total : 0;
    for (int i = 0; i < count; i++) {
        struct run run = aside_run(build, asides[i]);
        int own = aside_width(build, asides[i]);

        run.bold |= i == count - 1 && count > 1;
        put_text(build, run, build->page->elements[asides[i]].label, x, y,
                 scaled(build, 8) + own * 11 / 10);
        if (i < count - 1) {
            put_text(build, comma, ",", x + own, y, apart);
        }
        x += own + apart;
    }
}

/* Two lines: at home whose counter this is and where, later the step and what of. */
static void
put_lines(struct build *build)
{
    const struct page *page = build->page;
    const struct stage_shape *shape = stage_shape(build);
    int pitch = build->metrics->types[TYPE_HEADER].pitch;
    int x = lines_x(build), width = lines_width(build);
    int y = shape->header.y + (shape->header.logo - 2 * pitch) / 2;
    struct run line = {.element = -1, .type = TYPE_HEADER, .color = COLOR_ON_STAGE_2};
    int asides[ASIDES_MAX];

    if (page->step_count > 0) {
        put_text(build, line, page->step_text, x, y, width);
        put_stage_bars(build,
                       (struct rectangle){
                           x + width + APART, shape->progress,
                           shape->area.width - shape->margin - x - width - APART, 0},
                       shape->progress_height, shape->progress_gap);
    } else {
        int first =
            text_width(build, line, page->name_lines[0]) + text_width(build, line, " ");
        struct run name = line;

        name.bold = true;
        name.color = COLOR_ON_STAGE;
        if (first + text_width(build, name, page->name_lines[1]) > width) {
            first = 0; /* no room for what sort of body it is */
        } else {
            put_text(build, line, page->name_lines[0], x, y, first);
        }
        put_text(build, name, page->name_lines[1], x + first, y, width - first);
    }
    y += pitch;
    if (asides_held(build, asides) > 0) {
        put_asides(build, x, y, width, false);
    } else if (page->step_count > 0) {
        line.bold = true;
        line.color = COLOR_ON_STAGE;
        put_text(build, line, page->step_name, x, y, width);
    } else {
        put_text(build, line, page->place, x, y, width);
    }
}

/* An icon and a few words at the end of the title's line; returns their width. */
static int
put_fact_at_end(struct build *build, int element, int end, int middle)
{
    const struct element *fact = &build->page->elements[element];
    struct run run = {
        .element = element, .type = TYPE_HEADER, .color = COLOR_ON_STAGE_2};
    int icon = build->metrics->types[TYPE_HEADER].px * 6 / 5;
    int words = text_width(build, run, fact->label);

    put_text(build, run, fact->label, end - words, middle - pitch_of(build, run) / 2,
             words + 1);
    put_icon(build, element, fact->icon, end - words - icon - 10, middle - icon / 2,
             icon, COLOR_ACCENT);
    return words + icon + 10 + APART;
}

/* At home, where nothing else stands there, the hour. */
static const char *
hour(const struct page *page)
{
    const char *space = strchr(page->clock, ' ');

    return space != NULL ? space + 1 : page->clock;
}

void
put_stage_header(struct build *build)
{
    const struct page *page = build->page;
    const struct header_shape *header = &stage_shape(build)->header;
    struct rectangle area = title_area(build);
    int title = title_of(page);
    int end = area.x + area.width;
    int asides[ASIDES_MAX];
    struct run run;

    put_item(build, ITEM_LOGO, -1,
             (struct rectangle){header->x, header->y, header->logo, header->logo});
    if (has_lines(build)) {
        put_lines(build);
    } else if (asides_held(build, asides) > 0) {
        struct run aside = aside_run(build, -1);

        put_asides(build, area.x, area.y + (area.height - pitch_of(build, aside)) / 2,
                   area.width, true);
        area.width = title_width(build) + 1;
    } else if (page->shape == PAGE_HOME && page->clock != NULL) {
        struct run clock = {.element = -1,
                            .type = TYPE_SUBTITLE,
                            .color = COLOR_ON_STAGE_2,
                            .align = ALIGN_END};
        int width = text_width(build, clock, hour(page));

        if (title_width(build) + APART + width <= area.width) {
            put_text(build, clock, hour(page), end - width,
                     area.y + (area.height - pitch_of(build, clock)) / 2, width + 1);
            area.width -= width + APART;
        }
    }
    if (title < 0) {
        return;
    }
    run = header_title_run(build, title, area.width);
    if (build->at_title_end >= 0) {
        area.width -= put_fact_at_end(build, build->at_title_end, end,
                                      area.y + pitch_of(build, run) / 2);
    }
    if (!has_lines(build)) {
        int lines = text_lines(build, run, page->elements[title].label, area.width);

        area.y += (area.height - lines * pitch_of(build, run)) / 2;
    }
    put_text(build, run, page->elements[title].label, area.x, area.y, area.width);
}
