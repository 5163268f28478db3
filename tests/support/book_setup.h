#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backoffice/book.h"
#include "backoffice/store.h"
#include "base/sign.h"
#include "catalogue/catalogue.h"

/* A book on a fresh database in a folder of its own, with a clock to turn. */

#define BOOK_SETUP_ADDRESS "HTTPS://AFSPRAAK.VOORBEELD.NL/T/"

/*
 * Location "linde" has 2 desks, open every day 9-12 and 13-17, closed on 2027-04-27
 * and open 10-11 on the 28th; "nacht" has 1 desk, open 0-6; "curacao" lies in
 * another zone, open 9-10. Products: "paspoort" 15+15 minutes and 6 persons, "lang"
 * 25 (sensitive), "trouwen" 45+0, "rijbewijs" 10 at linde only, "online" not by
 * appointment.
 */
const struct catalogue *book_setup_catalogue(void);

struct book_setup {
    char folder[64], path[96];
    struct store *store;
    struct book *book;
    struct sign_key ticket_key;
    struct seal_key seal_key;
    int lease_slots, lease_days; /* of its settings */
};

/* What book_setup's clock tells; 0: the wall clock. */
extern _Atomic int64_t book_setup_clock;
int64_t book_setup_now(void);

void book_setup_begin(struct book_setup *setup);
/* The same, with a book that leases to kiosks. */
void book_setup_begin_leasing(struct book_setup *setup, int slots, int days);
/* From now on it leases so many, as after other settings and a restart. */
void book_setup_lease(struct book_setup *setup, int slots, int days);
void book_setup_end(struct book_setup *setup);
/* Closes and opens again, as after a restart. */
void book_setup_restart(struct book_setup *setup);

/* For a process that works on the same folder. */
struct book *book_setup_open(const struct book_setup *setup, struct store *store);

/* A single number out of the database, with a connection of its own. */
int64_t book_setup_number(const struct book_setup *setup, const char *sql);

/*
 * Everything that must always be so: each appointment has exactly its cells, at its
 * own desk, for good, and each leased slot; no cell belongs to nobody; no two
 * appointments overlap.
 */
void book_setup_check(const struct book_setup *setup);
