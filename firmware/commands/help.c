#include <stdio.h>
#include <string.h>

#include "commands/command.h"

static int
usage_width(const struct command *command)
{
    return (int)(strlen(command->name) + 1 + strlen(command->arguments));
}

static int
help_run(int argc, char **argv)
{
    int words = 0;

    if (argc > 0) {
        const struct command *command = command_find(argc, argv, &words);

        if (command == NULL || words != argc) {
            return command_usage(&command_help);
        }
        command_print_help(command);
        return COMMAND_DONE;
    }
    printf("use: loketzuilctl COMMAND …\n\n");
    for (const struct command *const *command = commands; *command != NULL; command++) {
        int width = usage_width(*command);

        /* The summary goes below a usage that is too long to stand beside it. */
        printf("  %s %s%s%*s%s\n", (*command)->name, (*command)->arguments,
               width > 36 ? "\n  " : "", width > 36 ? 38 : 38 - width, "",
               (*command)->summary);
    }
    return COMMAND_DONE;
}

const struct command command_help = {
    .name = "help",
    .arguments = "[COMMAND]",
    .summary = "This list, or how one command is used",
    .run = help_run,
};
