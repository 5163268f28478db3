#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/fleet.h"
#include "base/text.h"
#include "commands/ctl.h"

static int
lease_lost_run(int argc, char **argv)
{
    struct option_value options[OPTION_OWN] = {
        BACKOFFICE_OPTIONS,
    };
    const char *name = NULL;
    char path[128];
    struct text text = text_begin(path, sizeof(path));
    struct error error = {0};
    struct json *root;
    int64_t freed = 0;
    char *body;

    if (!options_read(argc, argv, options, OPTION_OWN, &name, 1) || name == NULL ||
        !options_name_staff(options))
    {
        return command_usage(&command_lease_lost);
    }
    if (!fleet_check_name("name", name, USAGE_KIOSK_BYTES, &error)) {
        return command_fail(&error);
    }
    text_format(&text, "/v1/leases/%s/lost", name);
    body = backoffice_ask(
        options, &(struct backoffice_question){.method = "POST", .path = path}, &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    root = json_parse(body, strlen(body), &error);
    free(body);
    if (root == NULL || !json_get_integer(root, "freed", 0, INT64_MAX, &freed, &error))
    {
        json_destroy(root);
        return command_fail(&error);
    }
    json_destroy(root);
    printf("%" PRId64 " times of %s are free again\n", freed, name);
    return COMMAND_DONE;
}

const struct command command_lease_lost = {
    .name = "lease lost",
    .arguments = "NAME " BACKOFFICE_ARGUMENTS,
    .summary = "Free the times of a kiosk that will not come back",
    .details =
        "What it gave out offline and never told of is then nobody's: should it come "
        "back\nafter all, that is booked where a desk is still free, and else stands "
        "in\n\"lease conflicts\".",
    .run = lease_lost_run,
};
