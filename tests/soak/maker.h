#pragma once

#include <stdint.h>

/*
 * A book as the soak uses it: ours, and one that is made as one would do it at first,
 * which the soak must find wanting. Bookings are named by a number, which is their key.
 *
 * Safe from any thread, and from several processes on one file. A call that can't be
 * made sense of ends the process with a message.
 */

struct soak_place {
    int64_t desk, start, end;
};

enum soak_answer {
    SOAK_DONE,
    SOAK_NO,    /* taken, spent, not there: nothing was done */
    SOAK_UNSURE /* the database did not answer: ask by the number what stands */
};

struct soak_maker {
    const char *name;
    void *(*open)(const char *path, int64_t (*clock)(void));
    void (*close)(void *book);

    enum soak_answer (*hold)(void *book, uint32_t number, const char *product,
                             int64_t start);
    enum soak_answer (*confirm)(void *book, uint32_t number, const char *product,
                                int64_t start, struct soak_place *place);
    enum soak_answer (*give_up)(void *book, uint32_t number);
    /* What was booked with that number and still stands. */
    enum soak_answer (*find)(void *book, uint32_t number, struct soak_place *place);
    enum soak_answer (*cancel)(void *book, uint32_t number);
    /* `key` is a number of its own. */
    enum soak_answer (*move)(void *book, uint32_t number, uint32_t key, int64_t start,
                             struct soak_place *place);
    void (*tidy)(void *book);

    /*
     * Reads the file with a connection of its own; "SELECT number, desk, start, until,
     * held" of all that takes a place. Opened again, nobody else has it then.
     */
    const char *standing;
    /* How many cells, holds and the like belong to nobody. */
    const char *orphans;
};

extern const struct soak_maker soak_ours, soak_naive;
