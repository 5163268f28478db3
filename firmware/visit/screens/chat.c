#include "visit/hours.h"
#include "visit/phone.h"

/* Writing or calling with the citizen's own phone: where there is no chat now, the code
 * dials. */

static const struct chat *
chat_now(const struct view *view)
{
    const struct chat *chat = &view->parts->catalogue->municipality.chat;

    return chat->url != NULL && hours_are_now(view, &chat->opening) ? chat : NULL;
}

/* "tel:14000" */
static const char *
dial(struct page *page, const char *phone)
{
    char digits[24];
    size_t count = 0;

    for (; *phone != '\0' && count < sizeof(digits) - 1; phone++) {
        if (*phone == '+' || (*phone >= '0' && *phone <= '9')) {
            digits[count++] = *phone;
        }
    }
    digits[count] = '\0';
    return page_format(page, "tel:%s", digits);
}

void
chat_describe(const struct view *view, struct page *page)
{
    const struct municipality *municipality = &view->parts->catalogue->municipality;
    const struct chat *chat = chat_now(view);

    page->sign = chat != NULL ? "chat" : "phone";
    view_title(page,
               chat != NULL ? tr(view, "Chat with us on your phone")
                            : tr(view, "Call us on your own phone"),
               chat != NULL ? hours_now(view, page, &chat->opening)
                            : view_words(view, page, &municipality->phone_hours));
    if (chat != NULL) {
        phone_describe(view, page, chat->url, "", "");
        phone_describe_typed(view, page, chat->url);
        view_message(
            page, "call", "phone",
            page_format(page, "%s %s", tr(view, "Or call"), municipality->phone),
            view_words(view, page, &municipality->phone_hours));
    } else {
        phone_describe(view, page, dial(page, municipality->phone), "", "");
        view_message(
            page, "call", "phone",
            page_format(page, "%s %s", tr(view, "Or call"), municipality->phone), "");
    }
    view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT)->flags |=
        ELEMENT_PRIMARY;
    view_button(page, "by-myself", tr(view, "I will go on by myself"), NULL, VERB_BACK)
        ->action.argument = BACK_TO_PAGE;
}

struct outcome
chat_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_END} : stay();
}
