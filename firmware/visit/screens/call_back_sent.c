#include "visit/call_back.h"

static const char *
when(const struct view *view, struct page *page)
{
    const struct call_back_part part = {view->session->call_back.from,
                                        view->session->call_back.until};
    char text[WORDING_BYTES];

    return page_text(page, wording_fill(text, tr(view, "{1}, {2}"),
                                        call_back_day(view, page, part.from),
                                        call_back_hours(view, page, part), NULL));
}

/* It lies here until there is a network: that is said, and what to do instead. */
static void
describe_kept(const struct view *view, struct page *page)
{
    const struct municipality *municipality = &view->parts->catalogue->municipality;

    view_title(page, tr(view, "Your request waits in this kiosk"),
               tr(view, "There is no internet now."));
    view_message(page, "later", "schedule",
                 tr(view, "Your request goes to us as soon as there is internet."),
                 tr(view, "We call you later than you chose if it takes long."));
    view_message(page, "sealed", "lock",
                 tr(view, "Your number is sealed: only the municipality can read it. "
                          "After the call we erase it."),
                 "");
    view_message(page, "call", "phone",
                 page_format(page, "%s %s", tr(view, "Call"), municipality->phone),
                 view_words(view, page, &municipality->phone_hours));
}

static void
describe_arrived(const struct view *view, struct page *page)
{
    view_title(page, tr(view, "We will call you"), when(view, page));
    view_message(page, "erased", "check_circle", tr(view, "We have your request."),
                 tr(view, "This kiosk has erased your number."));
    call_back_describe_why(view, page);
}

void
call_back_sent_describe(const struct view *view, struct page *page)
{
    page->sign = "phone_in_talk";
    if (view->session->call_back.kept) {
        describe_kept(view, page);
    } else {
        describe_arrived(view, page);
    }
    view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT)->flags |=
        ELEMENT_PRIMARY;
}

struct outcome
call_back_sent_act(const struct view *view, struct session *session,
                   struct action action)
{
    (void)view;
    (void)session;
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_DONE} : stay();
}
