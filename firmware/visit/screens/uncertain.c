#include "visit/view.h"

void
uncertain_describe(const struct view *view, struct page *page)
{
    const struct municipality *municipality = &view->parts->catalogue->municipality;
    struct element *done;

    page->sign = "help_outline";
    view_title(page, tr(view, "We are not sure whether it worked"),
               tr(view, "That is not your fault."));
    if (view->session->trouble_of_standing) {
        view_message(page, "unsure", "info",
                     tr(view, "Perhaps your appointment was changed."),
                     tr(view, "We got no answer. Please ask us how it stands."));
    } else {
        view_message(
            page, "unsure", "info", tr(view, "Perhaps your appointment was made."),
            tr(view, "We got no answer. Please don't book again: ask us first."));
    }
    view_message(page, "call", "phone",
                 page_format(page, "%s **%s**", tr(view, "Call"), municipality->phone),
                 view_words(view, page, &municipality->phone_hours));
    view_message(page, "counter", "location_on", tr(view, "Or ask at the counter"),
                 view_words(view, page, &view->parts->here->name));
    done = view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT);
    done->flags |= ELEMENT_PRIMARY;
}

struct outcome
uncertain_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_END} : stay();
}
