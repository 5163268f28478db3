#include "visit/view.h"

#include <stdio.h>

static const char *
greeting(const struct view *view)
{
    int hour = view_civil(view, view->moment.now).hour;

    return hour < 12   ? tr(view, "Good morning")
           : hour < 18 ? tr(view, "Good afternoon")
                       : tr(view, "Good evening");
}

static void
describe_languages(const struct view *view, struct page *page)
{
    const struct catalogue *catalogue = view->parts->catalogue;
    struct element *bar = page_add(page, SLOT_SHEET, ROLE_LANGUAGES, "languages", "");

    bar->spoken = page_text(page, tr(view, "Languages"));
    for (size_t i = 0; i < catalogue->language_count; i++) {
        enum language language = catalogue->languages[i];
        char id[PAGE_ID_BYTES];
        struct element *cell;

        snprintf(id, sizeof(id), "language-%s", language_code(language));
        cell = page_add_action(
            page, SLOT_SHEET, ROLE_LANGUAGE, id, language_name(language),
            (struct action){.verb = VERB_LANGUAGE, .argument = (int)language});
        cell->flags |= language == view->tongue.language ? ELEMENT_SELECTED : 0u;
        page_put_under(page, cell, bar);
    }
}

/* What is always there, after the municipality's life events. */
static void
describe_own(struct page *page, const char *id, const char *icon, const char *label,
             enum verb verb)
{
    struct element *tile = page_add_action(page, SLOT_SHEET, ROLE_TILE, id, label,
                                           (struct action){.verb = (int)verb});

    tile->icon = icon;
    tile->flags |= ELEMENT_PRIMARY;
}

void
home_describe(const struct view *view, struct page *page)
{
    const struct catalogue *catalogue = view->parts->catalogue;
    bool lookup = view->parts->client->operations->find != NULL;

    page_add(page, SLOT_STAGE, ROLE_GREETING, "greeting", greeting(view));
    page_add(page, SLOT_STAGE, ROLE_TITLE, "title",
             tr(view, "What do you want to arrange?"));
    if (catalogue->language_count > 1) {
        describe_languages(view, page);
    }
    for (size_t i = 0; i < catalogue->event_count; i++) {
        const struct life_event *event = &catalogue->events[i];
        struct element *tile =
            page_add_action(page, SLOT_SHEET, ROLE_TILE, event->id,
                            view_words(view, page, &event->name),
                            (struct action){.verb = VERB_CHOOSE, .argument = (int)i});

        tile->icon = event->icon;
    }
    if (lookup) {
        describe_own(page, "appointment", "event_available",
                     tr(view, "I have an appointment"), VERB_APPOINTMENT);
    }
    describe_own(page, "search", "search", tr(view, "Search for something else"),
                 VERB_SEARCH);
    page->paging.more = page_text(page, tr(view, "More subjects"));
}

struct outcome
home_act(const struct view *view, struct session *session, struct action action)
{
    if (action.verb == VERB_SEARCH) {
        return go_to(SCREEN_SEARCH);
    }
    if (action.verb == VERB_APPOINTMENT) {
        return go_to(SCREEN_CHECK_IN);
    }
    if (action.verb != VERB_CHOOSE) {
        return stay();
    }
    session->event = &view->parts->catalogue->events[action.argument];
    return go_to(SCREEN_PRODUCTS);
}
