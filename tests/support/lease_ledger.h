#pragma once

#include "lease_world.h"

/* Who was given which ticket, and whether the book says the same. */

/* A kiosk and the copy of its card have the same number. */
int lease_family(int unit);

struct lease_ticket *
lease_ledger_add(struct lease_world *world, int unit,
                 const struct appointment *appointment, const char *key);
const struct lease_ticket *
lease_ledger_of_key(const struct lease_world *world, const char *key);

/* What the unit gave out was handed in, and nothing of its journal is open. */
void lease_ledger_compare(struct lease_world *world, int unit);
/* Counts two at one desk, and appointments without all their cells. */
void lease_ledger_compare_book(struct lease_world *world);
