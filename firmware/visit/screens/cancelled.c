#include "visit/view.h"

void
cancelled_describe(const struct view *view, struct page *page)
{
    struct element *done;

    page->sign = "event_busy";
    view_title(page, tr(view, "Your appointment has been cancelled"),
               tr(view, "Thank you for telling us."));
    view_message(page, "ticket", "info", tr(view, "Your ticket is not valid any more."),
                 tr(view, "You can throw it away."));
    view_message(page, "again", "replay",
                 tr(view, "You can make a new appointment later."), "");
    done = view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT);
    done->flags |= ELEMENT_PRIMARY;
}

struct outcome
cancelled_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_END} : stay();
}
