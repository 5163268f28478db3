#include "visit/view.h"

/* Without a catalogue nothing is known of the municipality: plain words only. */
void
out_of_order_describe(const struct view *view, struct page *page)
{
    page->sign = "build";
    view_title(page, tr(view, "This kiosk is out of order"),
               tr(view, "We are sorry. That is not your fault."));
    view_message(page, "elsewhere", "support_agent",
                 tr(view, "Go to the counter of the municipality"),
                 tr(view, "Or call the municipality, or look at its website."));
}

struct outcome
out_of_order_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    (void)action;
    return stay();
}
