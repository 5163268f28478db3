#include "visit/call_back.h"
#include "visit/choice.h"

static const struct channel_look {
    const char *id, *icon, *label;
} looks[CHANNEL_COUNT] = {
    [CHANNEL_ONLINE] = {"online", "smartphone", N_("Online on your phone")},
    [CHANNEL_APPOINTMENT] = {"appointment", "event_available",
                             N_("Make an appointment")},
    [CHANNEL_WALK_IN] = {"walk-in", "confirmation_number",
                         N_("Come without an appointment")},
    [CHANNEL_CALL_BACK] = {"call-back", "phone_in_talk", N_("Let us call you back")},
    [CHANNEL_PERSON] = {"person", "support_agent", N_("Help from a member of staff")},
};

static void
describe_fact(struct page *page, const struct element *channel, const char *what,
              const char *icon, const char *label, bool strong)
{
    struct element *fact;

    if (label[0] == '\0') {
        return;
    }
    fact = page_add(page, SLOT_SHEET, ROLE_FACT,
                    page_format(page, "%s-%s", channel->id, what), label);
    fact->icon = icon;
    fact->flags |= strong ? ELEMENT_STRONG : 0u;
    page_put_under(page, fact, channel);
}

/* When it is soonest at any place. */
static int64_t
earliest(const struct view *view)
{
    const struct location *list[SESSION_LOCATIONS_MAX];
    size_t count = view_locations(view, list);
    int64_t found = TIME_NONE;

    for (size_t i = 0; i < count; i++) {
        int64_t at = view_earliest(view, list[i]);

        if (at != TIME_NONE && (found == TIME_NONE || at < found)) {
            found = at;
        }
    }
    return found;
}

/* When we can call at the soonest. */
static const char *
first_part(const struct view *view, struct page *page)
{
    struct call_back_part parts[CALL_BACK_PARTS_MAX];
    char text[WORDING_BYTES];

    if (call_back_parts(view, parts) == 0) {
        return "";
    }
    return page_text(page, wording_fill(text, tr(view, "{1}, {2}"),
                                        call_back_day(view, page, parts[0].from),
                                        call_back_hours(view, page, parts[0]), NULL));
}

/* How long with a number, where anybody can tell. */
static const char *
wait_now(const struct view *view, char text[WORDING_BYTES])
{
    const struct session *session = view->session;
    const struct walk_in_number *expected = &session->expected;
    char length[WORDING_BYTES];

    if (session->expects && expected->refusal != WALK_IN_GIVEN) {
        return expected->refusal == WALK_IN_FULL ? tr(view, "No more numbers today")
                                                 : tr(view, "Closed now");
    }
    if (session->expects && expected->wait_minutes >= 0) {
        return wording_fill(
            text, tr(view, "Now a wait of about {1}"),
            wording_minutes(view->tongue, length, expected->wait_minutes), NULL, NULL);
    }
    return tr(view, "Here and now, with a number");
}

static void
describe_time(const struct view *view, struct page *page,
              const struct product_channel *channel, const struct element *element)
{
    char text[WORDING_BYTES];
    int64_t at;

    if (channel->channel == CHANNEL_ONLINE && channel->minutes > 0) {
        describe_fact(page, element, "time", "schedule",
                      wording_minutes(view->tongue, text, channel->minutes), true);
    } else if (channel->channel == CHANNEL_APPOINTMENT &&
               (at = earliest(view)) != TIME_NONE)
    {
        describe_fact(
            page, element, "time", "schedule",
            wording_soon(view->tongue, text, view_civil(view, at), view_today(view)),
            false);
    } else if (channel->channel == CHANNEL_WALK_IN) {
        describe_fact(page, element, "time", "schedule", wait_now(view, text), false);
    } else if (channel->channel == CHANNEL_CALL_BACK) {
        describe_fact(page, element, "time", "schedule", first_part(view, page), false);
    } else if (channel->channel == CHANNEL_PERSON) {
        describe_fact(page, element, "time", "phone",
                      view_calls_staff(view) ? tr(view, "Somebody comes to this kiosk")
                                             : tr(view, "At the counter or by phone"),
                      false);
    }
}

static void
describe_channel(const struct view *view, struct page *page, size_t index)
{
    const struct product_channel *channel = &view->session->product->channels[index];
    const struct channel_look *look = &looks[channel->channel];
    const char *tag = view_words(view, page, &channel->tag);
    char price[WORDING_BYTES];
    int cents = 0;
    struct element *element =
        page_add_action(page, SLOT_SHEET, ROLE_CHANNEL, look->id, tr(view, look->label),
                        (struct action){.verb = VERB_CHOOSE, .argument = (int)index});

    element->icon = look->icon;
    if (tag[0] != '\0' && index == 0) {
        element->value = page_text(page, tag);
        element->flags |= ELEMENT_RECOMMENDED;
    }
    if (channel->channel == CHANNEL_PERSON || channel->channel == CHANNEL_CALL_BACK ||
        view_cost(view, channel->channel, &cents))
    {
        describe_fact(page, element, "cost", "payments",
                      wording_price(view->tongue, price, cents), true);
    }
    describe_time(view, page, channel, element);
    describe_fact(page, element, "needs", "vpn_key",
                  view_words(view, page, &channel->needs), false);
}

void
channel_describe(const struct view *view, struct page *page)
{
    const struct product *product = view->session->product;

    page->sign = product->icon;
    view_progress(view, page, STEP_CHANNEL);
    view_title(page, view_words(view, page, &product->channel_title), "");
    if (view->session->notice == NOTICE_NO_PHONE) {
        view_message(page, "no-phone", "info",
                     tr(view, "No phone with you? Choose another way."), "");
    }
    for (size_t i = 0; i < product->channel_count; i++) {
        if (view_offers(view, &product->channels[i])) {
            describe_channel(view, page, i);
        }
    }
}

struct outcome
channel_act(const struct view *view, struct session *session, struct action action)
{
    return action.verb == VERB_CHOOSE ? choice_channel(view, session, action.argument)
                                      : stay();
}
