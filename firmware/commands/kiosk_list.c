#include "commands/list.h"

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

static const struct list list = {
    .path = "/v1/kiosks",
    .name = "kiosks",
    .heads = {"NAME", "LOCATION", "CLAIMED", "STATE"},
    .columns = 4,
    .add = add_kiosk,
};

static int
kiosk_list_run(int argc, char **argv)
{
    return list_run(&command_kiosk_list, &list, argc, argv);
}

const struct command command_kiosk_list = {
    .name = "kiosk list",
    .arguments = LIST_ARGUMENTS,
    .summary = "The kiosks that were ever claimed",
    .run = kiosk_list_run,
};
