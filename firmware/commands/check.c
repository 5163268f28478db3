#include <stdio.h>
#include <stdlib.h>

#include "base/file.h"
#include "base/text.h"
#include "catalogue/catalogue_check.h"
#include "catalogue/catalogue_store.h"
#include "commands/ctl.h"

/* Enough to start mending; a misspelt field in every product fills a terminal. */
#define SHOWN_MAX 20

struct check_options {
    const char *path;
    bool all, strict;
};

static bool
parse_options(int argc, char **argv, struct check_options *options)
{
    *options = (struct check_options){0};
    for (int i = 0; i < argc; i++) {
        if (text_equal(argv[i], "--all")) {
            options->all = true;
        } else if (text_equal(argv[i], "--strict")) {
            options->strict = true;
        } else if (options->path == NULL && argv[i][0] != '-') {
            options->path = argv[i];
        } else {
            return false;
        }
    }
    return options->path != NULL;
}

static void
print_list(const struct check_options *options,
           const struct catalogue_problems *problems, bool advice)
{
    size_t total = advice ? problems->advice_count : problems->wrong_count;
    size_t shown = 0;

    for (size_t i = 0; i < problems->count; i++) {
        const struct catalogue_problem *problem = &problems->list[i];

        if (problem->advice == advice && (options->all || shown < SHOWN_MAX)) {
            printf("%s:%d: %s%s\n", options->path, problem->line,
                   advice ? "advice: " : "", problem->sentence);
            shown++;
        }
    }
    if (shown < total) {
        printf("… and %zu more%s\n", total - shown,
               options->all ? "" : " (--all shows them)");
    }
}

static void
print_count(size_t count, const char *one, const char *many, const char *end)
{
    printf("%zu %s%s", count, count == 1 ? one : many, end);
}

static void
print_in_order(const char *path, const struct catalogue *catalogue)
{
    printf("%s: in order: ", path);
    print_count(catalogue->product_count, "product", "products", ", ");
    print_count(catalogue->event_count, "life event", "life events", ", ");
    print_count(catalogue->location_count, "location", "locations", "");
    printf(" (version %s)\n", catalogue->version);
}

static int
check_run(int argc, char **argv)
{
    struct check_options options;
    struct catalogue_problems problems;
    struct catalogue *catalogue;
    struct error error;
    size_t length;
    char *text;
    bool good;

    if (!parse_options(argc, argv, &options)) {
        return command_usage(&command_check);
    }
    text = file_read(options.path, CATALOGUE_BYTES_MAX, &length, &error);
    if (text == NULL) {
        return command_fail(&error);
    }
    catalogue = catalogue_check(text, length, true, &problems);
    free(text);
    print_list(&options, &problems, false);
    print_list(&options, &problems, true);
    if (problems.advice_count > 0) {
        print_count(problems.advice_count, "piece of advice", "pieces of advice", "\n");
    }
    if (catalogue == NULL) {
        print_count(problems.wrong_count, "problem", "problems", "\n");
    } else {
        print_in_order(options.path, catalogue);
    }
    good = catalogue != NULL && (!options.strict || problems.advice_count == 0);
    catalogue_destroy(catalogue);
    catalogue_problems_finish(&problems);
    return good ? COMMAND_DONE : COMMAND_FAILED;
}

const struct command command_check = {
    .name = "check",
    .arguments = "FILE [--all] [--strict]",
    .summary = "Say what is wrong with a catalogue, by line and field",
    .run = check_run,
};
