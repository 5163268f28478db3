#include "visit/view.h"

static void
describe_step(struct page *page, const struct element *card, const char *id, int state,
              const char *icon, const char *label, const char *detail)
{
    struct element *step = page_add(page, SLOT_SHEET, ROLE_MILESTONE, id, label);

    step->icon = icon;
    step->detail = page_text(page, detail);
    step->number = state;
    page_put_under(page, step, card);
}

/* "Om 14.06 uur", and when it was asked again. */
static const char *
asked_at(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    struct civil at = view_civil(view, session->help.called_at);
    char time[WORDING_BYTES], text[WORDING_BYTES];

    wording_time(view->tongue, time, at.hour, at.minute);
    return page_text(page, wording_fill(text,
                                        session->help.calls > 1
                                            ? tr(view, "We called again at {1}")
                                            : tr(view, "At {1}"),
                                        time, NULL, NULL));
}

void
staff_called_describe(const struct view *view, struct page *page)
{
    struct element *card, *go_on;

    page->sign = "support_agent";
    view_title(page, tr(view, "Somebody is coming"),
               tr(view, "You need not do anything. Please stay at this kiosk."));
    card = page_add(page, SLOT_SHEET, ROLE_CARD, "steps", "");
    card->spoken = page_text(page, tr(view, "What happens now"));
    describe_step(page, card, "known", 0, "check", tr(view, "Your call has arrived"),
                  asked_at(view, page));
    describe_step(page, card, "coming", 1, "directions_walk",
                  tr(view, "Somebody comes to you"),
                  tr(view, "Nobody there after 5 minutes? Then we call again by "
                           "ourselves."));
    describe_step(page, card, "together", 2, NULL, tr(view, "You go on together"),
                  tr(view, "On the screen where you were"));
    view_message(page, "seen", "visibility",
                 tr(view, "What does the member of staff see?"),
                 tr(view, "That you want help at this kiosk, and in which language. "
                          "Not what you filled in."));
    go_on = view_button(page, "by-myself", tr(view, "I go on by myself for now"),
                        "arrow_forward", VERB_NEXT);
    go_on->flags |= ELEMENT_PRIMARY | ELEMENT_ICON_AFTER;
    view_button(page, "no-help", tr(view, "I need no help any more"), "close",
                VERB_NO_HELP);
}

struct outcome
staff_called_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    return action.verb == VERB_NEXT ? (struct outcome){.move = MOVE_BACK} : stay();
}
