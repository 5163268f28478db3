#include "visit/view.h"

void
bring_describe(const struct view *view, struct page *page)
{
    struct element *card, *done;

    page->sign = "list_alt";
    view_title(page, tr(view, "What do I have to bring?"),
               view_product(view, page, view->session->product));
    card = page_add(page, SLOT_SHEET, ROLE_CARD, "need", "");
    card->spoken = page_text(page, tr(view, "What you need"));
    if (view_bring(view, page, card, false) == 0) {
        page_put_under(page,
                       page_add(page, SLOT_SHEET, ROLE_PARAGRAPH, "nothing",
                                tr(view, "You need not bring anything.")),
                       card);
    }
    done = view_button(page, "back-to-appointment",
                       tr(view, "Back to your appointment"), "arrow_back", VERB_BACK);
    done->action.argument = BACK_TO_PAGE;
    done->flags |= ELEMENT_PRIMARY;
}

struct outcome
bring_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    (void)action;
    return stay();
}
