#include "ticket/icalendar.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

#define LINE_OCTETS_MAX 75 /* RFC 5545 §3.1, without the line end */

struct output {
    char *data;
    size_t length, size;
    size_t column; /* octets on this line so far */
};

static void
append(struct output *output, const char *bytes, size_t count)
{
    if (output->length + count + 1 > output->size) {
        output->size = 2 * (output->length + count + 1);
        output->data = memory_resize(output->data, output->size, 1);
    }
    memcpy(output->data + output->length, bytes, count);
    output->length += count;
    output->data[output->length] = '\0';
}

/* One character or escape, never parted: the line is folded before it instead. */
static void
add_unit(struct output *output, const char *unit)
{
    size_t count = strlen(unit);

    if (output->column + count > LINE_OCTETS_MAX) {
        append(output, "\r\n ", 3);
        output->column = 1;
    }
    append(output, unit, count);
    output->column += count;
}

static void
end_line(struct output *output)
{
    append(output, "\r\n", 2);
    output->column = 0;
}

/* As it is, but for control characters, which have no place in a line. */
static void
add_plain(struct output *output, const char *value)
{
    uint32_t character;

    while ((character = text_next(&value)) != 0) {
        char unit[5];

        if (character >= 0x20 && character != 0x7f) {
            text_encode(character, unit);
            add_unit(output, unit);
        }
    }
}

/* A value of type TEXT (§3.3.11). */
static void
add_text(struct output *output, const char *value)
{
    uint32_t character;

    while ((character = text_next(&value)) != 0) {
        char unit[6] = "\\";

        switch (character) {
        case '\\':
        case ';':
        case ',':
            unit[1] = (char)character;
            add_unit(output, unit);
            break;
        case '\n':
            add_unit(output, "\\n");
            break;
        default:
            if (character == '\t' || (character >= 0x20 && character != 0x7f)) {
                text_encode(character, unit);
                add_unit(output, unit);
            }
            break;
        }
    }
}

static void
line(struct output *output, const char *plain)
{
    add_plain(output, plain);
    end_line(output);
}

static void
text_line(struct output *output, const char *name, const char *value)
{
    if (value == NULL || value[0] == '\0') {
        return;
    }
    add_plain(output, name);
    add_text(output, value);
    end_line(output);
}

static void
time_line(struct output *output, const char *name, int64_t instant)
{
    char time[TIME_TEXT_BYTES];

    /* "2026-08-21T13:40:00Z" without its separators is the form of §3.3.5. */
    instant_format(NULL, instant, time);
    add_plain(output, name);
    for (const char *c = time; *c != '\0'; c++) {
        if (*c != '-' && *c != ':') {
            const char unit[2] = {*c, '\0'};

            add_unit(output, unit);
        }
    }
    end_line(output);
}

static void
number_line(struct output *output, const char *name, int number)
{
    char digits[16];

    snprintf(digits, sizeof(digits), "%d", number);
    add_plain(output, name);
    line(output, digits);
}

char *
icalendar_encode(const struct icalendar_event *event)
{
    struct output output = {NULL, 0, 0, 0};

    assert(event->uid[0] != '\0' && event->start <= event->end && event->sequence >= 0);
    line(&output, "BEGIN:VCALENDAR");
    line(&output, "VERSION:2.0");
    line(&output, "PRODID:-//Loketzuil//NL");
    line(&output, "BEGIN:VEVENT");
    text_line(&output, "UID:", event->uid);
    time_line(&output, "DTSTAMP:", event->stamp);
    time_line(&output, "DTSTART:", event->start);
    time_line(&output, "DTEND:", event->end);
    if (event->sequence > 0) { /* 0 when it is not there (§3.8.7.4) */
        number_line(&output, "SEQUENCE:", event->sequence);
    }
    text_line(&output, "SUMMARY:", event->summary);
    text_line(&output, "LOCATION:", event->location);
    text_line(&output, "DESCRIPTION:", event->description);
    if (event->url != NULL && event->url[0] != '\0') {
        add_plain(&output, "URL:"); /* of type URI, which knows no escapes */
        line(&output, event->url);
    }
    line(&output, "END:VEVENT");
    line(&output, "END:VCALENDAR");
    return output.data;
}
