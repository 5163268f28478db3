#pragma once

#include "view.h"

/*
 * The slow work of visits: the appointment system, its journal, and the printer, each
 * in a worker. A job takes with it what it needs; its answer comes back in the loop's
 * thread with the number of the visit that asked.
 */

struct upstream;

struct answer_of_upstream {
    enum request request;
    unsigned visit;
    bool good;
    struct error error; /* when not good */
    struct appointment_wish wish;
    struct date date;                             /* times; days: the first */
    const struct appointment_location *locations; /* REQUEST_LOCATIONS */
    const struct appointment_day *days;           /* REQUEST_DAYS */
    const struct appointment_time *times;         /* REQUEST_TIMES */
    const struct appointment_field *fields;       /* REQUEST_FIELDS */
    size_t count;                                 /* of the list above */
    const char *key;                              /* HOLD, BOOK */
    const struct appointment *appointment;        /* BOOK, FIND, CHECK_IN */
    const struct appointment_moved *moved;        /* MOVE */
    const struct walk_in_number *number;          /* NUMBER, EXPECT */
    enum printer_state printer;                   /* PRINTER, PRINT that failed */
    enum errand_fate fate;                        /* CALL_BACK, HELP */
    bool from_ticket; /* FIND: nobody was reached; only what the ticket itself says */
};

typedef void (*upstream_callback)(void *data, const struct answer_of_upstream *answer);

/* `parts` outlives it. Begins with settling the journal and with the lease. */
struct upstream *upstream_create(const struct flow_parts *parts,
                                 upstream_callback callback, void *data, int64_t now);
/* Waits for the job at hand; no callback comes from here on. NULL is fine. */
void upstream_destroy(struct upstream *upstream);

/* Asks what the session needs; false when too much is waiting already. */
bool upstream_ask(struct upstream *upstream, enum request request,
                  const struct session *session, unsigned visit, struct date monday,
                  int64_t now);
/* Prints; the ticket is copied. */
bool upstream_print(struct upstream *upstream, const struct paper_ticket *ticket,
                    unsigned visit);

/* Sends to the back office; the errand is copied. */
bool upstream_send(struct upstream *upstream, enum request request,
                   const struct errand *errand, unsigned visit);

/* Nobody waits for the answers of these. */
void upstream_release(struct upstream *upstream, const char *key);
/* Of a number that nobody was shown. */
void upstream_withdraw(struct upstream *upstream, const char *key);
/* The ticket was shown, or the booking surely failed: the journal forgets it. */
void upstream_settle_shown(struct upstream *upstream, const char *key);
/* Cancels a booking of which no ticket was shown; what fails stays in the journal. */
void upstream_cancel(struct upstream *upstream, const char *key, const char *id);
/* Between visits: what is left in the journal is tried again. */
void upstream_settle_journal(struct upstream *upstream, int64_t now);
bool upstream_has_unsettled(const struct upstream *upstream);
/* Between visits: hands in what was booked offline, and fetches what may be. */
void upstream_renew(struct upstream *upstream);
/* The last time it could not be done. */
bool upstream_is_stale(const struct upstream *upstream);

bool upstream_is_idle(const struct upstream *upstream);
