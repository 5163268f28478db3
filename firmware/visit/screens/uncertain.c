#include "visit/view.h"

/* What to say to whoever is asked: the kiosk forgets it with the visit. It stands last,
 * since with large letters the last of what is read gives way. */
static void
describe_asked(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    char moment[WORDING_BYTES], text[WORDING_BYTES];

    view_message(page, "asked", "event",
                 page_format(page, "%s %s", tr(view, "It is about:"),
                             view_product(view, page, session->product)),
                 wording_fill(text, tr(view, "{1}, {2}"),
                              wording_moment(view->tongue, moment,
                                             view_civil(view, session->start)),
                              view_name(view, &session->location->name), NULL));
}

void
uncertain_describe(const struct view *view, struct page *page)
{
    const struct municipality *municipality = &view->parts->catalogue->municipality;
    char text[WORDING_BYTES], detail[WORDING_BYTES];
    struct element *done;

    page->sign = "help_outline";
    view_title(page, tr(view, "We are not sure whether it worked"),
               tr(view, "That is not your fault. Take a photo of this page."));
    if (view->session->trouble_of_standing) {
        view_message(page, "unsure", "info",
                     tr(view, "Perhaps your appointment was changed."),
                     tr(view, "We got no answer. Please ask us how it stands."));
    } else {
        view_message(
            page, "unsure", "info", tr(view, "Perhaps your appointment was made."),
            tr(view, "We got no answer. Please don't book again: ask us first."));
    }
    view_message(page, "call", "phone",
                 wording_fill(text, tr(view, "Call {1} or ask at the counter"),
                              municipality->phone, NULL, NULL),
                 wording_fill(detail, tr(view, "Phone: {1}. Counter: {2}."),
                              view_words(view, page, &municipality->phone_hours),
                              view_name(view, &view->parts->here->name), NULL));
    if (!view->session->trouble_of_standing) {
        describe_asked(view, page);
    }
    done = view_button(page, "done", tr(view, "Done"), "check", VERB_NEXT);
    done->flags |= ELEMENT_PRIMARY;
}

struct outcome
uncertain_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_END} : stay();
}
