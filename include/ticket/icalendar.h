#pragma once

#include <stdint.h>

/*
 * One appointment as an iCalendar file (RFC 5545) that a phone's calendar takes:
 * CRLF, lines folded at 75 octets between characters, times in UTC.
 */

struct icalendar_event {
    const char *uid;         /* unique in the world: "ID@afspraak.voorbeeld.nl" */
    int64_t stamp;           /* when this text was made */
    int64_t start, end;      /* instants */
    const char *summary;     /* "Paspoort aanvragen" */
    const char *location;    /* NULL or "" leaves it out, as below */
    const char *description; /* may hold line ends */
    const char *url;
};

/* The whole text, NUL-ended; the caller frees. Never NULL. */
char *icalendar_encode(const struct icalendar_event *event);
