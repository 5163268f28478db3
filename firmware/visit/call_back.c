#include "call_back.h"

#include "base/text.h"
#include "catalogue/opening.h"

#define HOUR_MINUTES 60
#define DAY_MINUTES (24 * HOUR_MINUTES)

static int64_t
instant_of(const struct view *view, struct date date, int minute)
{
    struct civil civil = {.date = date_add(date, minute / DAY_MINUTES),
                          .hour = minute % DAY_MINUTES / HOUR_MINUTES,
                          .minute = minute % HOUR_MINUTES};

    return zone_instant(view->parts->zone, civil);
}

/* Less than an hour is no time in which to be at home. */
static bool
is_worth(int from, int until)
{
    return until - from >= HOUR_MINUTES;
}

size_t
call_back_parts(const struct view *view,
                struct call_back_part parts[CALL_BACK_PARTS_MAX])
{
    const struct opening *opening =
        &view->parts->catalogue->municipality.call_back.opening;
    struct civil now = view_civil(view, view->moment.now);
    int next_hour = (now.hour + 1) * HOUR_MINUTES;
    size_t count = 0;

    for (int day = 0; day < CALL_BACK_DAYS; day++) {
        struct date date = date_add(now.date, day);
        const struct day_hours *hours = opening_day(opening, date, NULL);

        for (size_t i = 0; i < hours->count && count < CALL_BACK_PARTS_MAX; i++) {
            int from = hours->periods[i].open_minute;
            int until = hours->periods[i].close_minute;

            if (day == 0 && from < next_hour) {
                from = next_hour;
            }
            if (is_worth(from, until)) {
                parts[count++] = (struct call_back_part){instant_of(view, date, from),
                                                         instant_of(view, date, until)};
            }
        }
    }
    return count;
}

bool
call_back_is_offered(const struct view *view)
{
    struct call_back_part parts[CALL_BACK_PARTS_MAX];

    return view->parts->errands != NULL &&
           view->parts->catalogue->municipality.call_back.offered &&
           call_back_parts(view, parts) > 0;
}

/* --- in words ----------------------------------------------------------------------
 */

/* It stands by itself: "Maandag". */
static const char *
weekday(const struct view *view, struct page *page, struct date date)
{
    char name[WORDING_BYTES];

    text_copy(name, sizeof(name), wording_weekday(view->tongue, date_weekday(date)));
    if (name[0] >= 'a' && name[0] <= 'z') {
        name[0] = (char)(name[0] - 'a' + 'A');
    }
    return page_text(page, name);
}

const char *
call_back_day(const struct view *view, struct page *page, int64_t from)
{
    struct date date = view_civil(view, from).date;
    int64_t ahead = date_to_days(date) - date_to_days(view_today(view));

    return ahead == 0   ? page_text(page, tr(view, "Today"))
           : ahead == 1 ? page_text(page, tr(view, "Tomorrow"))
                        : weekday(view, page, date);
}

/* A whole hour is as short as the language has it. */
static const char *
hour_of(const struct view *view, char target[WORDING_BYTES], int64_t instant)
{
    struct civil at = view_civil(view, instant);

    return at.minute == 0 ? wording_number(target, tr(view, "{1}:00"), at.hour)
                          : wording_time_bare(view->tongue, target, at.hour, at.minute);
}

const char *
call_back_hours(const struct view *view, struct page *page, struct call_back_part part)
{
    char from[WORDING_BYTES], until[WORDING_BYTES], text[WORDING_BYTES];

    return page_text(page, wording_fill(text, tr(view, "{1} – {2}"),
                                        hour_of(view, from, part.from),
                                        hour_of(view, until, part.until), NULL));
}

void
call_back_describe_why(const struct view *view, struct page *page)
{
    const char *number = view->parts->catalogue->municipality.call_back.number;
    const char *erased = tr(view, "After the call we erase your number.");
    char text[WORDING_BYTES];

    if (number[0] == '\0') {
        view_message(page, "why", "lock", erased, "");
        return;
    }
    wording_fill(text, tr(view, "You see number **{1}** when we call."), number, NULL,
                 NULL);
    view_message(page, "why", "lock", page_format(page, "%s %s", text, erased), "");
}
