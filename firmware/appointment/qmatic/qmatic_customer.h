#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "appointment/client.h"
#include "base/json.h"
#include "base/time.h"

/*
 * What Qmatic keeps of a person: thirteen fields, with their names and lengths there.
 * None is mandatory to Qmatic, but somebody has to be called.
 */

#define QMATIC_FIELDS 13

struct qmatic_required {
    bool field[QMATIC_FIELDS];
};

/* The last name, and the names in `names` ("phoneNumber email"; NULL: none). */
bool qmatic_required_read(struct qmatic_required *required, const char *names,
                          struct error *error);

/* Fills in QMATIC_FIELDS. */
void
qmatic_fields(const struct qmatic_required *required, struct appointment_field *list);

/* ERROR_REFUSED, with the field's name and without its value, when Qmatic would not
 * take what was typed. A value may also go by Qmatic's own name. */
bool qmatic_values_check(const struct qmatic_required *required,
                         const struct appointment_value *values, size_t count,
                         struct error *error);

/* A list of `persons`: the first is what was typed, the others go by the last name. */
void qmatic_write_customers(struct json_writer *writer,
                            const struct appointment_value *values, size_t count,
                            int persons);

/* Does it know who they are? Qmatic forgets people some days after. */
bool qmatic_customers_are_known(const struct json *appointment);
/*
 * A list of those of an appointment that is there. Qmatic takes a date of birth as a
 * date and tells it in milliseconds, as an instant of that day about there: `zone`.
 */
void qmatic_copy_customers(struct json_writer *writer, const struct json *appointment,
                           const struct zone *zone, int persons);
