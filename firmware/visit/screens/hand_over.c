#include "visit/phone.h"

static const struct product_channel *
online(const struct product *product)
{
    for (size_t i = 0; i < product->channel_count; i++) {
        if (product->channels[i].channel == CHANNEL_ONLINE) {
            return &product->channels[i];
        }
    }
    return NULL;
}

void
hand_over_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    const struct product_channel *channel = online(session->product);
    struct element *done;

    page->sign = "smartphone";
    view_progress(view, page, STEP_PHONE);
    view_title(page, tr(view, "Go on on your phone"), "");
    phone_describe(view, page, channel->url, session->token,
                   view_words(view, page, &channel->needs));
    phone_describe_typed(view, page, channel->url);
    done = view_button(page, "done", tr(view, "It worked"), "check", VERB_NEXT);
    done->flags |= ELEMENT_PRIMARY;
    view_button(page, "no-phone", tr(view, "I have no phone with me"), NULL,
                VERB_OTHER);
}

struct outcome
hand_over_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    if (action.verb == VERB_OTHER) {
        session->notice = NOTICE_NO_PHONE;
        return (struct outcome){.move = MOVE_BACK_TO, .screen = SCREEN_CHANNEL};
    }
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_DONE} : stay();
}
