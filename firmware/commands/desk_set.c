#include <stdlib.h>

#include "base/text.h"
#include "commands/closure.h"
#include "commands/ctl.h"

static int
desk_set_run(int argc, char **argv)
{
    struct option_value options[OPTION_OWN] = {
        BACKOFFICE_OPTIONS,
    };
    const char *words[2] = {NULL, NULL};
    char path[256], json[64];
    struct text target = text_begin(path, sizeof(path));
    struct text content = text_begin(json, sizeof(json));
    struct error error = {0};
    char *body, *end = NULL;
    long count;
    int status;

    if (!options_read(argc, argv, options, OPTION_OWN, words, 2) || words[1] == NULL ||
        !options_name_staff(options))
    {
        return command_usage(&command_desk_set);
    }
    count = strtol(words[1], &end, 10);
    if (*end != '\0' || words[1][0] == '\0' || count < 0) {
        return command_usage(&command_desk_set);
    }
    text_add(&target, "/v1/desks/");
    text_add_escaped(&target, words[0]);
    text_format(&content, "{\"count\":%ld}", count);
    body = backoffice_ask(
        options,
        &(struct backoffice_question){.method = "PUT", .path = path, .body = json},
        &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    status = closure_say_affected(body);
    free(body);
    return status;
}

const struct command command_desk_set = {
    .name = "desk set",
    .arguments = "LOCATION COUNT " BACKOFFICE_ARGUMENTS,
    .summary = "So many desks take appointments there; goes before the settings",
    .run = desk_set_run,
};
