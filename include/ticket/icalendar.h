#pragma once

#include <stdint.h>

/*
 * One appointment as an iCalendar file (RFC 5545) that a phone's calendar takes:
 * CRLF, lines folded at 75 octets between characters. Times are in UTC (§3.3.5, form
 * 2): an instant needs no table of when clocks change, and every calendar shows it by
 * the clock on the wall.
 *
 * The same text is fit for a QR, without description and url: with 40 characters for
 * each of summary and location it is a code of 69 modules a side at most.
 */

struct icalendar_event {
    const char *uid;      /* unique in the world: "ID@afspraak.voorbeeld.nl" */
    int64_t stamp;        /* when this text was made */
    int64_t start, end;   /* instants */
    int sequence;         /* how often it was changed: a calendar takes the highest */
    const char *summary;  /* "Paspoort aanvragen" */
    const char *location; /* NULL or "" leaves it out, as below */
    const char *description; /* may hold line ends */
    const char *url;
};

/* The whole text, NUL-ended; the caller frees. Never NULL. */
char *icalendar_encode(const struct icalendar_event *event);
