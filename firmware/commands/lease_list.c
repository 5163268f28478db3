#include <inttypes.h>
#include <stdio.h>

#include "commands/list.h"

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

static const struct list list = {
    .path = "/v1/leases",
    .name = "leases",
    .heads = {"KIOSK", "LOCATION", "SLOTS", "FIRST", "LAST", "LAST SETTLED"},
    .columns = 6,
    .add = add_lease,
    .none = "nothing is leased",
};

static int
lease_list_run(int argc, char **argv)
{
    return list_run(&command_lease_list, &list, argc, argv);
}

const struct command command_lease_list = {
    .name = "lease list",
    .arguments = LIST_ARGUMENTS,
    .summary = "Times that each kiosk may give out while it is offline",
    .run = lease_list_run,
};
