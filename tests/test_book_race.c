#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "support/book_ask.h"

/*
 * Many who want the same cells at once, in threads, in processes, and with some of them
 * killed.
 */

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */
#define AT(hour, minute) (NOW + ((hour)-9) * 3600 + (minute)*60)

static int
set_up(void **state)
{
    struct book_setup *setup = test_calloc(1, sizeof(*setup));

    book_setup_clock = NOW;
    book_setup_begin(setup);
    *state = setup;
    return 0;
}

static int
tear_down(void **state)
{
    book_setup_check(*state);
    book_setup_end(*state);
    test_free(*state);
    return 0;
}

#define RACERS 8

struct racer {
    struct book *book;
    size_t number;
    pthread_barrier_t *barrier;
    size_t won;
};

static void *
race(void *data)
{
    struct racer *racer = data;

    for (size_t round = 0; round < 20; round++) {
        struct booking booking;
        struct error error;
        bool good;

        pthread_barrier_wait(racer->barrier);
        good = ask_numbered(
            racer->book, false, round * RACERS + racer->number, "paspoort", 1,
            AT(10 + 24 * ((int)round / 6), 20 * ((int)round % 6)), &booking, &error);
        if (!good && error.kind != ERROR_TAKEN) {
            abort(); /* not a test's thread: no assert here */
        }
        racer->won += good;
    }
    return NULL;
}

static void
test_of_many_threads_as_many_win_as_there_are_desks(void **state)
{
    struct book_setup *setup = *state;
    struct racer racers[RACERS];
    pthread_t threads[RACERS];
    pthread_barrier_t barrier;
    size_t won = 0;

    pthread_barrier_init(&barrier, NULL, RACERS);
    for (size_t i = 0; i < RACERS; i++) {
        racers[i] =
            (struct racer){.book = setup->book, .number = i, .barrier = &barrier};
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (size_t i = 0; i < RACERS; i++) {
        pthread_join(threads[i], NULL);
        won += racers[i].won;
    }
    pthread_barrier_destroy(&barrier);
    assert_int_equal(won, 20 * 2);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 20 * 2 * 3);
}

/* A process of its own on the same database: holds and books at random until it is
 * killed, or done. Each booking that it knows of goes down the pipe. */
static void
book_in_child(const struct book_setup *setup, size_t child, int pipe_end)
{
    struct error error;
    struct store *store = store_open(setup->path, book_setup_now, &error);
    struct book *book;
    uint64_t seed = 77 + child;

    if (store == NULL) {
        _exit(2);
    }
    book = book_setup_open(setup, store);
    for (size_t i = 0; i < 60; i++) {
        size_t number = child * 1000 + i;
        int64_t start = AT(13, 0) + 86400 * (int64_t)ask_chance(&seed, 4) +
                        1200 * (int64_t)ask_chance(&seed, 12);
        struct booking booking;

        if (ask_chance(&seed, 3) == 0) {
            ask_numbered(book, true, number, "paspoort", 1, start, &booking, &error);
            continue; /* walked away */
        }
        if (ask_numbered(book, false, number, "paspoort", 1, start, &booking, &error)) {
            char line[BOOK_KEY_BYTES + 1];

            snprintf(line, sizeof(line), "%s\n", booking.key);
            if (write(pipe_end, line, strlen(line)) != (ssize_t)strlen(line)) {
                _exit(3);
            }
        } else if (error.kind != ERROR_TAKEN) {
            _exit(4);
        }
    }
    book_close(book);
    store_close(store);
    _exit(0);
}

static void
test_killed_processes_leave_nothing_double_lost_or_orphaned(void **state)
{
    struct book_setup *setup = *state;
    pid_t children[RACERS];
    int ends[2], status;
    size_t known = 0;
    char key[BOOK_KEY_BYTES + 1];
    struct error error;
    FILE *lines;
    bool more = true;

    /* No threads of ours across fork(). */
    book_close(setup->book);
    store_close(setup->store);
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    for (size_t i = 0; i < RACERS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            close(ends[0]);
            book_in_child(setup, i, ends[1]);
        }
    }
    close(ends[1]);
    lines = fdopen(ends[0], "r");
    assert_non_null(lines);
    setup->store = NULL;
    setup->book = NULL;
    while (fgets(key, sizeof(key), lines) != NULL) {
        /* Every 10th booking somebody dies, wherever it is just then. */
        if (known % 10 == 9 && known / 10 < RACERS / 2) {
            kill(children[known / 10], SIGKILL);
        }
        known++;
    }
    fclose(lines);
    for (size_t i = 0; i < RACERS; i++) {
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true((WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
                    (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
    }
    book_setup_restart(setup);
    print_message("%zu known bookings\n", known);
    assert_true(known > 20);
    /* Killed between commit and telling: booked, and found by its key. */
    assert_in_range(
        book_setup_number(setup, "SELECT count(*) FROM booking WHERE state = 1"), known,
        known + RACERS / 2);
    book_setup_check(setup);
    book_setup_clock = NOW + BOOK_HOLD_S;
    while (more) {
        assert_true(book_tidy(setup->book, &more, &error));
    }
    assert_int_equal(
        book_setup_number(setup, "SELECT count(*) FROM cell WHERE expires IS NOT NULL"),
        0);
    assert_int_equal(
        book_setup_number(setup, "SELECT count(*) FROM booking WHERE state = 0"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_of_many_threads_as_many_win_as_there_are_desks),
        TEST(test_killed_processes_leave_nothing_double_lost_or_orphaned),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
