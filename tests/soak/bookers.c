#include "bookers.h"

#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "../support/book_ask.h"

/*
 * Four seconds an attempt: a hold of ten minutes is over after 150 of them, while
 * whoever made it may still be about to book it.
 */
#define ATTEMPT_S 4
#define TIDY_EVERY 500
#define SLOT_S 300
#define DAY_S 86400
#define OPEN_S                                                                         \
    (8 * 3600) /* nine to five; what begins at noon is refused, as it must             \
                */

struct soak_shared *soak_shared;

int64_t
soak_clock(void)
{
    return SOAK_BEGIN + ATTEMPT_S * (int64_t)atomic_load(&soak_shared->next);
}

struct booker {
    const struct soak_maker *maker;
    void *book;
    int pipe_end;
    _Atomic uint32_t *at;
    uint64_t seed;
    uint32_t last; /* a booking of his own, plus one; 0: none */
    pthread_t thread;
};

/* A record is far smaller than PIPE_BUF: it is written whole or not at all. */
static void
tell(int pipe_end, enum soak_event event, uint32_t number,
     const struct soak_place *place)
{
    struct soak_record record = {.event = event, .number = number};

    if (place != NULL) {
        record.place = *place;
    }
    if (write(pipe_end, &record, sizeof(record)) != sizeof(record)) {
        _exit(3);
    }
}

static unsigned
chance(struct booker *booker, unsigned below)
{
    return ask_chance(&booker->seed, below);
}

/* Any time of one of the next four days: many want the same. */
static int64_t
some_start(struct booker *booker)
{
    int64_t days = (soak_clock() - SOAK_BEGIN) / DAY_S + 1 + chance(booker, 4);

    return SOAK_BEGIN + days * DAY_S + SLOT_S * chance(booker, OPEN_S / SLOT_S);
}

static const char *
some_product(struct booker *booker)
{
    static const char *const products[] = {"paspoort", "paspoort", "rijbewijs", "lang",
                                           "trouwen"};

    return products[chance(booker, sizeof(products) / sizeof(products[0]))];
}

static void
cancel(struct booker *booker, uint32_t number)
{
    tell(booker->pipe_end, SOAK_WILL_CANCEL, number, NULL);
    if (booker->maker->cancel(booker->book, number) == SOAK_DONE) {
        tell(booker->pipe_end, SOAK_CANCELLED, number, NULL);
    }
}

/* As a kiosk after a restart: what was booked without anybody being told is cancelled.
 */
static void
settle(struct booker *booker)
{
    uint32_t at = atomic_load(booker->at);
    struct soak_place place;
    enum soak_answer answer;

    if (at == 0) {
        return;
    }
    while ((answer = booker->maker->find(booker->book, at - 1, &place)) == SOAK_UNSURE)
    {
    }
    if (answer == SOAK_DONE) {
        cancel(booker, at - 1);
    } else {
        booker->maker->give_up(booker->book, at - 1);
    }
    atomic_store(booker->at, 0);
}

/* Sent twice, as after an answer that was lost: it is one booking all the same. */
static void
check_again(struct booker *booker, uint32_t number, const char *product, int64_t start,
            const struct soak_place *place)
{
    struct soak_place again;
    enum soak_answer answer =
        booker->maker->confirm(booker->book, number, product, start, &again);

    if (answer == SOAK_NO || (answer == SOAK_DONE && (again.desk != place->desk ||
                                                      again.start != place->start)))
    {
        tell(booker->pipe_end, SOAK_WRONG, number, &again);
    }
}

/* One attempt to book, in one of the ways in which it goes. */
static void
attempt(struct booker *booker, uint32_t number)
{
    const struct soak_maker *maker = booker->maker;
    const char *product = some_product(booker);
    int64_t start = some_start(booker);
    unsigned way = chance(booker, 8);
    struct soak_place place;
    enum soak_answer answer = SOAK_DONE;

    atomic_store(booker->at, number + 1);
    if (way < 6) {
        answer = maker->hold(booker->book, number, product, start);
    }
    if (answer == SOAK_DONE && way == 0) {
        answer = SOAK_NO; /* walked away */
    } else if (answer == SOAK_DONE && way == 1) {
        maker->give_up(booker->book, number);
        answer = SOAK_NO;
    } else if (answer == SOAK_DONE) {
        answer = maker->confirm(booker->book, number, product, start, &place);
    }
    if (answer == SOAK_UNSURE) {
        settle(booker);
    }
    if (answer == SOAK_DONE) {
        if (way == 2) {
            check_again(booker, number, product, start, &place);
        }
        tell(booker->pipe_end, SOAK_BOOKED, number, &place);
        booker->last = number + 1;
    } else {
        tell(booker->pipe_end, SOAK_TRIED, number, NULL);
    }
    atomic_store(booker->at, 0);
}

/* Now and then somebody thinks again. */
static void
change_mind(struct booker *booker, uint32_t key)
{
    uint32_t number = booker->last - 1;
    struct soak_place place;

    if (booker->last == 0) {
        return;
    }
    switch (chance(booker, 8)) {
    case 0:
    case 1:
        cancel(booker, number);
        booker->last = 0;
        break;
    case 2:
        tell(booker->pipe_end, SOAK_WILL_MOVE, number, NULL);
        if (booker->maker->move(booker->book, number, key, some_start(booker),
                                &place) == SOAK_DONE)
        {
            tell(booker->pipe_end, SOAK_MOVED, number, &place);
        }
        booker->last = 0;
        break;
    default:
        break;
    }
}

static void *
run(void *data)
{
    struct booker *booker = data;
    uint32_t number;

    settle(booker);
    while ((number = atomic_fetch_add(&soak_shared->next, 1)) < soak_shared->attempts) {
        attempt(booker, number);
        change_mind(booker, number + soak_shared->attempts);
        if (number % TIDY_EVERY == 0) {
            booker->maker->tidy(booker->book);
        }
    }
    return NULL;
}

_Noreturn void
soak_book(const struct soak_maker *maker, const char *path, int process, int pipe_end)
{
    struct booker bookers[SOAK_THREADS];
    void *book = maker->open(path, soak_clock);

    for (int i = 0; i < SOAK_THREADS; i++) {
        int number = process * SOAK_THREADS + i;

        bookers[i] = (struct booker){
            .maker = maker,
            .book = book,
            .pipe_end = pipe_end,
            .at = &soak_shared->at[number],
            /* Another walk after each restart. */
            .seed = (soak_shared->seed * SOAK_BOOKERS + (uint64_t)number + 1) *
                        0x9e3779b97f4a7c15u +
                    atomic_load(&soak_shared->next),
        };
        if (pthread_create(&bookers[i].thread, NULL, run, &bookers[i]) != 0) {
            _exit(4);
        }
    }
    for (int i = 0; i < SOAK_THREADS; i++) {
        pthread_join(bookers[i].thread, NULL);
    }
    maker->close(book);
    tell(pipe_end, SOAK_ENDED, (uint32_t)process, NULL);
    _exit(EXIT_SUCCESS);
}
