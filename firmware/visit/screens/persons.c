#include "visit/choice.h"

#include <stdio.h>

static int
chosen(const struct session *session)
{
    return session->persons > 0 ? session->persons : 1;
}

static void
describe_chip(const struct view *view, struct page *page, int persons)
{
    char id[PAGE_ID_BYTES], label[16], minutes[WORDING_BYTES];
    struct element *chip;

    snprintf(id, sizeof(id), "persons-%d", persons);
    snprintf(label, sizeof(label), "%d", persons);
    chip = page_add_action(page, SLOT_SHEET, ROLE_COUNT_CHIP, id, label,
                           (struct action){.verb = VERB_CHOOSE, .argument = persons});
    chip->detail = page_text(
        page, wording_minutes(view->tongue, minutes,
                              product_minutes(view->session->product, persons)));
    chip->flags |= persons == chosen(view->session) ? ELEMENT_SELECTED : 0u;
}

void
persons_describe(const struct view *view, struct page *page)
{
    const struct product *product = view->session->product;
    int persons = chosen(view->session);
    char minutes[WORDING_BYTES], text[WORDING_BYTES];
    struct element *sum;

    page->sign = "group";
    view_progress(view, page, STEP_PERSONS);
    view_title(page, tr(view, "For how many people?"),
               tr(view, "Count everyone for whom you are arranging this."));
    for (int i = 1; i <= product->persons_max; i++) {
        describe_chip(view, page, i);
    }
    sum = page_add(
        page, SLOT_SHEET, ROLE_SUM, "sum",
        wording_minutes(view->tongue, minutes, product_minutes(product, persons)));
    sum->number = persons;
    if (persons > 1) {
        sum->detail = page_text(page, tr(view, "together"));
    }
    page_add_action(page, SLOT_SHEET, ROLE_BUTTON, "more-people",
                    wording_number(text, tr(view, "There are more than {1} of us"),
                                   product->persons_max),
                    (struct action){.verb = VERB_PERSON})
        ->icon = "help_outline";
    view_primary(page, "next",
                 view_count(view, page, "Continue with {1} person",
                            "Continue with {1} people", persons),
                 VERB_NEXT);
}

struct outcome
persons_act(const struct view *view, struct session *session, struct action action)
{
    if (action.verb == VERB_CHOOSE) {
        if (action.argument != chosen(session)) {
            session->known.days = session->known.times = false;
        }
        session->persons = action.argument;
        return stay();
    }
    if (action.verb != VERB_NEXT) {
        return stay();
    }
    session->persons = chosen(session);
    return choice_place(view, session);
}
