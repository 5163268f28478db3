#include "fit_paging.h"

#include <stdio.h>

#include "area.h"
#include "base/text.h"
#include "base/wording.h"
#include "parts.h"
#include "stack.h"
#include "stage.h"

/* What stays, and what there is on the stage then. */
void
fit_keep(struct fit *fit, const bool keep[PAGE_ELEMENTS_MAX])
{
    page_keep(fit->page, keep);
    stage_plan(&fit->build);
}

/* The area over the foot, which is as high as it is described. */
struct rectangle
paging_over_foot(struct fit *fit, enum slot foot, struct rectangle area)
{
    area.height -= area_foot(&fit->build, foot, area.width);
    return area;
}

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

int
paging_primary(const struct page *page, enum slot foot)
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

void
paging_add_row(struct page *page, struct paging *paging)
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
int
paging_foot_height(struct fit *fit, const struct paging *paging, bool last)
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
    fit_keep(fit, keep);
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
    paging->primary = paging_primary(page, paging->foot);
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

void
paging_show(struct fit *fit, struct paging *paging)
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
    int last = room.height - lost_last - paging_foot_height(fit, paging, true);

    room.height -= lost + paging_foot_height(fit, paging, false);
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
void
paging_tell_parts(struct page *page)
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

void
paging_fit(struct fit *fit, struct paging *paging)
{
    struct build *build = &fit->build;
    struct rectangle room = paging_over_foot(fit, paging->foot, paging->area);
    bool at_the_end;

    if (stack_fits(build, paging->bands, room) && !is_in_parts(fit->page)) {
        *paging->part = 0;
        *paging->count = 1;
        return;
    }
    paging->reading = paging->bands == SLOT_SHEET && is_reading(fit->page);
    paging->primary = paging_primary(fit->page, paging->foot);
    paging->acts = paging->primary >= 0;
    paging_add_row(fit->page, paging);
    room.height = paging->area.height - paging_foot_height(fit, paging, false);
    at_the_end = acts_at_the_end(fit->page, paging);
    if (paging->reading && is_to_take_along(fit->page)) {
        paging->reading = false;
        room.height = paging->area.height - paging_foot_height(fit, paging, false);
        at_the_end = true; /* if need be: it has to be seen */
    }
    if (room.height < paging->area.height / 2 && at_the_end) {
        paging->reading = true;
        room.height = paging->area.height - paging_foot_height(fit, paging, false);
    }
    cut(fit, paging);
    if (paging->cut.overflows && !paging->reading) {
        paging->reading = true; /* with all of its foot no part has room */
        cut(fit, paging);
    }
    if (paging->cut.overflows) {
        room.height =
            paging->area.height - paging->lost - paging_foot_height(fit, paging, false);
        cut_texts(build, fit->page, paging->bands, room);
        find_row(fit->page, paging);
        cut(fit, paging);
    }
    *paging->count = paging->cut.parts;
    paging_show(fit, paging);
}
