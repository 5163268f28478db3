#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "ticket/icalendar.h"

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
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
