#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/channel.h"
#include "base/error.h"
#include "base/language.h"

/*
 * What is counted of a visit: that it was, how it went, and which step was made
 * for which product. Never a person, never anything that links two visits.
 *
 * On the wire an event is a CloudEvent in the NL GOV profile (1.1): `source` names
 * kiosk and stream, `id` is the sequence in that stream, from 1 without gaps.
 * `time` is when the kiosk recorded it. The text of an event is canonical: the same
 * values always give the same bytes, so that both sides compute the same chain: the
 * receiver hashes what usage_event_write() makes of what it has read.
 *
 * {"specversion":"1.0","id":"17",
 *  "source":"urn:nld:loketzuil:balie-2:00112233445566778899aabbccddeeff",
 *  "type":"nl.burgerzaken.loketzuil.aanvraag-gestart.v1",
 *  "time":"2026-11-22T09:30:00Z","datacontenttype":"application/json",
 *  "data":{"product_uri":"http://standaarden.overheid.nl/owms/terms/paspoort",
 *          "product":"paspoort","channel":"appointment"}}
 */

#define USAGE_PRODUCT_BYTES 48
#define USAGE_URI_BYTES 128
#define USAGE_SCREEN_BYTES 24
#define USAGE_VARIANT_BYTES 24
#define USAGE_KIOSK_BYTES 40
#define USAGE_STREAM_BYTES 16 /* random, one a start of the kiosk program */
#define USAGE_EVENT_BYTES_MAX 1280
#define USAGE_MISSES_MAX 999
#define USAGE_MISSED_MAX 8 /* screens of one visit that are told apart */
#define USAGE_TIME_MAX INT64_C(253402300799) /* the last second of the year 9999 */

enum usage_kind { USAGE_VISIT_BEGUN, USAGE_VISIT_ENDED, USAGE_STEP, USAGE_KIND_COUNT };

enum usage_step {
    USAGE_INFORMATION, /* the product's page was shown */
    USAGE_STARTED,     /* a channel was chosen */
    USAGE_HANDED_OVER, /* online: went on on the citizen's own phone, or at a partner */
    USAGE_COMPLETED,   /* booking confirmed, number drawn, help given */
    /* After a hand-over the citizen said at the kiosk that it worked. Counted apart: it
     * is completed only when the municipality's form says so. */
    USAGE_SELF_REPORTED,
    USAGE_ABANDONED, /* started but not completed; `screen` says where */
    USAGE_STEP_COUNT
};

enum usage_outcome {
    USAGE_OUTCOME_COMPLETED,
    USAGE_OUTCOME_HANDED_OVER,
    USAGE_OUTCOME_HELPED,    /* a member of staff was asked */
    USAGE_OUTCOME_INFORMED,  /* read, and left by themselves */
    USAGE_OUTCOME_STOPPED,   /* pressed Stop in the middle */
    USAGE_OUTCOME_TIMED_OUT, /* walked away */
    /* Power or program failed; told at the next start. Nothing more is known of such
     * a visit: duration, language, modes, misses and satisfaction are not on the wire,
     * read as zero, and must not be counted. */
    USAGE_OUTCOME_INTERRUPTED,
    USAGE_OUTCOME_COUNT
};

enum usage_duration {
    USAGE_DURATION_UNDER_30_S,
    USAGE_DURATION_UNDER_1_MIN,
    USAGE_DURATION_UNDER_2_MIN,
    USAGE_DURATION_UNDER_5_MIN,
    USAGE_DURATION_UNDER_10_MIN,
    USAGE_DURATION_LONGER,
    USAGE_DURATION_COUNT
};

enum usage_mode { /* bits: used at least once in the visit */
                  USAGE_MODE_LARGE_TEXT = 1,
                  USAGE_MODE_HIGH_CONTRAST = 2,
                  USAGE_MODE_REDUCED_REACH = 4,
                  USAGE_MODE_SPEECH = 8,
                  USAGE_MODE_KEYS = 16,
                  USAGE_MODE_ALL = 31,
};

/* Touches beside every target, of one screen. */
struct usage_missed {
    char screen[USAGE_SCREEN_BYTES]; /* never "" */
    int misses;                      /* from 1 */
};

enum usage_success {                        /* what the citizen says of it when asked */
                     USAGE_SUCCESS_UNKNOWN, /* not asked or not answered */
                     USAGE_SUCCESS_YES,
                     USAGE_SUCCESS_PARTLY,
                     USAGE_SUCCESS_NO,
                     USAGE_SUCCESS_COUNT
};

struct usage_event {
    enum usage_kind kind;
    int64_t time; /* when it was recorded, 0 to USAGE_TIME_MAX; counts go by its hour */

    /* USAGE_STEP */
    enum usage_step step;
    char product_uri[USAGE_URI_BYTES]; /* of the UPL, "" for a partner's */
    char product[USAGE_PRODUCT_BYTES]; /* the catalogue's id, never "" */
    enum channel channel; /* of USAGE_VISIT_ENDED: what the two answers are about */
    char variant[USAGE_VARIANT_BYTES]; /* of the steering text, "" for none */
    /* USAGE_HANDED_OVER: hexadecimal SHA-256 of the token's text as it stands in the
     * address of the QR code (backoffice/hand_over.h), "" for none */
    char hand_over_hash[65];

    /* USAGE_VISIT_ENDED */
    enum usage_outcome outcome;
    enum usage_duration duration;
    enum language language;
    unsigned modes;
    int misses; /* touches beside every target; above 999 is written as 999 */
    /* On which screens, in the order of their names; together no more than `misses`.
     * The rest is not told apart. */
    struct usage_missed missed[USAGE_MISSED_MAX];
    size_t missed_count;
    char help_offered[USAGE_SCREEN_BYTES]; /* the screen where help was, "" if not */
    bool help_taken;                       /* and one of its ways was chosen */
    int satisfaction;                      /* 1 to 5, 0 not asked or not answered */
    enum usage_success success;

    /* USAGE_VISIT_ENDED, and USAGE_STEP when abandoned */
    char screen[USAGE_SCREEN_BYTES]; /* where it ended */
};

struct usage_position {
    char kiosk[USAGE_KIOSK_BYTES];
    uint8_t stream[USAGE_STREAM_BYTES];
    int64_t sequence; /* from 1 */
};

enum usage_duration usage_duration_of(int64_t seconds);

/*
 * The canonical CloudEvent, NUL-ended; returns its length. Never fails: the values are
 * ours (assert on an enum, time or text that is none). Fields that do not belong to the
 * event's kind are not written.
 */
size_t usage_event_write(const struct usage_event *event,
                         const struct usage_position *position,
                         char target[USAGE_EVENT_BYTES_MAX]);

struct json;

/*
 * Strict: refuses unknown types, fields and values, and values not written as
 * usage_event_write() writes them (the order of members and white space are not
 * looked at). Everything that usage_event_write() writes is read. ERROR_BAD_INPUT.
 */
bool usage_event_read(const struct json *value, struct usage_event *event,
                      struct usage_position *position, struct error *error);

const char *usage_step_name(enum usage_step step); /* "information": in counts */
const char *usage_outcome_name(enum usage_outcome outcome);
const char *usage_duration_name(enum usage_duration duration); /* "under-2-min" */
const char *usage_mode_name(enum usage_mode mode);             /* "large-text" */
const char *usage_success_name(enum usage_success success);    /* "partly" */
/* The CloudEvents type: "nl.burgerzaken.loketzuil.aanvraag-gestart.v1". */
const char *usage_event_type(const struct usage_event *event);
