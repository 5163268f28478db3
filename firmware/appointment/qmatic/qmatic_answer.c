#include "qmatic_answer.h"

#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "qmatic_member.h"

#define MINUTES_MAX (24 * 60)

/* --- lists ----------------------------------------------------------------------- */

/* False leaves the entry out. */
typedef bool (*read_entry)(const struct json *value, void *entry, const void *context);

struct list {
    const char *name;
    size_t size; /* of an entry */
    read_entry read;
    const void *context;
    int (*compare)(const void *, const void *); /* NULL: the order is Qmatic's */
};

/* The list called `name`; null is an empty one. */
static bool
read_list(const struct json *root, const struct list *list, void **entries,
          size_t *count, struct error *error)
{
    const struct json *values = json_member(root, list->name);
    char *kept;
    size_t done = 0;

    *entries = NULL;
    *count = 0;
    if (values == NULL ||
        (json_type(values) != JSON_ARRAY && json_type(values) != JSON_NULL))
    {
        return error_set(error, ERROR_BAD_INPUT, "qmatic: %s: must be a list",
                         list->name);
    }
    if (json_type(values) == JSON_NULL || json_count(values) == 0) {
        return true;
    }
    kept = memory_allocate(json_count(values), list->size);
    for (const struct json *value = json_first(values); value != NULL;
         value = json_next(value))
    {
        memset(kept + done * list->size, 0, list->size);
        if (list->read(value, kept + done * list->size, list->context)) {
            done++;
        }
    }
    if (done == 0) {
        free(kept);
        return true;
    }
    if (list->compare != NULL) {
        qsort(kept, done, list->size, list->compare);
    }
    *entries = kept;
    *count = done;
    return true;
}

static bool
read_service(const struct json *value, void *entry, const void *context)
{
    struct qmatic_service *service = entry;

    (void)context;
    if (!qmatic_true(value, "publicEnabled") || !qmatic_true(value, "active") ||
        !qmatic_id(value, service->id))
    {
        return false;
    }
    qmatic_words(value, "name", service->name, sizeof(service->name));
    if (service->name[0] == '\0') {
        text_copy(service->name, sizeof(service->name), service->id);
    }
    service->minutes = qmatic_number(value, "duration", MINUTES_MAX);
    service->minutes_further =
        qmatic_number(value, "additionalCustomerDuration", MINUTES_MAX);
    return true;
}

bool
qmatic_read_services(const struct json *root, struct qmatic_service **list,
                     size_t *count, struct error *error)
{
    const struct list services = {
        .name = "serviceList", .size = sizeof(**list), .read = read_service};
    void *entries;
    bool good = read_list(root, &services, &entries, count, error);

    *list = entries;
    return good;
}

/* "Werk en Inkomen, Kon. Wilhelminalaan 2": either line may be the street. */
static void
read_street(const struct json *branch, char street[APPOINTMENT_NAME_BYTES])
{
    char second[APPOINTMENT_NAME_BYTES];
    struct text text = text_begin(street, APPOINTMENT_NAME_BYTES);
    char first[APPOINTMENT_NAME_BYTES];

    qmatic_words(branch, "addressLine1", first, sizeof(first));
    qmatic_words(branch, "addressLine2", second, sizeof(second));
    text_add(&text, first);
    text_add(&text, first[0] != '\0' && second[0] != '\0' ? ", " : "");
    text_add(&text, second);
}

bool
qmatic_read_branch(const struct json *value, struct qmatic_branch *branch)
{
    struct appointment_location *location = &branch->location;
    bool has_id = qmatic_id(value, location->id);

    qmatic_words(value, "name", location->name, sizeof(location->name));
    if (location->name[0] == '\0') {
        text_copy(location->name, sizeof(location->name), location->id);
    }
    read_street(value, location->street);
    qmatic_words(value, "addressZip", location->postcode, sizeof(location->postcode));
    qmatic_words(value, "addressCity", location->city, sizeof(location->city));
    location->earliest = TIME_NONE;
    qmatic_words(value, "fullTimeZone", branch->zones[0], sizeof(branch->zones[0]));
    qmatic_words(value, "timeZone", branch->zones[1], sizeof(branch->zones[1]));
    return has_id;
}

static bool
read_branch(const struct json *value, void *entry, const void *context)
{
    (void)context;
    return qmatic_read_branch(value, entry);
}

bool
qmatic_read_branches(const struct json *root, struct qmatic_branch **list,
                     size_t *count, struct error *error)
{
    const struct list branches = {
        .name = "branchList", .size = sizeof(**list), .read = read_branch};
    void *entries;
    bool good = read_list(root, &branches, &entries, count, error);

    *list = entries;
    return good;
}

/* --- groups ---------------------------------------------------------------------- */

static bool
group_has(const struct json *group, const char *service)
{
    for (const struct json *value = qmatic_list(group, "services"); value != NULL;
         value = json_next(value))
    {
        const char *id = qmatic_text(value, "publicId");

        if (id != NULL && text_equal(id, service)) {
            return true;
        }
    }
    return false;
}

static bool
group_allows(const struct json *group, const struct qmatic_plan *plan,
             const char *service)
{
    for (size_t i = 0; i < plan->count; i++) {
        if (!group_has(group, plan->services[i])) {
            return false;
        }
    }
    return group_has(group, service);
}

bool
qmatic_groups_allow(const struct json *root, const struct qmatic_plan *plan,
                    const char *service)
{
    if (json_type(root) != JSON_ARRAY) {
        return false;
    }
    for (const struct json *value = json_first(root); value != NULL;
         value = json_next(value))
    {
        if (group_allows(value, plan, service)) {
            return true;
        }
        for (const struct json *group = qmatic_list(value, "serviceGroups");
             group != NULL; group = json_next(group))
        {
            if (group_allows(group, plan, service)) {
                return true;
            }
        }
    }
    return false;
}

/* --- dates and times ------------------------------------------------------------- */

struct range {
    struct date from, to;
};

static bool
read_day(const struct json *value, void *entry, const void *context)
{
    const struct range *range = context;
    struct appointment_day *day = entry;
    char text[sizeof("2016-11-08")];

    if (json_type(value) != JSON_STRING) {
        return false;
    }
    text_copy(text, sizeof(text), json_string(value)); /* midnight follows */
    day->free = -1;
    return date_parse(text, &day->date) && date_compare(day->date, range->from) >= 0 &&
           (range->to.year == 0 || date_compare(day->date, range->to) <= 0);
}

static int
compare_days(const void *a, const void *b)
{
    const struct appointment_day *left = a, *right = b;

    return date_compare(left->date, right->date);
}

bool
qmatic_read_dates(const struct json *root, struct date from, struct date to,
                  struct appointment_day **list, size_t *count, struct error *error)
{
    const struct range range = {from, to};
    const struct list dates = {.name = "dates",
                               .size = sizeof(**list),
                               .read = read_day,
                               .context = &range,
                               .compare = compare_days};
    void *entries;
    bool good = read_list(root, &dates, &entries, count, error);

    *list = entries;
    return good;
}

struct clock {
    struct date date;
    const struct zone *zone;
};

/* "09:00", perhaps with seconds; one that the clock skips is no time. */
static bool
read_time(const struct json *value, void *entry, const void *context)
{
    const struct clock *clock = context;
    struct appointment_time *time = entry;
    struct civil civil = {.date = clock->date}, shown;
    const char *text = json_type(value) == JSON_STRING ? json_string(value) : "";

    if (strlen(text) < 5 || strspn(text, "0123456789") != 2 || text[2] != ':' ||
        strspn(text + 3, "0123456789") != 2 ||
        (text[5] != '\0' && !text_starts_with(text + 5, ":00")))
    {
        return false;
    }
    civil.hour = (text[0] - '0') * 10 + text[1] - '0';
    civil.minute = (text[3] - '0') * 10 + text[4] - '0';
    if (civil.hour > 23 || civil.minute > 59) {
        return false;
    }
    time->start = zone_instant(clock->zone, civil);
    shown = zone_civil(clock->zone, time->start);
    return shown.hour == civil.hour && shown.minute == civil.minute;
}

static int
compare_times(const void *a, const void *b)
{
    const struct appointment_time *left = a, *right = b;

    return (left->start > right->start) - (left->start < right->start);
}

bool
qmatic_read_times(const struct json *root, struct date date, const struct zone *zone,
                  struct appointment_time **list, size_t *count, struct error *error)
{
    const struct clock clock = {date, zone};
    const struct list times = {.name = "times",
                               .size = sizeof(**list),
                               .read = read_time,
                               .context = &clock,
                               .compare = compare_times};
    void *entries;
    bool good = read_list(root, &times, &entries, count, error);

    *list = entries;
    return good;
}
