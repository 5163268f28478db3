#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "jcc_booking.h"
#include "jcc_read.h"
#include "jcc_starts.h"

/* How far the first free time of a location is looked for: farther nobody plans. */
#define EARLIEST_DAYS 100
#define FAILURES_MAX 2 /* each may take as long as a timeout */

/* --- products and locations ------------------------------------------------------- */

/* Reads an entry; false when it is nothing to offer. */
typedef bool (*read_entry)(const struct json *value, void *entry);

static bool
ask_list(struct jcc_call *call, const char *target, size_t size, read_entry read,
         void **list, size_t *count, struct error *error)
{
    struct json *root;

    *list = NULL;
    *count = 0;
    if (!jcc_call_get(call, target, &root, error)) {
        return false;
    }
    if (root == NULL || json_type(root) != JSON_ARRAY) {
        json_destroy(root);
        return error_set(error, ERROR_BAD_INPUT, "JCC's answer to %.*s is no list",
                         (int)strcspn(target, "?"), target);
    }
    *list = memory_allocate(json_count(root) + 1, size);
    for (const struct json *value = json_first(root); value != NULL;
         value = json_next(value))
    {
        *count += read(value, (char *)*list + *count * size);
    }
    json_destroy(root);
    if (*count == 0) {
        free(*list);
        *list = NULL;
    }
    return true;
}

static bool
read_product(const struct json *value, void *entry)
{
    struct appointment_product *product = entry;
    int64_t seconds = jcc_number(value, "appointmentDuration", 24 * 3600);

    jcc_copy_name(product->name, sizeof(product->name), jcc_text(value, "description"));
    product->minutes = seconds > 0 ? (int)((seconds + 59) / 60) : 0;
    return jcc_copy_id(product->id, sizeof(product->id), jcc_text(value, "id"));
}

static bool
jcc_products(void *maker, const struct appointment_wish *wish,
             struct appointment_product **list, size_t *count, struct error *error)
{
    bool more = wish->item_count > 0;
    char buffer[JCC_TARGET_BYTES];
    struct text target =
        jcc_target(buffer, more ? "activity/listforappointment/additional"
                                : "activity/listforappointment");
    struct appointment_product *products;
    void *entries;
    size_t kept = 0;

    if (more) {
        jcc_target_add_products(&target, "selectedActivityId", wish);
        jcc_target_add(&target, "includeSelectedActivities", "False");
    }
    if (wish->location[0] != '\0') {
        jcc_target_add(&target, "locationId", wish->location);
    }
    if (!ask_list(maker, buffer, sizeof(**list), read_product, &entries, count, error))
    {
        return false;
    }
    products = entries;
    for (size_t i = 0; i < *count; i++) {
        if (!appointment_wish_has(wish, products[i].id)) {
            products[kept++] = products[i];
        }
    }
    *count = kept;
    *list = products;
    return true;
}

/* "Raadhuisplein 1a". */
static void
read_street(const struct json *address, char *target, size_t size)
{
    struct text text = text_begin(target, size);
    const char *number = jcc_text(address, "houseNumber");

    text_add(&text, jcc_text(address, "streetName"));
    if (text.length > 0 && number[0] != '\0') {
        text_format(&text, " %s%s", number, jcc_text(address, "houseNumberSuffix"));
    }
}

static bool
read_location(const struct json *value, void *entry)
{
    struct appointment_location *location = entry;
    const struct json *address = json_member(value, "address");
    char street[2 * APPOINTMENT_NAME_BYTES];

    read_street(address, street, sizeof(street));
    jcc_copy_name(location->name, sizeof(location->name),
                  jcc_text(value, "description"));
    jcc_copy_name(location->street, sizeof(location->street), street);
    jcc_copy_name(location->postcode, sizeof(location->postcode),
                  jcc_text(address, "postalCode"));
    jcc_copy_name(location->city, sizeof(location->city), jcc_text(address, "city"));
    location->earliest = TIME_NONE;
    return jcc_flag(value, "isActive", true) &&
           jcc_copy_id(location->id, sizeof(location->id), jcc_text(value, "id"));
}

/*
 * A location is good to know without its first free time: what can't be asked stays
 * unknown, and after a few failures the others aren't asked.
 */
static void
ask_earliest(struct jcc_call *call, const struct appointment_wish *wish,
             struct appointment_location *list, size_t count)
{
    struct appointment_wish there = *wish;
    struct date from = {0}, to = {0};
    struct error error;
    int failures = 0;

    if (wish->item_count == 0 || count == 0 ||
        !jcc_days_narrow(call, wish, &from, &to, &error))
    {
        return;
    }
    if (date_compare(date_add(from, EARLIEST_DAYS - 1), to) < 0) {
        to = date_add(from, EARLIEST_DAYS - 1);
    }
    for (size_t i = 0; i < count && failures < FAILURES_MAX; i++) {
        text_copy(there.location, sizeof(there.location), list[i].id);
        if (!jcc_starts_first(call, &there, from, to, &list[i].earliest, &error)) {
            list[i].earliest = TIME_NONE;
            failures++;
        }
    }
}

static bool
jcc_locations(void *maker, const struct appointment_wish *wish,
              struct appointment_location **list, size_t *count, struct error *error)
{
    char buffer[JCC_TARGET_BYTES];
    struct text target = jcc_target(
        buffer, wish->item_count > 0 ? "location/forappointment" : "location");
    void *entries;

    jcc_target_add_products(&target, "selectedActivityId", wish);
    if (!ask_list(maker, buffer, sizeof(**list), read_location, &entries, count, error))
    {
        return false;
    }
    *list = entries;
    ask_earliest(maker, wish, *list, *count);
    return true;
}

/* --- days and times --------------------------------------------------------------- */

static void
count_days(const struct zone *zone, const struct jcc_starts *starts, struct date from,
           struct appointment_day *days, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        days[i] = (struct appointment_day){.date = date_add(from, (int)i)};
    }
    for (size_t i = 0; i < starts->count; i++) {
        struct date date = zone_civil(zone, starts->at[i]).date;

        days[date_to_days(date) - date_to_days(from)].free++;
    }
}

static bool
jcc_days(void *maker, const struct appointment_wish *wish, struct date from,
         struct date to, struct appointment_day **list, size_t *count,
         struct error *error)
{
    struct jcc_starts starts = {0};
    bool good;

    *list = NULL;
    *count = 0;
    if (!jcc_days_narrow(maker, wish, &from, &to, error)) {
        return error->kind == ERROR_NONE;
    }
    good = jcc_starts_ask(maker, wish, from, to, &starts, error);
    if (good) {
        *count = (size_t)(date_to_days(to) - date_to_days(from) + 1);
        *list = memory_allocate(*count, sizeof(**list));
        count_days(jcc_call_zone(maker), &starts, from, *list, *count);
    }
    jcc_starts_finish(&starts);
    return good;
}

static bool
jcc_times(void *maker, const struct appointment_wish *wish, struct date date,
          struct appointment_time **list, size_t *count, struct error *error)
{
    struct jcc_starts starts = {0};
    bool good = jcc_starts_ask(maker, wish, date, date, &starts, error);

    *list = NULL;
    *count = good ? starts.count : 0;
    if (*count > 0) {
        *list = memory_allocate(*count, sizeof(**list));
    }
    for (size_t i = 0; i < *count; i++) {
        (*list)[i].start = starts.at[i];
    }
    jcc_starts_finish(&starts);
    return good;
}

static bool
jcc_minutes(void *maker, const struct appointment_wish *wish, struct date date,
            int *minutes, struct error *error)
{
    return jcc_minutes_ask(maker, wish, date.year == 0 ? jcc_today(maker) : date,
                           minutes, error);
}

/* --- the rest --------------------------------------------------------------------- */

static bool
jcc_fields(void *maker, const struct appointment_wish *wish,
           struct appointment_field *list, size_t *count, struct error *error)
{
    struct jcc_rules rules;

    if (!jcc_rules_ask(maker, wish, &rules, error)) {
        return false;
    }
    jcc_rules_list(&rules, list);
    *count = JCC_FIELD_COUNT;
    return true;
}

static bool
jcc_book(void *maker, const struct appointment_booking *booking,
         struct appointment *appointment, struct error *error)
{
    return jcc_booking_make(maker, booking, appointment, error);
}

static bool
jcc_show(void *maker, const char *id, struct appointment *appointment,
         struct error *error)
{
    return jcc_booking_show(maker, id, appointment, error);
}

static bool
jcc_cancel(void *maker, const char *id, struct error *error)
{
    return jcc_booking_cancel(maker, id, error);
}

static bool
jcc_move(void *maker, const char *id, const char *key, int64_t start,
         struct appointment_moved *moved, struct error *error)
{
    (void)key; /* JCC knows none */
    return jcc_booking_move(maker, id, start, moved, error);
}

static const struct zone *
jcc_zone(void *maker, const char *location)
{
    (void)location; /* JCC knows one clock */
    return jcc_call_zone(maker);
}

static void
jcc_destroy(void *maker)
{
    jcc_call_destroy(maker);
}

static const struct appointment_operations operations = {
    .products = jcc_products,
    .locations = jcc_locations,
    .days = jcc_days,
    .times = jcc_times,
    .minutes = jcc_minutes,
    .fields = jcc_fields,
    .book = jcc_book,
    .show = jcc_show,
    .cancel = jcc_cancel,
    .move = jcc_move,
    .zone = jcc_zone,
    .destroy = jcc_destroy,
};

struct appointment_client *
appointment_jcc_create(const struct jcc_options *options, struct error *error)
{
    struct jcc_call *call = jcc_call_create(options, error);
    struct appointment_client *client;

    if (call == NULL) {
        return NULL;
    }
    client = memory_allocate(1, sizeof(*client));
    client->name = "jcc";
    client->operations = &operations;
    client->maker = call;
    return client;
}
