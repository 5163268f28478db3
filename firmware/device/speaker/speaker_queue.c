#include "device/speaker/speaker_queue.h"

#include <pthread.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"

struct speaker_queue {
    pthread_mutex_t lock; /* of all below */
    pthread_cond_t changed;
    struct spoken waiting[SPEAKER_QUEUE_MAX]; /* a ring */
    size_t first, count;
    unsigned turn;
    bool speaking, rests, stops;
};

struct speaker_queue *
speaker_queue_create(void)
{
    struct speaker_queue *queue = memory_allocate(1, sizeof(*queue));

    pthread_mutex_init(&queue->lock, NULL);
    pthread_cond_init(&queue->changed, NULL);
    return queue;
}

void
speaker_queue_destroy(struct speaker_queue *queue)
{
    pthread_cond_destroy(&queue->changed);
    pthread_mutex_destroy(&queue->lock);
    memory_wipe(queue, sizeof(*queue));
    free(queue);
}

bool
speaker_queue_put(struct speaker_queue *queue, const struct utterance *utterance)
{
    struct spoken *spoken;
    bool room;

    pthread_mutex_lock(&queue->lock);
    room = queue->count < SPEAKER_QUEUE_MAX;
    if (room) {
        spoken = &queue->waiting[(queue->first + queue->count++) % SPEAKER_QUEUE_MAX];
        text_copy(spoken->text, sizeof(spoken->text), utterance->text);
        spoken->language = utterance->language;
        spoken->volume = utterance->volume;
        spoken->rate = utterance->rate;
        spoken->turn = queue->turn;
        queue->rests = false;
        pthread_cond_signal(&queue->changed);
    }
    pthread_mutex_unlock(&queue->lock);
    return room;
}

static void
empty(struct speaker_queue *queue)
{
    memory_wipe(queue->waiting, sizeof(queue->waiting));
    queue->count = 0;
    queue->turn++;
    pthread_cond_signal(&queue->changed);
}

void
speaker_queue_hush(struct speaker_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    empty(queue);
    pthread_mutex_unlock(&queue->lock);
}

void
speaker_queue_rest(struct speaker_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    empty(queue);
    queue->rests = true;
    pthread_mutex_unlock(&queue->lock);
}

void
speaker_queue_stop(struct speaker_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    empty(queue);
    queue->stops = true;
    pthread_mutex_unlock(&queue->lock);
}

bool
speaker_queue_is_busy(struct speaker_queue *queue)
{
    bool busy;

    pthread_mutex_lock(&queue->lock);
    busy = queue->speaking || queue->count > 0 || queue->rests;
    pthread_mutex_unlock(&queue->lock);
    return busy;
}

enum speaker_task
speaker_queue_take(struct speaker_queue *queue, struct spoken *spoken)
{
    enum speaker_task task = SPEAKER_SPEAK;
    struct spoken *next;

    memory_wipe(spoken, sizeof(*spoken));
    pthread_mutex_lock(&queue->lock);
    queue->speaking = false;
    while (queue->count == 0 && !queue->stops && !queue->rests) {
        pthread_cond_wait(&queue->changed, &queue->lock);
    }
    queue->speaking = true;
    if (queue->stops) {
        task = SPEAKER_STOP;
    } else if (queue->count == 0) {
        queue->rests = false;
        task = SPEAKER_REST;
    } else {
        next = &queue->waiting[queue->first];
        *spoken = *next;
        memory_wipe(next, sizeof(*next));
        queue->first = (queue->first + 1) % SPEAKER_QUEUE_MAX;
        queue->count--;
    }
    pthread_mutex_unlock(&queue->lock);
    return task;
}

bool
speaker_queue_is_stale(struct speaker_queue *queue, unsigned turn)
{
    bool stale;

    pthread_mutex_lock(&queue->lock);
    stale = queue->turn != turn;
    pthread_mutex_unlock(&queue->lock);
    return stale;
}

bool
speaker_queue_is_empty(struct speaker_queue *queue)
{
    bool is_empty;

    pthread_mutex_lock(&queue->lock);
    is_empty = queue->count == 0;
    pthread_mutex_unlock(&queue->lock);
    return is_empty;
}
