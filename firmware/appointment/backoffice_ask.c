#include "backoffice_ask.h"

#include <stdlib.h>
#include <string.h>

#include "base/backoffice_call.h"
#include "base/memory.h"
#include "base/text.h"

/* --- questions ---------------------------------------------------------------- */

static void
add_items(struct text *target, const struct appointment_wish *wish)
{
    text_add(target, "items=");
    for (size_t i = 0; i < wish->item_count; i++) {
        text_add(target, i > 0 ? "," : "");
        text_add_escaped(target, wish->items[i].product);
        text_format(target, ":%d", wish->items[i].persons);
    }
}

static void
add_wish(struct text *target, const struct appointment_wish *wish)
{
    text_add(target, "?location=");
    text_add_escaped(target, wish->location);
    text_add(target, "&");
    add_items(target, wish);
}

static void
add_date(struct text *target, const char *name, struct date date)
{
    char text[TIME_TEXT_BYTES];

    date_format(date, text);
    text_format(target, "&%s=%s", name, text);
}

/* --- answers: lists ----------------------------------------------------------- */

typedef bool (*read_entry)(const struct json *value, void *entry, struct error *error);

/* Reads the list called `name` into fresh memory of `size` bytes an entry. */
static bool
read_list(const struct json *root, const char *name, size_t size, read_entry read,
          void **list, size_t *count, struct error *error)
{
    const struct json *values = json_member(root, name);
    size_t done = 0;

    *list = NULL;
    *count = 0;
    if (values == NULL || json_type(values) != JSON_ARRAY) {
        return error_set(error, ERROR_BAD_INPUT, "back office: %s: must be a list",
                         name);
    }
    if (json_count(values) == 0) {
        return true;
    }
    *list = memory_allocate(json_count(values), size);
    for (const struct json *value = json_first(values); value != NULL;
         value = json_next(value))
    {
        if (!read(value, (char *)*list + done * size, error)) {
            free(*list);
            *list = NULL;
            return error_prefix(error, "back office: %s", name);
        }
        done++;
    }
    *count = done;
    return true;
}

static bool
ask_list(void *maker, const char *target, const char *name, size_t size,
         read_entry read, void **list, size_t *count, struct error *error)
{
    struct json *root;
    bool good;

    if (!backoffice_call_send(maker, "GET", target, NULL, &root, error)) {
        return false;
    }
    good = read_list(root, name, size, read, list, count, error);
    json_destroy(root);
    return good;
}

static bool
read_product(const struct json *value, void *entry, struct error *error)
{
    struct appointment_product *product = entry;
    int64_t minutes;

    if (!json_get_text(value, "id", product->id, sizeof(product->id), error) ||
        !json_get_text(value, "name", product->name, sizeof(product->name), error) ||
        !json_get_integer(value, "minutes", 1, 24 * 60, &minutes, error))
    {
        return false;
    }
    product->minutes = (int)minutes;
    return true;
}

bool
backoffice_products(void *maker, const struct appointment_wish *wish,
                    struct appointment_product **list, size_t *count,
                    struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));
    struct appointment_product *products;
    void *entries;
    size_t kept = 0;

    text_add(&text, BACKOFFICE_API "/products");
    if (wish->location[0] != '\0') {
        text_add(&text, "?location=");
        text_add_escaped(&text, wish->location);
    }
    if (!ask_list(maker, target, "products", sizeof(**list), read_product, &entries,
                  count, error))
    {
        return false;
    }
    products = entries;
    for (size_t i = 0; i < *count; i++) {
        if (!appointment_wish_has(wish, products[i].id)) {
            products[kept++] = products[i];
        }
    }
    if (*count - kept != wish->item_count) {
        free(products);
        return error_set(error, ERROR_NOT_FOUND,
                         "back office: what it is to go with is not there");
    }
    *count = kept;
    *list = products;
    return true;
}

static bool
read_location(const struct json *value, void *entry, struct error *error)
{
    struct appointment_location *location = entry;
    const struct json *earliest = json_member(value, "earliest");

    location->earliest = TIME_NONE;
    return json_get_text(value, "id", location->id, sizeof(location->id), error) &&
           json_get_text(value, "name", location->name, sizeof(location->name),
                         error) &&
           json_get_text(value, "street", location->street, sizeof(location->street),
                         error) &&
           json_get_text(value, "postcode", location->postcode,
                         sizeof(location->postcode), error) &&
           json_get_text(value, "city", location->city, sizeof(location->city),
                         error) &&
           ((earliest != NULL && json_type(earliest) == JSON_NULL) ||
            json_get_instant(value, "earliest", &location->earliest, error));
}

bool
backoffice_locations(void *maker, const struct appointment_wish *wish,
                     struct appointment_location **list, size_t *count,
                     struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));
    void *entries;

    text_add(&text, BACKOFFICE_API "/locations?");
    add_items(&text, wish);
    if (!ask_list(maker, target, "locations", sizeof(**list), read_location, &entries,
                  count, error))
    {
        return false;
    }
    *list = entries;
    return true;
}

static bool
read_day(const struct json *value, void *entry, struct error *error)
{
    struct appointment_day *day = entry;
    char date[TIME_TEXT_BYTES];
    int64_t starts;

    if (!json_get_text(value, "date", date, sizeof(date), error) ||
        !json_get_integer(value, "free", 0, 1000, &starts, error) ||
        !json_get_boolean(value, "closed", &day->closed, error))
    {
        return false;
    }
    day->free = (int)starts;
    return date_parse(date, &day->date) ||
           error_set(error, ERROR_BAD_INPUT, "line %d: date: is no date",
                     json_line(value));
}

bool
backoffice_days(void *maker, const struct appointment_wish *wish, struct date from,
                struct date to, struct appointment_day **list, size_t *count,
                struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));
    void *entries;

    text_add(&text, BACKOFFICE_API "/days");
    add_wish(&text, wish);
    if (from.year != 0) {
        add_date(&text, "from", from);
    }
    if (to.year != 0) {
        add_date(&text, "to", to);
    }
    if (!ask_list(maker, target, "days", sizeof(**list), read_day, &entries, count,
                  error)) {
        return false;
    }
    *list = entries;
    return true;
}

static bool
read_time(const struct json *value, void *entry, struct error *error)
{
    struct appointment_time *time = entry;

    return json_get_instant(value, "start", &time->start, error) &&
           json_get_boolean(value, "quiet", &time->quiet, error);
}

bool
backoffice_times(void *maker, const struct appointment_wish *wish, struct date date,
                 struct appointment_time **list, size_t *count, struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));
    void *entries;

    text_add(&text, BACKOFFICE_API "/times");
    add_wish(&text, wish);
    add_date(&text, "date", date);
    if (!ask_list(maker, target, "times", sizeof(**list), read_time, &entries, count,
                  error))
    {
        return false;
    }
    *list = entries;
    return true;
}

bool
backoffice_minutes(void *maker, const struct appointment_wish *wish, struct date date,
                   int *minutes, struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));
    struct json *root;
    int64_t value;
    bool good;

    (void)date; /* our durations are the same every day */
    text_add(&text, BACKOFFICE_API "/duration?");
    add_items(&text, wish);
    if (!backoffice_call_send(maker, "GET", target, NULL, &root, error)) {
        return false;
    }
    good = json_get_integer(root, "minutes", 1, 24 * 60, &value, error);
    json_destroy(root);
    if (!good) {
        return error_prefix(error, "back office");
    }
    *minutes = (int)value;
    return true;
}

static bool
read_field(const struct json *value, void *entry, struct error *error)
{
    static const char *const names[] = {
        [APPOINTMENT_FIELD_HIDDEN] = "hidden",
        [APPOINTMENT_FIELD_OPTIONAL] = "optional",
        [APPOINTMENT_FIELD_REQUIRED] = "required",
    };
    struct appointment_field *field = entry;
    char state[16];
    int64_t length;

    if (!json_get_text(value, "name", field->name, sizeof(field->name), error) ||
        !json_get_text(value, "state", state, sizeof(state), error) ||
        !json_get_integer(value, "length_max", 1, APPOINTMENT_VALUE_BYTES - 1, &length,
                          error))
    {
        return false;
    }
    field->length_max = (int)length;
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        if (text_equal(names[i], state)) {
            field->state = (enum appointment_field_state)i;
            return true;
        }
    }
    return error_set(error, ERROR_BAD_INPUT,
                     "line %d: state: must be hidden, optional or required",
                     json_line(value));
}

bool
backoffice_read_fields(const struct json *root, struct appointment_field *list,
                       size_t *count, struct error *error)
{
    void *entries;

    if (!read_list(root, "fields", sizeof(*list), read_field, &entries, count, error)) {
        return false;
    }
    if (*count > APPOINTMENT_FIELDS_MAX) {
        free(entries);
        return error_set(error, ERROR_BAD_INPUT, "back office: fields: more than %d",
                         APPOINTMENT_FIELDS_MAX);
    }
    if (*count > 0) {
        memcpy(list, entries, *count * sizeof(*list));
    }
    free(entries);
    return true;
}

bool
backoffice_fields(void *maker, const struct appointment_wish *wish,
                  struct appointment_field *list, size_t *count, struct error *error)
{
    char target[BACKOFFICE_TARGET_BYTES];
    struct text text = text_begin(target, sizeof(target));
    struct json *root;
    bool good;

    text_add(&text, BACKOFFICE_API "/fields?");
    add_items(&text, wish);
    if (!backoffice_call_send(maker, "GET", target, NULL, &root, error)) {
        return false;
    }
    good = backoffice_read_fields(root, list, count, error);
    json_destroy(root);
    return good;
}
