#pragma once

#include <stdbool.h>

#include "device/speaker.h"

/*
 * What waits to be said, between the loop's thread and the one that speaks. A hush
 * empties it at once and makes what is being said stale.
 */

struct speaker_queue;

struct spoken {
    char text[SPEAKER_TEXT_BYTES];
    enum language language;
    int volume, rate;
    unsigned turn; /* of hushes: stale when there was another since */
};

enum speaker_task {
    SPEAKER_SPEAK, /* what was taken */
    SPEAKER_REST,  /* nothing waits, and the visit is over */
    SPEAKER_STOP,
};

struct speaker_queue *speaker_queue_create(void);
void speaker_queue_destroy(struct speaker_queue *queue);

/* The loop's thread. */
bool speaker_queue_put(struct speaker_queue *queue, const struct utterance *utterance);
void speaker_queue_hush(struct speaker_queue *queue);
void speaker_queue_rest(struct speaker_queue *queue); /* hushes, and then rests */
void speaker_queue_stop(struct speaker_queue *queue);
bool speaker_queue_is_busy(struct speaker_queue *queue);

/* The thread that speaks. Waits for something to do; what it had before is done. */
enum speaker_task
speaker_queue_take(struct speaker_queue *queue, struct spoken *spoken);
bool speaker_queue_is_stale(struct speaker_queue *queue, unsigned turn);
bool speaker_queue_is_empty(struct speaker_queue *queue);
