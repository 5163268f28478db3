#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/error.h"
#include "base/http_client.h"
#include "base/json.h"
#include "commands/command.h"

/* What several commands share: options by name, and asking a back office. */

struct option_value {
    const char *name;  /* "--name" */
    bool flag;         /* stands alone; `value` becomes its name */
    const char *value; /* NULL: not given */
};

/*
 * Reads options into `options` and what is left into `rest` (at most `rest_max`).
 * False when a name is unknown, given twice or lacks its value, or when more is left.
 */
bool options_read(int argc, char **argv, struct option_value *options, size_t count,
                  const char **rest, size_t rest_max);

/* "table" (or NULL), or "json"; false when it is neither. */
bool format_read(const char *text, bool *json);

/* "Says why.\n" on standard error; returns COMMAND_FAILED. */
int command_fail(const struct error *error);

/*
 * Options of every command that asks a back office stand first among its own:
 *
 *     enum { FORMAT = OPTION_OWN, OPTION_COUNT };
 *     struct option_value options[OPTION_COUNT] = {
 *         BACKOFFICE_OPTIONS,
 *         [FORMAT] = {.name = "--format"},
 *     };
 */
enum {
    OPTION_BACKOFFICE, /* URL: "https://loket.voorbeeld.nl" */
    OPTION_TOKEN_FILE, /* not given: nobody in particular asks */
    OPTION_CA_FILE,    /* for http_client_trust() */
    OPTION_OWN
};
#define BACKOFFICE_OPTIONS                                                             \
    [OPTION_BACKOFFICE] = {.name = "--backoffice"},                                    \
    [OPTION_TOKEN_FILE] = {.name = "--token-file"},                                    \
    [OPTION_CA_FILE] = {.name = "--ca-file"}

/* As in usage. */
#define BACKOFFICE_ARGUMENTS "--backoffice URL --token-file FILE [--ca-file FILE]"

/* Are both the back office and the token given? */
bool options_name_staff(const struct option_value *options);

struct backoffice_question {
    const char *method;
    const char *path; /* with query */
    const char *body; /* JSON; NULL: none */
};

/*
 * The body of a 200, 201 or 204 (the caller frees); NULL with what the back office says
 * is wrong.
 */
char *backoffice_ask(const struct option_value *options,
                     const struct backoffice_question *question, struct error *error);
char *backoffice_get(const struct option_value *options, const char *path,
                     struct error *error);
