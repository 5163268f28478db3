#include <assert.h>
#include <string.h>

#include "flow_parts.h"
#include "hesitation.h"

/* Help is offered to who seems not to find the way; never forced, and not again where
 * it was declined. */

#define OFFERS_MAX 2   /* a visit: who declined twice means it */
#define STILL_MS 40000 /* before the question whether somebody is there */
#define TURNS_WITHIN_MS 60000
#define MISSES_MAX 4 /* larger letters were offered before that */

static_assert(SCREEN_COUNT <= 64, "hesitation.offered has a bit for each screen");

enum place {
    PLACE_CHOICE,  /* something is asked: standing still is hesitating */
    PLACE_READING, /* reading takes its time, and so does a phone */
    PLACE_END,     /* done, or help itself */
};

static enum place
place_of(enum screen_id screen)
{
    switch ((int)screen) {
    case SCREEN_INFO:
    case SCREEN_MORE:
    case SCREEN_BRING:
    case SCREEN_PLACES:
    case SCREEN_HAND_OVER:
    case SCREEN_PARTNER:
    case SCREEN_CHECK_IN:
    case SCREEN_MANAGE:
    case SCREEN_CONTACT:
        return PLACE_READING;
    case SCREEN_ATTRACT:
    case SCREEN_OUT_OF_ORDER:
    case SCREEN_PERSON:
    case SCREEN_CLOSED:
    case SCREEN_WEBSITE:
    case SCREEN_STAFF_CALLED:
    case SCREEN_CALL_BACK:
    case SCREEN_CALL_BACK_SENT:
    case SCREEN_CHAT:
    case SCREEN_SLIP:
    case SCREEN_NUMBER:
    case SCREEN_DONE:
    case SCREEN_CHECKED_IN:
    case SCREEN_CANCELLED:
    case SCREEN_UNCERTAIN:
    case SCREEN_FEEDBACK:
        return PLACE_END;
    default:
        return PLACE_CHOICE;
    }
}

static bool
may_offer(const struct flow *flow)
{
    const struct session *session = &flow->session;
    enum screen_id screen = flow_shown(flow);

    return session->under_way && !session->blanked &&
           session->overlay == OVERLAY_NONE && !flow->warned &&
           flow->pending.outcome.request == REQUEST_NONE &&
           place_of(screen) != PLACE_END && session->help.calls == 0 &&
           session->hesitation.offers < OFFERS_MAX &&
           (session->hesitation.offered & (UINT64_C(1) << screen)) == 0;
}

static void
offer(struct flow *flow)
{
    struct hesitation *hesitation = &flow->session.hesitation;

    if (!may_offer(flow)) {
        return;
    }
    flow->session.overlay = OVERLAY_HELP;
    hesitation->offered |= UINT64_C(1) << flow_shown(flow);
    hesitation->offers++;
    hesitation->open = true;
    if (!hesitation->taken) {
        hesitation->where = flow_shown(flow);
    }
}

/* Turned back three times in a short time, or to and fro between the same two screens.
 * Straight back to the beginning is no hesitating. */
static bool
goes_to_and_fro(const struct hesitation *hesitation, int64_t now_ms)
{
    const enum screen_id *trail = hesitation->trail;
    int64_t oldest = hesitation->turns_ms[HESITATION_TURNS - 1];

    if (oldest != 0 && now_ms - oldest <= TURNS_WITHIN_MS) {
        return true;
    }
    for (int i = 2; i < HESITATION_TRAIL; i++) {
        if (trail[i] == SCREEN_ATTRACT || trail[i] != trail[i - 2]) {
            return false;
        }
    }
    return true;
}

static void
note_screen(struct flow *flow, enum screen_id before)
{
    struct hesitation *hesitation = &flow->session.hesitation;

    hesitation->misses = 0;
    memmove(&hesitation->trail[1], &hesitation->trail[0],
            sizeof(hesitation->trail) - sizeof(hesitation->trail[0]));
    hesitation->trail[0] = flow_shown(flow);
    if (hesitation->trail[1] == SCREEN_ATTRACT) {
        hesitation->trail[1] = before;
    }
}

/* Not to change a line on the last page, which goes back as well. */
static bool
asks_back(const struct input *input)
{
    return input->kind == INPUT_BACK || input->action.verb == VERB_BACK;
}

static void
note_step(struct flow *flow, bool back)
{
    struct hesitation *hesitation = &flow->session.hesitation;

    if (back && !hesitation->goes_back) {
        memmove(&hesitation->turns_ms[1], &hesitation->turns_ms[0],
                sizeof(hesitation->turns_ms) - sizeof(hesitation->turns_ms[0]));
        hesitation->turns_ms[0] = flow->moment.now_ms;
    }
    hesitation->goes_back = back;
}

/* A way that the offer has was chosen; anything else declines it. */
static bool
is_help(struct action action)
{
    return action.verb == VERB_PERSON || action.verb == VERB_CALL_BACK ||
           action.verb == VERB_CHAT || action.verb == VERB_SPEECH;
}

void
flow_hesitates_before(struct flow *flow, const struct input *input)
{
    struct hesitation *hesitation = &flow->session.hesitation;

    if (hesitation->open && input->kind == INPUT_PRESS) {
        hesitation->taken = hesitation->taken || is_help(input->action);
    }
}

void
flow_hesitates_after(struct flow *flow, const struct input *input,
                     enum screen_id before, size_t depth)
{
    struct session *session = &flow->session;
    struct hesitation *hesitation = &session->hesitation;

    if (!session->under_way) {
        return;
    }
    hesitation->open = hesitation->open && session->overlay == OVERLAY_HELP;
    if (input->kind == INPUT_MISS) {
        if (++hesitation->misses >= MISSES_MAX) {
            hesitation->misses = 0;
            offer(flow);
        }
        return;
    }
    if (input->kind != INPUT_FOCUS) {
        hesitation->progress_ms = flow->moment.now_ms;
    }
    if (flow_shown(flow) != before) {
        note_screen(flow, before);
    }
    if (session->depth != depth) {
        note_step(flow, session->depth < depth && asks_back(input));
    }
    if (goes_to_and_fro(hesitation, flow->moment.now_ms)) {
        offer(flow);
        memset(hesitation->turns_ms, 0, sizeof(hesitation->turns_ms));
        memset(hesitation->trail, 0, sizeof(hesitation->trail));
    }
}

void
flow_hesitates_no_more(struct flow *flow)
{
    struct session *session = &flow->session;

    if (session->hesitation.open) {
        session->hesitation.open = false;
        session->overlay = OVERLAY_NONE;
    }
}

static bool
is_watched(const struct flow *flow)
{
    return may_offer(flow) && place_of(flow_shown(flow)) == PLACE_CHOICE;
}

void
flow_hesitates_still(struct flow *flow)
{
    if (flow->moment.now_ms >= flow_hesitates_ms(flow)) {
        offer(flow);
    }
}

int64_t
flow_hesitates_ms(const struct flow *flow)
{
    return is_watched(flow) ? flow->session.hesitation.progress_ms + STILL_MS
                            : INT64_MAX;
}
