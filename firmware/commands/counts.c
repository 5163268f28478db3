#include <stdio.h>
#include <stdlib.h>

#include "base/text.h"
#include "commands/ctl.h"

enum {
    FORMAT = OPTION_OWN,
    EXACT,
    APPOINTMENTS,
    NUMBERS,
    SCREENS,
    FROM,
    TO,
    OPTION_COUNT
};

static int
counts_run(int argc, char **argv)
{
    struct option_value options[OPTION_COUNT] = {
        BACKOFFICE_OPTIONS,
        [FORMAT] = {.name = "--format"},
        [EXACT] = {.name = "--exact", .flag = true},
        [APPOINTMENTS] = {.name = "--appointments", .flag = true},
        [NUMBERS] = {.name = "--numbers", .flag = true},
        [SCREENS] = {.name = "--screens", .flag = true},
        [FROM] = {.name = "--from"},
        [TO] = {.name = "--to"},
    };
    char path[256];
    struct text text = text_begin(path, sizeof(path));
    struct error error = {0};
    char *body;

    if (!options_read(argc, argv, options, OPTION_COUNT, NULL, 0) ||
        options[OPTION_BACKOFFICE].value == NULL ||
        (options[EXACT].value != NULL) + (options[APPOINTMENTS].value != NULL) +
                (options[NUMBERS].value != NULL) + (options[SCREENS].value != NULL) !=
            (options[OPTION_TOKEN_FILE].value != NULL))
    {
        return command_usage(&command_counts);
    }
    text_format(&text, "/v1/%scounts?format=%s%s",
                options[APPOINTMENTS].value != NULL ? "appointments/"
                : options[NUMBERS].value != NULL    ? "queue/"
                : options[SCREENS].value != NULL    ? "screens/"
                                                    : "",
                options[FORMAT].value != NULL ? options[FORMAT].value : "csv",
                options[EXACT].value != NULL ? "&exact=1" : "");
    if (options[FROM].value != NULL) {
        text_format(&text, "&from=%s", options[FROM].value);
    }
    if (options[TO].value != NULL) {
        text_format(&text, "&to=%s", options[TO].value);
    }
    if (text.truncated) {
        return command_usage(&command_counts);
    }
    body = backoffice_get(options, path, &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    fputs(body, stdout);
    free(body);
    return COMMAND_DONE;
}

const struct command command_counts = {
    .name = "counts",
    .arguments = "--backoffice URL [--ca-file FILE] [--format csv|json]"
                 " [(--exact | --appointments | --numbers | --screens) --token-file "
                 "FILE [--from DATE]"
                 " [--to DATE]]",
    .summary =
        "What was counted: rounded tables, or exact ones for staff; with "
        "--appointments who came, was missed or cancelled; with --numbers how it "
        "went at the desks; with --screens where visits ended and touches missed",
    .run = counts_run,
};
