#pragma once

#include "lease_store.h"

/* What the files of the leased client share. */

struct leased {
    struct appointment_client *client; /* the one behind it */
    struct appointment_operations operations;
    struct leased_options options;
    struct lease_store *store;
    struct lease *lease; /* NULL: none was ever had */
    struct lease_anchor anchor;
    struct lease_given *used; /* as in the store */
    size_t used_count;
    int64_t cut_until_ms; /* nobody was there a moment ago */
    char reserved_key[APPOINTMENT_KEY_BYTES], reserved_slot[LEASE_ID_BYTES];
    char uncertain_key[APPOINTMENT_KEY_BYTES]; /* it may have been booked */
};

/* Who is asked to come sooner does not make it. */
#define LEASED_LEAD_S 600

/* What time it is; TIME_NONE when nobody can be believed. */
int64_t leased_time(const struct leased *leased);

/* Reads anew what was used. */
bool leased_refresh(struct leased *leased, struct error *error);
bool leased_is_used(const struct leased *leased, const char *slot);

/* Was nobody there a moment ago? */
bool leased_is_cut(const struct leased *leased);
/* Notes whether somebody answered. True when that is the answer. */
bool leased_is_answer(struct leased *leased, bool good, const struct error *error);

/* leased_offer.c: from the lease alone. False: it has nothing of the kind, and nothing
 * is said about why. */
bool leased_products(struct leased *leased, const struct appointment_wish *wish,
                     struct appointment_product **list, size_t *count);
bool leased_places(struct leased *leased, const struct appointment_wish *wish,
                   struct appointment_location **list, size_t *count);
bool leased_days(struct leased *leased, const struct appointment_wish *wish,
                 struct date from, struct date to, struct appointment_day **list,
                 size_t *count);
bool leased_times(struct leased *leased, const struct appointment_wish *wish,
                  struct date date, struct appointment_time **list, size_t *count);
bool leased_minutes(struct leased *leased, const struct appointment_wish *wish,
                    int *minutes);
bool leased_fields(struct leased *leased, const struct appointment_wish *wish,
                   struct appointment_field *list, size_t *count);
/* The shortest slot at that start that it fits in; NULL: none. */
const struct lease_slot *
leased_slot(struct leased *leased, const struct appointment_wish *wish, int64_t start);

/* leased_book.c */
bool leased_hold(void *maker, const struct appointment_booking *booking,
                 struct error *error);
bool leased_release(void *maker, const char *key, struct error *error);
bool leased_book(void *maker, const struct appointment_booking *booking,
                 struct appointment *appointment, struct error *error);

/* leased_settle.c */
bool leased_renew(void *maker, struct error *error);
