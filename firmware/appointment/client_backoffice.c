#include "appointment/backoffice.h"

#include <stdlib.h>
#include <string.h>

#include "backoffice_ask.h"
#include "base/backoffice_call.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

#define FIND_BYTES_MAX 1000 /* more than any ticket has */

static struct json_writer *
body_of(const struct appointment_booking *booking, bool with_values)
{
    struct json_writer *writer = json_writer_create();
    char start[TIME_TEXT_BYTES];

    instant_format(NULL, booking->start, start);
    json_write_object(writer);
    json_write_name(writer, "key");
    json_write_text(writer, booking->key);
    json_write_name(writer, "location");
    json_write_text(writer, booking->wish.location);
    json_write_name(writer, "start");
    json_write_text(writer, start);
    json_write_name(writer, "items");
    json_write_array(writer);
    for (size_t i = 0; i < booking->wish.item_count; i++) {
        json_write_object(writer);
        json_write_name(writer, "product");
        json_write_text(writer, booking->wish.items[i].product);
        json_write_name(writer, "persons");
        json_write_integer(writer, booking->wish.items[i].persons);
        json_write_end(writer);
    }
    json_write_end(writer);
    if (with_values) {
        json_write_name(writer, "values");
        json_write_object(writer);
        for (size_t i = 0; i < booking->value_count; i++) {
            json_write_name(writer, booking->values[i].name);
            json_write_text(writer, booking->values[i].value);
        }
        json_write_end(writer);
    }
    json_write_end(writer);
    return writer;
}

/* What the back office does not tell to everybody who asks. */
static bool
read_optional(const struct json *root, const char *name, char *target, size_t size,
              struct error *error)
{
    return json_member(root, name) == NULL ||
           json_get_text(root, name, target, size, error);
}

static bool
read_hours(const struct json *root, struct appointment *appointment,
           struct error *error)
{
    return json_member(root, "arrive_from") == NULL ||
           (json_get_instant(root, "arrive_from", &appointment->arrive_from, error) &&
            json_get_instant(root, "arrive_until", &appointment->arrive_until, error));
}

/* Where numbers are called, once arrived. */
static bool
read_turn(const struct json *root, struct appointment *appointment, struct error *error)
{
    const struct json *turn = json_member(root, "turn");

    return read_optional(root, "number", appointment->number,
                         sizeof(appointment->number), error) &&
           (turn == NULL || json_type(turn) == JSON_NULL ||
            json_get_instant(root, "turn", &appointment->turn, error));
}

/* Whoever does not tell what it is for leaves `items` out. */
static bool
read_items(const struct json *root, struct appointment *appointment,
           struct error *error)
{
    const struct json *items = json_member(root, "items");

    if (items == NULL) {
        return true;
    }
    if (json_type(items) != JSON_ARRAY || json_count(items) > APPOINTMENT_ITEMS_MAX) {
        return error_set(error, ERROR_BAD_INPUT, "items: must be a list of at most %d",
                         APPOINTMENT_ITEMS_MAX);
    }
    for (const struct json *value = json_first(items); value != NULL;
         value = json_next(value))
    {
        struct appointment_item *item = &appointment->items[appointment->item_count++];
        int64_t persons;

        if (!json_get_text(value, "product", item->product, sizeof(item->product),
                           error) ||
            !json_get_integer(value, "persons", 1, APPOINTMENT_PERSONS_MAX, &persons,
                              error))
        {
            return error_prefix(error, "items");
        }
        item->persons = (int)persons;
    }
    return true;
}

static bool
read_appointment(const struct json *root, struct appointment *appointment,
                 struct error *error)
{
    static const char *const names[] = {
        [APPOINTMENT_BOOKED] = "booked",
        [APPOINTMENT_ARRIVED] = "arrived",
        [APPOINTMENT_CANCELLED] = "cancelled",
        [APPOINTMENT_MISSED] = "missed",
    };
    char state[16];

    memset(appointment, 0, sizeof(*appointment));
    if (!json_get_text(root, "id", appointment->id, sizeof(appointment->id), error) ||
        !json_get_instant(root, "start", &appointment->start, error) ||
        !json_get_instant(root, "end", &appointment->end, error) ||
        !json_get_text(root, "location", appointment->location,
                       sizeof(appointment->location), error) ||
        !json_get_text(root, "code", appointment->code, sizeof(appointment->code),
                       error) ||
        !read_optional(root, "check_in", appointment->check_in,
                       sizeof(appointment->check_in), error) ||
        !read_optional(root, "name", appointment->name, sizeof(appointment->name),
                       error) ||
        !json_get_text(root, "state", state, sizeof(state), error) ||
        !read_hours(root, appointment, error) || !read_turn(root, appointment, error) ||
        !read_items(root, appointment, error))
    {
        return error_prefix(error, "back office");
    }
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (text_equal(names[i], state)) {
            appointment->state = (enum appointment_state)i;
            return true;
        }
    }
    return error_set(error, ERROR_BAD_INPUT, "back office: state: is not known");
}

static bool
send_for_appointment(void *maker, const char *method, const char *target,
                     const char *body, struct appointment *appointment,
                     struct error *error)
{
    struct json *root;
    bool good;

    if (!backoffice_call_send(maker, method, target, body, &root, error)) {
        return false;
    }
    good = read_appointment(root, appointment, error);
    json_destroy(root);
    if (!good && !text_equal(method, "GET")) {
        error->kind = ERROR_UNCERTAIN; /* it said yes to something */
    }
    return good;
}

static bool
backoffice_hold(void *maker, const struct appointment_booking *booking,
                struct error *error)
{
    struct json_writer *writer = body_of(booking, false);
    size_t length;
    bool good = backoffice_call_send(maker, "POST", BACKOFFICE_API "/holds",
                                     json_writer_text(writer, &length), NULL, error);

    json_writer_destroy(writer);
    return good;
}

static bool
backoffice_release(void *maker, const char *key, struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));

    text_add(&text, BACKOFFICE_API "/holds/");
    text_add_escaped(&text, key);
    return backoffice_call_send(maker, "DELETE", target, NULL, NULL, error);
}

/* Once more, when the first answer was lost: the same key can't book twice. What
 * can't be reached the second time may have been done the first. */
static bool
stays_uncertain(struct error *error)
{
    if (error->kind == ERROR_OFFLINE) {
        error->kind = ERROR_UNCERTAIN;
    }
    return false;
}

static bool
backoffice_book(void *maker, const struct appointment_booking *booking,
                struct appointment *appointment, struct error *error)
{
    struct json_writer *writer = body_of(booking, true);
    size_t length;
    const char *body = json_writer_text(writer, &length);
    bool good =
        send_for_appointment(maker, "POST", BACKOFFICE_API, body, appointment, error);

    if (!good && error->kind == ERROR_UNCERTAIN) {
        good = send_for_appointment(maker, "POST", BACKOFFICE_API, body, appointment,
                                    error) ||
               stays_uncertain(error);
    }
    memory_wipe((char *)(uintptr_t)body, length); /* a person stands in it */
    json_writer_destroy(writer);
    if (good && appointment->state == APPOINTMENT_CANCELLED) {
        return error_set(error, ERROR_REFUSED,
                         "back office: this booking has been cancelled");
    }
    return good;
}

static bool
backoffice_show(void *maker, const char *id, struct appointment *appointment,
                struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));

    text_add(&text, BACKOFFICE_API "/");
    text_add_escaped(&text, id);
    return send_for_appointment(maker, "GET", target, NULL, appointment, error);
}

static bool
backoffice_find_key(void *maker, const char *key, struct appointment *appointment,
                    struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));

    text_add(&text, BACKOFFICE_API "/by-key/");
    text_add_escaped(&text, key);
    return send_for_appointment(maker, "GET", target, NULL, appointment, error);
}

static bool
backoffice_cancel(void *maker, const char *id, struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));
    bool good;

    text_add(&text, BACKOFFICE_API "/");
    text_add_escaped(&text, id);
    good = backoffice_call_send(maker, "DELETE", target, NULL, NULL, error);
    if (!good && error->kind == ERROR_UNCERTAIN) {
        good = backoffice_call_send(maker, "DELETE", target, NULL, NULL, error) ||
               stays_uncertain(error);
    }
    return good;
}

static bool
send_move(void *maker, const char *target, const char *body,
          struct appointment_moved *moved, struct error *error)
{
    moved->old_stands = false;
    return send_for_appointment(maker, "POST", target, body, &moved->appointment,
                                error);
}

static bool
backoffice_move(void *maker, const char *id, const char *key, int64_t start,
                struct appointment_moved *moved, struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES], instant[TIME_TEXT_BYTES];
    struct text text = text_begin(target, sizeof(target));
    struct json_writer *writer = json_writer_create();
    const char *body;
    size_t length;
    bool good;

    text_add(&text, BACKOFFICE_API "/");
    text_add_escaped(&text, id);
    text_add(&text, "/moves");
    instant_format(NULL, start, instant);
    json_write_object(writer);
    json_write_name(writer, "key");
    json_write_text(writer, key);
    json_write_name(writer, "start");
    json_write_text(writer, instant);
    json_write_end(writer);
    body = json_writer_text(writer, &length);
    good = send_move(maker, target, body, moved, error);
    if (!good && error->kind == ERROR_UNCERTAIN) {
        good = send_move(maker, target, body, moved, error) || stays_uncertain(error);
    }
    json_writer_destroy(writer);
    return good;
}

static bool
backoffice_find(void *maker, const char *text, struct appointment *appointment,
                struct error *error)
{
    struct json_writer *writer;
    size_t length;
    bool good;

    /* Scanners read what they are shown: nothing of ours is like that. */
    if (!text_is_clean(text) || strlen(text) > FIND_BYTES_MAX) {
        return error_set(error, ERROR_NOT_FOUND, "that is no code and no ticket");
    }
    writer = json_writer_create();
    json_write_object(writer);
    json_write_name(writer, "text");
    json_write_text(writer, text);
    json_write_end(writer);
    good = send_for_appointment(maker, "POST", BACKOFFICE_API "/search",
                                json_writer_text(writer, &length), appointment, error);
    json_writer_destroy(writer);
    if (!good && error->kind == ERROR_UNCERTAIN) {
        error->kind = ERROR_OFFLINE; /* finding changes nothing */
    }
    return good;
}

static bool
backoffice_check_in(void *maker, const char *id, struct appointment *appointment,
                    struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));
    bool good;

    text_add(&text, BACKOFFICE_API "/");
    text_add_escaped(&text, id);
    text_add(&text, "/arrival");
    good = send_for_appointment(maker, "POST", target, NULL, appointment, error);
    if (!good && error->kind == ERROR_UNCERTAIN) {
        good = send_for_appointment(maker, "POST", target, NULL, appointment, error) ||
               stays_uncertain(error);
    }
    return good;
}

static bool
backoffice_settle(void *maker, const char *body, struct json **lease,
                  struct error *error)
{
    return backoffice_call_send(maker, "POST", "/v1/leases", body, lease, error);
}

static bool
backoffice_unprinted(void *maker, const char *id, struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));

    text_add(&text, BACKOFFICE_API "/");
    text_add_escaped(&text, id);
    text_add(&text, "/unprinted");
    return backoffice_call_send(maker, "POST", target, NULL, NULL, error);
}

static void
backoffice_destroy(void *maker)
{
    backoffice_call_destroy(maker);
}

static const struct appointment_operations operations = {
    .products = backoffice_products,
    .locations = backoffice_locations,
    .days = backoffice_days,
    .times = backoffice_times,
    .minutes = backoffice_minutes,
    .fields = backoffice_fields,
    .hold = backoffice_hold,
    .release = backoffice_release,
    .book = backoffice_book,
    .show = backoffice_show,
    .find_key = backoffice_find_key,
    .cancel = backoffice_cancel,
    .move = backoffice_move,
    .find = backoffice_find,
    .check_in = backoffice_check_in,
    .settle = backoffice_settle,
    .unprinted = backoffice_unprinted,
    .destroy = backoffice_destroy,
};

struct appointment_client *
appointment_backoffice_create(const struct backoffice_options *options,
                              struct error *error)
{
    struct backoffice_call *call = backoffice_call_create(options, error);
    struct appointment_client *client;

    if (call == NULL) {
        return NULL;
    }
    client = memory_allocate(1, sizeof(*client));
    client->name = "backoffice";
    client->operations = &operations;
    client->maker = call;
    return client;
}
