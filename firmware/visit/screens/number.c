#include "visit/number_words.h"
#include "visit/printer_words.h"
#include "visit/view.h"

/* A number to wait with: it is drawn, so there is no way back from here. */

static void
describe_card(const struct view *view, struct page *page)
{
    const struct walk_in_number *number = &view->session->number;
    const char *product = view_words(view, page, number_product(view));
    char text[WORDING_BYTES];
    struct element *card, *place, *note, *qr;

    card = page_add(page, SLOT_SHEET, ROLE_NUMBER, "number",
                    wording_fill(text, tr(view, "{1}, without an appointment"), product,
                                 NULL, NULL));
    card->value = page_text(page, number->text);
    if (number->follow[0] != '\0') {
        qr = page_add(page, SLOT_SHEET, ROLE_QR, "qr", "");
        qr->value = page_text(page, number->follow);
        qr->detail = page_text(page, tr(view, "Follow your number on your phone"));
        qr->spoken = page_text(page, tr(view, "A code for your phone's camera"));
        page_put_under(page, qr, card);
    }
    if (number_desks(view, text)[0] != '\0') {
        place = page_add(page, SLOT_SHEET, ROLE_TICKET_PLACE, "desk",
                         page_format(page, "**%s**", text));
        place->icon = "location_on";
        page_put_under(page, place, card);
    }
    number_fact(page, card, "ahead", "groups", tr(view, "Before you"),
                number->ahead == 0 ? tr(view, "nobody")
                                   : view_count(view, page, "{1} person", "{1} people",
                                                number->ahead));
    number_fact(page, card, "wait", "schedule", tr(view, "Waiting time"),
                number_wait(view, text));
    note =
        page_add(page, SLOT_SHEET, ROLE_NOTE, "estimate",
                 number->wait_minutes < 0
                     ? tr(view, "We don't know now how long it takes. So please "
                                "stay near the screen.")
                 : number->follow[0] != '\0'
                     ? tr(view, "This is an estimate. It may be shorter or longer. "
                                "You may go out for a while.")
                     : tr(view, "This is an estimate. It may be shorter or longer."));
    note->icon = "info";
    page_put_under(page, note, card);
}

static void
describe_notice(const struct view *view, struct page *page)
{
    if (view->session->notice == NOTICE_PRINTED) {
        view_message(page, "printed", "print",
                     tr(view, "Your number has been printed."),
                     tr(view, "Please take it with you."));
    } else if (view->session->notice == NOTICE_PRINT_UNSURE) {
        view_message(page, "print-unsure", "print",
                     tr(view, "Look whether your number was printed."),
                     tr(view, "If not: remember it. It stays yours."))
            ->flags |= ELEMENT_ACCENT;
    }
}

void
number_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    bool print = session->can_print && session->notice == NOTICE_NONE;
    const char *screen = tr(view, "Your number appears on the screen in the hall.");
    struct element *button;

    page->sign = "confirmation_number";
    view_title(page, tr(view, "This is your number"),
               printer_is_troubled(view)
                   ? page_format(page, "%s %s", printer_words(view), screen)
                   : screen);
    describe_card(view, page);
    describe_notice(view, page);
    if (print) {
        button = view_button(page, "print", tr(view, "Print my number"), "print",
                             VERB_PRINT);
        button->flags |= ELEMENT_PRIMARY;
        view_button(page, "done", tr(view, "Done, without printing"), NULL, VERB_NEXT);
        return;
    }
    view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT)->flags |=
        ELEMENT_PRIMARY;
    if (printer_is_troubled(view)) { /* somebody may have helped the printer */
        view_button(page, "print-again", tr(view, "Try printing again"), NULL,
                    VERB_PRINT);
    }
}

struct outcome
number_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    if (action.verb == VERB_PRINT &&
        (session->notice == NOTICE_NONE || session->notice == NOTICE_PRINT_FAILED))
    {
        return (struct outcome){.move = MOVE_STAY, .request = REQUEST_PRINT};
    }
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_DONE} : stay();
}
