#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/seal.h"
#include "base/sign.h"
#include "base/time.h"
#include "catalogue/catalogue.h"
#include "ticket/ticket.h"
#include "usage/event.h"

/*
 * The municipality's appointment book.
 *
 * An appointment takes five-minute cells of one desk; no cell is ever given twice.
 * A hold is the same with an expiry by the database's clock. Every booking has a
 * key: asking again with the same key gives the same appointment, and a key that
 * was given up is spent. What is required of the citizen is kept apart and
 * forgotten some days after the date; nothing else about a person is taken in.
 *
 * Safe from any thread. Errors: ERROR_BAD_INPUT it can't mean anything; ERROR_TAKEN
 * no desk is free then, or the time is not on offer (any more); ERROR_REFUSED a
 * field is missing, a key is spent, persons are too many; ERROR_NOT_FOUND;
 * ERROR_STORAGE nothing was done.
 */

struct book;
struct store;

#define BOOK_ID_BYTES TICKET_ID_BYTES
#define BOOK_KEY_BYTES 33 /* 128 bits in lower-case hexadecimal */
#define BOOK_ITEMS_MAX 4
#define BOOK_FIELDS_MAX 8
#define BOOK_VALUE_BYTES 256
#define BOOK_LEAD_S 600 /* nobody can be asked to come sooner */
#define BOOK_HORIZON_DAYS 60
#define BOOK_HOLD_S 600

struct book_options {
    struct store *store;
    const struct catalogue *catalogue; /* outlives the book */
    struct sign_key ticket_key;
    const char *ticket_address; /* of ticket_address_make(); copied */
    /* "2" everywhere, "2 linde=1 gemeentehuis=4" there; what staff said goes first. */
    const char *desks;
    int keep_days;                   /* personal data, after the date */
    int arrive_before, arrive_after; /* minutes around the start: book_arrive() */
    /* For kiosks that are offline: book_lease.h. */
    struct seal_key seal_key;   /* opens what they were told of a citizen */
    int lease_slots;            /* of a kiosk; 0: they can't book then */
    int lease_days;             /* so many days ahead */
    const char *lease_products; /* "paspoort rijbewijs"; NULL or "": all */
};

struct book *book_open(const struct book_options *options, struct error *error);
void book_close(struct book *book); /* NULL is fine */

struct book_item {
    const struct product *product;
    int persons;
};

struct book_wish {
    const struct location *location; /* NULL: not chosen */
    struct book_item items[BOOK_ITEMS_MAX];
    size_t item_count;
    int minutes; /* computed */
};

/* Ids to a wish that holds together; `location` may be NULL. */
bool book_wish_begin(const struct book *book, const char *location,
                     struct book_wish *wish, struct error *error);
bool book_wish_add(const struct book *book, struct book_wish *wish, const char *product,
                   int64_t persons, struct error *error);

const struct catalogue *book_catalogue(const struct book *book);
const char *book_ticket_address(const struct book *book);
const struct zone *book_zone(const struct book *book, const struct location *location);

/* Can this be had by appointment there? `location` may be NULL: anywhere. */
bool book_offers(const struct product *product, const struct location *location);

struct book_day {
    struct date date;
    int free; /* starts with room */
    bool closed;
};

/*
 * Quiet: fewer than half as many people as in the mean hour. Who is counted are those
 * with an appointment and those who came to a kiosk there, by hours of the week, over
 * the last BOOK_QUIET_WEEKS whole weeks; the mean is of the hours in which anybody came
 * at all. With fewer than BOOK_QUIET_PEOPLE in all, or people in fewer than
 * BOOK_QUIET_WEEKS_MIN of the weeks, there is no basis and nothing is quiet.
 */
#define BOOK_QUIET_WEEKS 8
#define BOOK_QUIET_WEEKS_MIN 4
#define BOOK_QUIET_PEOPLE 200

struct book_time {
    int64_t start;
    bool quiet;
};

/*
 * Lists are the caller's, freed with free(). Days that can't be booked are left out; a
 * zeroed `from` is today, a zeroed `to` the horizon.
 */
bool
book_days(struct book *book, const struct book_wish *wish, struct date from,
          struct date to, struct book_day **list, size_t *count, struct error *error);
bool book_times(struct book *book, const struct book_wish *wish, struct date date,
                struct book_time **list, size_t *count, struct error *error);
/* TIME_NONE when nothing is free within the horizon. */
bool book_earliest(struct book *book, const struct book_wish *wish, int64_t *start,
                   struct error *error);

struct book_field {
    const char *name;
    bool required; /* else it is not asked, and refused when given */
    int length_max;
};

const struct book_field *book_fields(size_t *count);

struct book_value {
    char name[40];
    char value[BOOK_VALUE_BYTES];
};

enum booking_state {
    BOOKING_HELD,
    BOOKING_BOOKED,
    BOOKING_ARRIVED,
    BOOKING_CANCELLED,
    BOOKING_GIVEN_UP, /* a spent key */
    BOOKING_MISSED,   /* its time is past and nobody came */
    BOOKING_STATE_COUNT
};

struct booking_item {
    char product[CATALOGUE_ID_BYTES]; /* the catalogue may have dropped it since */
    int persons;
};

struct booking {
    uint8_t id[BOOK_ID_BYTES];
    char key[BOOK_KEY_BYTES];
    char kiosk[USAGE_KIOSK_BYTES];
    enum booking_state state;
    char location[CATALOGUE_ID_BYTES];
    int64_t desk, start, end;
    int64_t expires;          /* of a hold, else TIME_NONE */
    uint8_t wish[HASH_BYTES]; /* of what was asked for */
    char code[TICKET_CODE_LENGTH + 1];
    char ticket[TICKET_TEXT_BYTES];
    int64_t changed;
    int moves;         /* how often it was given another start */
    int64_t unprinted; /* when its ticket could not be printed, last; 0: never */
    struct booking_item items[BOOK_ITEMS_MAX]; /* of a hold none are kept */
    size_t item_count;
    /* Once arrived, where numbers are called: "P 018", and about when; else "" and
     * TIME_NONE. The time is known to book_arrive() only. */
    char number[12];
    int64_t turn;
};

struct book_request {
    const char *key, *kiosk;
    const struct book_wish *wish;
    int64_t start;
    const struct book_value *values;
    size_t value_count;
};

/* A second hold of the same key takes the place of the first. */
bool book_hold(struct book *book, const struct book_request *request,
               struct booking *booking, struct error *error);
/* `*made` (may be NULL): false when the key had been booked with already. */
bool book_confirm(struct book *book, const struct book_request *request,
                  struct booking *booking, bool *made, struct error *error);
bool book_give_up(struct book *book, const char *key, const char *kiosk,
                  struct error *error);
/* Only what was booked, cancelled or not; a hold is not found. */
bool book_find(struct book *book, const uint8_t id[BOOK_ID_BYTES],
               struct booking *booking, struct error *error);
bool book_find_key(struct book *book, const char *key, struct booking *booking,
                   struct error *error);

/*
 * By what a citizen holds: a code as somebody typed it (`*by_code`: who asks should be
 * shown little; not in the BOOK_REPRINT_S after book_unprinted()), or the text of a
 * ticket's QR, whose signature is checked; that of a ticket from before a move is as
 * good. Codes can be guessed, so wrong ones are limited: ERROR_REFUSED for the rest of
 * the minute, for a kiosk that had BOOK_WRONG_CODES of them and for everybody when all
 * together had BOOK_WRONG_CODES_OF_ALL.
 */
#define BOOK_WRONG_CODES 5
#define BOOK_WRONG_CODES_OF_ALL 30

bool book_search(struct book *book, const char *text, const char *kiosk,
                 struct booking *booking, bool *by_code, struct error *error);

/* Its ticket could not be printed at a kiosk: another one may do it, by the code. */
#define BOOK_REPRINT_S 600

bool
book_unprinted(struct book *book, const uint8_t id[BOOK_ID_BYTES], struct error *error);

/* By the text of a ticket alone, for whoever holds it. ERROR_NOT_FOUND. */
bool book_find_ticket(struct book *book, const char *text, struct booking *booking,
                      struct error *error);

/* What to ask days and times with for moving it. False when the catalogue has dropped
 * something of it. The wish points into `booking`. */
bool book_wish_of(const struct book *book, const struct booking *booking,
                  struct book_wish *wish);

/* What it is for, in Dutch and in words that anybody may see. */
#define BOOK_NAME_BYTES 160
void book_public_name(const struct book *book, const struct booking *booking,
                      char name[BOOK_NAME_BYTES]);

/* One that was missed stays so; ERROR_REFUSED: somebody has come for it. */
bool
book_cancel(struct book *book, const uint8_t id[BOOK_ID_BYTES], struct error *error);

/*
 * The same thing at the same place, but from `start`: all new cells are taken and all
 * old ones freed, or nothing is done. The code stays, the ticket is signed anew (its
 * text holds the start), and the old text still finds the appointment. `key` is a
 * fresh one or that of a hold, which it uses up; asked again with the same key it
 * gives the same answer. ERROR_REFUSED: somebody has come for it or it was cancelled,
 * or the key belongs to something else.
 */
struct book_move {
    const uint8_t *id; /* BOOK_ID_BYTES */
    const char *key;
    int64_t start;
};

bool book_move(struct book *book, const struct book_move *move, struct booking *booking,
               struct error *error);

/* From when until when (that included) somebody may say to have come. */
void book_arrival_hours(const struct book *book, const struct booking *booking,
                        int64_t *from, int64_t *until);

/*
 * "I am here", said at `location` (NULL: anywhere). Said again it is no other.
 * ERROR_REFUSED: too early or too late, with the hours; at another place; cancelled.
 */
bool book_arrive(struct book *book, const uint8_t id[BOOK_ID_BYTES],
                 const char *location, struct booking *booking, struct error *error);

/*
 * Marks who was missed, at a place where anybody arrived that day; gives another desk
 * to whose desk can't have them any more. Forgets expired holds; appointments whose
 * date is `keep_days` past, which are counted then; spent keys after a month. A bounded
 * piece of it a call; `*more`: call again. Hourly is enough. With the last piece all
 * that was forgotten leaves the database's files too.
 */
bool book_tidy(struct book *book, bool *more, struct error *error);

struct http_route;

/* The API under /v1/appointments, for kiosks; the routes' data is the book. */
const struct http_route *book_routes(size_t *count);
