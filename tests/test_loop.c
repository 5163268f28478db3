#include "base/loop.h"

#include <poll.h>
#include <pthread.h>
#include <semaphore.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/worker.h"

/* What happened, in order: every callback adds its letter. */
static char story[64];
static struct loop *loop;

static void
note(char letter)
{
    size_t length = strlen(story);

    assert_true(length + 1 < sizeof(story));
    story[length] = letter;
    story[length + 1] = '\0';
}

static void
on_letter(void *data)
{
    note(*(const char *)data);
}

/* Callback data that stands for one letter. */
static void *
letter(char which)
{
    static char letters[128];

    letters[(size_t)which] = which;
    return &letters[(size_t)which];
}

static void
on_stop(void *data)
{
    (void)data;
    loop_stop(loop);
}

static int
begin(void **state)
{
    (void)state;
    story[0] = '\0';
    loop = loop_create();
    return 0;
}

static int
end(void **state)
{
    (void)state;
    loop_destroy(loop);
    return 0;
}

static void
test_timers_run_in_order_of_time_then_of_adding(void **state)
{
    int removed;

    (void)state;
    loop_add_timer(loop, 20, on_stop, NULL);
    loop_add_timer(loop, 10, on_letter, letter('c'));
    loop_add_timer(loop, 0, on_letter, letter('a'));
    loop_add_timer(loop, 0, on_letter, letter('b'));
    removed = loop_add_timer(loop, 5, on_letter, letter('x'));
    assert_true(removed > 0);
    loop_remove_timer(loop, removed);
    loop_remove_timer(loop, removed);
    loop_remove_timer(loop, 0);
    loop_run(loop);
    assert_string_equal(story, "abc");
}

static void
on_again(void *data)
{
    note('t');
    loop_add_timer(loop, 0, on_again, data);
}

static void
test_a_timer_that_adds_itself_starves_nothing(void **state)
{
    (void)state;
    loop_add_timer(loop, 0, on_again, NULL);
    loop_turn(loop, -1);
    assert_string_equal(story, "t"); /* the new one waits for the next turn */
    loop_post(loop, on_letter, letter('p'));
    loop_turn(loop, -1);
    assert_string_equal(story, "tpt");
}

static int other_timer;

static void
on_remove_other(void *data)
{
    (void)data;
    note('r');
    loop_remove_timer(loop, other_timer);
}

static void
test_a_timer_may_remove_another_that_is_due(void **state)
{
    (void)state;
    loop_add_timer(loop, 0, on_remove_other, NULL);
    other_timer = loop_add_timer(loop, 0, on_letter, letter('x'));
    loop_turn(loop, -1);
    loop_turn(loop, 0);
    assert_string_equal(story, "r");
}

static int pipe_a[2], pipe_b[2];

static void
on_pipe(void *data, int fd, short events)
{
    char byte;

    (void)data;
    assert_true(events & POLLIN);
    assert_int_equal(read(fd, &byte, 1), 1);
    note(byte);
    /* The first that is served takes the other away: it must not be called. */
    loop_remove_fd(loop, fd == pipe_a[0] ? pipe_b[0] : pipe_a[0]);
}

static void
test_a_descriptor_removed_in_a_callback_is_not_called(void **state)
{
    (void)state;
    assert_int_equal(pipe(pipe_a), 0);
    assert_int_equal(pipe(pipe_b), 0);
    loop_add_fd(loop, pipe_a[0], POLLIN, on_pipe, NULL);
    loop_add_fd(loop, pipe_b[0], POLLIN, on_pipe, NULL);
    assert_int_equal(write(pipe_a[1], "a", 1), 1);
    assert_int_equal(write(pipe_b[1], "b", 1), 1);
    loop_turn(loop, -1);
    loop_turn(loop, 0);
    assert_string_equal(story, "a");
    loop_add_fd(loop, pipe_b[0], POLLIN, on_pipe, NULL); /* and may come back */
    loop_turn(loop, -1);
    assert_string_equal(story, "ab");
    for (int i = 0; i < 2; i++) {
        close(pipe_a[i]);
        close(pipe_b[i]);
    }
}

static void
test_signals_arrive_in_the_loop(void **state)
{
    (void)state;
    loop_add_signal(loop, SIGUSR1, on_letter, letter('u'));
    loop_add_signal(loop, SIGUSR2, on_letter, letter('v'));
    kill(getpid(), SIGUSR1);
    loop_turn(loop, -1);
    kill(getpid(), SIGUSR2);
    loop_turn(loop, -1);
    assert_string_equal(story, "uv");
}

static _Atomic int posts_seen;

static void
on_count(void *data)
{
    (void)data;
    if (++posts_seen == 4 * 200) {
        loop_stop(loop);
    }
}

static void *
post_many(void *data)
{
    (void)data;
    for (int i = 0; i < 200; i++) {
        loop_post(loop, on_count, NULL);
    }
    return NULL;
}

static void
test_every_post_of_every_thread_arrives(void **state)
{
    pthread_t threads[4];

    (void)state;
    posts_seen = 0;
    for (size_t i = 0; i < 4; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, post_many, NULL), 0);
    }
    loop_run(loop);
    for (size_t i = 0; i < 4; i++) {
        pthread_join(threads[i], NULL);
    }
    assert_int_equal(posts_seen, 800);
}

static void
on_post_again(void *data)
{
    note('1');
    loop_post(loop, on_letter, data);
}

static void
test_posts_keep_their_order(void **state)
{
    (void)state;
    loop_post(loop, on_post_again, letter('3'));
    loop_post(loop, on_letter, letter('2'));
    loop_turn(loop, -1);
    loop_turn(loop, -1);
    assert_string_equal(story, "123");
}

struct work {
    char letter;
    bool worked;
    sem_t *begun, *go;
};

static void
on_work(void *data)
{
    struct work *work = data;

    if (work->begun != NULL) {
        sem_post(work->begun);
        sem_wait(work->go);
    }
    work->worked = true;
}

static void
on_finish(void *data)
{
    const struct work *work = data;

    note(work->letter);
    note(work->worked ? '+' : '-');
}

static void
test_work_is_finished_in_order_in_the_loop(void **state)
{
    struct work works[] = {{.letter = 'a'}, {.letter = 'b'}, {.letter = 'c'}};
    struct worker *worker = worker_create(loop, "test", 3);

    (void)state;
    assert_true(worker_is_idle(worker));
    for (size_t i = 0; i < 3; i++) {
        assert_true(worker_submit(worker, on_work, on_finish, &works[i]));
    }
    assert_false(worker_is_idle(worker));
    while (!worker_is_idle(worker)) {
        loop_turn(loop, -1);
    }
    assert_string_equal(story, "a+b+c+");
    assert_true(worker_submit(worker, on_work, NULL, &works[0]));
    while (!worker_is_idle(worker)) {
        loop_turn(loop, -1);
    }
    worker_destroy(worker);
    worker_destroy(NULL);
}

static void
test_a_full_queue_takes_nothing_and_unbegun_jobs_are_finished_unworked(void **state)
{
    sem_t begun, go;
    struct work first = {.letter = 'a', .begun = &begun, .go = &go};
    struct work second = {.letter = 'b'};
    struct worker *worker = worker_create(loop, "test", 2);

    (void)state;
    sem_init(&begun, 0, 0);
    sem_init(&go, 0, 0);
    assert_true(worker_submit(worker, on_work, on_finish, &first));
    assert_true(worker_submit(worker, on_work, on_finish, &second));
    assert_false(worker_submit(worker, on_work, on_finish, &second));
    sem_wait(&begun);
    sem_post(&go);
    worker_destroy(worker);
    /* The one at hand was waited for; the other may or may not have begun. */
    assert_true(strcmp(story, "a+b-") == 0 || strcmp(story, "a+b+") == 0);
    sem_destroy(&begun);
    sem_destroy(&go);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_timers_run_in_order_of_time_then_of_adding,
                                        begin, end),
        cmocka_unit_test_setup_teardown(test_a_timer_that_adds_itself_starves_nothing,
                                        begin, end),
        cmocka_unit_test_setup_teardown(test_a_timer_may_remove_another_that_is_due,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            test_a_descriptor_removed_in_a_callback_is_not_called, begin, end),
        cmocka_unit_test_setup_teardown(test_signals_arrive_in_the_loop, begin, end),
        cmocka_unit_test_setup_teardown(test_every_post_of_every_thread_arrives, begin,
                                        end),
        cmocka_unit_test_setup_teardown(test_posts_keep_their_order, begin, end),
        cmocka_unit_test_setup_teardown(test_work_is_finished_in_order_in_the_loop,
                                        begin, end),
        cmocka_unit_test_setup_teardown(
            test_a_full_queue_takes_nothing_and_unbegun_jobs_are_finished_unworked,
            begin, end),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
