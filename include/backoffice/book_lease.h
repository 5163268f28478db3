#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backoffice/book.h"
#include "base/sign.h"

/*
 * Leases: what a kiosk may book by itself while nobody can be reached.
 *
 * A slot is cells of one desk that are taken for one kiosk, with the appointment's id
 * and code made beforehand. They stay taken until that kiosk settles (hands in what it
 * gave out and returns the rest), their time has passed, or an editor declares the
 * kiosk lost; not by the kiosk's clock, and not when the lease ends. So an appointment
 * that was given out offline has its desk, whatever happened to the kiosk since.
 *
 * Only two cards that live one kiosk's life, or one that was declared lost and was not,
 * can hand in what can't be had any more: that is kept for staff, never dropped.
 */

#define BOOK_LEASE_S                                                                   \
    (96 * 3600)                /* of giving out: a weekend with a holiday at each end */
#define BOOK_LEASE_LEAD_S 3600 /* nothing is leased that starts sooner */
#define BOOK_LEASE_SLOTS_MAX 60   /* of one kiosk */
#define BOOK_LEASE_HAND_IN_MAX 24 /* at once; the rest follows */
#define BOOK_LEASE_DAYS_MAX BOOK_HORIZON_DAYS
#define BOOK_LEASE_PRODUCTS_MAX 64
/* Two thirds of the slots are for what takes at most 20 minutes, the others for the
 * longest that one person may come for, up to this. */
#define BOOK_LEASE_SHORT_MINUTES 20
#define BOOK_LEASE_LONG_MINUTES 60
#define BOOK_SEALED_BYTES 1024 /* of what is required of a citizen */

/* A slot that was given out. With the same key it is the same one, however often. */
struct book_hand_in {
    uint8_t slot[BOOK_ID_BYTES];
    char key[BOOK_KEY_BYTES];
    bool cancelled; /* no ticket was shown, or the citizen cancelled it there */
    struct booking_item items[BOOK_ITEMS_MAX];
    size_t item_count;
    uint8_t sealed[BOOK_SEALED_BYTES]; /* base/seal.h, of {"lastName": "…", …} */
    size_t sealed_length;              /* 0: nothing about a person */
};

struct book_slot {
    uint8_t id[BOOK_ID_BYTES];
    char code[TICKET_CODE_LENGTH + 1];
    int64_t desk, start, end;
    char location[CATALOGUE_ID_BYTES];
    bool withdrawn; /* nobody will be there then any more: to be returned */
    /* What its desk is limited to; none: nothing. */
    char products[BOOK_LEASE_PRODUCTS_MAX][CATALOGUE_ID_BYTES];
    size_t product_count;
};

struct book_settlement {
    const uint8_t *kiosk; /* its public key, SIGN_PUBLIC_BYTES */
    const char *name, *location;
    const struct book_hand_in *given;
    size_t given_count;
    uint8_t (*returned)[BOOK_ID_BYTES]; /* that it will never give out */
    size_t returned_count;
};

struct book_lease {
    int64_t now, ends;               /* nothing is given out from `ends` on */
    const struct location *location; /* NULL: out of the catalogue, no slots */
    const struct product *products[BOOK_LEASE_PRODUCTS_MAX];
    size_t product_count;
    struct book_slot *slots; /* all that are the kiosk's now */
    size_t slot_count;
};

/*
 * In one transaction: takes in what was given out, frees what is returned, and leases
 * anew what is missing. Asked again it changes nothing again. `lease->slots` is the
 * caller's, freed with free().
 */
bool book_settle(struct book *book, const struct book_settlement *settlement,
                 struct book_lease *lease, struct error *error);

/* --- for staff ----------------------------------------------------------------- */

struct book_leased {
    char kiosk[USAGE_KIOSK_BYTES], location[CATALOGUE_ID_BYTES];
    int64_t slots;       /* that are leased and to come */
    int64_t first, last; /* starts */
    int64_t settled;     /* when that kiosk last settled */
};

bool book_lease_list(struct book *book, struct book_leased **list, size_t *count,
                     struct error *error);

/* Frees what is leased to that kiosk; `*freed` slots. What it gave out and hands in
 * after all is booked if a desk is still free then. ERROR_NOT_FOUND: nothing is. */
bool book_lease_lost(struct book *book, const char *kiosk, int64_t *freed,
                     struct error *error);

enum book_conflict_reason {
    BOOK_CONFLICT_TWICE,   /* somebody else has an appointment under this code */
    BOOK_CONFLICT_TAKEN,   /* the slot had been freed, and no desk is free then */
    BOOK_CONFLICT_UNKNOWN, /* no such slot was ever leased to this kiosk */
    BOOK_CONFLICT_REASON_COUNT
};

const char *book_conflict_name(enum book_conflict_reason reason); /* "twice" */

/* Somebody holds a ticket that the book has no appointment for. With the person, where
 * one was told, so that somebody can call. */
struct book_conflict {
    uint8_t slot[BOOK_ID_BYTES];
    char key[BOOK_KEY_BYTES];
    char kiosk[USAGE_KIOSK_BYTES];
    enum book_conflict_reason reason;
    char code[TICKET_CODE_LENGTH + 1], location[CATALOGUE_ID_BYTES]; /* "": unknown */
    int64_t start, noted; /* start: TIME_NONE when unknown */
    struct booking_item items[BOOK_ITEMS_MAX];
    size_t item_count;
    struct book_value values[BOOK_FIELDS_MAX];
    size_t value_count;
};

/* The first noted first, at most BOOK_LEASE_CONFLICTS_MAX. The caller wipes and frees.
 */
#define BOOK_LEASE_CONFLICTS_MAX 500
bool book_lease_conflicts(struct book *book, struct book_conflict **list, size_t *count,
                          struct error *error);
