#include "ui/fit.h"

#include <stdio.h>

#include "area.h"
#include "attract.h"
#include "base/text.h"
#include "base/wording.h"
#include "cut.h"
#include "fit_board.h"
#include "fit_segments.h"
#include "fit_weeks.h"
#include "stage.h"

struct fit {
    struct build build;
    struct metrics metrics;
    struct page *page;
};

/* What stays, and what there is on the stage then. */
static void
keep_only(struct fit *fit, const bool keep[PAGE_ELEMENTS_MAX])
{
    page_keep(fit->page, keep);
    stage_plan(&fit->build);
}

/* --- what this display shows otherwise ---------------------------------------------
 */

/* A month may say what its days are for; it does where that is not on the stage. */
static bool
says_month(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_MONTH) {
            return page->elements[i].detail[0] != '\0';
        }
    }
    return false;
}

static bool
is_shown_otherwise(struct build *build, const struct element *element)
{
    const struct metrics *metrics = build->metrics;

    switch ((int)element->role) {
    case ROLE_PLACE:
        return metrics->places != PLACES_SHOWN; /* one button on the stage changes it */
    case ROLE_PLACE_CHANGE:
        return metrics->places == PLACES_SHOWN;
    case ROLE_SUBTITLE: /* over the days of a month, which name what they are for */
        return metrics->month_steps == MONTH_STEPS_BESIDE && says_month(build->page);
    case ROLE_GREETING: /* larger letters leave no line for it */
        return stage_shape(build)->greeting == 0;
    case ROLE_LANGUAGES: /* the dock has them too */
        return build->page->shape == PAGE_HOME && metrics->language_bar == 0;
    case ROLE_PARTS: /* the headings say it too */
        return !parts_bar_has_room(build, (int)(element - build->page->elements),
                                   build->metrics->content.width);
    case ROLE_ROW: /* that is in the dock, where there are five cells */
        return metrics->dock.cells == 5 && text_equal(element->id, "adjust-language");
    case ROLE_DOCK: /* of four cells the first is one of two; Aanpassen has the other */
        return metrics->dock.cells == 4 && element->number == 1 &&
               page_find(build->page, "back") != NULL;
    default:
        return false;
    }
}

static bool
is_ticket(const struct element *element)
{
    return element->role == ROLE_TICKET || element->role == ROLE_NUMBER;
}

/* What to do with a ticket comes behind it where the stage has no room: who turns parts
 * sees the ticket at once, and reads this over the buttons. */
static void
put_ticket_first(struct page *page)
{
    for (size_t i = 0; i + 1 < page->count; i++) {
        if (page->elements[i].role == ROLE_SUBTITLE &&
            page->elements[i].slot == SLOT_SHEET && is_ticket(&page->elements[i + 1]))
        {
            do {
                page_move(page, i + 1, i);
                i++;
            } while (i + 1 < page->count &&
                     page->elements[i + 1].parent != PAGE_NO_PARENT);
            return;
        }
    }
}

static void
take_off(struct fit *fit)
{
    bool keep[PAGE_ELEMENTS_MAX];
    struct page *page = fit->page;

    for (size_t i = 0; i < page->count; i++) {
        int parent = page->elements[i].parent;

        keep[i] = (parent == PAGE_NO_PARENT || keep[parent]) &&
                  !is_shown_otherwise(&fit->build, &page->elements[i]);
    }
    keep_only(fit, keep);
    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];

        if (element->role == ROLE_MONTH &&
            fit->metrics.month_steps != MONTH_STEPS_BESIDE) {
            element->detail = "";
        }
        if (element->slot == SLOT_STAGE && fit->build.off_stage[i]) {
            element->slot = SLOT_SHEET;
        }
    }
    put_ticket_first(page);
    stage_plan(&fit->build);
}

/* Of a place that is not asked here. */
static void
shorten_title(struct fit *fit)
{
    for (size_t i = 0; i < fit->page->count; i++) {
        struct element *element = &fit->page->elements[i];

        if (element->role == ROLE_TITLE && element->slot == SLOT_STAGE &&
            element->brief != NULL && fit->metrics.places != PLACES_SHOWN)
        {
            element->label = element->brief;
        }
    }
}

/* The area over the foot, which is as high as it is described. */
static struct rectangle
area_over(struct fit *fit, enum slot foot, struct rectangle area)
{
    area.height -= area_foot(&fit->build, foot, area.width);
    return area;
}

static bool
is_word(const struct element *element)
{
    return element->slot == SLOT_SHEET && element->parent == PAGE_NO_PARENT &&
           (element->role == ROLE_MESSAGE || element->role == ROLE_LEGEND ||
            element->role == ROLE_NOTE || element->role == ROLE_SUM);
}

/* The question about the choices that are asked with it. */
static bool
is_question(const struct element *element)
{
    return element->slot == SLOT_SHEET && element->role == ROLE_SECTION &&
           (element->flags & ELEMENT_STRONG) != 0;
}

/* What is only read moves from a sheet without room to a stage that has it. */
static void
move_to_stage(struct fit *fit, struct rectangle room,
              bool (*moves)(const struct element *element))
{
    struct page *page = fit->page;
    struct build *build = &fit->build;
    size_t end = 0;

    if (page->shape != PAGE_WORK) {
        return;
    }
    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];

        if (moves(element) && !stack_fits(build, SLOT_SHEET, room)) {
            element->slot = SLOT_STAGE;
            if (!stage_has_room(build)) {
                element->slot = SLOT_SHEET;
                continue;
            }
            page_move(page, i, end);
            stage_plan(build);
        }
        end = page->elements[end].slot == SLOT_STAGE ? end + 1 : end;
    }
}

/* What is found while one types is a foretaste: the key for searching shows it all. */
static void
drop_foretaste(struct fit *fit, struct rectangle area)
{
    struct page *page = fit->page;
    bool keep[PAGE_ELEMENTS_MAX];

    for (int i = (int)page->count - 1;
         i >= 0 && !stack_fits(&fit->build, SLOT_SHEET, area); i--)
    {
        if (page->elements[i].slot == SLOT_SHEET && page->elements[i].role == ROLE_ROW)
        {
            for (int j = 0; j < (int)page->count; j++) {
                keep[j] = i != j;
            }
            keep_only(fit, keep);
        }
    }
}

/* --- parts ------------------------------------------------------------------------ */

/* A slot that is cut, and the foot that says so. */
struct paging {
    enum slot bands, foot;
    struct rectangle area; /* of both, */
    int over, lost; /* with so much for the question; lost where it does not stay */
    bool reading;   /* what is read is paged on, and acted on at the end */
    bool acts;      /* there is such an action */
    int primary;    /* of the page's own foot, -1 for none */
    int row, button;
    int *part, *count;
    struct cut cut;
};

static bool
is_foot_of(const struct element *element, enum slot slot)
{
    return element->slot == slot && element->parent == PAGE_NO_PARENT &&
           stack_is_foot(element);
}

static bool
is_choice(const struct element *element)
{
    return element->slot == SLOT_SHEET && element->parent == PAGE_NO_PARENT &&
           (element->flags & ELEMENT_TOUCH) != 0;
}

static bool
is_reading(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (is_choice(&page->elements[i])) {
            return false;
        }
    }
    return true;
}

static int
primary_of(const struct page *page, enum slot foot)
{
    for (int i = 0; i < (int)page->count; i++) {
        if (is_foot_of(&page->elements[i], foot) &&
            (page->elements[i].flags & ELEMENT_PRIMARY) != 0)
        {
            return i;
        }
    }
    return -1;
}

static void
add_row(struct page *page, struct paging *paging)
{
    bool over = paging->foot == SLOT_OVERLAY;
    struct element *row = page_add(page, paging->foot, ROLE_PAGING,
                                   over ? "overlay-paging" : "paging", "");
    struct element *button = page_add_action(
        page, paging->foot, ROLE_BUTTON, over ? "overlay-more" : "more", "",
        (struct action){.verb = over ? page->paging.overlay_verb : page->paging.verb});

    row->label = page->paging.place; /* as long as they can be, while it is measured */
    button->label = page->paging.back;
    button->icon = "arrow_back";
    page_put_under(page, button, row);
    paging->row = (int)(row - page->elements);
    paging->button = (int)(button - page->elements);
}

/* How much higher the row is than while it is measured, with the label that it has
 * then, and with a button to the part before; where that is in the dock, or has a line
 * with all the others, the row is as high without it. */
static int
row_grows(struct fit *fit, const struct paging *paging, const char *label)
{
    struct page *page = fit->page;
    struct build *build = &fit->build;
    struct element *button = &page->elements[paging->button];
    bool back = paging->foot != SLOT_OVERLAY && page_find(page, "back") != NULL;
    int width = paging->area.width;
    int less = back ? 0 : fit->metrics.touch_min + fit->metrics.gap;
    int height = stack_part_height(build, paging->row, width);
    const char *longest = button->label;
    int grown;

    button->label = label;
    grown = stack_part_height(build, paging->row, width - less) - height;
    button->label = longest;
    return grown > 0 ? grown : 0;
}

/* Of the row's own button, before the last part. */
static const char *
word_on(const struct page *page, const struct paging *paging)
{
    return paging->reading                ? page->paging.next
           : paging->foot == SLOT_OVERLAY ? page->paging.overlay_more
                                          : page->paging.more;
}

/* The height of the foot, and the gap over it, on a last part or on another. */
static int
foot_height(struct fit *fit, const struct paging *paging, bool last)
{
    struct page *page = fit->page;
    struct element *button = &page->elements[paging->button];
    const char *longest = button->label;
    bool hidden[PAGE_ELEMENTS_MAX] = {false};
    int height;

    for (int i = 0; i < (int)page->count; i++) {
        if (is_foot_of(&page->elements[i], paging->foot) && i != paging->row &&
            paging->reading && (!last || i == paging->primary))
        {
            hidden[i] = true;
            page->elements[i].parent = CUT_HIDDEN;
        }
    }
    button->label = last ? longest : word_on(page, paging);
    height = area_foot(&fit->build, paging->foot, paging->area.width);
    for (int i = 0; i < (int)page->count; i++) {
        page->elements[i].parent =
            hidden[i] ? PAGE_NO_PARENT : page->elements[i].parent;
    }
    if (paging->reading && (!last || paging->primary >= 0)) {
        height +=
            row_grows(fit, paging,
                      last ? page->elements[paging->primary].label : page->paging.next);
    }
    button->label = longest;
    return height;
}

static const char *
place_text(struct page *page, int part, int count)
{
    char text[WORDING_BYTES], number[16], all[16];

    snprintf(number, sizeof(number), "%d", part + 1);
    snprintf(all, sizeof(all), "%d", count);
    return page_text(page, wording_fill(text, page->paging.place, number, all, NULL));
}

/* The row's own button: on, or from the end back to the beginning. */
static void
word_button(struct page *page, const struct paging *paging)
{
    struct element *button = &page->elements[paging->button];
    int part = *paging->part, count = *paging->count;
    bool last = part + 1 == count;

    button->label = last ? page->paging.back : word_on(page, paging);
    button->icon = last ? "arrow_back" : "arrow_forward";
    button->flags |= last ? 0u : ELEMENT_ICON_AFTER;
    button->flags |= !last && paging->acts && paging->reading ? ELEMENT_PRIMARY : 0u;
    button->action.argument = last ? 0 : part + 1;
}

/* Terug goes to the part before; where it is not on the page, and where there is room
 * for the word, a button does. */
static void
add_previous(struct fit *fit, const struct paging *paging)
{
    struct page *page = fit->page;
    bool over = paging->foot == SLOT_OVERLAY;
    bool back = !over && page_find(page, "back") != NULL; /* to the part before */
    struct element *previous;

    if (!paging->reading || *paging->part == 0 ||
        (over && paging->button >= 0 && *paging->part + 1 == *paging->count))
    {
        return;
    }
    previous = page_add_action(
        page, paging->foot, ROLE_BUTTON, over ? "overlay-previous" : "previous",
        page->paging.previous,
        (struct action){over ? page->paging.overlay_verb : page->paging.verb,
                        *paging->part - 1});
    previous->icon = "arrow_back";
    page_put_under(page, previous, &page->elements[paging->row]);
    if (!part_paging_has_room(&fit->build, paging->row, paging->area.width)) {
        if (back) {
            page->count--;
            return;
        }
        previous->spoken = previous->label;
        previous->label = "";
    }
    page_move(page, page->count - 1, (size_t)paging->row + 1);
}

static size_t
place_of_row(const struct page *page, const struct paging *paging)
{
    size_t after = 0;

    if (paging->reading && paging->primary >= 0 && *paging->part + 1 == *paging->count)
    {
        return (size_t)paging->primary;
    }
    for (size_t i = 0; i < page->count; i++) {
        if ((int)i == paging->row || (int)i == paging->button) {
            continue;
        }
        if (is_foot_of(&page->elements[i], paging->foot)) {
            return i;
        }
        if (page->elements[i].slot == paging->bands) {
            after = i + 1;
        }
    }
    return after;
}

/* The rest of a card says aloud what it is the rest of. */
static void
take_words_of_rests(struct fit *fit, const struct paging *paging)
{
    struct page *page = fit->page;

    for (size_t i = 0; i < page->count; i++) {
        struct element *card = &page->elements[i];
        char spoken[WORDING_BYTES];

        if (paging->cut.from[i] < *paging->part && cut_has_words(card)) {
            page_speak(card, spoken, sizeof(spoken));
            card->spoken = page_text(page, spoken);
            cut_take_words(card);
        }
    }
}

/* Leaves what stands on the part that is shown. */
static void
keep_part(struct fit *fit, const struct paging *paging)
{
    struct page *page = fit->page;
    bool keep[PAGE_ELEMENTS_MAX];
    bool last = *paging->part + 1 == *paging->count;

    take_words_of_rests(fit, paging);
    for (int i = 0; i < (int)page->count; i++) {
        const struct element *element = &page->elements[i];

        keep[i] =
            paging->cut.from[i] <= *paging->part && *paging->part <= paging->cut.to[i];
        if (paging->reading && !last && element->slot == paging->foot &&
            stack_is_foot(element)) {
            keep[i] = i == paging->row || i == paging->button;
        }
        if (paging->reading && last && paging->primary >= 0 && i == paging->button) {
            keep[i] = false; /* the page's own action stands there */
        }
    }
    keep_only(fit, keep);
}

static int
index_of(const struct page *page, const char *id)
{
    const struct element *element = page_find(page, id);

    return element != NULL ? (int)(element - page->elements) : -1;
}

/* Where row, button and primary action are now. */
static void
find_row(const struct page *page, struct paging *paging)
{
    bool over = paging->foot == SLOT_OVERLAY;

    paging->row = index_of(page, over ? "overlay-paging" : "paging");
    paging->button = index_of(page, over ? "overlay-more" : "more");
    paging->primary = primary_of(page, paging->foot);
}

/* So that what is on one part stands as it was cut. */
static void
keep_columns(struct fit *fit, const struct paging *paging)
{
    struct page *page = fit->page;

    for (int i = 0; i < (int)page->count; i++) {
        const struct element *element = &page->elements[i];

        if (element->slot == paging->bands && part_of(element->role) != NULL) {
            page->columns[element->role] =
                (unsigned char)stack_columns(&fit->build, i, paging->area.width);
        }
    }
}

static void
show_part(struct fit *fit, struct paging *paging)
{
    struct page *page = fit->page;
    size_t place;
    int last = *paging->count - 1;

    *paging->part = *paging->part < 0 ? 0 : *paging->part > last ? last : *paging->part;
    keep_columns(fit, paging);
    page->elements[paging->row].label = place_text(page, *paging->part, *paging->count);
    word_button(page, paging);
    keep_part(fit, paging);
    find_row(page, paging);
    if (paging->row < 0) {
        return; /* the keys are its foot */
    }
    place = place_of_row(page, paging);
    page_move(page, (size_t)paging->row, place);
    if (paging->button >= 0) {
        page_move(page, (size_t)paging->button, place + 1);
    } else {
        page->elements[paging->primary + 1].parent = (int)place;
    }
    paging->row = (int)place;
    add_previous(fit, paging);
}

/* A ticket or a code is there to do something with at once. */
static bool
is_to_take_along(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        enum role role = page->elements[i].role;

        if (role == ROLE_TICKET || role == ROLE_NUMBER || role == ROLE_SLIP ||
            role == ROLE_HAND_OVER)
        {
            return true;
        }
    }
    return false;
}

/* How many parts the question stands on, from the first. */
static int
question_parts(const struct page *page, const struct paging *paging)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].slot == paging->bands &&
            page->elements[i].role == ROLE_TITLE) {
            return paging->cut.from[i] > 0 ? 0 : paging->cut.to[i] + 1;
        }
    }
    return 0;
}

/* `lost`: of the room of every part; `lost_last` of the last one. */
static void
cut_with(struct fit *fit, struct paging *paging, int lost, int lost_last)
{
    struct rectangle room = paging->area;
    int last = room.height - lost_last - foot_height(fit, paging, true);

    room.height -= lost + foot_height(fit, paging, false);
    cut_slot(&fit->build, fit->page, paging->bands, room, last, &paging->cut);
    paging->lost = lost;
}

/* On every part if it can be; the last one has more of a foot, and less room for it. */
static void
cut(struct fit *fit, struct paging *paging)
{
    int over = paging->over;

    cut_with(fit, paging, 0, 0);
    if (over > 0 && question_parts(fit->page, paging) < paging->cut.parts) {
        cut_with(fit, paging, over, over);
    }
    if (over > 0 && question_parts(fit->page, paging) < paging->cut.parts) {
        cut_with(fit, paging, 0, over);
    }
    if (over > 0 && question_parts(fit->page, paging) < paging->cut.parts - 1) {
        cut_with(fit, paging, over, over);
    }
}

/* An explanation of more than one card. */
static bool
is_in_parts(const struct page *page)
{
    int cards = 0;

    for (int i = 0; i < (int)page->count; i++) {
        cards += is_explanation(page, i);
    }
    return cards > 1;
}

/* Which part of an explanation is read, and which were. */
static void
tell_parts(struct page *page)
{
    int now = 0;

    for (int i = 0; i < (int)page->count && now == 0; i++) {
        now = is_explanation(page, i) ? page->elements[i].number : 0;
    }
    for (size_t i = 0; i < page->count; i++) {
        struct element *part = &page->elements[i];

        if (part->role == ROLE_PART) {
            part->flags |= part->number == now ? ELEMENT_SELECTED : 0u;
            part->icon = part->number < now ? "check" : NULL;
        }
    }
}

/* Several actions may come with the last part, where they leave little of the page to
 * be seen; a single one is mostly pressed right after a choice. */
static bool
acts_at_the_end(const struct page *page, const struct paging *paging)
{
    int actions = 0;

    for (int i = 0; i < (int)page->count; i++) {
        actions += i != paging->row && is_foot_of(&page->elements[i], paging->foot);
    }
    return paging->bands == SLOT_SHEET && actions > 1 && !is_to_take_along(page);
}

static void
fit_slot(struct fit *fit, struct paging *paging)
{
    struct build *build = &fit->build;
    struct rectangle room = area_over(fit, paging->foot, paging->area);
    bool at_the_end;

    if (stack_fits(build, paging->bands, room) && !is_in_parts(fit->page)) {
        *paging->part = 0;
        *paging->count = 1;
        return;
    }
    paging->reading = paging->bands == SLOT_SHEET && is_reading(fit->page);
    paging->primary = primary_of(fit->page, paging->foot);
    paging->acts = paging->primary >= 0;
    add_row(fit->page, paging);
    room.height = paging->area.height - foot_height(fit, paging, false);
    at_the_end = acts_at_the_end(fit->page, paging);
    if (paging->reading && is_to_take_along(fit->page)) {
        paging->reading = false;
        room.height = paging->area.height - foot_height(fit, paging, false);
        at_the_end = true; /* if need be: it has to be seen */
    }
    if (room.height < paging->area.height / 2 && at_the_end) {
        paging->reading = true;
        room.height = paging->area.height - foot_height(fit, paging, false);
    }
    cut(fit, paging);
    if (paging->cut.overflows && !paging->reading) {
        paging->reading = true; /* with all of its foot no part has room */
        cut(fit, paging);
    }
    if (paging->cut.overflows) {
        room.height =
            paging->area.height - paging->lost - foot_height(fit, paging, false);
        cut_texts(build, fit->page, paging->bands, room);
        find_row(fit->page, paging);
        cut(fit, paging);
    }
    *paging->count = paging->cut.parts;
    show_part(fit, paging);
}

/* What is typed in, and the keys. */
static bool
is_typing(const struct element *element)
{
    return element->slot == SLOT_SHEET &&
           (element->role == ROLE_FIELD || element->role == ROLE_KEYBOARD ||
            element->role == ROLE_KEY_PAD);
}

static void
take_off_other_fields(struct fit *fit)
{
    bool keep[PAGE_ELEMENTS_MAX];
    struct page *page = fit->page;

    for (size_t i = 0; i < page->count; i++) {
        keep[i] = page->elements[i].role != ROLE_FIELD ||
                  (page->elements[i].flags & ELEMENT_SELECTED) != 0;
    }
    keep_only(fit, keep);
}

/* What is in it belongs with it. */
static bool
is_on_last(const struct page *page, size_t element,
           bool (*stays)(const struct element *element))
{
    while (page->elements[element].parent >= 0) {
        element = (size_t)page->elements[element].parent;
    }
    return stays(&page->elements[element]);
}

/* The field with its keys is the last part, or the days with their steps; what else
 * there is comes before it. */
static void
cut_before(struct fit *fit, struct paging *paging,
           bool (*stays)(const struct element *element))
{
    bool last[PAGE_ELEMENTS_MAX];
    struct page *page = fit->page;
    struct rectangle room = paging->area;
    struct cut *cut = &paging->cut;
    size_t count;

    paging->reading = paging->acts = true;
    paging->primary = -1;
    add_row(page, paging);
    room.height -= foot_height(fit, paging, false);
    cut_texts(&fit->build, page, paging->bands, room);
    count = page->count - 2; /* without the row and its button */
    paging->row = (int)count;
    paging->button = (int)count + 1;
    for (size_t i = 0; i < count; i++) {
        last[i] = is_on_last(page, i, stays);
    }
    for (size_t i = 0; i < count; i++) {
        page->elements[i].parent =
            stays(&page->elements[i]) ? CUT_HIDDEN : page->elements[i].parent;
    }
    cut_slot(&fit->build, page, paging->bands, room, room.height, cut);
    for (size_t i = 0; i < page->count; i++) {
        page->elements[i].parent = page->elements[i].parent == CUT_HIDDEN
                                       ? PAGE_NO_PARENT
                                       : page->elements[i].parent;
        if (i < count && last[i]) {
            cut->from[i] = cut->to[i] = cut->parts;
        } else if (i >= count) {
            cut->to[i] = cut->parts - 1;
        }
    }
    *paging->count = cut->parts + 1;
    show_part(fit, paging);
}

/* Whether what is typed in has room over its keys, with nothing else. */
static bool
typing_fits(struct fit *fit, struct rectangle room)
{
    struct page *page = fit->page;
    bool hidden[PAGE_ELEMENTS_MAX] = {false};
    bool fits;

    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];

        hidden[i] = element->slot == SLOT_SHEET && !is_typing(element) &&
                    element->parent == PAGE_NO_PARENT;
        element->parent = hidden[i] ? CUT_HIDDEN : element->parent;
    }
    fits = stack_fits(&fit->build, SLOT_SHEET, room);
    for (size_t i = 0; i < page->count; i++) {
        page->elements[i].parent =
            hidden[i] ? PAGE_NO_PARENT : page->elements[i].parent;
    }
    return fits;
}

/* The label of a field in fewer words, where the keys leave it one line. */
static void
shorten_fields(struct fit *fit)
{
    for (size_t i = 0; i < fit->page->count; i++) {
        struct element *field = &fit->page->elements[i];

        if (field->role == ROLE_FIELD && field->brief != NULL) {
            field->label = field->brief;
        }
    }
}

/* Where the keys leave no line for what is wrong with a field, it is read before them;
 * the field keeps its red edge and its sign. */
static void
put_mistake_before(struct fit *fit)
{
    struct page *page = fit->page;
    size_t field = 0;
    struct element *message;

    while (field < page->count && (page->elements[field].role != ROLE_FIELD ||
                                   page->elements[field].detail[0] == '\0'))
    {
        field++;
    }
    if (field == page->count) {
        return;
    }
    message = page_add(page, SLOT_SHEET, ROLE_MESSAGE, "mistake",
                       page->elements[field].label);
    message->icon = "error";
    message->detail = page->elements[field].detail;
    message->flags |= ELEMENT_DANGER | ELEMENT_ERROR;
    page->elements[field].detail = "";
    page_move(page, page->count - 1, field);
}

static void
fit_keys(struct fit *fit, struct paging *paging)
{
    struct build *build = &fit->build;
    struct rectangle room;

    board_fit(build, fit->page);
    build->large_keys = true;
    room = area_over_keys(build);
    drop_foretaste(fit, room);
    move_to_stage(fit, room, is_word);
    move_to_stage(fit, room, is_question);
    if (!stack_fits(build, paging->bands, room)) {
        take_off_other_fields(fit);
    }
    build->large_keys = false;
    room = area_over_keys(build);
    if (!stack_fits(build, paging->bands, room)) {
        if (!typing_fits(fit, room)) {
            shorten_fields(fit);
        }
        if (!typing_fits(fit, room)) {
            put_mistake_before(fit);
        }
        cut_before(fit, paging, is_typing);
        return;
    }
    *paging->part = 0;
    *paging->count = 1;
}

static void
fit_days(struct fit *fit, struct paging *paging)
{
    struct build *build = &fit->build;
    bool whole;

    weeks_prepare(build, fit->page);
    whole = weeks_fit(build, fit->page, paging->area);
    if (whole) {
        move_to_stage(fit, area_over(fit, paging->foot, paging->area), is_word);
        weeks_make_room(build, fit->page, paging->area);
    } else {
        weeks_say_in_button(build, fit->page, paging->area, true);
    }
    weeks_forget_words(fit->page);
    if (whole) {
        fit_slot(fit, paging);
    } else {
        cut_before(fit, paging, weeks_hold);
    }
}

/* The parts of one part of the day, after those of the ones before it. */
static void
add_parts(struct paging *paging, const struct cut *own, const struct segments *segments,
          int number)
{
    struct cut *all = &paging->cut;

    for (int i = 0; i < PAGE_ELEMENTS_MAX; i++) {
        if (segments->of[i] == number) {
            all->from[i] = all->parts + own->from[i];
            all->to[i] = all->parts + own->to[i];
        }
    }
    all->parts += own->parts;
}

/* One part of the day at once; with the row that turns its parts where it has more. */
static void
fit_segments(struct fit *fit, struct paging *paging, const struct segments *segments)
{
    struct page *page = fit->page;
    struct rectangle room = area_over(fit, paging->foot, paging->area), less;
    int first[PAGE_ELEMENTS_MAX], shown = 0, fixed;
    bool turns = false;

    paging->primary = primary_of(page, paging->foot);
    add_row(page, paging);
    less = area_over(fit, paging->foot, paging->area);
    fixed = segments_fixed_height(&fit->build, page, segments, room.width);
    room.height -= fixed;
    less.height -= fixed;
    for (int i = 0; i < PAGE_ELEMENTS_MAX; i++) {
        paging->cut.to[i] = PAGE_ELEMENTS_MAX;
    }
    for (int i = 0; i < segments->count; i++) {
        bool asked = *paging->part >= paging->cut.parts;
        struct cut own;

        segments_show_only(page, segments, i);
        cut_slot(&fit->build, page, paging->bands, room, room.height, &own);
        turns = asked ? own.parts > 1 : turns;
        shown = asked ? i : shown;
        if (own.parts > 1) {
            cut_slot(&fit->build, page, paging->bands, less, less.height, &own);
        }
        first[i] = paging->cut.parts;
        add_parts(paging, &own, segments, i);
    }
    segments_show_all(page, segments);
    segments_mark(page, segments, shown, first);
    *paging->count = paging->cut.parts;
    if (!turns) {
        paging->cut.to[paging->row] = paging->cut.to[paging->button] = -1;
    }
    show_part(fit, paging);
}

static void
fit_overlay(struct fit *fit)
{
    struct page *page = fit->page;
    struct overlay_area area = area_of_overlay(&fit->build);
    struct paging paging = {
        .bands = SLOT_OVERLAY,
        .foot = SLOT_OVERLAY,
        .area = {area.margin, area.top, area.width, area.bottom - area.top},
        .over = area.over,
        .part = &page->overlay_part,
        .count = &page->overlay_part_count,
    };

    cut_countdown(&fit->build, page, paging.area);
    fit_slot(fit, &paging);
}

/* What there is of the area on each of several parts. */
static struct rectangle
area_of_part(struct fit *fit, const struct paging *paging)
{
    struct paging turned = *paging;
    struct rectangle area = paging->area;

    add_row(fit->page, &turned);
    area.height -= foot_height(fit, &turned, false);
    fit->page->count -= 2;
    return area;
}

static bool
fit_times(struct fit *fit, struct paging *paging)
{
    struct rectangle part = area_of_part(fit, paging);
    struct segments segments;

    segments_prepare(&fit->build, fit->page, paging->area, part, &segments);
    if (segments.bar >= 0) {
        fit_segments(fit, paging, &segments);
        return true;
    }
    segments_spare_words(&fit->build, fit->page, paging->area, part);
    return false;
}

static void
fit_sheet(struct fit *fit)
{
    struct page *page = fit->page;
    struct paging paging = {
        .bands = SLOT_SHEET,
        .foot = SLOT_FOOT,
        .area = area_of_parts(&fit->build),
        .part = &page->part,
        .count = &page->part_count,
    };

    if (keyboard_of(page) >= 0) {
        fit_keys(fit, &paging);
        return;
    }
    if (weeks_have_steps(page)) {
        fit_days(fit, &paging);
        return;
    }
    if (page_count_of(page, ROLE_TIME) > 0 && fit_times(fit, &paging)) {
        return;
    }
    move_to_stage(fit, area_over(fit, paging.foot, paging.area), is_word);
    fit_slot(fit, &paging);
}

void
layout_fit(struct page *page, const struct layout_options *options, struct fonts *fonts)
{
    struct fit fit = {.page = page};

    page->part_count = page->overlay_part_count = 1;
    build_begin(&fit.build, &fit.metrics, page, options, fonts);
    if (page->shape == PAGE_ATTRACT) {
        page->part = page->overlay_part = 0;
        attract_fit(&fit.build, page);
        return;
    }
    shorten_title(&fit);
    build_begin(&fit.build, &fit.metrics, page, options, fonts);
    take_off(&fit);
    if (page->shape == PAGE_NOTICE) {
        cut_notice(&fit.build, page);
        page->part = 0;
    } else if (page->shape != PAGE_BLANK) {
        fit_sheet(&fit);
        tell_parts(page);
    }
    if (page_has_overlay(page)) {
        fit_overlay(&fit);
    } else {
        page->overlay_part = 0;
    }
}
