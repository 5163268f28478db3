#include "visit/view.h"

#include <stdio.h>

void
attract_describe(const struct view *view, struct page *page)
{
    const struct catalogue *catalogue = view->parts->catalogue;
    struct element *languages;

    page_add(page, SLOT_STAGE, ROLE_TITLE, "title",
             tr(view, "Arrange your municipal matters here"));
    page_add(page, SLOT_STAGE, ROLE_SUBTITLE, "subtitle",
             tr(view, "Passport, moving house, extract and more. "
                      "Calmly, at your own pace."));
    if (view->parts->keeps_nothing) {
        page_add(page, SLOT_STAGE, ROLE_STAGE_FACT, "service",
                 tr(view, "For the technician: this kiosk keeps nothing"))
            ->icon = "build";
    }
    page_add_action(page, SLOT_SHEET, ROLE_START, "start", tr(view, "Touch the screen"),
                    (struct action){.verb = VERB_BEGIN})
        ->icon = "touch_app";
    if (catalogue->language_count > 1) {
        languages = page_add(page, SLOT_SHEET, ROLE_LANGUAGES, "languages", "");
        languages->spoken = page_text(page, tr(view, "Languages"));
        for (size_t i = 0; i < catalogue->language_count; i++) {
            enum language language = catalogue->languages[i];
            char id[PAGE_ID_BYTES];

            snprintf(id, sizeof(id), "language-%s", language_code(language));
            page_put_under(
                page,
                page_add(page, SLOT_SHEET, ROLE_LANGUAGE, id, language_name(language)),
                languages);
        }
    }
    page_add(page, SLOT_SHEET, ROLE_NOTE, "promise",
             tr(view, "Afterwards this kiosk erases all your details."))
        ->icon = "lock";
}

struct outcome
attract_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    (void)action;
    return stay(); /* any touch begins a visit: the flow knows */
}
