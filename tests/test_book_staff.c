#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "support/client_setup.h"
#include "support/office.h"

/* Staff and their book, with the shipped command and the real one behind it. */

static void
make_token(const struct client_setup *setup, const char *role)
{
    char line[300];
    char *printed;
    int status;

    snprintf(line, sizeof(line), "token create --role %s --database %s > %s/%s", role,
             setup->book.path, setup->book.folder, role);
    printed = test_command_run(line, &status);
    assert_int_equal(status, 0);
    free(printed);
}

static int
set_up(void **state)
{
    client_setup_begin(state);
    make_token(*state, "viewer");
    make_token(*state, "editor");
    return 0;
}

/* What `loketzuilctl WORDS` prints with a token of that role; fails the test on
 * another status. The caller frees. */
static char *
ctl(struct client_setup *setup, const char *role, const char *words, int expected)
{
    char line[600];
    char *printed;
    int status;

    snprintf(line, sizeof(line), "%s --backoffice %s --token-file %s/%s", words,
             setup->server.url, setup->book.folder, role);
    printed = test_command_run(line, &status);
    if (status != expected) {
        fail_msg("%s: status %d: %s", words, status, printed);
    }
    return printed;
}

static void
assert_says(struct client_setup *setup, const char *words, int status,
            const char *expected)
{
    char *printed = ctl(setup, "editor", words, status);

    if (strstr(printed, expected) == NULL) {
        fail_msg("%s: no \"%s\" in: %s", words, expected, printed);
    }
    free(printed);
}

static struct appointment
booked(struct client_setup *setup, size_t n)
{
    const struct appointment_booking booking =
        client_setup_booking(client_setup_time(setup, n));
    struct appointment appointment;
    struct error error = {0};

    if (!ASK(setup, book, &booking, &appointment, &error)) {
        fail_msg("%s", error.message);
    }
    return appointment;
}

static void
test_desks_are_listed_set_and_limited(void **state)
{
    struct client_setup *setup = *state;

    assert_says(setup, "desk list", 0, "linde     2     everything\n");
    assert_says(setup, "desk set linde 3", 0, "");
    assert_says(setup, "desk products linde 3 paspoort rijbewijs", 0, "");
    assert_says(setup, "desk list", 0, "linde     3     paspoort rijbewijs\n");
    assert_says(setup, "desk products linde 3 all", 0, "");
    assert_says(setup, "desk list", 0, "linde     3     everything\n");
    assert_says(setup, "desk list --format json", 0, "{\"desks\":[{\"location\":");
    assert_says(setup, "desk set nergens 3", 1,
                "The back office says no (404): There is no location with that id.");
    assert_says(setup, "desk set linde 33", 1, "(400): count: must be 0 to 32.");
    assert_says(setup, "desk products linde 3 visum", 1, "(404): There is no product");
    assert_says(setup, "desk products linde x visum", 1,
                "(400): The desk's number must be 1 to 32.");
    assert_says(setup, "desk set linde", 2, "desk set LOCATION COUNT");
    assert_says(setup, "desk set linde x", 2, "desk set LOCATION COUNT");
}

static void
test_a_closure_lists_whom_to_call(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment first = booked(setup, 0);
    struct appointment second = booked(setup, 0);
    char words[200], day[TIME_TEXT_BYTES];
    char *printed;
    struct error error;

    date_format(client_setup_day(), day);
    assert_says(setup, "closure list", 0, "nothing is closed\n");
    assert_says(setup, "closure affected", 0,
                "every appointment can go on as booked\n");
    snprintf(words, sizeof(words),
             "closure add linde --from %s --desk 2 --reason 'verbouwing'", day);
    assert_says(setup, words, 0, "1 appointments can't go on as booked");
    assert_says(setup, "closure list", 0, "linde     desk 2");
    assert_says(setup, "closure list", 0, "verbouwing");
    assert_says(setup, "closure affected", 0, "the desk is closed");
    assert_says(setup, "closure affected", 0, "Jansen \"de \xc3\x9cnver\"  0612345678");
    /* Who has to be called is not for everybody. */
    printed = ctl(setup, "viewer", "closure affected", 1);
    assert_null(strstr(printed, "Jansen"));
    free(printed);
    assert_true(ASK(setup, cancel, first.id, &error));
    assert_says(setup, "closure remove 1", 0, "open again");
    assert_says(setup, "closure affected", 0,
                "every appointment can go on as booked\n");
    assert_says(setup, "closure remove 1", 1, "(404): There is no such closure.");
    assert_true(ASK(setup, show, second.id, &second, &error));
    assert_int_equal(second.state, APPOINTMENT_BOOKED);
}

static void
test_what_a_closure_may_say(void **state)
{
    static const struct {
        const char *words;
        int status;
        const char *says;
    } cases[] = {
        {"closure add linde --from 2027-04-26T13:00 --to 2027-04-26T14:30", 0, ""},
        {"closure list", 0, "2027-04-26T13:00:00+02:00  2027-04-26T14:30:00+02:00"},
        {"closure add linde --from 2027-12-24 --to 2027-12-26", 0, ""},
        {"closure list", 0, "2027-12-24T00:00:00+01:00  2027-12-27T00:00:00+01:00"},
        /* The day of 23 hours. */
        {"closure add curacao --from 2027-03-28", 0, ""},
        {"closure list", 0, "2027-03-28T00:00:00-04:00  2027-03-29T00:00:00-04:00"},
        {"closure add linde --from 2028-03-26", 0, ""},
        {"closure list", 0, "2028-03-26T00:00:00+01:00  2028-03-27T00:00:00+02:00"},
        {"closure add linde --from 2027-04-31", 1, "from: must be a day like"},
        {"closure add linde --from 2027-04-30T25:00", 1, "from: must be a day like"},
        {"closure add linde --from 2027-04-30T1:00", 1, "from: must be a day like"},
        {"closure add linde --from 2027-04-30 --to soon", 1, "to: must be a day like"},
        {"closure add linde --from 2027-04-30 --to 2027-04-28", 1,
         "to: must come after from."},
        {"closure add nergens --from 2027-04-30", 1, "There is no location"},
        {"closure add linde --from 2027-04-30 --desk 33", 1, "number must be 1 to 32."},
        {"closure add linde --from 2027-04-30 --desk x", 2, "closure add LOCATION"},
        {"closure add linde", 2, "closure add LOCATION"},
        {"closure remove x", 2, "closure remove ID"},
    };
    struct client_setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_says(setup, cases[i].words, cases[i].status, cases[i].says);
    }
    assert_int_equal(client_setup_number(setup, "SELECT count(*) FROM closure"), 4);
}

static void
test_a_viewer_sees_and_does_not_change(void **state)
{
    static const struct {
        const char *words;
        int status;
    } cases[] = {
        {"desk list", 0},
        {"closure list", 0},
        {"counts --appointments", 0},
        {"desk set linde 1", 1},
        {"desk products linde 1 paspoort", 1},
        {"closure add linde --from 2027-12-24", 1},
        {"closure remove 1", 1},
        {"closure affected", 1},
        {"lease list", 0},
        {"lease lost linde-1", 1},
        {"lease conflicts", 1},
    };
    struct client_setup *setup = *state;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        char *printed = ctl(setup, "viewer", cases[i].words, cases[i].status);

        assert_true(cases[i].status == 0 ||
                    strstr(printed, "(403): This needs a token of an editor") != NULL);
        free(printed);
    }
    assert_int_equal(client_setup_number(setup, "SELECT count(*) FROM closure"), 0);
}

static void
test_nothing_is_leased_by_a_book_that_may_not(void **state)
{
    struct client_setup *setup = *state;

    assert_says(setup, "lease list", 0, "nothing is leased\n");
    assert_says(setup, "lease list --format json", 0, "{\"leases\":[]}");
    assert_says(setup, "lease conflicts", 0, "no conflicts\n");
    assert_says(setup, "lease lost linde-1", 1, "Nothing is leased to a kiosk");
    assert_says(setup, "lease lost", 2, "lease lost NAME");
}

static void
test_what_became_of_appointments_is_a_table(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment first = booked(setup, 0);
    char expected[200], day[TIME_TEXT_BYTES];
    struct error error;

    booked(setup, 1);
    booked(setup, 2);
    assert_true(ASK(setup, cancel, first.id, &error));
    date_format(client_setup_day(), day);
    snprintf(expected, sizeof(expected),
             "date,location,product,outcome,count\n%s,linde,paspoort,to-come,2\n"
             "%s,linde,paspoort,cancelled,1\n",
             day, day);
    assert_says(setup, "counts --appointments", 0, expected);
    snprintf(expected, sizeof(expected),
             "{\"rows\":[{\"date\":\"%s\",\"location\":\"linde\",\"product\":"
             "\"paspoort\",\"outcome\":\"to-come\",\"count\":2}",
             day);
    assert_says(setup, "counts --appointments --format json", 0, expected);
    assert_says(setup, "counts --appointments --to 2026-01-01", 0, "count\n");
    assert_says(setup, "counts --appointments --to never", 1, "to: must be a date");
    assert_says(setup, "counts --appointments --format xml", 1, "format must be");
    assert_says(setup, "counts --appointments --exact", 2, "counts --backoffice");
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, client_setup_end)
        TEST(test_desks_are_listed_set_and_limited),
        TEST(test_a_closure_lists_whom_to_call),
        TEST(test_what_a_closure_may_say),
        TEST(test_a_viewer_sees_and_does_not_change),
        TEST(test_nothing_is_leased_by_a_book_that_may_not),
        TEST(test_what_became_of_appointments_is_a_table),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
