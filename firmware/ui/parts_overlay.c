#include "parts.h"

#include "text_runs.h"

/* --- the question of an overlay ------------------------------------------------------
 */

bool
has_countdown(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_COUNTDOWN) {
            return true;
        }
    }
    return false;
}

static int
question_text(struct build *build, int element, int x, int y, int width,
              enum align align)
{
    const struct element *question = &build->page->elements[element];
    struct run title = {
        element, align == ALIGN_CENTER ? TYPE_TITLE : TYPE_OVERLAY_TITLE,
        true,    COLOR_INK,
        align,   0,
        0};
    struct run detail = {element, TYPE_BODY, false, COLOR_INK_2, align, 0, 0};
    int narrow = align == ALIGN_CENTER ? scaled(build, 118) : 0;
    int height = put_text(build, title, question->label, x, y, width);

    height += align == ALIGN_CENTER ? scaled(build, 12) : scaled(build, 6);
    height += put_text(build, detail, question->detail, x + narrow, y + height,
                       width - 2 * narrow);
    return height;
}

static int
question_measure(struct build *build, int element, int width, enum align align)
{
    const struct element *question = &build->page->elements[element];
    struct run title = {
        element, align == ALIGN_CENTER ? TYPE_TITLE : TYPE_OVERLAY_TITLE,
        true,    COLOR_INK,
        align,   0,
        0};
    struct run detail = {element, TYPE_BODY, false, COLOR_INK_2, align, 0, 0};
    int narrow = align == ALIGN_CENTER ? scaled(build, 118) : 0;

    return text_lines(build, title, question->label, width) * pitch_of(build, title) +
           (question->detail[0] == '\0' ? 0
            : align == ALIGN_CENTER     ? scaled(build, 12)
                                        : scaled(build, 6)) +
           text_lines(build, detail, question->detail, width - 2 * narrow) *
               pitch_of(build, detail);
}

/* Its icon: large over an offer, small over a choice, none, or a warning. */
struct question_disc {
    int size, icon_px, gap, least; /* as drawn; least: of the question */
    enum color color, glyph;
};

static struct question_disc
disc_of(const struct element *question)
{
    if (question->icon == NULL) {
        return (struct question_disc){0};
    }
    if ((question->flags & ELEMENT_DANGER) != 0) {
        return (struct question_disc){132,         80, 32, 144, COLOR_DANGER_SOFT,
                                      COLOR_DANGER};
    }
    if (question->detail[0] == '\0') {
        return (struct question_disc){100,          60, 24, 100, COLOR_PRIMARY_SOFT,
                                      COLOR_PRIMARY};
    }
    return (struct question_disc){144, 92, 40, 144, COLOR_ACCENT, COLOR_ON_ACCENT};
}

static int
question_height(struct build *build, int element, int width)
{
    struct question_disc disc = disc_of(&build->page->elements[element]);
    int least = scaled(build, disc.least);
    int text;

    if (has_countdown(build->page)) {
        return question_measure(build, element, width, ALIGN_CENTER);
    }
    text = question_measure(build, element, width - scaled(build, disc.size + disc.gap),
                            ALIGN_START);
    return text > least ? text : least;
}

static void
question_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *question = &build->page->elements[element];
    struct question_disc look = disc_of(question);
    int disc = scaled(build, look.size);
    int indent = disc + scaled(build, look.gap);

    if (has_countdown(build->page)) {
        question_text(build, element, rect.x, rect.y, rect.width, ALIGN_CENTER);
        return;
    }
    if (question->icon != NULL) {
        put_disc(build, element, question->icon, rect.x,
                 rect.y + (rect.height - disc) / 2, disc, scaled(build, look.icon_px),
                 look.color, look.glyph);
    }
    question_text(
        build, element, rect.x + indent,
        rect.y + (rect.height -
                  question_measure(build, element, rect.width - indent, ALIGN_START)) /
                     2,
        rect.width - indent, ALIGN_START);
}

const struct part part_question = {
    .height = question_height,
    .put = question_put,
    .gap_after = 34,
};

/* --- how long it still waits: a dot a second
 * --------------------------------------------- */

/* In one line of words where there is no room for the dots (cut_notice.c). */
static bool
is_line(const struct element *countdown)
{
    return countdown->detail[0] == '\0';
}

static struct run
countdown_line(int element)
{
    return (struct run){.element = element,
                        .type = TYPE_LABEL,
                        .bold = true,
                        .color = COLOR_PRIMARY,
                        .align = ALIGN_CENTER};
}

static int
countdown_height(struct build *build, int element, int width)
{
    const struct element *countdown = &build->page->elements[element];
    struct run line = countdown_line(element);

    return is_line(countdown) ? text_lines(build, line, countdown->label, width) *
                                    pitch_of(build, line)
                              : scaled(build, 340);
}

static void
countdown_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *countdown = &build->page->elements[element];
    struct run number = {element, TYPE_SECONDS, true, COLOR_PRIMARY, ALIGN_CENTER, 0,
                         0};
    struct run unit = {element, TYPE_NOTE, false, COLOR_INK_2, ALIGN_CENTER, 0, 0};
    int size = rect.height - scaled(build, 12);
    int y = rect.y + scaled(build, 77);
    struct item *ring;

    if (is_line(countdown)) {
        put_text(build, countdown_line(element), countdown->label, rect.x, rect.y,
                 rect.width);
        return;
    }
    ring = put_item(
        build, ITEM_RING, element,
        (struct rectangle){rect.x + (rect.width - size) / 2, rect.y, size, size});
    ring->number = countdown->number;
    ring->color = COLOR_PRIMARY;
    y += put_text(build, number, countdown->label, rect.x, y, rect.width);
    put_text(build, unit, countdown->detail, rect.x, y - scaled(build, 1), rect.width);
}

const struct part part_countdown = {
    .height = countdown_height,
    .put = countdown_put,
    .gap_after = 40,
};

/* --- a language, said in itself -----------------------------------------------------
 */

/* It is read from the other side than the page. */
static bool
is_turned(const struct build *build, const char *text)
{
    return text_runs_is_right_to_left(text) !=
           language_is_right_to_left(build->page->language);
}

#define LANGUAGE_CHOICE_PAD 41 /* as drawn, with the border of the chosen one */
#define LANGUAGE_CHOICE_GAP 4

static struct run
name_run(int element, enum align align)
{
    return (struct run){
        .element = element, .type = TYPE_DAY, .bold = true, .align = align};
}

static struct run
note_run(int element, enum align align)
{
    return (struct run){.element = element, .type = TYPE_NOTE, .align = align};
}

/* What the check of the chosen one takes of the name's line. */
static int
check_width(const struct build *build, const struct element *choice)
{
    return choice->icon != NULL ? scaled(build, 48 + 16) : 0;
}

static bool
language_choice_has_room(struct build *build, int element, int width)
{
    const struct element *choice = &build->page->elements[element];

    return longest_word(build, name_run(element, ALIGN_START), choice->label) <=
           width - 2 * scaled(build, LANGUAGE_CHOICE_PAD) - scaled(build, 48 + 16);
}

static int
language_choice_text(struct build *build, int element, int width)
{
    const struct element *choice = &build->page->elements[element];
    struct run name = name_run(element, ALIGN_START);
    struct run note = note_run(element, ALIGN_START);

    width -= 2 * scaled(build, LANGUAGE_CHOICE_PAD);
    return text_lines(build, name, choice->label, width - check_width(build, choice)) *
               pitch_of(build, name) +
           scaled(build, LANGUAGE_CHOICE_GAP) +
           text_lines(build, note, choice->detail, width) * pitch_of(build, note);
}

static int
language_choice_height(struct build *build, int element, int width)
{
    int height = language_choice_text(build, element, width) + scaled(build, 40);
    int least = scaled(build, 200);

    height = height > least ? height : least;
    return height > build->metrics->touch_min ? height : build->metrics->touch_min;
}

static void
language_choice_put(struct build *build, int element, struct rectangle rect)
{
    const struct element *choice = &build->page->elements[element];
    bool turned = is_turned(build, choice->label);
    struct surface surface = surface_of(build, element);
    struct run name = name_run(element, turned ? ALIGN_END : ALIGN_START);
    struct run note = note_run(element, name.align);
    int check = scaled(build, 48);
    int pad = scaled(build, LANGUAGE_CHOICE_PAD - 3);
    int y =
        rect.y + (rect.height - language_choice_text(build, element, rect.width)) / 2;

    if ((choice->flags & ELEMENT_SELECTED) != 0 && !is_pressed(build, element)) {
        surface.fill = COLOR_PRIMARY_SOFT;
        surface.border = COLOR_PRIMARY;
        surface.border_width = 5;
        pad += 3;
    }
    name.color = surface.text;
    note.color = surface.note;
    surface.shadow = true;
    put_control(build, element, &surface, rect, scaled(build, 28));
    if (choice->icon != NULL) {
        put_icon(build, element, choice->icon,
                 turned ? rect.x + pad : rect.x + rect.width - pad - check,
                 y + (pitch_of(build, name) - check) / 2, check, surface.icon);
    }
    y += put_text(build, name, choice->label,
                  rect.x + pad + (turned ? check_width(build, choice) : 0), y,
                  rect.width - 2 * pad - check_width(build, choice));
    put_text(build, note, choice->detail, rect.x + pad,
             y + scaled(build, LANGUAGE_CHOICE_GAP), rect.width - 2 * pad);
}

const struct part part_language_choice = {
    .height = language_choice_height,
    .put = language_choice_put,
    .columns = 2,
    .has_room = language_choice_has_room,
    .column_gap = 20,
};
