#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * Instants and wall clocks.
 *
 * An instant is an int64_t: seconds since 1970-01-01T00:00:00Z. A civil time is
 * what a clock on a wall shows, and means nothing without its zone. Modules take
 * the time as an argument; only programs and workers ask for it.
 */

#define TIME_NONE INT64_MIN /* "no such instant" */
#define TIME_TEXT_BYTES 32

struct date {
    int year;  /* 1 to 9999 */
    int month; /* 1 to 12 */
    int day;   /* 1 to 31 */
};

struct civil {
    struct date date;
    int hour, minute, second;
};

/* Days since 1970-01-01, and back. */
int64_t date_to_days(struct date date);
struct date date_from_days(int64_t days);
struct date date_add(struct date date, int days);
int date_compare(struct date a, struct date b); /* <0, 0, >0 */
int date_weekday(struct date date);             /* 0 Monday to 6 Sunday */
struct date date_monday(struct date date);      /* of its week */
bool date_is_valid(struct date date);

/* "2026-08-21", exactly. */
bool date_parse(const char *text, struct date *date);
void date_format(struct date date, char text[TIME_TEXT_BYTES]);

/*
 * A time zone from the system's database (tzdata; RFC 8536 files). A zone is
 * immutable once open and may be read from any thread.
 */
struct zone;

struct zone *zone_open(const char *name, struct error *error); /* "Europe/Amsterdam" */
void zone_close(struct zone *zone);
const char *zone_name(const struct zone *zone);

int zone_offset_s(const struct zone *zone, int64_t instant); /* east of UTC */
struct civil zone_civil(const struct zone *zone, int64_t instant);

/*
 * The instant at which the clock shows `civil`. In the hour that the clock shows
 * twice it is the first; in the hour that it skips it is the same distance after
 * the change (02:30 becomes 03:30).
 */
int64_t zone_instant(const struct zone *zone, struct civil civil);

/* RFC 3339, whole seconds; a fraction is read and dropped. */
bool instant_parse(const char *text, int64_t *instant);
/* "2026-08-21T15:40:00+02:00", or with a NULL zone "…Z". */
void
instant_format(const struct zone *zone, int64_t instant, char text[TIME_TEXT_BYTES]);

int64_t time_now_s(void);     /* the wall clock */
int64_t time_now_ms(void);    /* the wall clock, ms */
int64_t time_steady_ms(void); /* never jumps; counts through suspend */

/* Another text after every start of the machine; "" when the system doesn't tell. */
#define TIME_BOOT_BYTES 40
void time_boot(char boot[TIME_BOOT_BYTES]);
/* Does somebody vouch for the wall clock: has the system set it by NTP, in this boot?
 */
bool time_is_vouched_for(void);
