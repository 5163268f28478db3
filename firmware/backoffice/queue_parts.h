#pragma once

#include "backoffice/http_server.h"
#include "backoffice/queue.h"
#include "backoffice/store_queue.h"

/* What the files of the queue, and the book's arrivals, share. */

struct booking;

struct queue {
    struct store *store;
    struct book *book;
};

/* ERROR_NOT_FOUND when the catalogue has no such location. `at->location` becomes the
 * catalogue's own. */
bool queue_find_place(const struct book *book, struct store_session *session,
                      struct queue_place place, struct store_queue_place *at,
                      struct error *error);

/* How many are called before `number`, and about how long that takes. */
struct queue_estimate {
    int ahead;
    int wait_minutes; /* -1: there is no basis */
    int desks[QUEUE_DESKS_MAX];
    size_t desk_count;
};

/* `number->id` 0: of who would draw it now. */
bool queue_estimate(struct store_session *session, const struct store_queue_place *at,
                    const struct queue_number *number, struct queue_estimate *estimate,
                    struct error *error);

/* Those that are there, each with the number it has at hand. */
bool queue_desks_there(struct store_session *session,
                       const struct store_queue_place *at, const char *product,
                       struct queue_desk *desks, size_t *count, struct error *error);

/* Gives who has just arrived a number, where numbers are called. Who was there already
 * keeps the one that it has, if any. */
bool queue_arrive(struct store_session *session, const struct book *book,
                  struct booking *booking, bool just_now, struct error *error);
/* The number that it was given, if any. */
bool queue_number_of(struct store_session *session, struct booking *booking,
                     struct error *error);

/* What somebody at a desk does, in words: "sit", "call", "call-again", "finish",
 * "send-on", "pause" or "leave". */
struct queue_deed {
    const char *act, *number, *outcome; /* "" where it takes none */
    int to;
};

bool queue_act(struct queue *queue, struct queue_place at,
               const struct queue_deed *deed, struct error *error);

/* queue_api_staff.c; the handlers' data is the queue. */
void queue_api_rules(void *data, const struct http_server_request *request,
                     struct http_server_answer *answer);
void queue_api_set_rule(void *data, const struct http_server_request *request,
                        struct http_server_answer *answer);
void queue_api_counts(void *data, const struct http_server_request *request,
                      struct http_server_answer *answer);
