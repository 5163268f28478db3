#include "backoffice/book_agenda.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "catalogue/opening.h"

/* Steps a citizen can read at a glance: three an hour, two, or one. */
static int
step_minutes(int minutes)
{
    return minutes <= 20 ? 20 : minutes <= 30 ? 30 : 60;
}

static int64_t
instant_of(const struct zone *zone, struct date date, int minute)
{
    struct civil civil = {.date = date, .hour = minute / 60, .minute = minute % 60};

    if (civil.hour == 24) {
        civil = (struct civil){.date = date_add(date, 1)};
    }
    return zone_instant(zone, civil);
}

static int64_t
cell_up(int64_t instant)
{
    return (instant + CELL_S - 1) / CELL_S * CELL_S;
}

size_t
agenda_day_starts(const struct location *location, const struct zone *zone,
                  struct date date, int minutes, int64_t starts[AGENDA_STARTS_MAX],
                  bool *closed)
{
    const struct day_hours *hours = opening_hours(location, date, NULL);
    size_t count = 0;

    assert(minutes > 0);
    if (closed != NULL) {
        *closed = hours->count == 0;
    }
    for (size_t i = 0; i < hours->count; i++) {
        int64_t close = instant_of(zone, date, hours->periods[i].close_minute);
        int64_t at = cell_up(instant_of(zone, date, hours->periods[i].open_minute));

        for (; at + minutes * 60 <= close && count < AGENDA_STARTS_MAX;
             at += step_minutes(minutes) * 60)
        {
            starts[count++] = at;
        }
    }
    return count;
}

bool
agenda_is_open(const struct location *location, const struct zone *zone, int64_t start,
               int64_t end)
{
    struct date date = zone_civil(zone, start).date;
    const struct day_hours *hours = opening_hours(location, date, NULL);

    for (size_t i = 0; i < hours->count; i++) {
        if (start >= instant_of(zone, date, hours->periods[i].open_minute) &&
            end <= instant_of(zone, date, hours->periods[i].close_minute))
        {
            return true;
        }
    }
    return false;
}

void
taken_init(struct taken *taken, int64_t from, int64_t to, size_t desk_count)
{
    assert(from <= to);
    taken->from = from / CELL_S * CELL_S;
    taken->cell_count = (size_t)((cell_up(to) - taken->from) / CELL_S);
    taken->desk_count = desk_count;
    taken->cells = memory_allocate(taken->cell_count * desk_count, 1);
}

void
taken_finish(struct taken *taken)
{
    free(taken->cells);
    taken->cells = NULL;
}

void
taken_mark(struct taken *taken, size_t desk, int64_t cell)
{
    int64_t index = (cell - taken->from) / CELL_S;

    assert(desk < taken->desk_count);
    if (cell >= taken->from && (size_t)index < taken->cell_count) {
        taken->cells[desk * taken->cell_count + (size_t)index] = 1;
    }
}

void
taken_mark_all(struct taken *taken, size_t desk, int64_t start, int64_t end)
{
    int64_t last = taken->from + (int64_t)taken->cell_count * CELL_S;
    int64_t cell = start < taken->from ? taken->from : start / CELL_S * CELL_S;

    for (; cell < end && cell < last; cell += CELL_S) {
        taken_mark(taken, desk, cell);
    }
}

bool
taken_has_room(const struct taken *taken, int64_t start, int64_t end)
{
    size_t first = (size_t)((start - taken->from) / CELL_S);
    size_t length = (size_t)((end - start) / CELL_S);

    if (start < taken->from || first + length > taken->cell_count) {
        return false;
    }
    for (size_t desk = 0; desk < taken->desk_count; desk++) {
        const unsigned char *row = taken->cells + desk * taken->cell_count;

        if (memchr(row + first, 1, length) == NULL) {
            return true;
        }
    }
    return false;
}
