#include "visit/call_back.h"
#include "visit/choice.h"

/* What there is room for: the way on, the way to people, and where else to go. */
static void
describe_works(const struct view *view, struct page *page, bool offline)
{
    bool standing = view->session->trouble_of_standing;

    page_add(page, SLOT_SHEET, ROLE_HEADLINE, "works", tr(view, "This works"))->icon =
        "check_circle";
    if (call_back_is_offered(view)) {
        view_row(page, SLOT_SHEET, "call-back", "phone_in_talk",
                 tr(view, "Let us call you back"),
                 offline ? tr(view, "We keep your question and call later")
                         : tr(view, "Choose when"),
                 (struct action){.verb = VERB_CALL_BACK})
            ->flags |= ELEMENT_PRIMARY;
    } else {
        view_row(page, SLOT_SHEET, "person", "person",
                 tr(view, "Ask a member of staff"),
                 view_calls_staff(view) ? tr(view, "Somebody comes to this kiosk")
                                        : tr(view, "See where and when, or call us"),
                 (struct action){.verb = VERB_PERSON});
    }
    if (standing) {
        view_row(page, SLOT_SHEET, "read", "menu_book",
                 tr(view, "Read explanation and cost"), tr(view, "About all subjects"),
                 (struct action){VERB_CHANGE, SCREEN_HOME});
    } else {
        view_row(page, SLOT_SHEET, "other-way", "replay",
                 tr(view, "Choose another way"), tr(view, "Online, or with help"),
                 (struct action){VERB_CHANGE, SCREEN_CHANNEL});
    }
    view_row(page, SLOT_SHEET, "places", "place", tr(view, "See other places"),
             tr(view, "Address and opening hours"),
             (struct action){.verb = VERB_PLACES});
}

static void
deny(struct page *page, const struct element *card, const char *id, const char *label)
{
    struct element *check = page_add(page, SLOT_SHEET, ROLE_CHECK, id, label);

    check->icon = "cancel";
    check->flags |= ELEMENT_DANGER;
    page_put_under(page, check, card);
}

static void
describe_denied(const struct view *view, struct page *page, bool offline)
{
    bool standing = view->session->trouble_of_standing;
    bool number = !standing && view->session->channel == CHANNEL_WALK_IN;
    struct element *card = page_add(page, SLOT_SHEET, ROLE_CARD, "does-not", "");

    card->flags |= ELEMENT_DANGER;
    card->spoken = page_text(page, tr(view, "This does not work now"));
    page_put_under(page,
                   page_add(page, SLOT_SHEET, ROLE_HEADING, "denied",
                            tr(view, "This does not work now")),
                   card);
    deny(page, card, "denied-this",
         standing ? tr(view, "Showing or changing an appointment. Nothing was changed.")
         : number ? tr(view, "Getting a number. You have no number yet.")
                  : tr(view, "Making an appointment. No appointment was made."));
    if (offline && !number && view->parts->walk_in != NULL) {
        deny(page, card, "denied-number", tr(view, "Getting a number"));
    }
}

static void
describe_since(const struct view *view, struct page *page)
{
    struct civil since = view_civil(view, view->offline_since);
    char time[WORDING_BYTES], text[WORDING_BYTES];

    wording_time(view->tongue, time, since.hour, since.minute);
    page_add(page, SLOT_SHEET, ROLE_LEGEND, "since",
             wording_fill(text, tr(view, "There has been no internet since **{1}**."),
                          time, NULL, NULL))
        ->icon = "sync";
}

void
trouble_describe(const struct view *view, struct page *page)
{
    bool offline = view->session->trouble == ERROR_OFFLINE;
    bool standing = view->session->trouble_of_standing;
    bool number = !standing && view->session->channel == CHANNEL_WALK_IN;

    page->sign = offline ? "cloud_off" : "warning";
    view_title(page,
               offline    ? tr(view, "This kiosk has no internet now")
               : standing ? tr(view, "Showing your appointment does not work now")
               : number   ? tr(view, "Getting a number does not work now")
                          : tr(view, "Making an appointment does not work now"),
               tr(view, "That is not your fault."));
    describe_works(view, page, offline);
    describe_denied(view, page, offline);
    if (offline && view->offline_since != 0) {
        describe_since(view, page);
    }
    view_button(page, "again", tr(view, "Try again"), "sync", VERB_RETRY)->flags |=
        call_back_is_offered(view) ? 0u : ELEMENT_PRIMARY;
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
