#include "journey_turn.h"

#include <ctype.h>

#include "base/text.h"

#include "journey_find.h"
#include "journey_touch.h"

/* To the next part of the day, where each has its own. */
static const char *
segment_after(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_SEGMENT &&
            page->elements[i].slot == SLOT_SHEET &&
            page->elements[i].action.argument > page->part)
        {
            return page->elements[i].id;
        }
    }
    return NULL;
}

/* The button to another part: on, or where that comes to an end without leading to the
 * beginning again, back. NULL when all of it is shown, and when back has come to its
 * end. */
static const char *
button_of(const struct page *page, bool *backwards)
{
    bool over = page_has_overlay(page);
    const char *more = over ? "overlay-more" : "more";
    const char *previous = "previous";

    if ((over ? page->overlay_part_count : page->part_count) < 2) {
        return NULL;
    }
    if (!*backwards && page_find(page, more) != NULL) {
        return more;
    }
    if (!*backwards && !over && segment_after(page) != NULL) {
        return segment_after(page);
    }
    *backwards = true;
    if (page_find(page, previous) != NULL) {
        return previous;
    }
    return !over && page->part > 0 ? "back" : NULL; /* from under a keyboard */
}

/* --- what is carried away -------------------------------------------------------- */

/* As it is typed: "H7K 3M8" has a space to be read by. */
static void
remember_code(struct journey_run *run, const char *shown)
{
    struct text text = text_begin(run->code, sizeof(run->code));

    for (; *shown != '\0'; shown++) {
        if (isalnum((unsigned char)*shown)) {
            text_add_bytes(&text, shown, 1);
        }
    }
}

/* What a citizen carries away from the page: a code to hold before a scanner, and one
 * to type. */
static void
remember_codes(struct journey_run *run)
{
    const struct page *page = presenter_page(run->parts->presenter);

    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_QR) {
            text_copy(run->qr, sizeof(run->qr), page->elements[i].value);
        } else if (page->elements[i].role == ROLE_TICKET_CODE) {
            remember_code(run, page->elements[i].value);
        }
    }
}

/* --- turning --------------------------------------------------------------------- */

bool
turn_until(struct journey_run *run, turn_press press, turn_found found,
           const void *data, struct error *error)
{
    const struct page *page = presenter_page(run->parts->presenter);
    int turns = 2 * (page->part_count + page->overlay_part_count);
    bool backwards = false;

    for (int i = 0; i < turns && !found(run, data); i++) {
        const char *button =
            button_of(presenter_page(run->parts->presenter), &backwards);

        if (button == NULL) {
            return true;
        }
        if (!press(run, button, error)) {
            return false;
        }
        remember_codes(run);
    }
    return true;
}

static bool
is_pointed_at(const struct journey_run *run, const void *data)
{
    struct error none = {0};

    return page_point_at(presenter_page(run->parts->presenter), data, &none) != NULL;
}

bool
turn_to_word(struct journey_run *run, turn_press press, const struct word *word,
             struct error *error)
{
    return turn_until(run, press, is_pointed_at, word, error);
}

static bool
has_ticket(const struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_TICKET) {
            return true;
        }
    }
    return false;
}

/* All of it is to be read. */
static bool
is_nothing(const struct journey_run *run, const void *data)
{
    (void)run;
    (void)data;
    return false;
}

bool
read_codes(struct journey_run *run, struct error *error)
{
    bool ticket =
        run->text != TEXT_NORMAL && has_ticket(presenter_page(run->parts->presenter));
    bool read = run->ticket_read;

    run->ticket_read = ticket;
    remember_codes(run);
    return !ticket || read || turn_until(run, touch_button, is_nothing, NULL, error);
}
