#include "visit/phone.h"

/* The municipality's website on the citizen's own phone: open day and night. */
void
website_describe(const struct view *view, struct page *page)
{
    const struct municipality *municipality = &view->parts->catalogue->municipality;
    const char *url = page_format(page, "https://%s", municipality->website);

    page->sign = "smartphone";
    view_title(page, tr(view, "Arrange it on your phone"),
               tr(view, "With DigiD, also at night"));
    phone_describe(view, page, url, "", "");
    phone_describe_typed(view, page, url);
    view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT)->flags |=
        ELEMENT_PRIMARY;
    view_button(page, "by-myself", tr(view, "I will go on by myself"), NULL, VERB_BACK);
}

struct outcome
website_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_END} : stay();
}
