#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/language.h"
#include "base/time.h"
#include "base/translation.h"

/*
 * Moments, money and distance in the citizen's language. Everything that depends on a
 * language is in its translation: templates with {1}, {2}, {3}. Each writes into
 * `target` and returns it.
 */

#define WORDING_BYTES 200

struct tongue {
    enum language language;
    const struct translation *translation; /* NULL: the msgids */
};

/* Puts texts in the places of a template: "Stap {1} van {2}:". NULL leaves it out. */
const char *wording_fill(char target[WORDING_BYTES], const char *template,
                         const char *first, const char *second, const char *third);
const char *
wording_number(char target[WORDING_BYTES], const char *template, int number);
/* One or many of it: "1 minuut", "15 minuten". */
const char *wording_count(struct tongue tongue, char target[WORDING_BYTES],
                          const char *one, const char *many, int count);

const char *wording_weekday(struct tongue tongue, int weekday);       /* 0: "maandag" */
const char *wording_weekday_short(struct tongue tongue, int weekday); /* "ma" */
const char *wording_weekday_in_calendar(struct tongue tongue, int weekday);
/* "donderdag 12 maart" */
const char *
wording_day(struct tongue tongue, char target[WORDING_BYTES], struct date date);
/* "do 12 maart" */
const char *
wording_day_short(struct tongue tongue, char target[WORDING_BYTES], struct date date);
/* "vandaag", "morgen", "do 12 maart" */
const char *wording_day_near(struct tongue tongue, char target[WORDING_BYTES],
                             struct date date, struct date today);
/* "donderdag, 10.20 uur" */
const char *
wording_weekday_time(struct tongue tongue, char target[WORDING_BYTES], struct civil at);
const char *wording_month_name(struct tongue tongue, int month);  /* 1: "januari" */
const char *wording_month_alone(struct tongue tongue, int month); /* not in a date */
/* "maart 2026" */
const char *
wording_month(struct tongue tongue, char target[WORDING_BYTES], struct date date);

/* "10.20 uur" */
const char *
wording_time(struct tongue tongue, char target[WORDING_BYTES], int hour, int minute);
/* "10.20", and the word that belongs to it: "uur", "godz.", or "" */
const char *wording_time_bare(struct tongue tongue, char target[WORDING_BYTES],
                              int hour, int minute);
const char *wording_time_word(struct tongue tongue, char target[WORDING_BYTES]);
/* True when it stands before the time: "saat 10.20", not "10.20 uur". */
bool wording_time_word_leads(struct tongue tongue);
/* "dinsdag 14.05 uur"; a word that leads is left out: "wtorek 14:05" */
const char *
wording_clock(struct tongue tongue, char target[WORDING_BYTES], struct civil now);
/* "do 12 maart, 10.20 uur" */
const char *
wording_moment(struct tongue tongue, char target[WORDING_BYTES], struct civil at);
/* "vanaf donderdag 9.20 uur": within a week the weekday, else the date */
const char *wording_soon(struct tongue tongue, char target[WORDING_BYTES],
                         struct civil at, struct date today);

const char *wording_price(struct tongue tongue, char target[WORDING_BYTES], int cents);
const char *
wording_distance(struct tongue tongue, char target[WORDING_BYTES], int metres);
const char *
wording_minutes(struct tongue tongue, char target[WORDING_BYTES], int minutes);
/* "7K4 M2Q" */
const char *wording_code(char target[WORDING_BYTES], const char *code);
/* "06 12 34 56 7" while it is typed */
const char *wording_phone(char target[WORDING_BYTES], const char *digits);
