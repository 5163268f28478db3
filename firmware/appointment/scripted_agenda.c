#include "scripted_agenda.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"

#define MINUTES_A_DAY (24 * 60)

static bool
add_place(struct scripted_agenda *agenda, const struct scripted_location *from,
          struct error *error)
{
    struct agenda_place *place = &agenda->places[agenda->place_count];
    struct appointment_location *location = &place->location;

    text_copy(location->id, sizeof(location->id), from->id);
    text_copy(location->name, sizeof(location->name), from->name);
    text_copy(location->street, sizeof(location->street), from->street);
    text_copy(location->postcode, sizeof(location->postcode), from->postcode);
    text_copy(location->city, sizeof(location->city), from->city);
    memcpy(place->week, from->week, sizeof(place->week));
    place->zone = zone_open(from->zone, error);
    agenda->place_count += place->zone != NULL;
    return place->zone != NULL;
}

bool
agenda_init(struct scripted_agenda *agenda, const struct scripted_options *options,
            struct error *error)
{
    agenda->products =
        memory_allocate(options->product_count, sizeof(*agenda->products));
    agenda->places = memory_allocate(options->location_count, sizeof(*agenda->places));
    agenda->product_count = options->product_count;
    for (size_t i = 0; i < options->product_count; i++) {
        const struct scripted_product *from = &options->products[i];
        struct agenda_product *to = &agenda->products[i];

        text_copy(to->product.id, sizeof(to->product.id), from->id);
        text_copy(to->product.name, sizeof(to->product.name), from->name);
        to->product.minutes = from->minutes_first;
        to->minutes_next = from->minutes_next;
    }
    for (size_t i = 0; i < options->location_count; i++) {
        if (!add_place(agenda, &options->locations[i], error)) {
            return false;
        }
    }
    return true;
}

void
agenda_finish(struct scripted_agenda *agenda)
{
    for (size_t i = 0; i < agenda->place_count; i++) {
        zone_close(agenda->places[i].zone);
    }
    for (size_t i = 0; i < agenda->day_count; i++) {
        free(agenda->days[i].times);
    }
    free(agenda->places);
    free(agenda->products);
    free(agenda->days);
}

static const struct agenda_place *
place_of(const struct scripted_agenda *agenda, const char *location)
{
    for (size_t i = 0; i < agenda->place_count; i++) {
        if (text_equal(agenda->places[i].location.id, location)) {
            return &agenda->places[i];
        }
    }
    return NULL;
}

static const struct agenda_product *
product_of(const struct scripted_agenda *agenda, const char *id)
{
    for (size_t i = 0; i < agenda->product_count; i++) {
        if (text_equal(agenda->products[i].product.id, id)) {
            return &agenda->products[i];
        }
    }
    return NULL;
}

bool
agenda_knows(const struct scripted_agenda *agenda, const struct appointment_wish *wish,
             struct error *error)
{
    if (wish->location[0] != '\0' && place_of(agenda, wish->location) == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "scripted: no such location");
    }
    for (size_t i = 0; i < wish->item_count; i++) {
        if (product_of(agenda, wish->items[i].product) == NULL) {
            return error_set(error, ERROR_NOT_FOUND, "scripted: no such product");
        }
    }
    return true;
}

bool
agenda_products(const struct scripted_agenda *agenda,
                const struct appointment_wish *wish, struct appointment_product **list,
                size_t *count, struct error *error)
{
    if (!agenda_knows(agenda, wish, error)) {
        return false;
    }
    *list = agenda->product_count > 0
                ? memory_allocate(agenda->product_count, sizeof(**list))
                : NULL;
    *count = 0;
    for (size_t i = 0; i < agenda->product_count; i++) {
        const struct appointment_product *product = &agenda->products[i].product;

        if (!appointment_wish_has(wish, product->id)) {
            (*list)[(*count)++] = *product;
        }
    }
    return true;
}

void
agenda_locations(const struct scripted_agenda *agenda,
                 struct appointment_location **list, size_t *count)
{
    *count = agenda->place_count;
    *list = *count > 0 ? memory_allocate(*count, sizeof(**list)) : NULL;
    for (size_t i = 0; i < *count; i++) {
        (*list)[i] = agenda->places[i].location;
    }
}

bool
agenda_minutes(const struct scripted_agenda *agenda,
               const struct appointment_wish *wish, int *minutes, struct error *error)
{
    int sum = 0;

    for (size_t i = 0; i < wish->item_count; i++) {
        const struct appointment_item *item = &wish->items[i];
        const struct agenda_product *product = product_of(agenda, item->product);

        if (product == NULL) {
            return error_set(error, ERROR_NOT_FOUND, "scripted: no such product");
        }
        if (item->persons < 1 || item->persons > APPOINTMENT_PERSONS_MAX) {
            return error_set(error, ERROR_REFUSED, "scripted: persons must be 1 to %d",
                             APPOINTMENT_PERSONS_MAX);
        }
        sum += product->product.minutes + product->minutes_next * (item->persons - 1);
    }
    if (sum == 0) {
        return error_set(error, ERROR_REFUSED, "scripted: nothing is asked for");
    }
    *minutes = sum;
    return true;
}

const struct zone *
agenda_zone(const struct scripted_agenda *agenda, const char *location)
{
    const struct agenda_place *place = place_of(agenda, location);

    return place != NULL ? place->zone : NULL;
}

struct date
agenda_today(const struct scripted_agenda *agenda, const char *location, int64_t now)
{
    return zone_civil(agenda_zone(agenda, location), now).date;
}

static const struct agenda_day *
said_day(const struct scripted_agenda *agenda, const struct agenda_place *place,
         struct date date)
{
    for (size_t i = 0; i < agenda->day_count; i++) {
        const struct agenda_day *day = &agenda->days[i];

        if (&agenda->places[day->place] == place && date_compare(day->date, date) == 0)
        {
            return day;
        }
    }
    return NULL;
}

bool
agenda_is_closed(const struct scripted_agenda *agenda, const char *location,
                 struct date date)
{
    const struct agenda_place *place = place_of(agenda, location);
    const struct agenda_day *day = place != NULL ? said_day(agenda, place, date) : NULL;

    if (place == NULL) {
        return true;
    }
    if (day != NULL) {
        return day->closed;
    }
    for (size_t i = 0; i < SCRIPTED_PERIODS_MAX; i++) {
        const struct scripted_hours *hours = &place->week[date_weekday(date)][i];

        if (hours->close_minute > hours->open_minute) {
            return false;
        }
    }
    return true;
}

/* FNV-1a: a pattern that looks like chance and is the same in every run. */
static uint32_t
pattern(const char *location, int64_t number)
{
    uint32_t hash = 2166136261u;

    for (; *location != '\0'; location++) {
        hash = (hash ^ (uint8_t)*location) * 16777619u;
    }
    for (int i = 0; i < 8; i++) {
        hash = (hash ^ (uint8_t)(number >> (8 * i))) * 16777619u;
    }
    return hash >> 8;
}

/* Every seventh day is full, every third start of the others is gone. */
static bool
is_gone(const char *location, struct date date, int64_t start)
{
    return pattern(location, date_to_days(date)) % 7 == 0 ||
           pattern(location, start / 60) % 3 == 0;
}

static int
grid_of(int minutes)
{
    return minutes <= 20 ? 20 : minutes <= 30 ? 30 : 60;
}

static void
period_times(const struct agenda_place *place, struct date date,
             const struct scripted_hours *hours, int minutes,
             struct appointment_time *list, size_t *count)
{
    for (int at = hours->open_minute; at + minutes <= hours->close_minute;
         at += grid_of(minutes))
    {
        struct civil civil = {.date = date, .hour = at / 60, .minute = at % 60};
        int64_t start = zone_instant(place->zone, civil);

        if (!is_gone(place->location.id, date, start)) {
            list[(*count)++] = (struct appointment_time){
                .start = start,
                .quiet = civil.hour == 9 || civil.hour == 16 || civil.hour == 19,
            };
        }
    }
}

bool
agenda_times(const struct scripted_agenda *agenda, const char *location,
             struct date date, int minutes, struct appointment_time **list,
             size_t *count, struct error *error)
{
    const struct agenda_place *place = place_of(agenda, location);
    const struct agenda_day *day = place != NULL ? said_day(agenda, place, date) : NULL;

    *count = 0;
    if (place == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "scripted: no such location");
    }
    *list = memory_allocate(day != NULL ? day->count
                                        : (size_t)SCRIPTED_PERIODS_MAX *
                                              (MINUTES_A_DAY / 20 + 1),
                            sizeof(**list));
    if (day != NULL) {
        *count = day->count;
        if (day->count > 0) {
            memcpy(*list, day->times, day->count * sizeof(**list));
        }
        return true;
    }
    for (size_t i = 0; i < SCRIPTED_PERIODS_MAX; i++) {
        period_times(place, date, &place->week[date_weekday(date)][i], minutes, *list,
                     count);
    }
    return true;
}

bool
agenda_has_start(const struct scripted_agenda *agenda,
                 const struct appointment_wish *wish, int64_t start,
                 struct error *error)
{
    struct appointment_time *list = NULL;
    size_t count;
    int minutes;
    bool found = false;

    if (place_of(agenda, wish->location) == NULL) {
        return error_set(error, ERROR_NOT_FOUND, "scripted: no such location");
    }
    if (!agenda_minutes(agenda, wish, &minutes, error) ||
        !agenda_times(agenda, wish->location,
                      agenda_today(agenda, wish->location, start), minutes, &list,
                      &count, error))
    {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        found |= list[i].start == start;
    }
    free(list);
    return found || error_set(error, ERROR_TAKEN, "scripted: there is no such time");
}

/* "09:20*": the minute of the day, and whether there was a star; false at nonsense. */
static bool
read_time(const char **text, int *minute, bool *quiet)
{
    int hour, past, length = 0;

    if (sscanf(*text, " %2d:%2d%n", &hour, &past, &length) != 2 || length == 0 ||
        hour < 0 || hour > 23 || past < 0 || past > 59)
    {
        return false;
    }
    *text += length;
    *minute = hour * 60 + past;
    *quiet = **text == '*';
    *text += *quiet;
    return true;
}

static struct agenda_day *
make_day(struct scripted_agenda *agenda, const struct agenda_place *place,
         struct date date)
{
    struct agenda_day *day = (struct agenda_day *)said_day(agenda, place, date);

    if (day == NULL) {
        agenda->days =
            memory_resize(agenda->days, agenda->day_count + 1, sizeof(*agenda->days));
        day = &agenda->days[agenda->day_count++];
        *day = (struct agenda_day){.place = (size_t)(place - agenda->places),
                                   .date = date};
    }
    free(day->times);
    day->times = NULL;
    day->count = 0;
    return day;
}

bool
agenda_set_day(struct scripted_agenda *agenda, const char *location, struct date date,
               const char *times, struct error *error)
{
    const struct agenda_place *place = place_of(agenda, location);
    struct appointment_time list[MINUTES_A_DAY / 5];
    const char *at = times != NULL ? times : "";
    struct agenda_day *day;
    size_t count = 0;

    if (place == NULL) {
        return error_set(error, ERROR_BAD_INPUT, "no location %s", location);
    }
    while (at[strspn(at, " ")] != '\0') {
        struct civil civil = {.date = date};
        bool quiet;

        if (count == sizeof(list) / sizeof(list[0]) ||
            !read_time(&at, &civil.minute, &quiet)) {
            return error_set(error, ERROR_BAD_INPUT, "no time: %s", at);
        }
        civil.hour = civil.minute / 60;
        civil.minute %= 60;
        list[count++] = (struct appointment_time){
            .start = zone_instant(place->zone, civil), .quiet = quiet};
    }
    day = make_day(agenda, place, date);
    day->closed = times == NULL;
    day->count = count;
    day->times = memory_allocate(count, sizeof(list[0]));
    memcpy(day->times, list, count * sizeof(list[0]));
    return true;
}
