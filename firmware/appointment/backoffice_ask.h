#pragma once

#include "appointment/client.h"
#include "base/json.h"

/* What is asked of the back office before anything is booked; `maker` is a call. */

#define BACKOFFICE_TARGET_BYTES 900
#define BACKOFFICE_API "/v1/appointments"

bool backoffice_products(void *maker, const struct appointment_wish *wish,
                         struct appointment_product **list, size_t *count,
                         struct error *error);
bool backoffice_locations(void *maker, const struct appointment_wish *wish,
                          struct appointment_location **list, size_t *count,
                          struct error *error);
bool backoffice_days(void *maker, const struct appointment_wish *wish, struct date from,
                     struct date to, struct appointment_day **list, size_t *count,
                     struct error *error);
bool
backoffice_times(void *maker, const struct appointment_wish *wish, struct date date,
                 struct appointment_time **list, size_t *count, struct error *error);
bool backoffice_minutes(void *maker, const struct appointment_wish *wish,
                        struct date date, int *minutes, struct error *error);
bool
backoffice_fields(void *maker, const struct appointment_wish *wish,
                  struct appointment_field *list, size_t *count, struct error *error);

/* The list "fields" of an answer; at most APPOINTMENT_FIELDS_MAX. */
bool backoffice_read_fields(const struct json *root, struct appointment_field *list,
                            size_t *count, struct error *error);
