#include "commands/appointment_answer.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

struct ask {
    const struct appointment_request *request;
    const struct appointment_operations *operations;
    void *maker;
    const struct zone *zone;
    struct appointment_outcome *outcome;
};

/* --- lines ------------------------------------------------------------------------ */

static void
write_text(struct json_writer *line, const char *name, const char *text)
{
    json_write_name(line, name);
    json_write_text(line, text);
}

/* As the clock on the wall shows it there. */
static void
write_instant(const struct ask *ask, struct json_writer *line, const char *name,
              const char *location, int64_t instant)
{
    const struct zone *zone = ask->operations->zone != NULL
                                  ? ask->operations->zone(ask->maker, location)
                                  : NULL;
    char text[TIME_TEXT_BYTES];

    text[0] = '\0'; /* not known */
    if (instant != TIME_NONE) {
        instant_format(zone != NULL ? zone : ask->zone, instant, text);
    }
    write_text(line, name, text);
}

static struct json_writer *
line_begin(void)
{
    struct json_writer *line = json_writer_create();

    json_write_object(line);
    return line;
}

static void
line_end(struct json_writer *line)
{
    size_t length;

    json_write_end(line);
    puts(json_writer_text(line, &length));
    json_writer_destroy(line);
}

static const char *
state_name(enum appointment_state state)
{
    static const char *const names[] = {
        [APPOINTMENT_BOOKED] = "booked",
        [APPOINTMENT_ARRIVED] = "arrived",
        [APPOINTMENT_CANCELLED] = "cancelled",
        [APPOINTMENT_MISSED] = "missed",
    };

    return names[state];
}

static void
print_appointment(const struct ask *ask, const struct appointment *appointment,
                  bool with_state)
{
    struct json_writer *line = line_begin();

    write_text(line, "id", appointment->id);
    write_instant(ask, line, "start", appointment->location, appointment->start);
    write_instant(ask, line, "end", appointment->location, appointment->end);
    write_text(line, "check_in", appointment->check_in);
    if (with_state) {
        write_text(line, "state", state_name(appointment->state));
    }
    line_end(line);
}

/* --- asking ----------------------------------------------------------------------- */

static bool
answer_products(const struct ask *ask, struct error *error)
{
    struct appointment_product *list;
    size_t count;

    if (!ask->operations->products(ask->maker, &ask->request->wish, &list, &count,
                                   error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct json_writer *line = line_begin();

        write_text(line, "id", list[i].id);
        write_text(line, "name", list[i].name);
        json_write_name(line, "minutes");
        json_write_integer(line, list[i].minutes);
        line_end(line);
    }
    free(list);
    return true;
}

static bool
answer_locations(const struct ask *ask, struct error *error)
{
    struct appointment_location *list;
    size_t count;

    if (!ask->operations->locations(ask->maker, &ask->request->wish, &list, &count,
                                    error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct json_writer *line = line_begin();

        write_text(line, "id", list[i].id);
        write_text(line, "name", list[i].name);
        write_text(line, "street", list[i].street);
        write_text(line, "postcode", list[i].postcode);
        write_text(line, "city", list[i].city);
        line_end(line);
    }
    free(list);
    return true;
}

/* Days with room; of some systems it is not known how much. */
static bool
answer_days(const struct ask *ask, struct error *error)
{
    struct appointment_day *list;
    size_t count;

    if (!ask->operations->days(ask->maker, &ask->request->wish, ask->request->from,
                               ask->request->to, &list, &count, error))
    {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        if (!list[i].closed && list[i].free != 0) {
            struct json_writer *line = line_begin();
            char text[TIME_TEXT_BYTES];

            date_format(list[i].date, text);
            write_text(line, "date", text);
            line_end(line);
        }
    }
    free(list);
    return true;
}

static bool
answer_times(const struct ask *ask, struct error *error)
{
    struct appointment_time *list;
    size_t count;

    if (!ask->operations->times(ask->maker, &ask->request->wish, ask->request->date,
                                &list, &count, error))
    {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct json_writer *line = line_begin();

        write_instant(ask, line, "start", ask->request->wish.location, list[i].start);
        line_end(line);
    }
    free(list);
    return true;
}

static bool
answer_duration(const struct ask *ask, struct error *error)
{
    struct json_writer *line;
    int minutes;

    if (!ask->operations->minutes(ask->maker, &ask->request->wish, ask->request->date,
                                  &minutes, error))
    {
        return false;
    }
    line = line_begin();
    json_write_name(line, "minutes");
    json_write_integer(line, minutes);
    line_end(line);
    return true;
}

static bool
answer_fields(const struct ask *ask, struct error *error)
{
    static const char *const states[] = {
        [APPOINTMENT_FIELD_HIDDEN] = "hidden",
        [APPOINTMENT_FIELD_OPTIONAL] = "optional",
        [APPOINTMENT_FIELD_REQUIRED] = "required",
    };
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    size_t count;

    if (!ask->operations->fields(ask->maker, &ask->request->wish, fields, &count,
                                 error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        struct json_writer *line = line_begin();

        write_text(line, "field", fields[i].name);
        write_text(line, "state", states[fields[i].state]);
        line_end(line);
    }
    return true;
}

/* --- one appointment ----------------------------------------------------------------
 */

static const struct appointment_value *
value_of(const struct appointment_request *request, const char *name)
{
    for (size_t i = 0; i < request->value_count; i++) {
        if (text_equal(request->values[i].name, name)) {
            return &request->values[i];
        }
    }
    return NULL;
}

static bool
is_asked_for(const struct appointment_field *fields, size_t count, const char *name)
{
    for (size_t i = 0; i < count; i++) {
        if (text_equal(fields[i].name, name)) {
            return true;
        }
    }
    return false;
}

static int
characters_in(const char *text)
{
    int count = 0;

    while (text_next(&text) != 0) {
        count++;
    }
    return count;
}

/* Is everything there that is required, and nothing that nobody asks for? */
static bool
check_values(const struct ask *ask, struct error *error)
{
    const struct appointment_request *request = ask->request;
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    size_t count;

    if (!ask->operations->fields(ask->maker, &request->wish, fields, &count, error)) {
        return false;
    }
    for (size_t i = 0; i < count; i++) {
        const struct appointment_value *value = value_of(request, fields[i].name);

        if (fields[i].state == APPOINTMENT_FIELD_REQUIRED &&
            (value == NULL || value->value[0] == '\0'))
        {
            return error_set(error, ERROR_REFUSED, "the field %s is required",
                             fields[i].name);
        }
        if (value != NULL && characters_in(value->value) > fields[i].length_max) {
            return error_set(error, ERROR_REFUSED,
                             "the field %s may have %d characters at most",
                             fields[i].name, fields[i].length_max);
        }
    }
    for (size_t i = 0; i < request->value_count; i++) {
        if (!is_asked_for(fields, count, request->values[i].name)) {
            return error_set(error, ERROR_REFUSED, "there is no field %s",
                             request->values[i].name);
        }
    }
    return true;
}

/* A booking whose answer was lost is asked for by its key, where there are keys. */
static bool
book(const struct ask *ask, const struct appointment_booking *booking,
     struct appointment *appointment, struct error *error)
{
    struct error ignored = {0};

    if (ask->operations->book(ask->maker, booking, appointment, error)) {
        return true;
    }
    return error->kind == ERROR_UNCERTAIN && ask->operations->find_key != NULL &&
           ask->operations->find_key(ask->maker, booking->key, appointment, &ignored) &&
           appointment->state != APPOINTMENT_CANCELLED;
}

static bool
answer_book(const struct ask *ask, struct error *error)
{
    const struct appointment_request *request = ask->request;
    struct appointment_booking booking = {.wish = request->wish,
                                          .start = request->start};
    struct appointment appointment = {.start = 0};
    bool good;

    if (!check_values(ask, error)) {
        return false;
    }
    appointment_key_make(booking.key);
    for (size_t i = 0; i < request->value_count; i++) {
        if (request->values[i].value[0] != '\0') {
            booking.values[booking.value_count++] = request->values[i];
        }
    }
    good = book(ask, &booking, &appointment, error);
    memory_wipe(&booking, sizeof(booking));
    if (good) {
        text_copy(ask->outcome->made, sizeof(ask->outcome->made), appointment.id);
        print_appointment(ask, &appointment, false);
    }
    return good;
}

static bool
answer_show(const struct ask *ask, struct error *error)
{
    struct appointment appointment = {.start = 0};

    if (!ask->operations->show(ask->maker, ask->request->id, &appointment, error)) {
        return false;
    }
    print_appointment(ask, &appointment, true);
    return true;
}

/*
 * What was cancelled before is not cancelled again: it is as asked. A system that
 * can't show it may still be able to cancel it; then its times are not known.
 */
static bool
answer_cancel(const struct ask *ask, struct error *error)
{
    const char *id = ask->request->id;
    struct appointment appointment = {.start = TIME_NONE, .end = TIME_NONE};
    bool shown = ask->operations->show(ask->maker, id, &appointment, error);
    struct error ignored = {0};

    if (!shown && error->kind == ERROR_OFFLINE) {
        return false;
    }
    if (!shown) {
        appointment = (struct appointment){.start = TIME_NONE, .end = TIME_NONE};
        text_copy(appointment.id, sizeof(appointment.id), id);
    }
    if (appointment.state != APPOINTMENT_CANCELLED &&
        !ask->operations->cancel(ask->maker, id, shown ? error : &ignored))
    {
        return false; /* unknown, as it was said first */
    }
    appointment.state = APPOINTMENT_CANCELLED;
    print_appointment(ask, &appointment, true);
    return true;
}

static bool
answer_move(const struct ask *ask, struct error *error)
{
    struct appointment_moved moved = {.old_stands = false};
    char key[APPOINTMENT_KEY_BYTES];

    if (ask->operations->move == NULL) {
        return error_set(error, ERROR_REFUSED,
                         "nothing can be moved here: book the other time, then cancel "
                         "this one");
    }
    appointment_key_make(key);
    if (!ask->operations->move(ask->maker, ask->request->id, key, ask->request->start,
                               &moved, error))
    {
        return false;
    }
    text_copy(ask->outcome->made, sizeof(ask->outcome->made), moved.appointment.id);
    ask->outcome->old_stands = moved.old_stands;
    print_appointment(ask, &moved.appointment, true);
    return true;
}

bool
appointment_answer(const struct appointment_request *request,
                   const struct appointment_client *client, const struct zone *zone,
                   struct appointment_outcome *outcome, struct error *error)
{
    static bool (*const answers[APPOINTMENT_VERB_COUNT])(const struct ask *ask,
                                                         struct error *error) = {
        [APPOINTMENT_VERB_PRODUCTS] = answer_products,
        [APPOINTMENT_VERB_LOCATIONS] = answer_locations,
        [APPOINTMENT_VERB_DAYS] = answer_days,
        [APPOINTMENT_VERB_TIMES] = answer_times,
        [APPOINTMENT_VERB_DURATION] = answer_duration,
        [APPOINTMENT_VERB_FIELDS] = answer_fields,
        [APPOINTMENT_VERB_BOOK] = answer_book,
        [APPOINTMENT_VERB_SHOW] = answer_show,
        [APPOINTMENT_VERB_CANCEL] = answer_cancel,
        [APPOINTMENT_VERB_MOVE] = answer_move,
    };
    const struct ask ask = {request, client->operations, client->maker, zone, outcome};

    *outcome = (struct appointment_outcome){.old_stands = false};
    return answers[request->verb](&ask, error);
}
