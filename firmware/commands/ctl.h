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

struct backoffice_question {
    const char *url; /* of the back office: "https://loket.voorbeeld.nl" */
    const char *method;
    const char *path;       /* with query */
    const char *token_file; /* NULL: nobody in particular */
    const char *body;       /* JSON; NULL: none */
};

/*
 * The body of a 200 or 204 (the caller frees); NULL with what the back office says is
 * wrong.
 */
char *backoffice_ask(const struct backoffice_question *question, struct error *error);

/* What most questions of staff go by: --backoffice URL --token-file FILE. */
struct backoffice_staff {
    const char *url, *token_file;
};

/* The body of a GET; NULL as above. */
char *backoffice_get(const struct backoffice_staff *staff, const char *path,
                     struct error *error);
