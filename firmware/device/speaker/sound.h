#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * Where samples go: one channel of signed 16 bits. Waiting is allowed here, but never
 * for more than SOUND_AHEAD_MS: so much is on its way to the ear, and no more.
 */

#define SOUND_AHEAD_MS 60

struct sound_operations {
    /* Before the first samples, and again at any time. False when there is none. */
    bool (*start)(void *maker, int samples_per_s, struct error *error);
    bool (*write)(void *maker, const int16_t *samples, size_t count,
                  struct error *error);
    void (*drain)(void *maker); /* until all of it was heard */
    void (*drop)(void *maker);  /* what was not heard yet never is */
    void (*rest)(void *maker);  /* lets go of the device */
    void (*destroy)(void *maker);
};

struct sound {
    const struct sound_operations *operations;
    void *maker;
};

/* The device may come and go; "" for ALSA's default one. */
struct sound sound_alsa_create(const char *device);
