#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/ctl.h"

static int
closure_remove_run(int argc, char **argv)
{
    struct option_value options[OPTION_OWN] = {
        BACKOFFICE_OPTIONS,
    };
    const char *id = NULL;
    char path[64];
    struct text text = text_begin(path, sizeof(path));
    struct error error = {0};
    char *body;

    if (!options_read(argc, argv, options, OPTION_OWN, &id, 1) || id == NULL ||
        strspn(id, "0123456789") != strlen(id) || strlen(id) > 18 ||
        !options_name_staff(options))
    {
        return command_usage(&command_closure_remove);
    }
    text_format(&text, "/v1/closures/%s", id);
    body = backoffice_ask(
        options, &(struct backoffice_question){.method = "DELETE", .path = path},
        &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    free(body);
    puts("open again");
    return COMMAND_DONE;
}

const struct command command_closure_remove = {
    .name = "closure remove",
    .arguments = "ID " BACKOFFICE_ARGUMENTS,
    .summary = "What that closure kept closed can be booked again",
    .run = closure_remove_run,
};
