#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "appointment/client.h"
#include "base/error.h"

/*
 * Never twice, never an orphan: before a booking is sent, its key stands here on
 * disk, with no person in it. It goes when the ticket was shown (or the booking
 * surely failed). What is still here at the next start is asked for by key and
 * cancelled: the citizen never saw that ticket.
 *
 * A broken file never stops the kiosk: it is set aside as PATH.broken-N, the log says
 * so, and an empty journal goes on. What it held can then only be found by staff.
 */

struct journal;

struct journal *journal_open(const char *path, struct error *error);
void journal_close(struct journal *journal); /* NULL is fine */

/* Durable when it returns true; a key that stands here already stays as it is. */
bool journal_begin(struct journal *journal, const char *key, int64_t now_s,
                   struct error *error);
bool journal_end(struct journal *journal, const char *key, struct error *error);

struct journal_entry {
    char key[APPOINTMENT_KEY_BYTES];
    int64_t begun;
};

/* Oldest first; the caller frees the list. */
bool journal_open_keys(struct journal *journal, struct journal_entry **list,
                       size_t *count, struct error *error);

/*
 * Settles what an earlier start left: gives up each key, asks by it, and cancels
 * what it booked. Keys that the back end does not know are dropped, and so are all
 * keys when it knows none at all. False, with the first error, when something stays
 * for later; `*cancelled` counts in either case.
 */
bool journal_settle(struct journal *journal, struct appointment_client *client,
                    size_t *cancelled, struct error *error);
