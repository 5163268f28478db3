#include "visit/choice.h"

#include <stdio.h>

void
more_describe(const struct view *view, struct page *page)
{
    const struct product *product = view->session->product;
    struct element *card;

    page->sign = product->icon;
    view_title(page,
               product->sensitive ? view_product(view, page, product)
                                  : view_words(view, page, &product->name),
               tr(view, "What else is good to know"));
    card = page_add(page, SLOT_SHEET, ROLE_CARD, "explanation", "");
    card->spoken = page_text(page, tr(view, "What else is good to know"));
    for (size_t i = 0; i < product->more_count; i++) {
        char id[PAGE_ID_BYTES];
        struct element *paragraph;

        snprintf(id, sizeof(id), "paragraph-%zu", i + 1);
        paragraph = page_add(page, SLOT_SHEET, ROLE_PARAGRAPH, id,
                             view_words(view, page, &product->more[i]));
        page_put_under(page, paragraph, card);
    }
    page->paging.next = page_text(page, tr(view, "Read on"));
    view_primary(page, "arrange", tr(view, "Arrange this now"), VERB_NEXT);
}

struct outcome
more_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    return action.verb == VERB_NEXT ? choice_next(session) : stay();
}
