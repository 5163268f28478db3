#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/ctl.h"

#define KEY_DIGITS 32

static int
errand_done_run(int argc, char **argv)
{
    struct option_value options[OPTION_OWN] = {
        BACKOFFICE_OPTIONS,
    };
    const char *key = NULL;
    char path[80];
    struct text text = text_begin(path, sizeof(path));
    struct error error = {0};
    char *body;

    if (!options_read(argc, argv, options, OPTION_OWN, &key, 1) || key == NULL ||
        strspn(key, "0123456789abcdef") != KEY_DIGITS || strlen(key) != KEY_DIGITS ||
        !options_name_staff(options))
    {
        return command_usage(&command_errand_done);
    }
    text_format(&text, "/v1/errands/%s/done", key);
    body = backoffice_ask(
        options, &(struct backoffice_question){.method = "POST", .path = path}, &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    free(body);
    puts("done; the number is erased");
    return COMMAND_DONE;
}

const struct command command_errand_done = {
    .name = "errand done",
    .arguments = "KEY " BACKOFFICE_ARGUMENTS,
    .summary = "Somebody was called back or helped: it goes from the list, and its "
               "number is erased",
    .run = errand_done_run,
};
