#include "parts.h"

/* A line of reading, with an icon before it. */

struct icon_line {
    struct run run;
    int icon_px, aside; /* of the icon, with the gap behind it */
};

static struct icon_line
icon_line(struct build *build, int element, enum type type, int icon, int gap)
{
    return (struct icon_line){
        .run = {.element = element, .type = type, .color = COLOR_INK},
        .icon_px = glyph(build, icon),
        .aside = build->page->elements[element].icon != NULL
                     ? glyph(build, icon) + scaled(build, gap)
                     : 0,
    };
}

static int
icon_line_indent(struct build *build, const struct icon_line *line, int width)
{
    return icon_room(build, line->run, build->page->elements[line->run.element].label,
                     line->aside, width);
}

static int
icon_line_height(struct build *build, const struct icon_line *line, int width)
{
    const char *label = build->page->elements[line->run.element].label;

    return text_lines(build, line->run, label,
                      width - icon_line_indent(build, line, width)) *
           pitch_of(build, line->run);
}

/* The icon stands in the middle of so much of its height. */
static void
put_icon_line(struct build *build, const struct icon_line *line, struct rectangle rect,
              int height)
{
    const struct element *it = &build->page->elements[line->run.element];
    int indent = icon_line_indent(build, line, rect.width);

    put_icon(build, line->run.element, indent > 0 ? it->icon : NULL, rect.x,
             rect.y + (height - line->icon_px) / 2, line->icon_px, COLOR_PRIMARY);
    put_text(build, line->run, it->label, rect.x + indent, rect.y, rect.width - indent);
}

/* What the stage has no room for, and a legend. */
static struct icon_line
slim_line(struct build *build, int element)
{
    return icon_line(build, element, TYPE_NOTE, 46, 18);
}

static int
slim_line_height(struct build *build, int element, int width)
{
    struct icon_line line = slim_line(build, element);

    return icon_line_height(build, &line, width);
}

static void
stage_line_put(struct build *build, int element, struct rectangle rect)
{
    struct icon_line line = slim_line(build, element);

    put_icon_line(build, &line, rect, pitch_of(build, line.run));
}

const struct part part_stage_line = {
    .height = slim_line_height,
    .put = stage_line_put,
    .gap_after = 20,
};

/* Its icon stands in the middle of its lines. */
static void
legend_put(struct build *build, int element, struct rectangle rect)
{
    struct icon_line line = slim_line(build, element);

    put_icon_line(build, &line, rect, icon_line_height(build, &line, rect.width));
}

const struct part part_legend = {.height = slim_line_height, .put = legend_put};

static struct icon_line
note_line(struct build *build, int element)
{
    return icon_line(build, element, TYPE_BODY, 48, 22);
}

static int
note_height(struct build *build, int element, int width)
{
    struct icon_line line = note_line(build, element);

    return icon_line_height(build, &line, width);
}

static void
note_put(struct build *build, int element, struct rectangle rect)
{
    struct icon_line line = note_line(build, element);

    put_icon_line(build, &line, rect, pitch_of(build, line.run));
}

const struct part part_note = {
    .height = note_height,
    .put = note_put,
    .gap_after = 12,
};
