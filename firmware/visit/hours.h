#pragma once

#include "catalogue/opening.h"
#include "view.h"

/* Opening hours in words. */

bool hours_are_now(const struct view *view, const struct opening *opening);
/* When it closes, in minutes of today; of what is open now. */
int hours_close_minute(const struct view *view, const struct opening *opening);

struct hours_next {
    struct date date;
    int open_minute, close_minute;
};

/* When it opens next, within three weeks; false when it does not. */
bool hours_next(const struct view *view, const struct opening *opening,
                struct hours_next *next);

/* "Open tot 17.30 uur", "Opent om 10.00 uur", "Nu dicht" */
const char *
hours_now(const struct view *view, struct page *page, const struct opening *opening);
