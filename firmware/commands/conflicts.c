#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/ctl.h"
#include "commands/table.h"

enum { FORMAT = OPTION_OWN, OPTION_COUNT };

#define WHAT_BYTES 2048
#define TYPE_PREFIX "nl.burgerzaken.loketzuil."

static const struct listing {
    const char *path, *member, *kind, *nothing_more;
} listings[] = {
    {"/v1/conflicts", "conflicts", "conflict",
     "a copy of this kiosk's card was in use"},
    {"/v1/gaps", "gaps", "gap", "these events are lost"},
};
#define LISTING_COUNT (sizeof(listings) / sizeof(listings[0]))

/* "2 x aanvraag-gestart.v1 paspoort appointment", one after the other. */
static void
describe_counts(const struct json *counts, struct text *what)
{
    for (const struct json *row = json_first(counts); row != NULL; row = json_next(row))
    {
        char type[128] = "", product[64] = "", channel[32] = "";
        struct error ignored = {0};
        int64_t count = 0;

        json_get_text(row, "type", type, sizeof(type), &ignored);
        json_get_text(row, "product", product, sizeof(product), &ignored);
        json_get_text(row, "channel", channel, sizeof(channel), &ignored);
        json_get_integer(row, "count", 0, INT64_MAX, &count, &ignored);
        text_format(what, "%s%" PRId64 " x %s", what->length > 0 ? ", " : "", count,
                    text_starts_with(type, TYPE_PREFIX) ? type + strlen(TYPE_PREFIX)
                                                        : type);
        if (product[0] != '\0') {
            text_format(what, " %s", product);
        }
        if (channel[0] != '\0') {
            text_format(what, " %s", channel);
        }
    }
}

static bool
add_row(struct table *table, const struct listing *listing, const struct json *row,
        struct error *error)
{
    const struct json *counts = json_member(row, "counts");
    char kiosk[64], noted[64], events[64], bytes[WHAT_BYTES];
    struct text range = text_begin(events, sizeof(events));
    struct text what = text_begin(bytes, sizeof(bytes));
    int64_t first, last;

    if (!json_get_text(row, "kiosk", kiosk, sizeof(kiosk), error) ||
        !json_get_text(row, "noted_at", noted, sizeof(noted), error) ||
        !json_get_integer(row, "first", 1, INT64_MAX, &first, error) ||
        !json_get_integer(row, "last", first, INT64_MAX, &last, error))
    {
        return false;
    }
    text_format(&range, "%" PRId64 " to %" PRId64, first, last);
    if (counts != NULL && json_type(counts) == JSON_ARRAY) {
        describe_counts(counts, &what);
    }
    if (what.length == 0) {
        text_add(&what, listing->nothing_more);
    }
    table_add(table, (const char *[]){listing->kind, kiosk, noted, events, bytes});
    return true;
}

static bool
add_rows(struct table *table, const struct listing *listing, const char *body,
         size_t *count, struct error *error)
{
    struct json *root = json_parse(body, strlen(body), error);
    const struct json *list = json_member(root, listing->member);
    bool good = root != NULL &&
                (list != NULL ||
                 error_set(error, ERROR_BAD_INPUT, "has no %s", listing->member));

    for (const struct json *row = good ? json_first(list) : NULL; good && row != NULL;
         row = json_next(row))
    {
        good = add_row(table, listing, row, error);
        (*count)++;
    }
    json_destroy(root);
    return good || error_prefix(error, "the back office's answer");
}

static bool
print_bodies(char *const *bodies, struct error *error)
{
    struct table *table = table_create(5);
    size_t count = 0;
    bool good = true;

    table_add(table, (const char *[]){"KIND", "KIOSK", "NOTED", "EVENTS", "WHAT"});
    for (size_t i = 0; good && i < LISTING_COUNT; i++) {
        good = add_rows(table, &listings[i], bodies[i], &count, error);
    }
    if (good && count == 0) {
        puts("no conflicts and no gaps");
    } else if (good) {
        table_print(table);
    }
    table_destroy(table);
    return good;
}

static int
conflicts_run(int argc, char **argv)
{
    struct option_value options[OPTION_COUNT] = {
        BACKOFFICE_OPTIONS,
        [FORMAT] = {.name = "--format"},
    };
    char *bodies[LISTING_COUNT] = {NULL};
    struct error error = {0};
    bool json, good = true;

    if (!options_read(argc, argv, options, OPTION_COUNT, NULL, 0) ||
        !options_name_staff(options) || !format_read(options[FORMAT].value, &json))
    {
        return command_usage(&command_conflicts);
    }
    for (size_t i = 0; good && i < LISTING_COUNT; i++) {
        bodies[i] = backoffice_get(options, listings[i].path, &error);
        good = bodies[i] != NULL;
    }
    if (good && json) {
        printf("%s\n%s\n", bodies[0], bodies[1]);
    } else if (good) {
        good = print_bodies(bodies, &error);
    }
    for (size_t i = 0; i < LISTING_COUNT; i++) {
        free(bodies[i]);
    }
    return good ? COMMAND_DONE : command_fail(&error);
}

const struct command command_conflicts = {
    .name = "conflicts",
    .arguments = BACKOFFICE_ARGUMENTS " [--format table|json]",
    .summary = "Events that are not in the counts: of cards that lived twice, and lost "
               "ones; JSON is one object a line",
    .run = conflicts_run,
};
