#pragma once

#include <stddef.h>

#include "bookers.h"

/* What the bookers were told, and whether the book says the same. */

struct ledger;

struct ledger_result {
    size_t standing, cancelled, moved; /* as they were told */
    size_t doubled;                    /* cells that two standing bookings have */
    size_t lost;         /* told to be booked, and not in the book, or elsewhere */
    size_t unknown;      /* in the book, and nobody was told */
    size_t orphaned;     /* holds and cells of nobody */
    size_t contradicted; /* one number, two bookings */
};

struct ledger *ledger_create(uint32_t attempts);
void ledger_destroy(struct ledger *ledger); /* NULL is fine */

void ledger_note(struct ledger *ledger, const struct soak_record *record);

/* Reads the file with a connection of its own. Ends the program when it can't. */
struct ledger_result
ledger_compare(struct ledger *ledger, const struct soak_maker *maker, const char *path);
