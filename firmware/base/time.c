#include "base/time.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <sys/timex.h>
#include <time.h>

#define SECONDS_A_DAY 86400
#define DAYS_A_CYCLE 146097     /* 400 years: the calendar repeats */
#define DAYS_BEFORE_1970 719468 /* from 0000-03-01 */
#define DAYS_MAX 700000000000   /* beyond it the year fits no int */

/*
 * Both conversions count years from March, so that the leap day is the last day
 * of its year and every month before it starts on a fixed day.
 */
int64_t
date_to_days(struct date date)
{
    int64_t year = date.month <= 2 ? (int64_t)date.year - 1 : date.year;
    int64_t cycle = (year >= 0 ? year : year - 399) / 400;
    int64_t year_of_cycle = year - cycle * 400;
    int64_t month = (date.month + 9) % 12;
    int64_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
    int64_t day_of_cycle =
        year_of_cycle * 365 + year_of_cycle / 4 - year_of_cycle / 100 + day_of_year;

    return cycle * DAYS_A_CYCLE + day_of_cycle - DAYS_BEFORE_1970;
}

struct date
date_from_days(int64_t days)
{
    assert(days > -DAYS_MAX && days < DAYS_MAX);
    int64_t shifted = days + DAYS_BEFORE_1970;
    int64_t cycle =
        (shifted >= 0 ? shifted : shifted - (DAYS_A_CYCLE - 1)) / DAYS_A_CYCLE;
    int64_t day_of_cycle = shifted - cycle * DAYS_A_CYCLE;
    int64_t year_of_cycle = (day_of_cycle - day_of_cycle / 1460 + day_of_cycle / 36524 -
                             day_of_cycle / 146096) /
                            365;
    int64_t day_of_year =
        day_of_cycle - (365 * year_of_cycle + year_of_cycle / 4 - year_of_cycle / 100);
    int64_t month = (5 * day_of_year + 2) / 153;
    int64_t year = year_of_cycle + cycle * 400 + (month >= 10 ? 1 : 0);

    return (struct date){
        .year = (int)year,
        .month = (int)(month < 10 ? month + 3 : month - 9),
        .day = (int)(day_of_year - (153 * month + 2) / 5 + 1),
    };
}

struct date
date_add(struct date date, int days)
{
    return date_from_days(date_to_days(date) + days);
}

int
date_compare(struct date a, struct date b)
{
    int64_t difference = date_to_days(a) - date_to_days(b);

    return (difference > 0) - (difference < 0);
}

int
date_weekday(struct date date)
{
    int64_t weekday = (date_to_days(date) + 3) % 7; /* 1970-01-01 was a Thursday */

    return (int)(weekday >= 0 ? weekday : weekday + 7);
}

struct date
date_monday(struct date date)
{
    return date_add(date, -date_weekday(date));
}

bool
date_is_valid(struct date date)
{
    static const int lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool is_leap = date.year % 4 == 0 && (date.year % 100 != 0 || date.year % 400 == 0);

    return date.year >= 1 && date.year <= 9999 && date.month >= 1 && date.month <= 12 &&
           date.day >= 1 &&
           date.day <= lengths[date.month - 1] + (date.month == 2 && is_leap ? 1 : 0);
}

/* Exactly `count` digits at `*text`, and steps past them. */
static bool
take_digits(const char **text, int count, int *value)
{
    *value = 0;
    for (int i = 0; i < count; i++) {
        char digit = **text;

        if (digit < '0' || digit > '9') {
            return false;
        }
        *value = *value * 10 + (digit - '0');
        *text += 1;
    }
    return true;
}

static bool
take(const char **text, char wanted)
{
    if (**text != wanted) {
        return false;
    }
    *text += 1;
    return true;
}

static bool
take_date(const char **text, struct date *date)
{
    return take_digits(text, 4, &date->year) && take(text, '-') &&
           take_digits(text, 2, &date->month) && take(text, '-') &&
           take_digits(text, 2, &date->day) && date_is_valid(*date);
}

bool
date_parse(const char *text, struct date *date)
{
    struct date read;

    if (!take_date(&text, &read) || *text != '\0') {
        return false;
    }
    *date = read;
    return true;
}

void
date_format(struct date date, char text[TIME_TEXT_BYTES])
{
    snprintf(text, TIME_TEXT_BYTES, "%04d-%02d-%02d", date.year, date.month, date.day);
}

/* "15:40:00", with a fraction to drop. A leap second is the start of the next. */
static bool
take_clock(const char **text, struct civil *civil)
{
    int digit;

    if (!take_digits(text, 2, &civil->hour) || !take(text, ':') ||
        !take_digits(text, 2, &civil->minute) || !take(text, ':') ||
        !take_digits(text, 2, &civil->second) || civil->hour > 23 ||
        civil->minute > 59 || civil->second > 60)
    {
        return false;
    }
    if (take(text, '.')) {
        if (!take_digits(text, 1, &digit)) {
            return false;
        }
        while (**text >= '0' && **text <= '9') {
            *text += 1;
        }
    }
    return true;
}

static bool
take_offset(const char **text, int *offset_s)
{
    int sign = **text == '-' ? -1 : 1;
    int hours, minutes;

    if (take(text, 'Z') || take(text, 'z')) {
        *offset_s = 0;
        return true;
    }
    if ((!take(text, '+') && !take(text, '-')) || !take_digits(text, 2, &hours) ||
        !take(text, ':') || !take_digits(text, 2, &minutes) || hours > 23 ||
        minutes > 59)
    {
        return false;
    }
    *offset_s = sign * (hours * 3600 + minutes * 60);
    return true;
}

bool
instant_parse(const char *text, int64_t *instant)
{
    struct civil civil;
    int offset_s;
    int64_t first_day = date_to_days((struct date){1, 1, 1});
    int64_t last_day = date_to_days((struct date){9999, 12, 31});
    int64_t read;

    if (!take_date(&text, &civil.date) || (!take(&text, 'T') && !take(&text, 't')) ||
        !take_clock(&text, &civil) || !take_offset(&text, &offset_s) || *text != '\0')
    {
        return false;
    }
    read = date_to_days(civil.date) * SECONDS_A_DAY + civil.hour * 3600 +
           civil.minute * 60 + civil.second - offset_s;
    if (read < first_day * SECONDS_A_DAY || read >= (last_day + 1) * SECONDS_A_DAY) {
        return false; /* the offset carries it out of the years that exist */
    }
    *instant = read;
    return true;
}

void
instant_format(const struct zone *zone, int64_t instant, char text[TIME_TEXT_BYTES])
{
    /* Whole minutes: RFC 3339 has no seconds in an offset; before 1937 we did. */
    int minutes = zone != NULL ? zone_offset_s(zone, instant) / 60 : 0;
    int distance = minutes < 0 ? -minutes : minutes;
    int64_t local = instant + minutes * 60;
    int64_t days = local / SECONDS_A_DAY - (local % SECONDS_A_DAY < 0 ? 1 : 0);
    int second = (int)(local - days * SECONDS_A_DAY);
    struct date date = date_from_days(days);
    int length =
        snprintf(text, TIME_TEXT_BYTES, "%04d-%02d-%02dT%02d:%02d:%02d", date.year,
                 date.month, date.day, second / 3600, second / 60 % 60, second % 60);

    assert(length > 0 && length < TIME_TEXT_BYTES - (int)sizeof("+00:00"));
    if (zone == NULL) {
        strcpy(text + length, "Z");
    } else {
        snprintf(text + length, TIME_TEXT_BYTES - (size_t)length, "%c%02d:%02d",
                 minutes < 0 ? '-' : '+', distance / 60 % 100, distance % 60);
    }
}

static int64_t
clock_ms(clockid_t clock)
{
    struct timespec now;
    int failed = clock_gettime(clock, &now);

    assert(failed == 0);
    (void)failed;
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

int64_t
time_now_s(void)
{
    return clock_ms(CLOCK_REALTIME) / 1000;
}

int64_t
time_now_ms(void)
{
    return clock_ms(CLOCK_REALTIME);
}

int64_t
time_steady_ms(void)
{
    return clock_ms(CLOCK_BOOTTIME);
}

void
time_boot(char boot[TIME_BOOT_BYTES])
{
    FILE *file = fopen("/proc/sys/kernel/random/boot_id", "re");

    boot[0] = '\0';
    if (file != NULL) {
        if (fgets(boot, TIME_BOOT_BYTES, file) == NULL) {
            boot[0] = '\0';
        }
        boot[strcspn(boot, "\n")] = '\0';
        fclose(file);
    }
}

bool
time_is_vouched_for(void)
{
    struct timex state = {0}; /* modes 0: only looks */
    int result = adjtimex(&state);

    return result >= 0 && result != TIME_ERROR && (state.status & STA_UNSYNC) == 0;
}
