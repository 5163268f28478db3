#include "visit/choice.h"

void
products_describe(const struct view *view, struct page *page)
{
    const struct life_event *event = view->session->event;

    page->sign = event->icon;
    view_title(page, view_words(view, page, &event->name),
               view_words(view, page, &event->question));
    for (size_t i = 0; i < event->item_count; i++) {
        const struct event_item *item = &event->items[i];
        struct element *row = page_add_action(
            page, SLOT_SHEET, ROLE_ROW, item->id, view_words(view, page, &item->name),
            (struct action){.verb = VERB_CHOOSE, .argument = (int)i});

        row->icon = item->icon;
        row->detail = page_text(page, view_words(view, page, &item->note));
    }
    page->paging.more = page_text(page, tr(view, "More choices"));
}

struct outcome
products_act(const struct view *view, struct session *session, struct action action)
{
    const struct event_item *item;

    (void)view;
    if (action.verb != VERB_CHOOSE) {
        return stay();
    }
    item = &session->event->items[action.argument];
    if (item->partner != NULL) {
        return choice_partner(session, item->partner);
    }
    return choice_product(session, item->product, item->answers, item->answer_count);
}
