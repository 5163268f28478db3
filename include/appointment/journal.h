#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "appointment/client.h"
#include "base/error.h"

/*
 * Never twice, never an orphan: before a booking is sent, its key stands here on
 * disk, with no person in it. It goes when the ticket was shown (or the booking
 * surely failed). What is still here at the next start is asked for by key, or in a
 * system without keys by the id that its answer told, and cancelled: the citizen never
 * saw that ticket.
 *
 * A booking whose answer never came from a system without keys is nobody's to cancel:
 * it may stand, and perhaps the citizen was told to ask. It is closed as unknown, which
 * is kept and counted.
 *
 * A broken file never stops the kiosk: it is set aside as PATH.broken-N, the log says
 * so, and an empty journal goes on. What it held can then only be found by staff.
 */

struct journal;

#define JOURNAL_PATIENCE_S 86400

struct journal *journal_open(const char *path, struct error *error);
void journal_close(struct journal *journal); /* NULL is fine */

/* Durable when it returns true; a key that stands here already stays as it is. */
bool journal_begin(struct journal *journal, const char *key, int64_t now_s,
                   struct error *error);
/* What was booked with it: durable before anybody is told. */
bool journal_booked(struct journal *journal, const char *key, const char *id,
                    struct error *error);
bool journal_end(struct journal *journal, const char *key, struct error *error);
/* Ends it, and keeps that nobody knows what became of it. */
bool journal_end_unknown(struct journal *journal, const char *key, struct error *error);
bool journal_count_unknown(struct journal *journal, size_t *count, struct error *error);

struct journal_entry {
    char key[APPOINTMENT_KEY_BYTES];
    char id[APPOINTMENT_ID_BYTES]; /* "" while no answer told it */
    int64_t begun;
};

/* Oldest first; the caller frees the list. */
bool journal_open_keys(struct journal *journal, struct journal_entry **list,
                       size_t *count, struct error *error);

/*
 * Settles what an earlier start left: gives up each key, asks by it, and cancels
 * what it booked. Keys that the back end does not know are dropped. When it knows none
 * at all, what has an id is looked up and cancelled by that, and the rest ends unknown;
 * so does what the back end answers with a no for JOURNAL_PATIENCE_S. False, with the
 * first error, when something stays for later; `*cancelled` counts in either case.
 */
bool journal_settle(struct journal *journal, struct appointment_client *client,
                    int64_t now_s, size_t *cancelled, struct error *error);
