#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "appointment/client.h"
#include "base/json.h"
#include "base/seal.h"
#include "base/time.h"

/* A lease as the back office tells it, and what can be had of it. */

#define LEASE_ID_BYTES 33 /* 16 bytes in hexadecimal */
#define LEASE_SLOTS_MAX 200
#define LEASE_PRODUCTS_MAX 100

struct lease_product {
    char id[APPOINTMENT_ID_BYTES], name[APPOINTMENT_NAME_BYTES];
    char public_name[APPOINTMENT_NAME_BYTES]; /* that anybody may see */
    int minutes_first, minutes_next, persons_max;
};

struct lease_slot {
    char id[LEASE_ID_BYTES], code[16], location[APPOINTMENT_ID_BYTES];
    int64_t start, end;
    bool withdrawn;              /* nobody is there then: to be returned */
    const struct json *products; /* its desk does only these; NULL: all */
};

struct lease {
    struct json *root;
    int64_t now, ends;
    uint8_t seal_key[SEAL_PUBLIC_BYTES];
    struct appointment_location place; /* id "": nothing can be had */
    struct zone *zone;
    struct lease_product *products;
    size_t product_count;
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    size_t field_count;
    struct lease_slot *slots; /* by start */
    size_t slot_count;
};

/* Takes the tree over, read or not. NULL, with ERROR_BAD_INPUT, when it is none. */
struct lease *lease_read(struct json *root, struct error *error);
void lease_destroy(struct lease *lease); /* NULL is fine */

const struct lease_product *lease_product(const struct lease *lease, const char *id);
const struct lease_slot *lease_slot(const struct lease *lease, const char *id);

/* How long the wish takes; 0: the lease is not for that. */
int lease_minutes(const struct lease *lease, const struct appointment_wish *wish);
/* May the wish, which takes so long, be had in this slot? */
bool lease_slot_fits(const struct lease_slot *slot, const struct appointment_wish *wish,
                     int minutes);

/* What it is for, in words that anybody may see. */
void lease_name(const struct lease *lease, const struct appointment_wish *wish,
                char name[APPOINTMENT_NAME_BYTES]);
