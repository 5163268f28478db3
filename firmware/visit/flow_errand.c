#include "base/memory.h"
#include "base/text.h"
#include "catalogue/opening.h"

#include "flow_parts.h"
#include "navigation.h"

/* What is asked of people who are not there: to call back, and to come and help. */

#define CALL_AGAIN_MS (5 * 60 * 1000)

static void
fill_common(const struct flow *flow, struct errand *errand)
{
    errand->asked_at = flow->moment.now;
    errand->language = flow->session.language;
}

static void
fill_call_back(struct flow *flow, struct errand *errand)
{
    struct session *session = &flow->session;

    if (session->call_back.key[0] == '\0') {
        errand_key_make(session->call_back.key);
    }
    fill_common(flow, errand);
    errand->kind = ERRAND_CALL_BACK;
    errand->from = session->call_back.from;
    errand->until = session->call_back.until;
    text_copy(errand->key, sizeof(errand->key), session->call_back.key);
    text_copy(errand->phone, sizeof(errand->phone), session->call_back.phone);
    text_copy(errand->product, sizeof(errand->product),
              session->product != NULL ? session->product->id : "");
}

static void
fill_help(struct flow *flow, struct errand *errand)
{
    struct session *session = &flow->session;

    if (session->help.key[0] == '\0') {
        errand_key_make(session->help.key);
    }
    fill_common(flow, errand);
    errand->kind = ERRAND_HELP;
    errand->calls = session->help.calls + 1;
    text_copy(errand->key, sizeof(errand->key), session->help.key);
}

bool
flow_send_errand(struct flow *flow, enum request request)
{
    struct errand errand = {0};
    bool good;

    if (request == REQUEST_CALL_BACK) {
        fill_call_back(flow, &errand);
    } else if (request == REQUEST_SLIP) {
        fill_common(flow, &errand);
        flow_fill_slip(flow, &errand);
    } else {
        fill_help(flow, &errand);
    }
    good = upstream_send(flow->upstream, request, &errand, flow->visit);
    memory_wipe(&errand, sizeof(errand));
    return good;
}

/* --- calling staff ------------------------------------------------------------------
 */

static bool
staff_can_be_called(const struct flow *flow)
{
    struct view view = flow_view(flow);

    return view_calls_staff(&view);
}

static void
show_person(struct flow *flow, enum notice notice)
{
    struct session *session = &flow->session;

    struct view view = flow_view(flow);
    bool open = opening_is_open(view.parts->here, view_civil(&view, view.moment.now));
    enum screen_id screen =
        open || notice != NOTICE_NONE ? SCREEN_PERSON : SCREEN_CLOSED;

    session->notice = notice;
    if (navigation_top(session)->screen != screen) {
        navigation_push(session, screen);
    }
}

void
flow_help_by_person(struct flow *flow)
{
    struct session *session = &flow->session;
    enum screen_id shown = navigation_top(session)->screen;

    session->helped = true;
    session->overlay = OVERLAY_NONE;
    if (shown == SCREEN_STAFF_CALLED) {
        return;
    }
    if (!staff_can_be_called(flow)) {
        show_person(flow, NOTICE_NONE);
    } else if (session->help.calls > 0) {
        if (session->help.kept) {
            show_person(flow, NOTICE_CALL_WAITS);
        } else {
            navigation_push(session, SCREEN_STAFF_CALLED);
        }
    } else {
        flow_apply(flow, (struct outcome){.move = MOVE_STAY, .request = REQUEST_HELP});
    }
}

void
flow_end_help(struct flow *flow)
{
    struct session *session = &flow->session;

    if (session->help.key[0] != '\0') {
        errand_post_withdraw(flow->parts.errands, session->help.key);
    }
    memory_wipe(&session->help, sizeof(session->help));
}

/* When it has to be asked again; INT64_MAX when nobody was called. */
int64_t
flow_call_again_ms(const struct flow *flow)
{
    const struct session *session = &flow->session;

    if (session->help.calls == 0 || session->help.calls >= ERRAND_CALLS_MAX ||
        flow->asked[REQUEST_HELP])
    {
        return INT64_MAX;
    }
    return session->help.called_ms + CALL_AGAIN_MS;
}

void
flow_call_again(struct flow *flow)
{
    if (flow->moment.now_ms >= flow_call_again_ms(flow)) {
        flow->asked[REQUEST_HELP] = flow_send_errand(flow, REQUEST_HELP);
        if (!flow->asked[REQUEST_HELP]) {
            flow_fail_errand(flow, REQUEST_HELP);
        }
    }
}

/* --- answers ------------------------------------------------------------------------
 */

static void
take_call_back(struct flow *flow, bool kept)
{
    struct session *session = &flow->session;

    session->call_back.kept = kept;
    memory_wipe(session->call_back.phone, sizeof(session->call_back.phone));
    if (session->product != NULL) {
        session->channel = CHANNEL_CALL_BACK;
        count_started(&flow->parts, session, flow->moment.now);
        count_completed(&flow->parts, session, NULL, flow->moment.now);
    }
    session->completed = true;
    navigation_reset(session, SCREEN_CALL_BACK_SENT);
}

static void
take_help(struct flow *flow, bool kept, bool awaited)
{
    struct session *session = &flow->session;

    session->helped = true;
    session->help.calls++;
    session->help.kept = kept;
    session->help.called_at = flow->moment.now;
    session->help.called_ms = flow->moment.now_ms;
    if (!awaited) {
        return;
    }
    if (kept) {
        show_person(flow, NOTICE_CALL_WAITS);
    } else {
        navigation_push(session, SCREEN_STAFF_CALLED);
    }
}

void
flow_fail_errand(struct flow *flow, enum request request)
{
    struct session *session = &flow->session;

    if (request == REQUEST_CALL_BACK) {
        session->notice = NOTICE_CALL_BACK_FAILED;
    } else if (request == REQUEST_SLIP) {
        flow_take_slip(flow, false);
    } else if (session->help.calls > 0) {
        session->help.called_ms = flow->moment.now_ms; /* once more in five minutes */
    } else {
        flow_end_help(flow);
        show_person(flow, NOTICE_CALL_FAILED);
    }
}

void
flow_take_errand(struct flow *flow, const struct answer_of_upstream *answer,
                 bool awaited)
{
    bool kept = answer->fate == ERRAND_KEPT;

    if (awaited) {
        flow->pending = (struct pending){.outcome.request = REQUEST_NONE};
    }
    if (answer->request == REQUEST_SLIP) {
        if (awaited) { /* else nobody wants it any more: its code is not told */
            flow_take_slip(flow, answer->good);
        }
    } else if (!answer->good) {
        flow_fail_errand(flow, answer->request);
    } else if (answer->request == REQUEST_CALL_BACK) {
        take_call_back(flow, kept);
    } else {
        take_help(flow, kept, awaited);
    }
}
