#include <stdio.h>

#include "base/text.h"
#include "commands/list.h"

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

static const struct list list = {
    .path = "/v1/desks",
    .name = "desks",
    .heads = {"LOCATION", "DESK", "PRODUCTS"},
    .columns = 3,
    .add = add_desk,
};

static int
desk_list_run(int argc, char **argv)
{
    return list_run(&command_desk_list, &list, argc, argv);
}

const struct command command_desk_list = {
    .name = "desk list",
    .arguments = LIST_ARGUMENTS,
    .summary = "The desks of each location and what they do",
    .run = desk_list_run,
};
