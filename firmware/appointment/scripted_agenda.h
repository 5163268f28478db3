#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "appointment/scripted.h"

/* What the scripted maker has to offer, before anybody booked: places and times. */

struct agenda_place {
    struct appointment_location location;
    struct scripted_hours week[7][SCRIPTED_PERIODS_MAX];
    struct zone *zone;
};

struct agenda_product {
    struct appointment_product product;
    int minutes_next;
};

/* A day that was said out loud, overruling week and pattern. */
struct agenda_day {
    size_t place;
    struct date date;
    bool closed;
    struct appointment_time *times;
    size_t count;
};

struct scripted_agenda {
    struct agenda_place *places;
    size_t place_count;
    struct agenda_product *products;
    size_t product_count;
    struct agenda_day *days;
    size_t day_count;
};

bool agenda_init(struct scripted_agenda *agenda, const struct scripted_options *options,
                 struct error *error);
void agenda_finish(struct scripted_agenda *agenda); /* copes with a half-made one */

/* ERROR_NOT_FOUND when the wish names a product, or a location, that there is not. */
bool agenda_knows(const struct scripted_agenda *agenda,
                  const struct appointment_wish *wish, struct error *error);
bool
agenda_products(const struct scripted_agenda *agenda,
                const struct appointment_wish *wish, struct appointment_product **list,
                size_t *count, struct error *error);
void agenda_locations(const struct scripted_agenda *agenda,
                      struct appointment_location **list, size_t *count);
bool
agenda_minutes(const struct scripted_agenda *agenda,
               const struct appointment_wish *wish, int *minutes, struct error *error);
/* NULL when there is no such location. */
const struct zone *
agenda_zone(const struct scripted_agenda *agenda, const char *location);
/* Of a location that there is. */
struct date
agenda_today(const struct scripted_agenda *agenda, const char *location, int64_t now);
bool agenda_is_closed(const struct scripted_agenda *agenda, const char *location,
                      struct date date);

/* The starts of a day for something of that length. */
bool agenda_times(const struct scripted_agenda *agenda, const char *location,
                  struct date date, int minutes, struct appointment_time **list,
                  size_t *count, struct error *error);
/* ERROR_TAKEN when `start` is no start of that day. */
bool agenda_has_start(const struct scripted_agenda *agenda,
                      const struct appointment_wish *wish, int64_t start,
                      struct error *error);
bool agenda_set_day(struct scripted_agenda *agenda, const char *location,
                    struct date date, const char *times, struct error *error);
