#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/notify.h"
#include "base/time.h"
#include "health/heartbeat.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* What systemd has: a socket that is told who sends. */
struct supervisor {
    char folder[64], name[108];
    int socket;
};

static void
set_number(const char *name, long number)
{
    char text[32];

    snprintf(text, sizeof(text), "%ld", number);
    assert_int_equal(setenv(name, text, 1), 0);
}

static void
supervisor_open(struct supervisor *supervisor, bool abstract)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    const int yes = 1;

    strcpy(supervisor->folder, "/tmp/loketzuil-notify-XXXXXX");
    assert_non_null(mkdtemp(supervisor->folder));
    snprintf(supervisor->name, sizeof(supervisor->name), "%s%s/socket",
             abstract ? "@" : "", supervisor->folder);
    memcpy(address.sun_path, supervisor->name, strlen(supervisor->name));
    if (abstract) {
        address.sun_path[0] = '\0';
    }
    supervisor->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    assert_true(supervisor->socket >= 0);
    assert_int_equal(bind(supervisor->socket, (const struct sockaddr *)&address,
                          (socklen_t)(offsetof(struct sockaddr_un, sun_path) +
                                      strlen(supervisor->name))),
                     0);
    assert_int_equal(
        setsockopt(supervisor->socket, SOL_SOCKET, SO_PASSCRED, &yes, sizeof(yes)), 0);
    assert_int_equal(setenv("NOTIFY_SOCKET", supervisor->name, 1), 0);
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
}

static void
supervisor_close(struct supervisor *supervisor)
{
    close(supervisor->socket);
    if (supervisor->name[0] == '/') {
        unlink(supervisor->name);
    }
    rmdir(supervisor->folder);
}

/* The next message, or "" when there is none; it must come from this process. */
static const char *
supervisor_heard(struct supervisor *supervisor)
{
    static char text[200];
    union {
        struct cmsghdr align;
        char bytes[CMSG_SPACE(sizeof(struct ucred))];
    } control;
    struct iovec data = {.iov_base = text, .iov_len = sizeof(text) - 1};
    struct msghdr message = {.msg_iov = &data,
                             .msg_iovlen = 1,
                             .msg_control = control.bytes,
                             .msg_controllen = sizeof(control.bytes)};
    ssize_t length = recvmsg(supervisor->socket, &message, 0);
    struct ucred who;

    if (length < 0) {
        return "";
    }
    text[length] = '\0';
    assert_non_null(CMSG_FIRSTHDR(&message));
    memcpy(&who, CMSG_DATA(CMSG_FIRSTHDR(&message)), sizeof(who));
    assert_int_equal(who.pid, getpid());
    return text;
}

/* --- the protocol ------------------------------------------------------------ */

static void
test_a_program_without_supervisor_says_nothing_and_fails_nothing(void **state)
{
    struct notify notify;
    struct error error = {0};

    (void)state;
    unsetenv("NOTIFY_SOCKET");
    setenv("WATCHDOG_USEC", "1000000", 1); /* of somebody else, whom nobody hears */
    assert_true(notify_open(&notify, &error));
    assert_int_equal(notify.socket, -1);
    assert_int_equal(notify.watchdog_ms, 0);
    assert_true(notify_send(&notify, "READY=1", &error));
    notify_close(&notify);
}

static void
check_socket(bool abstract)
{
    struct supervisor supervisor;
    struct notify notify;
    struct error error = {0};

    supervisor_open(&supervisor, abstract);
    assert_true(notify_open(&notify, &error));
    assert_true(notify_send(&notify, "READY=1", &error));
    assert_true(notify_send(&notify, "STATUS=a\nWATCHDOG=1", &error));
    assert_string_equal(supervisor_heard(&supervisor), "READY=1");
    assert_string_equal(supervisor_heard(&supervisor), "STATUS=a\nWATCHDOG=1");
    assert_string_equal(supervisor_heard(&supervisor), "");
    notify_close(&notify);
    supervisor_close(&supervisor);
}

static void
test_it_is_heard_at_a_path(void **state)
{
    (void)state;
    check_socket(false);
}

static void
test_it_is_heard_at_an_abstract_name(void **state)
{
    (void)state;
    check_socket(true);
}

static void
test_the_environment_is_not_handed_on(void **state)
{
    struct supervisor supervisor;
    struct notify notify;
    struct error error = {0};

    (void)state;
    supervisor_open(&supervisor, true);
    set_number("WATCHDOG_USEC", 60000000);
    set_number("WATCHDOG_PID", (long)getpid());
    assert_true(notify_open(&notify, &error));
    assert_int_equal(notify.watchdog_ms, 60000);
    assert_null(getenv("NOTIFY_SOCKET"));
    assert_null(getenv("WATCHDOG_USEC"));
    assert_null(getenv("WATCHDOG_PID"));
    notify_close(&notify);
    supervisor_close(&supervisor);
}

static void
test_a_watchdog_of_another_process_is_not_ours(void **state)
{
    struct supervisor supervisor;
    struct notify notify;
    struct error error = {0};

    (void)state;
    supervisor_open(&supervisor, true);
    set_number("WATCHDOG_USEC", 60000000);
    set_number("WATCHDOG_PID", (long)getpid() + 1);
    assert_true(notify_open(&notify, &error));
    assert_int_equal(notify.watchdog_ms, 0);
    assert_true(notify.socket >= 0); /* READY is asked of us all the same */
    notify_close(&notify);
    supervisor_close(&supervisor);
}

static void
test_what_can_not_be_meant_is_said(void **state)
{
    char too_long[140];
    const struct {
        const char *name, *value, *says;
    } cases[] = {
        {"NOTIFY_SOCKET", "", "NOTIFY_SOCKET=: it should be a path or @name"},
        {"NOTIFY_SOCKET", "@", "NOTIFY_SOCKET=@: it should"},
        {"NOTIFY_SOCKET", "vsock:2:1", "NOTIFY_SOCKET=vsock:2:1: it should"},
        {"NOTIFY_SOCKET", too_long, "of at most 107 bytes"},
        {"WATCHDOG_USEC", "soon", "WATCHDOG_USEC=soon: it should be a number"},
        {"WATCHDOG_USEC", "-60000000", "WATCHDOG_USEC=-60000000: it should"},
        {"WATCHDOG_USEC", "0", "at least 1000"},
        {"WATCHDOG_USEC", "99999999999999999999999", "it should be a number"},
        {"WATCHDOG_PID", "me", "WATCHDOG_PID=me: it should be a number"},
    };
    struct supervisor supervisor;

    (void)state;
    memset(too_long, 'x', sizeof(too_long) - 1);
    too_long[0] = '/';
    too_long[sizeof(too_long) - 1] = '\0';
    for (size_t i = 0; i < COUNT(cases); i++) {
        struct notify notify;
        struct error error = {0};

        supervisor_open(&supervisor, true);
        set_number("WATCHDOG_USEC", 60000000);
        setenv(cases[i].name, cases[i].value, 1);
        assert_false(notify_open(&notify, &error));
        assert_int_equal(error.kind, ERROR_BAD_INPUT);
        assert_non_null(strstr(error.message, cases[i].says));
        assert_int_equal(notify.socket, -1);
        assert_int_equal(notify.watchdog_ms, 0);
        assert_true(notify_send(&notify, "READY=1", &error));
        assert_string_equal(supervisor_heard(&supervisor), "");
        supervisor_close(&supervisor);
    }
}

static void
test_nobody_at_the_socket_is_said(void **state)
{
    struct supervisor supervisor;
    struct notify notify;
    struct error error = {0};

    (void)state;
    supervisor_open(&supervisor, false);
    supervisor_close(&supervisor);
    assert_false(notify_open(&notify, &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);

    supervisor_open(&supervisor, false);
    assert_true(notify_open(&notify, &error));
    supervisor_close(&supervisor);
    assert_false(notify_send(&notify, "READY=1", &error));
    assert_int_equal(error.kind, ERROR_OFFLINE);
    notify_close(&notify);
}

static void
test_a_supervisor_that_does_not_listen_holds_nobody_up(void **state)
{
    struct supervisor supervisor;
    struct notify notify;
    struct error error = {0};
    int sent = 0;

    (void)state;
    supervisor_open(&supervisor, true);
    assert_true(notify_open(&notify, &error));
    while (sent < 100000 && notify_send(&notify, "WATCHDOG=1", &error)) {
        sent++;
    }
    assert_int_equal(error.kind, ERROR_OFFLINE); /* its queue is full */
    notify_close(&notify);
    supervisor_close(&supervisor);
}

/* --- the heartbeat ----------------------------------------------------------- */

#define WATCHDOG_MS 40

/* A kiosk whose pulse is taken. */
struct patient {
    struct supervisor supervisor;
    struct notify notify;
    struct loop *loop;
    const char *wrong;
    int taken, stop_after;
};

static const char *
pulse(void *data)
{
    struct patient *patient = data;

    if (++patient->taken == patient->stop_after) {
        loop_stop(patient->loop);
    }
    return patient->wrong;
}

static struct heartbeat *
patient_begin(struct patient *patient, long watchdog_ms)
{
    struct error error = {0};

    supervisor_open(&patient->supervisor, true);
    if (watchdog_ms > 0) {
        set_number("WATCHDOG_USEC", 1000 * watchdog_ms);
    }
    assert_true(notify_open(&patient->notify, &error));
    patient->loop = loop_create();
    return heartbeat_create(
        &(struct heartbeat_parts){patient->loop, &patient->notify, pulse, patient});
}

static void
patient_end(struct patient *patient, struct heartbeat *heartbeat)
{
    heartbeat_destroy(heartbeat);
    loop_destroy(patient->loop);
    notify_close(&patient->notify);
    supervisor_close(&patient->supervisor);
}

static void
test_ready_once_then_twice_in_the_time_that_is_waited(void **state)
{
    struct patient patient = {.stop_after = 4};
    struct heartbeat *heartbeat = patient_begin(&patient, WATCHDOG_MS);
    int64_t began_ms = time_steady_ms();

    (void)state;
    assert_string_equal(supervisor_heard(&patient.supervisor), "READY=1\nWATCHDOG=1");
    loop_run(patient.loop);
    assert_true(time_steady_ms() - began_ms >= 3 * WATCHDOG_MS / 2);
    for (int i = 0; i < 3; i++) {
        assert_string_equal(supervisor_heard(&patient.supervisor), "WATCHDOG=1");
    }
    assert_string_equal(supervisor_heard(&patient.supervisor), "");
    patient_end(&patient, heartbeat);
}

static void
test_a_bad_pulse_says_nothing_until_it_is_good(void **state)
{
    struct patient patient = {.wrong = "no picture", .stop_after = 3};
    struct heartbeat *heartbeat = patient_begin(&patient, WATCHDOG_MS);

    (void)state;
    loop_run(patient.loop);
    assert_string_equal(supervisor_heard(&patient.supervisor), "");
    patient.wrong = NULL;
    patient.stop_after = 4;
    loop_run(patient.loop);
    assert_string_equal(supervisor_heard(&patient.supervisor), "READY=1\nWATCHDOG=1");
    patient.wrong = "no picture any more";
    patient.stop_after = 6;
    loop_run(patient.loop);
    assert_string_equal(supervisor_heard(&patient.supervisor), "");
    patient_end(&patient, heartbeat);
}

static void
test_a_loop_that_does_not_turn_feeds_nothing(void **state)
{
    struct patient patient = {0};
    struct heartbeat *heartbeat = patient_begin(&patient, WATCHDOG_MS);
    int64_t began_ms = time_steady_ms();

    (void)state;
    assert_string_equal(supervisor_heard(&patient.supervisor), "READY=1\nWATCHDOG=1");
    while (time_steady_ms() - began_ms < 2 * WATCHDOG_MS) {
        /* a callback that doesn't come back */
    }
    assert_string_equal(supervisor_heard(&patient.supervisor), "");
    loop_turn(patient.loop, -1);
    assert_string_equal(supervisor_heard(&patient.supervisor), "WATCHDOG=1");
    patient_end(&patient, heartbeat);
}

/* One turn of a loop: does anything wake it within the time? */
static bool
wakes_up(struct patient *patient)
{
    int taken = patient->taken;

    loop_turn(patient->loop, 3 * WATCHDOG_MS);
    return patient->taken != taken;
}

static void
test_without_a_watchdog_it_is_ready_and_sleeps(void **state)
{
    struct patient patient = {0};
    struct heartbeat *heartbeat = patient_begin(&patient, 0);

    (void)state;
    assert_string_equal(supervisor_heard(&patient.supervisor), "READY=1\nWATCHDOG=1");
    assert_false(wakes_up(&patient));
    patient_end(&patient, heartbeat);
}

static void
test_without_a_supervisor_nothing_is_done(void **state)
{
    struct patient patient = {.notify.socket = -1, .loop = loop_create()};
    struct heartbeat *heartbeat = heartbeat_create(
        &(struct heartbeat_parts){patient.loop, &patient.notify, pulse, &patient});

    (void)state;
    assert_false(wakes_up(&patient));
    assert_int_equal(patient.taken, 0);
    heartbeat_destroy(heartbeat);
    loop_destroy(patient.loop);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(
            test_a_program_without_supervisor_says_nothing_and_fails_nothing),
        cmocka_unit_test(test_it_is_heard_at_a_path),
        cmocka_unit_test(test_it_is_heard_at_an_abstract_name),
        cmocka_unit_test(test_the_environment_is_not_handed_on),
        cmocka_unit_test(test_a_watchdog_of_another_process_is_not_ours),
        cmocka_unit_test(test_what_can_not_be_meant_is_said),
        cmocka_unit_test(test_nobody_at_the_socket_is_said),
        cmocka_unit_test(test_a_supervisor_that_does_not_listen_holds_nobody_up),
        cmocka_unit_test(test_ready_once_then_twice_in_the_time_that_is_waited),
        cmocka_unit_test(test_a_bad_pulse_says_nothing_until_it_is_good),
        cmocka_unit_test(test_a_loop_that_does_not_turn_feeds_nothing),
        cmocka_unit_test(test_without_a_watchdog_it_is_ready_and_sleeps),
        cmocka_unit_test(test_without_a_supervisor_nothing_is_done),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
