#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "base/text.h"
#include "commands/command.h"

/* The technician's and operator's command line: finds the command and runs it. */

/*
 * No file or connection takes the place of a stream that is closed: what is printed
 * would go there. Standard output stays one that can't be written.
 */
static void
keep_places(void)
{
    while (true) {
        int place = open("/dev/null", O_RDONLY);

        if (place < 0 || place > STDERR_FILENO) {
            close(place);
            return;
        }
    }
}

/* What was printed is a file somebody relies on: half of it is no success. */
static int
finish(int status)
{
    bool printed = ferror(stdout) == 0 && fflush(stdout) == 0;

    if (!printed) {
        fprintf(stderr, "Not everything could be written: %s.\n", strerror(errno));
    }
    return printed || status != COMMAND_DONE ? status : COMMAND_FAILED;
}

int
main(int argc, char **argv)
{
    int words = 0;
    const struct command *command = command_find(argc - 1, argv + 1, &words);

    keep_places();
    if (argc == 2 && (text_equal(argv[1], "--help") || text_equal(argv[1], "-h"))) {
        return command_help.run(0, NULL);
    }
    if (command == NULL) {
        if (argc > 1) {
            fprintf(stderr, "loketzuilctl: there is no command \"%s\"\n", argv[1]);
        }
        fprintf(stderr, "use: loketzuilctl COMMAND …; loketzuilctl help lists them\n");
        return COMMAND_MISUSED;
    }
    return finish(command->run(argc - 1 - words, argv + 1 + words));
}
