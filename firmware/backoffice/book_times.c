#include <stdlib.h>
#include <string.h>

#include "backoffice/book_agenda.h"
#include "backoffice/book_parts.h"
#include "backoffice/store_book.h"
#include "base/memory.h"
#include "base/text.h"

/* One question to the book; each answer fills in its own part. */
struct ask {
    struct book *book;
    const struct book_wish *wish;
    const struct zone *zone;
    struct date from, to;
    struct taken taken;
    struct taken shut; /* by a closure of the whole location: its only desk */
    int64_t now;

    struct book_day *days;
    struct book_time *times;
    size_t count;
    int64_t earliest;
    bool quiet[7 * 24];
};

static int64_t
midnight(const struct zone *zone, struct date date)
{
    return zone_instant(zone, (struct civil){.date = date});
}

static bool
is_too_soon(int64_t start, int64_t now)
{
    return start < now + BOOK_LEAD_S;
}

bool
book_is_on_offer(const struct book *book, const struct book_wish *wish, int64_t start,
                 int64_t now)
{
    const struct zone *zone = book_zone(book, wish->location);
    struct date date = zone_civil(zone, start).date;
    struct date last = date_add(zone_civil(zone, now).date, BOOK_HORIZON_DAYS);
    int64_t starts[AGENDA_STARTS_MAX];
    size_t count;

    if (is_too_soon(start, now) || date_compare(date, last) > 0) {
        return false;
    }
    count = agenda_day_starts(wish->location, zone, date, wish->minutes, starts, NULL);
    for (size_t i = 0; i < count; i++) {
        if (starts[i] == start) {
            return true;
        }
    }
    return false;
}

struct mark {
    struct taken *taken;
    size_t desk;
};

static void
mark_shut(void *data, int64_t start, int64_t end)
{
    const struct mark *mark = data;

    taken_mark_all(mark->taken, mark->desk, start, end);
}

static void
mark_cell(void *data, int64_t cell)
{
    const struct mark *mark = data;

    taken_mark(mark->taken, mark->desk, cell);
}

/* Clips the question to what can be booked, and reads what is taken then. */
static bool
ask_begin(struct ask *ask, struct store_session *session, struct error *error)
{
    struct booking probe = {0};
    struct date today, last;
    int64_t desks[DESKS_MAX], begin, end;
    size_t desk_count;

    ask->now = store_now(session);
    today = zone_civil(ask->zone, ask->now).date;
    last = date_add(today, BOOK_HORIZON_DAYS);
    if (date_compare(ask->from, today) < 0) {
        ask->from = today;
    }
    if (date_compare(ask->to, last) > 0) {
        ask->to = last;
    }
    if (date_compare(ask->from, ask->to) > 0) {
        ask->to = date_add(ask->from, -1);
    }
    begin = midnight(ask->zone, ask->from);
    end = midnight(ask->zone, date_add(ask->to, 1));
    text_copy(probe.location, sizeof(probe.location), ask->wish->location->id);
    book_fill_items(&probe, ask->wish);
    if (!store_book_desks(session, &probe, desks, &desk_count, error)) {
        return false;
    }
    taken_init(&ask->taken, begin, end, desk_count);
    for (size_t i = 0; i < desk_count; i++) {
        struct mark mark = {.taken = &ask->taken, .desk = i};

        if (!store_book_taken(session, desks[i], begin, end, mark_cell, &mark, error) ||
            !store_book_each_shut(session, probe.location, desks[i], begin, end,
                                  mark_shut, &mark, error))
        {
            return false;
        }
    }
    return true;
}

/* For telling a day that is closed from one that is full. */
static bool
read_shut(struct ask *ask, struct store_session *session, struct error *error)
{
    struct mark mark = {.taken = &ask->shut};
    int64_t begin = midnight(ask->zone, ask->from);
    int64_t end = midnight(ask->zone, date_add(ask->to, 1));

    taken_init(&ask->shut, begin, end, 1);
    return store_book_each_shut(session, ask->wish->location->id, 0, begin, end,
                                mark_shut, &mark, error);
}

/* The starts of a day that still have room; returns how many. */
static size_t
free_starts(const struct ask *ask, struct date date, int64_t starts[AGENDA_STARTS_MAX],
            bool *closed)
{
    size_t kept = 0;
    size_t count = agenda_day_starts(ask->wish->location, ask->zone, date,
                                     ask->wish->minutes, starts, closed);

    for (size_t i = 0; i < count; i++) {
        if (!is_too_soon(starts[i], ask->now) &&
            taken_has_room(&ask->taken, starts[i], starts[i] + ask->wish->minutes * 60))
        {
            starts[kept++] = starts[i];
        }
    }
    return kept;
}

/* Does a closure of the whole location leave no start of the day? */
static bool
is_shut(const struct ask *ask, struct date date)
{
    int64_t starts[AGENDA_STARTS_MAX];
    size_t count = agenda_day_starts(ask->wish->location, ask->zone, date,
                                     ask->wish->minutes, starts, NULL);

    for (size_t i = 0; i < count; i++) {
        if (taken_has_room(&ask->shut, starts[i], starts[i] + ask->wish->minutes * 60))
        {
            return false;
        }
    }
    return count > 0;
}

static bool
work_days(struct store_session *session, void *data, struct error *error)
{
    struct ask *ask = data;
    int64_t starts[AGENDA_STARTS_MAX];
    struct date date;

    if (!ask_begin(ask, session, error) || !read_shut(ask, session, error)) {
        return false;
    }
    ask->days =
        memory_allocate((size_t)(date_to_days(ask->to) - date_to_days(ask->from) + 1),
                        sizeof(ask->days[0]));
    for (date = ask->from; date_compare(date, ask->to) <= 0; date = date_add(date, 1)) {
        struct book_day *day = &ask->days[ask->count++];

        day->date = date;
        day->free = (int)free_starts(ask, date, starts, &day->closed);
        day->closed = day->closed || (day->free == 0 && is_shut(ask, date));
    }
    return true;
}

static bool
work_times(struct store_session *session, void *data, struct error *error)
{
    struct ask *ask = data;
    int64_t starts[AGENDA_STARTS_MAX];

    if (!ask_begin(ask, session, error) ||
        !book_find_quiet(ask->book, session, ask->wish->location, ask->quiet, error))
    {
        return false;
    }
    if (date_compare(ask->from, ask->to) > 0) {
        return true;
    }
    ask->count = free_starts(ask, ask->from, starts, NULL);
    ask->times = memory_allocate(ask->count, sizeof(ask->times[0]));
    for (size_t i = 0; i < ask->count; i++) {
        struct civil civil = zone_civil(ask->zone, starts[i]);

        ask->times[i] = (struct book_time){
            .start = starts[i],
            .quiet = ask->quiet[date_weekday(civil.date) * 24 + civil.hour],
        };
    }
    return true;
}

static bool
work_earliest(struct store_session *session, void *data, struct error *error)
{
    struct ask *ask = data;
    int64_t starts[AGENDA_STARTS_MAX];
    struct date date;

    if (!ask_begin(ask, session, error)) {
        return false;
    }
    for (date = ask->from; date_compare(date, ask->to) <= 0; date = date_add(date, 1)) {
        if (free_starts(ask, date, starts, NULL) > 0) {
            ask->earliest = starts[0];
            break;
        }
    }
    return true;
}

static struct ask
ask_of(struct book *book, const struct book_wish *wish, struct date from,
       struct date to)
{
    return (struct ask){
        .book = book,
        .wish = wish,
        .zone = book_zone(book, wish->location),
        .from = from,
        .to = to,
        .earliest = TIME_NONE,
    };
}

static bool
check_wish(const struct book_wish *wish, struct error *error)
{
    if (wish->location == NULL) {
        return error_set(error, ERROR_BAD_INPUT, "A location must be named.");
    }
    return wish->item_count > 0 ||
           error_set(error, ERROR_BAD_INPUT, "At least one product must be named.");
}

bool
book_days(struct book *book, const struct book_wish *wish, struct date from,
          struct date to, struct book_day **list, size_t *count, struct error *error)
{
    struct ask ask;
    bool good;

    *list = NULL;
    *count = 0;
    if (!check_wish(wish, error)) {
        return false;
    }
    if (to.year == 0) {
        to = (struct date){9999, 12, 31};
    }
    if (date_compare(from, to) > 0) {
        return error_set(error, ERROR_BAD_INPUT, "from must not be after to.");
    }
    ask = ask_of(book, wish, from, to);
    good = store_read(book->store, work_days, &ask, error);
    taken_finish(&ask.taken);
    taken_finish(&ask.shut);
    if (!good) {
        free(ask.days);
        return false;
    }
    *list = ask.days;
    *count = ask.count;
    return true;
}

bool
book_times(struct book *book, const struct book_wish *wish, struct date date,
           struct book_time **list, size_t *count, struct error *error)
{
    struct ask ask;
    bool good;

    *list = NULL;
    *count = 0;
    if (!check_wish(wish, error)) {
        return false;
    }
    ask = ask_of(book, wish, date, date);
    good = store_read(book->store, work_times, &ask, error);
    taken_finish(&ask.taken);
    if (!good || ask.count == 0) {
        free(ask.times);
        return good;
    }
    *list = ask.times;
    *count = ask.count;
    return true;
}

bool
book_earliest(struct book *book, const struct book_wish *wish, int64_t *start,
              struct error *error)
{
    struct ask ask;
    bool good;

    if (!check_wish(wish, error)) {
        return false;
    }
    /* Today to the horizon: ask_begin() clips to both. */
    ask = ask_of(book, wish, date_from_days(0), (struct date){9999, 12, 31});
    good = store_read(book->store, work_earliest, &ask, error);
    taken_finish(&ask.taken);
    *start = ask.earliest;
    return good;
}
