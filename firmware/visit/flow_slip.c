#include "base/memory.h"
#include "base/text.h"

#include "flow_parts.h"
#include "navigation.h"
#include "slip.h"

/* A slip for whoever helps next: by its code the counter finds the same words, as long
 * as it was sent; else they only stand on the slip. */

static void
show(struct flow *flow)
{
    struct session *session = &flow->session;

    session->helped = true;
    session->notice = NOTICE_NONE;
    if (session->product != NULL) {
        session->channel = CHANNEL_PERSON;
        count_started(&flow->parts, session, flow->moment.now);
    }
    navigation_push(session, SCREEN_SLIP);
    if (flow->parts.printer != NULL) {
        flow_ask(flow, REQUEST_PRINTER);
    }
}

/* Each time anew: meanwhile something else may have been chosen. */
void
flow_make_slip(struct flow *flow)
{
    struct session *session = &flow->session;
    struct view view = flow_view(flow);

    session->overlay = OVERLAY_NONE;
    if (navigation_top(session)->screen == SCREEN_SLIP) {
        return;
    }
    memory_wipe(&session->slip, sizeof(session->slip));
    session->slip.until = slip_until(&view);
    if (flow->parts.errands == NULL || session->slip.until == TIME_NONE) {
        show(flow);
        return;
    }
    errand_key_make(session->slip.key);
    errand_code_make(session->slip.code);
    flow_apply(flow, (struct outcome){.move = MOVE_STAY, .request = REQUEST_SLIP});
}

void
flow_fill_slip(struct flow *flow, struct errand *errand)
{
    const struct session *session = &flow->session;
    const struct question *question;

    errand->kind = ERRAND_HAND_OVER;
    errand->step = slip_step(session, &question);
    errand->until = session->slip.until;
    text_copy(errand->key, sizeof(errand->key), session->slip.key);
    text_copy(errand->code, sizeof(errand->code), session->slip.code);
    text_copy(errand->product, sizeof(errand->product),
              session->product != NULL ? session->product->id : "");
    text_copy(errand->question, sizeof(errand->question),
              question != NULL ? question->id : "");
    for (size_t i = 0; i < session->answer_count && i < ERRAND_ANSWERS_MAX; i++) {
        struct errand_answer *answer = &errand->answers[errand->answer_count++];

        text_copy(answer->question, sizeof(answer->question),
                  session->answers[i].question->id);
        text_copy(answer->option, sizeof(answer->option),
                  session->answers[i].option->id);
    }
}

void
flow_take_slip(struct flow *flow, bool sent)
{
    flow->session.slip.sent = sent;
    show(flow);
}
