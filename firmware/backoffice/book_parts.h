#pragma once

#include <pthread.h>

#include "backoffice/book.h"
#include "backoffice/store.h"
#include "backoffice/try_limit.h"

/* What the files of the book share. */

/* How busy the hours of the week are at a location, worked out once a day. */
struct busy {
    int64_t day;        /* of date_to_days(); 0: not worked out */
    bool quiet[7 * 24]; /* all false without a basis */
};

struct book {
    struct store *store;
    const struct catalogue *catalogue;
    struct zone **zones; /* one a location, in the catalogue's order */
    struct sign_key ticket_key;
    char ticket_address[TICKET_ADDRESS_BYTES];
    int keep_days;
    int64_t arrive_before_s, arrive_after_s;
    pthread_mutex_t lock; /* of `busy` */
    struct busy *busy;    /* one a location */
    struct try_limit *wrong_codes, *wrong_codes_of_all;
    struct seal_key seal_key;
    int lease_slots, lease_days; /* of a kiosk; 0 slots: nothing is leased */
    bool *leasable;              /* one a product, in the catalogue's order */
};

/* Is this a start that the agenda has, neither too soon nor too far? */
bool book_is_on_offer(const struct book *book, const struct book_wish *wish,
                      int64_t start, int64_t now);

/* What stands in the book under that id, and what it is for; a hold is not found. */
bool book_read(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
               struct booking *booking, struct error *error);

/* The same by the text of a ticket, of which the signature is checked. */
bool book_read_ticket(struct store_session *session, const char *text,
                      struct booking *booking, struct error *error);

/* Too late to come: whoever did not is missed. */
bool book_is_over(const struct book *book, const struct booking *booking, int64_t now);

/* What it is for, into `booking->items`. */
void book_fill_items(struct booking *booking, const struct book_wish *wish);

/* Gives another desk to appointments whose own can't have them; what does not fit
 * stays. */
bool book_reseat(struct store_session *session, const struct book *book,
                 struct error *error);

/* "2 linde=1" to desks in the database. */
bool book_desks_open(struct book *book, const char *text, struct error *error);

/* Which hours of the week are quiet at a location; none without a basis. */
bool book_find_quiet(struct book *book, struct store_session *session,
                     const struct location *location, bool quiet[7 * 24],
                     struct error *error);

/* A code that no appointment has and no kiosk may give out. */
bool book_make_code(struct store_session *session, char code[TICKET_CODE_LENGTH + 1],
                    struct error *error);

/* ERROR_REFUSED: a field is missing, or is not one of ours, or can't be that. */
bool book_check_values(const struct book_value *values, size_t value_count,
                       struct error *error);

/* ERROR_BAD_INPUT: no key can look like that. */
bool book_check_key(const char *key, struct error *error);

size_t book_location_index(const struct book *book, const struct location *location);
