#include <inttypes.h>
#include <string.h>

#include "base/text.h"
#include "commands/list.h"

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

static const struct list list = {
    .path = "/v1/errands",
    .name = "errands",
    .heads = {"KEY", "LOCATION", "KIOSK", "ASKED", "SPEAKS", "WHAT"},
    .columns = 6,
    .add = add_errand,
    .none = "nobody waits",
};

static int
errand_list_run(int argc, char **argv)
{
    return list_run(&command_errand_list, &list, argc, argv);
}

const struct command command_errand_list = {
    .name = "errand list",
    .arguments = LIST_ARGUMENTS,
    .summary = "Who wants to be called back, and where help is wanted; it takes the "
               "token of an editor",
    .run = errand_list_run,
};
