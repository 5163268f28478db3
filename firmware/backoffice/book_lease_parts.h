#pragma once

#include "backoffice/book_parts.h"
#include "backoffice/store_lease.h"

/* What the files of the book's leases share. */

/* Books what was given out, or keeps it as a conflict. False: the database failed. */
bool lease_hand_in(struct store_session *session, struct book *book,
                   const struct book_settlement *settlement,
                   const struct book_hand_in *given, struct error *error);

/* Gives its cells back: nobody may give it out any more. `key` is why, or "". */
bool lease_free(struct store_session *session, struct lease_slot *slot, const char *key,
                struct error *error);

/* The products that may be had from a lease there; returns how many. */
size_t lease_products(const struct book *book, const struct location *location,
                      const struct product *products[BOOK_LEASE_PRODUCTS_MAX]);

/* Leases what is missing until the kiosk has its number of slots, as far as there is
 * room. */
bool lease_top_up(struct store_session *session, struct book *book,
                  const struct book_settlement *settlement,
                  const struct location *location, struct error *error);

/* What was sealed, opened and checked; none when it can't be. */
void lease_open_values(const struct book *book, const uint8_t *sealed, size_t length,
                       struct book_value values[BOOK_FIELDS_MAX], size_t *count);

/* "paspoort rijbewijs": what may be leased; "": all. */
bool book_lease_open(struct book *book, const struct book_options *options,
                     struct error *error);

/* A piece of book_tidy(). */
bool
book_lease_tidy(struct store_session *session, struct book *book, struct error *error);
