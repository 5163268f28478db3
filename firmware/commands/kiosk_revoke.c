#include <stdio.h>
#include <stdlib.h>

#include "backoffice/fleet.h"
#include "base/text.h"
#include "commands/ctl.h"

static int
kiosk_revoke_run(int argc, char **argv)
{
    struct option_value options[OPTION_OWN] = {
        BACKOFFICE_OPTIONS,
    };
    const char *name = NULL;
    char path[128];
    struct text text = text_begin(path, sizeof(path));
    struct error error = {0};
    char *body;

    if (!options_read(argc, argv, options, OPTION_OWN, &name, 1) || name == NULL ||
        !options_name_staff(options))
    {
        return command_usage(&command_kiosk_revoke);
    }
    if (!fleet_check_name("name", name, USAGE_KIOSK_BYTES, &error)) {
        return command_fail(&error);
    }
    text_format(&text, "/v1/kiosks/%s/revoke", name);
    body = backoffice_ask(
        options, &(struct backoffice_question){.method = "POST", .path = path}, &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    free(body);
    printf("%s is revoked: nothing that it signs is taken any more\n", name);
    return COMMAND_DONE;
}

const struct command command_kiosk_revoke = {
    .name = "kiosk revoke",
    .arguments = "NAME " BACKOFFICE_ARGUMENTS,
    .summary = "Take a kiosk out of use for good, as when it was stolen",
    .run = kiosk_revoke_run,
};
