#include "visit/call_back.h"
#include "visit/choice.h"

static struct element *
describe_row(struct page *page, const char *id, const char *icon, const char *label,
             const char *detail, struct action action)
{
    struct element *row =
        page_add_action(page, SLOT_SHEET, ROLE_ROW, id, label, action);

    row->icon = icon;
    row->detail = page_text(page, detail);
    return row;
}

void
trouble_describe(const struct view *view, struct page *page)
{
    bool offline = view->session->trouble == ERROR_OFFLINE;
    bool standing = view->session->trouble_of_standing;
    bool calls = call_back_is_offered(view);
    bool number = !standing && view->session->channel == CHANNEL_WALK_IN;

    page->sign = offline ? "cloud_off" : "warning";
    view_title(page,
               offline    ? tr(view, "This kiosk has no internet now")
               : standing ? tr(view, "Showing your appointment does not work now")
               : number   ? tr(view, "Getting a number does not work now")
                          : tr(view, "Making an appointment does not work now"),
               tr(view, "That is not your fault."));
    page_add(page, SLOT_SHEET, ROLE_SECTION, "works", tr(view, "This works"));
    if (calls) {
        describe_row(page, "call-back", "phone_in_talk",
                     tr(view, "Let us call you back"),
                     offline ? tr(view, "We keep your question and call later")
                             : tr(view, "Choose when"),
                     (struct action){.verb = VERB_CALL_BACK})
            ->flags |= ELEMENT_PRIMARY;
    }
    if (!standing) {
        describe_row(page, "other-way", "replay", tr(view, "Choose another way"),
                     tr(view, "Online, or with help"),
                     (struct action){VERB_CHANGE, SCREEN_CHANNEL});
    }
    if (!calls || standing) { /* there is room for three; help is in the dock too */
        describe_row(page, "person", "person", tr(view, "Ask a member of staff"),
                     view_calls_staff(view)
                         ? tr(view, "Somebody comes to this kiosk")
                         : tr(view, "See where and when, or call us"),
                     (struct action){.verb = VERB_PERSON});
    }
    describe_row(page, "read", "menu_book", tr(view, "Read explanation and cost"),
                 tr(view, "About all subjects"),
                 (struct action){VERB_CHANGE, SCREEN_HOME});
    view_message(page, "does-not", "cancel", tr(view, "This does not work now"),
                 standing ? tr(view, "Showing or changing an appointment. Nothing was "
                                     "changed.")
                 : number ? tr(view, "Getting a number. You have no number yet.")
                          : tr(view, "Making an appointment. No appointment was made."))
        ->flags |= ELEMENT_DANGER;
    view_button(page, "again", tr(view, "Try again"), "sync", VERB_RETRY)->flags |=
        calls ? 0u : ELEMENT_PRIMARY;
}

struct outcome
trouble_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    if (action.verb != VERB_CHANGE) {
        return stay();
    }
    return (struct outcome){.move = MOVE_BACK_TO,
                            .screen = (enum screen_id)action.argument};
}
