#pragma once

#include "journey_step.h"

/*
 * As a citizen does: what is not on this part of a page is looked for on the next ones,
 * to the end, and from there back to the beginning.
 */

/* What is looked for. */
typedef bool (*turn_found)(const struct journey_run *run, const void *data);

/* How somebody turns: touches the button with that id, or finds it with the keys. */
typedef bool (*turn_press)(struct journey_run *run, const char *id,
                           struct error *error);

/* Turns until it is found or all of the page was seen. False only when a button that
 * turns could not be pressed; whether it was found, the caller looks for itself. */
bool turn_until(struct journey_run *run, turn_press press, turn_found found,
                const void *data, struct error *error);

/* The same for what a word points at (journey_find.h). */
bool turn_to_word(struct journey_run *run, turn_press press, const struct word *word,
                  struct error *error);

/* Keeps what a citizen carries away from the page: a code to hold before a scanner, and
 * one to type. Of a ticket in parts the one that has it is turned to. */
bool read_codes(struct journey_run *run, struct error *error);
