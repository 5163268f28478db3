#include "visit/out_of_order.h"
#include "visit/view.h"

/* Without a catalogue that has a place for it a kiosk knows no other place. */
void
out_of_order_describe(const struct view *view, struct page *page)
{
    const struct out_of_order known = {
        .municipality = view->parts->municipality,
        .kiosk = view->parts->kiosk,
        .fault = view->parts->fault,
    };

    out_of_order_page(&known, view->tongue.translation, page);
}

struct outcome
out_of_order_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    (void)action;
    return stay();
}
