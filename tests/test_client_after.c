#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "base/time.h"
#include "support/client_setup.h"

/* What is done with an appointment after it was booked, through the `backoffice` maker.
 */

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
test_a_move_gives_another_time_and_another_ticket(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment before = booked(setup, 3);
    const int64_t start = client_setup_time(setup, 7);
    struct appointment_booking held = client_setup_booking(start);
    struct appointment_moved moved, again;
    struct appointment found;
    struct error error = {0};

    assert_true(ASK(setup, hold, &held, &error));
    assert_true(ASK(setup, move, before.id, held.key, start, &moved, &error));
    assert_false(moved.old_stands);
    assert_string_equal(moved.appointment.id, before.id);
    assert_string_equal(moved.appointment.code, before.code);
    assert_string_not_equal(moved.appointment.check_in, before.check_in);
    assert_int_equal(moved.appointment.start, start);
    assert_int_equal(moved.appointment.end, start + 15 * 60);
    assert_int_equal(moved.appointment.item_count, 1);
    assert_string_equal(moved.appointment.items[0].product, "paspoort");
    assert_int_equal(moved.appointment.items[0].persons, 1);
    assert_true(ASK(setup, move, before.id, held.key, start, &again, &error));
    assert_memory_equal(&again.appointment, &moved.appointment, sizeof(found));
    assert_true(ASK(setup, show, before.id, &found, &error));
    assert_memory_equal(&found, &moved.appointment, sizeof(found));
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_CELLS), 3);
}

static void
test_a_move_that_cannot_be_has_its_own_kind_and_changes_nothing(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment before = booked(setup, 3);
    const int64_t start = client_setup_time(setup, 7);
    const int64_t other = client_setup_time(setup, 8);
    struct appointment_moved moved;
    struct appointment found;
    struct error error = {0};
    char key[APPOINTMENT_KEY_BYTES];

    booked(setup, 7);
    booked(setup, 7);
    appointment_key_make(key);
    assert_false(ASK(setup, move, before.id, key, start, &moved, &error));
    assert_int_equal(error.kind, ERROR_TAKEN);
    assert_false(ASK(setup, move, "00112233445566778899aabbccddeeff", key, other,
                     &moved, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    assert_true(ASK(setup, show, before.id, &found, &error));
    assert_memory_equal(&found, &before, sizeof(found));
    assert_true(ASK(setup, cancel, before.id, &error));
    assert_false(ASK(setup, move, before.id, key, other, &moved, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
}

static void
test_a_move_whose_answer_is_lost_is_asked_for_once_more(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment before = booked(setup, 3);
    const int64_t start = client_setup_time(setup, 7);
    struct client_lossy lossy = {.url = setup->server.url, .to_lose = 1};
    struct scripted_server *server =
        scripted_server_start(client_setup_answer_lossy, &lossy);
    struct appointment_client *client;
    struct appointment_moved moved;
    struct appointment found;
    struct error error = {0};
    char url[48], key[APPOINTMENT_KEY_BYTES];

    snprintf(url, sizeof(url), "http://127.0.0.1:%d", scripted_server_port(server));
    client = client_setup_client(url, &setup->key);
    appointment_key_make(key);
    assert_true(
        client->operations->move(client->maker, before.id, key, start, &moved, &error));
    assert_int_equal(lossy.carried, 2);
    assert_int_equal(moved.appointment.start, start);
    lossy.to_lose = 1000;
    appointment_key_make(key);
    assert_false(client->operations->move(client->maker, before.id, key, before.start,
                                          &moved, &error));
    assert_int_equal(error.kind, ERROR_UNCERTAIN);
    assert_int_equal(lossy.carried, 4);
    assert_true(ASK(setup, show, before.id, &found, &error));
    assert_int_equal(found.start, before.start);
    appointment_client_destroy(client);
    scripted_server_stop(server);
}

static void
set_start(struct client_setup *setup, int64_t start)
{
    char sql[200];

    snprintf(sql, sizeof(sql), "UPDATE booking SET start = %lld RETURNING 1",
             (long long)start);
    client_setup_number(setup, sql);
}

static void
test_an_arrival_has_its_hours(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment before = booked(setup, 3);
    struct appointment after, found;
    struct error error = {0};

    assert_int_equal(before.arrive_from, before.start - 30 * 60);
    assert_int_equal(before.arrive_until, before.start + 10 * 60);
    assert_int_equal(before.state, APPOINTMENT_BOOKED);
    assert_false(ASK(setup, check_in, before.id, &after, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_non_null(strstr(error.message, "too early"));
    /* The wall's clock can't be turned, but the appointment can. */
    set_start(setup, time_now_s() - 20 * 60);
    assert_false(ASK(setup, check_in, before.id, &after, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_non_null(strstr(error.message, "too late"));
    set_start(setup, time_now_s() + 60);
    assert_true(ASK(setup, check_in, before.id, &after, &error));
    assert_int_equal(after.state, APPOINTMENT_ARRIVED);
    assert_true(ASK(setup, check_in, before.id, &after, &error));
    assert_true(ASK(setup, find, before.code, &found, &error));
    assert_int_equal(found.state, APPOINTMENT_ARRIVED);
    assert_false(ASK(setup, cancel, before.id, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_false(ASK(setup, check_in, "nobody", &after, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    client_setup_number(setup, "UPDATE booking SET state = 5 RETURNING 1");
    assert_true(ASK(setup, show, before.id, &found, &error));
    assert_int_equal(found.state, APPOINTMENT_MISSED);
    /* What stands where the check looks for it. */
    set_start(setup, before.start);
}

static void
test_a_code_finds_little_and_a_ticket_finds_all(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment before = booked(setup, 3);
    struct appointment found;
    struct error error = {0};

    assert_true(ASK(setup, find, before.check_in, &found, &error));
    assert_memory_equal(&found, &before, sizeof(found));
    assert_true(ASK(setup, find, before.code, &found, &error));
    assert_string_equal(found.id, before.id);
    assert_string_equal(found.location, "linde");
    assert_string_equal(found.name, "paspoort");
    assert_int_equal(found.start, before.start);
    assert_int_equal(found.item_count, 0);
    assert_string_equal(found.check_in, "");
}

static void
test_the_code_of_a_ticket_that_was_not_printed_finds_all(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment before = booked(setup, 3);
    struct appointment found;
    struct error error = {0};

    assert_true(ASK(setup, unprinted, before.id, &error));
    assert_true(ASK(setup, find, before.code, &found, &error));
    assert_memory_equal(&found, &before, sizeof(found));
    assert_false(ASK(setup, unprinted, "nobody", &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

static void
test_what_finds_nothing_is_told_from_too_many_tries(void **state)
{
    static char long_text[3000];
    static const char *const cases[] = {"",
                                        "hallo",
                                        "https://voorbeeld.nl/?a=\"b\"",
                                        "caf\xc3\xa9",
                                        "\xff\xfe",
                                        "regel\nregel",
                                        long_text};
    struct client_setup *setup = *state;
    const struct appointment before = booked(setup, 3);
    struct appointment found;
    struct error error = {0};

    memset(long_text, 'A', sizeof(long_text) - 1);
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        assert_false(ASK(setup, find, cases[i], &found, &error));
        assert_int_equal(error.kind, ERROR_NOT_FOUND);
    }
    for (int i = 0; i < BOOK_WRONG_CODES; i++) {
        assert_false(ASK(setup, find, "222222", &found, &error));
        assert_int_equal(error.kind, ERROR_NOT_FOUND);
    }
    assert_false(ASK(setup, find, before.code, &found, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    book_server_kill(&setup->server);
    assert_false(ASK(setup, find, before.code, &found, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, client_setup_begin, client_setup_end)
        TEST(test_a_move_gives_another_time_and_another_ticket),
        TEST(test_a_move_that_cannot_be_has_its_own_kind_and_changes_nothing),
        TEST(test_an_arrival_has_its_hours),
        TEST(test_a_code_finds_little_and_a_ticket_finds_all),
        TEST(test_the_code_of_a_ticket_that_was_not_printed_finds_all),
        TEST(test_what_finds_nothing_is_told_from_too_many_tries),
        TEST(test_a_move_whose_answer_is_lost_is_asked_for_once_more),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
