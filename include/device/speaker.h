#pragma once

#include <stdbool.h>

#include "base/error.h"
#include "base/language.h"

/*
 * A voice. Makers: `espeak` (espeak-ng's voices, through ALSA), `transcript` (writes
 * down what would be said: for journeys, tests and the audit) and `none`.
 *
 * speaker_say() and speaker_hush() never wait, for a device neither: what is said
 * waits its turn in a bounded queue, and a hush is heard within 100 ms. A kiosk without
 * a sound device, or with one that was pulled out, is silent, and says so in its log
 * once. What is said is never logged. In the loop's thread.
 */

#define SPEAKER_STEP_MAX 4
#define SPEAKER_QUEUE_MAX 96
#define SPEAKER_TEXT_BYTES 2048

struct utterance {
    const char *text; /* UTF-8; a copy is kept until it has been said */
    enum language language;
    bool headphones;  /* only who wears them hears it; else everybody around does */
    int volume, rate; /* steps from the usual, -SPEAKER_STEP_MAX to it */
};

struct speaker_operations {
    bool (*say)(void *maker, const struct utterance *utterance);
    void (*hush)(void *maker);
    bool (*is_speaking)(void *maker);
    void (*forget)(void *maker);
    void (*destroy)(void *maker);
};

struct speaker {
    const struct speaker_operations *operations;
    void *maker;
};

/* After what was said before. False, and nothing is said, when the queue is full. */
bool speaker_say(struct speaker *speaker, const struct utterance *utterance);
/* Stops in the middle of a word; what waits is never said. */
void speaker_hush(struct speaker *speaker);
bool speaker_is_speaking(const struct speaker *speaker);
/* Hushes, and nothing of what was said stays in memory. The transcript is a record:
 * it stays. */
void speaker_forget(struct speaker *speaker);
void speaker_destroy(struct speaker *speaker); /* NULL is fine */

/* `device` as of ALSA: "plughw:1,0"; "" for the default. One at a time: espeak-ng is
 * one a program. */
struct speaker *speaker_espeak_create(const char *device, struct error *error);

/*
 * Written to the file at `path`, which is begun anew, or with NULL kept in memory only.
 * A line an utterance, "nl loud TEXT" or "nl quiet TEXT"; "interrupted" when a hush
 * came after it. Never for citizens: it keeps what they do.
 */
struct speaker *speaker_transcript_create(const char *path, struct error *error);
/* Of a transcript: all lines since it was last cleared, the oldest gone when there are
 * too many. Good until the next call. */
const char *speaker_transcript(const struct speaker *speaker);
void speaker_transcript_clear(struct speaker *speaker);

struct speaker *speaker_none_create(void);
