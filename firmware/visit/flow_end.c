#include <string.h>

#include "flow_parts.h"
#include "navigation.h"

/* How a visit ends: at once, or after asking how it went. */

enum screen_id
flow_shown(const struct flow *flow)
{
    const struct session *session = &flow->session;

    return session->depth > 0 ? session->frames[session->depth - 1].screen
                              : SCREEN_ATTRACT;
}

/* Nothing of the matter at hand is waited for any more. */
static void
let_go(struct flow *flow)
{
    struct session *session = &flow->session;

    if (session->held && !session->booked && !flow->asked[REQUEST_BOOK]) {
        upstream_release(flow->upstream, session->key);
    }
    flow_give_number_up(flow);
    flow_end_help(flow);
    flow->visit++;
    flow->pending = flow->failed = (struct pending){.outcome.request = REQUEST_NONE};
    memset(flow->asked, 0, sizeof(flow->asked));
    flow->warned = false;
}

void
flow_end(struct flow *flow, enum visit_end end)
{
    let_go(flow);
    count_visit_ended(&flow->parts, &flow->session, end, flow->moment);
    session_wipe(&flow->session);
}

/* Nobody who mourns is asked how it went. */
static bool
is_sensitive(const struct session *session)
{
    return (session->event != NULL && session->event->sensitive) ||
           (session->product != NULL && session->product->sensitive);
}

void
flow_finish(struct flow *flow)
{
    struct session *session = &flow->session;

    if (is_sensitive(session)) {
        flow_end(flow, END_DONE);
        return;
    }
    let_go(flow);
    count_attempt_ended(&flow->parts, session, END_DONE, flow->moment.now);
    session_forget_matter(session);
    navigation_push(session, SCREEN_FEEDBACK);
}
