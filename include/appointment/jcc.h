#pragma once

#include "appointment/client.h"
#include "base/error.h"

/*
 * The maker for JCC-Afspraken by its REST interface ("WARP API" of G-Plan). Ids of
 * products ("activities"), locations and appointments are JCC's own: a catalogue says
 * them as appointment_id (visit/client_names.h).
 *
 * Times there are without an offset, of the clock on the wall in `time_zone`. Of the
 * hour that the clock shows twice the first is meant; a free time in the hour that it
 * skips is left out, and an appointment in it lies as far after the change.
 *
 * What JCC can't tell, this maker doesn't: a day is never `closed`, only without free
 * times; a time is never `quiet`; every appointment that is there is
 * APPOINTMENT_BOOKED, one that was cancelled is ERROR_NOT_FOUND or as JCC answers.
 * Free times are looked for at most 400 days ahead, the earliest of a location 100.
 *
 * There are no holds, no keys, no looking up by code: hold, release, find_key, find
 * and check_in are NULL. A booking whose answer is lost is ERROR_UNCERTAIN and never
 * sent again. `move` books the new time with the old one's persons, then cancels the
 * old one. `gender` is never asked: 0 ("other") is sent unless it is given.
 *
 * Source: JCC's API as recorded and used by open-formulieren/open-forms,
 * src/openforms/appointments/contrib/jcc_rest (2025-11 to 2026-08); JCC's own documents
 * are for its partners only.
 */

struct jcc_options {
    const char *url; /* "https://…/G-Plan/api/api/warp/v1/"; all are copied */
    const char *client_id, *client_secret; /* OAuth 2 client credentials */
    const char *time_zone;                 /* NULL or "": "Europe/Amsterdam" */
    const char *ca_file;                   /* for http_client_trust() */
    int timeout_ms;                        /* of one exchange; 0: 10 s */
};

/*
 * ERROR_BAD_INPUT when the URL, the zone, or the absence of a credential makes no
 * sense. Nothing is asked yet: the first call gets an access token, which is kept in
 * memory only, renewed before it ends and once after it was refused.
 */
struct appointment_client *
appointment_jcc_create(const struct jcc_options *options, struct error *error);
