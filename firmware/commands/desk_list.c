#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/ctl.h"
#include "commands/table.h"

enum { FORMAT = OPTION_OWN, OPTION_COUNT };

static bool
add_desk(struct table *table, const struct json *desk, struct error *error)
{
    const struct json *products = json_member(desk, "products");
    char location[64], number_text[24], bytes[1024];
    struct text text = text_begin(bytes, sizeof(bytes));
    int64_t number;

    if (!json_get_text(desk, "location", location, sizeof(location), error) ||
        !json_get_integer(desk, "number", 1, 1000, &number, error))
    {
        return false;
    }
    for (const struct json *product = products != NULL ? json_first(products) : NULL;
         product != NULL; product = json_next(product))
    {
        if (json_type(product) == JSON_STRING) {
            text_add(&text, text.length > 0 ? " " : "");
            text_add(&text, json_string(product));
        }
    }
    snprintf(number_text, sizeof(number_text), "%d", (int)number);
    table_add(table, (const char *[]){location, number_text,
                                      text.length > 0 ? bytes : "everything"});
    return true;
}

static bool
print_desks(const char *body, struct error *error)
{
    struct json *root = json_parse(body, strlen(body), error);
    const struct json *list = json_member(root, "desks");
    struct table *table = table_create(3);
    bool good = root != NULL &&
                (list != NULL || error_set(error, ERROR_BAD_INPUT, "has no desks"));

    table_add(table, (const char *[]){"LOCATION", "DESK", "PRODUCTS"});
    for (const struct json *desk = good ? json_first(list) : NULL; good && desk != NULL;
         desk = json_next(desk))
    {
        good = add_desk(table, desk, error);
    }
    if (good) {
        table_print(table);
    }
    table_destroy(table);
    json_destroy(root);
    return good || error_prefix(error, "the back office's answer");
}

static int
desk_list_run(int argc, char **argv)
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
        return command_usage(&command_desk_list);
    }
    body = backoffice_get(options, "/v1/desks", &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    if (json) {
        puts(body);
    } else {
        good = print_desks(body, &error);
    }
    free(body);
    return good ? COMMAND_DONE : command_fail(&error);
}

const struct command command_desk_list = {
    .name = "desk list",
    .arguments = BACKOFFICE_ARGUMENTS " [--format table|json]",
    .summary = "The desks of each location and what they do",
    .run = desk_list_run,
};
