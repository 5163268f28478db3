#include <stdio.h>
#include <stdlib.h>

#include "backoffice/fleet.h"
#include "base/text.h"
#include "commands/ctl.h"

enum { BACKOFFICE, TOKEN_FILE, OPTION_COUNT };

static int
kiosk_revoke_run(int argc, char **argv)
{
    struct option_value options[OPTION_COUNT] = {
        [BACKOFFICE] = {.name = "--backoffice"},
        [TOKEN_FILE] = {.name = "--token-file"},
    };
    const char *name = NULL;
    char path[128];
    struct text text = text_begin(path, sizeof(path));
    struct error error = {0};
    char *body;

    if (!options_read(argc, argv, options, OPTION_COUNT, &name, 1) || name == NULL ||
        options[BACKOFFICE].value == NULL || options[TOKEN_FILE].value == NULL)
    {
        return command_usage(&command_kiosk_revoke);
    }
    if (!fleet_check_name("name", name, USAGE_KIOSK_BYTES, &error)) {
        return command_fail(&error);
    }
    text_format(&text, "/v1/kiosks/%s/revoke", name);
    body = backoffice_ask(
        &(struct backoffice_question){.url = options[BACKOFFICE].value,
                                      .method = "POST",
                                      .path = path,
                                      .token_file = options[TOKEN_FILE].value},
        &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    free(body);
    printf("%s is revoked: nothing that it signs is taken any more\n", name);
    return COMMAND_DONE;
}

const struct command command_kiosk_revoke = {
    .name = "kiosk revoke",
    .arguments = "NAME --backoffice URL --token-file FILE",
    .summary = "Take a kiosk out of use for good, as when it was stolen",
    .run = kiosk_revoke_run,
};
