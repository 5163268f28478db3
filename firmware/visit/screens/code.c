#include "visit/keyboard.h"
#include "visit/lookup.h"

#include "base/text.h"
#include "ticket/ticket.h"

void
code_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    char text[WORDING_BYTES];
    struct element *field;

    page->sign = "keyboard";
    view_title(page, tr(view, "Type the code of your ticket"),
               tr(view, "It has six letters and digits."));
    field = page_add_action(page, SLOT_SHEET, ROLE_FIELD, "field",
                            tr(view, "Your code"), (struct action){.verb = VERB_FIELD});
    field->icon = "confirmation_number";
    field->value = page_text(page, wording_code(text, session->code));
    field->flags |= ELEMENT_SELECTED | ELEMENT_PRIVATE;
    lookup_notice(view, page);
    if (session->notice == NOTICE_NONE) {
        view_message(page, "where", "info",
                     tr(view, "The code is on your ticket, below the time."), "");
    }
    keyboard_describe(view, page, KEYBOARD_CODE, tr(view, "Search"));
}

struct outcome
code_act(const struct view *view, struct session *session, struct action action)
{
    char code[TICKET_CODE_LENGTH + 1];

    (void)view;
    if (action.verb == VERB_KEY && action.argument >= 'a' && action.argument <= 'z') {
        action.argument += 'A' - 'a'; /* of a real keyboard */
    }
    if (action.verb == VERB_NEXT) {
        if (!ticket_code_read(session->code, code)) {
            session->notice = NOTICE_NOT_FOUND;
            return stay();
        }
        return lookup_text(session, code);
    }
    if (keyboard_act(&session->typed, action, session->code, sizeof(session->code))) {
        session->notice = NOTICE_NONE;
    }
    return stay();
}
