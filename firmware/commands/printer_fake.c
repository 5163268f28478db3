#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/ctl.h"
#include "device/printer_fake.h"

enum { PORT, FOLDER, PLAY, WIDTH, OPTION_COUNT };

#define LINE_BYTES 80

static bool
read_port(const char *text, int *port)
{
    char *end;
    long number = strtol(text, &end, 10);

    *port = (int)number;
    return text[0] != '\0' && *end == '\0' && number >= 0 && number <= 65535;
}

static void
print_plays(void)
{
    printf("It can play:");
    for (size_t i = 0; printer_fake_name(i) != NULL; i++) {
        printf(" %s", printer_fake_name(i));
    }
    printf("\n");
    fflush(stdout);
}

static void
play(struct printer_fake *fake, const char *name)
{
    const struct printer_fake_play *found = printer_fake_play_of(name);
    char last[PRINTER_PATH_BYTES];
    int tickets;

    if (found == NULL) {
        print_plays();
        return;
    }
    printer_fake_set(fake, found);
    tickets = printer_fake_tickets(fake, last);
    printf("%s; %d printed%s%s\n", name, tickets, last[0] != '\0' ? ", the last " : "",
           last);
    fflush(stdout);
}

static int
serve(const struct printer_fake_options *options, const char *name)
{
    struct error error = {.kind = ERROR_NONE};
    struct printer_fake *fake = printer_fake_start(options, &error);
    char line[LINE_BYTES];

    if (fake == NULL) {
        return command_fail(&error);
    }
    printf("listening on 127.0.0.1:%d\n", printer_fake_port(fake));
    play(fake, name);
    while (fgets(line, sizeof(line), stdin) != NULL) {
        line[strcspn(line, "\r\n")] = '\0';
        play(fake, line);
    }
    printer_fake_stop(fake);
    return COMMAND_DONE;
}

static int
printer_fake_run(int argc, char **argv)
{
    struct option_value options[OPTION_COUNT] = {
        [PORT] = {.name = "--port"},
        [FOLDER] = {.name = "--folder"},
        [PLAY] = {.name = "--play"},
        [WIDTH] = {.name = "--width"},
    };
    struct printer_fake_options fake = {
        .port = 9100, .maker = "LOKETZUIL", .model = "fake", .knife = true};
    const char *name;

    if (!options_read(argc, argv, options, OPTION_COUNT, NULL, 0) ||
        (options[PORT].value != NULL && !read_port(options[PORT].value, &fake.port)) ||
        (options[WIDTH].value != NULL && !text_equal(options[WIDTH].value, "80") &&
         !text_equal(options[WIDTH].value, "58")))
    {
        return command_usage(&command_printer_fake);
    }
    name = options[PLAY].value != NULL ? options[PLAY].value : "ok";
    if (printer_fake_play_of(name) == NULL) {
        fprintf(stderr, "A printer can't play \"%s\".\n", name);
        return command_usage(&command_printer_fake);
    }
    fake.folder = options[FOLDER].value;
    fake.roll_mm =
        options[WIDTH].value != NULL && text_equal(options[WIDTH].value, "58") ? 58
                                                                               : 80;
    return serve(&fake, name);
}

const struct command command_printer_fake = {
    .name = "printer fake",
    .arguments = "[--port 0-65535] [--folder FOLDER] [--play NAME] [--width 80|58]",
    .summary = "A receipt printer that is not there, for trying",
    .details =
        "Listens on 127.0.0.1, port 9100 when none is given (0: any that is free),"
        " and says where.\nAnything can print on it; with a folder, every ticket"
        " is kept there as a picture.\nEach line that is typed is what it plays"
        " from then on: ok, cover-open, out-of-paper, …;\nan empty line lists"
        " them. It ends at the end of its input.\n",
    .run = printer_fake_run,
};
