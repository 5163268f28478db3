#include "visit/choice.h"

#include <stdlib.h>

/* The order of the list: soonest first, or nearest first. */
static bool
comes_before(const struct view *view, const struct location *a,
             const struct location *b)
{
    int64_t first = view_earliest(view, a);
    int64_t second = view_earliest(view, b);

    if (view->session->places_by_distance) {
        return location_distance_m(view->parts->here, a) <
               location_distance_m(view->parts->here, b);
    }
    if (first == TIME_NONE || second == TIME_NONE) {
        return first != TIME_NONE && second == TIME_NONE;
    }
    return first < second;
}

static size_t
sorted(const struct view *view, const struct location *list[SESSION_LOCATIONS_MAX])
{
    size_t count = view_locations(view, list);

    for (size_t i = 1; i < count; i++) {
        const struct location *place = list[i];
        size_t at = i;

        while (at > 0 && comes_before(view, place, list[at - 1])) {
            list[at] = list[at - 1];
            at--;
        }
        list[at] = place;
    }
    return count;
}

static void
describe_order(const struct view *view, struct page *page)
{
    bool near = view->session->places_by_distance;
    struct element *bar = page_add(page, SLOT_SHEET, ROLE_SEGMENTS, "order", "");

    bar->spoken = page_text(page, tr(view, "In which order"));
    for (int i = 0; i < 2; i++) {
        bool on = near == (i == 1);
        struct element *segment = page_add_action(
            page, SLOT_SHEET, ROLE_SEGMENT, i == 0 ? "soonest" : "nearest",
            i == 0 ? tr(view, "First time") : tr(view, "Nearby"),
            (struct action){.verb = VERB_ORDER, .argument = i});

        segment->icon = on ? "check" : i == 0 ? "schedule" : "near_me";
        segment->flags |= on ? ELEMENT_SELECTED : 0u;
        page_put_under(page, segment, bar);
    }
}

static void
describe_place(const struct view *view, struct page *page,
               const struct location *location)
{
    int64_t at = view_earliest(view, location);
    bool here = location == view->parts->here;
    char text[WORDING_BYTES];
    struct element *row = page_add_action(
        page, SLOT_SHEET, ROLE_LOCATION, location->id, view_name(view, &location->name),
        (struct action){.verb = VERB_PLACE,
                        .argument =
                            (int)(location - view->parts->catalogue->locations)});

    row->icon = location->icon;
    row->flags |= here ? ELEMENT_SELECTED : 0u;
    row->detail = page_text(
        page, here
                  ? tr(view, "You are here")
                  : wording_distance(view->tongue, text,
                                     location_distance_m(view->parts->here, location)));
    if (at == TIME_NONE) {
        row->extra = page_text(page, tr(view, "no time free"));
        return;
    }
    struct civil civil = view_civil(view, at);

    row->extra = page_text(
        page, wording_day_near(view->tongue, text, civil.date, view_today(view)));
    row->value =
        page_text(page, wording_time(view->tongue, text, civil.hour, civil.minute));
}

void
locations_describe(const struct view *view, struct page *page)
{
    const struct location *list[SESSION_LOCATIONS_MAX];
    size_t count = sorted(view, list);

    page->sign = "place";
    view_progress(view, page, STEP_PLACE_AND_DAY);
    view_title(page, tr(view, "Choose a place"),
               tr(view, "You always see the first free moment."));
    describe_order(view, page);
    for (size_t i = 0; i < count; i++) {
        describe_place(view, page, list[i]);
    }
    page->paging.more = page_text(page, tr(view, "More places"));
}

struct outcome
locations_act(const struct view *view, struct session *session, struct action action)
{
    if (action.verb == VERB_ORDER) {
        session->places_by_distance = action.argument == 1;
        session->frames[session->depth - 1].part = 0;
        return stay();
    }
    if (action.verb != VERB_PLACE) {
        return stay();
    }
    choice_location(session, &view->parts->catalogue->locations[action.argument]);
    return go_to(SCREEN_DAY);
}
