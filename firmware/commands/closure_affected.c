#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "commands/ctl.h"
#include "commands/table.h"

enum { FORMAT = OPTION_OWN, OPTION_COUNT };

static const char *
in_words(const char *trouble)
{
    static const struct {
        const char *name, *words;
    } list[] = {
        {"location-gone", "the catalogue has no such place any more"},
        {"not-offered", "not by appointment there any more"},
        {"not-open", "outside opening hours"},
        {"location-closed", "the place is closed"},
        {"desk-gone", "the desk is gone"},
        {"desk-closed", "the desk is closed"},
        {"desk-limited", "the desk doesn't do this any more"},
    };

    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        if (text_equal(list[i].name, trouble)) {
            return list[i].words;
        }
    }
    return trouble;
}

static bool
add_appointment(struct table *table, const struct json *appointment,
                struct error *error)
{
    const struct json *values = json_member(appointment, "values");
    char start[40], location[64], code[16], trouble[40], name[300] = "",
                                                         phone[300] = "";
    struct error ignored = {0};

    if (!json_get_text(appointment, "start", start, sizeof(start), error) ||
        !json_get_text(appointment, "location", location, sizeof(location), error) ||
        !json_get_text(appointment, "code", code, sizeof(code), error) ||
        !json_get_text(appointment, "trouble", trouble, sizeof(trouble), error))
    {
        return false;
    }
    if (values != NULL) {
        json_get_text(values, "lastName", name, sizeof(name), &ignored);
        json_get_text(values, "phoneNumber", phone, sizeof(phone), &ignored);
    }
    table_add(table,
              (const char *[]){start, location, code, in_words(trouble), name, phone});
    return true;
}

static bool
print_appointments(const char *body, struct error *error)
{
    struct json *root = json_parse(body, strlen(body), error);
    const struct json *list = json_member(root, "appointments");
    struct table *table = table_create(6);
    bool good = root != NULL && (list != NULL || error_set(error, ERROR_BAD_INPUT,
                                                           "has no appointments"));

    table_add(table,
              (const char *[]){"START", "LOCATION", "CODE", "WHY", "NAME", "PHONE"});
    for (const struct json *appointment = good ? json_first(list) : NULL;
         good && appointment != NULL; appointment = json_next(appointment))
    {
        good = add_appointment(table, appointment, error);
    }
    if (good && json_count(list) == 0) {
        puts("every appointment can go on as booked");
    } else if (good) {
        table_print(table);
    }
    table_destroy(table);
    json_destroy(root);
    return good || error_prefix(error, "the back office's answer");
}

static int
closure_affected_run(int argc, char **argv)
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
        return command_usage(&command_closure_affected);
    }
    body = backoffice_get(options, "/v1/appointments/affected", &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    if (json) {
        puts(body);
    } else {
        good = print_appointments(body, &error);
    }
    memory_wipe(body, strlen(body)); /* persons stand in it */
    free(body);
    return good ? COMMAND_DONE : command_fail(&error);
}

const struct command command_closure_affected = {
    .name = "closure affected",
    .arguments = BACKOFFICE_ARGUMENTS " [--format table|json]",
    .summary = "Appointments that can't go on as booked, with whom to call",
    .run = closure_affected_run,
};
