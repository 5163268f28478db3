#pragma once

#include "appointment/journal.h"
#include "lease_rig.h"

/*
 * Kiosks with leases that live through anything: lines that are pulled, answers that
 * are lost, power that is cut in the middle of a booking, machines that start without a
 * clock or with a wrong one, copied cards, kiosks that are declared lost and come back.
 * Meanwhile others book the same desks. Everybody who saw a ticket is remembered, and
 * when a kiosk is home its tickets are compared with the book.
 */

#define LEASE_WORLD_KIOSKS 2
#define LEASE_WORLD_UNITS (2 * LEASE_WORLD_KIOSKS) /* each may have a copy */

struct lease_ticket {
    char slot[33], key[APPOINTMENT_KEY_BYTES];
    int unit;
    int64_t start;
    bool leased;    /* given out of a lease, and not booked online */
    bool shown;     /* somebody saw it; else power was cut before */
    bool cancelled; /* by whoever has it */
    bool excused; /* of a card that has a copy, or of a kiosk that was declared lost */
    bool checked, honoured;
};

struct lease_unit {
    struct lease_kiosk kiosk;
    struct journal *journal; /* NULL: it is off */
    bool exists, plugged;
    bool excused;    /* declared lost, and not home since */
    int64_t contact; /* in this boot; TIME_NONE: none */
    int64_t last;    /* ever */
};

struct lease_world {
    struct lease_rig rig;
    struct lease_unit units[LEASE_WORLD_UNITS]; /* the second half: copies */
    bool copied[LEASE_WORLD_KIOSKS];
    struct lease_ticket *tickets;
    size_t ticket_count, others;
    uint64_t seed;
    bool planted; /* a book that frees the cells of a lease when it ends */

    /* What was seen. */
    size_t leased, online, cancelled, unshown, honoured, reboots, cuts, copies, lost;
    size_t conflicts; /* of copies and of kiosks that were declared lost */
    /* What must not be. */
    size_t missing;   /* a ticket that is neither in the book nor a conflict */
    size_t doubled;   /* two tickets, one slot, both honoured; two at one desk */
    size_t unfounded; /* a conflict of a kiosk that nothing had happened to */
    size_t untrusted; /* given out without knowing the time, or after the end */
    size_t orphaned;  /* in the book, and nobody saw the ticket, or it was cancelled */
};

void lease_world_begin(struct lease_world *world, uint64_t seed);
/* One thing happens. */
void lease_world_round(struct lease_world *world);
/* Everybody comes home, and everything is compared. */
void lease_world_end(struct lease_world *world);
/* The sum of what must not be. */
size_t lease_world_wrong(const struct lease_world *world);
/* Ends without comparing. */
void lease_world_close(struct lease_world *world);
