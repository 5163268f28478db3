#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#include "flow_parts.h"
#include "lookup.h"
#include "navigation.h"

/* What happens to a visit with an appointment that was made before. */

/* Where a scanned code is what the citizen is busy with. */
static bool
awaits_scan(struct session *session)
{
    enum screen_id screen = navigation_top(session)->screen;

    return screen == SCREEN_HOME || screen == SCREEN_CHECK_IN || screen == SCREEN_CODE;
}

void
flow_look_up_scanned(struct flow *flow)
{
    struct session *session = &flow->session;
    char text[APPOINTMENT_CHECK_IN_BYTES];

    text_copy(text, sizeof(text), session->lookup);
    if (navigation_top(session)->screen != SCREEN_CHECK_IN) {
        flow_give_key_up(flow);
        navigation_reset(session, SCREEN_HOME);
        navigation_push(session, SCREEN_CHECK_IN);
    }
    flow_apply(flow, lookup_text(session, text));
}

void
flow_scan(struct flow *flow, const char *text)
{
    struct session *session = &flow->session;

    if (flow->parts.client->operations->find == NULL || flow_is_busy(flow)) {
        return;
    }
    if (text[0] == '\0' || strlen(text) >= sizeof(session->lookup)) {
        text = "?"; /* not read, or too long for any code of ours: not found as such */
    }
    text_copy(session->lookup, sizeof(session->lookup), text);
    if (awaits_scan(session)) {
        flow_look_up_scanned(flow);
    } else {
        session->overlay = OVERLAY_SCANNED;
    }
}

/* A notice outlives the move that it explains. */
static void
apply_noticed(struct flow *flow, struct outcome outcome)
{
    enum notice notice = flow->session.notice;

    flow_apply(flow, outcome);
    flow->session.notice = notice;
}

static void
take_moved(struct flow *flow, const struct answer_of_upstream *answer)
{
    struct session *session = &flow->session;
    struct appointment_item item = session->appointment.items[0];

    session->appointment = answer->moved->appointment;
    if (session->appointment.item_count == 0) {
        session->appointment.items[0] = item; /* the same thing, at another time */
        session->appointment.item_count = 1;
    }
    session->old_stands = answer->moved->old_stands;
    session->moved = true;
    session->notice = NOTICE_NONE;
    navigation_reset(session, SCREEN_DONE);
}

bool
flow_take_lookup(struct flow *flow, const struct answer_of_upstream *answer)
{
    struct session *session = &flow->session;
    struct view view = flow_view(flow);

    switch ((int)answer->request) {
    case REQUEST_FIND:
        apply_noticed(flow, answer->from_ticket
                                ? lookup_read(&view, session, answer->appointment)
                                : lookup_found(&view, session, answer->appointment));
        return true;
    case REQUEST_CHECK_IN:
        session->appointment = *answer->appointment;
        navigation_reset(session, SCREEN_CHECKED_IN);
        if (flow->parts.printer != NULL) {
            flow_ask(flow, REQUEST_PRINTER);
        }
        return true;
    case REQUEST_MOVE:
        take_moved(flow, answer);
        return true;
    case REQUEST_CANCEL:
        navigation_reset(session, SCREEN_CANCELLED);
        return true;
    default:
        return false;
    }
}

bool
flow_fail_lookup(struct flow *flow, enum request request, enum error_kind kind)
{
    struct session *session = &flow->session;
    struct view view = flow_view(flow);

    if (request != REQUEST_FIND && request != REQUEST_CHECK_IN &&
        request != REQUEST_MOVE && request != REQUEST_CANCEL)
    {
        return false;
    }
    session->trouble_of_standing = true;
    if (kind == ERROR_UNCERTAIN &&
        (request == REQUEST_MOVE || request == REQUEST_CANCEL)) {
        navigation_reset(session, SCREEN_UNCERTAIN);
        return true;
    }
    if (kind != ERROR_REFUSED && kind != ERROR_NOT_FOUND &&
        !(request == REQUEST_FIND && kind == ERROR_BAD_INPUT))
    {
        return false;
    }
    apply_noticed(flow, lookup_failed(&view, session, request, kind));
    return true;
}
