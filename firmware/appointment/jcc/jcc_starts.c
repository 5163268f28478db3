#include "jcc_starts.h"

#include <stdlib.h>

#include "base/memory.h"
#include "jcc_read.h"

#define FIRST_DAYS 7 /* mostly there is something: a list of fifty days is 100 KB */

void
jcc_starts_finish(struct jcc_starts *starts)
{
    free(starts->at);
    *starts = (struct jcc_starts){0};
}

static void
add(struct jcc_starts *starts, int64_t at)
{
    if (starts->count == starts->size) {
        starts->size = starts->size > 0 ? 2 * starts->size : 256;
        starts->at = memory_resize(starts->at, starts->size, sizeof(starts->at[0]));
    }
    starts->at[starts->count++] = at;
}

static int
compare(const void *a, const void *b)
{
    int64_t left = *(const int64_t *)a, right = *(const int64_t *)b;

    return left < right ? -1 : left > right;
}

static void
sort(struct jcc_starts *starts)
{
    size_t kept = 0;

    if (starts->count > 0) {
        qsort(starts->at, starts->count, sizeof(starts->at[0]), compare);
    }
    for (size_t i = 0; i < starts->count; i++) {
        if (kept == 0 || starts->at[i] != starts->at[kept - 1]) {
            starts->at[kept++] = starts->at[i];
        }
    }
    starts->count = kept;
}

static bool
is_within(const struct zone *zone, int64_t at, struct date from, struct date end)
{
    struct date day = zone_civil(zone, at).date;

    return date_compare(day, from) >= 0 && date_compare(day, end) < 0;
}

/* A list that is absent is one without times; one of which nothing is a time is not. */
static bool
take(const struct zone *zone, const struct json *root, struct date from,
     struct date end, struct jcc_starts *starts, struct error *error)
{
    const struct json *list = jcc_list(root, "availableTimesList");
    size_t understood = 0;

    if (root == NULL || json_type(root) != JSON_OBJECT) {
        return error_set(error, ERROR_BAD_INPUT, "JCC's free times are no object");
    }
    if (list == NULL) {
        return true;
    }
    for (const struct json *value = json_first(list); value != NULL;
         value = json_next(value))
    {
        int64_t at;
        bool exists;

        if (json_type(value) != JSON_STRING ||
            !jcc_time_read(zone, json_string(value), &at, &exists))
        {
            continue;
        }
        understood++;
        if (exists && is_within(zone, at, from, end)) {
            add(starts, at);
        }
    }
    return understood > 0 || json_count(list) == 0 ||
           error_set(error, ERROR_BAD_INPUT, "JCC's free times are no times");
}

/* From `from` up to and without `end`. */
static bool
ask_window(struct jcc_call *call, const struct appointment_wish *wish, struct date from,
           struct date end, struct jcc_starts *starts, struct error *error)
{
    char buffer[JCC_TARGET_BYTES];
    struct text target = jcc_target(buffer, "appointment/availabletimelist");
    struct json *root;
    bool good;

    jcc_target_add(&target, "locationId", wish->location);
    jcc_target_add_date(&target, "fromDate", from);
    jcc_target_add_date(&target, "toDate", end);
    jcc_target_add_products(&target, "activityId", wish);
    jcc_target_add_amounts(&target, wish);
    if (!jcc_call_get(call, buffer, &root, error)) {
        return false;
    }
    good = take(jcc_call_zone(call), root, from, end, starts, error);
    json_destroy(root);
    return good;
}

static struct date
earlier(struct date a, struct date b)
{
    return date_compare(a, b) < 0 ? a : b;
}

bool
jcc_starts_ask(struct jcc_call *call, const struct appointment_wish *wish,
               struct date from, struct date to, struct jcc_starts *starts,
               struct error *error)
{
    struct date end = earlier(date_add(to, 1), date_add(from, JCC_DAYS_MAX));

    while (date_compare(from, end) < 0) {
        struct date next = earlier(end, date_add(from, JCC_WINDOW_DAYS));

        if (!ask_window(call, wish, from, next, starts, error)) {
            return false;
        }
        from = next;
    }
    sort(starts);
    return true;
}

struct date
jcc_today(const struct jcc_call *call)
{
    return zone_civil(jcc_call_zone(call), time_now_s()).date;
}

bool
jcc_days_narrow(struct jcc_call *call, const struct appointment_wish *wish,
                struct date *from, struct date *to, struct error *error)
{
    char buffer[JCC_TARGET_BYTES];
    struct text target = jcc_target(buffer, "activity/appointmentdaterange");
    struct json *root;
    struct date day;

    *from = from->year == 0 ? jcc_today(call) : *from;
    jcc_target_add_products(&target, "activityId", wish);
    if (!jcc_call_get(call, buffer, &root, error)) {
        return false;
    }
    if (jcc_date_read(jcc_text(root, "minDate"), &day) && date_compare(day, *from) > 0)
    {
        *from = day;
    }
    if (to->year == 0) {
        *to = date_add(*from, JCC_DAYS_MAX - 1);
    }
    if (jcc_date_read(jcc_text(root, "maxDate"), &day)) {
        *to = earlier(*to, day);
    }
    json_destroy(root);
    *to = earlier(*to, date_add(*from, JCC_DAYS_MAX - 1));
    error->kind = ERROR_NONE;
    return date_compare(*from, *to) <= 0;
}

bool
jcc_starts_first(struct jcc_call *call, const struct appointment_wish *wish,
                 struct date from, struct date to, int64_t *first, struct error *error)
{
    struct jcc_starts starts = {0};
    int days = FIRST_DAYS;
    bool good = true;

    *first = TIME_NONE;
    while (good && *first == TIME_NONE && date_compare(from, to) <= 0) {
        good = jcc_starts_ask(call, wish, from, earlier(to, date_add(from, days - 1)),
                              &starts, error);
        if (good && starts.count > 0) {
            *first = starts.at[0];
        }
        from = date_add(from, days);
        days = JCC_WINDOW_DAYS;
    }
    jcc_starts_finish(&starts);
    return good;
}
