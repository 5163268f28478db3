#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "commands/list.h"

static const char *
in_words(const char *reason)
{
    static const struct {
        const char *name, *words;
    } list[] = {
        {"twice", "the code was given out twice"},
        {"taken", "somebody else has that time"},
        {"unknown", "the book knows nothing of it"},
    };

    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        if (text_equal(list[i].name, reason)) {
            return list[i].words;
        }
    }
    return reason;
}

static bool
add_conflict(struct table *table, const struct json *conflict, struct error *error)
{
    const struct json *values = json_member(conflict, "values");
    const struct json *at = json_member(conflict, "start");
    char kiosk[64], code[16], start[40] = "", reason[40], name[300] = "",
                              phone[300] = "";
    struct error ignored = {0};

    if (!json_get_text(conflict, "kiosk", kiosk, sizeof(kiosk), error) ||
        !json_get_text(conflict, "code", code, sizeof(code), error) ||
        !json_get_text(conflict, "reason", reason, sizeof(reason), error) ||
        (at != NULL && json_type(at) == JSON_STRING &&
         !json_get_text(conflict, "start", start, sizeof(start), error)))
    {
        return false;
    }
    if (values != NULL) {
        json_get_text(values, "lastName", name, sizeof(name), &ignored);
        json_get_text(values, "phoneNumber", phone, sizeof(phone), &ignored);
    }
    table_add(table,
              (const char *[]){kiosk, start, code, in_words(reason), name, phone});
    memory_wipe(name, sizeof(name));
    memory_wipe(phone, sizeof(phone));
    return true;
}

static const struct list list = {
    .path = "/v1/leases/conflicts",
    .name = "conflicts",
    .heads = {"KIOSK", "START", "CODE", "WHY", "NAME", "PHONE"},
    .columns = 6,
    .add = add_conflict,
    .none = "no conflicts",
};

static int
lease_conflicts_run(int argc, char **argv)
{
    return list_run(&command_lease_conflicts, &list, argc, argv);
}

const struct command command_lease_conflicts = {
    .name = "lease conflicts",
    .arguments = LIST_ARGUMENTS,
    .summary = "Tickets given out offline that the book has no appointment for, with "
               "whom to call",
    .run = lease_conflicts_run,
};
