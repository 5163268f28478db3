#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/text.h"
#include "commands/ctl.h"
#include "commands/table.h"

enum { FORMAT = OPTION_OWN, OPTION_COUNT };

#define WHAT_BYTES 256

/* "2027-05-03T14:05:00+02:00" as people read it: "2027-05-03 14:05". */
static void
add_moment(struct text *target, const char *instant)
{
    text_add_bytes(target, instant, strnlen(instant, 10));
    if (strlen(instant) > 16) {
        text_add(target, " ");
        text_add_bytes(target, instant + 11, 5);
    }
}

/* "call 0612345678, 2027-05-04 09:00 to 2027-05-04 12:00, about paspoort" */
static bool
describe_call_back(const struct json *errand, struct text *what, struct error *error)
{
    char phone[32], from[40], until[40], product[64];

    if (!json_get_text(errand, "phone", phone, sizeof(phone), error) ||
        !json_get_text(errand, "from", from, sizeof(from), error) ||
        !json_get_text(errand, "until", until, sizeof(until), error) ||
        !json_get_text(errand, "product", product, sizeof(product), error))
    {
        return false;
    }
    text_format(what, "call %s, ", phone);
    add_moment(what, from);
    text_add(what, " to ");
    add_moment(what, until);
    if (product[0] != '\0') {
        text_format(what, ", about %s", product);
    }
    return true;
}

static bool
describe(const struct json *errand, struct text *what, struct error *error)
{
    char kind[32];
    bool unreadable;
    int64_t calls;

    if (!json_get_text(errand, "kind", kind, sizeof(kind), error) ||
        !json_get_boolean(errand, "unreadable", &unreadable, error))
    {
        return false;
    }
    if (unreadable) {
        text_add(what, "can't be read: sealed for a key that is gone");
        return true;
    }
    if (!text_equal(kind, "help")) {
        return describe_call_back(errand, what, error);
    }
    if (!json_get_integer(errand, "calls", 1, INT64_MAX, &calls, error)) {
        return false;
    }
    text_format(what, "come and help, called %" PRId64 " x", calls);
    return true;
}

static bool
add_errand(struct table *table, const struct json *errand, struct error *error)
{
    const char *asked =
        json_member(errand, "asked_at") != NULL ? "asked_at" : "received_at";
    char key[64], kiosk[64], location[64], instant[40], language[8] = "";
    char what_bytes[WHAT_BYTES], when_bytes[32];
    struct text what = text_begin(what_bytes, sizeof(what_bytes));
    struct text when = text_begin(when_bytes, sizeof(when_bytes));

    if (!json_get_text(errand, "key", key, sizeof(key), error) ||
        !json_get_text(errand, "kiosk", kiosk, sizeof(kiosk), error) ||
        !json_get_text(errand, "location", location, sizeof(location), error) ||
        !json_get_text(errand, asked, instant, sizeof(instant), error) ||
        (json_member(errand, "language") != NULL &&
         !json_get_text(errand, "language", language, sizeof(language), error)) ||
        !describe(errand, &what, error))
    {
        return false;
    }
    add_moment(&when, instant);
    table_add(table,
              (const char *[]){key, location, kiosk, when_bytes, language, what_bytes});
    return true;
}

static bool
print_errands(const char *body, struct error *error)
{
    struct json *root = json_parse(body, strlen(body), error);
    const struct json *list = json_member(root, "errands");
    struct table *table = table_create(6);
    bool good = root != NULL &&
                (list != NULL || error_set(error, ERROR_BAD_INPUT, "has no errands"));

    table_add(table,
              (const char *[]){"KEY", "LOCATION", "KIOSK", "ASKED", "SPEAKS", "WHAT"});
    for (const struct json *errand = good ? json_first(list) : NULL;
         good && errand != NULL; errand = json_next(errand))
    {
        good = add_errand(table, errand, error);
    }
    if (good && json_count(list) == 0) {
        puts("nobody waits");
    } else if (good) {
        table_print(table);
    }
    table_destroy(table);
    json_destroy(root);
    return good || error_prefix(error, "the back office's answer");
}

static int
errand_list_run(int argc, char **argv)
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
        return command_usage(&command_errand_list);
    }
    body = backoffice_get(options, "/v1/errands", &error);
    if (body == NULL) {
        return command_fail(&error);
    }
    if (json) {
        puts(body);
    } else {
        good = print_errands(body, &error);
    }
    free(body);
    return good ? COMMAND_DONE : command_fail(&error);
}

const struct command command_errand_list = {
    .name = "errand list",
    .arguments = BACKOFFICE_ARGUMENTS " [--format table|json]",
    .summary = "Who wants to be called back, and where help is wanted; it takes the "
               "token of an editor",
    .run = errand_list_run,
};
