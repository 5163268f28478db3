#include "parts.h"

/* Where: all the places with their first free moment, the few to choose from, and the
 * chosen one. */

/* --- location: a place with its first free moment ----------------------------------
 */

static struct run
location_name(int element)
{
    return (struct run){element, TYPE_MIDDLE, true, COLOR_INK, ALIGN_START, 0, 0};
}

static struct run
location_note(int element)
{
    return (struct run){element, TYPE_SMALL, false, COLOR_INK_2, ALIGN_START, 0, 0};
}

/* What there is for its words, and for its name beside the moment. */
struct location_room {
    int whole, name;
    bool under; /* the moment stands under them, since both have no room on a line */
    int height; /* of all lines */
};

static struct location_room
location_room(struct build *build, int element, int width)
{
    const struct element *place = &build->page->elements[element];
    struct run name = location_name(element), note = location_note(element);
    int moment = text_width(build, name, place->value);
    int day = text_width(build, note, place->extra);
    struct location_room room = {.whole = width - scaled(build, 54) - glyph(build, 84) -
                                          scaled(build, 50) - glyph(build, 56)};

    room.name = room.whole - (day > moment ? day : moment) - scaled(build, 16);
    room.under = text_lines(build, name, place->label, room.name) > 1 ||
                 text_lines(build, note, place->detail, room.name) > 1;
    room.name = room.under ? room.whole : room.name;
    room.height =
        text_lines(build, name, place->label, room.name) * pitch_of(build, name) +
        text_lines(build, note, place->detail, room.name) * pitch_of(build, note) +
        (room.under ? pitch_of(build, name) : 0);
    return room;
}

static int
location_height(struct build *build, int element, int width)
{
    int least = scaled(build, 154);
    int text = location_room(build, element, width).height + scaled(build, 40);

    least = least > build->metrics->touch_min ? least : build->metrics->touch_min;
    return text > least ? text : least;
}

/* The first free moment: at the end, or day and time on a line. */
static void
put_location_moment(struct build *build, int element, struct location_room room, int x,
                    int y, const struct surface *surface)
{
    const struct element *place = &build->page->elements[element];
    struct run name = location_name(element), note = location_note(element);
    int day = text_width(build, note, place->extra);
    int time = text_width(build, name, place->value);

    name.color = surface->text;
    note.color = surface->note;
    if (room.under) {
        put_text(build, note, place->extra, x, y, day + 1);
        put_text(build, name, place->value, x + day + scaled(build, 20), y, time + 1);
        return;
    }
    put_text(build, note, place->extra, x + room.whole - day, y, day + 1);
    put_text(build, name, place->value, x + room.whole - time,
             y + pitch_of(build, note), time + 1);
}

static void
location_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *place = &build->page->elements[element];
    struct surface surface = surface_of(build, element);
    struct run name = location_name(element), note = location_note(element);
    struct location_room room = location_room(build, element, rect.width);
    int y = rect.y + (rect.height - room.height) / 2, top = y;
    int x = rect.x + scaled(build, 54) + glyph(build, 84);
    int chevron = glyph(build, 56);
    int disc = glyph(build, 84);

    if ((place->flags & ELEMENT_SELECTED) != 0 && !is_pressed(build, element)) {
        surface.disc = COLOR_PRIMARY; /* this is where you are */
        surface.disc_icon = COLOR_ON_PRIMARY;
    }
    name.color = surface.text;
    note.color = surface.note;
    surface.shadow = true;
    put_control(build, element, &surface, rect, scaled(build, 28));
    put_disc(build, element, place->icon, rect.x + scaled(build, 30),
             rect.y + (rect.height - disc) / 2, disc, glyph(build, 48), surface.disc,
             surface.disc_icon);
    y += put_text(build, name, place->label, x, y, room.name);
    y += put_text(build, note, place->detail, x, y, room.name);
    put_location_moment(build, element, room, x, room.under ? y : top, &surface);
    put_icon(build, element, "chevron_right", x + room.whole + scaled(build, 24),
             rect.y + (rect.height - chevron) / 2, chevron, surface.icon);
}

const struct part part_location = {
    .height = location_height,
    .put = location_put,
    .gap_after = 16,
};

/* --- place: one of two, chosen or not ------------------------------------------- */

static struct run
place_name(int element)
{
    return (struct run){element, TYPE_PLACE, true, COLOR_INK, ALIGN_START, 0, 0};
}

static struct run
place_note(int element)
{
    return (struct run){element, TYPE_SMALL, false, COLOR_INK_2, ALIGN_START, 0, 0};
}

/* Beside its radio. */
static int
place_room(const struct build *build, int width)
{
    return width - scaled(build, 29 + 20) - glyph(build, 52) - scaled(build, 12);
}

static int
place_text_height(struct build *build, int element, int room)
{
    const struct element *place = &build->page->elements[element];
    struct run name = place_name(element), note = place_note(element);

    return text_lines(build, name, place->label, room) * pitch_of(build, name) +
           text_lines(build, note, place->detail, room) * pitch_of(build, note) +
           scaled(build, 6);
}

static int
place_height(struct build *build, int element, int width)
{
    int least = scaled(build, 152);
    int text = place_text_height(build, element, place_room(build, width)) +
               2 * scaled(build, 20);

    return text > least ? text : least;
}

static void
place_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *place = &build->page->elements[element];
    bool selected = (place->flags & ELEMENT_SELECTED) != 0;
    struct surface surface = surface_of(build, element);
    struct run name = place_name(element), note = place_note(element);
    int radio = glyph(build, 52);
    int room = place_room(build, rect.width);
    int x = rect.x + scaled(build, 29);
    int y = rect.y + (rect.height - place_text_height(build, element, room)) / 2;

    if (selected && !is_pressed(build, element)) {
        surface.fill = COLOR_PRIMARY_SOFT;
        surface.border = COLOR_PRIMARY;
        surface.border_width = 5;
    }
    name.color = surface.text;
    note.color = surface.note;
    surface.shadow = true;
    put_control(build, element, &surface, rect, scaled(build, 28));
    put_icon(build, element,
             selected ? "radio_button_checked" : "radio_button_unchecked", x,
             rect.y + (rect.height - radio) / 2, radio, surface.icon);
    x += radio + scaled(build, 20);
    y += put_text(build, name, place->label, x, y, room) + scaled(build, 2);
    put_text(build, note, place->detail, x, y, room);
}

const struct part part_place = {
    .height = place_height,
    .put = place_put,
    .columns = 2,
    .column_gap = 20,
    .gap_after = 24,
};

/* --- the chosen place, and the way to others ----------------------------------------
 */

static int
place_change_height(struct build *build, int element, int width)
{
    int lines = build->metrics->types[TYPE_PLACE].pitch +
                build->metrics->types[TYPE_SMALL].pitch + scaled(build, 24);

    (void)element;
    (void)width;
    return lines > build->metrics->touch_min ? lines : build->metrics->touch_min;
}

/* The words under the glyph, where it is hardly wider than high. */
static void
place_change_put_narrow(struct build *build, int element, struct rectangle rect,
                        const struct surface *surface)
{
    const struct element *place = &build->page->elements[element];
    struct run run = {.element = element,
                      .type = TYPE_SMALL,
                      .color = surface->text,
                      .align = ALIGN_CENTER};
    int px = glyph(build, 60);
    int y = rect.y + (rect.height - px - 2 * pitch_of(build, run)) / 2;

    put_icon(build, element, place->icon, rect.x + (rect.width - px) / 2, y, px,
             surface->icon);
    y += px;
    run = run_on_line(build, run, place->label, rect.width - 4);
    y += put_text(build, run, place->label, rect.x, y, rect.width);
    run.color = surface->note;
    put_text(build, run, place->detail, rect.x, y, rect.width);
}

void
put_place_change(struct build *build, int element, struct rectangle rect)
{
    const struct element *place = &build->page->elements[element];
    struct surface surface = surface_of(build, element);
    struct run name = {
        .element = element, .type = TYPE_PLACE, .bold = true, .color = surface.text};
    struct run note = {.element = element, .type = TYPE_SMALL, .color = surface.note};
    int px = glyph(build, 60), chevron = glyph(build, 54);
    int x = rect.x + scaled(build, 24);
    int text = x + px + scaled(build, 18);
    int room = rect.x + rect.width - scaled(build, 36) - chevron - text;
    int height = text_lines(build, name, place->label, room) * pitch_of(build, name) +
                 pitch_of(build, note);
    int y = rect.y + (rect.height - height) / 2;

    put_control(build, element, &surface, rect, scaled(build, 28));
    if (rect.width < 2 * rect.height || longest_word(build, name, place->label) > room)
    {
        place_change_put_narrow(build, element, rect, &surface);
        return;
    }
    put_icon(build, element, place->icon, x, rect.y + (rect.height - px) / 2, px,
             surface.icon);
    put_icon(build, element, "chevron_right",
             rect.x + rect.width - scaled(build, 24) - chevron,
             rect.y + (rect.height - chevron) / 2, chevron, surface.icon);
    y += put_text(build, name, place->label, text, y, room);
    put_text(build, note, place->detail, text, y, room);
}

const struct part part_place_change = {
    .height = place_change_height,
    .put = put_place_change,
};

int
place_change_of(const struct page *page)
{
    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].role == ROLE_PLACE_CHANGE) {
            return i;
        }
    }
    return -1;
}
