#include "visit/view.h"

static void
describe_moment(const struct view *view, struct page *page, const struct element *card,
                const char *id, const char *icon, const char *label, int64_t start)
{
    char moment[WORDING_BYTES];
    struct element *row = page_add(page, SLOT_SHEET, ROLE_SUMMARY, id, label);

    row->icon = icon;
    row->value =
        page_text(page, wording_moment(view->tongue, moment, view_civil(view, start)));
    page_put_under(page, row, card);
}

void
move_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    struct element *card, *row;

    page->sign = "fact_check";
    view_progress(view, page, STEP_CONFIRM);
    view_title(page, tr(view, "Is this right?"),
               tr(view, "Check the new time. Then confirm it."));
    card = page_add(page, SLOT_SHEET, ROLE_CARD, "summary", "");
    card->spoken = page_text(page, tr(view, "Your appointment"));
    describe_moment(view, page, card, "new", "event", tr(view, "New time"),
                    session->start);
    describe_moment(view, page, card, "old", "event_busy",
                    tr(view, "Old time, which lapses"), session->appointment.start);
    row = page_add(page, SLOT_SHEET, ROLE_SUMMARY, "where", tr(view, "Where"));
    row->icon = "location_on";
    row->value = page_text(page, view_name(view, &session->location->name));
    page_put_under(page, row, card);
    row = view_button(page, "confirm", tr(view, "Move the appointment"), "check",
                      VERB_NEXT);
    row->flags |= ELEMENT_PRIMARY;
}

struct outcome
move_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    if (action.verb != VERB_NEXT) {
        return stay();
    }
    return (struct outcome){.move = MOVE_STAY, .request = REQUEST_MOVE};
}
