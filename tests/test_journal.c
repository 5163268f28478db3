#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>
#include <sqlite3.h>

#include "appointment/journal.h"
#include "appointment/none.h"
#include "appointment/scripted.h"
#include "base/sign.h"
#include "base/text.h"

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 08:00 UTC */
#define MONDAY_TEN (NOW + 3600) /* 10:00 in Amsterdam, winter time */

struct setup {
    char folder[64], path[96];
    struct journal *journal;
    struct appointment_client *client;
};

static int64_t
fixed_now(void *data)
{
    (void)data;
    return NOW;
}

static int
set_up(void **state)
{
    static const struct scripted_product product = {"paspoort", "Paspoort", 15, 15};
    static const struct scripted_location location = {
        .id = "linde",
        .name = "De Linde",
        .street = "Lindeplein 4",
        .postcode = "1234 AB",
        .city = "Voorbeeld",
        .zone = "Europe/Amsterdam",
    };
    const struct scripted_options options = {
        .products = &product,
        .product_count = 1,
        .locations = &location,
        .location_count = 1,
        .now = fixed_now,
    };
    struct setup *setup = test_calloc(1, sizeof(*setup));
    const char *temporary = getenv("TMPDIR");
    struct error error;

    snprintf(setup->folder, sizeof(setup->folder), "%.40s/journalXXXXXX",
             temporary != NULL ? temporary : "/tmp");
    assert_non_null(mkdtemp(setup->folder));
    snprintf(setup->path, sizeof(setup->path), "%s/journal.db", setup->folder);
    setup->journal = journal_open(setup->path, &error);
    assert_non_null(setup->journal);
    setup->client = appointment_scripted_create(&options, &error);
    assert_non_null(setup->client);
    assert_true(scripted_set_day(setup->client, "linde", (struct date){2027, 3, 22},
                                 "10:00 10:20 10:40", &error));
    *state = setup;
    return 0;
}

static int
tear_down(void **state)
{
    struct setup *setup = *state;
    char command[160];

    journal_close(setup->journal);
    appointment_client_destroy(setup->client);
    snprintf(command, sizeof(command), "rm -r '%s'", setup->folder);
    assert_int_equal(system(command), 0);
    test_free(setup);
    return 0;
}

static size_t
open_keys(struct journal *journal)
{
    struct journal_entry *list;
    struct error error;
    size_t count;

    assert_true(journal_open_keys(journal, &list, &count, &error));
    free(list);
    return count;
}

static void
reopen(struct setup *setup)
{
    struct error error;

    journal_close(setup->journal);
    setup->journal = journal_open(setup->path, &error);
    assert_non_null(setup->journal);
}

static struct appointment_booking
booking_of(const char *key, int64_t start)
{
    struct appointment_booking booking = {
        .wish = {.location = "linde", .items = {{"paspoort", 1}}, .item_count = 1},
        .start = start,
        .values = {{"lastName", "Jansen"}, {"phoneNumber", "0612345678"}},
        .value_count = 2,
    };

    text_copy(booking.key, sizeof(booking.key), key);
    return booking;
}

static void
book(struct setup *setup, const char *key, int64_t start)
{
    const struct appointment_booking booking = booking_of(key, start);
    struct appointment appointment;
    struct error error;

    assert_true(journal_begin(setup->journal, key, NOW, &error));
    assert_true(setup->client->operations->book(setup->client->maker, &booking,
                                                &appointment, &error));
}

static void
test_a_key_stands_until_it_is_ended(void **state)
{
    struct setup *setup = *state;
    struct journal_entry *list;
    struct error error;
    size_t count;

    assert_true(journal_begin(setup->journal, "b", 200, &error));
    assert_true(journal_begin(setup->journal, "a", 300, &error));
    assert_true(journal_begin(setup->journal, "b", 400, &error));
    reopen(setup);
    assert_true(journal_open_keys(setup->journal, &list, &count, &error));
    assert_int_equal(count, 2);
    assert_string_equal(list[0].key, "b");
    assert_int_equal(list[0].begun, 200);
    assert_string_equal(list[1].key, "a");
    free(list);
    assert_true(journal_end(setup->journal, "b", &error));
    assert_true(journal_end(setup->journal, "b", &error));
    reopen(setup);
    assert_int_equal(open_keys(setup->journal), 1);
}

static void
test_a_key_survives_the_death_of_its_program(void **state)
{
    struct setup *setup = *state;
    pid_t child = fork();
    int status;

    if (child == 0) {
        struct error error;
        struct journal *journal = journal_open(setup->path, &error);

        if (journal == NULL || !journal_begin(journal, "a", NOW, &error)) {
            _exit(1);
        }
        raise(SIGKILL);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
    assert_int_equal(open_keys(setup->journal), 1);
}

static void
test_settling_cancels_what_nobody_saw(void **state)
{
    struct setup *setup = *state;
    struct error error;
    size_t cancelled;

    book(setup, "seen", MONDAY_TEN);
    assert_true(journal_end(setup->journal, "seen", &error));
    book(setup, "unseen", MONDAY_TEN + 1200);
    assert_true(journal_begin(setup->journal, "unsent", NOW, &error));
    assert_true(journal_settle(setup->journal, setup->client, NOW, &cancelled, &error));
    assert_int_equal(cancelled, 1);
    assert_int_equal(scripted_count_booked(setup->client), 1);
    assert_int_equal(open_keys(setup->journal), 0);
}

static void
test_settling_gives_holds_back(void **state)
{
    struct setup *setup = *state;
    const struct appointment_booking booking = booking_of("held", MONDAY_TEN);
    struct error error;
    size_t cancelled;

    assert_true(journal_begin(setup->journal, "held", NOW, &error));
    assert_true(
        setup->client->operations->hold(setup->client->maker, &booking, &error));
    assert_int_equal(scripted_count_held(setup->client), 1);
    assert_true(journal_settle(setup->journal, setup->client, NOW, &cancelled, &error));
    assert_int_equal(cancelled, 0);
    assert_int_equal(scripted_count_held(setup->client), 0);
}

/* The kiosk was killed while its booking was on the wire. */
static void
test_a_booking_that_comes_after_its_settling_is_refused(void **state)
{
    struct setup *setup = *state;
    const struct appointment_booking booking = booking_of("late", MONDAY_TEN);
    struct appointment appointment;
    struct error error;
    size_t cancelled;

    assert_true(journal_begin(setup->journal, "late", NOW, &error));
    assert_true(journal_settle(setup->journal, setup->client, NOW, &cancelled, &error));
    assert_false(setup->client->operations->book(setup->client->maker, &booking,
                                                 &appointment, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_int_equal(scripted_count_booked(setup->client), 0);
}

static void
test_what_cannot_be_settled_stays_for_later(void **state)
{
    static const enum error_kind kinds[] = {ERROR_OFFLINE, ERROR_REFUSED,
                                            ERROR_BAD_INPUT, ERROR_UNCERTAIN};
    struct setup *setup = *state;
    struct error error;
    size_t cancelled;

    for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++) {
        char key[8];

        snprintf(key, sizeof(key), "k%zu", i);
        book(setup, key, MONDAY_TEN);
        scripted_fail_next(setup->client, kinds[i]);
        assert_false(
            journal_settle(setup->journal, setup->client, NOW, &cancelled, &error));
        assert_int_equal(error.kind, kinds[i]);
        assert_int_equal(cancelled, 0);
        assert_int_equal(open_keys(setup->journal), 1);
        assert_true(
            journal_settle(setup->journal, setup->client, NOW, &cancelled, &error));
        assert_int_equal(open_keys(setup->journal), 0);
        assert_int_equal(scripted_count_booked(setup->client), 0);
    }
}

/* The same system, as one that knows neither holds nor keys. */
struct keyless {
    struct appointment_operations operations;
    struct appointment_client client;
};

static struct appointment_client *
without_keys(struct setup *setup, struct keyless *keyless)
{
    keyless->operations = *setup->client->operations;
    keyless->operations.hold = NULL;
    keyless->operations.release = NULL;
    keyless->operations.find_key = NULL;
    keyless->client = *setup->client;
    keyless->client.operations = &keyless->operations;
    return &keyless->client;
}

static size_t
unknown(struct journal *journal)
{
    struct error error;
    size_t count;

    assert_true(journal_count_unknown(journal, &count, &error));
    return count;
}

static void
test_without_keys_a_booking_without_an_answer_stays_and_is_unknown(void **state)
{
    struct setup *setup = *state;
    struct keyless keyless;
    struct appointment_client *client = without_keys(setup, &keyless);
    struct error error;
    size_t cancelled;

    book(setup, "cut", MONDAY_TEN);
    assert_true(journal_begin(setup->journal, "unsent", NOW, &error));
    assert_true(journal_settle(setup->journal, client, NOW, &cancelled, &error));
    assert_int_equal(cancelled, 0);
    assert_int_equal(scripted_count_booked(setup->client), 1);
    assert_int_equal(open_keys(setup->journal), 0);
    assert_int_equal(unknown(setup->journal), 2);
    reopen(setup);
    assert_int_equal(unknown(setup->journal), 2);
    assert_true(journal_settle(setup->journal, client, NOW, &cancelled, &error));
    assert_int_equal(unknown(setup->journal), 2);
}

static void
test_without_keys_what_was_answered_is_cancelled_by_its_id(void **state)
{
    struct setup *setup = *state;
    struct keyless keyless;
    struct appointment_client *client = without_keys(setup, &keyless);
    struct appointment appointment;
    struct error error;
    size_t cancelled;

    for (int i = 0; i < 3; i++) {
        static const char *const keys[] = {"first", "second", "third"};
        const char *key = keys[i], *id;

        book(setup, key, MONDAY_TEN);
        assert_true(setup->client->operations->find_key(setup->client->maker, key,
                                                        &appointment, &error));
        id = i == 2 ? "no such id" : appointment.id;
        assert_true(journal_booked(setup->journal, key, id, &error));
        reopen(setup);
        if (i == 1) { /* somebody was there before */
            assert_true(
                client->operations->cancel(client->maker, appointment.id, &error));
        }
        scripted_set_offline(setup->client, true);
        assert_false(journal_settle(setup->journal, client, NOW, &cancelled, &error));
        assert_int_equal(error.kind, ERROR_OFFLINE);
        assert_int_equal(open_keys(setup->journal), 1);
        scripted_set_offline(setup->client, false);
        assert_true(journal_settle(setup->journal, client, NOW, &cancelled, &error));
        assert_int_equal(cancelled, i == 0);
        assert_int_equal(open_keys(setup->journal), 0);
        assert_int_equal(scripted_count_booked(setup->client), i == 2);
    }
    assert_int_equal(unknown(setup->journal), 0);
}

/* A cancellation whose answer is lost may have been carried out: it is looked up. */
static void
test_without_keys_a_lost_cancellation_is_looked_up(void **state)
{
    struct setup *setup = *state;
    struct keyless keyless;
    struct appointment_client *client = without_keys(setup, &keyless);
    struct appointment appointment;
    struct error error;
    size_t cancelled;

    book(setup, "a", MONDAY_TEN);
    assert_true(setup->client->operations->find_key(setup->client->maker, "a",
                                                    &appointment, &error));
    assert_true(journal_booked(setup->journal, "a", appointment.id, &error));
    scripted_fail_next(setup->client, ERROR_UNCERTAIN);
    assert_false(journal_settle(setup->journal, client, NOW, &cancelled, &error));
    assert_int_equal(error.kind, ERROR_UNCERTAIN);
    assert_true(journal_settle(setup->journal, client, NOW, &cancelled, &error));
    assert_int_equal(open_keys(setup->journal), 0);
    assert_int_equal(scripted_count_booked(setup->client), 0);
}

/* Some systems refuse what they don't know, in the same words as a bad day. */
static void
test_a_no_that_lasts_a_day_ends_unknown(void **state)
{
    struct setup *setup = *state;
    struct keyless keyless;
    struct appointment_client *client = without_keys(setup, &keyless);
    static const struct {
        int64_t later;
        enum error_kind kind;
        bool settled;
    } cases[] = {
        {JOURNAL_PATIENCE_S - 1, ERROR_REFUSED, false},
        {JOURNAL_PATIENCE_S, ERROR_OFFLINE, false},
        {JOURNAL_PATIENCE_S, ERROR_UNCERTAIN, false},
        {JOURNAL_PATIENCE_S, ERROR_REFUSED, true},
    };
    struct appointment appointment;
    struct error error;
    size_t cancelled;

    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        book(setup, "a", MONDAY_TEN);
        assert_true(setup->client->operations->find_key(setup->client->maker, "a",
                                                        &appointment, &error));
        assert_true(journal_booked(setup->journal, "a", appointment.id, &error));
        scripted_fail_next(setup->client, cases[i].kind);
        assert_int_equal(journal_settle(setup->journal, client, NOW + cases[i].later,
                                        &cancelled, &error),
                         cases[i].settled);
        assert_int_equal(open_keys(setup->journal), !cases[i].settled);
        assert_int_equal(unknown(setup->journal), cases[i].settled);
    }
}

static void
test_an_ended_key_takes_its_id_along(void **state)
{
    struct setup *setup = *state;
    struct journal_entry *list;
    struct error error;
    size_t count;

    for (int i = 0; i < 2; i++) {
        assert_true(journal_begin(setup->journal, "a", NOW, &error));
        assert_true(journal_open_keys(setup->journal, &list, &count, &error));
        assert_int_equal(count, 1);
        assert_string_equal(list[0].id, "");
        free(list);
        assert_true(journal_booked(setup->journal, "a", "id/1", &error));
        assert_true(journal_open_keys(setup->journal, &list, &count, &error));
        assert_string_equal(list[0].id, "id/1");
        free(list);
        assert_true(i == 0 ? journal_end(setup->journal, "a", &error)
                           : journal_end_unknown(setup->journal, "a", &error));
        assert_int_equal(open_keys(setup->journal), 0);
        assert_int_equal(unknown(setup->journal), (size_t)i);
    }
}

static void
test_a_system_that_says_no_to_everything_keeps_the_key(void **state)
{
    struct setup *setup = *state;
    struct appointment_client *none = appointment_none_create();
    struct error error;
    size_t cancelled;

    assert_true(journal_begin(setup->journal, "a", NOW, &error));
    assert_false(journal_settle(setup->journal, none, NOW, &cancelled, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_int_equal(open_keys(setup->journal), 1);
    appointment_client_destroy(none);
}

static void
test_a_journal_that_cannot_be_opened_says_so(void **state)
{
    struct error error;

    (void)state;
    assert_null(journal_open("/nowhere/journal.db", &error));
    assert_int_equal(error.kind, ERROR_STORAGE);
    assert_non_null(strstr(error.message, "/nowhere/journal.db"));
    journal_close(NULL);
}

static void
overwrite(const char *path, long from, size_t bytes)
{
    FILE *file = fopen(path, "r+");

    assert_non_null(file);
    assert_int_equal(fseek(file, from, SEEK_SET), 0);
    for (size_t i = 0; i < bytes; i++) {
        fputc('x', file);
    }
    fclose(file);
}

/* The first bytes, a page of the table, and a table that is another's. */
static void
break_file(const char *path, int way)
{
    sqlite3 *database;

    if (way < 2) {
        overwrite(path, way == 0 ? 0 : 4096, 4096);
        return;
    }
    assert_int_equal(sqlite3_open(path, &database), SQLITE_OK);
    assert_int_equal(sqlite3_exec(database,
                                  "DROP TABLE booking; CREATE TABLE booking (a)", NULL,
                                  NULL, NULL),
                     SQLITE_OK);
    sqlite3_close(database);
}

static void
test_a_broken_file_is_set_aside_and_stops_nobody(void **state)
{
    struct setup *setup = *state;
    struct error error;

    for (int way = 0; way < 3; way++) {
        char aside[120];

        assert_true(journal_begin(setup->journal, "0123", NOW, &error));
        journal_close(setup->journal);
        break_file(setup->path, way);
        setup->journal = journal_open(setup->path, &error);
        if (setup->journal == NULL) {
            fail_msg("%d: %s", way, error.message);
        }
        snprintf(aside, sizeof(aside), "%s.broken-%d", setup->path, way + 1);
        assert_int_equal(access(aside, F_OK), 0);
        assert_int_equal(open_keys(setup->journal), 0);
    }
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_a_key_stands_until_it_is_ended),
        TEST(test_a_key_survives_the_death_of_its_program),
        TEST(test_settling_cancels_what_nobody_saw),
        TEST(test_settling_gives_holds_back),
        TEST(test_a_booking_that_comes_after_its_settling_is_refused),
        TEST(test_what_cannot_be_settled_stays_for_later),
        TEST(test_without_keys_a_booking_without_an_answer_stays_and_is_unknown),
        TEST(test_without_keys_what_was_answered_is_cancelled_by_its_id),
        TEST(test_without_keys_a_lost_cancellation_is_looked_up),
        TEST(test_a_no_that_lasts_a_day_ends_unknown),
        TEST(test_an_ended_key_takes_its_id_along),
        TEST(test_a_system_that_says_no_to_everything_keeps_the_key),
        TEST(test_a_journal_that_cannot_be_opened_says_so),
        TEST(test_a_broken_file_is_set_aside_and_stops_nobody),
    };

    sign_start();
    return cmocka_run_group_tests(tests, NULL, NULL);
}
