#include "base/text.h"
#include "visit/printer_words.h"
#include "visit/view.h"

static void
under(struct page *page, struct element *child, const struct element *ticket)
{
    page_put_under(page, child, ticket);
}

static void
describe_ticket(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    const struct appointment *appointment = &session->appointment;
    const struct location *location = session->location;
    struct civil at = view_civil(view, appointment->start);
    char text[WORDING_BYTES];
    struct element *ticket = page_add(page, SLOT_SHEET, ROLE_TICKET, "ticket", "");
    struct element *child;

    ticket->spoken = page_text(page, tr(view, "Your ticket"));
    if (appointment->check_in[0] != '\0') {
        child = page_add(page, SLOT_SHEET, ROLE_QR, "qr", "");
        child->value = page_text(page, appointment->check_in);
        /* Another system's is no address, but something to show there. */
        child->spoken =
            page_text(page, text_starts_with(appointment->check_in, "HTTPS://")
                                ? tr(view, "A code for your phone's camera")
                                : tr(view, "A code to show when you are there"));
        under(page, child, ticket);
    }
    under(page,
          page_add(page, SLOT_SHEET, ROLE_TICKET_DAY, "ticket-day",
                   wording_day(view->tongue, text, at.date)),
          ticket);
    child = page_add(page, SLOT_SHEET, ROLE_TICKET_TIME, "ticket-time",
                     wording_time_bare(view->tongue, text, at.hour, at.minute));
    if (wording_time_word_leads(view->tongue)) {
        child->extra = page_text(page, wording_time_word(view->tongue, text));
        child->spoken =
            page_text(page, wording_time(view->tongue, text, at.hour, at.minute));
    } else {
        child->detail = page_text(page, wording_time_word(view->tongue, text));
    }
    under(page, child, ticket);
    child = page_add(page, SLOT_SHEET, ROLE_TICKET_PLACE, "ticket-place",
                     view_name(view, &location->name));
    child->icon = "location_on";
    child->detail = page_format(page, "%s %s, %s", location->street,
                                location->house_number, location->city);
    under(page, child, ticket);
    if (appointment->code[0] != '\0') {
        child = page_add(page, SLOT_SHEET, ROLE_TICKET_CODE, "ticket-code",
                         tr(view, "Code"));
        child->value = page_text(page, wording_code(text, appointment->code));
        child->flags |= ELEMENT_PRIVATE;
        under(page, child, ticket);
    }
    view_bring(view, page, ticket, true);
}

/* Under the title, where there is always room for it. */
static void
describe_title(const struct view *view, struct page *page, bool print)
{
    bool code = view_has_code(view);
    const char *photo =
        print ? (code ? tr(view, "Take a photo of the code or print your ticket.")
                      : tr(view, "Take a photo of this page or print your ticket."))
              : (code ? tr(view, "Take a photo of the code.")
                      : tr(view, "Take a photo of this page."));

    if (printer_is_troubled(view)) {
        if (view->session->elsewhere) { /* for ten minutes */
            photo = tr(view, "Take a photo, or print at another kiosk now.");
        }
        photo = page_format(page, "%s %s", printer_words(view), photo);
    }
    view_title(page,
               view->session->moved ? tr(view, "Your appointment has been moved")
                                    : tr(view, "Your appointment has been made"),
               photo);
}

static void
describe_notice(const struct view *view, struct page *page)
{
    switch ((int)view->session->notice) {
    case NOTICE_PRINTED:
        view_message(page, "printed", "print",
                     tr(view, "Your ticket has been printed."),
                     tr(view, "Please take it with you."));
        break;
    case NOTICE_PRINT_UNSURE:
        view_message(page, "print-unsure", "print",
                     tr(view, "Look whether your ticket was printed."),
                     view_has_code(view)
                         ? tr(view, "If not: take a photo of the code. It stays valid.")
                         : tr(view, "If not: take a photo of this page."))
            ->flags |= ELEMENT_ACCENT;
        break;
    default:
        break;
    }
}

void
done_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    bool print = session->can_print && session->notice == NOTICE_NONE;
    char text[WORDING_BYTES];
    struct element *button;

    page->sign = "check_circle";
    describe_title(view, page, print);
    if (session->old_stands) {
        view_message(page, "old-stands", "warning",
                     tr(view, "Your old time could not be cancelled."),
                     wording_fill(text, tr(view, "Please call {1} to cancel it."),
                                  view->parts->catalogue->municipality.phone, NULL,
                                  NULL))
            ->flags |= ELEMENT_ACCENT;
    }
    describe_notice(view, page);
    describe_ticket(view, page);
    if (print) {
        button = view_button(page, "print", tr(view, "Print my ticket"), "print",
                             VERB_PRINT);
        button->flags |= ELEMENT_PRIMARY;
        view_button(page, "done", tr(view, "Done, without printing"), NULL, VERB_NEXT);
    } else {
        button = view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT);
        button->flags |= ELEMENT_PRIMARY;
        if (printer_is_troubled(view)) { /* somebody may have helped the printer */
            view_button(page, "print-again", tr(view, "Try printing again"), NULL,
                        VERB_PRINT);
        }
    }
}

struct outcome
done_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    if (action.verb == VERB_PRINT &&
        (session->notice == NOTICE_NONE || session->notice == NOTICE_PRINT_FAILED))
    {
        return (struct outcome){.move = MOVE_STAY, .request = REQUEST_PRINT};
    }
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_DONE} : stay();
}
