#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "appointment/client.h"
#include "base/error.h"
#include "base/time.h"

/*
 * The maker for tests, journeys and demonstrations: an appointment system in
 * memory, the same in every run. Its free times follow from the opening hours and
 * a fixed pattern, or are said day by day; every error can be had on demand.
 *
 * Like any maker it may be called from a worker; the scripted_ functions may be
 * called from another thread meanwhile.
 */

#define SCRIPTED_PERIODS_MAX 3
#define SCRIPTED_HOLD_S 600
/* "I am here" is taken so long before the start and after it. */
#define SCRIPTED_ARRIVE_BEFORE_S 1800
#define SCRIPTED_ARRIVE_AFTER_S 600

struct scripted_product {
    const char *id, *name;
    int minutes_first, minutes_next; /* for the first and each further person */
};

struct scripted_hours {
    int open_minute, close_minute; /* from midnight; 0 and 0: no period */
};

struct scripted_location {
    const char *id, *name, *street, *postcode, *city;
    const char *zone;                                    /* "Europe/Amsterdam" */
    struct scripted_hours week[7][SCRIPTED_PERIODS_MAX]; /* Monday first */
};

/* Everything that is pointed to is copied, but for the two functions' data. */
struct scripted_options {
    const struct scripted_product *products;
    size_t product_count;
    const struct scripted_location *locations;
    size_t location_count;
    int64_t (*now)(void *data); /* NULL: the wall clock */
    /* The text of the QR; NULL: a text that looks like one but is not signed. */
    void (*check_in)(void *data, const uint8_t id[16], int64_t start,
                     const char *location, char text[APPOINTMENT_CHECK_IN_BYTES]);
    void *data; /* for both */
};

/* NULL when a zone is unknown. Destroyed with appointment_client_destroy(). */
struct appointment_client *
appointment_scripted_create(const struct scripted_options *options,
                            struct error *error);

/*
 * What exactly is free on a day: "09:20* 09:40 13:00" (a star: quiet), "" for a
 * full day, NULL for a closed one. Bookings are still taken off. ERROR_BAD_INPUT
 * when the text or the location can't be understood.
 */
bool scripted_set_day(struct appointment_client *client, const char *location,
                      struct date date, const char *times, struct error *error);

/*
 * The next call that can answer so, answers so: ERROR_TAKEN a hold, a booking or a
 * move (the time is then really gone), ERROR_UNCERTAIN a booking, a move, a
 * cancellation or an arrival (it is done, its answer is lost), anything else whichever
 * call comes next.
 */
void scripted_fail_next(struct appointment_client *client, enum error_kind kind);

/* Unplugged: every call is ERROR_OFFLINE until it is plugged in again. */
void scripted_set_offline(struct appointment_client *client, bool offline);

/* Appointments that stand: booked, not cancelled; and holds that have not expired. */
size_t scripted_count_booked(struct appointment_client *client);
size_t scripted_count_held(struct appointment_client *client);
