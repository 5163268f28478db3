#include "backoffice/http_deadline.h"

#include <assert.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdlib.h>
#include <sys/socket.h>
#include <time.h>

#include "base/memory.h"
#include "base/time.h"

/* How exactly a limit is kept; a look at every connection costs nothing. */
#define LOOK_MS 250

struct watched {
    int socket;
    int64_t due_ms;
    struct watched *previous, *next;
};

struct deadlines {
    pthread_mutex_t lock;
    pthread_cond_t changed; /* the first connection came, or it stops */
    pthread_t thread;
    struct watched *first;
    bool stopping;
};

static void
end_overdue(struct deadlines *deadlines)
{
    int64_t now_ms = time_steady_ms();

    for (struct watched *watched = deadlines->first; watched != NULL;
         watched = watched->next)
    {
        if (watched->due_ms <= now_ms) {
            shutdown(watched->socket, SHUT_RDWR);
            watched->due_ms = DEADLINE_NONE; /* once is enough */
        }
    }
}

static void
wait_a_moment(struct deadlines *deadlines)
{
    struct timespec until;

    clock_gettime(CLOCK_MONOTONIC, &until);
    until.tv_nsec += LOOK_MS * 1000000L;
    if (until.tv_nsec >= 1000000000L) {
        until.tv_sec++;
        until.tv_nsec -= 1000000000L;
    }
    pthread_cond_timedwait(&deadlines->changed, &deadlines->lock, &until);
}

static void *
watch(void *data)
{
    struct deadlines *deadlines = data;

    pthread_mutex_lock(&deadlines->lock);
    while (!deadlines->stopping) {
        if (deadlines->first == NULL) {
            pthread_cond_wait(&deadlines->changed, &deadlines->lock);
        } else {
            wait_a_moment(deadlines);
            end_overdue(deadlines);
        }
    }
    pthread_mutex_unlock(&deadlines->lock);
    return NULL;
}

struct deadlines *
deadlines_start(void)
{
    struct deadlines *deadlines = memory_allocate(1, sizeof(*deadlines));
    pthread_condattr_t attributes;
    int failed;

    pthread_mutex_init(&deadlines->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&deadlines->changed, &attributes);
    pthread_condattr_destroy(&attributes);
    failed = pthread_create(&deadlines->thread, NULL, watch, deadlines);
    assert(failed == 0);
    (void)failed;
    return deadlines;
}

void
deadlines_stop(struct deadlines *deadlines)
{
    if (deadlines == NULL) {
        return;
    }
    pthread_mutex_lock(&deadlines->lock);
    assert(deadlines->first == NULL);
    deadlines->stopping = true;
    pthread_cond_signal(&deadlines->changed);
    pthread_mutex_unlock(&deadlines->lock);
    pthread_join(deadlines->thread, NULL);
    pthread_cond_destroy(&deadlines->changed);
    pthread_mutex_destroy(&deadlines->lock);
    free(deadlines);
}

struct watched *
deadline_add(struct deadlines *deadlines, int socket, int64_t due_ms)
{
    struct watched *watched = memory_allocate(1, sizeof(*watched));

    watched->socket = socket;
    watched->due_ms = due_ms;
    pthread_mutex_lock(&deadlines->lock);
    watched->next = deadlines->first;
    if (watched->next != NULL) {
        watched->next->previous = watched;
    }
    deadlines->first = watched;
    pthread_cond_signal(&deadlines->changed);
    pthread_mutex_unlock(&deadlines->lock);
    return watched;
}

void
deadline_set(struct deadlines *deadlines, struct watched *watched, int64_t due_ms)
{
    pthread_mutex_lock(&deadlines->lock);
    watched->due_ms = due_ms;
    pthread_mutex_unlock(&deadlines->lock);
}

void
deadline_remove(struct deadlines *deadlines, struct watched *watched)
{
    pthread_mutex_lock(&deadlines->lock);
    if (watched->previous != NULL) {
        watched->previous->next = watched->next;
    } else {
        deadlines->first = watched->next;
    }
    if (watched->next != NULL) {
        watched->next->previous = watched->previous;
    }
    pthread_mutex_unlock(&deadlines->lock);
    free(watched);
}
