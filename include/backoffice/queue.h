#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "catalogue/catalogue.h"

/*
 * The queue in front of the desks: numbers, who is called to which desk, and how it
 * went.
 *
 * A number is of a location and a day: "A 042" is drawn at a kiosk, "P 018" is given to
 * an appointment that checks in. Each is one row; none is given twice and none is
 * called by two desks, by the database's keys. It ends in one outcome, is added to the
 * counts, and is forgotten when its day is over. There is no person in it.
 *
 * Safe from any thread. Errors: ERROR_BAD_INPUT it can't mean anything; ERROR_NOT_FOUND
 * no such location or product; ERROR_REFUSED it can't be done now; ERROR_STORAGE
 * nothing was done.
 */

struct book;
struct queue;
struct store;

#define QUEUE_KEY_BYTES 33 /* 128 bits in lower-case hexadecimal */
#define QUEUE_TEXT_BYTES 12
#define QUEUE_FOLLOW_BYTES 27 /* 128 bits in base32, and a NUL */
#define QUEUE_NOTE_BYTES 160
#define QUEUE_DESKS_MAX 32
#define QUEUE_CAP_MAX 999  /* what three digits hold */
#define QUEUE_STALE_S 600  /* a desk that was not heard of so long is not there */
#define QUEUE_EARLY_S 300  /* so long before its time an appointment goes first */
#define QUEUE_BASIS_MIN 3  /* services that an estimate needs */
#define QUEUE_BASIS_MAX 20 /* and the last that it looks at, */
#define QUEUE_BASIS_S 7200 /* ended within this */

enum queue_kind { QUEUE_WALK_IN, QUEUE_APPOINTMENT, QUEUE_KIND_COUNT };
enum queue_state { QUEUE_WAITING, QUEUE_CALLED, QUEUE_ENDED };

enum queue_outcome {
    QUEUE_NO_OUTCOME,
    QUEUE_DONE,
    QUEUE_MISSING,   /* something that had to be brought */
    QUEUE_CAME_BACK, /* done, at the second time for the same thing */
    QUEUE_NO_SHOW,
    QUEUE_WITHDRAWN, /* nobody was shown it */
    QUEUE_LEFT,      /* the day ended first */
    QUEUE_OUTCOME_COUNT
};

const char *queue_outcome_name(enum queue_outcome outcome); /* "came-back" */
bool queue_outcome_from_name(const char *name, enum queue_outcome *outcome);

struct queue_number {
    int64_t id;
    enum queue_kind kind;
    int number; /* from 1; 0: a key that was given up before it drew */
    char location[CATALOGUE_ID_BYTES], product[CATALOGUE_ID_BYTES];
    char language[4]; /* that the citizen chose: "tr"; "" when not known */
    char kiosk[40];   /* where it was drawn; "" for an appointment */
    int64_t start;    /* of the appointment, else TIME_NONE */
    int64_t drawn;
    enum queue_state state;
    enum queue_outcome outcome;
    int desk;       /* that called it; 0: none has */
    int for_desk;   /* it was sent on to that one; 0: any */
    int64_t called; /* last; TIME_NONE: never */
    int calls;
    char follow[QUEUE_FOLLOW_BYTES]; /* whoever has it may follow the number; "": nobody
                                      */
};

/* "A 042" */
void queue_text(const struct queue_number *number, char text[QUEUE_TEXT_BYTES]);

/* The book tells locations, hours, zones and closures; both outlive the queue. */
struct queue *queue_create(struct store *store, struct book *book);
void queue_destroy(struct queue *queue); /* NULL is fine */

/* --- drawing -------------------------------------------------------------------- */

enum queue_refusal {
    QUEUE_GIVEN,
    QUEUE_CLOSED, /* the location is, by its hours, a closure or what staff said */
    QUEUE_FULL    /* as many as staff allow a day have been drawn */
};

struct queue_wish {
    const char *key;   /* the same key gets the same number, that day */
    const char *kiosk; /* where; both live until the call returns */
    const char *location, *product;
    const char *language; /* "nl" */
};

struct queue_ticket {
    enum queue_refusal refusal;
    char note[QUEUE_NOTE_BYTES]; /* what staff say about it, in Dutch; "" */
    struct queue_number number;  /* when it was given */
    bool made;                   /* by this call, and not before with the same key */
    int ahead;                   /* people who are called before */
    int wait_minutes;            /* about, a multiple of 5; -1: there is no basis */
    int desks[QUEUE_DESKS_MAX];  /* that are there now and do this */
    size_t desk_count;
};

bool queue_draw(struct queue *queue, const struct queue_wish *wish,
                struct queue_ticket *ticket, struct error *error);

/* What who draws now would get, without drawing: `ticket` without a number. The wish
 * has no key, kiosk or language. */
bool queue_expect(struct queue *queue, const struct queue_wish *wish,
                  struct queue_ticket *ticket, struct error *error);

/* How it stands with the number of that word: `ticket` as when it was drawn, but now.
 * ERROR_NOT_FOUND: it is none of today. */
bool queue_follow(struct queue *queue, const char *follow, struct queue_ticket *ticket,
                  struct error *error);
/* The address of its page, beside those of tickets; "" where there is none. */
#define QUEUE_ADDRESS_BYTES 200
void queue_follow_address(const struct queue *queue, const struct queue_number *number,
                          char address[QUEUE_ADDRESS_BYTES]);

/* Nobody was shown what that key drew, or draws yet: it is not called any more. */
bool
queue_withdraw(struct queue *queue, const struct queue_wish *wish, struct error *error);

/* --- at the desks --------------------------------------------------------------- */

struct queue_place {
    const char *location;
    int desk; /* 1 to QUEUE_DESKS_MAX */
};

/* Somebody is there (again): from now on it counts for waiting times. */
bool queue_sit(struct queue *queue, struct queue_place at, struct error *error);
/* Heard of, and nothing else: a pause goes on. */
bool queue_note_seen(struct queue *queue, struct queue_place at, struct error *error);
bool queue_pause(struct queue *queue, struct queue_place at, struct error *error);
/* What was sent on to it goes to any desk. ERROR_REFUSED: it is busy with a number. */
bool queue_leave(struct queue *queue, struct queue_place at, struct error *error);

/*
 * Calls the next that this desk does: who was sent on to it; then appointments whose
 * time has come, walk-ins, and appointments that are early, each in their order.
 * ERROR_NOT_FOUND: nobody waits for it; ERROR_REFUSED: its last number has no outcome.
 */
bool queue_call(struct queue *queue, struct queue_place at, struct queue_number *number,
                struct error *error);
/* `text` is the number that whoever asks has in mind; ERROR_REFUSED when the desk has
 * another one by now. */
bool queue_call_again(struct queue *queue, struct queue_place at, const char *text,
                      struct error *error);
bool queue_finish(struct queue *queue, struct queue_place at, const char *text,
                  enum queue_outcome outcome, struct error *error);
/* Waits again, first in line of desk `to`; ERROR_REFUSED: nobody is there. */
bool queue_send_on(struct queue *queue, struct queue_place at, const char *text, int to,
                   struct error *error);

/* --- looking -------------------------------------------------------------------- */

struct queue_desk {
    int number;
    bool paused;
    int64_t seen;
    struct queue_number at; /* its number is 0: it has none */
};

struct queue_sight {
    int64_t now;
    struct queue_number *waiting; /* in the order in which they are called, */
    size_t waiting_count;         /* at the desk that looks, if any */
    struct queue_number *called;  /* the last first; also what has ended since */
    size_t called_count;          /* at most QUEUE_CALLED_MAX */
    struct queue_desk desks[QUEUE_DESKS_MAX]; /* that are there */
    size_t desk_count;
    int64_t next;      /* the id of who is called next at `desk`; 0: nobody */
    int wait_minutes;  /* of who would draw a number now; -1: there is no basis */
    int desks_to_show; /* how many desks the location has */
};

#define QUEUE_CALLED_MAX 8

/* `desk` 0: nobody's in particular. Finish it with queue_sight_finish(). */
bool queue_look(struct queue *queue, struct queue_place at, struct queue_sight *sight,
                struct error *error);
void queue_sight_finish(struct queue_sight *sight);

/* --- what staff decide ---------------------------------------------------------- */

enum queue_mode {
    QUEUE_OPEN,   /* numbers while the location is open */
    QUEUE_SHUT,   /* none for walk-ins, until it is opened again */
    QUEUE_UNUSED, /* none at all: nobody calls numbers there */
    QUEUE_MODE_COUNT
};

const char *queue_mode_name(enum queue_mode mode); /* "closed" */
bool queue_mode_from_name(const char *name, enum queue_mode *mode);

struct queue_rule {
    char location[CATALOGUE_ID_BYTES];
    enum queue_mode mode;
    int cap; /* walk-ins a day; -1: as many as come */
    /* What a citizen reads when there is no number: one line of Dutch, or "". */
    char note[QUEUE_NOTE_BYTES];
};

/* One for each location of the catalogue; the caller frees. */
bool queue_rules(struct queue *queue, struct queue_rule **list, size_t *count,
                 struct error *error);
bool
queue_set_rule(struct queue *queue, const struct queue_rule *rule, struct error *error);

/* How it went, kept for ever. The header is of the CSV. */
#define QUEUE_COUNTS_HEADER                                                            \
    "date,location,product,kind,outcome,count,waited_seconds,served_seconds\n"
struct queue_count {
    struct date date;
    char location[CATALOGUE_ID_BYTES], product[CATALOGUE_ID_BYTES];
    enum queue_kind kind;
    enum queue_outcome outcome;
    int64_t count;
    int64_t waited_s, served_s; /* of all of them together, as far as they were called
                                 */
};

bool queue_counts(struct queue *queue, struct date from, struct date to,
                  struct queue_count **list, size_t *count, struct error *error);

/* Ends and forgets the numbers of days that are over. Hourly is enough. */
bool queue_tidy(struct queue *queue, struct error *error);

struct http_route;

/* The API under /v1/queue; the routes' data is the queue. */
const struct http_route *queue_routes(size_t *count);
