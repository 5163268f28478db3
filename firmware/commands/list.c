#include "commands/list.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"

enum { FORMAT = OPTION_OWN, OPTION_COUNT };

static bool
add_all(struct table *table, const struct list *list, const struct json *rows,
        struct error *error)
{
    table_add(table, list->heads);
    for (const struct json *row = json_first(rows); row != NULL; row = json_next(row)) {
        if (!list->add(table, row, error)) {
            return false;
        }
    }
    return true;
}

static bool
print_table(const struct list *list, const char *body, struct error *error)
{
    struct json *root = json_parse(body, strlen(body), error);
    const struct json *rows = json_member(root, list->name);
    struct table *table = table_create(list->columns);
    bool good =
        root != NULL &&
        (rows != NULL || error_set(error, ERROR_BAD_INPUT, "has no %s", list->name)) &&
        add_all(table, list, rows, error);

    if (good && json_count(rows) == 0 && list->none != NULL) {
        puts(list->none);
    } else if (good) {
        table_print(table);
    }
    table_destroy(table);
    json_destroy(root);
    return good || error_prefix(error, "the back office's answer");
}

int
list_run(const struct command *command, const struct list *list, int argc, char **argv)
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
        return command_usage(command);
    }
    body = backoffice_get(options, list->path, &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    if (json) {
        puts(body);
    } else {
        good = print_table(list, body, &error);
    }
    memory_wipe(body, strlen(body));
    free(body);
    return good ? COMMAND_DONE : command_fail(&error);
}
