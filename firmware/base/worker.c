#include "base/worker.h"

#include <assert.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <unistd.h>

#include "base/memory.h"

struct job {
    worker_step work, finish;
    void *data;
};

/*
 * Jobs stand in one ring: finished ones are gone from its start, then come the
 * worked ones, then the one at hand, then those that wait. It has its own eventfd
 * and not loop_post(), so that destroying leaves nothing behind in the loop.
 */
struct worker {
    struct loop *loop;
    int done_fd;
    pthread_t thread;
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t changed;
    struct job *jobs;
    size_t size, first;
    size_t count;  /* not finished */
    size_t worked; /* of these */
    bool stopping;
};

static struct job *
job_at(const struct worker *worker, size_t place)
{
    assert(place < worker->count);
    return &worker->jobs[(worker->first + place) % worker->size];
}

static void *
run(void *data)
{
    struct worker *worker = data;
    uint64_t one = 1;

    pthread_mutex_lock(&worker->lock);
    for (;;) {
        while (!worker->stopping && worker->worked == worker->count) {
            pthread_cond_wait(&worker->changed, &worker->lock);
        }
        if (worker->stopping) {
            break;
        }
        struct job job = *job_at(worker, worker->worked);

        pthread_mutex_unlock(&worker->lock);
        job.work(job.data);
        pthread_mutex_lock(&worker->lock);
        worker->worked++;
        ssize_t written = write(worker->done_fd, &one, sizeof(one));

        assert(written == (ssize_t)sizeof(one));
        (void)written;
    }
    pthread_mutex_unlock(&worker->lock);
    return NULL;
}

/* Finishes the oldest job if it was worked, or whatever it is when `all`. */
static bool
finish_one(struct worker *worker, bool all)
{
    struct job job;

    pthread_mutex_lock(&worker->lock);
    if (worker->count == 0 || (worker->worked == 0 && !all)) {
        pthread_mutex_unlock(&worker->lock);
        return false;
    }
    job = *job_at(worker, 0);
    worker->first = (worker->first + 1) % worker->size;
    worker->count--;
    worker->worked -= worker->worked > 0 ? 1 : 0;
    pthread_mutex_unlock(&worker->lock);
    if (job.finish != NULL) {
        job.finish(job.data);
    }
    return true;
}

static void
on_done(void *data, int fd, short events)
{
    uint64_t count;
    ssize_t got = read(fd, &count, sizeof(count));

    (void)events;
    (void)got; /* empties it; how many are done stands in the ring */
    while (finish_one(data, false)) {
    }
}

struct worker *
worker_create(struct loop *loop, const char *name, int queue_max)
{
    struct worker *worker = memory_allocate(1, sizeof(*worker));
    int failed;

    assert(queue_max > 0);
    worker->loop = loop;
    worker->size = (size_t)queue_max;
    worker->jobs = memory_allocate(worker->size, sizeof(worker->jobs[0]));
    worker->done_fd = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
    assert(worker->done_fd >= 0);
    pthread_mutex_init(&worker->lock, NULL);
    pthread_cond_init(&worker->changed, NULL);
    loop_add_fd(loop, worker->done_fd, POLLIN, on_done, worker);
    failed = pthread_create(&worker->thread, NULL, run, worker);
    assert(failed == 0);
    (void)failed;
    pthread_setname_np(worker->thread, name); /* too long a name: goes without */
    return worker;
}

void
worker_destroy(struct worker *worker)
{
    if (worker == NULL) {
        return;
    }
    pthread_mutex_lock(&worker->lock);
    worker->stopping = true;
    pthread_cond_signal(&worker->changed);
    pthread_mutex_unlock(&worker->lock);
    pthread_join(worker->thread, NULL);
    loop_remove_fd(worker->loop, worker->done_fd);
    while (finish_one(worker, true)) {
    }
    close(worker->done_fd);
    pthread_cond_destroy(&worker->changed);
    pthread_mutex_destroy(&worker->lock);
    free(worker->jobs);
    free(worker);
}

bool
worker_submit(struct worker *worker, worker_step work, worker_step finish, void *data)
{
    bool taken = false;

    pthread_mutex_lock(&worker->lock);
    if (worker->count < worker->size && !worker->stopping) {
        worker->count++;
        *job_at(worker, worker->count - 1) = (struct job){work, finish, data};
        pthread_cond_signal(&worker->changed);
        taken = true;
    }
    pthread_mutex_unlock(&worker->lock);
    return taken;
}

bool
worker_is_idle(const struct worker *worker)
{
    /* Only the loop's thread changes the count. */
    return worker->count == 0;
}
