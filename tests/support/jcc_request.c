#include "jcc_request.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"

/*
 * The calls as they were recorded: their parameters in this order. "+" stands behind
 * one that comes once or more, "?" behind one that may be absent.
 */
static const struct route {
    const char *method, *path, *query;
} routes[JCC_ROUTE_COUNT] = {
    [JCC_ROUTE_TOKEN] = {"POST", "connect/token", ""},
    [JCC_ROUTE_PRODUCTS] = {"GET", "activity/listforappointment", "locationId?"},
    [JCC_ROUTE_MORE_PRODUCTS] = {"GET", "activity/listforappointment/additional",
                                 "selectedActivityId+ includeSelectedActivities "
                                 "locationId?"},
    [JCC_ROUTE_LOCATIONS] = {"GET", "location", ""},
    [JCC_ROUTE_SOME_LOCATIONS] = {"GET", "location/forappointment",
                                  "selectedActivityId+"},
    [JCC_ROUTE_RANGE] = {"GET", "activity/appointmentdaterange", "activityId+"},
    [JCC_ROUTE_TIMES] = {"GET", "appointment/availabletimelist",
                         "locationId fromDate toDate activityId+ amount+"},
    [JCC_ROUTE_DURATION] = {"GET", "appointment/calculateduration",
                            "activityId+ amount+ dateTime"},
    [JCC_ROUTE_REQUIRED] = {"GET", "customer/customerfields/required",
                            "selectedActivityId+"},
    [JCC_ROUTE_SHOW] = {"GET", "appointment", "id"},
    [JCC_ROUTE_QR] = {"GET", "appointment/qrcode", "id"},
    [JCC_ROUTE_CANCEL] = {"DELETE", "appointment", "id"},
    [JCC_ROUTE_BOOK] = {"POST", "appointment", ""},
};

/* --- the query -------------------------------------------------------------------- */

static const char *
read_query(struct jcc_request *asked, const char *query)
{
    while (*query != '\0') {
        size_t length = strcspn(query, "&");
        int name, value;

        if (asked->count == JCC_REQUEST_VALUES_MAX ||
            sscanf(query, "%39[a-zA-Z]%n=%119[^&]%n", asked->values[asked->count].name,
                   &name, asked->values[asked->count].value, &value) != 2 ||
            (size_t)value != length)
        {
            return "a parameter is empty, or none";
        }
        asked->count++;
        query += length;
        if (*query == '&' && *++query == '\0') {
            return "the query ends in &";
        }
    }
    return NULL;
}

/* Steps past the parameters of that name. */
static size_t
pass(const struct jcc_request *asked, const char *name, size_t *at)
{
    size_t start = *at;

    while (*at < asked->count && text_equal(asked->values[*at].name, name)) {
        ++*at;
    }
    return *at - start;
}

static const char *
check_order(const struct jcc_request *asked)
{
    const char *query = routes[asked->route].query;
    size_t at = 0;
    char name[40];
    int length;

    for (; sscanf(query, " %39[a-zA-Z]%n", name, &length) == 1; query += length) {
        char mark = query[length];
        size_t count = pass(asked, name, &at);

        length += mark == '+' || mark == '?';
        if (count == 0 ? mark != '?' : count > 1 && mark != '+') {
            return "a parameter is missing, too often there, or not in its place";
        }
    }
    return at < asked->count ? "a parameter that doesn't belong there" : NULL;
}

static const char *
check_value(const char *name, const char *value)
{
    struct date date;

    if (text_equal(name, "activityId") || text_equal(name, "selectedActivityId")) {
        return town_has_product(value) ? NULL : "no such product";
    }
    if (text_equal(name, "locationId")) {
        return town_has_location(value) ? NULL : "no such location";
    }
    if (text_equal(name, "includeSelectedActivities")) {
        return text_equal(value, "False") ? NULL : "False has another spelling";
    }
    if (text_equal(name, "amount")) {
        return value[strspn(value, "0123456789")] == '\0' && atoi(value) > 0
                   ? NULL
                   : "an amount is none";
    }
    if (!text_equal(name, "id")) {
        return date_parse(value, &date) ? NULL : "a date is none";
    }
    return NULL;
}

static const char *
check_values(const struct jcc_request *asked)
{
    const char *ignored[JCC_REQUEST_VALUES_MAX];

    for (size_t i = 0; i < asked->count; i++) {
        const char *wrong = check_value(asked->values[i].name, asked->values[i].value);

        if (wrong != NULL) {
            return wrong;
        }
    }
    if (strstr(routes[asked->route].query, "amount") != NULL &&
        jcc_request_values(asked, "activityId", ignored) !=
            jcc_request_values(asked, "amount", ignored))
    {
        return "products and amounts are no pairs";
    }
    return NULL;
}

/* --- the head --------------------------------------------------------------------- */

static const char *
check_head(const struct jcc_request *asked, const struct scripted_request *request)
{
    char text[100] = "";

    if (!scripted_header(request, "language", text, sizeof(text)) ||
        !text_equal(text, "nl"))
    {
        return "the header language is missing";
    }
    text[0] = '\0';
    scripted_header(request, "Content-Type", text, sizeof(text));
    if (asked->route == JCC_ROUTE_BOOK && !text_equal(text, "application/json")) {
        return "the body is not said to be JSON";
    }
    if (!text_equal(asked->method, "POST") &&
        (request->body_length > 0 || text[0] != '\0')) {
        return "a body where none belongs";
    }
    return NULL;
}

const char *
jcc_request_read(struct jcc_request *asked, const struct scripted_request *request,
                 const char *base)
{
    char target[900], *query;
    const char *wrong;

    *asked = (struct jcc_request){.route = JCC_ROUTE_COUNT};
    if (sscanf(request->head, "%7[A-Z] %899s HTTP/1.1", asked->method, target) != 2 ||
        !text_starts_with(target, base))
    {
        return "not below the base address";
    }
    query = strchr(target, '?');
    if (query != NULL) {
        *query++ = '\0';
    }
    text_copy(asked->path, sizeof(asked->path), target + strlen(base));
    for (int i = 0; i < JCC_ROUTE_COUNT; i++) {
        if (text_equal(routes[i].method, asked->method) &&
            text_equal(routes[i].path, asked->path))
        {
            asked->route = (enum jcc_route)i;
        }
    }
    if (asked->route == JCC_ROUTE_COUNT) {
        return "no such method or path";
    }
    wrong = query != NULL ? read_query(asked, query) : NULL;
    wrong = wrong != NULL ? wrong : check_order(asked);
    wrong = wrong != NULL ? wrong : check_values(asked);
    return wrong != NULL ? wrong : check_head(asked, request);
}

const char *
jcc_request_value(const struct jcc_request *asked, const char *name)
{
    const char *values[JCC_REQUEST_VALUES_MAX];

    return jcc_request_values(asked, name, values) > 0 ? values[0] : "";
}

size_t
jcc_request_values(const struct jcc_request *asked, const char *name,
                   const char *values[JCC_REQUEST_VALUES_MAX])
{
    size_t count = 0;

    for (size_t i = 0; i < asked->count; i++) {
        if (text_equal(asked->values[i].name, name)) {
            values[count++] = asked->values[i].value;
        }
    }
    return count;
}

int
jcc_request_seconds(const struct jcc_request *asked)
{
    const char *products[JCC_REQUEST_VALUES_MAX], *amounts[JCC_REQUEST_VALUES_MAX];
    size_t count = jcc_request_values(asked, "activityId", products);
    int seconds = 0;

    jcc_request_values(asked, "amount", amounts);
    for (size_t i = 0; i < count; i++) {
        seconds += town_duration_s(products[i]) * atoi(amounts[i]);
    }
    return seconds;
}

/* --- the body of a booking -------------------------------------------------------- */

static bool
is(const struct json *object, const char *name, enum json_type type)
{
    const struct json *member = json_member(object, name);

    return member != NULL && json_type(member) == type;
}

static const char *
check_items(const struct json *list, int *seconds)
{
    *seconds = 0;
    if (json_count(list) == 0) {
        return "activityList is empty";
    }
    for (const struct json *item = json_first(list); item != NULL;
         item = json_next(item)) {
        if (json_type(item) != JSON_OBJECT || json_count(item) != 2 ||
            !is(item, "activityId", JSON_STRING) || !is(item, "amount", JSON_INTEGER) ||
            !town_has_product(json_string(json_member(item, "activityId"))) ||
            json_integer(json_member(item, "amount")) < 1)
        {
            return "an entry of activityList is not what it should be";
        }
        *seconds += town_duration_s(json_string(json_member(item, "activityId"))) *
                    (int)json_integer(json_member(item, "amount"));
    }
    return NULL;
}

/* Names and lengths of JCC's documents; 0: no text. */
static const struct member {
    const char *name;
    enum json_type type;
    int length;
} members[] = {
    {"gender", JSON_INTEGER, 0},
    {"firstName", JSON_STRING, 128},
    {"initials", JSON_STRING, 128},
    {"lastName", JSON_STRING, 128},
    {"lastNamePrefix", JSON_STRING, 128},
    {"birthDate", JSON_STRING, 10},
    {"socialSecurityNumber", JSON_STRING, 16},
    {"emailAddress", JSON_STRING, 254},
    {"phoneNumber", JSON_STRING, 16},
    {"mobilePhoneNumber", JSON_STRING, 16},
    {"streetName", JSON_STRING, 64},
    {"houseNumber", JSON_INTEGER, 0},
    {"houseNumberSuffix", JSON_STRING, 16},
    {"postalCode", JSON_STRING, 16},
    {"city", JSON_STRING, 80},
    {"country", JSON_STRING, 80},
    {"nationality", JSON_STRING, 128},
    {"language", JSON_STRING, 128},
    {"nationalityId", JSON_STRING, 40},
    {"id", JSON_NULL, 0},
    {"isMainCustomer", JSON_BOOLEAN, 0},
};

static bool
is_member(const struct json *value)
{
    for (size_t i = 0; i < sizeof(members) / sizeof(members[0]); i++) {
        if (text_equal(members[i].name, json_name(value))) {
            int count = 0;

            if (json_type(value) != members[i].type) {
                return false;
            }
            if (members[i].type == JSON_STRING) {
                for (const char *at = json_string(value); text_next(&at) != 0;) {
                    count++;
                }
                return count > 0 && count <= members[i].length;
            }
            return true;
        }
    }
    return false;
}

static const char *
check_customers(const struct json *list)
{
    int mains = 0;

    for (const struct json *customer = json_first(list); customer != NULL;
         customer = json_next(customer))
    {
        for (const struct json *value = json_first(customer); value != NULL;
             value = json_next(value))
        {
            if (!is_member(value)) {
                return "a customer has a member that JCC does not take";
            }
        }
        if (!is(customer, "lastName", JSON_STRING) || !is(customer, "id", JSON_NULL) ||
            !is(customer, "gender", JSON_INTEGER) ||
            !is(customer, "isMainCustomer", JSON_BOOLEAN))
        {
            return "a customer lacks lastName, id, gender or isMainCustomer";
        }
        mains += json_boolean(json_member(customer, "isMainCustomer"));
    }
    return mains == 1 ? NULL : "there is not one main customer";
}

/* "2026-08-21T15:40:00+02:00", with the offset that holds then. */
static bool
read_time(const struct town *town, const struct json *value, int64_t *instant,
          char clock[TIME_TEXT_BYTES])
{
    char right[TIME_TEXT_BYTES];

    if (!instant_parse(json_string(value), instant)) {
        return false;
    }
    instant_format(town->zone, *instant, right);
    snprintf(clock, TIME_TEXT_BYTES, "%.19s", right);
    return text_equal(right, json_string(value));
}

static const char *
check_booking(const struct town *town, const struct json *root,
              struct town_appointment *appointment)
{
    int64_t start, end;
    const char *wrong;
    int seconds;

    if (json_type(root) != JSON_OBJECT || json_count(root) != 8 ||
        !is(root, "id", JSON_NULL) || !is(root, "activityList", JSON_ARRAY) ||
        !is(root, "customerList", JSON_ARRAY) || !is(root, "fieldList", JSON_NULL) ||
        !is(root, "fromDateTime", JSON_STRING) ||
        !is(root, "toDateTime", JSON_STRING) || !is(root, "locationId", JSON_STRING) ||
        !is(root, "message", JSON_STRING))
    {
        return "a booking has other members, or of another type";
    }
    wrong = check_items(json_member(root, "activityList"), &seconds);
    wrong = wrong != NULL ? wrong : check_customers(json_member(root, "customerList"));
    if (wrong != NULL) {
        return wrong;
    }
    if (!town_has_location(json_string(json_member(root, "locationId")))) {
        return "a booking at no location";
    }
    if (!read_time(town, json_member(root, "fromDateTime"), &start,
                   appointment->start) ||
        !read_time(town, json_member(root, "toDateTime"), &end, appointment->end))
    {
        return "a time has no offset, or the wrong one";
    }
    return end - start == (seconds + 59) / 60 * 60 ? NULL
                                                   : "a booking of another duration";
}

/* --- as JCC tells what was booked ------------------------------------------------- */

static char *
finish(struct json_writer *writer)
{
    char *text = memory_copy_text(json_writer_text(writer, NULL));

    json_writer_destroy(writer);
    return text;
}

static char *
tell_items(const struct json *list)
{
    struct json_writer *writer = json_writer_create();

    json_write_array(writer);
    for (const struct json *item = json_first(list); item != NULL;
         item = json_next(item)) {
        json_write_object(writer);
        json_write_name(writer, "amount");
        json_write_integer(writer, json_integer(json_member(item, "amount")));
        json_write_name(writer, "activity");
        json_write_object(writer);
        json_write_name(writer, "id");
        json_write_text(writer, json_string(json_member(item, "activityId")));
        json_write_end(writer);
        json_write_end(writer);
    }
    json_write_end(writer);
    return finish(writer);
}

/* With an id of its own, and a day of birth that begins at midnight. */
static void
tell_member(struct json_writer *writer, const struct json *value)
{
    char day[TIME_TEXT_BYTES];

    json_write_name(writer, json_name(value));
    if (json_type(value) == JSON_NULL) {
        json_write_text(writer, "2339a718-c1bb-44c9-9103-e144d63a0001");
    } else if (text_equal(json_name(value), "birthDate")) {
        snprintf(day, sizeof(day), "%.10sT00:00:00", json_string(value));
        json_write_text(writer, day);
    } else if (json_type(value) == JSON_STRING) {
        json_write_text(writer, json_string(value));
    } else if (json_type(value) == JSON_INTEGER) {
        json_write_integer(writer, json_integer(value));
    } else {
        json_write_boolean(writer, json_boolean(value));
    }
}

static char *
tell_customers(const struct json *list)
{
    struct json_writer *writer = json_writer_create();

    json_write_array(writer);
    for (const struct json *customer = json_first(list); customer != NULL;
         customer = json_next(customer))
    {
        json_write_object(writer);
        for (const struct json *value = json_first(customer); value != NULL;
             value = json_next(value))
        {
            tell_member(writer, value);
        }
        json_write_end(writer);
    }
    json_write_end(writer);
    return finish(writer);
}

const char *
jcc_request_read_booking(const struct town *town,
                         const struct scripted_request *request,
                         struct town_appointment *appointment)
{
    struct error error;
    struct json *root = json_parse(request->body, request->body_length, &error);
    const char *wrong;

    if (root == NULL) {
        return "the body is no JSON";
    }
    *appointment = (struct town_appointment){.cancelled = false};
    wrong = check_booking(town, root, appointment);
    if (wrong == NULL) {
        text_copy(appointment->location, sizeof(appointment->location),
                  json_string(json_member(root, "locationId")));
        appointment->items = tell_items(json_member(root, "activityList"));
        appointment->customers = tell_customers(json_member(root, "customerList"));
        appointment->message =
            memory_copy_text(json_string(json_member(root, "message")));
    }
    json_destroy(root);
    return wrong;
}
