#include <string.h>

#include "base/text.h"

#include "flow_parts.h"
#include "navigation.h"

/* Which part of a page that does not fit at once is shown, when the page changes. */

static bool
is_mistaken(const struct session *session)
{
    bool mistaken = session->call_back.phone_wrong;

    for (size_t i = 0; i < session->known.field_count; i++) {
        mistaken |= session->typed.wrong[i];
    }
    return mistaken;
}

struct seen
flow_seen(const struct flow *flow)
{
    const struct session *session = &flow->session;

    return (struct seen){
        .part = session->depth > 0 ? session->frames[session->depth - 1].part : 0,
        .language = session->language,
        .adjustment = session->adjustment,
        .overlay = session->overlay,
        .current = session->typed.current,
    };
}

/* What only stands on that part: a choice, or a line of a card. */
static bool
is_own(const struct page *page, const struct element *element)
{
    return element->slot == SLOT_SHEET &&
           ((element->flags & ELEMENT_TOUCH) != 0 ||
            element->parent != PAGE_NO_PARENT) &&
           element->role != ROLE_MONTH_STEP && element->role != ROLE_WEEKDAY &&
           element->role != ROLE_SEGMENT && element->role != ROLE_FIELD &&
           element->role != ROLE_CLEAR && element->role != ROLE_PART && page->part > 0;
}

static void
note_anchor(struct frame *frame, const struct page *page)
{
    frame->anchor[0] = '\0';
    for (size_t i = 0; i < page->count; i++) {
        if (is_own(page, &page->elements[i])) {
            text_copy(frame->anchor, sizeof(frame->anchor), page->elements[i].id);
            return;
        }
    }
}

/* The part on which the anchor stands now. */
static void
turn_to_anchor(struct flow *flow, struct frame *frame)
{
    struct page *page = &flow->scratch;

    frame->part = 0;
    do {
        flow_describe(flow, page, flow->moment);
    } while (page_find(page, frame->anchor) == NULL &&
             ++frame->part < page->part_count);
}

/* A display without room for both shows what is wrong before the keys. */
static void
turn_to_mistake(struct flow *flow, struct frame *frame)
{
    int part = frame->part;

    frame->part = 0;
    flow_describe(flow, &flow->scratch, flow->moment);
    if (page_find(&flow->scratch, "mistake") == NULL) {
        frame->part = part;
    }
}

static bool
is_on_overlay(const struct page *page, struct action action)
{
    for (size_t i = 0; i < page->count; i++) {
        const struct element *element = &page->elements[i];

        if (element->slot == SLOT_OVERLAY && element->action.verb == action.verb &&
            element->action.argument == action.argument)
        {
            return true;
        }
    }
    return false;
}

/* The part of the overlay that holds what was pressed, which may have made it longer;
 * the first where that is gone. */
static void
turn_to_pressed(struct flow *flow, struct action action)
{
    struct page *page = &flow->scratch;
    int count;

    flow->session.overlay_part = 0;
    do {
        flow_describe(flow, page, flow->moment);
        count = page->overlay_part_count;
        if (is_on_overlay(page, action)) {
            return;
        }
    } while (++flow->session.overlay_part < count);
    flow->session.overlay_part = 0;
}

void
flow_keep_part(struct flow *flow, const struct seen *before, const struct input *input)
{
    struct session *session = &flow->session;
    struct seen now = flow_seen(flow);
    struct page *page = &flow->scratch;
    bool pressed = input->kind == INPUT_PRESS;
    bool turned = now.part != before->part;
    bool set =
        now.language != before->language ||
        memcmp(&now.adjustment, &before->adjustment, sizeof(now.adjustment)) != 0;
    struct frame *frame;

    if (now.overlay != before->overlay) {
        session->overlay_part = 0;
    }
    if (session->depth == 0) {
        return;
    }
    frame = navigation_top(session);
    if (set && pressed && now.overlay != OVERLAY_NONE && now.overlay == before->overlay)
    {
        turn_to_pressed(flow, input->action);
    }
    set = set && frame->anchor[0] != '\0';
    if (set) {
        turn_to_anchor(flow, frame);
    } else if (turned && frame->part == 0) {
        frame->anchor[0] = '\0';
    }
    if (pressed && input->action.verb == VERB_NEXT && frame->part > 0 &&
        now.current == before->current && is_mistaken(session))
    {
        turn_to_mistake(flow, frame);
    }
    if (frame->part > 0 || session->overlay_part > 0) {
        flow_describe(flow, page, flow->moment);
        frame->part = page->part;
        session->overlay_part = page->overlay_part;
        if (turned && !set) {
            note_anchor(frame, page);
        }
    }
    page_wipe(page);
}

void
flow_keep_weeks(struct flow *flow)
{
    struct session *session = &flow->session;
    struct page *page = &flow->scratch;

    if (session->depth == 0 || navigation_top(session)->screen != SCREEN_DAY ||
        session->date.year == 0)
    {
        return;
    }
    flow_describe(flow, page, flow->moment);
    for (size_t i = 0; i < page->count; i++) {
        if (page->elements[i].role == ROLE_DAY) {
            session->known.shown = date_from_days(page->elements[i].action.argument);
            break;
        }
    }
    page_wipe(page);
}
