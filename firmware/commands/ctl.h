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
 * The body of a 200 (the caller frees); NULL with what the back office says is wrong.
 */
char *backoffice_ask(const struct backoffice_question *question, struct error *error);
