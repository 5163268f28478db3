#include "base/memory.h"
#include "base/text.h"
#include "commands/list.h"

static const char *
in_words(const char *trouble)
{
    static const struct {
        const char *name, *words;
    } list[] = {
        {"location-gone", "the catalogue has no such place any more"},
        {"not-offered", "not by appointment there any more"},
        {"not-open", "outside opening hours"},
        {"location-closed", "the place is closed"},
        {"desk-gone", "the desk is gone"},
        {"desk-closed", "the desk is closed"},
        {"desk-limited", "the desk doesn't do this any more"},
    };

    for (size_t i = 0; i < sizeof(list) / sizeof(list[0]); i++) {
        if (text_equal(list[i].name, trouble)) {
            return list[i].words;
        }
    }
    return trouble;
}

static bool
add_appointment(struct table *table, const struct json *appointment,
                struct error *error)
{
    const struct json *values = json_member(appointment, "values");
    char start[40], location[64], code[16], trouble[40], name[300] = "",
                                                         phone[300] = "";
    struct error ignored = {0};

    if (!json_get_text(appointment, "start", start, sizeof(start), error) ||
        !json_get_text(appointment, "location", location, sizeof(location), error) ||
        !json_get_text(appointment, "code", code, sizeof(code), error) ||
        !json_get_text(appointment, "trouble", trouble, sizeof(trouble), error))
    {
        return false;
    }
    if (values != NULL) {
        json_get_text(values, "lastName", name, sizeof(name), &ignored);
        json_get_text(values, "phoneNumber", phone, sizeof(phone), &ignored);
    }
    table_add(table,
              (const char *[]){start, location, code, in_words(trouble), name, phone});
    return true;
}

static const struct list list = {
    .path = "/v1/appointments/affected",
    .name = "appointments",
    .heads = {"START", "LOCATION", "CODE", "WHY", "NAME", "PHONE"},
    .columns = 6,
    .add = add_appointment,
    .none = "every appointment can go on as booked",
};

static int
closure_affected_run(int argc, char **argv)
{
    return list_run(&command_closure_affected, &list, argc, argv);
}

const struct command command_closure_affected = {
    .name = "closure affected",
    .arguments = LIST_ARGUMENTS,
    .summary = "Appointments that can't go on as booked, with whom to call",
    .run = closure_affected_run,
};
