#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/ctl.h"
#include "commands/table.h"

enum { FORMAT = OPTION_OWN, OPTION_COUNT };

static bool
add_closure(struct table *table, const struct json *closure, struct error *error)
{
    char number[24], location[64], where[16] = "all desks", from[40], to[40],
                                   reason[200];
    int64_t id, desk = 0;

    if (!json_get_integer(closure, "id", 1, INT64_MAX, &id, error) ||
        !json_get_text(closure, "location", location, sizeof(location), error) ||
        !json_get_text(closure, "start", from, sizeof(from), error) ||
        !json_get_text(closure, "end", to, sizeof(to), error) ||
        !json_get_text(closure, "reason", reason, sizeof(reason), error) ||
        (json_member(closure, "desk") != NULL &&
         !json_get_integer(closure, "desk", 1, 1000, &desk, error)))
    {
        return false;
    }
    snprintf(number, sizeof(number), "%" PRId64, id);
    if (desk > 0) {
        snprintf(where, sizeof(where), "desk %d", (int)desk);
    }
    table_add(table, (const char *[]){number, location, where, from, to, reason});
    return true;
}

static bool
print_closures(const char *body, struct error *error)
{
    struct json *root = json_parse(body, strlen(body), error);
    const struct json *list = json_member(root, "closures");
    struct table *table = table_create(6);
    bool good = root != NULL &&
                (list != NULL || error_set(error, ERROR_BAD_INPUT, "has no closures"));

    table_add(table,
              (const char *[]){"ID", "LOCATION", "WHAT", "FROM", "UNTIL", "REASON"});
    for (const struct json *closure = good ? json_first(list) : NULL;
         good && closure != NULL; closure = json_next(closure))
    {
        good = add_closure(table, closure, error);
    }
    if (good && json_count(list) == 0) {
        puts("nothing is closed");
    } else if (good) {
        table_print(table);
    }
    table_destroy(table);
    json_destroy(root);
    return good || error_prefix(error, "the back office's answer");
}

static int
closure_list_run(int argc, char **argv)
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
        return command_usage(&command_closure_list);
    }
    body = backoffice_get(options, "/v1/closures", &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    if (json) {
        puts(body);
    } else {
        good = print_closures(body, &error);
    }
    free(body);
    return good ? COMMAND_DONE : command_fail(&error);
}

const struct command command_closure_list = {
    .name = "closure list",
    .arguments = BACKOFFICE_ARGUMENTS " [--format table|json]",
    .summary = "When locations and desks are closed beside the catalogue's hours",
    .run = closure_list_run,
};
