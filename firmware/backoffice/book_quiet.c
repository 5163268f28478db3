#include <string.h>

#include "backoffice/book_parts.h"
#include "backoffice/store_book.h"
#include "backoffice/store_usage.h"

/* When few people are there: the rule stands at struct book_time. */

#define DAY_S 86400
#define HOUR_S 3600
#define WEEK_HOURS (7 * 24)

struct load {
    const struct zone *zone;
    int64_t begin; /* of the first week: an instant */
    int64_t people[WEEK_HOURS];
    bool weeks[BOOK_QUIET_WEEKS]; /* in which anybody came */
};

static void
add_hour(void *data, int64_t hour, int64_t count)
{
    struct load *load = data;
    struct civil civil = zone_civil(load->zone, hour * HOUR_S);
    int64_t days = date_to_days(civil.date) -
                   date_to_days(zone_civil(load->zone, load->begin).date);

    if (days >= 0 && days < 7 * BOOK_QUIET_WEEKS && count > 0) {
        load->people[date_weekday(civil.date) * 24 + civil.hour] += count;
        load->weeks[days / 7] = true;
    }
}

static void
judge(const struct load *load, bool quiet[WEEK_HOURS])
{
    int64_t total = 0;
    int hours = 0, weeks = 0;

    for (size_t i = 0; i < BOOK_QUIET_WEEKS; i++) {
        weeks += load->weeks[i];
    }
    for (size_t i = 0; i < WEEK_HOURS; i++) {
        total += load->people[i];
        hours += load->people[i] > 0;
    }
    for (size_t i = 0; i < WEEK_HOURS; i++) {
        quiet[i] = total >= BOOK_QUIET_PEOPLE && weeks >= BOOK_QUIET_WEEKS_MIN &&
                   load->people[i] * hours * 2 < total;
    }
}

static bool
work_out(const struct location *location, const struct zone *zone,
         struct store_session *session, bool quiet[WEEK_HOURS], struct error *error)
{
    struct date today = zone_civil(zone, store_now(session)).date;
    const struct civil first = {.date = date_add(today, -7 * BOOK_QUIET_WEEKS)};
    const struct civil last = {.date = today};
    struct load load = {.zone = zone, .begin = zone_instant(zone, first)};
    int64_t from = load.begin / HOUR_S, to = zone_instant(zone, last) / HOUR_S;

    if (!store_book_load(session, location->id, from, to, add_hour, &load, error) ||
        !store_visits_read(session, location->id, from, to, add_hour, &load, error))
    {
        return false;
    }
    judge(&load, quiet);
    return true;
}

/* It reads many rows and changes slowly, so it is worked out once a day. */
bool
book_find_quiet(struct book *book, struct store_session *session,
                const struct location *location, bool quiet[WEEK_HOURS],
                struct error *error)
{
    struct busy *busy = &book->busy[book_location_index(book, location)];
    int64_t day = store_now(session) / DAY_S;
    bool good = true;

    pthread_mutex_lock(&book->lock);
    if (busy->day != day) {
        good =
            work_out(location, book_zone(book, location), session, busy->quiet, error);
        busy->day = good ? day : 0;
    }
    memcpy(quiet, busy->quiet, sizeof(busy->quiet));
    pthread_mutex_unlock(&book->lock);
    return good;
}
