#include "visit/choice.h"

#include <stdio.h>

/* How many go on a page: each is a few sentences, and there are two rows of buttons. */
static size_t
paragraphs_on_page(const struct view *view)
{
    int fits = view->parts->capacity(view->parts->data, ROLE_ROW, true, true) - 1;

    return fits > 1 ? (size_t)fits : 1;
}

void
more_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    const struct product *product = session->product;
    size_t fits = paragraphs_on_page(view);
    size_t first = (size_t)session->frames[session->depth - 1].page * fits;
    struct window window = {
        .first = first < product->more_count ? first : 0,
        .pages = (int)((product->more_count + fits - 1) / fits),
    };
    struct element *card;

    page->sign = product->icon;
    view_title(page, view_words(view, page, &product->name),
               tr(view, "What else is good to know"));
    card = page_add(page, SLOT_SHEET, ROLE_CARD, "explanation", "");
    card->spoken = page_text(page, tr(view, "What else is good to know"));
    for (size_t i = window.first; i < product->more_count && i < window.first + fits;
         i++) {
        char id[PAGE_ID_BYTES];
        struct element *paragraph;

        snprintf(id, sizeof(id), "paragraph-%zu", i + 1);
        paragraph = page_add(page, SLOT_SHEET, ROLE_PARAGRAPH, id,
                             view_words(view, page, &product->more[i]));
        page_put_under(page, paragraph, card);
    }
    view_paging(view, page, window, tr(view, "Read on"));
    view_primary(page, "arrange", tr(view, "Arrange this now"), VERB_NEXT);
}

struct outcome
more_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    return action.verb == VERB_NEXT ? choice_next(session) : stay();
}
