#include "visit/call_back.h"
#include "visit/hours.h"
#include "visit/nearby.h"

/* Who asks for a person while the counter is closed: when it opens, what can be done
 * until then, and who is open nearby. */

static void
describe_opening(const struct view *view, struct page *page)
{
    struct hours_next next;
    char day[WORDING_BYTES], time[WORDING_BYTES], text[WORDING_BYTES];
    struct element *opening;

    if (!hours_next(view, &view->parts->here->opening, &next)) {
        return;
    }
    opening = page_add(page, SLOT_SHEET, ROLE_OPENING, "opening",
                       tr(view, "The counter opens again"));
    opening->icon = "meeting_room";
    wording_day_near(view->tongue, day, next.date, view_today(view));
    wording_time(view->tongue, time, next.open_minute / 60, next.open_minute % 60);
    opening->value =
        page_text(page, wording_fill(text, tr(view, "{1} at {2}"), day, time, NULL));
    wording_time(view->tongue, time, next.close_minute / 60, next.close_minute % 60);
    opening->detail = page_text(
        page, wording_fill(text, tr(view, "{1}, until {2}"),
                           wording_weekday(view->tongue, date_weekday(next.date)), time,
                           NULL));
}

static void
describe_works(const struct view *view, struct page *page)
{
    bool chosen = view->session->product != NULL;
    struct call_back_part parts[CALL_BACK_PARTS_MAX];
    char text[WORDING_BYTES];

    page_add(page, SLOT_SHEET, ROLE_HEADLINE, "works", tr(view, "This works"))->icon =
        "check_circle";
    view_row(page, SLOT_SHEET, "make", "event_available",
             tr(view, "Make an appointment"),
             chosen ? view_product(view, page, view->session->product)
                    : tr(view, "Choose your subject first"),
             chosen ? (struct action){.verb = VERB_BACK}
                    : (struct action){VERB_CHANGE, SCREEN_HOME})
        ->flags |= ELEMENT_PRIMARY;
    view_row(
        page, SLOT_SHEET, "online", "smartphone", tr(view, "Arrange it on your phone"),
        tr(view, "With DigiD, also at night"), (struct action){.verb = VERB_OTHER});
    if (call_back_is_offered(view) && call_back_parts(view, parts) > 0) {
        view_row(page, SLOT_SHEET, "call-back", "phone_in_talk",
                 tr(view, "Let us call you back"),
                 wording_soon(view->tongue, text, view_civil(view, parts[0].from),
                              view_today(view)),
                 (struct action){.verb = VERB_CALL_BACK});
    }
}

static void
describe_nearby(const struct view *view, struct page *page)
{
    const struct municipality *municipality = &view->parts->catalogue->municipality;
    const struct location *place = nearby_open(view);
    char time[WORDING_BYTES], text[WORDING_BYTES];
    struct element *nearby, *far;
    int closes;

    if (place == NULL) {
        view_message(page, "phone", "phone",
                     page_format(page, "%s: %s", tr(view, "Call the municipality"),
                                 municipality->phone),
                     view_words(view, page, &municipality->phone_hours));
        return;
    }
    closes = hours_close_minute(view, &place->opening);
    wording_time(view->tongue, time, closes / 60, closes % 60);
    nearby = page_add(
        page, SLOT_SHEET, ROLE_NEARBY, "nearby",
        wording_fill(text, tr(view, "Open nearby now, until {1}"), time, NULL, NULL));
    nearby->icon = "near_me";
    nearby->value = page_text(page, view_name(view, &place->name));
    nearby->detail = page_format(page, "%s %s", place->street, place->house_number);
    far = page_add(page, SLOT_SHEET, ROLE_FACT, "far",
                   nearby_distance(view->tongue, text, view->parts->here, place));
    far->icon = "directions_walk";
    far->flags |= ELEMENT_STRONG;
    page_put_under(page, far, nearby);
}

void
closed_describe(const struct view *view, struct page *page)
{
    page->sign = "brightness_3";
    view_title(page, tr(view, "We are closed now"),
               tr(view, "This kiosk does work. You can still arrange a lot."));
    describe_opening(view, page);
    describe_works(view, page);
    describe_nearby(view, page);
    if (view->session->product != NULL || view->session->event != NULL) {
        view_button(page, "slip", tr(view, "Take a slip to the counter"),
                    "assignment_ind", VERB_SLIP);
    }
}

struct outcome
closed_act(const struct view *view, struct session *session, struct action action)
{
    (void)view;
    (void)session;
    if (action.verb == VERB_OTHER) {
        return go_to(SCREEN_WEBSITE);
    }
    return action.verb == VERB_CHANGE
               ? (struct outcome){.move = MOVE_BACK_TO,
                                  .screen = (enum screen_id)action.argument}
               : stay();
}
