#include <inttypes.h>
#include <stdio.h>

#include "commands/list.h"

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

static const struct list list = {
    .path = "/v1/closures",
    .name = "closures",
    .heads = {"ID", "LOCATION", "WHAT", "FROM", "UNTIL", "REASON"},
    .columns = 6,
    .add = add_closure,
    .none = "nothing is closed",
};

static int
closure_list_run(int argc, char **argv)
{
    return list_run(&command_closure_list, &list, argc, argv);
}

const struct command command_closure_list = {
    .name = "closure list",
    .arguments = LIST_ARGUMENTS,
    .summary = "When locations and desks are closed beside the catalogue's hours",
    .run = closure_list_run,
};
