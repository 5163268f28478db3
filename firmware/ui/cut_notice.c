#include "cut.h"

#include "area.h"
#include "base/wording.h"
#include "parts.h"

/* On a notice nobody can turn to another part: what has no room is told shorter. */

static bool
has_room(struct build *build)
{
    struct rectangle area = area_of_parts(build);

    area.height -= area_foot(build, SLOT_FOOT, area.width);
    return stack_fits(build, SLOT_SHEET, area);
}

/* The other place without the way drawn: how far it is stays. */
static void
tell_nearby_shorter(struct page *page)
{
    for (size_t i = 0; i < page->count; i++) {
        struct element *element = &page->elements[i];

        if (element->role == ROLE_NEARBY) {
            element->flags &= ~(unsigned)ELEMENT_STRONG;
        } else if (element->role == ROLE_ROUTE) {
            element->role = ROLE_FACT;
            element->label = element->value;
            element->value = element->detail = "";
            element->icon = "directions_walk";
            element->flags |= ELEMENT_STRONG;
        }
    }
}

static void
take_off(struct page *page, enum role role)
{
    bool keep[PAGE_ELEMENTS_MAX];

    for (size_t i = 0; i < page->count; i++) {
        keep[i] = page->elements[i].role != role;
    }
    page_keep(page, keep);
}

void
cut_notice(struct build *build, struct page *page)
{
    if (!has_room(build)) {
        tell_nearby_shorter(page);
    }
    if (!has_room(build)) {
        take_off(page, ROLE_QR);
    }
    if (!has_room(build)) {
        take_off(page, ROLE_SERVICE); /* the log says it too */
    }
}

/* --- what counts down ---------------------------------------------------------------
 */

static int
index_of(const struct page *page, enum role role)
{
    for (int i = 0; i < (int)page->count; i++) {
        if (page->elements[i].slot == SLOT_OVERLAY && page->elements[i].role == role) {
            return i;
        }
    }
    return -1;
}

static bool
question_has_room(struct build *build, struct rectangle area)
{
    area.height -= area_foot(build, SLOT_OVERLAY, area.width);
    return stack_fits(build, SLOT_OVERLAY, area);
}

/* The seconds as a line under the question, without their ring. */
static void
tell_seconds_shorter(struct page *page, int countdown)
{
    struct element *element = &page->elements[countdown];
    int question = index_of(page, ROLE_TITLE);

    element->label = page_format(page, "%s %s", element->label, element->detail);
    element->detail = "";
    if (question > countdown) {
        page_move(page, (size_t)question, (size_t)countdown);
    }
}

/* What happens without an answer is said aloud; the button says it too. */
static void
ask_shorter(struct page *page, int question)
{
    struct element *element = &page->elements[question];
    char spoken[4 * WORDING_BYTES]; /* both, in any script */

    if (question >= 0) {
        page_speak(element, spoken, sizeof(spoken));
        element->spoken = page_text(page, spoken);
        element->detail = "";
    }
}

void
cut_countdown(struct build *build, struct page *page, struct rectangle area)
{
    int countdown = index_of(page, ROLE_COUNTDOWN);

    if (countdown >= 0 && !question_has_room(build, area)) {
        tell_seconds_shorter(page, countdown);
    }
    if (countdown >= 0 && !question_has_room(build, area)) {
        ask_shorter(page, index_of(page, ROLE_TITLE));
    }
}
