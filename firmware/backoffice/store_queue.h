#pragma once

#include "backoffice/queue.h"
#include "backoffice/store.h"

/*
 * The queue in the database. What can't happen twice is a key there: a number of a
 * location's day, a request's key, an appointment's number, and a desk's number at
 * hand. So two desks can't call the same number, whatever asks at the same time.
 */

/* A number is of a day on the location's calendar, of date_to_days(). */
struct store_queue_place {
    const char *location;
    int64_t day;
    int desk;
    int64_t now;
};

/* Gives `number` the next of its kind that day; `key` or `booking` may be NULL. */
bool store_queue_add(struct store_session *session, int64_t day, const char *key,
                     const uint8_t *booking, struct queue_number *number,
                     struct error *error);
/* A key that is spent before it drew anything. */
bool store_queue_spend(struct store_session *session, int64_t day, const char *key,
                       const struct queue_number *number, struct error *error);

/* ERROR_NOT_FOUND when there is none. */
bool store_queue_by_key(struct store_session *session, const char *key,
                        struct queue_number *number, struct error *error);
bool store_queue_by_follow(struct store_session *session, const char *follow,
                           struct queue_number *number, struct error *error);
bool store_queue_by_booking(struct store_session *session, const uint8_t *booking,
                            struct queue_number *number, struct error *error);
/* That the desk has called and not ended. */
bool
store_queue_at_desk(struct store_session *session, const struct store_queue_place *at,
                    struct queue_number *number, struct error *error);

typedef void (*store_queue_take)(void *data, const struct queue_number *number);

/* Who waits, in the order in which `at->desk` calls; whom it does not do is left out.
 * Desk 0: all, in the order of any. */
bool store_queue_each_waiting(struct store_session *session,
                              const struct store_queue_place *at, store_queue_take call,
                              void *data, struct error *error);
/* The last QUEUE_CALLED_MAX called, the last first. */
bool store_queue_each_called(struct store_session *session,
                             const struct store_queue_place *at, store_queue_take call,
                             void *data, struct error *error);
/* The first of those that wait becomes the desk's. ERROR_NOT_FOUND: none waits;
 * ERROR_TAKEN: the desk has one. */
bool store_queue_call(struct store_session *session, const struct store_queue_place *at,
                      struct queue_number *number, struct error *error);
bool
store_queue_call_again(struct store_session *session, int64_t id, struct error *error);
/* Ends it in `outcome`, or sends it on. */
bool store_queue_end(struct store_session *session, int64_t id,
                     enum queue_outcome outcome, struct error *error);
bool store_queue_send_on(struct store_session *session, int64_t id, int to,
                         struct error *error);
/* How many walk-ins drew that day. */
bool store_queue_drawn(struct store_session *session, const char *location, int64_t day,
                       int *count, struct error *error);

/* How long each of the last services took, at most `max`, that ended since then. */
bool
store_queue_services(struct store_session *session, const char *location, int64_t since,
                     int64_t *seconds, size_t max, size_t *count, struct error *error);

/* Desks that were seen since `since`; `product`: that do it (NULL: any). */
bool store_queue_desks(struct store_session *session, const char *location,
                       const char *product, int64_t since, struct queue_desk *desks,
                       size_t *count, struct error *error);
bool
store_queue_set_desk(struct store_session *session, const struct store_queue_place *at,
                     bool paused, struct error *error);
bool store_queue_see_desk(struct store_session *session,
                          const struct store_queue_place *at, struct error *error);
bool store_queue_leave(struct store_session *session,
                       const struct store_queue_place *at, struct error *error);

/* How many desks the book has there, and whether the location is closed just now. */
bool store_queue_desk_count(struct store_session *session, const char *location,
                            int *count, struct error *error);

/* As staff said; nothing said is open without a cap. */
bool store_queue_rule(struct store_session *session, const char *location,
                      struct queue_rule *rule, struct error *error);
bool store_queue_set_rule(struct store_session *session, const struct queue_rule *rule,
                          struct error *error);

typedef void (*store_queue_count)(void *data, const struct queue_count *count);
bool store_queue_counts(struct store_session *session, struct date from, struct date to,
                        store_queue_count call, void *data, struct error *error);

/* Ends, counts and deletes what is of a day before. */
bool store_queue_forget(struct store_session *session, const char *location,
                        int64_t before, struct error *error);
