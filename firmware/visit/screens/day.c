#include "visit/choice.h"

#include <stdio.h>
#include <string.h>

#define WEEKS_SHOWN 3 /* at most; a display with less room steps by less */
#define WEEKS_MAX 15  /* farther nobody plans at a counter */

static const struct appointment_day *
known_day(const struct known *known, struct date date)
{
    for (size_t i = 0; i < known->day_count; i++) {
        if (date_compare(known->day[i].date, date) == 0) {
            return &known->day[i];
        }
    }
    return NULL;
}

/* "Hier, vanaf donderdag" */
static const char *
place_note(const struct view *view, struct page *page, const struct location *location)
{
    int64_t at = view_earliest(view, location);
    bool here = location == view->parts->here;
    char when[WORDING_BYTES], text[WORDING_BYTES];

    if (at == TIME_NONE) {
        return page_text(page, here ? tr(view, "Here, no time free")
                                    : tr(view, "No time free"));
    }
    wording_day_near(view->tongue, when, view_civil(view, at).date, view_today(view));
    return page_text(
        page,
        wording_fill(text, here ? tr(view, "Here, from {1}") : tr(view, "From {1}"),
                     when, NULL, NULL));
}

static void
describe_places(const struct view *view, struct page *page,
                const struct location *const *list, size_t count)
{
    const struct session *session = view->session;
    size_t other = count > 1 && list[0] == session->location ? 1 : 0;
    struct element *change;

    if (count < 2 || view_is_moving(view)) {
        return;
    }
    for (size_t i = 0; i < count && count == 2; i++) {
        struct element *place = page_add_action(
            page, SLOT_SHEET, ROLE_PLACE, list[i]->id,
            view_name(view, &list[i]->short_name),
            (struct action){.verb = VERB_PLACE,
                            .argument =
                                (int)(list[i] - view->parts->catalogue->locations)});

        place->detail = place_note(view, page, list[i]);
        place->flags |= list[i] == session->location ? ELEMENT_SELECTED : 0u;
    }
    change = page_add_action(
        page, SLOT_SHEET, ROLE_PLACE_CHANGE, "change-place",
        view_name(view, &session->location->short_name),
        count == 2
            ? (struct action){VERB_PLACE,
                              (int)(list[other] - view->parts->catalogue->locations)}
            : (struct action){VERB_CHANGE, SCREEN_LOCATIONS});
    change->icon = "place";
    change->detail = page_text(page, tr(view, "change"));
}

static void
describe_month(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    struct date monday = date_monday(session->known.shown);
    struct date named = session->date.year > 0 ? session->date : monday;
    int64_t ahead = date_to_days(monday) - date_to_days(view_today(view));
    char text[WORDING_BYTES];
    struct element *month = page_add(page, SLOT_SHEET, ROLE_MONTH, "month",
                                     wording_month(view->tongue, text, named));
    struct element *step;

    month->brief = page_text(page, wording_month_alone(view->tongue, named.month));
    month->detail = page_find(page, "subtitle")->label;
    month->number = date_weekday(session->known.shown);
    for (int way = -1; way <= 1; way += 2) {
        bool last = way < 0 ? ahead <= 0 : ahead >= 7 * (WEEKS_MAX - WEEKS_SHOWN) - 6;

        step = page_add_action(
            page, SLOT_SHEET, ROLE_MONTH_STEP, way < 0 ? "earlier" : "later", "",
            (struct action){VERB_MONTH, way * WEEKS_SHOWN * DAYS_A_WEEK});
        step->icon = way < 0 ? "chevron_left" : "chevron_right";
        step->spoken = page_text(page, way < 0 ? tr(view, "Earlier days")
                                               : tr(view, "Later days"));
        step->flags |= last ? ELEMENT_DISABLED : 0u;
        page_put_under(page, step, month);
    }
}

static void
describe_weekdays(const struct view *view, struct page *page)
{
    struct element *weekdays =
        page_add(page, SLOT_SHEET, ROLE_WEEKDAYS, "weekdays", "");

    weekdays->spoken = page_text(page, tr(view, "Days of the week"));
    for (int i = 0; i < DAYS_A_WEEK; i++) {
        char id[PAGE_ID_BYTES];
        struct element *weekday;

        snprintf(id, sizeof(id), "weekday-%d", i + 1);
        weekday = page_add(page, SLOT_SHEET, ROLE_WEEKDAY, id,
                           wording_weekday(view->tongue, i));
        weekday->brief = page_text(page, wording_weekday_in_calendar(view->tongue, i));
        page_put_under(page, weekday, weekdays);
    }
}

static void
describe_day(const struct view *view, struct page *page, struct date date)
{
    const struct session *session = view->session;
    const struct appointment_day *day = known_day(&session->known, date);
    bool past = date_compare(date, view_today(view)) < 0;
    bool open = day != NULL && !past && !day->closed && day->free != 0;
    char id[PAGE_ID_BYTES], label[16], text[WORDING_BYTES], date_text[TIME_TEXT_BYTES];
    struct element *element;

    date_format(date, date_text);
    snprintf(id, sizeof(id), "day-%.20s", date_text);
    snprintf(label, sizeof(label), "%d", date.day);
    element = page_add_action(
        page, SLOT_SHEET, ROLE_DAY, id, label,
        (struct action){.verb = VERB_CHOOSE, .argument = (int)date_to_days(date)});
    element->number = date_weekday(date);
    element->detail =
        past                            ? page_text(page, tr(view, "past"))
        : day == NULL || day->closed    ? page_text(page, tr(view, "closed"))
        : day->free == 0 && day->leased ? page_text(page, tr(view, "not now"))
        : day->free == 0                ? page_text(page, tr(view, "full"))
        : day->free < 0
            ? page_text(page, tr(view, "free"))
            : page_text(page, wording_number(text, tr(view, "{1} free"), day->free));
    element->spoken =
        page_format(page, "%s, %s", wording_day(view->tongue, text, date),
                    open && day->free > 0 ? view_count(view, page, "{1} time is free",
                                                       "{1} times are free", day->free)
                                          : element->detail);
    element->flags |= open ? 0u : ELEMENT_DISABLED;
    element->flags |=
        open && date_compare(date, session->date) == 0 ? ELEMENT_SELECTED : 0u;
}

/* What is chosen, and on with it; where there is no room for both, in one. */
static void
describe_choice(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    char day[WORDING_BYTES], text[WORDING_BYTES];
    const char *both;
    struct element *next;

    if (session->date.year == 0) {
        view_message(page, "chosen", "event_busy",
                     tr(view, "Nothing is free in these weeks. Look at later weeks."),
                     "")
            ->flags |= ELEMENT_ACCENT;
        both = tr(view, "Nothing is free: look later");
    } else {
        wording_day(view->tongue, day, session->date);
        view_message(page, "chosen", "location_on",
                     wording_fill(text, tr(view, "**{1}** at {2}"), day,
                                  view_name(view, &session->location->name), NULL),
                     "");
        wording_day_short(view->tongue, day, session->date);
        both = wording_fill(text, tr(view, "Choose a time on {1}"), day, NULL, NULL);
    }
    next = view_primary(page, "next", tr(view, "Choose a time"), VERB_NEXT);
    next->extra = page_text(page, both);
    next->flags |= session->date.year == 0 ? ELEMENT_DISABLED : 0u;
}

void
day_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    const struct product *product = session->product;
    const struct location *list[SESSION_LOCATIONS_MAX];
    size_t count = view_locations(view, list);
    char minutes[WORDING_BYTES], text[WORDING_BYTES];
    struct date end;

    page->sign = "event";
    view_progress(view, page, STEP_PLACE_AND_DAY);
    wording_minutes(
        view->tongue, minutes,
        product_minutes(product, session->persons > 0 ? session->persons : 1));
    view_title(
        page,
        count == 2 && !view_is_moving(view) ? tr(view, "Choose a place and a day")
                                            : tr(view, "Choose a day"),
        wording_fill(text, tr(view, "{1}, {2}"),
                     product->sensitive ? view_product(view, page, product)
                                        : view_words(view, page, &product->short_name),
                     minutes, NULL))
        ->brief = tr(view, "Choose a day");
    describe_places(view, page, list, count);
    describe_month(view, page);
    describe_weekdays(view, page);
    end = date_add(session->known.monday, SESSION_DAYS);
    for (struct date date = date_monday(session->known.shown);
         date_compare(date, end) < 0; date = date_add(date, 1))
    {
        if (date_weekday(date) < DAYS_A_WEEK) {
            describe_day(view, page, date);
        }
    }
    describe_choice(view, page);
}

static struct outcome
ask_days(struct session *session)
{
    session->known.days = session->known.times = false;
    session->date = (struct date){0};
    return (struct outcome){.move = MOVE_STAY, .request = REQUEST_DAYS};
}

/* So many days on, or back, of which a week has no more than six. */
static struct date
other_day(struct date from, int days)
{
    int at = date_weekday(from) + days;
    int week = (at < 0 ? at - DAYS_A_WEEK + 1 : at) / DAYS_A_WEEK;

    return date_add(date_monday(from), 7 * week + at - week * DAYS_A_WEEK);
}

/* To other days, of which only those that are not known are asked, by whole weeks. */
static struct outcome
step(const struct view *view, struct session *session, int days)
{
    struct known *known = &session->known;
    struct date first = date_monday(view_today(view));
    struct date shown = other_day(known->shown, days), end;

    if (date_compare(shown, first) < 0) {
        shown = first;
    }
    end = other_day(shown, days < 0 ? -days : days);
    known->shown = shown;
    known->days_shown = (int)(date_to_days(end) - date_to_days(shown));
    if (known->days && date_compare(shown, known->monday) >= 0 &&
        date_compare(end, date_add(known->monday, SESSION_DAYS)) <= 0)
    {
        choice_first_day(session);
        return stay();
    }
    known->monday = days > 0 ? date_monday(shown)
                             : date_add(date_monday(date_add(end, 6)), -SESSION_DAYS);
    if (date_compare(known->monday, first) < 0) {
        known->monday = first;
    }
    return ask_days(session);
}

struct outcome
day_act(const struct view *view, struct session *session, struct action action)
{
    switch (action.verb) {
    case VERB_PLACE:
        choice_location(session, &view->parts->catalogue->locations[action.argument]);
        return session->known.days ? stay() : ask_days(session);
    case VERB_CHANGE:
        return (struct outcome){.move = MOVE_BACK_TO, .screen = SCREEN_LOCATIONS};
    case VERB_MONTH:
        return step(view, session, action.argument);
    case VERB_CHOOSE:
        session->date = date_from_days(action.argument);
        session->known.times = false;
        session->start = 0;
        return stay();
    case VERB_NEXT:
        return go_to(SCREEN_TIME);
    default:
        return stay();
    }
}
