#pragma once

#include "appointment/client.h"
#include "base/json.h"
#include "base/time.h"

/* What is posted to make an appointment. */

struct jcc_body {
    struct appointment_wish wish;
    int64_t start, end;
    /* Whose it is, one of the two: values that were typed and checked, or an
     * appointment as JCC tells it. */
    const struct appointment_booking *booking;
    const struct json *old;
};

/* The caller destroys the writer. */
struct json_writer *
jcc_body_write(const struct jcc_body *body, const struct zone *zone);

/*
 * ERROR_REFUSED when an appointment of JCC's holds what could not be carried over to
 * another one: nobody's name, or answers to questions of the municipality's own.
 */
bool jcc_body_can_repeat(const struct json *old, struct error *error);
