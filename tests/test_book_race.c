#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/text.h"
#include "support/book_setup.h"

/*
 * The book against a naive model of it, step by step; and many who want the same
 * cells at once, in threads, in processes, and with some of them killed.
 */

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */
#define AT(hour, minute) (NOW + ((hour)-9) * 3600 + (minute)*60)

static const struct book_value person[] = {{"lastName", "Jansen"},
                                           {"phoneNumber", "0612345678"}};

static int
set_up(void **state)
{
    struct book_setup *setup = test_calloc(1, sizeof(*setup));

    book_setup_clock = NOW;
    book_setup_begin(setup);
    *state = setup;
    return 0;
}

static int
tear_down(void **state)
{
    book_setup_check(*state);
    book_setup_end(*state);
    test_free(*state);
    return 0;
}

static void
key_of(size_t number, char key[BOOK_KEY_BYTES])
{
    snprintf(key, BOOK_KEY_BYTES, "%032zx", number);
}

static bool
ask(struct book *book, bool hold, size_t number, const char *product, int persons,
    int64_t start, struct booking *booking, struct error *error)
{
    struct book_wish wish;
    char key[BOOK_KEY_BYTES];
    const struct book_request request = {
        .key = key,
        .kiosk = "test",
        .wish = &wish,
        .start = start,
        .values = person,
        .value_count = 2,
    };

    key_of(number, key);
    if (!book_wish_begin(book, "linde", &wish, error) ||
        !book_wish_add(book, &wish, product, persons, error))
    {
        return false;
    }
    return hold ? book_hold(book, &request, booking, error)
                : book_confirm(book, &request, booking, NULL, error);
}

/* --- the naive model
 * -------------------------------------------------------------------- */

#define KEYS 40
#define DESKS 2
#define MINUTES (8 * 60) /* from nine to five */

enum model_state { NONE, HELD, BOOKED, CANCELLED, SPENT };

struct model_key {
    enum model_state state;
    int64_t start, end, expires;
    const char *product;
    int persons;
    uint8_t id[BOOK_ID_BYTES];
};

/* Who has each minute of each desk: an index into `keys`, or -1. */
struct model {
    struct model_key keys[KEYS];
    int owner[DESKS][MINUTES];
    int64_t now;
};

static bool
minute_is_taken(const struct model *model, int desk, int minute)
{
    int owner = model->owner[desk][minute];
    const struct model_key *key = owner >= 0 ? &model->keys[owner] : NULL;

    return key != NULL &&
           (key->state == BOOKED || (key->state == HELD && key->expires > model->now));
}

static bool
is_on_offer(const struct model *model, int64_t start, int minutes)
{
    int from = (int)((start - NOW) / 60);
    int step = minutes <= 20 ? 20 : minutes <= 30 ? 30 : 60;

    if (start < model->now + 600 || (start - NOW) % 60 != 0 || from < 0) {
        return false;
    }
    if (from < 180) {
        return from % step == 0 && from + minutes <= 180;
    }
    return from >= 240 && (from - 240) % step == 0 && from + minutes <= 480;
}

static void
model_clear(struct model *model, int index)
{
    for (int desk = 0; desk < DESKS; desk++) {
        for (int minute = 0; minute < MINUTES; minute++) {
            if (model->owner[desk][minute] == index) {
                model->owner[desk][minute] = -1;
            }
        }
    }
}

static int
minutes_owned(const struct model *model, int index)
{
    int owned = 0;

    for (int desk = 0; desk < DESKS; desk++) {
        for (int minute = 0; minute < MINUTES; minute++) {
            owned += model->owner[desk][minute] == index;
        }
    }
    return owned;
}

static int
minutes_of(const char *product, int persons)
{
    return text_equal(product, "paspoort")    ? 15 * persons
           : text_equal(product, "rijbewijs") ? 10
           : text_equal(product, "trouwen")   ? 45
                                              : 25;
}

static bool
is_same(const struct model_key *key, const char *product, int persons, int64_t start)
{
    return key->start == start && text_equal(key->product, product) &&
           key->persons == persons;
}

/* Takes the first free desk for the key, or says taken and leaves all as it was. */
static enum error_kind
model_take(struct model *model, int index, const char *product, int persons,
           int64_t start)
{
    struct model_key *key = &model->keys[index];
    struct model before = *model;
    int minutes = minutes_of(product, persons);
    int from = (int)((start - NOW) / 60);

    if (key->state == HELD && is_same(key, product, persons, start) &&
        minutes_owned(model, index) == minutes)
    {
        return ERROR_NONE;
    }
    model_clear(model, index);
    for (int desk = 0; desk < DESKS && is_on_offer(model, start, minutes); desk++) {
        bool is_free = true;

        for (int minute = from; minute < from + minutes; minute++) {
            is_free = is_free && !minute_is_taken(model, desk, minute);
        }
        if (is_free) {
            for (int minute = from; minute < from + minutes; minute++) {
                model->owner[desk][minute] = index;
            }
            key->product = product;
            key->persons = persons;
            key->start = start;
            key->end = start + minutes * 60;
            return ERROR_NONE;
        }
    }
    *model = before;
    return ERROR_TAKEN;
}

static enum error_kind
model_ask(struct model *model, bool hold, int index, const char *product, int persons,
          int64_t start)
{
    struct model_key *key = &model->keys[index];
    enum error_kind kind;

    if (key->state == SPENT ||
        (hold && (key->state == BOOKED || key->state == CANCELLED))) {
        return ERROR_REFUSED;
    }
    if (key->state == BOOKED || key->state == CANCELLED) {
        return is_same(key, product, persons, start) ? ERROR_NONE : ERROR_REFUSED;
    }
    kind = model_take(model, index, product, persons, start);
    if (kind == ERROR_NONE) {
        key->state = hold ? HELD : BOOKED;
        key->expires = model->now + BOOK_HOLD_S;
    }
    return kind;
}

static void
model_tidy(struct model *model)
{
    for (int i = 0; i < KEYS; i++) {
        if (model->keys[i].state == HELD && model->keys[i].expires <= model->now) {
            model_clear(model, i);
            model->keys[i].state = NONE;
        }
    }
}

/* xorshift: the same walk for the same seed. */
static unsigned
next(uint64_t *seed, unsigned below)
{
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return (unsigned)(*seed >> 11) % below;
}

static void
step_ask(struct book_setup *setup, struct model *model, uint64_t *seed)
{
    static const char *const products[] = {"paspoort", "rijbewijs", "trouwen", "lang"};
    const char *product = products[next(seed, 4)];
    int persons = text_equal(product, "paspoort") ? 1 + (int)next(seed, 4) : 1;
    bool hold = next(seed, 2) == 0;
    int index = (int)next(seed, KEYS);
    int64_t start = NOW + (int64_t)next(seed, 48) * 600;
    struct booking booking;
    struct error error = {0};
    enum error_kind expected;
    bool good;

    if (model->keys[index].state != NONE && next(seed, 2) == 0) { /* the same again */
        product =
            model->keys[index].product != NULL ? model->keys[index].product : product;
        persons = model->keys[index].persons > 0 ? model->keys[index].persons : persons;
        start = model->keys[index].start != 0 ? model->keys[index].start : start;
    }
    expected = model_ask(model, hold, index, product, persons, start);
    good = ask(setup->book, hold, (size_t)index, product, persons, start, &booking,
               &error);
    assert_int_equal(good ? ERROR_NONE : error.kind, expected);
    if (good) {
        memcpy(model->keys[index].id, booking.id, BOOK_ID_BYTES);
        assert_int_equal(booking.end, model->keys[index].end);
    }
}

static void
step_end(struct book_setup *setup, struct model *model, uint64_t *seed)
{
    int index = (int)next(seed, KEYS);
    struct model_key *key = &model->keys[index];
    struct error error = {0};
    char text[BOOK_KEY_BYTES];

    if (key->state == BOOKED) {
        assert_true(book_cancel(setup->book, key->id, &error));
        model_clear(model, index);
        key->state = CANCELLED;
    } else if (key->state != NONE && next(seed, 4) == 0) {
        key_of((size_t)index, text);
        assert_true(book_give_up(setup->book, text, "test", &error));
        if (key->state == HELD) {
            model_clear(model, index);
            key->state = SPENT;
        }
    }
}

static void
compare(struct book_setup *setup, const struct model *model)
{
    int64_t expected = 0;

    for (int desk = 0; desk < DESKS; desk++) {
        for (int minute = 0; minute < MINUTES; minute += 5) {
            expected += minute_is_taken(model, desk, minute);
        }
    }
    {
        char sql[100];

        snprintf(sql, sizeof(sql),
                 "SELECT count(*) FROM cell WHERE expires IS NULL OR expires > %lld",
                 (long long)model->now);
        assert_int_equal(book_setup_number(setup, sql), expected);
    }
    book_setup_check(setup);
}

static void
test_any_walk_agrees_with_the_naive_model(void **state)
{
    struct book_setup *setup = *state;
    const char *given = getenv("BOOK_SEED");
    uint64_t seed = given != NULL ? strtoull(given, NULL, 10) : 20261122;
    struct model model = {.now = NOW - 3600};

    print_message("seed %llu\n", (unsigned long long)seed);
    memset(model.owner, 0xff, sizeof(model.owner));
    book_setup_clock = model.now;
    for (int i = 0; i < 3000; i++) {
        unsigned what = next(&seed, 20);
        struct error error;
        bool more;

        if (what < 13) {
            step_ask(setup, &model, &seed);
        } else if (what < 18) {
            step_end(setup, &model, &seed);
        } else if (what < 19) {
            model.now += next(&seed, 60);
            book_setup_clock = model.now;
        } else {
            assert_true(book_tidy(setup->book, &more, &error));
            model_tidy(&model);
        }
        if (i % 100 == 0) {
            compare(setup, &model);
        }
        if (i % 300 == 299) { /* spent keys would end the walk: a fresh set */
            for (int key = 0; key < KEYS; key++) {
                struct model_key *used = &model.keys[key];
                char sql[160];

                if (used->state == SPENT || used->state == CANCELLED) {
                    snprintf(sql, sizeof(sql),
                             "DELETE FROM booking WHERE key = '%032x' RETURNING 1",
                             (unsigned)key);
                    assert_int_equal(book_setup_number(setup, sql), 1);
                    *used = (struct model_key){.state = NONE};
                }
            }
        }
    }
    compare(setup, &model);
}

/* --- races
 * -------------------------------------------------------------------------------- */

#define RACERS 8

struct racer {
    struct book *book;
    size_t number;
    pthread_barrier_t *barrier;
    size_t won;
};

static void *
race(void *data)
{
    struct racer *racer = data;

    for (size_t round = 0; round < 20; round++) {
        struct booking booking;
        struct error error;
        bool good;

        pthread_barrier_wait(racer->barrier);
        good = ask(racer->book, false, round * RACERS + racer->number, "paspoort", 1,
                   AT(10 + 24 * ((int)round / 6), 20 * ((int)round % 6)), &booking,
                   &error);
        if (!good && error.kind != ERROR_TAKEN) {
            abort(); /* not a test's thread: no assert here */
        }
        racer->won += good;
    }
    return NULL;
}

static void
test_of_many_threads_as_many_win_as_there_are_desks(void **state)
{
    struct book_setup *setup = *state;
    struct racer racers[RACERS];
    pthread_t threads[RACERS];
    pthread_barrier_t barrier;
    size_t won = 0;

    pthread_barrier_init(&barrier, NULL, RACERS);
    for (size_t i = 0; i < RACERS; i++) {
        racers[i] =
            (struct racer){.book = setup->book, .number = i, .barrier = &barrier};
        assert_int_equal(pthread_create(&threads[i], NULL, race, &racers[i]), 0);
    }
    for (size_t i = 0; i < RACERS; i++) {
        pthread_join(threads[i], NULL);
        won += racers[i].won;
    }
    pthread_barrier_destroy(&barrier);
    assert_int_equal(won, 20 * 2);
    assert_int_equal(book_setup_number(setup, "SELECT count(*) FROM cell"), 20 * 2 * 3);
}

/* A process of its own on the same database: holds and books at random until it is
 * killed, or done. Each booking that it knows of goes down the pipe. */
static void
book_in_child(const struct book_setup *setup, size_t child, int pipe_end)
{
    struct error error;
    struct store *store = store_open(setup->path, book_setup_now, &error);
    struct book *book;
    uint64_t seed = 77 + child;

    if (store == NULL) {
        _exit(2);
    }
    book = book_setup_open(setup, store);
    for (size_t i = 0; i < 60; i++) {
        size_t number = child * 1000 + i;
        int64_t start = AT(13, 0) + 86400 * (int64_t)next(&seed, 4) +
                        1200 * (int64_t)next(&seed, 12);
        struct booking booking;

        if (next(&seed, 3) == 0) {
            ask(book, true, number, "paspoort", 1, start, &booking, &error);
            continue; /* walked away */
        }
        if (ask(book, false, number, "paspoort", 1, start, &booking, &error)) {
            char line[BOOK_KEY_BYTES + 1];

            snprintf(line, sizeof(line), "%s\n", booking.key);
            if (write(pipe_end, line, strlen(line)) != (ssize_t)strlen(line)) {
                _exit(3);
            }
        } else if (error.kind != ERROR_TAKEN) {
            _exit(4);
        }
    }
    book_close(book);
    store_close(store);
    _exit(0);
}

static void
test_killed_processes_leave_nothing_double_lost_or_orphaned(void **state)
{
    struct book_setup *setup = *state;
    pid_t children[RACERS];
    int ends[2], status;
    size_t known = 0;
    char key[BOOK_KEY_BYTES + 1];
    struct error error;
    FILE *lines;
    bool more = true;

    /* No threads of ours across fork(). */
    book_close(setup->book);
    store_close(setup->store);
    assert_int_equal(pipe(ends), 0);
    fflush(NULL);
    for (size_t i = 0; i < RACERS; i++) {
        children[i] = fork();
        assert_true(children[i] >= 0);
        if (children[i] == 0) {
            close(ends[0]);
            book_in_child(setup, i, ends[1]);
        }
    }
    close(ends[1]);
    lines = fdopen(ends[0], "r");
    assert_non_null(lines);
    setup->store = NULL;
    setup->book = NULL;
    while (fgets(key, sizeof(key), lines) != NULL) {
        /* Every 10th booking somebody dies, wherever it is just then. */
        if (known % 10 == 9 && known / 10 < RACERS / 2) {
            kill(children[known / 10], SIGKILL);
        }
        known++;
    }
    fclose(lines);
    for (size_t i = 0; i < RACERS; i++) {
        assert_int_equal(waitpid(children[i], &status, 0), children[i]);
        assert_true((WIFEXITED(status) && WEXITSTATUS(status) == 0) ||
                    (WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL));
    }
    book_setup_restart(setup);
    print_message("%zu known bookings\n", known);
    assert_true(known > 20);
    /* Killed between commit and telling: booked, and found by its key. */
    assert_in_range(
        book_setup_number(setup, "SELECT count(*) FROM booking WHERE state = 1"), known,
        known + RACERS / 2);
    book_setup_check(setup);
    book_setup_clock = NOW + BOOK_HOLD_S;
    while (more) {
        assert_true(book_tidy(setup->book, &more, &error));
    }
    assert_int_equal(
        book_setup_number(setup, "SELECT count(*) FROM cell WHERE expires IS NOT NULL"),
        0);
    assert_int_equal(
        book_setup_number(setup, "SELECT count(*) FROM booking WHERE state = 0"), 0);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_any_walk_agrees_with_the_naive_model),
        TEST(test_of_many_threads_as_many_win_as_there_are_desks),
        TEST(test_killed_processes_leave_nothing_double_lost_or_orphaned),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
