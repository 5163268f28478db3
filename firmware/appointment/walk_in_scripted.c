#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>

#include "appointment/walk_in.h"
#include "base/memory.h"
#include "base/text.h"
#include "walk_in_maker.h"

/* Everything that can go wrong with a number, on demand. */

#define FIRST 42
#define AHEAD 6
#define WAIT_MINUTES 20
#define FOLLOW "HTTPS://AFSPRAAK.VOORBEELD.NL/N/0A1B2C3D4E5F6G7H8J9K0M1"
#define NUMBERS_MAX 64 /* in one run */

enum play { PLAY_NOTHING, PLAY_CLOSED, PLAY_FULL, PLAY_OFFLINE, PLAY_UNCERTAIN };

struct scripted {
    pthread_mutex_t lock;
    char keys[NUMBERS_MAX][APPOINTMENT_KEY_BYTES]; /* "": withdrawn */
    size_t count;
    bool wait_unknown;
    enum play next;
};

static size_t
find_or_add(struct scripted *scripted, const char *key)
{
    for (size_t i = 0; i < scripted->count; i++) {
        if (text_equal(scripted->keys[i], key)) {
            return i;
        }
    }
    if (scripted->count < NUMBERS_MAX) {
        text_copy(scripted->keys[scripted->count++], APPOINTMENT_KEY_BYTES, key);
    }
    return scripted->count - 1;
}

static void
fill_in(const struct scripted *scripted, size_t index, struct walk_in_number *number)
{
    snprintf(number->text, sizeof(number->text), "A %03u",
             (unsigned)(FIRST + index) % 1000);
    number->ahead = AHEAD + (int)index;
    number->wait_minutes = scripted->wait_unknown ? -1 : WAIT_MINUTES + 5 * (int)index;
    number->desks[0] = 1;
    number->desks[1] = 2;
    number->desk_count = 2;
    snprintf(number->follow, sizeof(number->follow), FOLLOW "%03u",
             (unsigned)(FIRST + index) % 1000);
}

static bool
draw(struct scripted *scripted, const struct walk_in_wish *wish,
     struct walk_in_number *number, struct error *error)
{
    enum play play = scripted->next;

    scripted->next = PLAY_NOTHING;
    if (play == PLAY_OFFLINE) {
        return error_set(error, ERROR_OFFLINE, "scripted: offline");
    }
    if (play == PLAY_CLOSED || play == PLAY_FULL) {
        number->refusal = play == PLAY_FULL ? WALK_IN_FULL : WALK_IN_CLOSED;
        text_copy(number->note, sizeof(number->note),
                  "Morgen om 9 uur zijn er weer nummers.");
        return true;
    }
    fill_in(scripted, find_or_add(scripted, wish->key), number);
    return play != PLAY_UNCERTAIN ||
           error_set(error, ERROR_UNCERTAIN, "scripted: the answer is lost");
}

static bool
scripted_draw(void *maker, const struct walk_in_wish *wish,
              struct walk_in_number *number, struct error *error)
{
    struct scripted *scripted = maker;
    bool good;

    pthread_mutex_lock(&scripted->lock);
    good = draw(scripted, wish, number, error);
    pthread_mutex_unlock(&scripted->lock);
    return good;
}

/* Says what the next drawing would, and leaves that to it. */
static bool
scripted_expect(void *maker, const char *product, struct walk_in_number *number,
                struct error *error)
{
    struct scripted *scripted = maker;

    (void)product;
    (void)error;
    pthread_mutex_lock(&scripted->lock);
    if (scripted->next == PLAY_CLOSED || scripted->next == PLAY_FULL) {
        number->refusal = scripted->next == PLAY_FULL ? WALK_IN_FULL : WALK_IN_CLOSED;
    } else {
        fill_in(scripted, scripted->count, number);
        number->text[0] = number->follow[0] = '\0';
    }
    pthread_mutex_unlock(&scripted->lock);
    return true;
}

static bool
scripted_withdraw(void *maker, const char *key, struct error *error)
{
    struct scripted *scripted = maker;

    (void)error;
    pthread_mutex_lock(&scripted->lock);
    for (size_t i = 0; i < scripted->count; i++) {
        if (text_equal(scripted->keys[i], key)) {
            scripted->keys[i][0] = '\0';
        }
    }
    pthread_mutex_unlock(&scripted->lock);
    return true;
}

static void
scripted_destroy(void *maker)
{
    struct scripted *scripted = maker;

    pthread_mutex_destroy(&scripted->lock);
    free(scripted);
}

static const struct walk_in_operations operations = {
    .draw = scripted_draw,
    .expect = scripted_expect,
    .withdraw = scripted_withdraw,
    .destroy = scripted_destroy,
};

struct walk_in_client *
walk_in_scripted_create(void)
{
    struct scripted *scripted = memory_allocate(1, sizeof(*scripted));

    pthread_mutex_init(&scripted->lock, NULL);
    return walk_in_client_create("scripted", &operations, scripted);
}

bool
walk_in_play(struct walk_in_client *client, const char *what)
{
    static const char *const names[] = {
        [PLAY_CLOSED] = "closed",
        [PLAY_FULL] = "full",
        [PLAY_OFFLINE] = "offline",
        [PLAY_UNCERTAIN] = "uncertain",
    };
    struct scripted *scripted = client->maker;
    bool unknown = text_equal(what, "unknown");
    enum play next = PLAY_NOTHING;

    if (client->operations != &operations) {
        return false;
    }
    for (int i = PLAY_CLOSED; i <= PLAY_UNCERTAIN; i++) {
        next = text_equal(names[i], what) ? (enum play)i : next;
    }
    if (next == PLAY_NOTHING && !unknown) {
        return false;
    }
    pthread_mutex_lock(&scripted->lock);
    if (unknown) {
        scripted->wait_unknown = true;
    } else {
        scripted->next = next;
    }
    pthread_mutex_unlock(&scripted->lock);
    return true;
}

size_t
walk_in_count_drawn(struct walk_in_client *client)
{
    struct scripted *scripted = client->maker;
    size_t count = 0;

    if (client->operations != &operations) {
        return 0;
    }
    pthread_mutex_lock(&scripted->lock);
    for (size_t i = 0; i < scripted->count; i++) {
        count += scripted->keys[i][0] != '\0';
    }
    pthread_mutex_unlock(&scripted->lock);
    return count;
}
