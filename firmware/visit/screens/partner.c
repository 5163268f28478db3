#include "visit/phone.h"

void
partner_describe(const struct view *view, struct page *page)
{
    const struct partner *partner = view->session->partner;
    struct element *done;

    page->sign = partner->icon;
    view_title(page, view_name(view, &partner->name),
               view_words(view, page, &partner->for_what));
    view_message(page, "how", "info", view_words(view, page, &partner->how), "");
    if (partner->url[0] != '\0') {
        phone_describe(view, page, partner->url, "", "");
    }
    if (partner->phone[0] != '\0') {
        view_message(
            page, "phone", "phone",
            page_format(page, "%s **%s**", tr(view, "Or call"), partner->phone), "");
    }
    done = view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT);
    done->flags |= ELEMENT_PRIMARY;
}

struct outcome
partner_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_END} : stay();
}
