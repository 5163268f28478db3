#include "visit/choice.h"

#include <stdio.h>
#include <stdlib.h>

#include "catalogue/opening.h"

#define EVENING_MINUTE (17 * 60)
#define NOON_MINUTE (12 * 60)

enum part_of_day { MORNING, AFTERNOON, EVENING };

static enum part_of_day
part_of(const struct view *view, const struct appointment_time *time)
{
    struct civil at = view_civil(view, time->start);
    int minute = at.hour * 60 + at.minute;

    return minute < NOON_MINUTE      ? MORNING
           : minute < EVENING_MINUTE ? AFTERNOON
                                     : EVENING;
}

static const char *
evening_label(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    const struct day_hours *hours =
        opening_hours(session->location, session->date, NULL);
    int close = 0;
    char time[WORDING_BYTES], text[WORDING_BYTES];

    for (size_t i = 0; i < hours->count; i++) {
        close = hours->periods[i].close_minute > close ? hours->periods[i].close_minute
                                                       : close;
    }
    if (close == 0) {
        return tr(view, "Evening");
    }
    wording_time(view->tongue, time, close / 60, close % 60);
    return page_text(
        page, wording_fill(text, tr(view, "Evening, until {1}"), time, NULL, NULL));
}

/* Those of which there are times. */
static int
list_parts(const struct view *view, enum part_of_day parts[EVENING + 1])
{
    const struct known *known = &view->session->known;
    int count = 0;

    for (size_t i = 0; i < known->time_count; i++) {
        enum part_of_day part = part_of(view, &known->time[i]);

        if (count == 0 || parts[count - 1] != part) {
            parts[count++] = part;
        }
    }
    return count;
}

/* Where a display has no room for all times it shows one part of the day at once. */
static void
describe_segments(const struct view *view, struct page *page)
{
    static const char *const ids[] = {[MORNING] = "segment-morning",
                                      [AFTERNOON] = "segment-afternoon",
                                      [EVENING] = "segment-evening"};
    static const char *const icons[] = {[MORNING] = "brightness_5",
                                        [AFTERNOON] = "wb_sunny",
                                        [EVENING] = "brightness_3"};
    enum part_of_day parts[EVENING + 1];
    int count = list_parts(view, parts);
    struct element *segments;

    if (count < 2) {
        return;
    }
    segments = page_add(page, SLOT_SHEET, ROLE_SEGMENTS, "segments", "");
    segments->spoken = page_text(page, tr(view, "Part of the day"));
    for (int i = 0; i < count; i++) {
        enum part_of_day part = parts[i];
        struct element *segment =
            page_add_action(page, SLOT_SHEET, ROLE_SEGMENT, ids[part],
                            part == MORNING     ? tr(view, "Morning")
                            : part == AFTERNOON ? tr(view, "Afternoon")
                                                : tr(view, "Evening"),
                            (struct action){.verb = VERB_PART});

        segment->icon = icons[part];
        page_put_under(page, segment, segments);
    }
}

static void
describe_section(const struct view *view, struct page *page, enum part_of_day part)
{
    static const char *const ids[] = {
        [MORNING] = "morning", [AFTERNOON] = "afternoon", [EVENING] = "evening"};

    page_add(page, SLOT_SHEET, ROLE_SECTION, ids[part],
             part == MORNING     ? tr(view, "Morning")
             : part == AFTERNOON ? tr(view, "Afternoon")
                                 : evening_label(view, page));
}

static void
describe_time(const struct view *view, struct page *page, size_t index)
{
    const struct session *session = view->session;
    const struct appointment_time *time = &session->known.time[index];
    struct civil at = view_civil(view, time->start);
    char id[PAGE_ID_BYTES], label[WORDING_BYTES];
    struct element *element;

    snprintf(id, sizeof(id), "time-%02d%02d", at.hour, at.minute);
    if (page_find(page, id) != NULL) {
        return; /* the hour that the clock shows twice: the first of the two */
    }
    element =
        page_add_action(page, SLOT_SHEET, ROLE_TIME, id,
                        wording_time_bare(view->tongue, label, at.hour, at.minute),
                        (struct action){.verb = VERB_CHOOSE, .argument = (int)index});
    wording_time(view->tongue, label, at.hour, at.minute);
    element->spoken = time->quiet
                          ? page_format(page, "%s, %s", label, tr(view, "quiet moment"))
                          : page_text(page, label);
    element->icon = time->quiet ? "spa" : NULL;
    element->flags |= time->start == session->start ? ELEMENT_SELECTED : 0u;
}

static void
describe_times(const struct view *view, struct page *page)
{
    const struct known *known = &view->session->known;
    bool quiet = false;

    describe_segments(view, page);
    for (size_t i = 0; i < known->time_count; i++) {
        enum part_of_day part = part_of(view, &known->time[i]);

        if (i == 0 || part != part_of(view, &known->time[i - 1])) {
            describe_section(view, page, part);
        }
        describe_time(view, page, i);
        quiet = quiet || known->time[i].quiet;
    }
    if (quiet) {
        struct element *legend =
            page_add(page, SLOT_SHEET, ROLE_LEGEND, "quiet",
                     tr(view, "Quiet moment: there are few people then."));

        legend->icon = "spa";
        legend->brief = page_text(page, tr(view, "quiet moment"));
    }
}

/* What was chosen before; in fewer words where there are few. */
static void
describe_moment(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    char text[WORDING_BYTES];
    struct element *fact = page_add(page, SLOT_STAGE, ROLE_STAGE_FACT, "day",
                                    wording_day(view->tongue, text, session->date));

    fact->icon = "event";
    fact->brief = page_text(page, wording_day_short(view->tongue, text, session->date));
    fact = page_add(page, SLOT_STAGE, ROLE_STAGE_FACT, "place",
                    view_name(view, &session->location->name));
    fact->icon = "location_on";
    fact->brief = page_text(page, view_name(view, &session->location->short_name));
}

void
time_describe(const struct view *view, struct page *page)
{
    const struct session *session = view->session;
    char text[WORDING_BYTES], time[WORDING_BYTES];
    struct element *next;

    page->sign = "schedule";
    view_progress(view, page, STEP_TIME);
    view_title(page, tr(view, "Choose a time"), "");
    describe_moment(view, page);
    if (session->notice == NOTICE_TIME_TAKEN) {
        view_message(page, "taken", "event_busy",
                     tr(view, "That time has just gone. Choose another time."), "")
            ->flags |= ELEMENT_ACCENT;
    }
    if (session->known.time_count == 0) {
        view_message(page, "none", "event_busy",
                     tr(view, "No time is free on this day any more. Go back and "
                              "choose another day."),
                     "")
            ->flags |= ELEMENT_ACCENT;
    }
    describe_times(view, page);
    page->paging.more = page_text(page, tr(view, "Later times"));
    if (session->start == 0) {
        next = view_primary(page, "next", tr(view, "Choose a time first"), VERB_NEXT);
        next->flags |= ELEMENT_DISABLED;
    } else {
        struct civil at = view_civil(view, session->start);

        wording_time(view->tongue, time, at.hour, at.minute);
        view_primary(
            page, "next",
            wording_fill(text, tr(view, "Continue with {1}"), time, NULL, NULL),
            VERB_NEXT);
    }
}

struct outcome
time_act(const struct view *view, struct session *session, struct action action)
{
    if (action.verb == VERB_CHOOSE) {
        session->start = session->known.time[action.argument].start;
        session->notice = NOTICE_NONE;
        return stay();
    }
    if (action.verb != VERB_NEXT || session->start == 0) {
        return stay();
    }
    if (view_is_moving(view)) {
        return go_to(SCREEN_MOVE);
    }
    return (struct outcome){
        .move = MOVE_TO,
        .screen = session->known.field_count > 0 ? SCREEN_CONTACT : SCREEN_CONFIRM,
        .request = REQUEST_HOLD,
    };
}
