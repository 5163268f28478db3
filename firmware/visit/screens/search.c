#include "visit/choice.h"
#include "visit/keyboard.h"

#include <stdio.h>

#include "catalogue/search.h"

static void
describe_result(const struct view *view, struct page *page,
                const struct search_result *result, int index)
{
    const struct product *product = result->product;
    const struct partner *partner = result->partner;
    char id[PAGE_ID_BYTES];
    struct element *row;

    snprintf(id, sizeof(id), "result-%d", index + 1);
    row = page_add_action(page, SLOT_SHEET, ROLE_ROW, id,
                          product != NULL ? view_words(view, page, &product->name)
                                          : view_name(view, &partner->name),
                          (struct action){VERB_CHOOSE, index});
    row->icon = product != NULL ? product->icon : partner->icon;
    search_marks(view->session->search, row->label, page->language, row->marks,
                 PAGE_MARKS_MAX);
    if (product != NULL) {
        row->detail = page_text(page, view_words(view, page, &product->note));
    } else if (view->session->searched) {
        /* What a partner is for takes two lines; over the keyboard there is one. */
        row->detail = page_text(page, view_words(view, page, &partner->for_what));
    }
}

static void
describe_nothing(const struct view *view, struct page *page)
{
    struct element *row;

    view_message(page, "nothing", "info", tr(view, "Nothing found."),
                 tr(view, "Try another word, or ask a member of staff."));
    row = page_add_action(page, SLOT_SHEET, ROLE_ROW, "person",
                          tr(view, "Ask a member of staff"),
                          (struct action){.verb = VERB_PERSON});
    row->icon = "person";
    row->detail = page_text(page, tr(view, "See where and when, or call us"));
}

void
search_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    struct search_result results[SEARCH_RESULTS_MAX];
    size_t count = search_find(view->parts->catalogue, session->search,
                               view->tongue.language, results, SEARCH_RESULTS_MAX);
    struct element *field;

    page->sign = "search";
    view_title(page, tr(view, "What are you looking for?"),
               tr(view, "Type a word, such as **passport**, **parking** or **baby**."));
    field = page_add_action(page, SLOT_SHEET, ROLE_FIELD, "field",
                            tr(view, "Your word"), (struct action){.verb = VERB_FIELD});
    field->icon = "search";
    field->value = page_text(page, session->search);
    field->flags |=
        ELEMENT_PRIVATE | ELEMENT_TITLED | (session->searched ? 0u : ELEMENT_SELECTED);
    if (session->search[0] != '\0') {
        struct element *clear =
            page_add_action(page, SLOT_SHEET, ROLE_CLEAR, "clear", "",
                            (struct action){.verb = VERB_CLEAR});

        clear->icon = "close";
        clear->spoken = page_text(page, tr(view, "Erase all"));
        page_put_under(page, clear, field);
    }
    if (session->searched && count == 0) {
        describe_nothing(view, page);
    }
    for (size_t i = 0; i < count; i++) {
        describe_result(view, page, &results[i], (int)i);
    }
    if (session->searched) {
        page->paging.more = page_text(page, tr(view, "More results"));
    } else {
        keyboard_describe(view, page, KEYBOARD_SEARCH, tr(view, "Search"));
        keyboard_enter_with(page, NULL); /* the glass stands in the field */
    }
}

struct outcome
search_act(const struct view *view, struct session *session, struct action action)
{
    struct search_result results[SEARCH_RESULTS_MAX];
    size_t count;

    switch (action.verb) {
    case VERB_FIELD:
        session->searched = false;
        session->frames[session->depth - 1].part = 0;
        return stay();
    case VERB_NEXT:
        session->searched = session->search[0] != '\0';
        return stay();
    case VERB_CHOOSE:
        count = search_find(view->parts->catalogue, session->search,
                            view->tongue.language, results, SEARCH_RESULTS_MAX);
        if ((size_t)action.argument >= count) {
            return stay();
        }
        session->event = NULL;
        if (results[action.argument].partner != NULL) {
            return choice_partner(session, results[action.argument].partner);
        }
        return choice_product(session, results[action.argument].product, NULL, 0);
    default:
        if (keyboard_act(&session->typed, action, session->search,
                         sizeof(session->search))) {
            session->searched = false;
        }
        return stay();
    }
}
