#include <stdlib.h>

#include "base/text.h"
#include "commands/ctl.h"

enum { MODE = OPTION_OWN, CAP, NOTE, OPTION_COUNT };

static struct json_writer *
body_of(const struct option_value *options, long cap)
{
    struct json_writer *writer = json_writer_create();

    json_write_object(writer);
    json_write_name(writer, "mode");
    json_write_text(writer, options[MODE].value);
    if (options[CAP].value != NULL) {
        json_write_name(writer, "cap");
        json_write_integer(writer, cap);
    }
    json_write_name(writer, "note");
    json_write_text(writer, options[NOTE].value != NULL ? options[NOTE].value : "");
    json_write_end(writer);
    return writer;
}

static int
send(const struct option_value *options, const char *location, long cap)
{
    struct json_writer *writer;
    char path[256];
    struct text target = text_begin(path, sizeof(path));
    struct error error = {0};
    size_t length;
    char *body;

    text_add(&target, "/v1/queue/rules/");
    text_add_escaped(&target, location);
    writer = body_of(options, cap);
    body = backoffice_ask(
        options,
        &(struct backoffice_question){
            .method = "PUT", .path = path, .body = json_writer_text(writer, &length)},
        &error);
    json_writer_destroy(writer);
    if (body == NULL) {
        return command_fail(&error);
    }
    free(body);
    return COMMAND_DONE;
}

static int
queue_set_run(int argc, char **argv)
{
    struct option_value options[OPTION_COUNT] = {
        BACKOFFICE_OPTIONS,
        [MODE] = {.name = "--mode"},
        [CAP] = {.name = "--cap"},
        [NOTE] = {.name = "--note"},
    };
    const char *location = NULL;
    char *end = NULL;
    long cap = 0;

    if (!options_read(argc, argv, options, OPTION_COUNT, &location, 1) ||
        location == NULL || options[MODE].value == NULL || !options_name_staff(options))
    {
        return command_usage(&command_queue_set);
    }
    if (options[CAP].value != NULL) {
        cap = strtol(options[CAP].value, &end, 10);
        if (*end != '\0' || end == options[CAP].value || cap < 0) {
            return command_usage(&command_queue_set);
        }
    }
    return send(options, location, cap);
}

const struct command command_queue_set = {
    .name = "queue set",
    .arguments = "LOCATION --mode open|closed|unused [--cap NUMBER] [--note "
                 "TEXT] " BACKOFFICE_ARGUMENTS,
    .summary = "Whether walk-ins get numbers there, and how many a day",
    .details =
        "open: while the location is open; closed: none for walk-ins until it is "
        "set\nopen again; unused: nobody calls numbers there, so who checks in "
        "gets none\neither. Without --cap as many as come. The note is what a "
        "citizen reads, in Dutch,\nwhen there is no number.",
    .run = queue_set_run,
};
