#pragma once

#include <stddef.h>

#include "appointment/client.h"
#include "base/error.h"
#include "base/settings.h"
#include "base/sign.h"

/*
 * The section [appointments] of a settings file, and the client that it asks for: for
 * the kiosk and the command line alike.
 *
 *     maker        backoffice, jcc, qmatic, scripted or none
 *     url          where the system is; plain http to this machine itself only
 *     ca_file      whose certificates are trusted there, instead of the system's
 *     time_zone    of its clocks: Europe/Amsterdam
 *     key_file     backoffice: the kiosk's key, which signs what is asked
 *     client_id, client_secret  jcc: who asks
 *     api_key      qmatic: the same
 *     secret_file  instead of client_secret or api_key: a file whose only line is it
 *     required     qmatic: "phoneNumber email", what must be filled in besides the last
 *                  name (appointment/fields.h)
 *
 * A key that the maker can't do without, or that belongs to another one, is refused
 * with its line. `scripted` and `none` let the others' keys stand: a technician
 * chooses them for a moment.
 */

#define APPOINTMENT_URL_BYTES 512
#define APPOINTMENT_SETTINGS_MAX 12

enum appointments_maker {
    APPOINTMENTS_BACKOFFICE,
    APPOINTMENTS_SCRIPTED,
    APPOINTMENTS_NONE,
    APPOINTMENTS_JCC,
    APPOINTMENTS_QMATIC,
};

struct appointment_settings {
    int maker; /* enum appointments_maker */
    char url[APPOINTMENT_URL_BYTES];
    char ca_file[APPOINTMENT_URL_BYTES];
    char key_file[APPOINTMENT_URL_BYTES];
    char client_id[128], client_secret[256], api_key[256];
    char secret_file[APPOINTMENT_URL_BYTES];
    char time_zone[64];
    char required[APPOINTMENT_URL_BYTES];
    /* Not of the file but of the program: at how many locations the first free time is
     * of use, where a maker has to look it up one by one. */
    int earliest_max;
    int lines[APPOINTMENT_SETTINGS_MAX]; /* that name each, 0: none does */
};

void appointment_settings_init(struct appointment_settings *settings);

/* What settings_read() is to know of them; returns how many. */
size_t appointment_settings_rows(struct appointment_settings *settings,
                                 struct setting rows[APPOINTMENT_SETTINGS_MAX]);

/* After reading `path`: does what it says hold together? */
bool appointment_settings_check(const char *path, struct appointment_settings *settings,
                                struct error *error);

/*
 * NULL when something it names can't be had. `key` signs where the file names no key.
 * Not for `scripted`, which needs a catalogue: that is the caller's
 * (visit/rehearsal.h).
 */
struct appointment_client *
appointment_settings_open(const struct appointment_settings *settings,
                          const struct sign_key *key, struct error *error);

/* What must come into no message: the client secret or the API key, "" for none. NULL
 * when its file can't be read. The caller forgets it and frees it. */
char *appointment_settings_secret(const struct appointment_settings *settings,
                                  struct error *error);

/* Does that system have ids of its own (visit/client_names.h)? */
bool appointment_settings_has_own_ids(const struct appointment_settings *settings);
