#include "visit/number_words.h"

/* The number, with the times that belong to it. */
static void
describe_number(const struct view *view, struct page *page)
{
    const struct appointment *appointment = &view->session->appointment;
    struct civil at = view_civil(view, appointment->start);
    char text[WORDING_BYTES], time[WORDING_BYTES];
    struct element *card =
        page_add(page, SLOT_SHEET, ROLE_NUMBER, "number", tr(view, "Your number"));

    card->value = page_text(page, appointment->number);
    number_fact(page, card, "appointment", "event_available",
                tr(view, "Your appointment"),
                wording_time(view->tongue, time, at.hour, at.minute));
    if (appointment->turn != 0) {
        at = view_civil(view, appointment->turn);
        wording_time(view->tongue, time, at.hour, at.minute);
        number_fact(page, card, "turn", "schedule", tr(view, "It is your turn"),
                    wording_fill(text, tr(view, "about {1}"), time, NULL, NULL));
    }
}

void
checked_in_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    bool numbered = session->appointment.number[0] != '\0';
    struct element *card, *done;

    page->sign = "how_to_reg";
    view_title(
        page, tr(view, "You have checked in"),
        session->notice == NOTICE_PRINT_FAILED
            ? tr(view, "Printing does not work now. Please remember your number.")
        : numbered ? tr(view, "Have a seat. We call your number.")
                   : tr(view, "Have a seat. We come to fetch you."));
    if (numbered) {
        describe_number(view, page);
    } else {
        view_appointment(view, page, SLOT_SHEET);
    }
    if (session->product != NULL) {
        card = page_add(page, SLOT_SHEET, ROLE_CARD, "ready", "");
        card->spoken = page_text(page, tr(view, "What you need"));
        view_bring(view, page, card, true);
    }
    if (numbered && session->can_print && session->notice == NOTICE_NONE) {
        view_button(page, "print", tr(view, "Print number"), "print", VERB_PRINT);
    }
    done = view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT);
    done->flags |= ELEMENT_PRIMARY;
}

struct outcome
checked_in_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    if (action.verb == VERB_PRINT && session->notice == NOTICE_NONE) {
        return (struct outcome){.move = MOVE_STAY, .request = REQUEST_PRINT};
    }
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_END} : stay();
}
