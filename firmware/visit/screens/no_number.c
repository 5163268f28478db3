#include "visit/choice.h"

/* There are no numbers now: why, and what else can be done. */

static void
describe_row(struct page *page, const char *id, const char *icon, const char *label,
             const char *detail, struct action action)
{
    struct element *row =
        page_add_action(page, SLOT_SHEET, ROLE_ROW, id, label, action);

    row->icon = icon;
    row->detail = page_text(page, detail);
}

/* Where the appointment stands among the product's channels; -1: nowhere. */
static int
appointment_channel(const struct view *view)
{
    const struct product *product = view->session->product;

    for (size_t i = 0; i < product->channel_count; i++) {
        if (product->channels[i].channel == CHANNEL_APPOINTMENT &&
            view_offers(view, &product->channels[i]))
        {
            return (int)i;
        }
    }
    return -1;
}

void
no_number_describe(const struct view *view, struct page *page)
{
    const struct walk_in_number *number = &view->session->number;
    bool full = number->refusal == WALK_IN_FULL;
    int appointment = appointment_channel(view);

    page->sign = "confirmation_number";
    view_title(page,
               full ? tr(view, "All numbers for today have been given")
                    : tr(view, "There are no numbers here now"),
               number->note[0] != '\0' ? view_dutch(view, page, number->note)
               : full                  ? tr(view, "Tomorrow there are numbers again.")
                                       : tr(view, "The counter is closed now."));
    page_add(page, SLOT_SHEET, ROLE_SECTION, "works", tr(view, "This works"));
    if (appointment >= 0) {
        describe_row(page, "appointment", "event_available",
                     tr(view, "Make an appointment"),
                     tr(view, "You choose a day and a time"),
                     (struct action){VERB_CHOOSE, appointment});
    }
    describe_row(page, "other-way", "replay", tr(view, "Choose another way"),
                 tr(view, "Online, or with help"),
                 (struct action){VERB_CHANGE, SCREEN_CHANNEL});
    describe_row(page, "person", "person", tr(view, "Ask a member of staff"),
                 tr(view, "See where and when, or call us"),
                 (struct action){.verb = VERB_PERSON});
}

struct outcome
no_number_act(const struct view *view, struct session *session, struct action action)
{
    if (action.verb == VERB_CHOOSE) {
        return choice_channel(view, session, action.argument);
    }
    if (action.verb != VERB_CHANGE) {
        return stay();
    }
    return (struct outcome){.move = MOVE_BACK_TO,
                            .screen = (enum screen_id)action.argument};
}
