#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * Who has tried wrong too often waits. Kept in memory: a restart forgives. Addresses
 * that fall in one place of the table wait together, so that no crowd of them can make
 * it grow. Safe from any thread.
 */

struct try_limit;

#define TRY_LIMIT_WINDOW_S 60

/* `tries_max` wrong tries of one peer in each TRY_LIMIT_WINDOW_S. */
struct try_limit *try_limit_create(int tries_max);
void try_limit_destroy(struct try_limit *limit); /* NULL is fine */

bool try_limit_allows(struct try_limit *limit, const char *peer, int64_t now_s);
void try_limit_note_wrong(struct try_limit *limit, const char *peer, int64_t now_s);
