#include "stage.h"

#include <string.h>

#include "parts.h"

#define FOOT_ROOM 4 /* px under the last line */

const struct stage_shape *
stage_shape(const struct build *build)
{
    return build->page->shape == PAGE_HOME ? &build->metrics->home_stage
                                           : &build->metrics->stage;
}

/* What sort of body it is, and over it its name; which stands alone where both have no
 * room on a line each. Returns their width. */
static int
put_names(struct build *build, const struct header_shape *header, int x, int width)
{
    const struct page *page = build->page;
    int pitch = build->metrics->types[TYPE_HEADER].pitch;
    struct run sort = {.element = -1, .type = TYPE_HEADER, .color = COLOR_ON_STAGE_2};
    struct run name = {
        .element = -1, .type = TYPE_HEADER, .bold = true, .color = COLOR_ON_STAGE};
    int over = text_width(build, sort, page->name_lines[0]);
    int under = text_width(build, name, page->name_lines[1]);
    bool both =
        2 * pitch <= header->logo + 2 * header->y && over <= width && under <= width;
    int lines = both ? 2 : text_lines(build, name, page->name_lines[1], width);
    int y = header->y + (header->logo - lines * pitch) / 2;

    y = y > 0 ? y : 0;
    if (both) {
        y += put_text(build, sort, page->name_lines[0], x, y, width);
    }
    put_text(build, name, page->name_lines[1], x, y, width);
    under = under < width ? under : width;
    return both && over > under ? over : under;
}

void
put_header(struct build *build, const struct header_shape *header, int end)
{
    const struct page *page = build->page;
    const struct metrics *metrics = build->metrics;
    int pitch = metrics->types[TYPE_HEADER].pitch;
    int text = header->x + header->logo + header->gap;
    int line = header->y + (header->logo - 2 * pitch) / 2;
    struct run name = {.element = -1,
                       .type = TYPE_HEADER,
                       .bold = true,
                       .color = COLOR_ON_STAGE,
                       .align = ALIGN_END};

    line = line > 0 ? line : 0;
    put_item(build, ITEM_LOGO, -1,
             (struct rectangle){header->x, header->y, header->logo, header->logo});
    text += put_names(build, header, text, end - text) + header->gap;
    if (!header->has_place) {
        return;
    }
    put_text(build, run_on_line(build, name, page->clock, end - text), page->clock,
             text, line + pitch, end - text);
    name.bold = false;
    name.color = COLOR_ON_STAGE_2;
    put_text(build, run_on_line(build, name, page->place, end - text), page->place,
             text, line, end - text);
}

void
put_stage_bars(struct build *build, struct rectangle area, int thickness, int gap)
{
    const struct page *page = build->page;
    int room = area.width + gap;

    for (int i = 0; i < page->step_count; i++) {
        int start = room * i / page->step_count;
        int end = room * (i + 1) / page->step_count - gap;
        int grown = i + 1 == page->step ? 2 : 0;
        struct rectangle bar = {area.x + start, area.y - grown, end - start,
                                thickness + 2 * grown};

        if (i + 1 <= page->step) {
            put_fill(build, -1, bar, bar.height / 2,
                     grown ? COLOR_ACCENT : COLOR_ON_STAGE_2);
        } else {
            put_outline(build, -1, bar, bar.height / 2, 2, COLOR_STAGE_LINE);
        }
    }
}

static void
put_progress(struct build *build, const struct stage_shape *shape)
{
    const struct page *page = build->page;
    int x = shape->area.x + shape->margin;
    int room = shape->area.width - 2 * shape->margin;
    struct run text = {.element = -1, .type = TYPE_SMALL, .color = COLOR_ON_STAGE_2};
    struct run name;
    int width;

    put_stage_bars(build, (struct rectangle){x, shape->progress, room, 0},
                   shape->progress_height, shape->progress_gap);
    name = text;
    name.bold = true;
    name.color = COLOR_ON_STAGE;
    width = text_width(build, text, page->step_text) + text_width(build, text, " ");
    if (width + text_width(build, name, page->step_name) > room) {
        width = 0; /* a narrow stage: the bars count, the words name */
    } else {
        put_text(build, text, page->step_text, x, shape->step, width);
    }
    name = run_on_line(build, name, page->step_name, room - width);
    put_text(build, name, page->step_name, x + width, shape->step, room - width);
}

/* The sign in its disc, cut off by the edges of the stage. */
static void
put_sign(struct build *build, const struct stage_shape *shape, int y)
{
    const struct page *page = build->page;
    int radius = shape->sign_radius;
    int px = shape->sign_px;
    int x = shape->sign_x;

    put_circle(build, -1,
               (struct rectangle){x - radius, y - radius, 2 * radius, 2 * radius},
               COLOR_STAGE_2);
    put_icon_on(build, -1, page->sign, x - px / 2, y - px / 2, px, COLOR_ACCENT,
                COLOR_STAGE_2);
}

/* --- text ------------------------------------------------------------------------- */

struct run
stage_run_within(struct build *build, struct run run, const char *text, int width,
                 int height)
{
    struct type_size size = build->metrics->types[run.type];
    int px = size.px;

    run = run_within(build, run, text, width);
    px = run.px != 0 ? run.px : px;
    run.pitch = size.pitch * px / size.px;
    while (px > build->metrics->text_floor &&
           text_lines(build, run, text, width) * run.pitch > height)
    {
        px = px - 2 > build->metrics->text_floor ? px - 2 : build->metrics->text_floor;
        run.px = px;
        run.pitch = size.pitch * px / size.px;
    }
    return run;
}

/* The first tile that is no life event stands on the stage, where that has a place. */
static int
stage_tile(const struct page *page)
{
    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].role == ROLE_TILE &&
            (page->elements[i].flags & ELEMENT_PRIMARY) != 0)
        {
            return i;
        }
    }
    return -1;
}

/* What is to be pressed and stands on the stage, -1 for nothing. */
static int
stage_button(const struct build *build)
{
    const struct page *page = build->page;

    if (stage_shape(build)->button.width == 0) {
        return -1;
    }
    if (page->shape == PAGE_HOME) {
        return stage_tile(page);
    }
    return place_change_of(page);
}

bool
stage_holds(const struct build *build, const struct element *element)
{
    int index = (int)(element - build->page->elements);

    if (element->slot == SLOT_STAGE) {
        return !build->off_stage[index];
    }
    return index == stage_button(build) ||
           (element->role == ROLE_PLACE_CHANGE &&
            build->metrics->places != PLACES_ROW) || /* or in another part's line */
           (element->role == ROLE_MONTH && !build->off_stage[index] &&
            build->metrics->month_steps == MONTH_STEPS_FOOT);
}

static int
stage_bottom(const struct build *build)
{
    const struct stage_shape *shape = stage_shape(build);

    return (stage_button(build) >= 0 ? shape->button.y
                                     : shape->area.y + shape->area.height) -
           FOOT_ROOM;
}

static int
title_top(const struct build *build)
{
    const struct stage_shape *shape = stage_shape(build);

    return build->page->step_count > 0 && shape->title_with_steps > 0
               ? shape->title_with_steps
               : shape->title;
}

static struct run
title_run(const struct build *build, int element)
{
    return (struct run){.element = element,
                        .type = build->page->shape == PAGE_HOME ? TYPE_HOME_TITLE
                                                                : TYPE_TITLE,
                        .bold = true,
                        .color = COLOR_ON_STAGE,
                        .px = build->title_px,
                        .pitch = build->title_pitch};
}

static int
put_stage_fact(struct build *build, int element, int x, int y, int width)
{
    const struct element *fact = &build->page->elements[element];
    struct run run = {
        .element = element, .type = TYPE_SUBTITLE, .color = COLOR_ON_STAGE};
    int icon_px = scaled(build, 46);
    int indent = icon_px + scaled(build, 18);

    put_icon(build, element, fact->icon, x, y + scaled(build, 3), icon_px,
             COLOR_ACCENT);
    return put_text(build, run, fact->label, x + indent, y, width - indent);
}

/* A sentence begins on a line of its own where that takes no more lines; it may be a
 * little longer where that saves one. */
static int
put_subtitle(struct build *build, int element, int x, int y)
{
    const struct stage_shape *shape = stage_shape(build);
    const char *text = build->page->elements[element].label;
    struct run run = {
        .element = element, .type = TYPE_SUBTITLE, .color = COLOR_ON_STAGE_2};
    int width = shape->note_width;
    int longer = width * 108 / 100;
    int lines = text_lines(build, run, text, width);

    longer = longer < shape->title_width ? longer : shape->title_width;
    run.align = ALIGN_SENTENCES;
    if (text_lines(build, run, text, longer) < lines) {
        width = longer;
    } else if (text_lines(build, run, text, width) > lines) {
        run.align = ALIGN_START;
    }
    return put_text(build, run, text, x, y, width);
}

/* What had no room on the sheet. Returns its height. */
static int
put_stage_words(struct build *build, int element, int x, int y, int width)
{
    const struct element *words = &build->page->elements[element];
    bool headed = words->detail[0] != '\0';
    struct run run = {.element = element,
                      .type = TYPE_SMALL,
                      .bold = headed,
                      .color = COLOR_ON_STAGE};
    int start = y;

    y += scaled(build, 20);
    y += put_text(build, run, words->label, x, y, width);
    run.bold = false;
    y += put_text(build, run, words->detail, x, y, width);
    return y - start;
}

/* Title, subtitle, facts and what has no room elsewhere; returns where they end. */
static int
put_stage_text(struct build *build)
{
    const struct page *page = build->page;
    const struct stage_shape *shape = stage_shape(build);
    int x = shape->area.x + shape->margin;
    int y = title_top(build);
    bool facts = false;

    for (int i = 0; i < (int)page->count; i++) {
        const struct element *it = &page->elements[i];
        struct run run = {
            .element = i, .type = TYPE_SUBTITLE, .color = COLOR_ON_STAGE_2};

        if (!stage_holds(build, it)) {
            continue;
        }
        if (it->slot == SLOT_STAGE && it->role == ROLE_TITLE) {
            y += put_text(build, title_run(build, i), it->label, x, y,
                          shape->title_width) +
                 scaled(build, 16);
        } else if (it->slot == SLOT_STAGE && it->role == ROLE_STAGE_FACT) {
            y += facts ? scaled(build, 14) : scaled(build, 8);
            facts = true;
            y += put_stage_fact(build, i, x, y, shape->note_width);
        } else if (it->slot == SLOT_STAGE && it->role == ROLE_GREETING) {
            if (shape->greeting > 0) {
                run.type = TYPE_GREETING;
                put_text(build, run, it->label, x, shape->greeting,
                         shape->area.width - shape->margin);
            }
        } else if (it->slot == SLOT_STAGE && it->role != ROLE_SUBTITLE) {
            y += put_stage_words(build, i, x, y, shape->note_width);
        } else if (it->slot == SLOT_STAGE) {
            y += put_subtitle(build, i, x, y);
        }
    }
    return y;
}

static int
measured_end(struct build *build)
{
    bool measuring = build->measuring;
    int end;

    build->measuring = true;
    end = put_stage_text(build);
    build->measuring = measuring;
    return end;
}

bool
stage_has_room(struct build *build)
{
    return build->metrics->stage_place != STAGE_HEADER &&
           measured_end(build) <= stage_bottom(build);
}

/* A title may come down to there: beside the sheet the street's lit windows are below
 * it. */
static int
title_bottom(const struct build *build)
{
    const struct stage_shape *shape = stage_shape(build);

    return shape->street != STREET_NONE && build->metrics->stage_place == STAGE_BESIDE
               ? shape->area.height * 65 / 100
               : stage_bottom(build);
}

/* A long title takes a smaller size before it leaves the stage; when that is not
 * enough, what stands under it goes to the sheet, the last first. */
static void
plan_text(struct build *build)
{
    const struct page *page = build->page;
    const struct stage_shape *shape = stage_shape(build);
    int bottom = stage_bottom(build);

    for (int i = 0; i < (int)page->count; i++) {
        const struct element *it = &page->elements[i];

        if (it->slot == SLOT_STAGE && it->role == ROLE_TITLE) {
            struct run run = stage_run_within(build, title_run(build, i), it->label,
                                              shape->title_width,
                                              title_bottom(build) - title_top(build));

            build->title_px = run.px;
            build->title_pitch = run.pitch;
        }
    }
    for (int i = (int)page->count - 1; i >= 0; i--) {
        const struct element *it = &page->elements[i];

        if (it->slot == SLOT_STAGE && it->role != ROLE_TITLE &&
            it->role != ROLE_GREETING && measured_end(build) > bottom)
        {
            build->off_stage[i] = true;
        }
    }
}

void
stage_plan(struct build *build)
{
    build->title_px = build->title_pitch = 0;
    build->at_title_end = -1;
    memset(build->off_stage, 0, sizeof(build->off_stage));
    if (build->metrics->stage_place == STAGE_HEADER) {
        stage_header_plan(build);
    } else {
        plan_text(build);
    }
}

/* --- all of it -------------------------------------------------------------------- */

/* Beside the sheet there is room for one more button at the foot of the stage. */
static void
put_stage_button(struct build *build, int element, struct rectangle rect)
{
    const struct element *it = &build->page->elements[element];
    struct surface surface = surface_of(build, element);
    bool home = it->role == ROLE_TILE;
    struct run label = {.element = element,
                        .type = home ? TYPE_STAGE_TILE : TYPE_PLACE,
                        .bold = true,
                        .color = COLOR_INK};
    struct run note = {.element = element, .type = TYPE_SMALL, .color = COLOR_INK_2};
    int disc = scaled(build, 100);
    int icon_px = stage_shape(build)->button_glyph;
    int x = rect.x + scaled(build, home ? 28 : 24);
    int indent = (home ? disc : icon_px) + scaled(build, home ? 24 : 18);
    int chevron = home ? 0 : scaled(build, 54);
    int room = rect.x + rect.width - x - indent - scaled(build, 20);
    int note_height, height, y;

    if (longest_word(build, label, it->label) > room - chevron) {
        chevron = 0; /* the name needs its place */
    }
    room -= chevron;
    note_height = it->detail[0] != '\0' ? pitch_of(build, note) : 0;
    label = stage_run_within(build, label, it->label, room,
                             rect.height - note_height - scaled(build, 16));
    height = text_lines(build, label, it->label, room) * pitch_of(build, label) +
             note_height;
    y = rect.y + (rect.height - height) / 2;
    surface.border = COLOR_NONE;
    if (build->page->adjustment.high_contrast) {
        surface.border = COLOR_BORDER;
    }
    if (!is_pressed(build, element)) {
        surface.fill = COLOR_CARD;
        surface.icon = COLOR_PRIMARY;
        surface.disc = build->metrics->has_discs ? COLOR_PRIMARY_SOFT : COLOR_NONE;
        surface.disc_icon = COLOR_PRIMARY;
    } else {
        label.color = note.color = COLOR_ON_PRIMARY;
    }
    put_control(build, element, &surface, rect, scaled(build, 28));
    if (home) {
        put_disc(build, element, it->icon, x, rect.y + (rect.height - disc) / 2, disc,
                 icon_px, surface.disc, surface.disc_icon);
    } else {
        put_icon(build, element, it->icon, x, rect.y + (rect.height - icon_px) / 2,
                 icon_px, surface.icon);
    }
    if (chevron > 0) {
        put_icon(build, element, "chevron_right",
                 rect.x + rect.width - scaled(build, 24) - chevron,
                 rect.y + (rect.height - chevron) / 2, chevron, surface.icon);
    }
    y += put_text(build, label, it->label, x + indent, y, room);
    put_text(build, note, it->detail, x + indent, y, room);
}

/* The stage shows behind the round corners of the sheet. */
static struct rectangle
under_the_corners(const struct build *build, struct rectangle stage)
{
    if (build->metrics->stage_place == STAGE_BESIDE) {
        stage.width += build->metrics->sheet_radius;
    } else {
        stage.height += build->metrics->sheet_radius;
    }
    return stage;
}

/* The middle of the sign. Beside the sheet it stands under the text, however low that
 * comes: no line runs over the edge of the disc. */
static int
sign_y(struct build *build, const struct stage_shape *shape)
{
    int drawn = build->page->step_count > 0 ? shape->sign_y_with_steps : shape->sign_y;
    int under = measured_end(build) - scaled(build, 16) + shape->sign_radius;

    return build->metrics->stage_place == STAGE_BESIDE && under > drawn ? under : drawn;
}

/* Where no dock is, the stage goes to the edge. */
static struct rectangle
stage_area(const struct build *build)
{
    struct rectangle area = stage_shape(build)->area;

    if (build->page->shape == PAGE_NOTICE &&
        build->metrics->stage_place == STAGE_BESIDE) {
        area.height = build->metrics->height - area.y;
    } else if (build->page->shape == PAGE_NOTICE) {
        area.width = build->metrics->width - area.x;
    }
    return area;
}

void
put_stage(struct build *build)
{
    const struct page *page = build->page;
    const struct stage_shape *shape = stage_shape(build);
    struct rectangle area = stage_area(build);
    int button = stage_button(build);

    put_fill(build, -1, under_the_corners(build, area), 0, COLOR_STAGE);
    if (shape->street != STREET_NONE && !page->adjustment.high_contrast &&
        !(shape->street == STREET_HOME_NARROW && stage_title_meets_street(build)))
    {
        put_item(build, ITEM_STREET, -1, area)->number = (int)shape->street;
    }
    if (build->metrics->stage_place == STAGE_HEADER) {
        put_stage_header(build);
        return;
    }
    if (page->sign != NULL && shape->sign_radius > 0) {
        int y = sign_y(build, shape);

        if (y + shape->sign_px / 2 <= stage_bottom(build)) {
            put_sign(build, shape, y);
        }
    }
    put_header(build, &shape->header,
               shape->names_end > 0
                   ? shape->names_end
                   : shape->area.x + shape->area.width - shape->margin);
    if (page->step_count > 0 && shape->progress > 0) {
        put_progress(build, shape);
    }
    put_stage_text(build);
    if (button >= 0) {
        put_stage_button(build, button, shape->button);
    }
}
