#pragma once

#include "usage/event.h"

/* What the writer and the reader of events share. */

#define EVENT_SOURCE_PREFIX "urn:nld:loketzuil:"
#define EVENT_TYPE(name) "nl.burgerzaken.loketzuil." name ".v1"
#define EVENT_TYPE_COUNT (USAGE_KIND_COUNT - 1 + USAGE_STEP_COUNT)

struct event_type {
    const char *name;
    enum usage_kind kind;
    enum usage_step step; /* USAGE_STEP */
};

extern const struct event_type event_types[EVENT_TYPE_COUNT];

/* Whether the character stands in a URN as itself (RFC 3986, unreserved). */
bool event_source_keeps(char character);
