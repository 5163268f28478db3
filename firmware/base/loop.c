#include "base/loop.h"

#include <assert.h>
#include <errno.h>
#include <limits.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/eventfd.h>
#include <sys/signalfd.h>
#include <unistd.h>

#include "base/memory.h"
#include "base/time.h"

#define POSTS_MAX 1024
#define SIGNALS_MAX 16

struct watch {
    int fd;
    short events;
    bool removed; /* in a callback; goes when the turn is over */
    loop_fd_callback callback;
    void *data;
};

struct timer {
    int id;
    int64_t due_ms;
    int64_t serial; /* in the order added: what is added in a turn waits for the next */
    loop_callback callback;
    void *data;
};

struct call {
    int number; /* of a signal */
    loop_callback callback;
    void *data;
};

struct loop {
    struct watch *watches;
    struct pollfd *polls; /* of the turn at hand */
    size_t watch_count, watch_size;
    struct timer *timers; /* the first is due first */
    size_t timer_count, timer_size;
    int last_id;
    int64_t next_serial;
    sigset_t signals;
    int signal_fd; /* -1 when none is watched */
    struct call signal_calls[SIGNALS_MAX];
    size_t signal_count;
    int wake_fd;
    atomic_bool stopping;
    pthread_mutex_t lock; /* of the posts */
    struct call posts[POSTS_MAX];
    size_t post_first, post_count;
};

static void on_wake(void *data, int fd, short events);

struct loop *
loop_create(void)
{
    struct loop *loop = memory_allocate(1, sizeof(*loop));

    loop->signal_fd = -1;
    sigemptyset(&loop->signals);
    pthread_mutex_init(&loop->lock, NULL);
    loop->wake_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    assert(loop->wake_fd >= 0);
    loop_add_fd(loop, loop->wake_fd, POLLIN, on_wake, loop);
    return loop;
}

void
loop_destroy(struct loop *loop)
{
    if (loop == NULL) {
        return;
    }
    if (loop->signal_fd >= 0) {
        close(loop->signal_fd);
    }
    close(loop->wake_fd);
    pthread_mutex_destroy(&loop->lock);
    free(loop->watches);
    free(loop->polls);
    free(loop->timers);
    free(loop);
}

static struct watch *
watch_of(struct loop *loop, int fd)
{
    for (size_t i = 0; i < loop->watch_count; i++) {
        if (loop->watches[i].fd == fd && !loop->watches[i].removed) {
            return &loop->watches[i];
        }
    }
    return NULL;
}

void
loop_add_fd(struct loop *loop, int fd, short events, loop_fd_callback callback,
            void *data)
{
    assert(fd >= 0 && watch_of(loop, fd) == NULL);
    if (loop->watch_count == loop->watch_size) {
        loop->watch_size = 2 * loop->watch_size + 8;
        loop->watches =
            memory_resize(loop->watches, loop->watch_size, sizeof(loop->watches[0]));
        loop->polls =
            memory_resize(loop->polls, loop->watch_size, sizeof(loop->polls[0]));
    }
    loop->watches[loop->watch_count++] =
        (struct watch){.fd = fd, .events = events, .callback = callback, .data = data};
}

void
loop_remove_fd(struct loop *loop, int fd)
{
    struct watch *watch = watch_of(loop, fd);

    assert(watch != NULL);
    watch->removed = true;
}

static void
forget_removed(struct loop *loop)
{
    size_t kept = 0;

    for (size_t i = 0; i < loop->watch_count; i++) {
        if (!loop->watches[i].removed) {
            loop->watches[kept++] = loop->watches[i];
        }
    }
    loop->watch_count = kept;
}

static bool
timer_exists(const struct loop *loop, int id)
{
    for (size_t i = 0; i < loop->timer_count; i++) {
        if (loop->timers[i].id == id) {
            return true;
        }
    }
    return false;
}

int
loop_add_timer(struct loop *loop, int64_t delay_ms, loop_callback callback, void *data)
{
    struct timer timer = {.due_ms = time_steady_ms() + delay_ms,
                          .serial = loop->next_serial++,
                          .callback = callback,
                          .data = data};
    size_t place = loop->timer_count;

    assert(delay_ms >= 0);
    do { /* after years of timers the ids begin again */
        loop->last_id = loop->last_id == INT_MAX ? 1 : loop->last_id + 1;
    } while (timer_exists(loop, loop->last_id));
    timer.id = loop->last_id;
    if (loop->timer_count == loop->timer_size) {
        loop->timer_size = 2 * loop->timer_size + 8;
        loop->timers =
            memory_resize(loop->timers, loop->timer_size, sizeof(loop->timers[0]));
    }
    while (place > 0 && loop->timers[place - 1].due_ms > timer.due_ms) {
        loop->timers[place] = loop->timers[place - 1];
        place--;
    }
    loop->timers[place] = timer;
    loop->timer_count++;
    return timer.id;
}

static void
remove_timer_at(struct loop *loop, size_t place)
{
    loop->timer_count--;
    memmove(loop->timers + place, loop->timers + place + 1,
            (loop->timer_count - place) * sizeof(loop->timers[0]));
}

void
loop_remove_timer(struct loop *loop, int id)
{
    for (size_t i = 0; i < loop->timer_count; i++) {
        if (loop->timers[i].id == id) {
            remove_timer_at(loop, i);
            return;
        }
    }
}

static void
on_signal(void *data, int fd, short events)
{
    struct loop *loop = data;
    struct signalfd_siginfo arrived;

    (void)events;
    while (read(fd, &arrived, sizeof(arrived)) == (ssize_t)sizeof(arrived)) {
        for (size_t i = 0; i < loop->signal_count; i++) {
            if (loop->signal_calls[i].number == (int)arrived.ssi_signo) {
                loop->signal_calls[i].callback(loop->signal_calls[i].data);
            }
        }
    }
}

void
loop_add_signal(struct loop *loop, int number, loop_callback callback, void *data)
{
    bool is_first = loop->signal_fd < 0;
    int failed;

    assert(loop->signal_count < SIGNALS_MAX);
    loop->signal_calls[loop->signal_count++] =
        (struct call){.number = number, .callback = callback, .data = data};
    sigaddset(&loop->signals, number);
    failed = pthread_sigmask(SIG_BLOCK, &loop->signals, NULL);
    assert(failed == 0);
    (void)failed;
    loop->signal_fd =
        signalfd(loop->signal_fd, &loop->signals, SFD_CLOEXEC | SFD_NONBLOCK);
    assert(loop->signal_fd >= 0);
    if (is_first) {
        loop_add_fd(loop, loop->signal_fd, POLLIN, on_signal, loop);
    }
}

static void
wake(struct loop *loop)
{
    uint64_t one = 1;
    ssize_t written = write(loop->wake_fd, &one, sizeof(one));

    assert(written == (ssize_t)sizeof(one)); /* it counts to 2⁶⁴ before it is full */
    (void)written;
}

void
loop_post(struct loop *loop, loop_callback callback, void *data)
{
    pthread_mutex_lock(&loop->lock);
    assert(loop->post_count < POSTS_MAX);
    loop->posts[(loop->post_first + loop->post_count++) % POSTS_MAX] =
        (struct call){.callback = callback, .data = data};
    pthread_mutex_unlock(&loop->lock);
    wake(loop);
}

/* Takes the oldest post and tells how many waited; its callback runs unlocked. */
static size_t
take_post(struct loop *loop, struct call *call)
{
    size_t waiting;

    pthread_mutex_lock(&loop->lock);
    waiting = loop->post_count;
    if (waiting > 0) {
        *call = loop->posts[loop->post_first];
        loop->post_first = (loop->post_first + 1) % POSTS_MAX;
        loop->post_count--;
    }
    pthread_mutex_unlock(&loop->lock);
    return waiting;
}

static void
on_wake(void *data, int fd, short events)
{
    struct loop *loop = data;
    struct call call;
    uint64_t count;
    ssize_t got = read(fd, &count, sizeof(count));

    (void)events;
    (void)got; /* only empties it; what was posted later wakes again */
    for (size_t left = take_post(loop, &call); left > 0; left--) {
        call.callback(call.data);
        if (left > 1) {
            take_post(loop, &call);
        }
    }
}

static int
time_to_wait(const struct loop *loop, int timeout_ms)
{
    int64_t left;

    if (loop->timer_count == 0) {
        return timeout_ms;
    }
    left = loop->timers[0].due_ms - time_steady_ms();
    if (left < 0) {
        left = 0;
    }
    if (timeout_ms >= 0 && left > timeout_ms) {
        left = timeout_ms;
    }
    return left > INT_MAX ? INT_MAX : (int)left;
}

static void
serve_fds(struct loop *loop, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct watch watch = loop->watches[i]; /* a callback may move the array */

        if (!watch.removed && loop->polls[i].revents != 0) {
            watch.callback(watch.data, watch.fd, loop->polls[i].revents);
        }
    }
}

static void
serve_timers(struct loop *loop)
{
    int64_t now = time_steady_ms();
    int64_t limit = loop->next_serial;
    size_t i = 0;

    while (i < loop->timer_count && loop->timers[i].due_ms <= now) {
        struct timer timer = loop->timers[i];

        if (timer.serial >= limit) {
            i++;
            continue;
        }
        remove_timer_at(loop, i);
        timer.callback(timer.data);
        i = 0; /* the callback may have added and removed */
    }
}

void
loop_turn(struct loop *loop, int timeout_ms)
{
    size_t count = loop->watch_count;
    int ready;

    for (size_t i = 0; i < count; i++) {
        loop->polls[i] = (struct pollfd){.fd = loop->watches[i].fd,
                                         .events = loop->watches[i].events};
    }
    ready = poll(loop->polls, count, time_to_wait(loop, timeout_ms));
    assert(ready >= 0 || errno == EINTR);
    if (ready > 0) {
        serve_fds(loop, count);
    }
    serve_timers(loop);
    forget_removed(loop);
}

void
loop_run(struct loop *loop)
{
    while (!atomic_load(&loop->stopping)) {
        loop_turn(loop, -1);
    }
    atomic_store(&loop->stopping, false);
}

void
loop_stop(struct loop *loop)
{
    atomic_store(&loop->stopping, true);
    wake(loop);
}
