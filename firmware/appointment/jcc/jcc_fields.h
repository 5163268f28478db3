#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "appointment/client.h"
#include "base/error.h"
#include "base/json.h"

/* What JCC wants to know of a person, and how it is sent. */

#define JCC_FIELD_COUNT 18

/* What was said of each; zeroed: nothing is required but the last name. */
struct jcc_rules {
    enum {
        JCC_FIELD_VISIBLE,
        JCC_FIELD_HIDDEN,
        JCC_FIELD_REQUIRED
    } state[JCC_FIELD_COUNT];
    bool name_or_initials, any_phone; /* at least one of the two */
};

/* Of customer/customerfields/required; what is not said is visible. */
void jcc_rules_read(struct jcc_rules *rules, const struct json *root);

/* As the contract lists them: JCC_FIELD_COUNT entries. */
void jcc_rules_list(const struct jcc_rules *rules, struct appointment_field *list);

/*
 * ERROR_REFUSED, with the name of the field and never its value, when something that
 * is required is missing, too long, or written in a way that JCC can't read.
 */
bool jcc_values_check(const struct jcc_rules *rules,
                      const struct appointment_booking *booking, struct error *error);

/* The members of a customer, for values that were checked; a gender among them. */
void
jcc_values_write(struct json_writer *writer, const struct appointment_booking *booking);
