#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/ctl.h"
#include "commands/table.h"

enum { FORMAT = OPTION_OWN, OPTION_COUNT };

static bool
add_lease(struct table *table, const struct json *lease, struct error *error)
{
    const struct json *settled = json_member(lease, "settled");
    char kiosk[64], location[64], slots[24], first[40], last[40], when[40] = "never";
    int64_t count;

    if (!json_get_text(lease, "kiosk", kiosk, sizeof(kiosk), error) ||
        !json_get_text(lease, "location", location, sizeof(location), error) ||
        !json_get_integer(lease, "slots", 0, INT64_MAX, &count, error) ||
        !json_get_text(lease, "first", first, sizeof(first), error) ||
        !json_get_text(lease, "last", last, sizeof(last), error) ||
        (settled != NULL && json_type(settled) == JSON_STRING &&
         !json_get_text(lease, "settled", when, sizeof(when), error)))
    {
        return false;
    }
    snprintf(slots, sizeof(slots), "%" PRId64, count);
    table_add(table, (const char *[]){kiosk, location, slots, first, last, when});
    return true;
}

static bool
print_leases(const char *body, struct error *error)
{
    struct json *root = json_parse(body, strlen(body), error);
    const struct json *list = json_member(root, "leases");
    struct table *table = table_create(6);
    bool good = root != NULL &&
                (list != NULL || error_set(error, ERROR_BAD_INPUT, "has no leases"));

    table_add(table, (const char *[]){"KIOSK", "LOCATION", "SLOTS", "FIRST", "LAST",
                                      "LAST SETTLED"});
    for (const struct json *lease = good ? json_first(list) : NULL;
         good && lease != NULL; lease = json_next(lease))
    {
        good = add_lease(table, lease, error);
    }
    if (good && json_count(list) == 0) {
        puts("nothing is leased");
    } else if (good) {
        table_print(table);
    }
    table_destroy(table);
    json_destroy(root);
    return good || error_prefix(error, "the back office's answer");
}

static int
lease_list_run(int argc, char **argv)
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
        return command_usage(&command_lease_list);
    }
    body = backoffice_get(options, "/v1/leases", &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    if (json) {
        puts(body);
    } else {
        good = print_leases(body, &error);
    }
    free(body);
    return good ? COMMAND_DONE : command_fail(&error);
}

const struct command command_lease_list = {
    .name = "lease list",
    .arguments = BACKOFFICE_ARGUMENTS " [--format table|json]",
    .summary = "Times that each kiosk may give out while it is offline",
    .run = lease_list_run,
};
