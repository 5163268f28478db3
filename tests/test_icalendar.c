#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/time.h"
#include "ticket/icalendar.h"
#include "ticket/qr.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

static struct icalendar_event
example(void)
{
    return (struct icalendar_event){
        .uid = "0123@afspraak.voorbeeld.nl",
        .stamp = 1795000000,
        .start = 1795012200,
        .end = 1795013100,
        .summary = "Paspoort aanvragen",
    };
}

/* Undoes the folding; the caller frees. */
static char *
unfold(const char *folded)
{
    char *text = malloc(strlen(folded) + 1);
    size_t length = 0;

    assert_non_null(text);
    while (*folded != '\0') {
        if (strncmp(folded, "\r\n ", 3) == 0) {
            folded += 3;
        } else {
            text[length++] = *folded++;
        }
    }
    text[length] = '\0';
    return text;
}

static void
assert_has_line(const struct icalendar_event *event, const char *line)
{
    char *folded = icalendar_encode(event), *text = unfold(folded);
    char wanted[2000];

    snprintf(wanted, sizeof(wanted), "\r\n%s\r\n", line);
    if (strstr(text, wanted) == NULL) {
        fail_msg("no line \"%s\" in:\n%s", line, text);
    }
    free(text);
    free(folded);
}

static void
test_an_appointment_has_known_text(void **state)
{
    struct icalendar_event event = example();
    char *text;

    (void)state;
    event.location = "Stadhuis, Marktplein 1";
    event.description = "Neem mee:\n- uw oude paspoort";
    event.url = "HTTPS://AFSPRAAK.VOORBEELD.NL/T/0123;A,B";
    text = icalendar_encode(&event);
    assert_string_equal(text, "BEGIN:VCALENDAR\r\n"
                              "VERSION:2.0\r\n"
                              "PRODID:-//Loketzuil//NL\r\n"
                              "BEGIN:VEVENT\r\n"
                              "UID:0123@afspraak.voorbeeld.nl\r\n"
                              "DTSTAMP:20261118T110640Z\r\n"
                              "DTSTART:20261118T143000Z\r\n"
                              "DTEND:20261118T144500Z\r\n"
                              "SUMMARY:Paspoort aanvragen\r\n"
                              "LOCATION:Stadhuis\\, Marktplein 1\r\n"
                              "DESCRIPTION:Neem mee:\\n- uw oude paspoort\r\n"
                              "URL:HTTPS://AFSPRAAK.VOORBEELD.NL/T/0123;A,B\r\n"
                              "END:VEVENT\r\n"
                              "END:VCALENDAR\r\n");
    free(text);
}

static void
test_what_an_event_does_not_have_is_left_out(void **state)
{
    struct icalendar_event event = example();
    char *text;

    (void)state;
    event.location = "";
    text = icalendar_encode(&event);
    assert_null(strstr(text, "LOCATION"));
    assert_null(strstr(text, "DESCRIPTION"));
    assert_null(strstr(text, "URL"));
    free(text);
}

static void
test_signs_with_a_meaning_are_escaped(void **state)
{
    static const struct {
        const char *summary, *line;
    } cases[] = {
        {"a;b,c\\d", "SUMMARY:a\\;b\\,c\\\\d"},
        {"een\ntwee", "SUMMARY:een\\ntwee"},
        {"een\r\ntwee", "SUMMARY:een\\ntwee"},
        {"a:b\"c", "SUMMARY:a:b\"c"},
        {"BEGIN:VEVENT\r\nEND:VCALENDAR", "SUMMARY:BEGIN:VEVENT\\nEND:VCALENDAR"},
        {"bel\x07\x7f", "SUMMARY:bel"},
        {"tab\tblijft", "SUMMARY:tab\tblijft"},
        {"kapot\xff", "SUMMARY:kapot\xef\xbf\xbd"},
        {"\xd9\x85\xd9\x88\xd8\xb9\xd8\xaf",
         "SUMMARY:\xd9\x85\xd9\x88\xd8\xb9\xd8\xaf"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct icalendar_event event = example();

        event.summary = cases[i].summary;
        assert_has_line(&event, cases[i].line);
    }
}

/* Every line is at most 75 octets, ends in CRLF and is whole UTF-8 by itself. */
static void
assert_well_folded(const char *text)
{
    while (*text != '\0') {
        const char *end = strstr(text, "\r\n");
        char line[80];

        assert_non_null(end);
        assert_true(end - text <= 75);
        assert_true(end > text);
        snprintf(line, sizeof(line), "%.*s", (int)(end - text), text);
        assert_null(strpbrk(line, "\r\n"));
        assert_true(text_is_clean(line));
        text = end + 2;
    }
}

static void
test_long_lines_are_folded_between_characters(void **state)
{
    /* Letters of one to four octets and escapes, begun at every column. */
    static const char *const letters[] = {
        "a", "\xc3\xa9", "\xe2\x82\xac", "\xf0\x9f\x99\x82", ";", "\n"};

    (void)state;
    for (size_t letter = 0; letter < COUNT(letters); letter++) {
        for (int shift = 0; shift < 4; shift++) {
            char description[1000], expected[1200], *folded, *text;
            struct text plain = text_begin(description, sizeof(description));
            struct text line = text_begin(expected, sizeof(expected));
            struct icalendar_event event = example();

            text_format(&plain, "%.*s", shift, "xxxx");
            text_format(&line, "\r\nDESCRIPTION:%.*s", shift, "xxxx");
            for (int i = 0; i < 200; i++) {
                text_add(&plain, letters[letter]);
                text_add(&line, letter == 4   ? "\\;"
                                : letter == 5 ? "\\n"
                                              : letters[letter]);
            }
            text_add(&line, "\r\n");
            event.description = description;
            folded = icalendar_encode(&event);
            assert_well_folded(folded);
            text = unfold(folded);
            assert_non_null(strstr(text, expected));
            free(text);
            free(folded);
        }
    }
}

static void
test_a_line_of_75_octets_is_whole_and_one_of_76_is_folded(void **state)
{
    char location[80];
    struct icalendar_event event = example();
    char *text;

    (void)state;
    memset(location, 'x', sizeof(location));
    location[75 - strlen("LOCATION:")] = '\0';
    event.location = location;
    text = icalendar_encode(&event);
    assert_null(strstr(text, "\r\n "));
    free(text);

    location[75 - strlen("LOCATION:")] = 'x';
    location[76 - strlen("LOCATION:")] = '\0';
    text = icalendar_encode(&event);
    assert_non_null(strstr(text, "\r\n x\r\n"));
    free(text);
}

static void
test_a_long_address_is_folded_and_not_escaped(void **state)
{
    char url[300] = "https://voorbeeld.nl/";
    char line[320];
    struct icalendar_event event = example();
    char *text;

    (void)state;
    memset(url + strlen(url), ',', 200);
    event.url = url;
    snprintf(line, sizeof(line), "URL:%s", url);
    assert_has_line(&event, line);
    text = icalendar_encode(&event);
    assert_well_folded(text);
    free(text);
}

/* --- by somebody else's parser -------------------------------------------------- */

/* What tests/support/read_icalendar.py says of the text; fails when it says no. */
static void
read_by_another(const char *text, const char *zone, char *said, size_t size)
{
    char path[] = "/tmp/loketzuil-icalendar-XXXXXX", command[200];
    int file = mkstemp(path);
    size_t length = strlen(text);
    FILE *reader;

    assert_true(file >= 0);
    assert_int_equal(write(file, text, length), (ssize_t)length);
    close(file);
    snprintf(command, sizeof(command),
             "/usr/bin/python3 tests/support/read_icalendar.py %s %s 2>&1", path, zone);
    reader = popen(command, "r");
    assert_non_null(reader);
    length = fread(said, 1, size - 1, reader);
    said[length] = '\0';
    if (pclose(reader) != 0) {
        fail_msg("%s", said);
    }
    unlink(path);
}

static void
test_another_parser_reads_every_word_as_it_was(void **state)
{
    struct icalendar_event event = example();
    char said[2000], *text;

    (void)state;
    event.sequence = 3;
    event.summary = "Paspoort; \\ \"spoed\", caf\xc3\xa9";
    event.location =
        "Bibliotheek De Linde, Lindeplein 4, 1234 AB Voorbeeld, op de hoek "
        "bij de \xc3\xa9\xc3\xa9n na laatste deur links";
    event.description =
        "Neem mee:\n- uw oude paspoort\n- een pasfoto; niet ouder dan 6 "
        "maanden, \xd9\x85\xd9\x88\xd8\xb9\xd8\xaf\n";
    event.url = "HTTPS://AFSPRAAK.VOORBEELD.NL/T/0123456789ABCDEFGHJKMNPQRSTVWXYZ"
                "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
    text = icalendar_encode(&event);
    read_by_another(text, "Europe/Amsterdam", said, sizeof(said));
    free(text);
    assert_string_equal(
        said,
        "VERSION=2.0\n"
        "DTSTART=2026-11-18T15:30:00\n"
        "DTEND=2026-11-18T15:45:00\n"
        "UID=0123@afspraak.voorbeeld.nl\n"
        "SUMMARY=Paspoort; \\ \"spoed\", caf\xc3\xa9\n"
        "LOCATION=Bibliotheek De Linde, Lindeplein 4, 1234 AB Voorbeeld, op de "
        "hoek bij de \xc3\xa9\xc3\xa9n na laatste deur links\n"
        "DESCRIPTION=Neem mee:|- uw oude paspoort|- een pasfoto; niet ouder dan 6 "
        "maanden, \xd9\x85\xd9\x88\xd8\xb9\xd8\xaf|\n"
        "URL=HTTPS://AFSPRAAK.VOORBEELD.NL/T/0123456789ABCDEFGHJKMNPQRSTVWXYZ"
        "0123456789ABCDEFGHJKMNPQRSTVWXYZ\n"
        "SEQUENCE=3\n");
}

static void
test_the_clock_on_the_wall_is_right_on_both_sides_of_a_change(void **state)
{
    static const struct {
        const char *zone;
        struct civil civil;
        int minutes;
        const char *start, *end;
    } cases[] = {
        {"Europe/Amsterdam",
         {{2027, 3, 27}, 9, 0, 0},
         15,
         "2027-03-27T09:00:00",
         "2027-03-27T09:15:00"},
        {"Europe/Amsterdam",
         {{2027, 3, 28}, 9, 0, 0},
         15,
         "2027-03-28T09:00:00",
         "2027-03-28T09:15:00"},
        /* Across the hour that is skipped, and across the one that comes twice. */
        {"Europe/Amsterdam",
         {{2027, 3, 28}, 1, 30, 0},
         60,
         "2027-03-28T01:30:00",
         "2027-03-28T03:30:00"},
        {"Europe/Amsterdam",
         {{2027, 10, 31}, 1, 30, 0},
         120,
         "2027-10-31T01:30:00",
         "2027-10-31T02:30:00"},
        {"Europe/Amsterdam",
         {{2027, 10, 30}, 16, 40, 0},
         15,
         "2027-10-30T16:40:00",
         "2027-10-30T16:55:00"},
        {"Europe/Amsterdam",
         {{2027, 10, 31}, 16, 40, 0},
         15,
         "2027-10-31T16:40:00",
         "2027-10-31T16:55:00"},
        {"Europe/Amsterdam",
         {{2027, 11, 1}, 16, 40, 0},
         15,
         "2027-11-01T16:40:00",
         "2027-11-01T16:55:00"},
        {"America/Curacao",
         {{2027, 3, 28}, 9, 0, 0},
         15,
         "2027-03-28T09:00:00",
         "2027-03-28T09:15:00"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error error;
        struct zone *zone = zone_open(cases[i].zone, &error);
        struct icalendar_event event = example();
        char said[2000], expected[200], *text;

        assert_non_null(zone);
        event.start = zone_instant(zone, cases[i].civil);
        event.end = event.start + cases[i].minutes * 60;
        text = icalendar_encode(&event);
        read_by_another(text, cases[i].zone, said, sizeof(said));
        snprintf(expected, sizeof(expected), "VERSION=2.0\nDTSTART=%s\nDTEND=%s\n",
                 cases[i].start, cases[i].end);
        said[strlen(expected)] = '\0';
        assert_string_equal(said, expected);
        free(text);
        zone_close(zone);
    }
}

static void
test_the_text_without_its_long_parts_fits_a_code(void **state)
{
    struct icalendar_event event = example();
    struct error error = {ERROR_NONE, ""};
    static struct qr qr; /* too large for a stack that is watched */
    char *text;

    (void)state;
    event.uid = "000102030405060708090a0b0c0d0e0f@afspraak.voorbeeld.nl";
    event.summary = "Paspoort of identiteitskaart aanvragen 2";
    event.location = "Bibliotheek De Linde, Lindeplein 4, Linde";
    text = icalendar_encode(&event);
    assert_true(qr_encode(text, &qr, &error));
    assert_true(qr.size <= 69);
    free(text);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_an_appointment_has_known_text),
        cmocka_unit_test(test_what_an_event_does_not_have_is_left_out),
        cmocka_unit_test(test_signs_with_a_meaning_are_escaped),
        cmocka_unit_test(test_long_lines_are_folded_between_characters),
        cmocka_unit_test(test_a_line_of_75_octets_is_whole_and_one_of_76_is_folded),
        cmocka_unit_test(test_a_long_address_is_folded_and_not_escaped),
        cmocka_unit_test(test_another_parser_reads_every_word_as_it_was),
        cmocka_unit_test(test_the_clock_on_the_wall_is_right_on_both_sides_of_a_change),
        cmocka_unit_test(test_the_text_without_its_long_parts_fits_a_code),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
