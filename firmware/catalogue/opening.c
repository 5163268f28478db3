#include "catalogue/opening.h"

const struct day_hours *
opening_day(const struct opening *opening, struct date date,
            const struct hours_exception **exception)
{
    if (exception != NULL) {
        *exception = NULL;
    }
    for (size_t i = 0; i < opening->exception_count; i++) {
        const struct hours_exception *ruling = &opening->exceptions[i];

        if (date_compare(ruling->from, date) <= 0 &&
            date_compare(date, ruling->to) <= 0) {
            if (exception != NULL) {
                *exception = ruling;
            }
            return &ruling->hours;
        }
    }
    return &opening->week[date_weekday(date)];
}

const struct day_hours *
opening_hours(const struct location *location, struct date date,
              const struct hours_exception **exception)
{
    return opening_day(&location->opening, date, exception);
}

bool
opening_is_open(const struct location *location, struct civil at)
{
    const struct day_hours *day = opening_hours(location, at.date, NULL);
    int minute = at.hour * 60 + at.minute;

    for (size_t i = 0; i < day->count; i++) {
        if (minute >= day->periods[i].open_minute &&
            minute < day->periods[i].close_minute) {
            return true;
        }
    }
    return false;
}
