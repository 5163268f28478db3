#include "visit/hours.h"
#include "visit/nearby.h"

#define COUNTERS 2 /* here, and the nearest other */

static struct element *
describe_row(struct page *page, const struct element *card, const char *id,
             const char *icon, const char *label, const char *value)
{
    struct element *row = page_add(page, SLOT_SHEET, ROLE_SUMMARY, id, label);

    row->icon = icon;
    row->value = page_text(page, value);
    page_put_under(page, row, card);
    return row;
}

void
person_describe(const struct view *view, struct page *page)
{
    const struct municipality *municipality = &view->parts->catalogue->municipality;
    const struct location *places[COUNTERS] = {
        view->parts->here, nearby_other(view->parts->catalogue, view->parts->here)};
    struct element *card, *row;

    page->sign = "support_agent";
    view_title(page, tr(view, "A member of staff is happy to help you"),
               tr(view, "Go to the counter, or call us."));
    if (view->session->notice == NOTICE_CALL_WAITS) {
        view_message(page, "waits", "cloud_off",
                     tr(view, "There is no internet now. Your call goes out as soon as "
                              "there is."),
                     "");
    } else if (view->session->notice == NOTICE_CALL_FAILED) {
        view_message(page, "failed", "error",
                     tr(view, "Calling somebody to this kiosk does not work now."), "");
    }
    card = page_add(page, SLOT_SHEET, ROLE_CARD, "people", "");
    card->spoken = page_text(page, tr(view, "Where you find us"));
    for (int i = 0; i < COUNTERS && places[i] != NULL; i++) {
        row =
            describe_row(page, card, i == 0 ? "here" : "elsewhere", "location_on",
                         i == 0 ? tr(view, "The counter here")
                                : page_format(page, "%s %s, %s", places[i]->street,
                                              places[i]->house_number, places[i]->city),
                         view_name(view, &places[i]->name));
        row->detail = hours_now(view, page, &places[i]->opening);
    }
    row = describe_row(page, card, "phone", "phone", tr(view, "Call the municipality"),
                       municipality->phone);
    row->detail = page_text(page, view_words(view, page, &municipality->phone_hours));
    row = view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT);
    row->flags |= ELEMENT_PRIMARY;
    if (view->session->product != NULL || view->session->event != NULL) {
        view_button(page, "slip", tr(view, "Take a slip to the counter"),
                    "assignment_ind", VERB_SLIP);
    } else {
        view_button(page, "by-myself", tr(view, "I will go on by myself"), NULL,
                    VERB_BACK)
            ->action.argument = BACK_TO_PAGE;
    }
}

struct outcome
person_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_END} : stay();
}
