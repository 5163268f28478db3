#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "backoffice/book_api.h"
#include "backoffice/book_request.h"
#include "backoffice/http_server.h"
#include "backoffice/identity.h"
#include "base/json.h"
#include "base/text.h"

/*
 * /v1/appointments, /v1/desks, /v1/closures and /v1/leases. Every request of a kiosk is
 * signed by a claimed one. What was asked wrongly is a problem that names the field;
 * the values of fields are never repeated in it.
 */

void
book_api_error(struct http_server_answer *answer, const struct error *error)
{
    if (error->kind == ERROR_REFUSED) {
        http_server_answer_problem(answer, 422, "%s", error->message);
    } else {
        http_server_answer_error(answer, error);
    }
}

bool
book_api_kiosk(const struct book *book, const struct http_server_request *request,
               struct fleet_kiosk *kiosk, struct http_server_answer *answer)
{
    return identity_kiosk(book->store, request, kiosk, answer);
}

/* --- asking --------------------------------------------------------------------- */

struct json_writer *
book_api_list_begin(const char *name)
{
    struct json_writer *writer = json_writer_create();

    json_write_object(writer);
    json_write_name(writer, name);
    json_write_array(writer);
    return writer;
}

void
book_api_list_end(struct http_server_answer *answer, struct json_writer *writer)
{
    json_write_end(writer);
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

void
book_api_integer(struct json_writer *writer, const char *name, int64_t value)
{
    json_write_name(writer, name);
    json_write_integer(writer, value);
}

void
book_api_text(struct json_writer *writer, const char *name, const char *text)
{
    json_write_name(writer, name);
    json_write_text(writer, text);
}

void
book_api_instant(struct json_writer *writer, const char *name, const struct zone *zone,
                 int64_t instant)
{
    char text[TIME_TEXT_BYTES];

    json_write_name(writer, name);
    if (instant == TIME_NONE) {
        json_write_null(writer);
    } else {
        instant_format(zone, instant, text);
        json_write_text(writer, text);
    }
}

static void
handle_products(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    struct book *book = data;
    const struct catalogue *catalogue = book_catalogue(book);
    struct fleet_kiosk kiosk;
    struct book_wish wish;
    struct json_writer *writer;
    struct error error = {0};

    if (!book_api_kiosk(book, request, &kiosk, answer)) {
        return;
    }
    if (!book_wish_begin(book, http_server_query(request, "location"), &wish, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = book_api_list_begin("products");
    for (size_t i = 0; i < catalogue->product_count; i++) {
        const struct product *product = &catalogue->products[i];

        if (book_offers(product, wish.location)) {
            json_write_object(writer);
            book_api_text(writer, "id", product->id);
            book_api_text(writer, "name", words_in(&product->name, LANGUAGE_NL, NULL));
            book_api_integer(writer, "minutes", product_minutes(product, 1));
            json_write_end(writer);
        }
    }
    book_api_list_end(answer, writer);
}

void
book_api_place(struct json_writer *writer, const struct location *location)
{
    char street[160];

    snprintf(street, sizeof(street), "%s%s%s", location->street,
             location->house_number[0] != '\0' ? " " : "", location->house_number);
    book_api_text(writer, "id", location->id);
    book_api_text(writer, "name", words_in(&location->name, LANGUAGE_NL, NULL));
    book_api_text(writer, "street", street);
    book_api_text(writer, "postcode", location->postcode);
    book_api_text(writer, "city", location->city);
}

static void
write_location(struct json_writer *writer, const struct book *book,
               const struct location *location, int64_t earliest)
{
    json_write_object(writer);
    book_api_place(writer, location);
    book_api_instant(writer, "earliest", book_zone(book, location), earliest);
    json_write_end(writer);
}

/* The locations where all of the wish can be had, each with its first free time. */
static void
handle_locations(void *data, const struct http_server_request *request,
                 struct http_server_answer *answer)
{
    struct book *book = data;
    const struct catalogue *catalogue = book_catalogue(book);
    struct fleet_kiosk kiosk;
    struct book_wish wish;
    struct json_writer *writer;
    struct error error = {0};

    if (!book_api_kiosk(book, request, &kiosk, answer)) {
        return;
    }
    if (!book_request_wish(book, request, NULL, &wish, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = book_api_list_begin("locations");
    for (size_t i = 0; i < catalogue->location_count; i++) {
        int64_t earliest = TIME_NONE;
        bool all = true;

        wish.location = &catalogue->locations[i];
        for (size_t j = 0; j < wish.item_count; j++) {
            all = all && book_offers(wish.items[j].product, wish.location);
        }
        if (!all) {
            continue;
        }
        if (wish.item_count > 0 && !book_earliest(book, &wish, &earliest, &error)) {
            json_writer_destroy(writer);
            book_api_error(answer, &error);
            return;
        }
        write_location(writer, book, wish.location, earliest);
    }
    book_api_list_end(answer, writer);
}

/* A limit of the days asked for; left out it is zeroed. */
static bool
read_limit(const struct http_server_request *request, const char *name,
           struct date *date, struct error *error)
{
    *date = (struct date){0};
    return http_server_query(request, name) == NULL ||
           book_request_date(request, name, date, error);
}

static void
handle_days(void *data, const struct http_server_request *request,
            struct http_server_answer *answer)
{
    struct book *book = data;
    struct fleet_kiosk kiosk;
    char text[TIME_TEXT_BYTES];
    struct book_wish wish;
    struct date from, to;
    struct book_day *list = NULL;
    size_t count = 0;
    struct json_writer *writer;
    struct error error = {0};

    if (!book_api_kiosk(book, request, &kiosk, answer)) {
        return;
    }
    if (!book_request_wish(book, request, "location", &wish, &error) ||
        !read_limit(request, "from", &from, &error) ||
        !read_limit(request, "to", &to, &error) ||
        !book_days(book, &wish, from, to, &list, &count, &error))
    {
        book_api_error(answer, &error);
        return;
    }
    writer = book_api_list_begin("days");
    for (size_t i = 0; i < count; i++) {
        date_format(list[i].date, text);
        json_write_object(writer);
        book_api_text(writer, "date", text);
        book_api_integer(writer, "free", list[i].free);
        json_write_name(writer, "closed");
        json_write_boolean(writer, list[i].closed);
        json_write_end(writer);
    }
    book_api_list_end(answer, writer);
    free(list);
}

static void
handle_times(void *data, const struct http_server_request *request,
             struct http_server_answer *answer)
{
    struct book *book = data;
    struct fleet_kiosk kiosk;
    struct book_wish wish;
    struct date date;
    struct book_time *list = NULL;
    size_t count = 0;
    struct json_writer *writer;
    struct error error = {0};

    if (!book_api_kiosk(book, request, &kiosk, answer)) {
        return;
    }
    if (!book_request_wish(book, request, "location", &wish, &error) ||
        !book_request_date(request, "date", &date, &error) ||
        !book_times(book, &wish, date, &list, &count, &error))
    {
        book_api_error(answer, &error);
        return;
    }
    writer = book_api_list_begin("times");
    for (size_t i = 0; i < count; i++) {
        json_write_object(writer);
        book_api_instant(writer, "start", book_zone(book, wish.location),
                         list[i].start);
        json_write_name(writer, "quiet");
        json_write_boolean(writer, list[i].quiet);
        json_write_end(writer);
    }
    book_api_list_end(answer, writer);
    free(list);
}

static void
handle_duration(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    struct book *book = data;
    struct fleet_kiosk kiosk;
    struct book_wish wish;
    struct json_writer *writer;
    struct error error = {0};

    if (!book_api_kiosk(book, request, &kiosk, answer)) {
        return;
    }
    if (!book_request_wish(book, request, NULL, &wish, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = json_writer_create();
    json_write_object(writer);
    book_api_integer(writer, "minutes", wish.minutes);
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

void
book_api_fields(struct json_writer *writer)
{
    size_t count;
    const struct book_field *fields = book_fields(&count);

    json_write_name(writer, "fields");
    json_write_array(writer);
    for (size_t i = 0; i < count; i++) {
        json_write_object(writer);
        book_api_text(writer, "name", fields[i].name);
        book_api_text(writer, "state", fields[i].required ? "required" : "hidden");
        book_api_integer(writer, "length_max", fields[i].length_max);
        json_write_end(writer);
    }
    json_write_end(writer);
}

static void
handle_fields(void *data, const struct http_server_request *request,
              struct http_server_answer *answer)
{
    struct fleet_kiosk kiosk;
    struct json_writer *writer;

    if (!book_api_kiosk(data, request, &kiosk, answer)) {
        return;
    }
    writer = json_writer_create();
    json_write_object(writer);
    book_api_fields(writer);
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

/* The first that fits rules, so names stand before {id}. */
static const struct http_route routes[] = {
    {"GET", "/v1/appointments/products", 0, handle_products},
    {"GET", "/v1/appointments/locations", 0, handle_locations},
    {"GET", "/v1/appointments/days", 0, handle_days},
    {"GET", "/v1/appointments/times", 0, handle_times},
    {"GET", "/v1/appointments/duration", 0, handle_duration},
    {"GET", "/v1/appointments/fields", 0, handle_fields},
    {"POST", "/v1/appointments/holds", BOOK_API_BODY_MAX, book_api_hold},
    {"DELETE", "/v1/appointments/holds/{key}", 0, book_api_give_up},
    {"POST", "/v1/appointments", BOOK_API_BODY_MAX, book_api_book},
    {"GET", "/v1/appointments/by-key/{key}", 0, book_api_find_key},
    {"POST", "/v1/appointments/search", BOOK_API_BODY_MAX, book_api_search},
    {"GET", "/v1/appointments/counts", 0, book_api_counts},
    {"GET", "/v1/appointments/affected", 0, book_api_affected},
    {"GET", "/v1/appointments/{id}", 0, book_api_show},
    {"DELETE", "/v1/appointments/{id}", 0, book_api_cancel},
    {"POST", "/v1/appointments/{id}/moves", BOOK_API_BODY_MAX, book_api_move},
    {"POST", "/v1/appointments/{id}/arrival", 0, book_api_arrive},
    {"POST", "/v1/appointments/{id}/unprinted", 0, book_api_unprinted},
    {"GET", "/v1/desks", 0, book_api_desks},
    {"PUT", "/v1/desks/{location}", BOOK_API_BODY_MAX, book_api_set_desks},
    {"PUT", "/v1/desks/{location}/{number}", BOOK_API_BODY_MAX, book_api_set_products},
    {"GET", "/v1/closures", 0, book_api_closures},
    {"POST", "/v1/closures", BOOK_API_BODY_MAX, book_api_close},
    {"DELETE", "/v1/closures/{closure}", 0, book_api_reopen},
    {"POST", "/v1/leases", BOOK_API_SETTLE_MAX, book_api_settle},
    {"GET", "/v1/leases", 0, book_api_leases},
    {"GET", "/v1/leases/conflicts", 0, book_api_lease_conflicts},
    {"POST", "/v1/leases/{kiosk}/lost", 0, book_api_lost},
};

const struct http_route *
book_routes(size_t *count)
{
    *count = sizeof(routes) / sizeof(routes[0]);
    return routes;
}
