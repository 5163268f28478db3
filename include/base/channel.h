#pragma once

#include <stdbool.h>

/* The ways in which a citizen gets a product. Catalogue, screens and counts share them.
 */

enum channel {
    CHANNEL_NONE,        /* no channel chosen yet */
    CHANNEL_ONLINE,      /* on the citizen's own phone */
    CHANNEL_APPOINTMENT, /* a time at a counter */
    CHANNEL_WALK_IN,     /* a number, now */
    CHANNEL_CALL_BACK,   /* the municipality phones */
    CHANNEL_PERSON,      /* a member of staff, here */
    CHANNEL_PARTNER,     /* another counter: RDW, notary, … */
    CHANNEL_COUNT
};

const char *
channel_name(enum channel channel); /* "appointment": on the wire and in CSV */
bool channel_from_name(const char *name, enum channel *channel);
