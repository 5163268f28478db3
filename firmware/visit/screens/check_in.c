#include "visit/lookup.h"

void
check_in_describe(const struct view *view, struct page *page)
{
    page->sign = "qr_code_scanner";
    view_title(page, tr(view, "Check in for your appointment"),
               tr(view, "Scan the code on your ticket."));
    lookup_notice(view, page);
    page_add(page, SLOT_SHEET, ROLE_SCAN, "scan",
             tr(view, "Hold the code below the screen"))
        ->detail = page_text(page, tr(view, "or"));
    view_button(page, "type", tr(view, "Type my code"), "keyboard", VERB_CODE);
    view_button(page, "no-ticket", tr(view, "I have no ticket with me"), "help_outline",
                VERB_PERSON);
}

struct outcome
check_in_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    return action.verb == VERB_CODE ? go_to(SCREEN_CODE) : stay();
}
