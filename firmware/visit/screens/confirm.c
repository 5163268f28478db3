#include "visit/choice.h"

static struct element *
describe_row(struct page *page, const struct element *card, const char *id,
             const char *icon, const char *label, const char *value)
{
    struct element *row = page_add(page, SLOT_SHEET, ROLE_SUMMARY, id, label);

    row->icon = icon;
    row->value = page_text(page, value);
    page_put_under(page, row, card);
    return row;
}

static void
describe_change(const struct view *view, struct page *page, const struct element *row,
                enum screen_id screen)
{
    struct element *change = page_add_action(
        page, SLOT_SHEET, ROLE_CHANGE, page_format(page, "change-%s", row->id),
        tr(view, "Change"), (struct action){VERB_CHANGE, (int)screen});

    change->icon = "edit";
    change->spoken = page_format(page, "%s: %s", tr(view, "Change"), row->label);
    page_put_under(page, change, row);
}

static void
describe_cost(const struct view *view, struct page *page, const struct element *card)
{
    char price[WORDING_BYTES];
    int cents;
    struct element *row;

    if (!view_cost(view, CHANNEL_APPOINTMENT, &cents)) {
        return;
    }
    row = describe_row(page, card, "cost", "payments", tr(view, "Cost"),
                       wording_price(view->tongue, price, cents));
    if (cents > 0) {
        row->detail = page_text(page, tr(view, "Pay by card at the appointment"));
    }
}

static const char *
what(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    const char *product = view_product(view, page, session->product);
    char text[WORDING_BYTES];

    if (session->persons <= 1) {
        return product;
    }
    return page_text(page, wording_fill(text, tr(view, "{1}, {2}"), product,
                                        view_count(view, page, "{1} person",
                                                   "{1} people", session->persons),
                                        NULL));
}

void
confirm_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    bool many = session->product->location_count > 2;
    char moment[WORDING_BYTES];
    struct element *card, *row;

    page->sign = "fact_check";
    view_progress(view, page, STEP_CONFIRM);
    view_title(page, tr(view, "Is this right?"),
               tr(view, "Check your appointment. Then confirm it."));
    card = page_add(page, SLOT_SHEET, ROLE_CARD, "summary", "");
    card->spoken = page_text(page, tr(view, "Your appointment"));
    row = describe_row(page, card, "what", session->product->icon, tr(view, "What"),
                       what(view, page));
    describe_change(view, page, row,
                    session->event != NULL ? SCREEN_PRODUCTS : SCREEN_SEARCH);
    row = describe_row(
        page, card, "when", "event", tr(view, "When"),
        wording_moment(view->tongue, moment, view_civil(view, session->start)));
    describe_change(view, page, row, SCREEN_TIME);
    row = describe_row(page, card, "where", "location_on", tr(view, "Where"),
                       view_name(view, &session->location->name));
    if (session->product->location_count > 1) {
        describe_change(view, page, row, many ? SCREEN_LOCATIONS : SCREEN_DAY);
    }
    describe_cost(view, page, card);
    card = page_add(page, SLOT_SHEET, ROLE_CARD, "need", "");
    card->spoken = page_text(page, tr(view, "What you need"));
    card->flags |= ELEMENT_SOFT;
    view_bring(view, page, card, true);
    row = view_button(page, "confirm", tr(view, "Confirm the appointment"), "check",
                      VERB_NEXT);
    row->flags |= ELEMENT_PRIMARY;
}

struct outcome
confirm_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    if (action.verb == VERB_CHANGE) {
        return (struct outcome){.move = MOVE_BACK_TO,
                                .screen = (enum screen_id)action.argument};
    }
    if (action.verb != VERB_NEXT) {
        return stay();
    }
    return (struct outcome){.move = MOVE_STAY, .request = REQUEST_BOOK};
}
