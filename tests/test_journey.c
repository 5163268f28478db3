#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/file.h"
#include "base/time.h"
#include "visit/journey.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* How a journey is read; how it runs is tested by running those in tests/journeys. */

static char folder[] = "/tmp/loketzuil-journey-XXXXXX";
static char path[sizeof(folder) + 16];

static int
make_folder(void **state)
{
    (void)state;
    if (mkdtemp(folder) == NULL) {
        return 1;
    }
    snprintf(path, sizeof(path), "%s/a.journey", folder);
    return 0;
}

static int
remove_folder(void **state)
{
    (void)state;
    unlink(path);
    return rmdir(folder);
}

static struct journey *
read_text(const char *text, struct error *error)
{
    struct error written = {0};

    assert_true(file_write(path, text, strlen(text), 0600, &written));
    return journey_open(path, error);
}

static void
test_every_step_is_understood(void **state)
{
    static const char *const lines[] = {
        "tap start",
        "tap \"Paspoort aanvragen\"   # by what it says",
        "  tap \"a \\\"quoted\\\" word\"",
        "\ttap start\r",
        "hold start 4s",
        "slide start",
        "touch 540 12",
        "type \"de Vries\"",
        "language en",
        "press next",
        "press ok",
        "scan \"HTTPS://X/T/1\"",
        "see \"text\"",
        "see screen done",
        "see start",
        "see start focused",
        "not see screen done",
        "wait 60s",
        "wait 500ms",
        "wait 2min",
        "wait until \"text\"",
        "wait until screen done",
        "picture home-1",
        "trace home",
        "ticket passport",
        "printer out-of-paper",
        "network down",
        "appointments taken",
        "free 2026-12-01 \"09:20* 10:00\"",
        "closed 2026-12-01",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(lines); i++) {
        struct error error = {0};
        struct journey *journey = read_text(lines[i], &error);

        if (journey == NULL) {
            fail_msg("%s: %s", lines[i], error.message);
        }
        journey_close(journey);
    }
}

static void
test_a_line_that_is_wrong_is_named_before_anything_is_run(void **state)
{
    static const struct {
        const char *text, *says;
    } cases[] = {
        {"tap start\nfly home\n", ":2: there is no step \"fly\""},
        {"tap\n", ":1: tap: something is missing behind it"},
        {"tap start again\n", ":1: tap: \"again\" is a word too many"},
        {"not tap start\n", ":1: there is no step \"not tap\""},
        {"not\n", ":1: not what?"},
        {"tap \"start\n", ":1: a quote is not closed"},
        {"\"tap\" start\n", ":1: there is no step"},
        {"press left\n", ":1: the keys are"},
        {"wait long\n", ":1: \"long\" is no time"},
        {"wait -5s\n", ":1: \"-5s\" is no time"},
        {"hold start 5\n", ":1: \"5\" is no time"},
        {"touch 10 ten\n", ":1: \"ten\" is no place"},
        {"see screen\n", ":1: see \"TEXT\", see screen NAME"},
        {"see start open\n", ":1: nothing is \"open\""},
        {"see \"a\" selected\n", ":1: see \"TEXT\", see screen NAME"},
        {"picture ../home\n", ":1: \"../home\" is no name"},
        {"printer broken\n", ":1: a printer is never \"broken\""},
        {"network slow\n", ":1: the network is up or down"},
        {"appointments fine\n", ":1: appointments go wrong as"},
        {"free 01-12-2026 \"09:20\"\n", ":1: \"01-12-2026\" is no day"},
        {"language xx\n", ":1: there is no language \"xx\""},
        {"clock noon\ntap start\n", ":1: \"noon\" is no time"},
        {"tap start\nclock 2026-12-01T14:05+01:00\n", ":2: the clock is set before"},
        {"# nothing\n\n", "there are no steps in it"},
    };

    (void)state;
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct error error = {0};

        assert_null(read_text(cases[i].text, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        if (strstr(error.message, cases[i].says) == NULL) {
            fail_msg("%s: %s", cases[i].text, error.message);
        }
    }
}

static void
test_a_journey_that_is_not_there_is_said(void **state)
{
    struct error error = {0};

    (void)state;
    assert_null(journey_open("/nowhere/a.journey", &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void
test_the_clock_begins_where_the_journey_says(void **state)
{
    static const char *const clocks[] = {
        "clock 2026-12-01T14:05+01:00\ntap start\n",
        "clock 2026-12-01T14:05:00+01:00\ntap start\n",
        "# first a word\nclock 2026-12-01T13:05Z\ntap start\n",
    };

    (void)state;
    for (size_t i = 0; i < COUNT(clocks); i++) {
        struct error error = {0};
        struct journey *journey = read_text(clocks[i], &error);

        assert_non_null(journey);
        assert_int_equal(journey_now(journey).now, 1796130300);
        journey_close(journey);
    }
}

static void
test_without_a_clock_it_is_now(void **state)
{
    struct error error = {0};
    int64_t before = time_now_s();
    struct journey *journey = read_text("tap start\n", &error);

    (void)state;
    assert_non_null(journey);
    assert_true(journey_now(journey).now >= before);
    assert_true(journey_now(journey).now <= time_now_s());
    journey_close(journey);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_every_step_is_understood),
        cmocka_unit_test(test_a_line_that_is_wrong_is_named_before_anything_is_run),
        cmocka_unit_test(test_a_journey_that_is_not_there_is_said),
        cmocka_unit_test(test_the_clock_begins_where_the_journey_says),
        cmocka_unit_test(test_without_a_clock_it_is_now),
    };

    return cmocka_run_group_tests(tests, make_folder, remove_folder);
}
