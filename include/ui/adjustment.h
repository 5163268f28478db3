#pragma once

#include <stdbool.h>

/*
 * What a citizen may set about the screen and the voice. All zeroes is how every visit
 * begins; it is never remembered beyond one.
 */

enum text_size { TEXT_NORMAL, TEXT_LARGE, TEXT_LARGEST, TEXT_SIZE_COUNT };

#define ADJUSTMENT_STEP_MAX 4 /* of volume and rate, up and down */

struct adjustment {
    enum text_size text;
    bool high_contrast;
    bool reduced_reach; /* everything that can be touched is low on the screen */
    bool speech;
    int volume, rate; /* steps from the usual, -ADJUSTMENT_STEP_MAX to it */
};
