#include "visit/view.h"

void
checked_in_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    const char *number = session->appointment.number;
    struct element *card, *done;

    page->sign = "how_to_reg";
    view_title(page, tr(view, "You have checked in"),
               number[0] != '\0' ? tr(view, "Have a seat. We call your number.")
                                 : tr(view, "Have a seat. We come to fetch you."));
    view_appointment(view, page, SLOT_SHEET);
    if (number[0] != '\0') {
        view_message(page, "number", "confirmation_number",
                     page_format(page, "%s **%s**", tr(view, "Your number"), number),
                     "");
    }
    if (session->product != NULL) {
        card = page_add(page, SLOT_SHEET, ROLE_CARD, "ready", "");
        card->spoken = page_text(page, tr(view, "What you need"));
        view_bring(view, page, card, true);
    }
    done = view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT);
    done->flags |= ELEMENT_PRIMARY;
}

struct outcome
checked_in_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_END} : stay();
}
