#include "appointment/walk_in.h"
#include "base/text.h"
#include "walk_in_maker.h"

#define API "/v1/queue/numbers"
#define TARGET_BYTES 120
#define AHEAD_MAX 100000
#define MINUTES_MAX 10000
#define DESK_MAX 1000

static struct json_writer *
body_of(const struct walk_in_wish *wish)
{
    struct json_writer *writer = json_writer_create();

    json_write_object(writer);
    json_write_name(writer, "key");
    json_write_text(writer, wish->key);
    json_write_name(writer, "product");
    json_write_text(writer, wish->product);
    json_write_name(writer, "language");
    json_write_text(writer, wish->language);
    json_write_end(writer);
    return writer;
}

static bool
read_refusal(const struct json *root, struct walk_in_number *number,
             struct error *error)
{
    char reason[16];

    if (!json_get_text(root, "reason", reason, sizeof(reason), error) ||
        !json_get_text(root, "note", number->note, sizeof(number->note), error))
    {
        return false;
    }
    if (!text_equal(reason, "full") && !text_equal(reason, "closed")) {
        return error_set(error, ERROR_BAD_INPUT, "reason: is not known");
    }
    number->refusal = text_equal(reason, "full") ? WALK_IN_FULL : WALK_IN_CLOSED;
    return true;
}

static bool
read_wait(const struct json *root, int *minutes, struct error *error)
{
    const struct json *value = json_member(root, "wait_minutes");
    int64_t number;

    *minutes = -1;
    if (value != NULL && json_type(value) == JSON_NULL) {
        return true;
    }
    if (!json_get_integer(root, "wait_minutes", 0, MINUTES_MAX, &number, error)) {
        return false;
    }
    *minutes = (int)number;
    return true;
}

/* Where there are more desks than are told apart on the screen, none is named. */
static bool
read_desks(const struct json *root, struct walk_in_number *number, struct error *error)
{
    const struct json *list = json_member(root, "desks");

    if (list == NULL || json_type(list) != JSON_ARRAY) {
        return error_set(error, ERROR_BAD_INPUT, "desks: must be a list");
    }
    if (json_count(list) > WALK_IN_DESKS_MAX) {
        return true;
    }
    for (const struct json *desk = json_first(list); desk != NULL;
         desk = json_next(desk)) {
        if (json_type(desk) != JSON_INTEGER || json_integer(desk) < 1 ||
            json_integer(desk) > DESK_MAX)
        {
            return error_set(error, ERROR_BAD_INPUT, "desks: must be numbers");
        }
        number->desks[number->desk_count++] = (int)json_integer(desk);
    }
    return true;
}

static bool
read_number(const struct json *root, struct walk_in_number *number, struct error *error)
{
    const struct json *text = json_member(root, "number");
    int64_t ahead;

    if (text != NULL && json_type(text) == JSON_NULL) {
        return read_refusal(root, number, error);
    }
    if (!json_get_text(root, "number", number->text, sizeof(number->text), error) ||
        !json_get_integer(root, "ahead", 0, AHEAD_MAX, &ahead, error) ||
        !read_wait(root, &number->wait_minutes, error) ||
        !read_desks(root, number, error) ||
        (json_member(root, "follow") != NULL &&
         !json_get_text(root, "follow", number->follow, sizeof(number->follow), error)))
    {
        return false;
    }
    number->ahead = (int)ahead;
    return true;
}

static bool
draw_once(void *maker, const char *body, struct walk_in_number *number,
          struct error *error)
{
    struct json *root;
    bool good;

    if (!backoffice_call_send(maker, "POST", API, body, &root, error)) {
        return false;
    }
    good = read_number(root, number, error) || error_prefix(error, "back office");
    json_destroy(root);
    return good;
}

static bool
backoffice_draw(void *maker, const struct walk_in_wish *wish,
                struct walk_in_number *number, struct error *error)
{
    struct json_writer *writer = body_of(wish);
    size_t length;
    const char *body = json_writer_text(writer, &length);
    bool good = draw_once(maker, body, number, error);

    if (!good && error->kind == ERROR_UNCERTAIN) {
        good = draw_once(maker, body, number, error);
        if (!good && error->kind == ERROR_OFFLINE) {
            error->kind = ERROR_UNCERTAIN; /* the first may have arrived */
        }
    }
    json_writer_destroy(writer);
    return good;
}

static bool
read_expected(const struct json *root, struct walk_in_number *number,
              struct error *error)
{
    int64_t ahead;

    if (json_member(root, "reason") != NULL) {
        return read_refusal(root, number, error);
    }
    if (!json_get_integer(root, "ahead", 0, AHEAD_MAX, &ahead, error) ||
        !read_wait(root, &number->wait_minutes, error))
    {
        return false;
    }
    number->ahead = (int)ahead;
    return true;
}

static bool
backoffice_expect(void *maker, const char *product, struct walk_in_number *number,
                  struct error *error)
{
    char target[TARGET_BYTES + APPOINTMENT_ID_BYTES * 3];
    struct text text = text_begin(target, sizeof(target));
    struct json *root;
    bool good;

    text_add(&text, "/v1/queue/expected?product=");
    text_add_escaped(&text, product);
    if (!backoffice_call_send(maker, "GET", target, NULL, &root, error)) {
        return false;
    }
    good = read_expected(root, number, error) || error_prefix(error, "back office");
    json_destroy(root);
    return good;
}

static bool
backoffice_withdraw(void *maker, const char *key, struct error *error)
{
    char target[TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));

    text_add(&text, API "/");
    text_add_escaped(&text, key);
    return backoffice_call_send(maker, "DELETE", target, NULL, NULL, error);
}

static void
backoffice_destroy(void *maker)
{
    backoffice_call_destroy(maker);
}

static const struct walk_in_operations operations = {
    .draw = backoffice_draw,
    .expect = backoffice_expect,
    .withdraw = backoffice_withdraw,
    .destroy = backoffice_destroy,
};

struct walk_in_client *
walk_in_backoffice_create(const struct backoffice_options *options, struct error *error)
{
    struct backoffice_call *call = backoffice_call_create(options, error);

    return call != NULL ? walk_in_client_create("backoffice", &operations, call) : NULL;
}
