#include <stdio.h>

#include "backoffice/fleet.h"
#include "base/memory.h"
#include "base/sign.h"
#include "commands/ctl.h"

enum { ROLE, DATABASE, OPTION_COUNT };

static int
token_create_run(int argc, char **argv)
{
    struct option_value options[OPTION_COUNT] = {
        [ROLE] = {.name = "--role"},
        [DATABASE] = {.name = "--database"},
    };
    char token[IDENTITY_TOKEN_BYTES];
    struct error error = {0};
    enum fleet_role role;
    struct store *store;
    bool good;

    if (!options_read(argc, argv, options, OPTION_COUNT, NULL, 0) ||
        options[DATABASE].value == NULL || options[ROLE].value == NULL ||
        !fleet_role_from_name(options[ROLE].value, &role))
    {
        return command_usage(&command_token_create);
    }
    sign_start();
    store = store_open(options[DATABASE].value, NULL, &error);
    good = store != NULL && fleet_token_create(store, role, token, &error);
    store_close(store);
    if (!good) {
        return command_fail(&error);
    }
    printf("%s\n", token);
    memory_wipe(token, sizeof(token));
    return COMMAND_DONE;
}

const struct command command_token_create = {
    .name = "token create",
    .arguments = "--role viewer|editor --database FILE",
    .summary = "Make a token for staff; it is shown this once",
    .run = token_create_run,
};
