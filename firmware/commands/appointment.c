#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdio_ext.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "appointment/settings.h"
#include "base/log.h"
#include "base/memory.h"
#include "base/sign.h"
#include "base/text.h"
#include "catalogue/catalogue.h"
#include "commands/appointment_answer.h"
#include "commands/appointment_request.h"
#include "commands/command.h"
#include "visit/kiosk_settings.h"
#include "visit/rehearsal.h"

/*
 * `loketzuilctl appointment`: any appointment system, asked as the kiosk asks it.
 * Scripts rely on its statuses and on its one sentence on standard error.
 */

enum {
    STATUS_UNREACHABLE = 3,
    STATUS_REFUSED = 4,
    STATUS_NOT_UNDERSTOOD = 5,
};

#define SENTENCE_BYTES 400 /* and at most as many characters */
#define SECRET_BYTES_MIN 3 /* less is no secret, and stands in many a word */

/* What is opened for one question, in this order. */
struct desk {
    struct appointment_request request;
    struct kiosk_settings settings;
    char *secret; /* NULL for none */
    struct zone *zone;
    struct catalogue *catalogue; /* of `scripted` */
    struct sign_key key;         /* of `scripted`: nobody knows it */
    struct rehearsal rehearsal;
    struct appointment_client *client;
};

/* --- the sentence --------------------------------------------------------------------
 */

/* What comes from outside may be on several lines, or be no text at all. */
static void
add_plain(struct text *sentence, const char *words)
{
    uint32_t character;
    char bytes[5];

    while ((character = text_next(&words)) != 0) {
        bool control = character < 0x20 || (character >= 0x7F && character < 0xA0) ||
                       character == 0x2028 || character == 0x2029;

        text_encode(control ? ' ' : character, bytes);
        text_add(sentence, bytes);
    }
}

/* A back end may repeat in its error what it was sent. */
static void
take_out(char *words, const char *secret)
{
    size_t length = strlen(secret);
    char *at;

    while (length >= SECRET_BYTES_MIN && (at = strstr(words, secret)) != NULL) {
        *at = '*';
        memmove(at + 1, at + length, strlen(at + length) + 1);
    }
}

static void
take_secrets_out(const struct desk *desk, char *words)
{
    if (desk->secret != NULL) {
        take_out(words, desk->secret);
    }
    for (size_t i = 0; i < desk->request.value_count; i++) {
        take_out(words, desk->request.values[i].value);
    }
}

static int
say(const struct desk *desk, int status, const char *lead, const struct error *error)
{
    char words[ERROR_MESSAGE_BYTES], printed[SENTENCE_BYTES - 1];
    struct text sentence = text_begin(printed, sizeof(printed));

    text_copy(words, sizeof(words), error->message);
    take_secrets_out(desk, words);
    text_add(&sentence, lead);
    add_plain(&sentence, words);
    while (sentence.length > 0 && strchr(". ", printed[sentence.length - 1]) != NULL) {
        printed[--sentence.length] = '\0';
    }
    fprintf(stderr, "%s.\n", printed);
    return status;
}

static int
misused(const struct desk *desk, const char *lead, const struct error *error)
{
    return say(desk, COMMAND_MISUSED, lead, error);
}

static const char *
lead_of_uncertain(enum appointment_verb verb)
{
    return verb == APPOINTMENT_VERB_BOOK
               ? "It may have been booked: do not book again, but ask there first: "
           : verb == APPOINTMENT_VERB_MOVE
               ? "It may stand at the old time, the new one, or both: ask there first: "
               : "It may have been cancelled: show it to find out: ";
}

static int
failed(const struct desk *desk, const struct error *error)
{
    switch (error->kind) {
    case ERROR_OFFLINE:
        return say(desk, STATUS_UNREACHABLE, "It can't be reached: ", error);
    case ERROR_UNCERTAIN:
        return say(desk, STATUS_UNREACHABLE, lead_of_uncertain(desk->request.verb),
                   error);
    case ERROR_REFUSED:
        return say(desk, STATUS_REFUSED, "It is refused: ", error);
    case ERROR_TAKEN:
        return say(desk, STATUS_REFUSED, "That time is taken: ", error);
    case ERROR_NOT_FOUND:
        return say(desk, STATUS_REFUSED, "It is not known there: ", error);
    case ERROR_NONE:
    case ERROR_BAD_INPUT:
    case ERROR_STORAGE:
    case ERROR_DEVICE:
    case ERROR_KIND_COUNT:
        break;
    }
    return say(desk, STATUS_NOT_UNDERSTOOD, "The answer can't be understood: ", error);
}

/* --- opening what is asked -----------------------------------------------------------
 */

static int64_t
now(void *data)
{
    (void)data;
    return time_now_s();
}

/* The rehearsal begins anew with each command: what was booked is not there later. */
static bool
open_rehearsal(struct desk *desk, struct error *error)
{
    desk->catalogue = catalogue_open(desk->settings.catalogue, error);
    if (desk->catalogue == NULL) {
        return false;
    }
    sign_key_generate(&desk->key);
    desk->rehearsal =
        (struct rehearsal){.catalogue = desk->catalogue, .key = &desk->key, .now = now};
    desk->client = rehearsal_create(&desk->rehearsal, error);
    return desk->client != NULL;
}

/* The back office is asked in the name of the kiosk whose data folder is named. */
static bool
name_key(struct appointment_settings *settings, const char *folder, struct error *error)
{
    struct text path = text_begin(settings->key_file, sizeof(settings->key_file));

    text_format(&path, "%s/kiosk.key", folder);
    return !path.truncated ||
           error_set(error, ERROR_BAD_INPUT, "[kiosk] data: is too long");
}

static bool
open_desk(struct desk *desk, struct error *error)
{
    struct appointment_settings *settings = &desk->settings.appointments;

    if (!kiosk_settings_read(desk->request.settings, &desk->settings, error)) {
        return false;
    }
    desk->zone = zone_open(settings->time_zone, error);
    if (desk->zone == NULL) {
        return false;
    }
    if (settings->maker == APPOINTMENTS_SCRIPTED) {
        return open_rehearsal(desk, error);
    }
    if (settings->maker == APPOINTMENTS_BACKOFFICE && settings->key_file[0] == '\0' &&
        !name_key(settings, desk->settings.data, error))
    {
        return false;
    }
    desk->secret = appointment_settings_secret(settings, error);
    desk->client =
        desk->secret != NULL ? appointment_settings_open(settings, NULL, error) : NULL;
    return desk->client != NULL;
}

static void
close_desk(struct desk *desk)
{
    if (desk->secret != NULL) {
        memory_wipe(desk->secret, strlen(desk->secret));
        free(desk->secret);
    }
    appointment_client_destroy(desk->client);
    catalogue_destroy(desk->catalogue);
    zone_close(desk->zone);
    memory_wipe(desk, sizeof(*desk));
}

/* --- doing it ----------------------------------------------------------------------
 */

static bool
changes_something(enum appointment_verb verb)
{
    return verb == APPOINTMENT_VERB_BOOK || verb == APPOINTMENT_VERB_CANCEL ||
           verb == APPOINTMENT_VERB_MOVE;
}

/* An appointment whose id nobody reads is better not made. */
static bool
output_is_open(void)
{
    int flags = fcntl(STDOUT_FILENO, F_GETFL);

    return flags >= 0 && (flags & O_ACCMODE) != O_RDONLY;
}

/* False, having said so, when the lines did not all go out. */
static bool
flush_lines(const struct desk *desk, const struct appointment_outcome *outcome)
{
    struct error error;

    if (ferror(stdout) == 0 && fflush(stdout) == 0) {
        return true;
    }
    error_set(&error, ERROR_STORAGE, "%s", strerror(errno));
    if (outcome->made[0] != '\0') {
        error_prefix(&error, "the appointment %s stands", outcome->made);
    }
    __fpurge(stdout); /* or the program would try, and complain, again */
    clearerr(stdout);
    say(desk, COMMAND_FAILED, "Not everything could be written: ", &error);
    return false;
}

static int
ask(struct desk *desk)
{
    struct appointment_outcome outcome;
    struct error error = {0};

    if (!open_desk(desk, &error)) {
        return misused(desk, "The settings can't be used: ", &error);
    }
    if (changes_something(desk->request.verb) && !output_is_open()) {
        error_set(&error, ERROR_STORAGE, "standard output is closed");
        return say(desk, COMMAND_FAILED, "Nothing is done: ", &error);
    }
    if (!appointment_answer(&desk->request, desk->client, desk->zone, &outcome, &error))
    {
        return failed(desk, &error);
    }
    if (!flush_lines(desk, &outcome)) {
        return COMMAND_FAILED;
    }
    if (outcome.old_stands) {
        error_set(&error, ERROR_UNCERTAIN, "cancel %s", desk->request.id);
        return say(
            desk, STATUS_UNREACHABLE,
            "The new appointment is booked, but the old one still stands: ", &error);
    }
    return COMMAND_DONE;
}

static int
appointment_run(int argc, char **argv)
{
    struct desk *desk = memory_allocate(1, sizeof(*desk));
    struct error error = {0};
    int status;

    signal(SIGPIPE, SIG_IGN); /* a reader that goes away is said as a full disk is */
    log_set_level(LOG_ERROR);
    sign_start();
    if (!appointment_request_read(argc, argv, &desk->request, &error)) {
        status = misused(desk, "", &error);
    } else if (desk->request.help) {
        command_print_help(&command_appointment);
        status = COMMAND_DONE;
    } else {
        status = ask(desk);
    }
    close_desk(desk);
    free(desk);
    return status;
}

/* clang-format off */
static const char details[] =
    "Asks any appointment system as the kiosk asks it, to find out what is wrong, and\n"
    "prints one JSON object a line.\n"
    "\n"
    "  products  [--location ID] [--with ID]…\n"
    "      what can be had there, and together with what is named\n"
    "      {\"id\",\"name\",\"minutes\"}, the minutes for one person\n"
    "  locations [--product ID]…\n"
    "      where all of that can be had; empty texts where something is not known\n"
    "      {\"id\",\"name\",\"street\",\"postcode\",\"city\"}\n"
    "  days      --location ID --product ID[=PERSONS]… [--from DATE] [--to DATE]\n"
    "      days with room, both ends included; without them from today as far as the\n"
    "      system allows\n"
    "      {\"date\"}\n"
    "  times     --location ID --product ID[=PERSONS]… --date DATE\n"
    "      {\"start\"}\n"
    "  duration  --location ID --product ID[=PERSONS]… --date DATE\n"
    "      {\"minutes\"}\n"
    "  fields    --product ID…\n"
    "      all that the system knows to ask; the state: required, optional or hidden\n"
    "      {\"field\",\"state\"}\n"
    "  book      --location ID --product ID[=PERSONS]… --start INSTANT\n"
    "            --field NAME=VALUE…\n"
    "      {\"id\",\"start\",\"end\",\"check_in\"}, check_in being the text to print as QR\n"
    "  show ID, cancel ID, move ID --start INSTANT\n"
    "      {\"id\",\"start\",\"end\",\"check_in\",\"state\"}; the state: booked, arrived,\n"
    "      cancelled or missed\n"
    "\n"
    "DATE is like 2026-08-21, INSTANT like 2026-08-21T15:40:00+02:00. PERSONS are what\n"
    "stands behind the last =; an id that holds an = needs them.\n"
    "\n"
    "FILE is the kiosk's settings, or has only this:\n"
    "  [appointments]\n"
    "  maker = jcc|qmatic|backoffice|scripted|none\n"
    "  url = https://…           where it is: …/warp/v1/ of JCC, of Qmatic\n"
    "                            …/calendar-backend/public/api/; plain http to this\n"
    "                            machine only\n"
    "  client_id, client_secret  jcc\n"
    "  api_key                   qmatic\n"
    "  secret_file               instead of client_secret or api_key: where it stands\n"
    "  required                  qmatic: fields that must be filled in, as \"email\"\n"
    "  time_zone                 of its clocks: Europe/Amsterdam when not named\n"
    "  ca_file                   whose certificates are trusted, not the system's\n"
    "  key_file                  backoffice: the key of a claimed kiosk; kiosk.key in\n"
    "                            the folder that [kiosk] data names when not named\n"
    "scripted rehearses with the catalogue of [kiosk], and forgets it all at once.\n"
    "\n"
    "Status 0: done, also with an empty list. 2: wrong use, or settings that can't be\n"
    "used. 3: unreachable, or the answer was lost; the sentence says when it may have\n"
    "been done. 4: refused (credentials, a time that is taken, an unknown id, a field\n"
    "that is missing). 5: an answer that can't be understood. 1: the lines could not be\n"
    "written. But for 0 one sentence on standard error says why.\n";
/* clang-format on */

const struct command command_appointment = {
    .name = "appointment",
    .arguments = "--settings FILE VERB [OPTIONS]",
    .summary = "Ask the appointment system what the kiosk asks it, line by line",
    .details = details,
    .run = appointment_run,
};
