#pragma once

#include <stdatomic.h>
#include <stdint.h>

#include "maker.h"

/*
 * Those who book: PROCESSES processes with THREADS threads each, all on one file. What
 * each is told goes down a pipe as records, so that what is known of a booking outlives
 * whoever made it.
 */

#define SOAK_PROCESSES 8
#define SOAK_THREADS 8
#define SOAK_BOOKERS (SOAK_PROCESSES * SOAK_THREADS)

enum soak_event {
    SOAK_TRIED,       /* an attempt is over, with nothing booked */
    SOAK_BOOKED,      /* an attempt is over, and that is where */
    SOAK_WILL_CANCEL, /* is about to */
    SOAK_CANCELLED,
    SOAK_WILL_MOVE,
    SOAK_MOVED,
    SOAK_WRONG, /* an answer that can't be: a number gave two bookings */
    SOAK_ENDED  /* a process has nothing more to do */
};

struct soak_record {
    uint32_t event, number; /* of SOAK_ENDED: the process */
    struct soak_place place;
};

/* In memory that all processes share. */
struct soak_shared {
    uint32_t attempts; /* how many there are to be */
    uint64_t seed;
    _Atomic uint32_t next;
    /* What a booker is at, plus one; whoever comes after a killed one asks for it. */
    _Atomic uint32_t at[SOAK_BOOKERS];
};

extern struct soak_shared *soak_shared;

/* By the attempts so far: the same for all, and it goes on without anybody waiting. */
int64_t soak_clock(void);

/* Where the clock begins: Monday 22 March 2027, nine o'clock in Amsterdam. */
#define SOAK_BEGIN INT64_C(1805702400)

/* Books until there are no attempts left, then ends the process. */
_Noreturn void
soak_book(const struct soak_maker *maker, const char *path, int process, int pipe_end);
