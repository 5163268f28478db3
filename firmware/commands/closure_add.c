#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "commands/closure.h"
#include "commands/ctl.h"

enum { DESK = OPTION_OWN, FROM, TO, REASON, OPTION_COUNT };

int
closure_say_affected(const char *body)
{
    struct error error = {0};
    struct json *root = json_parse(body, strlen(body), &error);
    int64_t affected = 0;
    bool good = root != NULL &&
                json_get_integer(root, "affected", 0, INT64_MAX, &affected, &error);

    json_destroy(root);
    if (!good) {
        error_prefix(&error, "the back office's answer");
        return command_fail(&error);
    }
    if (affected > 0) {
        printf("%" PRId64 " appointments can't go on as booked; "
               "`loketzuilctl closure affected` lists them\n",
               affected);
    }
    return COMMAND_DONE;
}

static void
write_text(struct json_writer *writer, const char *name, const char *text)
{
    json_write_name(writer, name);
    json_write_text(writer, text);
}

static struct json_writer *
body_of(const struct option_value *options, const char *location, long desk)
{
    struct json_writer *writer = json_writer_create();
    const char *from = options[FROM].value;

    json_write_object(writer);
    write_text(writer, "location", location);
    if (desk > 0) {
        json_write_name(writer, "desk");
        json_write_integer(writer, desk);
    }
    write_text(writer, "from", from);
    write_text(writer, "to", options[TO].value != NULL ? options[TO].value : from);
    write_text(writer, "reason",
               options[REASON].value != NULL ? options[REASON].value : "");
    json_write_end(writer);
    return writer;
}

static int
send(const struct option_value *options, const char *location, long desk)
{
    struct json_writer *writer = body_of(options, location, desk);
    struct error error = {0};
    size_t length;
    char *body = backoffice_ask(
        options,
        &(struct backoffice_question){.method = "POST",
                                      .path = "/v1/closures",
                                      .body = json_writer_text(writer, &length)},
        &error);
    int status;

    json_writer_destroy(writer);
    if (body == NULL) {
        return command_fail(&error);
    }
    status = closure_say_affected(body);
    free(body);
    return status;
}

static int
closure_add_run(int argc, char **argv)
{
    struct option_value options[OPTION_COUNT] = {
        BACKOFFICE_OPTIONS,
        [DESK] = {.name = "--desk"},
        [FROM] = {.name = "--from"},
        [TO] = {.name = "--to"},
        [REASON] = {.name = "--reason"},
    };
    const char *location = NULL;
    char *end = NULL;
    long desk = 0;

    if (!options_read(argc, argv, options, OPTION_COUNT, &location, 1) ||
        location == NULL || options[FROM].value == NULL || !options_name_staff(options))
    {
        return command_usage(&command_closure_add);
    }
    if (options[DESK].value != NULL) {
        desk = strtol(options[DESK].value, &end, 10);
        if (*end != '\0' || desk < 1) {
            return command_usage(&command_closure_add);
        }
    }
    return send(options, location, desk);
}

const struct command command_closure_add = {
    .name = "closure add",
    .arguments = "LOCATION --from DAY [--to DAY] [--desk NUMBER] [--reason "
                 "TEXT] " BACKOFFICE_ARGUMENTS,
    .summary = "Nothing can be booked then, there or at that desk; DAY is like "
               "2027-04-27, or 2027-04-27T13:00 by the clock there",
    .run = closure_add_run,
};
