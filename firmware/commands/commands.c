#include "commands/command.h"

#include <stdio.h>
#include <string.h>

#include "base/text.h"

#define COMMAND_ROW(name) &command_##name,
const struct command *const commands[] = {COMMANDS(COMMAND_ROW) NULL};
#undef COMMAND_ROW

/* How many of the words spell `name`; 0 when they do not. */
static int
words_matching(const char *name, int argc, char **argv)
{
    int words = 0;

    while (words < argc && text_starts_with(name, argv[words])) {
        name += strlen(argv[words++]);
        if (*name == '\0') {
            return words;
        }
        if (*name++ != ' ') {
            return 0;
        }
    }
    return 0;
}

const struct command *
command_find(int argc, char **argv, int *words)
{
    for (const struct command *const *command = commands; *command != NULL; command++) {
        *words = words_matching((*command)->name, argc, argv);
        if (*words > 0) {
            return *command;
        }
    }
    return NULL;
}

void
command_print_help(const struct command *command)
{
    printf("use: loketzuilctl %s %s\n%s.\n", command->name, command->arguments,
           command->summary);
    if (command->details != NULL) {
        printf("\n%s", command->details);
    }
}

int
command_usage(const struct command *command)
{
    fprintf(stderr, "use: loketzuilctl %s %s\n", command->name, command->arguments);
    return COMMAND_MISUSED;
}
