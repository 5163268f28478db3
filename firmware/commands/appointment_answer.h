#pragma once

#include "appointment/client.h"
#include "base/error.h"
#include "base/time.h"
#include "commands/appointment_request.h"

/* What is worth knowing besides the lines. */
struct appointment_outcome {
    char made[APPOINTMENT_ID_BYTES]; /* what was booked or moved, "" for nothing */
    bool old_stands; /* after a move: cancelling the old appointment failed */
};

/*
 * Does what was asked of an appointment system, and writes one JSON object a line to
 * standard output: nothing before it is known whole.
 *
 * `zone` is of instants at a location of which the maker knows no zone. Errors are the
 * contract's (appointment/client.h), with two of its own before a booking is sent:
 * ERROR_REFUSED a field that is required is missing, or is not one that is asked for.
 */
bool
appointment_answer(const struct appointment_request *request,
                   const struct appointment_client *client, const struct zone *zone,
                   struct appointment_outcome *outcome, struct error *error);
