#include "base/wording.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define NO_BREAK "\xC2\xA0"

static const char *const weekdays[7] = {
    N_("Monday"), N_("Tuesday"),  N_("Wednesday"), N_("Thursday"),
    N_("Friday"), N_("Saturday"), N_("Sunday"),
};
static const char *const weekdays_short[7] = {
    N_("Mon"), N_("Tue"), N_("Wed"), N_("Thu"), N_("Fri"), N_("Sat"), N_("Sun"),
};
/* Over or in the days of a calendar, where there is little room. */
static const char *const weekdays_in_calendar[7] = {
    NC_("calendar", "Mon"), NC_("calendar", "Tue"), NC_("calendar", "Wed"),
    NC_("calendar", "Thu"), NC_("calendar", "Fri"), NC_("calendar", "Sat"),
    NC_("calendar", "Sun"),
};
static const char *const months[12] = {
    N_("January"),   N_("February"), N_("March"),    N_("April"),
    N_("May"),       N_("June"),     N_("July"),     N_("August"),
    N_("September"), N_("October"),  N_("November"), N_("December"),
};
/* Without a day before it: "березень 2026" beside "12 березня". */
static const char *const months_alone[12] = {
    NC_("alone", "January"), NC_("alone", "February"), NC_("alone", "March"),
    NC_("alone", "April"),   NC_("alone", "May"),      NC_("alone", "June"),
    NC_("alone", "July"),    NC_("alone", "August"),   NC_("alone", "September"),
    NC_("alone", "October"), NC_("alone", "November"), NC_("alone", "December"),
};

static const char *
tr(struct tongue tongue, const char *message)
{
    return translate(tongue.translation, message);
}

const char *
wording_fill(char target[WORDING_BYTES], const char *template, const char *first,
             const char *second, const char *third)
{
    const char *const values[] = {first, second, third};
    struct text text = text_begin(target, WORDING_BYTES);

    while (*template != '\0') {
        if (template[0] == '{' && template[1] >= '1' && template[1] <= '3' &&
            template[2] == '}')
        {
            const char *value = values[template[1] - '1'];

            text_add(&text, value != NULL ? value : "");
            template += 3;
        } else {
            size_t plain = 1 + strcspn(template + 1, "{");

            text_add_bytes(&text, template, plain);
            template += plain;
        }
    }
    return target;
}

const char *
wording_number(char target[WORDING_BYTES], const char *template, int number)
{
    char digits[16];

    snprintf(digits, sizeof(digits), "%d", number);
    return wording_fill(target, template, digits, NULL, NULL);
}

const char *
wording_count(struct tongue tongue, char target[WORDING_BYTES], const char *one,
              const char *many, int count)
{
    assert(count >= 0);
    return wording_number(
        target, translate_count(tongue.translation, one, many, (unsigned long)count),
        count);
}

const char *
wording_weekday(struct tongue tongue, int weekday)
{
    return tr(tongue, weekdays[weekday]);
}

const char *
wording_weekday_short(struct tongue tongue, int weekday)
{
    return tr(tongue, weekdays_short[weekday]);
}

const char *
wording_weekday_in_calendar(struct tongue tongue, int weekday)
{
    return translate_in(tongue.translation, "calendar", weekdays_in_calendar[weekday]);
}

static const char *
day(struct tongue tongue, char target[WORDING_BYTES], const char *weekday,
    struct date date)
{
    char number[16];

    snprintf(number, sizeof(number), "%d", date.day);
    return wording_fill(target, tr(tongue, "{1} {2} {3}"), tr(tongue, weekday), number,
                        tr(tongue, months[date.month - 1]));
}

const char *
wording_day(struct tongue tongue, char target[WORDING_BYTES], struct date date)
{
    return day(tongue, target, weekdays[date_weekday(date)], date);
}

const char *
wording_day_short(struct tongue tongue, char target[WORDING_BYTES], struct date date)
{
    return day(tongue, target, weekdays_short[date_weekday(date)], date);
}

const char *
wording_weekday_time(struct tongue tongue, char target[WORDING_BYTES], struct civil at)
{
    char time[WORDING_BYTES];

    wording_time(tongue, time, at.hour, at.minute);
    return wording_fill(target, tr(tongue, "{1}, {2}"),
                        tr(tongue, weekdays[date_weekday(at.date)]), time, NULL);
}

const char *
wording_month_name(struct tongue tongue, int month)
{
    return tr(tongue, months[month - 1]);
}

const char *
wording_day_near(struct tongue tongue, char target[WORDING_BYTES], struct date date,
                 struct date today)
{
    int64_t ahead = date_to_days(date) - date_to_days(today);

    if (ahead == 0 || ahead == 1) {
        text_copy(target, WORDING_BYTES,
                  ahead == 0 ? tr(tongue, "today") : tr(tongue, "tomorrow"));
        return target;
    }
    return wording_day_short(tongue, target, date);
}

const char *
wording_month_alone(struct tongue tongue, int month)
{
    return translate_in(tongue.translation, "alone", months_alone[month - 1]);
}

const char *
wording_month(struct tongue tongue, char target[WORDING_BYTES], struct date date)
{
    char year[16];

    snprintf(year, sizeof(year), "%d", date.year);
    return wording_fill(target, tr(tongue, "{1} {2}"),
                        wording_month_alone(tongue, date.month), year, NULL);
}

/* The template of a time; what stands before {1} or behind {2} is its word. */
static const char *
time_template(struct tongue tongue)
{
    return tr(tongue, "{1}:{2}");
}

static size_t
time_before(struct tongue tongue)
{
    const char *template = time_template(tongue);
    const char *hours = strstr(template, "{1}");

    return hours != NULL ? (size_t)(hours - template) : 0;
}

static const char *
time_after(struct tongue tongue)
{
    const char *minutes = strstr(time_template(tongue), "{2}");

    return minutes != NULL ? minutes + strlen("{2}") : "";
}

const char *
wording_time(struct tongue tongue, char target[WORDING_BYTES], int hour, int minute)
{
    char hours[16], minutes[16];

    snprintf(hours, sizeof(hours), "%d", hour);
    snprintf(minutes, sizeof(minutes), "%02d", minute);
    return wording_fill(target, time_template(tongue), hours, minutes, NULL);
}

const char *
wording_time_bare(struct tongue tongue, char target[WORDING_BYTES], int hour,
                  int minute)
{
    char whole[WORDING_BYTES];
    size_t before = time_before(tongue);
    struct text text = text_begin(target, WORDING_BYTES);

    wording_time(tongue, whole, hour, minute);
    text_add_bytes(&text, whole + before,
                   strlen(whole) - before - strlen(time_after(tongue)));
    return target;
}

bool
wording_time_word_leads(struct tongue tongue)
{
    return time_before(tongue) > 0;
}

/* Without the space that keeps the word at its time. */
static void
add_word(struct text *text, const char *from, size_t length)
{
    for (size_t i = 0; i < length;) {
        if (text_starts_with(from + i, NO_BREAK)) {
            i += strlen(NO_BREAK);
        } else {
            text_add_bytes(text, from + i++, 1);
        }
    }
}

const char *
wording_time_word(struct tongue tongue, char target[WORDING_BYTES])
{
    struct text text = text_begin(target, WORDING_BYTES);

    add_word(&text, time_template(tongue), time_before(tongue));
    add_word(&text, time_after(tongue), strlen(time_after(tongue)));
    return target;
}

const char *
wording_clock(struct tongue tongue, char target[WORDING_BYTES], struct civil now)
{
    char time[WORDING_BYTES];

    if (wording_time_word_leads(tongue)) { /* "الثلاثاء 14:05" */
        wording_time_bare(tongue, time, now.hour, now.minute);
    } else {
        wording_time(tongue, time, now.hour, now.minute);
    }
    return wording_fill(target, tr(tongue, "{1} {2}"),
                        tr(tongue, weekdays[date_weekday(now.date)]), time, NULL);
}

const char *
wording_moment(struct tongue tongue, char target[WORDING_BYTES], struct civil at)
{
    char date[WORDING_BYTES], time[WORDING_BYTES];

    return wording_fill(target, tr(tongue, "{1}, {2}"),
                        wording_day_short(tongue, date, at.date),
                        wording_time(tongue, time, at.hour, at.minute), NULL);
}

const char *
wording_soon(struct tongue tongue, char target[WORDING_BYTES], struct civil at,
             struct date today)
{
    int64_t ahead = date_to_days(at.date) - date_to_days(today);
    char date[WORDING_BYTES], time[WORDING_BYTES];
    const char *when = date;

    if (ahead >= 2 && ahead < 7) {
        when = tr(tongue, weekdays[date_weekday(at.date)]);
    } else {
        wording_day_near(tongue, date, at.date, today);
    }
    return wording_fill(target, tr(tongue, "From {1} {2}"), when,
                        wording_time(tongue, time, at.hour, at.minute), NULL);
}

const char *
wording_price(struct tongue tongue, char target[WORDING_BYTES], int cents)
{
    char whole[16], rest[16];

    if (cents == 0) {
        text_copy(target, WORDING_BYTES, tr(tongue, "Free"));
        return target;
    }
    snprintf(whole, sizeof(whole), "%d", cents / 100);
    snprintf(rest, sizeof(rest), "%02d", cents % 100);
    return wording_fill(target, tr(tongue, "€ {1}.{2}"), whole, rest, NULL);
}

const char *
wording_distance(struct tongue tongue, char target[WORDING_BYTES], int metres)
{
    char whole[16], tenth[16];

    if (metres < 1000) {
        return wording_number(target, tr(tongue, "{1} metres"), metres);
    }
    snprintf(whole, sizeof(whole), "%d", metres / 1000);
    snprintf(tenth, sizeof(tenth), "%d", metres % 1000 / 100);
    if (metres % 1000 < 100) {
        return wording_fill(target, tr(tongue, "{1} kilometres"), whole, NULL, NULL);
    }
    return wording_fill(target, tr(tongue, "{1}.{2} kilometres"), whole, tenth, NULL);
}

const char *
wording_minutes(struct tongue tongue, char target[WORDING_BYTES], int minutes)
{
    return wording_count(tongue, target, "{1} minute", "{1} minutes", minutes);
}

const char *
wording_code(char target[WORDING_BYTES], const char *code)
{
    size_t length = strlen(code);
    struct text text = text_begin(target, WORDING_BYTES);

    if (length == 6) {
        text_add_bytes(&text, code, 3);
        text_add(&text, NO_BREAK);
        code += 3;
    }
    text_add(&text, code);
    return target;
}

const char *
wording_phone(char target[WORDING_BYTES], const char *digits)
{
    struct text text = text_begin(target, WORDING_BYTES);

    for (size_t i = 0; digits[i] != '\0'; i++) {
        if (i > 0 && i % 2 == 0) {
            text_add(&text, " ");
        }
        text_add_bytes(&text, digits + i, 1);
    }
    return target;
}
