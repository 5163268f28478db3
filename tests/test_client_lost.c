#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <stdatomic.h>

#include "appointment/journal.h"
#include "base/time.h"
#include "support/client_setup.h"

/* The `backoffice` maker when answers are lost and the back office dies. */

static void
test_a_lost_answer_is_asked_for_again_and_books_once(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment_booking booking =
        client_setup_booking(client_setup_time(setup, 0));
    struct client_lossy lossy = {.url = setup->server.url, .to_lose = 1};
    struct scripted_server *server =
        scripted_server_start(client_setup_answer_lossy, &lossy);
    struct appointment_client *client;
    struct appointment appointment;
    struct error error = {0};
    char url[48];

    snprintf(url, sizeof(url), "http://127.0.0.1:%d", scripted_server_port(server));
    client = client_setup_client(url, &setup->key);
    assert_true(
        client->operations->book(client->maker, &booking, &appointment, &error));
    assert_int_equal(lossy.carried, 2);
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_BOOKED), 1);
    lossy.to_lose = 1;
    assert_true(client->operations->cancel(client->maker, appointment.id, &error));
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_BOOKED), 0);
    appointment_client_destroy(client);
    scripted_server_stop(server);
}

static void
test_answers_that_stay_lost_are_uncertain_and_the_key_tells(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment_booking booking =
        client_setup_booking(client_setup_time(setup, 0));
    struct client_lossy lossy = {.url = setup->server.url, .to_lose = 1000};
    struct scripted_server *server =
        scripted_server_start(client_setup_answer_lossy, &lossy);
    struct appointment_client *client;
    struct appointment appointment;
    struct error error = {0};
    char url[48];

    snprintf(url, sizeof(url), "http://127.0.0.1:%d", scripted_server_port(server));
    client = client_setup_client(url, &setup->key);
    assert_false(
        client->operations->book(client->maker, &booking, &appointment, &error));
    assert_int_equal(error.kind, ERROR_UNCERTAIN);
    assert_int_equal(lossy.carried, 2); /* no third attempt */
    assert_true(ASK(setup, find_key, booking.key, &appointment, &error));
    assert_false(client->operations->cancel(client->maker, appointment.id, &error));
    assert_int_equal(error.kind, ERROR_UNCERTAIN);
    assert_true(ASK(setup, find_key, booking.key, &appointment, &error));
    assert_int_equal(appointment.state, APPOINTMENT_CANCELLED);
    appointment_client_destroy(client);
    scripted_server_stop(server);
}

static void
test_a_booking_nobody_saw_is_cancelled_after_the_restart(void **state)
{
    struct client_setup *setup = *state;
    const struct appointment_booking booking =
        client_setup_booking(client_setup_time(setup, 0));
    struct journal *journal;
    struct appointment appointment;
    struct error error;
    char path[120];
    size_t cancelled;

    snprintf(path, sizeof(path), "%s/journal.db", setup->book.folder);
    journal = journal_open(path, &error);
    assert_non_null(journal);
    /* The back office dies with the booking on disk and the answer unsent. */
    book_server_kill(&setup->server);
    book_server_start(&setup->server, &setup->book, 1, 1);
    assert_true(journal_begin(journal, booking.key, 1, &error));
    /* The next server may be up in time to answer the second attempt. */
    assert_true(ASK(setup, book, &booking, &appointment, &error) ||
                error.kind == ERROR_UNCERTAIN);
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_BOOKED), 1);
    /* Nobody to ask: the key stays. */
    book_server_kill(&setup->server);
    assert_false(
        journal_settle(journal, setup->client, time_now_s(), &cancelled, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    book_server_start(&setup->server, &setup->book, 0, 0);
    assert_true(ASK(setup, find_key, booking.key, &appointment, &error));
    assert_int_equal(appointment.start, booking.start);
    assert_true(
        journal_settle(journal, setup->client, time_now_s(), &cancelled, &error));
    assert_int_equal(cancelled, 1);
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_BOOKED), 0);
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_CELLS), 0);
    assert_true(
        journal_settle(journal, setup->client, time_now_s(), &cancelled, &error));
    assert_int_equal(cancelled, 0);
    journal_close(journal);
}

/* --- eight kiosks and a back office that keeps dying -------------------------- */

#define BOOKERS 8
#define DAYS 8 /* enough room for all of them */

struct booker {
    struct appointment_client *client;
    struct journal *journal;
    unsigned seed;
    const atomic_bool *stop;
    size_t booked, taken, cut_off;
    enum error_kind surprise;
};

static void *
book_many(void *data)
{
    struct booker *booker = data;
    const struct appointment_operations *operations = booker->client->operations;
    const struct appointment_wish wish = client_setup_wish();

    while (!*booker->stop) {
        struct appointment_booking booking;
        struct date date;
        struct appointment_time *times = NULL;
        struct appointment appointment;
        struct error error = {0};
        size_t count;

        booker->seed = booker->seed * 1103515245u + 12345u;
        date = date_add(client_setup_day(), (int)(booker->seed >> 16) % DAYS);
        if (!operations->times(booker->client->maker, &wish, date, &times, &count,
                               &error) ||
            count == 0)
        {
            free(times);
            continue;
        }
        booker->seed = booker->seed * 1103515245u + 12345u;
        booking = client_setup_booking(times[(booker->seed >> 16) % count].start);
        free(times);
        if (!journal_begin(booker->journal, booking.key, 1, &error)) {
            booker->surprise = error.kind;
            continue;
        }
        if (operations->hold(booker->client->maker, &booking, &error) &&
            operations->book(booker->client->maker, &booking, &appointment, &error))
        {
            booker->booked++;
            journal_end(booker->journal, booking.key, &error);
        } else if (error.kind == ERROR_TAKEN) {
            booker->taken++; /* its key may hold nothing: settled with the rest */
        } else if (error.kind == ERROR_OFFLINE || error.kind == ERROR_UNCERTAIN) {
            booker->cut_off++;
        } else {
            booker->surprise = error.kind;
        }
    }
    return NULL;
}

static void
test_bookers_and_a_dying_back_office_agree_in_the_end(void **state)
{
    struct client_setup *setup = *state;
    struct booker bookers[BOOKERS] = {0};
    pthread_t threads[BOOKERS];
    size_t known = 0, taken = 0, cut_off = 0, cancelled;
    atomic_bool stop = false;
    struct error error = {0};
    bool more = true;

    for (size_t i = 0; i < BOOKERS; i++) {
        char path[120];

        snprintf(path, sizeof(path), "%s/journal-%zu.db", setup->book.folder, i);
        bookers[i].seed = (unsigned)i + 1;
        bookers[i].stop = &stop;
        bookers[i].client = client_setup_client(setup->server.url, &setup->key);
        bookers[i].journal = journal_open(path, &error);
        assert_non_null(bookers[i].journal);
    }
    book_server_kill(&setup->server);
    book_server_start(&setup->server, &setup->book, 5, 3);
    for (size_t i = 0; i < BOOKERS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, book_many, &bookers[i]), 0);
    }
    for (int death = 0; death < 3; death++) {
        book_server_wait(&setup->server);
    }
    stop = true;
    for (size_t i = 0; i < BOOKERS; i++) {
        pthread_join(threads[i], NULL);
        assert_int_equal(bookers[i].surprise, ERROR_NONE);
        if (!journal_settle(bookers[i].journal, bookers[i].client, time_now_s(),
                            &cancelled, &error))
        {
            fail_msg("%s", error.message);
        }
        known += bookers[i].booked;
        taken += bookers[i].taken;
        cut_off += bookers[i].cut_off;
        journal_close(bookers[i].journal);
        appointment_client_destroy(bookers[i].client);
    }
    print_message("%zu booked, %zu taken, %zu cut off\n", known, taken, cut_off);
    assert_true(known > 0);
    assert_true(cut_off > 0);
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_BOOKED), known);
    book_server_kill(&setup->server);
    book_setup_restart(&setup->book);
    book_setup_clock = time_now_s() + BOOK_HOLD_S + 1;
    while (more) {
        assert_true(book_tidy(setup->book.book, &more, &error));
    }
    assert_int_equal(
        client_setup_number(setup, "SELECT count(*) FROM cell WHERE expires NOT NULL"),
        0);
    assert_int_equal(client_setup_number(setup, CLIENT_SETUP_CELLS),
                     3 * (int64_t)known);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, client_setup_begin, client_setup_end)
        TEST(test_a_lost_answer_is_asked_for_again_and_books_once),
        TEST(test_answers_that_stay_lost_are_uncertain_and_the_key_tells),
        TEST(test_a_booking_nobody_saw_is_cancelled_after_the_restart),
        TEST(test_bookers_and_a_dying_back_office_agree_in_the_end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
