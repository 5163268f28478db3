#include "hours.h"

#define DAYS_AHEAD 21

/* The period that is now, else the next one of today; NULL when none comes any more. */
static const struct hours *
next_today(const struct view *view, const struct opening *opening, bool *is_now)
{
    struct civil now = view_civil(view, view->moment.now);
    const struct day_hours *hours = opening_day(opening, now.date, NULL);
    int minute = now.hour * 60 + now.minute;

    for (size_t i = 0; i < hours->count; i++) {
        if (minute < hours->periods[i].close_minute) {
            *is_now = minute >= hours->periods[i].open_minute;
            return &hours->periods[i];
        }
    }
    return NULL;
}

bool
hours_are_now(const struct view *view, const struct opening *opening)
{
    bool is_now;

    return next_today(view, opening, &is_now) != NULL && is_now;
}

int
hours_close_minute(const struct view *view, const struct opening *opening)
{
    bool is_now;
    const struct hours *period = next_today(view, opening, &is_now);

    return period != NULL ? period->close_minute : 0;
}

bool
hours_next(const struct view *view, const struct opening *opening,
           struct hours_next *next)
{
    struct civil now = view_civil(view, view->moment.now);
    int minute = now.hour * 60 + now.minute;

    for (int day = 0; day < DAYS_AHEAD; day++) {
        struct date date = date_add(now.date, day);
        const struct day_hours *hours = opening_day(opening, date, NULL);

        for (size_t i = 0; i < hours->count; i++) {
            if (day > 0 || hours->periods[i].open_minute > minute) {
                *next = (struct hours_next){date, hours->periods[i].open_minute,
                                            hours->periods[i].close_minute};
                return true;
            }
        }
    }
    return false;
}

const char *
hours_now(const struct view *view, struct page *page, const struct opening *opening)
{
    bool is_now;
    const struct hours *period = next_today(view, opening, &is_now);
    char time[WORDING_BYTES], text[WORDING_BYTES];
    int minute;

    if (period == NULL) {
        return page_text(page, tr(view, "Closed now"));
    }
    minute = is_now ? period->close_minute : period->open_minute;
    wording_time(view->tongue, time, minute / 60, minute % 60);
    return page_text(page, wording_fill(text,
                                        is_now ? tr(view, "Open until {1}")
                                               : tr(view, "Opens at {1}"),
                                        time, NULL, NULL));
}
