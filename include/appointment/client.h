#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "base/json.h"
#include "base/time.h"

/*
 * One contract for every appointment system. A maker fills in the table of
 * operations; everybody else calls them with the client's `maker`.
 *
 * All calls wait for the network: they belong in a worker. Times are instants;
 * days are days on the location's own calendar. Errors: ERROR_OFFLINE nothing was
 * done; ERROR_UNCERTAIN it may have been booked or cancelled, do not repeat;
 * ERROR_TAKEN the time went to somebody else; ERROR_REFUSED wrong credentials or a
 * missing field; ERROR_NOT_FOUND unknown id; ERROR_BAD_INPUT an answer that can't
 * be understood.
 */

#define APPOINTMENT_ID_BYTES 80
#define APPOINTMENT_NAME_BYTES 160
#define APPOINTMENT_ITEMS_MAX 4
#define APPOINTMENT_FIELDS_MAX 20
#define APPOINTMENT_VALUE_BYTES 256
#define APPOINTMENT_KEY_BYTES 33 /* a random 128-bit idempotency key in hexadecimal */
#define APPOINTMENT_PERSONS_MAX 20
#define APPOINTMENT_CHECK_IN_BYTES 400
#define APPOINTMENT_REPRINT_S 600

struct appointment_item {
    char product[APPOINTMENT_ID_BYTES];
    int persons; /* 1 to APPOINTMENT_PERSONS_MAX */
};

struct appointment_wish {
    char location[APPOINTMENT_ID_BYTES];
    struct appointment_item items[APPOINTMENT_ITEMS_MAX];
    size_t item_count;
};

struct appointment_product {
    char id[APPOINTMENT_ID_BYTES], name[APPOINTMENT_NAME_BYTES];
    int minutes; /* for one person */
};

struct appointment_location {
    char id[APPOINTMENT_ID_BYTES], name[APPOINTMENT_NAME_BYTES];
    char street[APPOINTMENT_NAME_BYTES]; /* with house number */
    char postcode[16], city[APPOINTMENT_NAME_BYTES];
    int64_t earliest; /* the first free start, TIME_NONE when unknown or none */
};

struct appointment_day {
    struct date date;
    int free;    /* starts left, -1 unknown */
    bool closed; /* no hours at all, as against full */
    bool leased; /* nobody can be asked: what is free is what can be given out now */
};

struct appointment_time {
    int64_t start;
    bool quiet; /* few people are there then */
};

enum appointment_field_state {
    APPOINTMENT_FIELD_HIDDEN,
    APPOINTMENT_FIELD_OPTIONAL,
    APPOINTMENT_FIELD_REQUIRED
};

struct appointment_field {
    char name[40]; /* of appointment/fields.h: "lastName" */
    enum appointment_field_state state;
    int length_max; /* characters */
};

struct appointment_value {
    char name[40];
    char value[APPOINTMENT_VALUE_BYTES];
};

enum appointment_state {
    APPOINTMENT_BOOKED,
    APPOINTMENT_ARRIVED,
    APPOINTMENT_CANCELLED,
    APPOINTMENT_MISSED /* its time is past and nobody came */
};

struct appointment {
    char id[APPOINTMENT_ID_BYTES];
    int64_t start, end;
    char location[APPOINTMENT_ID_BYTES];
    struct appointment_item items[APPOINTMENT_ITEMS_MAX]; /* none when not told */
    size_t item_count;
    char name[APPOINTMENT_NAME_BYTES]; /* of all items, in words that anybody may see;
                                          "" when not told */
    char code[16]; /* six characters to type, "" when the maker has none */
    char
        check_in[APPOINTMENT_CHECK_IN_BYTES]; /* the text to print as QR, "" for none */
    enum appointment_state state;
    /* "I am here" is taken from then until then; both 0 when not told. */
    int64_t arrive_from, arrive_until;
    /* What is called in the waiting room once arrived: "P 018"; "" for none. */
    char number[12];
    int64_t turn; /* about when it is called; 0 when nobody can tell */
};

struct appointment_booking {
    char key[APPOINTMENT_KEY_BYTES];
    struct appointment_wish wish;
    int64_t start;
    struct appointment_value values[APPOINTMENT_FIELDS_MAX];
    size_t value_count;
};

struct appointment_moved {
    struct appointment appointment; /* as it is now; its id may be another one */
    bool old_stands; /* the new one is booked, the old one could not be cancelled */
};

/*
 * Lists are the caller's: freed with free(); NULL when empty. `fields` fills in at
 * most APPOINTMENT_FIELDS_MAX. `from` and `to` are both included; a zeroed `to` is as
 * far as the system allows, a zeroed `from` is today.
 */
struct appointment_operations {
    /* What can be had at the wish's location ("": anywhere), together with the items
     * it has (none: on its own). */
    bool (*products)(void *maker, const struct appointment_wish *wish,
                     struct appointment_product **list, size_t *count,
                     struct error *error);
    bool (*locations)(void *maker, const struct appointment_wish *wish,
                      struct appointment_location **list, size_t *count,
                      struct error *error);
    bool (*days)(void *maker, const struct appointment_wish *wish, struct date from,
                 struct date to, struct appointment_day **list, size_t *count,
                 struct error *error);
    bool (*times)(void *maker, const struct appointment_wish *wish, struct date date,
                  struct appointment_time **list, size_t *count, struct error *error);
    bool (*minutes)(void *maker, const struct appointment_wish *wish, struct date date,
                    int *minutes, struct error *error);
    bool (*fields)(void *maker, const struct appointment_wish *wish,
                   struct appointment_field *list, size_t *count, struct error *error);
    /* Takes the time for a few minutes, so that Bevestig cannot come too late; needs
     * no values yet. The booking that follows has the same key. A second hold of one
     * key takes the place of the first. NULL where the system knows no holds. */
    bool (*hold)(void *maker, const struct appointment_booking *booking,
                 struct error *error);
    /* Gives up a key for good, whether it held a time or not: nothing can be held or
     * booked with it any more, even by a request that is still under way. What was
     * booked with it stays booked. NULL where the system knows no holds. */
    bool (*release)(void *maker, const char *key, struct error *error);
    bool (*book)(void *maker, const struct appointment_booking *booking,
                 struct appointment *appointment, struct error *error);
    bool (*show)(void *maker, const char *id, struct appointment *appointment,
                 struct error *error);
    /* What became of a booking key; NULL where the system knows no keys. */
    bool (*find_key)(void *maker, const char *key, struct appointment *appointment,
                     struct error *error);
    bool (*cancel)(void *maker, const char *id, struct error *error);
    /* Another time for the same thing at the same place. `key` is a fresh one, as of a
     * booking. ERROR_UNCERTAIN: it may stand at either time, or at both where the
     * system has to book anew. NULL where an appointment can't be moved. */
    bool (*move)(void *maker, const char *id, const char *key, int64_t start,
                 struct appointment_moved *moved, struct error *error);
    /* By what a citizen has: a code typed, or the text of a QR held before the
     * scanner. ERROR_REFUSED: too many tries, come back later. NULL where the system
     * can't look anything up. */
    bool (*find)(void *maker, const char *text, struct appointment *appointment,
                 struct error *error);
    /* "I am here." ERROR_REFUSED with the reason in the message when it is too early
     * or too late. NULL where the system has its own way of checking in. */
    bool (*check_in)(void *maker, const char *id, struct appointment *appointment,
                     struct error *error);
    /* One exchange about what may be booked while nobody can be reached, in JSON: POST
     * /v1/leases of assets/openapi.json. The caller destroys `*lease`. For
     * appointment/leased.h; NULL where the system knows no leases. */
    bool (*settle)(void *maker, const char *body, struct json **lease,
                   struct error *error);
    /* Hands in what was booked while nobody could be reached, and fetches what may be:
     * to be called now and then, between visits. NULL where nothing is. */
    bool (*renew)(void *maker, struct error *error);
    /* Its ticket could not be printed: for APPOINTMENT_REPRINT_S from now on its code
     * finds as much as the ticket itself, so that another kiosk can print it. NULL
     * where codes are not looked up, or tell everything always. */
    bool (*unprinted)(void *maker, const char *id, struct error *error);
    /* The clock on the wall there, the maker's own; NULL when it has not come to know
     * it by what it was asked so far. Asks nobody. NULL where one zone is everywhere.
     */
    const struct zone *(*zone)(void *maker, const char *location);
    void (*destroy)(void *maker);
};

struct appointment_client {
    const char *name; /* "backoffice" */
    const struct appointment_operations *operations;
    void *maker;
};

/* Of any maker's create function. NULL is fine. */
void appointment_client_destroy(struct appointment_client *client);

bool appointment_wish_has(const struct appointment_wish *wish, const char *product);

/* A fresh key for a booking. */
void appointment_key_make(char key[APPOINTMENT_KEY_BYTES]);
