#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backoffice/book_staff.h"
#include "backoffice/store.h"

/*
 * The appointment book in the database. The cell is what can't be had twice: its
 * key is (desk, start), so two bookings of one cell are impossible in any engine
 * and under any concurrency. A cell with an expiry is held; once that has passed,
 * whoever comes next takes it over in the very statement that takes the others.
 */

/* Makes the location's desks 1 to `count` the active ones. */
bool store_book_set_desks(struct store_session *session, const char *location,
                          int count, struct error *error);
/* The active desks that do all of the booking's products there, at most DESKS_MAX. */
bool store_book_desks(struct store_session *session, const struct booking *booking,
                      int64_t *desks, size_t *count, struct error *error);

/* How many desks staff said that the location has; -1: nothing. */
bool store_book_said_desks(struct store_session *session, const char *location,
                           int *count, struct error *error);
bool store_book_say_desks(struct store_session *session, const char *location,
                          int count, struct error *error);

/* Desk `number` does these products only; none: everything. */
bool store_book_set_desk_products(struct store_session *session, const char *location,
                                  int number, const struct product *const *products,
                                  size_t count, struct error *error);
/* Calls for each active desk and, with a product, for each that it is limited to. */
typedef void (*store_book_desk)(void *data, const char *location, int number,
                                const char *product);
bool store_book_each_desk(struct store_session *session, store_book_desk call,
                          void *data, struct error *error);

/* `closure->id` is set. */
bool store_book_add_closure(struct store_session *session, struct book_closure *closure,
                            struct error *error);
bool store_book_remove_closure(struct store_session *session, int64_t id,
                               struct error *error); /* ERROR_NOT_FOUND */
/* Those that end after `from`, the first to begin first. */
typedef void (*store_book_closure)(void *data, const struct book_closure *closure);
bool store_book_each_closure(struct store_session *session, int64_t from,
                             store_book_closure call, void *data, struct error *error);

/* Stretches in [from, to) that the desk is closed; desk 0: the whole location. */
typedef void (*store_book_shut)(void *data, int64_t start, int64_t end);
bool store_book_each_shut(struct store_session *session, const char *location,
                          int64_t desk, int64_t from, int64_t to, store_book_shut call,
                          void *data, struct error *error);

typedef void (*store_book_cell)(void *data, int64_t cell);

/* Calls for each cell of a desk that is taken now, in [from, to). */
bool
store_book_taken(struct store_session *session, int64_t desk, int64_t from, int64_t to,
                 store_book_cell call, void *data, struct error *error);

/* A desk of the booking's location that has room for it, may do it and is not closed;
 * 0: none. */
bool store_book_free_desk(struct store_session *session, const struct booking *booking,
                          int64_t *desk, struct error *error);

/*
 * Takes all cells from start to end at some such desk, until `booking->expires`
 * (TIME_NONE: for good), and sets `booking->desk`. ERROR_TAKEN: no desk has them all.
 */
bool store_book_take(struct store_session *session, struct booking *booking,
                     struct error *error);
/* Gives its cells that expiry. ERROR_TAKEN: somebody took over some of them. */
bool store_book_keep(struct store_session *session, const struct booking *booking,
                     struct error *error);
bool store_book_give_back(struct store_session *session, const struct booking *booking,
                          struct error *error);

/* ERROR_NOT_FOUND when there is none. */
bool store_book_by_id(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
                      struct booking *booking, struct error *error);
bool store_book_by_key(struct store_session *session, const char *key,
                       struct booking *booking, struct error *error);
bool store_book_by_code(struct store_session *session, const char *code,
                        struct booking *booking, struct error *error);
bool store_book_code_is_free(struct store_session *session, const char *code,
                             bool *is_free, struct error *error);
/* Inserts or changes the row of `booking->id`. */
bool store_book_save(struct store_session *session, const struct booking *booking,
                     struct error *error);

/* All of it. */
bool store_book_forget(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
                       struct error *error);

/* Writes, and reads, what `booking` is for. */
bool store_book_set_items(struct store_session *session, const struct booking *booking,
                          struct error *error);
bool store_book_items(struct store_session *session, struct booking *booking,
                      struct error *error);
bool store_book_set_value(struct store_session *session, const struct booking *booking,
                          const struct book_value *value, struct error *error);
bool store_book_forget_person(struct store_session *session,
                              const uint8_t id[BOOK_ID_BYTES], struct error *error);

/* That this key moved that appointment to that start. ERROR_NOT_FOUND: nothing. */
bool store_book_set_move(struct store_session *session, const struct book_move *move,
                         struct error *error);
bool
store_book_move_by_key(struct store_session *session, const char *key,
                       uint8_t id[BOOK_ID_BYTES], int64_t *start, struct error *error);

/*
 * The ids, at most `max`, of holds that expired up to `now`; and of bookings that
 * ended before `before` and have not been purged.
 */
bool store_book_expired(struct store_session *session, int64_t now,
                        uint8_t (*ids)[BOOK_ID_BYTES], size_t max, size_t *count,
                        struct error *error);
bool store_book_past(struct store_session *session, int64_t before,
                     uint8_t (*ids)[BOOK_ID_BYTES], size_t max, size_t *count,
                     struct error *error);
/* Keys that were given up or moved with before then, and were never booked with. */
bool store_book_forget_keys(struct store_session *session, int64_t before,
                            struct error *error);

/* Marks appointments that were to start from `from` to `to`, and before `before`, as
 * missed, when anybody arrived for one that starts from `from` to `to`. */
bool
store_book_mark_missed(struct store_session *session, const char *location,
                       int64_t from, int64_t to, int64_t before, struct error *error);

/* Adds what became of it to the numbers: just before it is forgotten. */
bool store_book_settle(struct store_session *session, const struct booking *booking,
                       struct error *error);

/* `hour` since 1970. One hour, location, product and state may come twice. */
struct store_book_row {
    int64_t hour;
    bool to_come; /* booked, and not over at `over` */
    char location[CATALOGUE_ID_BYTES], product[CATALOGUE_ID_BYTES];
    enum booking_state state;
    int64_t count;
};

typedef void (*store_book_count)(void *data, const struct store_book_row *row);

/* All, forgotten or not, of hours from `from` up to `to`. */
bool
store_book_counts(struct store_session *session, int64_t from, int64_t to, int64_t over,
                  store_book_count call, void *data, struct error *error);

/* How many products were or are to be handled at a location in each hour. */
typedef void (*store_book_hour)(void *data, int64_t hour, int64_t count);

bool store_book_load(struct store_session *session, const char *location, int64_t from,
                     int64_t to, store_book_hour call, void *data, struct error *error);

/* An appointment to come, and what is wrong with its desk. */
struct store_book_seat {
    uint8_t id[BOOK_ID_BYTES];
    int64_t start, end;
    char location[CATALOGUE_ID_BYTES];
    char products[BOOK_ITEMS_MAX * CATALOGUE_ID_BYTES]; /* with spaces between */
    int number;                                         /* of the desk */
    bool gone;       /* the desk is not there any more */
    bool desk_shut;  /* it is closed then */
    bool wrong_desk; /* it doesn't do this any more */
    bool location_shut;
};

/* Calls for each that starts after `after` until one returns false. */
typedef bool (*store_book_take_seat)(void *data, const struct store_book_seat *seat);
bool store_book_each_seat(struct store_session *session, int64_t after,
                          store_book_take_seat call, void *data, struct error *error);

/* What was required of the citizen. */
bool store_book_values(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
                       struct book_value *values, size_t max, size_t *count,
                       struct error *error);
