#include <inttypes.h>
#include <stdio.h>

#include "commands/list.h"

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

static const struct list list = {
    .path = "/v1/queue/rules",
    .name = "rules",
    .heads = {"LOCATION", "MODE", "CAP", "NOTE"},
    .columns = 4,
    .add = add_rule,
};

static int
queue_list_run(int argc, char **argv)
{
    return list_run(&command_queue_list, &list, argc, argv);
}

const struct command command_queue_list = {
    .name = "queue list",
    .arguments = LIST_ARGUMENTS,
    .summary = "Which locations give out numbers, and how many a day",
    .run = queue_list_run,
};
