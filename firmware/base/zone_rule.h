#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * The rule at the end of a TZif file, for times after its last change: a POSIX TZ
 * text ("CET-1CEST,M3.5.0,M10.5.0/3") with the hours of RFC 8536 §3.3.1.
 */

struct zone_change {
    enum { CHANGE_MONTH_WEEK_DAY, CHANGE_DAY_NO_LEAP, CHANGE_DAY } kind;
    int month, week, day;
    int time_s; /* on the clock as it was before the change */
};

struct zone_rule {
    int standard_s, summer_s; /* east of UTC */
    bool has_summer;
    struct zone_change start, end;
};

bool zone_rule_parse(const char *text, size_t length, struct zone_rule *rule);
int zone_rule_offset_s(const struct zone_rule *rule, int64_t instant);
