#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "commands/ctl.h"
#include "commands/table.h"

enum { FORMAT = OPTION_OWN, OPTION_COUNT };

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

static bool
print_conflicts(const char *body, struct error *error)
{
    struct json *root = json_parse(body, strlen(body), error);
    const struct json *list = json_member(root, "conflicts");
    struct table *table = table_create(6);
    bool good = root != NULL &&
                (list != NULL || error_set(error, ERROR_BAD_INPUT, "has no conflicts"));

    table_add(table,
              (const char *[]){"KIOSK", "START", "CODE", "WHY", "NAME", "PHONE"});
    for (const struct json *conflict = good ? json_first(list) : NULL;
         good && conflict != NULL; conflict = json_next(conflict))
    {
        good = add_conflict(table, conflict, error);
    }
    if (good && json_count(list) == 0) {
        puts("no conflicts");
    } else if (good) {
        table_print(table);
    }
    table_destroy(table);
    json_destroy(root);
    return good || error_prefix(error, "the back office's answer");
}

static int
lease_conflicts_run(int argc, char **argv)
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
        return command_usage(&command_lease_conflicts);
    }
    body = backoffice_get(options, "/v1/leases/conflicts", &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    if (json) {
        puts(body);
    } else {
        good = print_conflicts(body, &error);
    }
    memory_wipe(body, strlen(body)); /* a person stands in it */
    free(body);
    return good ? COMMAND_DONE : command_fail(&error);
}

const struct command command_lease_conflicts = {
    .name = "lease conflicts",
    .arguments = BACKOFFICE_ARGUMENTS " [--format table|json]",
    .summary = "Tickets given out offline that the book has no appointment for, with "
               "whom to call",
    .run = lease_conflicts_run,
};
