#pragma once

#include "view.h"

/*
 * When we can call back: parts of a day, by the catalogue's hours for it, and as this
 * kiosk's clock tells them.
 */

#define CALL_BACK_PARTS_MAX 3
#define CALL_BACK_DAYS 7 /* ahead, today included */

struct call_back_part {
    int64_t from, until; /* instants on one day */
};

/* The first ones from now; of the one that runs what is left of it, from a whole hour.
 */
size_t call_back_parts(const struct view *view,
                       struct call_back_part parts[CALL_BACK_PARTS_MAX]);
/* Is there a part, and somebody to tell it to? */
bool call_back_is_offered(const struct view *view);

/* "Vandaag", "Maandag"; kept in the page. */
const char *call_back_day(const struct view *view, struct page *page, int64_t from);
/* "15 – 17 uur" */
const char *
call_back_hours(const struct view *view, struct page *page, struct call_back_part part);
/* What the citizen sees when the phone rings, and that the number is erased. */
void call_back_describe_why(const struct view *view, struct page *page);
