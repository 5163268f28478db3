#include "visit/choice.h"
#include "visit/printer_words.h"

static void
describe_row(struct page *page, const char *id, const char *icon, const char *label,
             const char *detail, enum verb verb)
{
    struct element *row = page_add_action(page, SLOT_SHEET, ROLE_ROW, id, label,
                                          (struct action){.verb = (int)verb});

    row->icon = icon;
    row->detail = page_text(page, detail);
}

static void
message(const struct view *view, struct page *page, const char *label,
        const char *detail)
{
    view_message(page, "notice", "info", tr(view, label), tr(view, detail))->flags |=
        ELEMENT_ACCENT;
}

/* "Aanmelden kan hier vanaf 10.05 uur." */
static void
describe_arrival(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    struct civil from = view_civil(view, session->appointment.arrive_from);
    char time[WORDING_BYTES], text[WORDING_BYTES];

    if (session->appointment.arrive_from <= view->moment.now ||
        session->location != view->parts->here ||
        date_compare(from.date, view_today(view)) != 0)
    {
        return;
    }
    wording_time(view->tongue, time, from.hour, from.minute);
    view_message(page, "arrive", "schedule",
                 wording_fill(text, tr(view, "You are early. Check in here from {1}."),
                              time, NULL, NULL),
                 "");
}

static void
describe_notice(const struct view *view, struct page *page)
{
    const struct session *session = view->session;

    switch ((int)session->notice) {
    case NOTICE_PRINTED:
        message(view, page, N_("Your ticket has been printed."),
                N_("Please take it with you."));
        break;
    case NOTICE_PRINT_UNSURE:
        message(view, page, N_("Look whether your ticket was printed."),
                N_("Your code stays valid."));
        break;
    case NOTICE_PRINT_FAILED:
        view_message(page, "notice", "print", printer_words(view),
                     session->elsewhere
                         ? tr(view, "You can print at another kiosk with your code.")
                         : tr(view, "Your code stays valid."))
            ->flags |= ELEMENT_ACCENT;
        break;
    case NOTICE_TOO_LATE:
        message(view, page, N_("Your time is past."),
                N_("Go to the counter, or choose another time."));
        break;
    case NOTICE_CLOSED_FOR_CHANGE:
        message(view, page, N_("This appointment can't be changed any more."),
                N_("Ask a member of staff."));
        break;
    default:
        describe_arrival(view, page);
        if (session->product == NULL) {
            view_message(page, "by-code", "qr_code_scanner",
                         tr(view, "With the code you can only cancel here."),
                         tr(view, "Scan your ticket to change or print it."));
        }
        break;
    }
}

/* Nobody could be asked how it stands: the ticket is no forgery, and says this. */
static void
describe_read(const struct view *view, struct page *page)
{
    struct element *done;

    page->sign = "confirmation_number";
    view_title(page, tr(view, "Your appointment"),
               tr(view, "This is what your ticket says."));
    view_appointment(view, page, SLOT_SHEET);
    view_message(
        page, "offline", "cloud_off", tr(view, "This kiosk has no internet now"),
        tr(view, "To change it or to say that you are here: go to the counter."))
        ->flags |= ELEMENT_ACCENT;
    done = view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT);
    done->flags |= ELEMENT_PRIMARY;
}

void
manage_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    const struct appointment_operations *operations = view->parts->client->operations;
    bool known = session->product != NULL; /* not by the code alone */
    bool print =
        known && session->can_print && session->appointment.check_in[0] != '\0';
    char code[WORDING_BYTES], text[WORDING_BYTES];
    struct element *move;

    if (session->from_ticket) {
        describe_read(view, page);
        return;
    }
    page->sign = "event_available";
    wording_code(code, session->appointment.code);
    view_title(page, tr(view, "Your appointment"),
               code[0] != '\0'
                   ? wording_fill(text,
                                  tr(view, "Code {1} found. What do you want to do?"),
                                  code, NULL, NULL)
                   : tr(view, "What do you want to do?"));
    if (code[0] != '\0') { /* it is not for who stands near */
        page->elements[page->count - 1].spoken =
            page_text(page, tr(view, "What do you want to do?"));
    }
    view_appointment(view, page, SLOT_SHEET);
    describe_notice(view, page);
    if (print) {
        describe_row(page, "print", "print", tr(view, "Print the ticket again"),
                     tr(view, "With the code and what you bring"), VERB_PRINT);
    }
    if (known) {
        describe_row(page, "bring", "list_alt", tr(view, "What do I have to bring?"),
                     tr(view, "The list for this appointment"), VERB_BRING);
    }
    describe_row(page, "cancel", "event_busy", tr(view, "Cancel the appointment"),
                 tr(view, "Free of charge"), VERB_CANCEL);
    page->elements[page->count - 1].flags |= ELEMENT_DANGER;
    if (known && operations->move != NULL) {
        move = view_button(page, "move", tr(view, "Choose another day or time"),
                           "event", VERB_MOVE);
        move->flags |= ELEMENT_PRIMARY;
    }
}

struct outcome
manage_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    switch (action.verb) {
    case VERB_NEXT:
        return (struct outcome){.move = MOVE_END};
    case VERB_PRINT:
        return (struct outcome){.move = MOVE_STAY, .request = REQUEST_PRINT};
    case VERB_BRING:
        return go_to(SCREEN_BRING);
    case VERB_CANCEL:
        session->overlay = OVERLAY_CANCEL;
        return stay();
    case VERB_CANCEL_SURE:
        return (struct outcome){.move = MOVE_INSTEAD,
                                .screen = SCREEN_CANCELLED,
                                .request = REQUEST_CANCEL};
    case VERB_MOVE:
        session->key[0] = '\0';
        return go_to(SCREEN_DAY);
    default:
        return stay();
    }
}
