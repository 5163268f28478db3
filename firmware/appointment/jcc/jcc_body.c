#include "jcc_body.h"

#include <string.h>

#include "base/text.h"
#include "jcc_fields.h"
#include "jcc_read.h"

static void
write_items(struct json_writer *writer, const struct appointment_wish *wish)
{
    json_write_name(writer, "activityList");
    json_write_array(writer);
    for (size_t i = 0; i < wish->item_count; i++) {
        json_write_object(writer);
        json_write_name(writer, "activityId");
        json_write_text(writer, wish->items[i].product);
        json_write_name(writer, "amount");
        json_write_integer(writer, wish->items[i].persons);
        json_write_end(writer);
    }
    json_write_end(writer);
}

/* A date comes back with the midnight it began at. */
static void
write_text(struct json_writer *writer, const char *name, const char *value)
{
    char day[11];

    text_copy(day, sizeof(day), value);
    json_write_text(writer, text_equal(name, "birthDate") ? day : value);
}

/* As JCC told it, but for the id, which belongs to the old appointment. */
static void
write_customer_again(struct json_writer *writer, const struct json *customer)
{
    if (json_member(customer, "gender") == NULL) {
        json_write_name(writer, "gender");
        json_write_integer(writer, 0);
    }
    for (const struct json *member = json_first(customer); member != NULL;
         member = json_next(member))
    {
        const char *name = json_name(member);
        enum json_type type = json_type(member);

        if (text_equal(name, "id") || text_equal(name, "isMainCustomer")) {
            continue;
        }
        if (type == JSON_STRING) {
            json_write_name(writer, name);
            write_text(writer, name, json_string(member));
        } else if (type == JSON_INTEGER) {
            json_write_name(writer, name);
            json_write_integer(writer, json_integer(member));
        } else if (type == JSON_BOOLEAN) {
            json_write_name(writer, name);
            json_write_boolean(writer, json_boolean(member));
        }
    }
}

static void
write_end_of_customer(struct json_writer *writer, bool main)
{
    json_write_name(writer, "id");
    json_write_null(writer);
    json_write_name(writer, "isMainCustomer");
    json_write_boolean(writer, main);
    json_write_end(writer);
}

static const struct json *
first_customer(const struct json *old)
{
    const struct json *list = jcc_list(old, "customerList");

    return list != NULL ? json_first(list) : NULL;
}

static void
write_customers(struct json_writer *writer, const struct jcc_body *body)
{
    json_write_name(writer, "customerList");
    json_write_array(writer);
    if (body->booking != NULL) {
        json_write_object(writer);
        jcc_values_write(writer, body->booking);
        write_end_of_customer(writer, true);
    }
    for (const struct json *customer = first_customer(body->old); customer != NULL;
         customer = json_next(customer))
    {
        bool alone = json_next(first_customer(body->old)) == NULL;

        json_write_object(writer);
        write_customer_again(writer, customer);
        write_end_of_customer(writer, jcc_flag(customer, "isMainCustomer", alone));
    }
    json_write_end(writer);
}

static void
write_time(struct json_writer *writer, const char *name, const struct zone *zone,
           int64_t instant)
{
    char text[TIME_TEXT_BYTES];

    instant_format(zone, instant, text);
    json_write_name(writer, name);
    json_write_text(writer, text);
}

struct json_writer *
jcc_body_write(const struct jcc_body *body, const struct zone *zone)
{
    struct json_writer *writer = json_writer_create();

    json_write_object(writer);
    json_write_name(writer, "id");
    json_write_null(writer);
    write_items(writer, &body->wish);
    write_customers(writer, body);
    write_time(writer, "fromDateTime", zone, body->start);
    write_time(writer, "toDateTime", zone, body->end);
    json_write_name(writer, "locationId");
    json_write_text(writer, body->wish.location);
    json_write_name(writer, "message");
    json_write_text(writer, jcc_text(body->old, "message"));
    json_write_name(writer, "fieldList");
    json_write_null(writer);
    json_write_end(writer);
    return writer;
}

bool
jcc_body_can_repeat(const struct json *old, struct error *error)
{
    const struct json *answers = jcc_list(old, "fieldList");
    const struct json *customer = first_customer(old);

    if (answers != NULL && json_count(answers) > 0) {
        return error_set(error, ERROR_REFUSED,
                         "JCC holds answers with this appointment that can't be moved");
    }
    for (; customer != NULL; customer = json_next(customer)) {
        if (jcc_text(customer, "lastName")[0] != '\0') {
            return true;
        }
    }
    return error_set(error, ERROR_REFUSED,
                     "JCC doesn't say whose appointment it is, so it can't be moved");
}
