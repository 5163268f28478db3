#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <net/if.h>
#include <sched.h>
#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/time.h"
#include "device/network.h"

/* Each test is in a network of its own, in which there is nothing but "lo", down. */
static int
own_network(void **state)
{
    (void)state;
    if (unshare(CLONE_NEWNET) != 0 && unshare(CLONE_NEWUSER | CLONE_NEWNET) != 0) {
        printf("not run: test_network: this machine gives no network namespace\n");
        fflush(stdout);
        _exit(0);
    }
    return 0;
}

static void
set_up(bool up)
{
    struct ifreq request = {.ifr_flags = (short)(up ? IFF_UP : 0)};
    int fd = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0);

    assert_true(fd >= 0);
    strcpy(request.ifr_name, "lo");
    assert_int_equal(ioctl(fd, SIOCSIFFLAGS, &request), 0);
    close(fd);
}

static void
count(void *data)
{
    int *times = data;

    (*times)++;
}

static void
turn_until(struct loop *loop, const int *times, int wanted)
{
    int64_t end_ms = time_steady_ms() + 30000;

    while (*times < wanted) {
        assert_true(time_steady_ms() < end_ms);
        loop_turn(loop, 1000);
    }
}

static void
test_a_way_that_comes_or_goes_is_told(void **state)
{
    struct loop *loop = loop_create();
    struct error error = {0};
    int times = 0, after_first;
    struct network_watch *watch = network_watch_create(loop, count, &times, &error);

    (void)state;
    assert_non_null(watch);
    loop_turn(loop, 0);
    assert_int_equal(times, 0);
    set_up(true);
    turn_until(loop, &times, 1);
    while (after_first = times, loop_turn(loop, 0), times > after_first) {
    }
    set_up(false);
    turn_until(loop, &times, after_first + 1);
    network_watch_destroy(watch);
    loop_destroy(loop);
}

static void
test_more_than_fits_in_the_queue_is_told_too(void **state)
{
    struct loop *loop = loop_create();
    struct error error = {0};
    int times = 0;
    struct network_watch *watch = network_watch_create(loop, count, &times, &error);

    (void)state;
    assert_non_null(watch);
    for (int i = 0; i < 2000; i++) { /* more than a socket keeps */
        set_up(i % 2 == 0);
    }
    turn_until(loop, &times, 1);
    times = 0;
    set_up(true);
    turn_until(loop, &times, 1);
    network_watch_destroy(watch);
    loop_destroy(loop);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_a_way_that_comes_or_goes_is_told),
        cmocka_unit_test(test_more_than_fits_in_the_queue_is_told_too),
    };

    return cmocka_run_group_tests(tests, own_network, NULL);
}
