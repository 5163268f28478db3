#include <fcntl.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define LOG_MODULE "outbox"
#include "base/log.h"

#define LOGGED_BYTES 65536
#define THREADS 4
#define LINES_A_THREAD 100

static int real_stderr, log_file;

/* Standard error goes into a file that has no name. */
static int
catch_log(void **state)
{
    char path[] = "/tmp/test_log-XXXXXX";

    (void)state;
    log_file = mkstemp(path);
    assert_true(log_file >= 0);
    unlink(path);
    real_stderr = dup(STDERR_FILENO);
    assert_true(dup2(log_file, STDERR_FILENO) >= 0);
    return 0;
}

static int
release_log(void **state)
{
    (void)state;
    dup2(real_stderr, STDERR_FILENO);
    close(real_stderr);
    close(log_file);
    log_set_level(LOG_INFO);
    return 0;
}

/* What was logged so far. */
static const char *
logged(void)
{
    static char text[LOGGED_BYTES];
    ssize_t length = pread(log_file, text, sizeof(text) - 1, 0);

    assert_true(length >= 0);
    text[length] = '\0';
    return text;
}

static void
test_a_line_has_its_priority_level_and_module(void **state)
{
    (void)state;
    log_set_level(LOG_DEBUG);
    log_error("disk %d is full", 3);
    log_warning("w");
    log_info("i");
    log_debug("d");
    assert_string_equal(logged(), "<3>error outbox: disk 3 is full\n"
                                  "<4>warning outbox: w\n"
                                  "<6>info outbox: i\n"
                                  "<7>debug outbox: d\n");
}

static void
test_lines_above_the_level_are_dropped(void **state)
{
    (void)state;
    log_debug("not unless somebody asks");
    log_set_level(LOG_ERROR);
    log_warning("dropped");
    log_info("dropped");
    log_error("kept");
    assert_string_equal(logged(), "<3>error outbox: kept\n");
}

static void
test_whatever_a_peer_sent_stays_one_line_and_orders_no_terminal(void **state)
{
    (void)state;
    log_error("back office: %s", "no\r\n<3>error forged: line\x1b[2J\x7f\tend");
    assert_string_equal(
        logged(), "<3>error outbox: back office: no  <3>error forged: line [2J  end\n");
}

static void
test_a_line_that_is_too_long_is_cut_and_still_ends(void **state)
{
    char text[5000];
    size_t length;

    (void)state;
    memset(text, 'x', sizeof(text) - 1);
    text[sizeof(text) - 1] = '\0';
    log_error("%s", text);
    log_error("next");
    length = strcspn(logged(), "\n");
    assert_in_range(length, 500, 700);
    assert_string_equal(logged() + length, "\n<3>error outbox: next\n");
}

static void *
log_much(void *data)
{
    for (int i = 0; i < LINES_A_THREAD; i++) {
        log_info("from a thread: %s", (const char *)data);
    }
    return NULL;
}

static void
test_threads_do_not_mix_their_lines(void **state)
{
    static const char line[] = "<6>info outbox: from a thread: the same words\n";
    static char words[] = "the same words";
    pthread_t threads[THREADS];
    const char *at;

    (void)state;
    for (int i = 0; i < THREADS; i++) {
        assert_int_equal(pthread_create(&threads[i], NULL, log_much, words), 0);
    }
    for (int i = 0; i < THREADS; i++) {
        pthread_join(threads[i], NULL);
    }
    at = logged();
    for (int i = 0; i < THREADS * LINES_A_THREAD; i++) {
        assert_int_equal(strncmp(at, line, sizeof(line) - 1), 0);
        at += sizeof(line) - 1;
    }
    assert_string_equal(at, "");
}

#define EACH(test) cmocka_unit_test_setup_teardown(test, catch_log, release_log)

int
main(void)
{
    const struct CMUnitTest tests[] = {
        EACH(test_a_line_has_its_priority_level_and_module),
        EACH(test_lines_above_the_level_are_dropped),
        EACH(test_whatever_a_peer_sent_stays_one_line_and_orders_no_terminal),
        EACH(test_a_line_that_is_too_long_is_cut_and_still_ends),
        EACH(test_threads_do_not_mix_their_lines),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
