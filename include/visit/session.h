#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "appointment/client.h"
#include "appointment/walk_in.h"
#include "base/channel.h"
#include "base/language.h"
#include "base/time.h"
#include "catalogue/catalogue.h"
#include "device/printer.h"
#include "errand/errand.h"
#include "ui/adjustment.h"
#include "ui/page.h"
#include "usage/event.h"
#include "visit/screens.h"

/*
 * All that is known of the citizen at the kiosk. A plain value without pointers to
 * memory of its own: session_wipe() is forgetting, and between visits every byte of
 * it is zero.
 */

#define SESSION_DEPTH_MAX 24
#define SESSION_ANSWERS_MAX 24
#define SESSION_LOCATIONS_MAX 40
#define SESSION_DAYS                                                                   \
    42 /* asked at once, from a Monday: windows of one, two or three                   \
          weeks fill them */
#define SESSION_TIMES_MAX 160
#define SESSION_PRODUCTS_MAX 512 /* of a catalogue */
#define SESSION_SEARCH_BYTES 64
#define SESSION_CODE_BYTES 7 /* of the code on a ticket */

enum overlay {
    OVERLAY_NONE,
    OVERLAY_LANGUAGES,
    OVERLAY_HELP,
    OVERLAY_ADJUST,
    OVERLAY_LARGER, /* shall everything be larger? */
    OVERLAY_CANCEL, /* really cancel the appointment? */
    OVERLAY_SCANNED /* a code was held before the scanner in the middle of a visit */
};

/* What is worth saying once, above the choices. */
enum notice {
    NOTICE_NONE,
    NOTICE_TIME_TAKEN,
    NOTICE_NO_PHONE,
    NOTICE_PRINTED,
    NOTICE_PRINT_UNSURE,
    NOTICE_PRINT_FAILED,
    /* Of an appointment that was looked up. */
    NOTICE_NOT_FOUND,
    NOTICE_NOT_OURS, /* a code of something else */
    NOTICE_TOO_MANY_TRIES,
    NOTICE_IS_CANCELLED,
    NOTICE_UNKNOWN_HERE, /* this kiosk doesn't know its product or place */
    NOTICE_TOO_EARLY,
    NOTICE_TOO_LATE,
    NOTICE_CLOSED_FOR_CHANGE,
    /* Of what is asked of people who are not there. */
    NOTICE_CALL_BACK_FAILED,
    NOTICE_CALL_WAITS,  /* for help, until there is a network */
    NOTICE_CALL_FAILED, /* nobody can be called to this kiosk */
};

/* A screen that was passed, with what going back to it needs. */
struct frame {
    enum screen_id screen;
    int part;                   /* of a page that does not fit at once (ui/fit.h) */
    char anchor[PAGE_ID_BYTES]; /* what stands on it, for when letters or language
                                   change; "" on the first part */
    const struct product *product;
    const struct partner *partner;
    const struct question *question; /* of SCREEN_QUESTION */
    size_t answer_count;
};

/* One product (or partner) by one channel; open while not finished. */
struct attempt {
    const struct product *product; /* exactly one of the two is set */
    const struct partner *partner;
    enum channel channel;
    bool open;
};

struct typed {
    struct appointment_value values[APPOINTMENT_FIELDS_MAX]; /* as the fields */
    bool wrong[APPOINTMENT_FIELDS_MAX];                      /* said to be wrong */
    size_t current;
    enum { KEYS_LETTERS, KEYS_ACCENTS, KEYS_DIGITS } keys;
    bool shift;
    int board; /* how often keys that come in parts were turned */
};

/* What the appointment system said, for the product and place at hand. */
struct known {
    bool locations, fields, days, times; /* was asked and answered */
    struct appointment_location location[SESSION_LOCATIONS_MAX];
    size_t location_count;
    struct appointment_field field[APPOINTMENT_FIELDS_MAX]; /* not the hidden ones */
    size_t field_count;
    struct date monday; /* of the days that were asked */
    struct date shown;  /* the first day on the page */
    int days_shown;     /* by the last step; 0: from where something is free */
    struct appointment_day day[SESSION_DAYS];
    size_t day_count;
    struct appointment_time time[SESSION_TIMES_MAX];
    size_t time_count;
};

#define HESITATION_TURNS 3
#define HESITATION_TRAIL 5

/* Whether the citizen finds the way (flow_hesitation.c). */
struct hesitation {
    int64_t progress_ms; /* when something was last chosen or typed */
    int misses;          /* on this screen, since help was last offered */
    int64_t turns_ms[HESITATION_TURNS]; /* when it turned back, the last one first */
    bool goes_back;                     /* the last step was one back */
    enum screen_id trail[HESITATION_TRAIL]; /* as it came by them, the last one first */
    uint64_t offered;                       /* bits: screens on which help was */
    int offers;
    bool open;            /* what lies over the page was offered, and not asked for */
    bool taken;           /* help was chosen that had been offered */
    enum screen_id where; /* of that offer, else of the last one */
};

struct session {
    bool under_way;
    enum language language;
    struct adjustment adjustment;
    int64_t begun_ms;
    unsigned modes;           /* enum usage_mode bits */
    int misses;               /* touches beside everything */
    int missed[SCREEN_COUNT]; /* on each screen */
    int misses_in_row;        /* since something was pressed */
    bool larger_offered;
    struct hesitation hesitation;

    struct frame frames[SESSION_DEPTH_MAX]; /* the last one is shown */
    size_t depth;
    enum overlay overlay;
    int overlay_part;
    bool blanked; /* somebody is looking: nothing of it is shown */
    enum notice notice;

    const struct life_event *event;
    const struct product *product;
    const struct partner *partner;
    struct answer answers[SESSION_ANSWERS_MAX]; /* in the order given */
    size_t answer_count;
    enum channel channel;
    int steps;       /* of the progress bar; fixed when the channel page is shown */
    bool has_fields; /* the maker asks who comes */
    int persons;
    const struct location *location;
    struct date date; /* year 0: none chosen */
    int64_t start;    /* 0: none chosen */
    bool held;
    char key[APPOINTMENT_KEY_BYTES]; /* of hold and booking */
    struct known known;
    struct typed typed;
    char search[SESSION_SEARCH_BYTES];
    bool searched;                  /* the results are shown, not the keys */
    char token[33];                 /* in the address that a phone goes on with */
    const struct product *token_of; /* the product it was made for */
    struct appointment appointment;
    bool booked;
    char number_key[APPOINTMENT_KEY_BYTES]; /* "": nothing was asked */
    const struct product *number_of;        /* what the key is for */
    struct walk_in_number number;           /* its text is "" until it is drawn */
    struct walk_in_number expected;         /* of who would draw now, */
    bool expects;                           /* when that was answered */
    bool moved, old_stands; /* to another time; the old one could not be cancelled */
    char code[SESSION_CODE_BYTES];
    char lookup[APPOINTMENT_CHECK_IN_BYTES]; /* what was typed or scanned last */
    bool from_ticket;           /* no network: only what the ticket itself says */
    bool elsewhere;             /* another kiosk can print the ticket, by its code */
    bool can_print;             /* the printer said so */
    enum printer_state printer; /* what it said last: why it can not */
    struct {
        char phone[ERRAND_PHONE_BYTES]; /* as typed; wiped when it is sent */
        int64_t from, until;            /* 0: not chosen */
        bool phone_wrong, part_wrong;
        char key[ERRAND_KEY_BYTES];
        bool kept; /* it waits here for a network */
    } call_back;
    struct {
        char key[ERRAND_KEY_BYTES]; /* "": nobody was called */
        int calls;
        int64_t called_at, called_ms; /* the last one */
        bool kept;
    } help;
    struct { /* for whoever helps next */
        char key[ERRAND_KEY_BYTES], code[ERRAND_CODE_BYTES];
        int64_t until; /* how long the code works */
        bool sent;     /* it does */
    } slip;
    bool places_by_distance;
    enum error_kind trouble;  /* why SCREEN_TROUBLE */
    bool trouble_of_standing; /* with an appointment that was made before */

    /* For the counts. */
    uint8_t informed[SESSION_PRODUCTS_MAX / 8]; /* bits: its page was counted */
    bool read;                                  /* at least one */
    struct attempt attempt;
    bool completed, handed_over, helped;
    int satisfaction; /* 1 to 5, 0 not chosen */
    enum usage_success success;
};

/* What was to be done is done: forgets all of it but how the visit went. */
void session_forget_matter(struct session *session);

/* Overwrites it with zeroes in a way that the compiler does not leave out. */
void session_wipe(struct session *session);
bool session_is_wiped(const struct session *session); /* every byte is zero */
