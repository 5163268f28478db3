#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "backoffice/book_lease.h"
#include "backoffice/store.h"

/*
 * Leased slots in the database. While one is leased, its cells belong to no booking
 * but to it, for good; when it is given out they go over to the booking of its id.
 */

enum lease_state {
    LEASE_HELD,  /* the kiosk may give it out */
    LEASE_GIVEN, /* handed in: there is, or was, a booking of that id */
    LEASE_FREED  /* returned, cancelled, past, or its kiosk is lost */
};

struct lease_slot {
    uint8_t id[BOOK_ID_BYTES];
    uint8_t kiosk[SIGN_PUBLIC_BYTES];
    char name[USAGE_KIOSK_BYTES]; /* of the kiosk */
    enum lease_state state;
    char key[BOOK_KEY_BYTES]; /* that it was handed in with, or "" */
    char location[CATALOGUE_ID_BYTES];
    int64_t desk, start, end;
    char code[TICKET_CODE_LENGTH + 1];
};

/* ERROR_NOT_FOUND. */
bool store_lease_find(struct store_session *session, const uint8_t id[BOOK_ID_BYTES],
                      struct lease_slot *slot, struct error *error);
/* Inserts, or changes state and key. */
bool store_lease_save(struct store_session *session, const struct lease_slot *slot,
                      struct error *error);

/* Was no slot ever leased with that code, as far as is remembered? */
bool store_lease_code_is_free(struct store_session *session, const char *code,
                              bool *is_free, struct error *error);

/* Calls for each slot that is held, the first to start first. */
typedef void (*store_lease_take)(void *data, const struct lease_slot *slot);
bool
store_lease_each(struct store_session *session, const uint8_t kiosk[SIGN_PUBLIC_BYTES],
                 store_lease_take call, void *data, struct error *error);
bool store_lease_each_named(struct store_session *session, const char *kiosk,
                            store_lease_take call, void *data, struct error *error);
/* Those held whose time was over before then, or whose kiosk was revoked. */
bool store_lease_each_stale(struct store_session *session, int64_t before,
                            store_lease_take call, void *data, struct error *error);

/* Is the slot's desk gone, or closed then? */
bool store_lease_is_shut(struct store_session *session, const struct book_slot *slot,
                         bool *shut, struct error *error);
/* What a desk is limited to; none: nothing. */
bool store_lease_desk_products(struct store_session *session, int64_t desk,
                               struct book_slot *slot, struct error *error);

bool store_lease_settled(struct store_session *session,
                         const uint8_t kiosk[SIGN_PUBLIC_BYTES], const char *name,
                         struct error *error);
typedef void (*store_lease_leased)(void *data, const struct book_leased *leased);
bool store_lease_list(struct store_session *session, store_lease_leased call,
                      void *data, struct error *error);

/* The sealed person as it came, in hexadecimal. */
struct lease_conflict {
    struct book_conflict conflict;
    char sealed[2 * BOOK_SEALED_BYTES + 1];
};

/* The same one twice is kept once, as it was first. */
bool
store_lease_add_conflict(struct store_session *session,
                         const struct lease_conflict *conflict, struct error *error);
/* At most `max`, the first noted first, until it returns false. */
typedef bool (*store_lease_conflict)(void *data, const struct lease_conflict *conflict);
bool
store_lease_each_conflict(struct store_session *session, int64_t max,
                          store_lease_conflict call, void *data, struct error *error);

/* Slots that were over before `slots`; conflicts noted, and over, before `conflicts`.
 */
bool store_lease_forget(struct store_session *session, int64_t slots, int64_t conflicts,
                        struct error *error);
