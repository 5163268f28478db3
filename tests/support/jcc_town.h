#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/time.h"

/*
 * What our own JCC knows: its products, its places, its free times, its appointments.
 * Its answers look like the real one's: printed over lines that end in CR LF, with
 * members nobody asked for, without those that have nothing to say.
 */

#define TOWN_ID_BYTES 40
#define TOWN_APPOINTMENTS_MAX 16
#define TOWN_SPECIAL_MAX 4

#define TOWN_PASSPORT "0a1b2c3d-0001-4a00-8000-000000000001" /* 600 s */
#define TOWN_PERMIT "0a1b2c3d-0002-4a00-8000-000000000002"   /* 1800 s, one only */
#define TOWN_LICENCE "0a1b2c3d-0003-4a00-8000-000000000003"  /* 330 s */
#define TOWN_HALL "11110000-aaaa-4bbb-8ccc-000000000001"
#define TOWN_POINT "11110000-aaaa-4bbb-8ccc-000000000002"   /* no address */
#define TOWN_OLD "11110000-aaaa-4bbb-8ccc-000000000003"     /* not active */
#define TOWN_LIBRARY "11110000-aaaa-4bbb-8ccc-000000000004" /* no permits */

struct town_appointment {
    char id[TOWN_ID_BYTES], location[TOWN_ID_BYTES];
    char start[TIME_TEXT_BYTES], end[TIME_TEXT_BYTES]; /* of the clock, no offset */
    char *items, *customers, *message;                 /* JSON, JSON, text */
    bool cancelled;
};

struct town {
    struct zone *zone;
    struct date min, max; /* that can be booked */
    int step_minutes;     /* between two free times; 5 makes long lists */
    bool nulls;           /* says null, and more than it should, wherever it can */
    const char *required; /* JSON of the required fields */
    const char *answers;  /* JSON of an appointment's fieldList */
    struct town_special {
        struct date date;
        const char *times; /* "09:00 09:05", the only ones of that day */
    } special[TOWN_SPECIAL_MAX];
    size_t special_count;
    struct town_appointment appointments[TOWN_APPOINTMENTS_MAX];
    size_t appointment_count;
};

void town_init(struct town *town);
void town_finish(struct town *town);
void town_forget(struct town_appointment *appointment); /* one that is not kept */

bool town_has_product(const char *id);
bool town_has_location(const char *id); /* and it is active */
/* Of one person each: JCC adds up. Seconds. */
int town_duration_s(const char *product);
bool
town_is_free(const struct town *town, const char *start); /* "2027-03-01T09:00:00" */
struct town_appointment *town_find(struct town *town, const char *id);

/* Answers, to be freed: JSON as JCC prints it. */
char *town_products(const struct town *town, bool additional,
                    const char *const *selected, size_t count);
char *
town_locations(const struct town *town, const char *const *products, size_t count);
char *town_range(const struct town *town);
char *
town_times(const struct town *town, struct date from, struct date end, int duration_s);
char *town_tell(const struct town *town, const struct town_appointment *appointment);
/* Prints compact JSON over lines. */
char *town_print(const char *json);
