#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/ctl.h"
#include "commands/table.h"

enum { FORMAT = OPTION_OWN, OPTION_COUNT };

static bool
add_rule(struct table *table, const struct json *rule, struct error *error)
{
    const struct json *cap = json_member(rule, "cap");
    char location[64], mode[16], note[400], cap_text[24] = "-";

    if (!json_get_text(rule, "location", location, sizeof(location), error) ||
        !json_get_text(rule, "mode", mode, sizeof(mode), error) ||
        !json_get_text(rule, "note", note, sizeof(note), error))
    {
        return false;
    }
    if (cap != NULL && json_type(cap) == JSON_INTEGER) {
        snprintf(cap_text, sizeof(cap_text), "%" PRId64, json_integer(cap));
    }
    table_add(table, (const char *[]){location, mode, cap_text, note});
    return true;
}

static bool
print_rules(const char *body, struct error *error)
{
    struct json *root = json_parse(body, strlen(body), error);
    const struct json *list = json_member(root, "rules");
    struct table *table = table_create(4);
    bool good = root != NULL &&
                (list != NULL || error_set(error, ERROR_BAD_INPUT, "has no rules"));

    table_add(table, (const char *[]){"LOCATION", "MODE", "CAP", "NOTE"});
    for (const struct json *rule = good ? json_first(list) : NULL; good && rule != NULL;
         rule = json_next(rule))
    {
        good = add_rule(table, rule, error);
    }
    if (good) {
        table_print(table);
    }
    table_destroy(table);
    json_destroy(root);
    return good || error_prefix(error, "the back office's answer");
}

static int
queue_list_run(int argc, char **argv)
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
        return command_usage(&command_queue_list);
    }
    body = backoffice_get(options, "/v1/queue/rules", &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    if (json) {
        puts(body);
    } else {
        good = print_rules(body, &error);
    }
    free(body);
    return good ? COMMAND_DONE : command_fail(&error);
}

const struct command command_queue_list = {
    .name = "queue list",
    .arguments = BACKOFFICE_ARGUMENTS " [--format table|json]",
    .summary = "Which locations give out numbers, and how many a day",
    .run = queue_list_run,
};
