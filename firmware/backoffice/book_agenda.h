#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time.h"
#include "catalogue/catalogue.h"

/*
 * The arithmetic of the book: which starts a day offers, and whether a desk has
 * room. It knows no database and no clock.
 *
 * Time is cut in cells of five minutes. An appointment takes all cells from its
 * start to its end at one desk.
 */

#define CELL_S 300
#define DESKS_MAX 32         /* at one location */
#define AGENDA_STARTS_MAX 96 /* in one day: one a quarter of an hour */

/*
 * The starts of a day for something of that many minutes, in order: a step of 20
 * minutes for what is that short, else of 30 or 60, from each opening. None when
 * the location is closed (`*closed`, may be NULL).
 */
size_t agenda_day_starts(const struct location *location, const struct zone *zone,
                         struct date date, int minutes,
                         int64_t starts[AGENDA_STARTS_MAX], bool *closed);

/* Is all of it inside one of the day's periods? */
bool agenda_is_open(const struct location *location, const struct zone *zone,
                    int64_t start, int64_t end);

/* What is taken of a location's desks in a stretch of time. */
struct taken {
    int64_t from; /* of the first cell */
    size_t cell_count, desk_count;
    unsigned char *cells; /* desk by desk, 1 taken */
};

/* `from` and `to` are rounded outwards to whole cells. */
void taken_init(struct taken *taken, int64_t from, int64_t to, size_t desk_count);
void taken_finish(struct taken *taken);
/* What lies outside the stretch is ignored, here and below. */
void taken_mark_all(struct taken *taken, size_t desk, int64_t start, int64_t end);
void taken_mark(struct taken *taken, size_t desk, int64_t cell);
/* Is there a desk that is free from start to end? Outside the stretch there is none. */
bool taken_has_room(const struct taken *taken, int64_t start, int64_t end);
