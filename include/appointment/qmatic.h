#pragma once

#include "appointment/client.h"
#include "base/error.h"

/*
 * The maker for Qmatic Orchestra by its Calendar Public Appointment API. Ids of
 * products ("services"), locations ("branches") and appointments are Qmatic's public
 * ids: "Paspoort", or 64 hexadecimal digits.
 *
 * Qmatic speaks in the clock on the branch's wall, without an offset. The zone is the
 * branch's own (fullTimeZone, else timeZone), else what it told before, else
 * `time_zone`. Of the hour that the clock shows twice the first is meant; a time in the
 * hour that it skips is left out.
 *
 * Everybody has every service: an appointment is for as many persons as the item with
 * the most, and lasts the sum over the services of duration +
 * additionalCustomerDuration × (persons − 1). The first customer carries what was
 * typed, each further one only the last name. Who asks for free times says how many
 * come along with the first, as Open Forms does and was recorded; Qmatic's own web page
 * (qmatic/orchestra-appointment-booking) says how many there are.
 *
 * What Qmatic can't tell, this maker doesn't: a day is never `closed` and how many are
 * `free` is unknown (days without are not in the list), a time is never `quiet`. A
 * branch without a postcode is listed all the same. Fields have no states in Qmatic:
 * the last name is required and what `required` adds, the rest is optional. An
 * appointment has no code, and no text for a QR: what Qmatic's own pillars read is
 * in no source that we know.
 *
 * There are no holds, no keys, no looking up by code: hold, release, find_key, find and
 * check_in are NULL. What changes something is never sent twice. A booking that is
 * refused (HTTP 500 with a header error_code) is ERROR_TAKEN when its time is no longer
 * among the free ones, ERROR_REFUSED when it is; a 5xx without that header, or no
 * answer, is ERROR_UNCERTAIN. `move` books the new time with the old one's customers,
 * then cancels the old one; so a time that overlaps the old one is taken.
 *
 * Source: the API of July 2017 as used by, and recorded in,
 * open-formulieren/open-forms, src/openforms/appointments/contrib/qmatic; Qmatic's own
 * document is for its customers.
 */

struct qmatic_options {
    const char *url; /* "https://…/calendar-backend/public/api/"; all are copied */
    const char *api_key;   /* for the header X-Api-Key */
    const char *time_zone; /* NULL or "": "Europe/Amsterdam" */
    const char *ca_file;   /* for http_client_trust() */
    int timeout_ms;        /* of one exchange; 0: 10 s */
    const char *required;  /* "phoneNumber email" (appointment/fields.h); NULL: none */
    /* How many locations of a list come with their first free start, at two exchanges
     * each; the others' is unknown. */
    int earliest_max;
};

/* ERROR_BAD_INPUT when the URL, the key, the zone or a required field makes no sense.
 * Nothing is asked yet. */
struct appointment_client *
appointment_qmatic_create(const struct qmatic_options *options, struct error *error);
