#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "appointment/client.h"
#include "base/error.h"
#include "base/time.h"

/* What `loketzuilctl appointment` is asked, out of its arguments. */

enum appointment_verb {
    APPOINTMENT_VERB_PRODUCTS,
    APPOINTMENT_VERB_LOCATIONS,
    APPOINTMENT_VERB_DAYS,
    APPOINTMENT_VERB_TIMES,
    APPOINTMENT_VERB_DURATION,
    APPOINTMENT_VERB_FIELDS,
    APPOINTMENT_VERB_BOOK,
    APPOINTMENT_VERB_SHOW,
    APPOINTMENT_VERB_CANCEL,
    APPOINTMENT_VERB_MOVE,
    APPOINTMENT_VERB_COUNT
};

struct appointment_request {
    const char *settings;
    bool help; /* nothing else is read then */
    enum appointment_verb verb;
    char id[APPOINTMENT_ID_BYTES];
    struct appointment_wish wish;
    struct date from, to, date; /* zeroed: not given */
    int64_t start;
    struct appointment_value values[APPOINTMENT_FIELDS_MAX];
    size_t value_count;
};

/*
 * Strict: an option that the verb has no use for, one without its value or twice, and
 * what has the wrong form are ERROR_BAD_INPUT, with a sentence that lacks its full
 * stop. Values of fields are never repeated in it.
 */
bool appointment_request_read(int argc, char **argv,
                              struct appointment_request *request, struct error *error);
