#include "flow_parts.h"

#include "adjust.h"
#include "blank.h"
#include "navigation.h"
#include "overlays.h"

/* What every screen has in common: the dock, what lies over it, and the way back. */

/* To the part before it, or `leaving` the page to the one before that. */
static void
go_back(struct flow *flow, bool leaving)
{
    struct session *session = &flow->session;

    if (session->overlay != OVERLAY_NONE) {
        session->overlay = OVERLAY_NONE;
    } else if (navigation_top(session)->part > 0 && !leaving) {
        navigation_top(session)->part--;
    } else if (navigation_top(session)->screen != SCREEN_DONE &&
               navigation_top(session)->screen != SCREEN_NUMBER &&
               navigation_top(session)->screen != SCREEN_FEEDBACK &&
               navigation_pop(session))
    {
        session->notice = NOTICE_NONE;
    }
}

static void
retry(struct flow *flow)
{
    struct outcome outcome = flow->failed.outcome;

    if (outcome.request != REQUEST_NONE && navigation_pop(&flow->session)) {
        flow_apply(flow, outcome);
    }
}

/*
 * While something is awaited: who has the ticket need not wait for paper, and going
 * back gives up waiting, but for what can't be taken back.
 */
static bool
may_go_on(struct flow *flow, struct action action)
{
    enum request asked = flow->pending.asked;

    if (asked == REQUEST_PRINT) {
        return action.verb == VERB_NEXT;
    }
    if (action.verb == VERB_BACK && asked != REQUEST_BOOK && asked != REQUEST_HOLD &&
        asked != REQUEST_NUMBER && asked != REQUEST_MOVE && asked != REQUEST_CANCEL &&
        asked != REQUEST_CHECK_IN && asked != REQUEST_CALL_BACK &&
        asked != REQUEST_HELP)
    {
        flow->pending = (struct pending){.outcome.request = REQUEST_NONE};
    }
    return false;
}

/* The cell of the dock that opened it also closes it. */
static void
turn_overlay(struct session *session, enum overlay overlay)
{
    session->overlay = session->overlay == overlay ? OVERLAY_NONE : overlay;
}

/* What works at any time. */
static bool
perform_at_once(struct flow *flow, struct action action)
{
    struct session *session = &flow->session;

    if (adjust_act(session, action) || blank_act(session, action)) {
        session->overlay =
            session->overlay == OVERLAY_HELP ? OVERLAY_NONE : session->overlay;
        return true;
    }
    switch (action.verb) {
    case VERB_STOP:
        flow_end(flow, END_STOPPED);
        return true;
    case VERB_LANGUAGES:
        turn_overlay(session, OVERLAY_LANGUAGES);
        return true;
    case VERB_HELP:
        turn_overlay(session, OVERLAY_HELP);
        return true;
    case VERB_ADJUST:
        turn_overlay(session, OVERLAY_ADJUST);
        return true;
    case VERB_LANGUAGE:
        session->language = (enum language)action.argument;
        session->overlay = OVERLAY_NONE;
        return true;
    case VERB_CONTINUE:
        session->overlay = OVERLAY_NONE;
        return true;
    case VERB_SCANNED:
        session->overlay = OVERLAY_NONE;
        flow_look_up_scanned(flow);
        return true;
    default:
        return false;
    }
}

/* What waits for what was pressed before. */
static bool
perform_in_turn(struct flow *flow, struct action action)
{
    struct session *session = &flow->session;

    switch (action.verb) {
    case VERB_BACK:
        go_back(flow, action.argument == BACK_TO_PAGE);
        return true;
    case VERB_PERSON:
        flow_help_by_person(flow);
        return true;
    case VERB_NO_HELP:
        flow_end_help(flow);
        go_back(flow, true);
        return true;
    case VERB_CALL_BACK:
        session->overlay = OVERLAY_NONE;
        if (navigation_top(session)->screen != SCREEN_CALL_BACK) {
            navigation_push(session, SCREEN_CALL_BACK);
        }
        return true;
    case VERB_SLIP:
        flow_make_slip(flow);
        return true;
    case VERB_PLACES:
        navigation_push(session, SCREEN_PLACES);
        return true;
    case VERB_CHAT:
        session->overlay = OVERLAY_NONE;
        session->helped = true;
        navigation_push(session, SCREEN_CHAT);
        return true;
    case VERB_PART:
        navigation_top(session)->part = action.argument;
        return true;
    case VERB_OVERLAY_PART:
        session->overlay_part = action.argument;
        return true;
    case VERB_RETRY:
        retry(flow);
        return true;
    default:
        return false;
    }
}

bool
flow_perform(struct flow *flow, struct action action)
{
    return perform_at_once(flow, action) ||
           (flow_is_busy(flow) && !may_go_on(flow, action)) ||
           perform_in_turn(flow, action);
}
