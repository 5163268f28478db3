#include "visit/choice.h"

#include <stdio.h>

/* What else is good to know of a product, in the parts that its municipality names. */

static bool
is_given(const struct words *words)
{
    return words->in[LANGUAGE_NL] != NULL;
}

static struct element *
add_numbered(struct page *page, enum role role, const char *name, int number,
             const char *label)
{
    char id[PAGE_ID_BYTES];

    snprintf(id, sizeof(id), "%s-%d", name, number);
    return page_add(page, SLOT_SHEET, role, id, label);
}

/* The names of the parts over them; none where there is one part. */
static void
describe_parts(const struct view *view, struct page *page)
{
    const struct product *product = view->session->product;
    struct element *parts = NULL;
    int count = 0;

    for (size_t i = 0; i < product->more_count; i++) {
        count += is_given(&product->more[i].part);
    }
    if (count < 2) {
        return;
    }
    parts = page_add(page, SLOT_SHEET, ROLE_PARTS, "parts", "");
    count = 0;
    for (size_t i = 0; i < product->more_count; i++) {
        const struct words *name = &product->more[i].part;
        struct element *part;

        if (is_given(name)) {
            count++;
            part = add_numbered(page, ROLE_PART, "part", count,
                                view_words(view, page, name));
            part->number = count;
            page_put_under(page, part, parts);
        }
    }
}

static struct element *
add_card(const struct view *view, struct page *page, int number,
         const struct words *part)
{
    struct element *card = add_numbered(page, ROLE_CARD, "explanation", number, "");

    card->number = number;
    card->spoken =
        page_text(page, is_given(part) ? view_words(view, page, part)
                                       : tr(view, "What else is good to know"));
    return card;
}

/* Number: of the paragraph, in all of it. */
static void
describe_explanation(const struct view *view, struct page *page,
                     const struct element *card, const struct explanation *explanation,
                     int number)
{
    if (is_given(&explanation->heading)) {
        page_put_under(page,
                       add_numbered(page, ROLE_HEADING, "heading", number,
                                    view_words(view, page, &explanation->heading)),
                       card);
    }
    page_put_under(page,
                   add_numbered(page, ROLE_PARAGRAPH, "paragraph", number,
                                view_words(view, page, &explanation->text)),
                   card);
    for (size_t i = 0; i < explanation->list_count; i++) {
        page_put_under(page,
                       add_numbered(page, ROLE_BULLET, "bullet", number * 10 + (int)i,
                                    view_words(view, page, &explanation->list[i])),
                       card);
    }
    if (is_given(&explanation->note)) {
        struct element *note = add_numbered(page, ROLE_MESSAGE, "note", number,
                                            view_words(view, page, &explanation->note));

        note->icon = "description";
        page_put_under(page, note, card);
    }
}

void
more_describe(const struct view *view, struct page *page)
{
    const struct product *product = view->session->product;
    const struct element *card = NULL;
    int cards = 0;

    page->sign = product->icon;
    view_title(page,
               product->sensitive ? view_product(view, page, product)
                                  : view_words(view, page, &product->name),
               tr(view, "What else is good to know"));
    describe_parts(view, page);
    for (size_t i = 0; i < product->more_count; i++) {
        const struct explanation *explanation = &product->more[i];

        if (card == NULL || is_given(&explanation->part)) {
            card = add_card(view, page, ++cards, &explanation->part);
        }
        describe_explanation(view, page, card, explanation, (int)i + 1);
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
