#include "flow_parts.h"
#include "navigation.h"

/* A number for who comes without an appointment: drawn once, whatever is lost. */

/* The same key until it is answered, so that asking again draws nothing again. */
void
flow_prepare_number(struct flow *flow)
{
    struct session *session = &flow->session;

    if (session->number_of != session->product) {
        flow_give_number_up(flow);
    }
    if (session->number_key[0] == '\0') {
        appointment_key_make(session->number_key);
        session->number_of = session->product;
    }
}

/* It may have been drawn, and nobody saw it. */
void
flow_give_number_up(struct flow *flow)
{
    struct session *session = &flow->session;

    if (session->number_key[0] != '\0' && session->number.text[0] == '\0') {
        upstream_withdraw(flow->upstream, session->number_key);
    }
    session->number_key[0] = '\0';
    session->number_of = NULL;
}

void
flow_take_number(struct flow *flow, const struct answer_of_upstream *answer)
{
    struct session *session = &flow->session;

    session->number = *answer->number;
    session->notice = NOTICE_NONE;
    if (session->number.refusal != WALK_IN_GIVEN) {
        session->number_key[0] = '\0'; /* it drew nothing */
        session->number_of = NULL;
        navigation_push(session, SCREEN_NO_NUMBER);
        return;
    }
    count_completed(&flow->parts, session, session->number_key, flow->moment.now);
    navigation_reset(session, SCREEN_NUMBER);
}
