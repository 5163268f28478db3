#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/text.h"
#include "support/book_ask.h"

/* The book against a naive model of it, step by step. */

#define NOW INT64_C(1805702400) /* Monday 2027-03-22 09:00 in Amsterdam */

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

#define KEYS 40
#define DESKS 2
#define MINUTES (8 * 60) /* from nine to five */

enum model_state { NONE, HELD, BOOKED, CANCELLED, SPENT, MOVED_WITH };

struct model_key {
    enum model_state state;
    int64_t start, end, expires;
    int64_t asked; /* the start that was asked for, before any move */
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
    return key->asked == start && text_equal(key->product, product) &&
           key->persons == persons;
}

/* Gives the key the first free desk from then on; false when there is none. */
static bool
model_put(struct model *model, int index, int64_t start, int minutes)
{
    int from = (int)((start - NOW) / 60);

    for (int desk = 0; desk < DESKS && is_on_offer(model, start, minutes); desk++) {
        bool is_free = true;

        for (int minute = from; minute < from + minutes; minute++) {
            is_free = is_free && !minute_is_taken(model, desk, minute);
        }
        if (is_free) {
            for (int minute = from; minute < from + minutes; minute++) {
                model->owner[desk][minute] = index;
            }
            model->keys[index].start = start;
            model->keys[index].end = start + minutes * 60;
            return true;
        }
    }
    return false;
}

/* Takes the first free desk for the key, or says taken and leaves all as it was. */
static enum error_kind
model_take(struct model *model, int index, const char *product, int persons,
           int64_t start)
{
    struct model_key *key = &model->keys[index];
    struct model before = *model;
    int minutes = minutes_of(product, persons);

    if (key->state == HELD && is_same(key, product, persons, start) &&
        minutes_owned(model, index) == minutes)
    {
        return ERROR_NONE;
    }
    model_clear(model, index);
    if (model_put(model, index, start, minutes)) {
        key->product = product;
        key->persons = persons;
        key->asked = start;
        return ERROR_NONE;
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

    if (key->state == SPENT || key->state == MOVED_WITH ||
        (hold && (key->state == BOOKED || key->state == CANCELLED)))
    {
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

/* `with` is the index of the move's key; nothing is known of it, or it has a hold. */
static enum error_kind
model_move(struct model *model, int index, int with, int64_t start)
{
    struct model_key *key = &model->keys[index];
    struct model before = *model;
    int minutes = (int)(key->end - key->start) / 60;

    if (key->state != BOOKED ||
        (model->keys[with].state != HELD && model->keys[with].state != NONE))
    {
        return ERROR_REFUSED;
    }
    model_clear(model, with);
    model->keys[with].state = MOVED_WITH;
    if (key->start == start) {
        return ERROR_NONE;
    }
    model_clear(model, index);
    if (model_put(model, index, start, minutes)) {
        return ERROR_NONE;
    }
    *model = before;
    return ERROR_TAKEN;
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

static void
step_ask(struct book_setup *setup, struct model *model, uint64_t *seed)
{
    static const char *const products[] = {"paspoort", "rijbewijs", "trouwen", "lang"};
    const char *product = products[ask_chance(seed, 4)];
    int persons = text_equal(product, "paspoort") ? 1 + (int)ask_chance(seed, 4) : 1;
    bool hold = ask_chance(seed, 2) == 0;
    int index = (int)ask_chance(seed, KEYS);
    int64_t start = NOW + (int64_t)ask_chance(seed, 48) * 600;
    struct booking booking;
    struct error error = {0};
    enum error_kind expected;
    bool good;

    if (model->keys[index].state != NONE && ask_chance(seed, 2) == 0)
    { /* the same again */
        product =
            model->keys[index].product != NULL ? model->keys[index].product : product;
        persons = model->keys[index].persons > 0 ? model->keys[index].persons : persons;
        start = model->keys[index].start != 0 ? model->keys[index].start : start;
    }
    expected = model_ask(model, hold, index, product, persons, start);
    good = ask_numbered(setup->book, hold, (size_t)index, product, persons, start,
                        &booking, &error);
    assert_int_equal(good ? ERROR_NONE : error.kind, expected);
    if (good) {
        memcpy(model->keys[index].id, booking.id, BOOK_ID_BYTES);
        assert_int_equal(booking.end, model->keys[index].end);
    }
}

static void
step_end(struct book_setup *setup, struct model *model, uint64_t *seed)
{
    int index = (int)ask_chance(seed, KEYS);
    struct model_key *key = &model->keys[index];
    struct error error = {0};
    char text[BOOK_KEY_BYTES];

    if (key->state == BOOKED) {
        assert_true(book_cancel(setup->book, key->id, &error));
        model_clear(model, index);
        key->state = CANCELLED;
    } else if (key->state != NONE && ask_chance(seed, 4) == 0) {
        ask_numbered_key((size_t)index, text);
        assert_true(book_give_up(setup->book, text, "test", &error));
        if (key->state == HELD) {
            model_clear(model, index);
            key->state = SPENT;
        }
    }
}

static void
step_move(struct book_setup *setup, struct model *model, uint64_t *seed)
{
    int index = (int)ask_chance(seed, KEYS), with = (int)ask_chance(seed, KEYS);
    int64_t start = NOW + (int64_t)ask_chance(seed, 48) * 600;
    char key[BOOK_KEY_BYTES];
    const struct book_move move = {
        .id = model->keys[index].id, .key = key, .start = start};
    struct booking booking;
    struct error error = {0};
    enum error_kind expected;

    if (model->keys[index].state != BOOKED && model->keys[index].state != CANCELLED) {
        return;
    }
    ask_numbered_key((size_t)with, key);
    if (model->keys[with].state == MOVED_WITH) {
        return; /* what that key did is another test's */
    }
    expected = model_move(model, index, with, start);
    for (int again = 0; again < 2; again++) {
        bool good = book_move(setup->book, &move, &booking, &error);

        assert_int_equal(good ? ERROR_NONE : error.kind, expected);
        if (good) {
            assert_int_equal(booking.start, start);
            assert_int_equal(booking.end, model->keys[index].end);
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
        unsigned what = ask_chance(&seed, 20);
        struct error error;
        bool more;

        if (what < 12) {
            step_ask(setup, &model, &seed);
        } else if (what < 15) {
            step_move(setup, &model, &seed);
        } else if (what < 18) {
            step_end(setup, &model, &seed);
        } else if (what < 19) {
            model.now += ask_chance(&seed, 60);
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

                if (used->state == SPENT || used->state == CANCELLED ||
                    used->state == MOVED_WITH) {
                    snprintf(sql, sizeof(sql),
                             "DELETE FROM %s WHERE key = '%032x' RETURNING 1",
                             used->state == MOVED_WITH ? "booking_move" : "booking",
                             (unsigned)key);
                    assert_int_equal(book_setup_number(setup, sql), 1);
                    *used = (struct model_key){.state = NONE};
                }
            }
        }
    }
    compare(setup, &model);
}

int
main(void)
{
    const struct CMUnitTest tests[] = {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
        TEST(test_any_walk_agrees_with_the_naive_model),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
