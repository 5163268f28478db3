#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backoffice/store.h"
#include "backoffice/store_fleet.h"
#include "base/sign.h"
#include "usage/event.h"

/* Streams, counts, gaps and conflicts in the database. */

struct store_stream {
    uint8_t stream[USAGE_STREAM_BYTES];
    char kiosk[USAGE_KIOSK_BYTES];
    int64_t mark; /* the highest sequence counted, without gaps; 0: none yet */
    uint8_t link[HASH_BYTES]; /* of the chain, at the mark */
};

/* What is known of a stream. One that isn't known has mark 0, its first link, no kiosk.
 */
bool
store_stream_find(struct store_session *session, const uint8_t id[USAGE_STREAM_BYTES],
                  struct store_stream *stream, struct error *error);
bool store_stream_save(struct store_session *session, const struct store_stream *stream,
                       struct error *error);

/* `first` to `last` of a stream exist nowhere any more. */
bool
store_gap_add(struct store_session *session, const uint8_t stream[USAGE_STREAM_BYTES],
              int64_t first, int64_t last, struct error *error);

/*
 * For staff: two cards lived one stream. `counts` is the kiosk's report of what it
 * set aside (JSON), "" for what the back office noticed itself. The same one twice
 * is kept once.
 */
struct store_conflict {
    uint8_t stream[USAGE_STREAM_BYTES];
    char kiosk[USAGE_KIOSK_BYTES];
    int64_t first, last;
    const char *counts;
};

#define STORE_CONFLICTS_OF_STREAM_MAX 20

/* ERROR_REFUSED: this stream has STORE_CONFLICTS_OF_STREAM_MAX reports already. */
bool store_conflict_add(struct store_session *session,
                        const struct store_conflict *conflict, struct error *error);

/* A gap or a conflict, as it was kept. Texts live until the call returns. */
struct store_trouble {
    uint8_t stream[USAGE_STREAM_BYTES];
    const char *kiosk; /* "" when a gap's stream has no kiosk */
    int64_t first, last, noted_at;
    const char *counts; /* of a conflict, else NULL */
};

typedef bool (*store_trouble_take)(void *data, const struct store_trouble *trouble);

/* At most `max`, the last noted first, until one call returns false. */
bool store_gaps_read(struct store_session *session, int max, store_trouble_take take,
                     void *data, struct error *error);
bool store_conflicts_read(struct store_session *session, int max,
                          store_trouble_take take, void *data, struct error *error);

/*
 * The small tables. A tally adds `count` to one row, named by a time (an hour or a
 * day since 1970), texts and a number, as many as its table has.
 */
enum count_table {
    COUNT_STEP,         /* hour: kiosk, location, product URI, product, channel, step */
    COUNT_VARIANT,      /* day: product, variant, step */
    COUNT_OUTCOME,      /* day: screen, outcome */
    COUNT_LANGUAGE,     /* day: language; modes */
    COUNT_SATISFACTION, /* day: channel; satisfaction */
    COUNT_SUCCESS,      /* day: channel, what was said of it */
    COUNT_HELP,         /* day: screen, "taken" or "declined" */
    COUNT_DURATION,     /* day: duration class */
    COUNT_MISSES,       /* day: screen */
    COUNT_TABLE_COUNT
};

#define TALLY_TEXTS_MAX 6

struct tally {
    enum count_table table;
    int64_t time;
    const char *texts[TALLY_TEXTS_MAX]; /* the caller's; NULL after the last */
    int64_t number;
    int64_t count;
};

bool store_counts_add(struct store_session *session, const struct tally *tallies,
                      size_t count, struct error *error);

/* One row of COUNT_STEP. */
struct count_row {
    int64_t hour;
    char kiosk[USAGE_KIOSK_BYTES], location[FLEET_LOCATION_BYTES];
    char product_uri[USAGE_URI_BYTES], product[USAGE_PRODUCT_BYTES];
    char channel[24], step[24];
    int64_t count;
};

/* How many visits there were at a location in each hour with `from` ≤ hour < `to`. */
bool
store_visits_read(struct store_session *session, const char *location, int64_t from,
                  int64_t to, void (*take)(void *data, int64_t hour, int64_t count),
                  void *data, struct error *error);

/* Calls for each row with `from` ≤ hour < `to`, by hour, until one returns false. */
bool store_counts_read(struct store_session *session, int64_t from, int64_t to,
                       bool (*take)(void *data, const struct count_row *row),
                       void *data, struct error *error);

/* A day's screen: how many visits ended there, and touches that hit nothing. */
struct screen_count {
    int64_t day;
    char screen[USAGE_SCREEN_BYTES];
    int64_t ended, misses;
};

/* Calls for each, by day and screen, with `from` ≤ day ≤ `to`. */
bool store_screens_read(struct store_session *session, int64_t from, int64_t to,
                        void (*take)(void *data, const struct screen_count *row),
                        void *data, struct error *error);
