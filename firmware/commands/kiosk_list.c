#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/ctl.h"
#include "commands/table.h"

enum { FORMAT = OPTION_OWN, OPTION_COUNT };

static bool
add_kiosk(struct table *table, const struct json *kiosk, struct error *error)
{
    char name[64], location[64], claimed[64];
    bool revoked;

    if (!json_get_text(kiosk, "name", name, sizeof(name), error) ||
        !json_get_text(kiosk, "location", location, sizeof(location), error) ||
        !json_get_text(kiosk, "claimed_at", claimed, sizeof(claimed), error) ||
        !json_get_boolean(kiosk, "revoked", &revoked, error))
    {
        return false;
    }
    table_add(table, (const char *[]){name, location, claimed,
                                      revoked ? "revoked" : "in use"});
    return true;
}

static bool
print_kiosks(const char *body, struct error *error)
{
    struct json *root = json_parse(body, strlen(body), error);
    const struct json *list = json_member(root, "kiosks");
    struct table *table = table_create(4);
    bool good = list != NULL;

    table_add(table, (const char *[]){"NAME", "LOCATION", "CLAIMED", "STATE"});
    for (const struct json *kiosk = good ? json_first(list) : NULL;
         good && kiosk != NULL; kiosk = json_next(kiosk))
    {
        good = add_kiosk(table, kiosk, error);
    }
    if (good) {
        table_print(table);
    } else if (root != NULL && list == NULL) {
        error_set(error, ERROR_BAD_INPUT, "there is no list of kiosks in it");
    }
    table_destroy(table);
    json_destroy(root);
    return good || error_prefix(error, "the back office's answer");
}

static int
kiosk_list_run(int argc, char **argv)
{
    struct option_value options[OPTION_COUNT] = {
        BACKOFFICE_OPTIONS,
        [FORMAT] = {.name = "--format"},
    };
    struct error error = {0};
    bool json, good = true;
    char *body;

    if (!options_read(argc, argv, options, OPTION_COUNT, NULL, 0) ||
        !options_name_staff(options) || !format_read(options[FORMAT].value, &json))
    {
        return command_usage(&command_kiosk_list);
    }
    body = backoffice_get(options, "/v1/kiosks", &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    if (json) {
        puts(body);
    } else {
        good = print_kiosks(body, &error);
    }
    free(body);
    return good ? COMMAND_DONE : command_fail(&error);
}

const struct command command_kiosk_list = {
    .name = "kiosk list",
    .arguments = BACKOFFICE_ARGUMENTS " [--format table|json]",
    .summary = "The kiosks that were ever claimed",
    .run = kiosk_list_run,
};
