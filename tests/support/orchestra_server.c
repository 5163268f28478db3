#include "orchestra_server.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "orchestra_request.h"

#define JSON_TYPE "Content-Type: application/json\r\n"

static char *
answer_json(int status, const char *type, char *body)
{
    char *answer = scripted_text(status, type, body);

    free(body);
    return answer;
}

static char *
ok(char *body)
{
    return answer_json(200, JSON_TYPE, body);
}

/* As the real one refuses: a code, and a sentence that may tell too much. */
static char *
refuse(const char *code)
{
    char headers[200];

    snprintf(headers, sizeof(headers),
             "error_code: %s\r\nerror_message: Jansen 0612345678 " ORCHESTRA_KEY "\r\n",
             code);
    return scripted_text(500, headers, "Jansen 0612345678");
}

/* --- bodies ---------------------------------------------------------------------- */

static bool
is_text(const struct json *value, bool may_be_empty)
{
    return value != NULL && json_type(value) == JSON_STRING &&
           (may_be_empty || json_string(value)[0] != '\0');
}

static const char *
check_customer(const struct json *customer)
{
    static const char known[] =
        " firstName lastName email phone addressLine1 addressLine2 "
        "addressCity addressState addressZip addressCountry "
        "identificationNumber externalId dateOfBirth ";
    struct date date;

    if (json_type(customer) != JSON_OBJECT) {
        return "a customer is none";
    }
    for (const struct json *member = json_first(customer); member != NULL;
         member = json_next(member))
    {
        char name[60];

        snprintf(name, sizeof(name), " %s ", json_name(member));
        if (strstr(known, name) == NULL || !is_text(member, false)) {
            return "a customer's member is not known, or no text";
        }
        if (text_equal(json_name(member), "dateOfBirth") &&
            !date_parse(json_string(member), &date))
        {
            return "dateOfBirth is no date";
        }
    }
    return NULL;
}

static const char *
check_body(const struct json *body, struct asked *asked)
{
    const struct json *customers = json_member(body, "customers");
    const struct json *services = json_member(body, "services");

    if (body == NULL || json_type(body) != JSON_OBJECT || json_count(body) != 4 ||
        !is_text(json_member(body, "title"), false) ||
        !is_text(json_member(body, "notes"), true))
    {
        return "the body must have title, customers, services and notes";
    }
    if (customers == NULL || json_type(customers) != JSON_ARRAY ||
        json_count(customers) < 1 || services == NULL ||
        json_type(services) != JSON_ARRAY || json_count(services) < 1 ||
        json_count(services) > SERVICES_MAX)
    {
        return "customers and services must be lists";
    }
    for (const struct json *value = json_first(customers); value != NULL;
         value = json_next(value))
    {
        const char *wrong = check_customer(value);

        if (wrong != NULL) {
            return wrong;
        }
    }
    for (const struct json *value = json_first(services); value != NULL;
         value = json_next(value))
    {
        if (json_type(value) != JSON_OBJECT || json_count(value) != 1 ||
            !is_text(json_member(value, "publicId"), false))
        {
            return "a service must be a publicId and no more";
        }
        text_copy(asked->services[asked->service_count], sizeof(asked->services[0]),
                  json_string(json_member(value, "publicId")));
        asked->ids[asked->service_count] = asked->services[asked->service_count];
        asked->service_count++;
    }
    asked->persons = (int)json_count(customers);
    return NULL;
}

static char *
copy_text(const struct json *value)
{
    struct json_writer *writer = json_writer_create();
    char *copy;

    json_write_text(writer, json_string(value));
    copy = memory_copy_text(json_writer_text(writer, NULL));
    json_writer_destroy(writer);
    return copy;
}

/* As it tells people: more members, and a birth in milliseconds. */
static char *
copy_customers(const struct json *customers)
{
    struct json_writer *writer = json_writer_create();
    char *copy;

    json_write_array(writer);
    for (const struct json *customer = json_first(customers); customer != NULL;
         customer = json_next(customer))
    {
        json_write_object(writer);
        for (const struct json *member = json_first(customer); member != NULL;
             member = json_next(member))
        {
            struct date date;

            json_write_name(writer, json_name(member));
            if (text_equal(json_name(member), "dateOfBirth") &&
                date_parse(json_string(member), &date))
            {
                json_write_integer(writer, (date_to_days(date) * 86400 - 3600) * 1000);
            } else {
                json_write_text(writer, json_string(member));
            }
        }
        if (json_member(customer, "phone") == NULL) {
            json_write_name(writer, "phone");
            json_write_null(writer);
        }
        json_write_name(writer, "retentionPolicy");
        json_write_text(writer, "default");
        json_write_end(writer);
    }
    json_write_end(writer);
    copy = memory_copy_text(json_writer_text(writer, NULL));
    json_writer_destroy(writer);
    return copy;
}

static char *
copy_services(const struct asked *asked)
{
    struct json_writer *writer = json_writer_create();
    char *copy;

    json_write_array(writer);
    for (size_t i = 0; i < asked->service_count; i++) {
        json_write_object(writer);
        json_write_name(writer, "publicId");
        json_write_text(writer, asked->ids[i]);
        json_write_name(writer, "custom");
        json_write_text(writer, "{\"cancelEnabled\":true}");
        json_write_end(writer);
    }
    json_write_end(writer);
    copy = memory_copy_text(json_writer_text(writer, NULL));
    json_writer_destroy(writer);
    return copy;
}

/* --- routes ---------------------------------------------------------------------- */

static bool
all_there(const struct asked *asked, const char *branch)
{
    for (size_t i = 0; i < asked->service_count; i++) {
        if (!orchestra_has(branch, asked->ids[i])) {
            return false;
        }
    }
    return true;
}

static char *
take_booking(struct orchestra *orchestra, const struct asked *asked,
             const struct json *body)
{
    const char *branch = asked->parts[2], *date = asked->parts[4];
    const char *clock = asked->parts[6];
    int minutes = orchestra_minutes(asked->ids, asked->service_count, asked->persons);
    struct orchestra_appointment *made;

    if (!all_there(asked, branch)) {
        return refuse("5001");
    }
    if (!orchestra_is_free(orchestra, branch, date, clock, minutes)) {
        return refuse(ORCHESTRA_TAKEN);
    }
    made = &orchestra->appointments[orchestra->appointment_count++];
    *made = (struct orchestra_appointment){
        .title = copy_text(json_member(body, "title")),
        .notes = copy_text(json_member(body, "notes")),
        .customers = copy_customers(json_member(body, "customers")),
        .services = copy_services(asked),
        .persons = asked->persons,
        .minutes = minutes,
        .status = 20,
    };
    snprintf(made->id, sizeof(made->id), "ac0048ba43f8caf3865ccac1276f4c20%04zu",
             orchestra->appointment_count);
    text_copy(made->branch, sizeof(made->branch), branch);
    text_copy(made->date, sizeof(made->date), date);
    text_copy(made->clock, sizeof(made->clock), clock);
    return answer_json(202, "Content-Type: application/text;charset=UTF-8\r\n",
                       orchestra_tell(orchestra, made, false));
}

static char *
book(struct orchestra *orchestra, struct strict_server *server, struct asked *asked)
{
    const struct scripted_request *http = asked->request->http;
    struct error error;
    struct json *body = json_parse(http->body, http->body_length, &error);
    const char *wrong = check_body(body, asked);
    struct date date;
    char *answer;

    if (wrong == NULL && !date_parse(asked->parts[4], &date)) {
        wrong = "the date is none";
    }
    answer = wrong != NULL ? strict_fault(server, "%s", wrong)
                           : take_booking(orchestra, asked, body);
    json_destroy(body);
    return answer;
}

static char *
tell_or_cancel(struct orchestra *orchestra, const struct asked *asked)
{
    struct orchestra_appointment *found = orchestra_find(orchestra, asked->parts[2]);

    if (found == NULL) {
        return scripted_text(404, "", "");
    }
    if (text_equal(asked->request->method, "DELETE")) {
        found->cancelled = true;
        return scripted_text(204, "", "");
    }
    return ok(orchestra_tell(orchestra, found, true));
}

/* Those that name services behind semicolons. */
static char *
ask_with_services(struct orchestra *orchestra, struct strict_server *server,
                  const struct asked *asked)
{
    const char *branch = text_equal(asked->parts[1], "branches") ? asked->parts[2] : "";
    int minutes = orchestra_minutes(asked->ids, asked->service_count, asked->persons);

    if (asked->service_count == 0) {
        return strict_fault(server, "no service is named");
    }
    if (!all_there(asked, branch)) {
        return scripted_text(404, "", "");
    }
    if (asked_is(asked, "GET", "v2 branches * dates")) {
        return ok(orchestra_tell_dates(orchestra));
    }
    if (asked_is(asked, "GET", "v2 branches * dates * times")) {
        return ok(orchestra_tell_times(orchestra, branch, asked->parts[4], minutes));
    }
    if (asked->persons > 1) {
        return strict_fault(server, "groups are for any number of persons");
    }
    return ok(orchestra_tell_groups(branch, asked->ids, asked->service_count));
}

static char *
route(struct orchestra *orchestra, struct strict_server *server, struct asked *asked)
{
    if (asked_is(asked, "GET", "v2 branches * dates") ||
        asked_is(asked, "GET", "v2 branches * dates * times") ||
        asked_is(asked, "GET", "v1 services groups") ||
        asked_is(asked, "GET", "v2 branches * services groups"))
    {
        return ask_with_services(orchestra, server, asked);
    }
    if (strchr(asked->request->target, ';') != NULL) {
        return strict_fault(server, "no parameters are taken here");
    }
    if (asked_is(asked, "GET", "v1 services")) {
        return ok(orchestra_tell_services(orchestra, ""));
    }
    if (asked_is(asked, "GET", "v1 branches")) {
        return ok(orchestra_tell_branches(orchestra, ""));
    }
    if (asked_is(asked, "GET", "v1 services * branches")) {
        return orchestra_has("", asked->parts[2])
                   ? ok(orchestra_tell_branches(orchestra, asked->parts[2]))
                   : scripted_text(404, "", "");
    }
    if (asked_is(asked, "GET", "v1 branches *") ||
        asked_is(asked, "GET", "v1 branches * services"))
    {
        if (!orchestra_has_branch(asked->parts[2])) {
            return scripted_text(404, "", "");
        }
        return ok(asked->part_count == 3
                      ? orchestra_tell_branch(orchestra, asked->parts[2])
                      : orchestra_tell_services(orchestra, asked->parts[2]));
    }
    if (asked_is(asked, "GET", "v1 appointments *") ||
        asked_is(asked, "DELETE", "v1 appointments *"))
    {
        return tell_or_cancel(orchestra, asked);
    }
    if (asked_is(asked, "POST", "v2 branches * dates * times * book")) {
        return book(orchestra, server, asked);
    }
    return strict_fault(server, "there is no such path");
}

static char *
answer(void *data, struct strict_server *server, const struct strict_request *request)
{
    struct asked asked;
    char key[200] = "";
    const char *wrong;

    asked_read(&asked, request);
    if (asked.wrong != NULL) {
        return strict_fault(server, "%s", asked.wrong);
    }
    wrong = asked_check_headers(&asked, text_equal(request->method, "POST"));
    if (wrong != NULL) {
        return strict_fault(server, "%s", wrong);
    }
    scripted_header(request->http, "X-Api-Key", key, sizeof(key));
    if (!text_equal(key, ORCHESTRA_KEY)) {
        return scripted_text(key[0] == '\0' ? 401 : 403, "", "Jansen " ORCHESTRA_KEY);
    }
    return route(data, server, &asked);
}

struct strict_server *
orchestra_server_start(struct orchestra *orchestra)
{
    return strict_server_start(ORCHESTRA_BASE, answer, orchestra);
}
