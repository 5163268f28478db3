#include "visit/slip.h"
#include "base/text.h"
#include "visit/printer_words.h"

/* To give to whoever helps next: a code, and the same in words. */

static void
describe_row(struct page *page, const struct element *card, const char *id,
             const char *icon, const char *label, const char *value)
{
    struct element *row;

    if (value[0] == '\0') {
        return;
    }
    row = page_add(page, SLOT_SHEET, ROLE_SUMMARY, id, label);
    row->icon = icon;
    row->value = page_text(page, value);
    page_put_under(page, row, card);
}

static struct element *
describe_code(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    struct civil until = view_civil(view, session->slip.until);
    char time[WORDING_BYTES], text[WORDING_BYTES];
    struct element *card, *qr;

    if (!session->slip.sent) {
        card =
            page_add(page, SLOT_SHEET, ROLE_SLIP, "slip", tr(view, "For the counter"));
        card->detail =
            page_text(page, tr(view, "Without a code: all of it stands here."));
        return card;
    }
    wording_time(view->tongue, time, until.hour, until.minute);
    card = page_add(page, SLOT_SHEET, ROLE_SLIP, "slip", tr(view, "Your code"));
    card->value =
        page_format(page, "%.1s\u00a0%s", session->slip.code, session->slip.code + 1);
    card->detail = page_text(
        page, wording_fill(text, tr(view, "Works until **{1}**. Without a name."), time,
                           NULL, NULL));
    qr = page_add(page, SLOT_SHEET, ROLE_QR, "qr", "");
    qr->value = page_text(page, session->slip.code);
    qr->spoken = page_text(page, tr(view, "The same code, for the counter's scanner"));
    page_put_under(page, qr, card);
    return card;
}

void
slip_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    bool print = session->can_print && session->notice == NOTICE_NONE;
    const char *again = tr(view, "Then you need not start again.");
    const struct element *card;
    struct element *button;

    page->sign = "assignment_ind";
    view_title(page, tr(view, "Give this to a member of staff"),
               printer_is_troubled(view)
                   ? page_format(page, "%s %s", printer_words(view),
                                 tr(view, "Take a photo of this page."))
               : session->notice == NOTICE_PRINTED
                   ? tr(view, "Your slip has been printed. Please take it with you.")
                   : again);
    card = describe_code(view, page);
    describe_row(page, card, "want", "assignment", tr(view, "You want"),
                 slip_want(view, page));
    describe_row(page, card, "chosen", "check_circle", tr(view, "You chose already"),
                 slip_chosen(view, page));
    describe_row(page, card, "stuck", "pan_tool", tr(view, "Here it got stuck"),
                 slip_stuck(view, page));
    describe_row(page, card, "speaks", "translate", tr(view, "Language"),
                 language_name(session->language));
    if (print) {
        button = view_button(page, "print", tr(view, "Print this slip"), "print",
                             VERB_PRINT);
        button->flags |= ELEMENT_PRIMARY;
        view_button(page, "done", tr(view, "Done, without printing"), NULL, VERB_NEXT);
        return;
    }
    button = view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT);
    button->flags |= ELEMENT_PRIMARY;
    if (printer_is_troubled(view)) { /* somebody may have helped the printer */
        view_button(page, "print-again", tr(view, "Try printing again"), NULL,
                    VERB_PRINT);
    }
}

struct outcome
slip_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    if (action.verb == VERB_PRINT &&
        (session->notice == NOTICE_NONE || session->notice == NOTICE_PRINT_FAILED))
    {
        return (struct outcome){.move = MOVE_STAY, .request = REQUEST_PRINT};
    }
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_END} : stay();
}
