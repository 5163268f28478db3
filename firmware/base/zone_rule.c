#include "base/zone_rule.h"

#include <ctype.h>
#include <string.h>

#include "base/time.h"

#define RULE_BYTES_MAX 128
#define HOURS_MAX 167 /* RFC 8536 §3.3.1: a week less an hour */
#define SECONDS_A_DAY 86400

/* Digits at `*text` with a value from `min` to `max`, and steps past them. */
static bool
take_number(const char **text, int min, int max, int *value)
{
    const char *at = *text;
    int number = 0;

    while (*at >= '0' && *at <= '9' && number <= max) {
        number = number * 10 + (*at++ - '0');
    }
    if (at == *text || number < min || number > max) {
        return false;
    }
    *text = at;
    *value = number;
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

/* "CET" or "<+0330>": nothing shows it, so it is only passed over. */
static bool
skip_name(const char **text)
{
    const char *start = *text;

    if (take(text, '<')) {
        while (isalnum((unsigned char)**text) || **text == '+' || **text == '-') {
            *text += 1;
        }
        return *text - start >= 4 && take(text, '>');
    }
    while (isalpha((unsigned char)**text)) {
        *text += 1;
    }
    return *text - start >= 3;
}

/* "[+-]hh[:mm[:ss]]" */
static bool
take_time(const char **text, int hours_max, int *seconds)
{
    int sign = 1;
    int hours, minutes = 0, rest = 0;

    if (take(text, '-')) {
        sign = -1;
    } else {
        take(text, '+');
    }
    if (!take_number(text, 0, hours_max, &hours)) {
        return false;
    }
    if (take(text, ':')) {
        if (!take_number(text, 0, 59, &minutes)) {
            return false;
        }
        if (take(text, ':') && !take_number(text, 0, 59, &rest)) {
            return false;
        }
    }
    *seconds = sign * (hours * 3600 + minutes * 60 + rest);
    return true;
}

static bool
take_change(const char **text, struct zone_change *change)
{
    bool read;

    if (take(text, 'M')) {
        change->kind = CHANGE_MONTH_WEEK_DAY;
        read = take_number(text, 1, 12, &change->month) && take(text, '.') &&
               take_number(text, 1, 5, &change->week) && take(text, '.') &&
               take_number(text, 0, 6, &change->day);
    } else if (take(text, 'J')) {
        change->kind = CHANGE_DAY_NO_LEAP;
        read = take_number(text, 1, 365, &change->day);
    } else {
        change->kind = CHANGE_DAY;
        read = take_number(text, 0, 365, &change->day);
    }
    change->time_s = 2 * 3600;
    return read && (!take(text, '/') || take_time(text, HOURS_MAX, &change->time_s));
}

bool
zone_rule_parse(const char *text, size_t length, struct zone_rule *rule)
{
    char copy[RULE_BYTES_MAX];
    const char *at = copy;
    int west_s;

    *rule = (struct zone_rule){0};
    if (length >= sizeof(copy)) {
        return false;
    }
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (!skip_name(&at) || !take_time(&at, 24, &west_s)) {
        return false;
    }
    rule->standard_s = -west_s; /* POSIX counts to the west */
    if (*at == '\0') {
        return at == copy + length;
    }
    rule->has_summer = true;
    rule->summer_s = rule->standard_s + 3600;
    if (!skip_name(&at)) {
        return false;
    }
    if (*at != ',') {
        if (!take_time(&at, 24, &west_s)) {
            return false;
        }
        rule->summer_s = -west_s;
    }
    return take(&at, ',') && take_change(&at, &rule->start) && take(&at, ',') &&
           take_change(&at, &rule->end) && at == copy + length;
}

/* Day number of the change in `year`. */
static int64_t
change_days(const struct zone_change *change, int year)
{
    int64_t new_year = date_to_days((struct date){year, 1, 1});
    bool is_leap = date_to_days((struct date){year + 1, 1, 1}) - new_year == 366;

    switch (change->kind) {
    case CHANGE_DAY:
        return new_year + change->day;
    case CHANGE_DAY_NO_LEAP:
        return new_year + change->day - 1 + (is_leap && change->day >= 60 ? 1 : 0);
    case CHANGE_MONTH_WEEK_DAY:
        break;
    }
    struct date first = {year, change->month, 1};
    struct date next = {change->month == 12 ? year + 1 : year, change->month % 12 + 1,
                        1};
    int sunday_based = (date_weekday(first) + 1) % 7; /* POSIX: 0 is Sunday */
    int64_t days = date_to_days(first) + (change->day - sunday_based + 7) % 7 +
                   7 * (change->week - 1);

    return days < date_to_days(next) ? days : days - 7; /* week 5 is the last */
}

int
zone_rule_offset_s(const struct zone_rule *rule, int64_t instant)
{
    if (!rule->has_summer) {
        return rule->standard_s;
    }
    int64_t local = instant + rule->standard_s;
    int64_t days = local / SECONDS_A_DAY - (local % SECONDS_A_DAY < 0 ? 1 : 0);
    int year = date_from_days(days).year;
    int64_t start = change_days(&rule->start, year) * SECONDS_A_DAY +
                    rule->start.time_s - rule->standard_s;
    int64_t end = change_days(&rule->end, year) * SECONDS_A_DAY + rule->end.time_s -
                  rule->summer_s;
    bool is_summer = start < end ? instant >= start && instant < end
                                 : instant >= start || instant < end;

    return is_summer ? rule->summer_s : rule->standard_s;
}
