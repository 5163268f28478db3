#pragma once

#include <pthread.h>

#include "appointment/scripted.h"
#include "scripted_agenda.h"

/* Who took what at the scripted maker. All of it with the lock held. */

/* One that takes a time: a hold, or a booking that stands or was cancelled. */
struct record {
    struct appointment appointment;
    char key[APPOINTMENT_KEY_BYTES];
    bool held;                /* not booked yet */
    bool given_up;            /* released before it was booked: the key is spent */
    int64_t expires;          /* of a hold */
    int64_t code_tells_until; /* as much as the ticket */
    char moved_with[APPOINTMENT_KEY_BYTES];          /* the last move's key */
    char first_check_in[APPOINTMENT_CHECK_IN_BYTES]; /* the text of before any move */
};

struct scripted {
    pthread_mutex_t lock;
    struct scripted_agenda agenda;
    int64_t (*now)(void *data);
    void (*check_in)(void *data, const uint8_t id[16], int64_t start,
                     const char *location, char text[APPOINTMENT_CHECK_IN_BYTES]);
    void *data;
    struct record *records;
    size_t record_count;
    unsigned made; /* appointments ever booked: ids and codes follow from it */
    enum error_kind fail_next;
    bool offline;
};

int64_t register_now(const struct scripted *scripted);

/* Does it still keep others out? */
bool register_takes_room(const struct record *record, int64_t now);
/* Anything in the way there, but for what `except_key` (may be NULL) has itself? */
bool register_is_taken(const struct scripted *scripted, const char *location,
                       int64_t start, int64_t end, const char *except_key);

/* By key, or when that is NULL by id. NULL when there is none. */
struct record *
register_find(struct scripted *scripted, const char *key, const char *id);
struct record *register_add(struct scripted *scripted);

bool register_hold(struct scripted *scripted, const struct appointment_booking *booking,
                   struct error *error);
bool register_book(struct scripted *scripted, const struct appointment_booking *booking,
                   struct appointment *appointment, struct error *error);

bool register_move(struct scripted *scripted, const char *id, const char *key,
                   int64_t start, struct appointment *appointment, struct error *error);

/* By code, which tells little, or by the text of a QR, of before a move too. */
bool register_search(const struct scripted *scripted, const char *text,
                     struct appointment *appointment, struct error *error);

bool register_arrive(struct scripted *scripted, const char *id,
                     struct appointment *appointment, struct error *error);

bool register_unprinted(struct scripted *scripted, const char *id, struct error *error);

/* As it is now: missed, when its time is past and nobody came. */
struct appointment
register_tell(const struct scripted *scripted, const struct record *record);

/* True, with the error, when the script wants what was just done to go unanswered. */
bool register_answer_is_lost(struct scripted *scripted, struct error *error);
