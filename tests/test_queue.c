#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>
#include <pthread.h>

#include "support/book_ask.h"
#include "support/queue_setup.h"

/* Numbers are drawn, called and ended, each once. */

#define NOW QUEUE_SETUP_NOW
#define AT(hour, minute) (NOW + ((hour)-9) * 3600 + (minute)*60)

static struct queue_sight
look(struct queue_setup *setup, int desk)
{
    struct queue_sight sight;
    struct error error = {0};

    if (!queue_look(setup->queue, queue_setup_desk(desk), &sight, &error)) {
        fail_msg("%s", error.message);
    }
    return sight;
}

/* Calls the next, which must be that one. */
static void
call(struct queue_setup *setup, int desk, const char *expected)
{
    char text[QUEUE_TEXT_BYTES];
    struct queue_number number;
    struct error error = {0};

    if (!queue_call(setup->queue, queue_setup_desk(desk), &number, &error)) {
        fail_msg("%s", error.message);
    }
    queue_text(&number, text);
    assert_string_equal(text, expected);
}

static enum error_kind
call_kind(struct queue_setup *setup, int desk)
{
    struct queue_number number;
    struct error error = {0};

    return queue_call(setup->queue, queue_setup_desk(desk), &number, &error)
               ? ERROR_NONE
               : error.kind;
}

static void
finish(struct queue_setup *setup, int desk, const char *text,
       enum queue_outcome outcome)
{
    struct error error = {0};

    if (!queue_finish(setup->queue, queue_setup_desk(desk), text, outcome, &error)) {
        fail_msg("%s", error.message);
    }
}

/* Serves whoever is next there for so long. */
static void
serve(struct queue_setup *setup, int desk, int64_t seconds)
{
    struct queue_number number;
    char text[QUEUE_TEXT_BYTES];
    struct error error = {0};

    assert_true(queue_call(setup->queue, queue_setup_desk(desk), &number, &error));
    book_setup_clock += seconds;
    queue_text(&number, text);
    finish(setup, desk, text, QUEUE_DONE);
}

static void
set_rule(struct queue_setup *setup, enum queue_mode mode, int cap, const char *note)
{
    struct queue_rule rule = {.location = "linde", .mode = mode, .cap = cap};
    struct error error = {0};

    snprintf(rule.note, sizeof(rule.note), "%s", note);
    assert_true(queue_set_rule(setup->queue, &rule, &error));
}

static struct booking
arrived(struct queue_setup *setup, const char *letter, int64_t start)
{
    struct booking booking;
    struct error error = {0};

    assert_int_equal(
        ask_confirm_as(&setup->book, letter, start, "linde", "paspoort", &booking),
        ERROR_NONE);
    if (!book_arrive(setup->book.book, booking.id, "linde", &booking, &error)) {
        fail_msg("%s", error.message);
    }
    return booking;
}

/* --- drawing -------------------------------------------------------------------- */

static void
test_numbers_count_up_and_a_key_gets_the_same_one(void **state)
{
    struct queue_setup *setup = *state;
    char text[QUEUE_TEXT_BYTES];
    struct queue_ticket again;

    queue_setup_drawn(setup, 1, text);
    assert_string_equal(text, "A 001");
    queue_setup_drawn(setup, 2, text);
    assert_string_equal(text, "A 002");
    again = queue_setup_draw(setup, 1);
    assert_false(again.made);
    assert_int_equal(again.number.number, 1);
    assert_int_equal(again.ahead, 0);
    assert_int_equal(queue_setup_draw(setup, 3).ahead, 2);
}

static void
test_what_a_key_drew_it_draws_for_nothing_else(void **state)
{
    struct queue_setup *setup = *state;
    char key[BOOK_KEY_BYTES];
    struct queue_wish wish = {.key = key,
                              .kiosk = "linde-1",
                              .location = "linde",
                              .product = "lang",
                              .language = "nl"};
    struct queue_ticket ticket;
    struct error error;

    queue_setup_draw(setup, 1);
    ask_numbered_key(1, key);
    assert_false(queue_draw(setup->queue, &wish, &ticket, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    wish.product = "paspoort";
    wish.kiosk = "linde-2";
    assert_false(queue_draw(setup->queue, &wish, &ticket, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    wish.key = "short";
    assert_false(queue_draw(setup->queue, &wish, &ticket, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    ask_numbered_key(2, key);
    wish.key = key;
    wish.product = "visum";
    assert_false(queue_draw(setup->queue, &wish, &ticket, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    wish.product = "online"; /* not for walk-ins */
    assert_false(queue_draw(setup->queue, &wish, &ticket, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    wish.product = "rijbewijs";
    wish.location = "nacht"; /* not done there */
    assert_false(queue_draw(setup->queue, &wish, &ticket, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
}

static void
test_outside_hours_and_closures_there_are_no_numbers(void **state)
{
    struct queue_setup *setup = *state;
    struct book_closure closure = {
        .location = "linde", .start = AT(10, 0), .end = AT(11, 0)};
    struct error error;

    set_rule(setup, QUEUE_OPEN, -1, "Kom morgen terug.");
    book_setup_clock = AT(12, 30);
    assert_int_equal(queue_setup_draw(setup, 1).refusal, QUEUE_CLOSED);
    assert_string_equal(queue_setup_draw(setup, 1).note, "Kom morgen terug.");
    book_setup_clock = AT(13, 0);
    assert_int_equal(queue_setup_draw(setup, 1).refusal, QUEUE_GIVEN);
    book_setup_clock = AT(10, 30);
    assert_int_equal(queue_setup_draw(setup, 2).refusal, QUEUE_GIVEN);
    assert_true(book_add_closure(setup->book.book, &closure, &error));
    assert_int_equal(queue_setup_draw(setup, 3).refusal, QUEUE_CLOSED);
    /* What was drawn before stands. */
    assert_int_equal(queue_setup_draw(setup, 2).refusal, QUEUE_GIVEN);
}

static void
test_the_cap_is_of_a_day_and_what_was_withdrawn_does_not_count(void **state)
{
    struct queue_setup *setup = *state;
    char key[BOOK_KEY_BYTES];
    struct queue_wish wish = {.key = key,
                              .kiosk = "linde-1",
                              .location = "linde",
                              .product = "",
                              .language = ""};
    struct error error;

    set_rule(setup, QUEUE_OPEN, 2, "");
    queue_setup_draw(setup, 1);
    assert_int_equal(queue_setup_draw(setup, 2).refusal, QUEUE_GIVEN);
    assert_int_equal(queue_setup_draw(setup, 3).refusal, QUEUE_FULL);
    ask_numbered_key(2, key);
    assert_true(queue_withdraw(setup->queue, &wish, &error));
    assert_true(queue_withdraw(setup->queue, &wish, &error));
    assert_int_equal(queue_setup_draw(setup, 3).number.number, 3);
    book_setup_clock += 24 * 3600;
    assert_int_equal(queue_setup_draw(setup, 4).number.number, 1);
    set_rule(setup, QUEUE_SHUT, 2, "");
    assert_int_equal(queue_setup_draw(setup, 5).refusal, QUEUE_CLOSED);
}

static void
test_a_key_that_was_given_up_first_draws_nothing(void **state)
{
    struct queue_setup *setup = *state;
    char key[BOOK_KEY_BYTES];
    struct queue_wish wish = {.key = key,
                              .kiosk = "linde-1",
                              .location = "linde",
                              .product = "paspoort",
                              .language = "nl"};
    struct queue_ticket ticket;
    struct error error;

    ask_numbered_key(1, key);
    assert_true(queue_withdraw(setup->queue, &wish, &error));
    assert_false(queue_draw(setup->queue, &wish, &ticket, &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_int_equal(queue_setup_draw(setup, 2).number.number, 1);
}

static void
test_a_number_can_be_followed_by_whoever_has_its_word(void **state)
{
    struct queue_setup *setup = *state;
    const struct queue_ticket drawn = queue_setup_draw(setup, 1);
    char address[QUEUE_ADDRESS_BYTES];
    struct queue_ticket now;
    struct error error;

    assert_int_equal(strlen(drawn.number.follow), QUEUE_FOLLOW_BYTES - 1);
    queue_follow_address(setup->queue, &drawn.number, address);
    assert_memory_equal(address, "HTTPS://AFSPRAAK.VOORBEELD.NL/N/", 32);
    assert_string_equal(address + 32, drawn.number.follow);
    /* Asked again with the key it is the same word. */
    assert_string_equal(queue_setup_draw(setup, 1).number.follow, drawn.number.follow);
    queue_setup_draw(setup, 2);
    assert_true(queue_follow(setup->queue, drawn.number.follow, &now, &error));
    assert_int_equal(now.ahead, 0);
    call(setup, 1, "A 001");
    assert_true(queue_follow(setup->queue, drawn.number.follow, &now, &error));
    assert_int_equal(now.number.state, QUEUE_CALLED);
    assert_int_equal(now.number.desk, 1);
    assert_false(queue_follow(setup->queue, "", &now, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
    book_setup_clock = AT(24, 0);
    assert_true(queue_tidy(setup->queue, &error));
    assert_false(queue_follow(setup->queue, drawn.number.follow, &now, &error));
    assert_int_equal(error.kind, ERROR_NOT_FOUND);
}

/* --- appointments --------------------------------------------------------------- */

static void
test_who_arrives_for_an_appointment_gets_one_number(void **state)
{
    struct queue_setup *setup = *state;
    struct booking booking = arrived(setup, "a", AT(9, 20)), again;
    struct error error;

    assert_string_equal(booking.number, "P 001");
    assert_true(booking.turn == TIME_NONE);
    assert_true(book_arrive(setup->book.book, booking.id, "linde", &again, &error));
    assert_string_equal(again.number, "P 001");
    assert_true(book_find(setup->book.book, booking.id, &again, &error));
    assert_string_equal(again.number, "P 001");
    assert_string_equal(arrived(setup, "b", AT(9, 20)).number, "P 002");
    set_rule(setup, QUEUE_UNUSED, -1, "");
    book_setup_clock = AT(9, 10);
    assert_string_equal(arrived(setup, "c", AT(9, 40)).number, "");
    /* Seen again when its number has been forgotten: it was yesterday's. */
    book_setup_clock += 24 * 3600;
    assert_true(queue_tidy(setup->queue, &error));
    assert_true(book_arrive(setup->book.book, booking.id, "linde", &again, &error));
    assert_string_equal(again.number, "");
}

static void
test_appointments_go_first_when_their_time_has_come(void **state)
{
    struct queue_setup *setup = *state;

    queue_setup_draw(setup, 1);
    arrived(setup, "a", AT(9, 20));
    book_setup_clock += 60;
    queue_setup_draw(setup, 2);
    call(setup, 1, "A 001"); /* 9.20 is early at 9.01 */
    finish(setup, 1, "A 001", QUEUE_DONE);
    book_setup_clock = AT(9, 15);
    call(setup, 1, "P 001");
    call(setup, 2, "A 002");
    assert_int_equal(call_kind(setup, 3), ERROR_NOT_FOUND);
}

/* --- at the desks --------------------------------------------------------------- */

static void
test_a_desk_says_how_it_went_before_it_calls_another(void **state)
{
    struct queue_setup *setup = *state;
    struct error error;

    queue_setup_draw(setup, 1);
    queue_setup_draw(setup, 2);
    call(setup, 1, "A 001");
    assert_int_equal(call_kind(setup, 1), ERROR_REFUSED);
    assert_false(queue_leave(setup->queue, queue_setup_desk(1), &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_true(queue_call_again(setup->queue, queue_setup_desk(1), "A 001", &error));
    assert_false(queue_call_again(setup->queue, queue_setup_desk(1), "A 002", &error));
    assert_int_equal(error.kind, ERROR_REFUSED);
    assert_string_equal(error.message, "This desk has number A 001 now.");
    finish(setup, 1, "A 001", QUEUE_CAME_BACK);
    /* Pressed twice: the second is of a number that is not there any more. */
    assert_false(
        queue_finish(setup->queue, queue_setup_desk(1), "A 001", QUEUE_DONE, &error));
    assert_string_equal(error.message, "This desk has no number now.");
    assert_false(
        queue_finish(setup->queue, queue_setup_desk(1), "A 001", QUEUE_LEFT, &error));
    assert_int_equal(error.kind, ERROR_BAD_INPUT);
    call(setup, 1, "A 002");
}

static void
test_a_desk_calls_what_it_does(void **state)
{
    struct queue_setup *setup = *state;
    const char *const products[] = {"rijbewijs"};
    struct error error;

    assert_true(
        book_set_desk_products(setup->book.book, "linde", 2, products, 1, &error));
    queue_setup_draw(setup, 1);
    assert_int_equal(call_kind(setup, 2), ERROR_NOT_FOUND);
    assert_int_equal(queue_setup_draw(setup, 2).desk_count, 0);
    call(setup, 1, "A 001");
    assert_int_equal(queue_setup_draw(setup, 3).desk_count, 1);
}

static void
test_who_is_sent_on_goes_first_at_the_other_desk(void **state)
{
    struct queue_setup *setup = *state;
    struct error error;

    for (size_t key = 1; key <= 3; key++) {
        queue_setup_draw(setup, key);
    }
    call(setup, 1, "A 001");
    assert_false(queue_send_on(setup->queue, queue_setup_desk(1), "A 001", 2, &error));
    assert_int_equal(error.kind, ERROR_REFUSED); /* nobody is there */
    assert_true(queue_sit(setup->queue, queue_setup_desk(2), &error));
    assert_false(queue_send_on(setup->queue, queue_setup_desk(1), "A 001", 1, &error));
    book_setup_clock += 60;
    assert_true(queue_send_on(setup->queue, queue_setup_desk(1), "A 001", 2, &error));
    call(setup, 1, "A 002");
    call(setup, 2, "A 001");
    book_setup_clock += 120;
    finish(setup, 2, "A 001", QUEUE_DONE);
    assert_int_equal(book_setup_number(&setup->book, "SELECT served FROM queue_number"
                                                     " WHERE number = 1"),
                     180);
}

static void
test_who_was_sent_to_a_desk_that_left_goes_to_any(void **state)
{
    struct queue_setup *setup = *state;
    struct error error;

    queue_setup_draw(setup, 1);
    queue_setup_draw(setup, 2);
    call(setup, 1, "A 001");
    assert_true(queue_sit(setup->queue, queue_setup_desk(2), &error));
    assert_true(queue_send_on(setup->queue, queue_setup_desk(1), "A 001", 2, &error));
    assert_true(queue_leave(setup->queue, queue_setup_desk(2), &error));
    call(setup, 1, "A 001");
    /* Or went away without a word. */
    assert_true(queue_sit(setup->queue, queue_setup_desk(2), &error));
    assert_true(queue_send_on(setup->queue, queue_setup_desk(1), "A 001", 2, &error));
    book_setup_clock += QUEUE_STALE_S + 1;
    call(setup, 1, "A 001");
}

/* --- how long it takes ---------------------------------------------------------- */

static void
test_a_wait_is_unknown_without_three_services_and_a_desk(void **state)
{
    struct queue_setup *setup = *state;
    struct error error;
    size_t key = 1;

    for (; key <= 2; key++) {
        queue_setup_draw(setup, key);
        serve(setup, 1, 600);
    }
    assert_int_equal(queue_setup_draw(setup, key++).wait_minutes, -1);
    serve(setup, 1, 600);
    /* Nobody before, a free desk: it is about to be called. */
    assert_int_equal(queue_setup_draw(setup, key++).wait_minutes, 5);
    assert_int_equal(queue_setup_draw(setup, key++).wait_minutes, 10);
    assert_int_equal(queue_setup_draw(setup, key).ahead, 2);
    assert_int_equal(queue_setup_draw(setup, key++).wait_minutes, 20);
    /* A second desk halves it. */
    assert_true(queue_sit(setup->queue, queue_setup_desk(2), &error));
    assert_int_equal(queue_setup_draw(setup, key - 1).wait_minutes, 5);
    assert_true(queue_pause(setup->queue, queue_setup_desk(2), &error));
    assert_int_equal(queue_setup_draw(setup, key - 1).wait_minutes, 20);
    /* A pause is no desk, and one that was not heard of for ten minutes is none. */
    assert_true(queue_pause(setup->queue, queue_setup_desk(1), &error));
    assert_int_equal(queue_setup_draw(setup, key - 1).wait_minutes, -1);
    assert_true(queue_sit(setup->queue, queue_setup_desk(1), &error));
    book_setup_clock += QUEUE_STALE_S;
    assert_int_equal(queue_setup_draw(setup, key - 1).wait_minutes, 20);
    book_setup_clock += 1;
    assert_int_equal(queue_setup_draw(setup, key - 1).wait_minutes, -1);
    /* Services of long ago say nothing. */
    book_setup_clock = AT(13, 30);
    assert_true(queue_sit(setup->queue, queue_setup_desk(1), &error));
    assert_int_equal(queue_setup_draw(setup, key - 1).wait_minutes, -1);
}

static void
test_one_service_that_was_forgotten_changes_little(void **state)
{
    struct queue_setup *setup = *state;
    struct queue_sight sight;

    for (size_t key = 1; key <= 4; key++) {
        queue_setup_draw(setup, key);
        serve(setup, 1, key == 2 ? 3000 : 420);
    }
    queue_setup_draw(setup, 9);
    queue_setup_draw(setup, 10);
    sight = look(setup, 1);
    assert_int_equal(sight.wait_minutes, 15); /* two before, 7 minutes each */
    assert_int_equal(sight.waiting_count, 2);
    assert_true(sight.next == sight.waiting[0].id);
    assert_int_equal(sight.called_count, 4);
    assert_int_equal(sight.called[0].number, 4);
    queue_sight_finish(&sight);
}

/* --- the end of the day --------------------------------------------------------- */

static void
test_a_day_leaves_counts_and_nothing_else(void **state)
{
    struct queue_setup *setup = *state;
    const struct date day = {2027, 3, 22};
    struct queue_count *list;
    struct error error;
    size_t count;

    for (size_t key = 1; key <= 4; key++) {
        queue_setup_draw(setup, key);
    }
    book_setup_clock += 100;
    call(setup, 1, "A 001");
    book_setup_clock += 50;
    finish(setup, 1, "A 001", QUEUE_MISSING);
    call(setup, 1, "A 002");
    finish(setup, 1, "A 002", QUEUE_NO_SHOW);
    call(setup, 1, "A 003"); /* and the day ends, with 4 waiting */
    assert_true(queue_tidy(setup->queue, &error));
    assert_int_equal(
        book_setup_number(&setup->book, "SELECT count(*) FROM queue_number"), 4);
    book_setup_clock = AT(24, 0);
    assert_true(queue_tidy(setup->queue, &error));
    assert_true(queue_tidy(setup->queue, &error));
    assert_int_equal(
        book_setup_number(&setup->book, "SELECT count(*) FROM queue_number"), 0);
    assert_true(queue_counts(setup->queue, day, day, &list, &count, &error));
    assert_int_equal(count, 3);
    assert_int_equal(list[0].outcome, QUEUE_MISSING);
    assert_int_equal(list[0].waited_s, 100);
    assert_int_equal(list[0].served_s, 50);
    assert_int_equal(list[1].outcome, QUEUE_NO_SHOW);
    assert_int_equal(list[2].outcome, QUEUE_LEFT);
    assert_int_equal(list[2].count, 2);
    free(list);
}

/* --- all at once ---------------------------------------------------------------- */

#define DESKS 4
#define DRAWERS 2
#define EACH 60

struct hand {
    struct queue_setup *setup;
    int index;
    pthread_barrier_t *barrier;
    int64_t called[DRAWERS * EACH];
    size_t count;
};

static void *
draw_many(void *data)
{
    struct hand *hand = data;

    pthread_barrier_wait(hand->barrier);
    for (size_t i = 0; i < EACH; i++) {
        char key[BOOK_KEY_BYTES];
        const struct queue_wish wish = {.key = key,
                                        .kiosk = "linde-1",
                                        .location = "linde",
                                        .product = "paspoort",
                                        .language = "nl"};
        struct queue_ticket ticket;
        struct error error;

        ask_numbered_key((size_t)hand->index * EACH + i, key);
        if (!queue_draw(hand->setup->queue, &wish, &ticket, &error) ||
            ticket.refusal != QUEUE_GIVEN)
        {
            abort(); /* not a test's thread: no assert here */
        }
    }
    return NULL;
}

/* Calls, and ends what it called, until all have been called. */
static void *
call_many(void *data)
{
    static const enum queue_outcome outcomes[] = {QUEUE_DONE, QUEUE_MISSING,
                                                  QUEUE_CAME_BACK, QUEUE_NO_SHOW};
    struct hand *hand = data;
    const struct queue_place at = queue_setup_desk(hand->index + 1);
    int empty = 0;

    pthread_barrier_wait(hand->barrier);
    while (empty < 200) {
        struct queue_number number;
        char text[QUEUE_TEXT_BYTES];
        struct error error;

        if (!queue_call(hand->setup->queue, at, &number, &error)) {
            if (error.kind != ERROR_NOT_FOUND) {
                abort();
            }
            empty++;
            continue;
        }
        empty = 0;
        hand->called[hand->count++] = number.id;
        queue_text(&number, text);
        if (!queue_finish(hand->setup->queue, at, text, outcomes[hand->count % 4],
                          &error)) {
            abort();
        }
    }
    return NULL;
}

/* Drawn by two kiosks and called at four desks at once: each number once, one outcome.
 */
static void
test_every_number_is_called_once_and_ends_once(void **state)
{
    struct queue_setup *setup = *state;
    struct hand hands[DRAWERS + DESKS];
    pthread_t threads[DRAWERS + DESKS];
    bool seen[DRAWERS * EACH + 1] = {false};
    pthread_barrier_t barrier;
    size_t total = 0;

    pthread_barrier_init(&barrier, NULL, DRAWERS + DESKS);
    for (int i = 0; i < DRAWERS + DESKS; i++) {
        hands[i] = (struct hand){.setup = setup,
                                 .index = i < DRAWERS ? i : i - DRAWERS,
                                 .barrier = &barrier};
        assert_int_equal(pthread_create(&threads[i], NULL,
                                        i < DRAWERS ? draw_many : call_many, &hands[i]),
                         0);
    }
    for (int i = 0; i < DRAWERS + DESKS; i++) {
        pthread_join(threads[i], NULL);
    }
    pthread_barrier_destroy(&barrier);
    for (int i = DRAWERS; i < DRAWERS + DESKS; i++) {
        for (size_t j = 0; j < hands[i].count; j++) {
            assert_false(seen[hands[i].called[j]]);
            seen[hands[i].called[j]] = true;
        }
        total += hands[i].count;
    }
    while (call_kind(setup, 9) == ERROR_NONE) { /* the desks were quicker */
        struct queue_sight sight = look(setup, 9);
        char text[QUEUE_TEXT_BYTES];

        queue_text(&sight.called[0], text);
        queue_sight_finish(&sight);
        finish(setup, 9, text, QUEUE_DONE);
        total++;
    }
    assert_int_equal(total, DRAWERS * EACH);
    assert_int_equal(book_setup_number(&setup->book, "SELECT sum(calls) FROM"
                                                     " queue_number WHERE outcome > 0"),
                     DRAWERS * EACH);
    assert_int_equal(
        book_setup_number(&setup->book, "SELECT max(number) FROM queue_number"),
        DRAWERS * EACH);
    assert_int_equal(
        book_setup_number(&setup->book, "SELECT sum(count) FROM queue_count"),
        DRAWERS * EACH);
}

/* Random walk over all that desks and kiosks can do. */
static void
test_whatever_happens_every_number_ends_in_one_outcome(void **state)
{
    struct queue_setup *setup = *state;
    uint64_t seed = 4711;
    size_t key = 0;
    struct error error;

    for (int step = 0; step < 600; step++) {
        const struct queue_place at = queue_setup_desk(1 + (int)ask_chance(&seed, 3));
        struct queue_sight sight = look(setup, at.desk);
        char text[QUEUE_TEXT_BYTES] = "A 000";

        for (size_t i = 0; i < sight.desk_count; i++) {
            if (sight.desks[i].number == at.desk) {
                queue_text(&sight.desks[i].at, text);
            }
        }
        queue_sight_finish(&sight);
        book_setup_clock += ask_chance(&seed, 20);
        switch (ask_chance(&seed, 8)) {
        case 0:
        case 1:
            queue_setup_draw(setup, key++);
            break;
        case 2:
        case 3:
            call_kind(setup, at.desk);
            break;
        case 4:
            (void)queue_send_on(setup->queue, at, text, 1 + (int)ask_chance(&seed, 3),
                                &error);
            break;
        case 5:
            (void)queue_pause(setup->queue, at, &error);
            break;
        case 6:
            (void)queue_leave(setup->queue, at, &error);
            break;
        default:
            (void)queue_finish(setup->queue, at, text,
                               (enum queue_outcome)(1 + ask_chance(&seed, 4)), &error);
        }
        assert_int_equal(book_setup_number(&setup->book,
                                           "SELECT count(*) FROM queue_number WHERE"
                                           " (state = 2) <> (outcome > 0) OR"
                                           " (state = 1) <> (desk IS NOT NULL AND"
                                           "  outcome = 0)"),
                         0);
    }
    book_setup_clock = AT(24, 0);
    assert_true(queue_tidy(setup->queue, &error));
    assert_int_equal(
        book_setup_number(&setup->book, "SELECT sum(count) FROM queue_count"),
        (int64_t)key);
}

int
main(void)
{
#define TEST(name)                                                                     \
    cmocka_unit_test_setup_teardown(name, queue_setup_begin, queue_setup_end)
    const struct CMUnitTest tests[] = {
        TEST(test_numbers_count_up_and_a_key_gets_the_same_one),
        TEST(test_what_a_key_drew_it_draws_for_nothing_else),
        TEST(test_outside_hours_and_closures_there_are_no_numbers),
        TEST(test_the_cap_is_of_a_day_and_what_was_withdrawn_does_not_count),
        TEST(test_a_key_that_was_given_up_first_draws_nothing),
        TEST(test_a_number_can_be_followed_by_whoever_has_its_word),
        TEST(test_who_arrives_for_an_appointment_gets_one_number),
        TEST(test_appointments_go_first_when_their_time_has_come),
        TEST(test_a_desk_says_how_it_went_before_it_calls_another),
        TEST(test_a_desk_calls_what_it_does),
        TEST(test_who_is_sent_on_goes_first_at_the_other_desk),
        TEST(test_who_was_sent_to_a_desk_that_left_goes_to_any),
        TEST(test_a_wait_is_unknown_without_three_services_and_a_desk),
        TEST(test_one_service_that_was_forgotten_changes_little),
        TEST(test_a_day_leaves_counts_and_nothing_else),
        TEST(test_every_number_is_called_once_and_ends_once),
        TEST(test_whatever_happens_every_number_ends_in_one_outcome),
    };

    return cmocka_run_group_tests(tests, NULL, NULL);
}
