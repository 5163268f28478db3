#include <stdlib.h>
#include <string.h>

#include "backoffice/book_api.h"
#include "backoffice/book_request.h"
#include "backoffice/identity.h"
#include "backoffice/queue_parts.h"
#include "base/text.h"

/* /v1/queue: kiosks draw numbers, desks call them, editors say how many there are. */

static bool
is_staff(const struct queue *queue, const struct http_server_request *request,
         enum fleet_role role, struct http_server_answer *answer)
{
    return identity_staff(queue->store, request, role, answer);
}

static const struct zone *
zone_of(const struct queue *queue, const char *location)
{
    return book_api_zone(queue->book, location);
}

/* --- kiosks --------------------------------------------------------------------- */

struct draw_body {
    char key[QUEUE_KEY_BYTES], product[CATALOGUE_ID_BYTES], language[4];
};

static bool
read_draw(const struct http_server_request *request, struct draw_body *body,
          struct error *error)
{
    static const char *const names[] = {"key", "product", "language", NULL};
    struct json *root = book_request_parse(request, error);
    enum language language;
    bool good =
        root != NULL && book_request_names(root, names, error) &&
        json_get_text(root, "key", body->key, sizeof(body->key), error) &&
        json_get_text(root, "product", body->product, sizeof(body->product), error) &&
        json_get_text(root, "language", body->language, sizeof(body->language), error);

    json_destroy(root);
    return good &&
           (language_from_code(body->language, &language) ||
            error_set(error, ERROR_BAD_INPUT, "language: must be a code like \"nl\"."));
}

static void
write_wait(struct json_writer *writer, int minutes)
{
    json_write_name(writer, "wait_minutes");
    if (minutes >= 0) {
        json_write_integer(writer, minutes);
    } else {
        json_write_null(writer);
    }
}

static void
write_ticket(struct json_writer *writer, const struct queue *queue,
             const struct queue_ticket *ticket)
{
    char text[QUEUE_TEXT_BYTES], address[QUEUE_ADDRESS_BYTES];

    queue_text(&ticket->number, text);
    book_api_text(writer, "number", text);
    book_api_text(writer, "location", ticket->number.location);
    book_api_text(writer, "product", ticket->number.product);
    book_api_instant(writer, "drawn", zone_of(queue, ticket->number.location),
                     ticket->number.drawn);
    book_api_integer(writer, "ahead", ticket->ahead);
    write_wait(writer, ticket->wait_minutes);
    json_write_name(writer, "desks");
    json_write_array(writer);
    for (size_t i = 0; i < ticket->desk_count; i++) {
        json_write_integer(writer, ticket->desks[i]);
    }
    json_write_end(writer);
    queue_follow_address(queue, &ticket->number, address);
    book_api_text(writer, "follow", address);
}

static void
write_refusal(struct json_writer *writer, const struct queue_ticket *ticket)
{
    book_api_text(writer, "reason", ticket->refusal == QUEUE_FULL ? "full" : "closed");
    book_api_text(writer, "note", ticket->note);
}

/* That there is no number is an answer too, with what a citizen may read about it. */
static void
answer_ticket(const struct queue *queue, const struct queue_ticket *ticket,
              struct http_server_answer *answer)
{
    struct json_writer *writer = json_writer_create();

    json_write_object(writer);
    if (ticket->refusal == QUEUE_GIVEN) {
        write_ticket(writer, queue, ticket);
    } else {
        json_write_name(writer, "number");
        json_write_null(writer);
        write_refusal(writer, ticket);
    }
    json_write_end(writer);
    http_server_answer_json(answer, ticket->made ? 201 : 200, writer);
}

/* What who draws now would get. */
static void
get_expected(void *data, const struct http_server_request *request,
             struct http_server_answer *answer)
{
    struct queue *queue = data;
    const char *product = http_server_query(request, "product");
    struct fleet_kiosk kiosk;
    const struct queue_wish wish = {.location = kiosk.location,
                                    .product = product != NULL ? product : ""};
    struct queue_ticket ticket;
    struct json_writer *writer;
    struct error error = {0};

    if (!identity_kiosk(queue->store, request, &kiosk, answer)) {
        return;
    }
    if (!queue_expect(queue, &wish, &ticket, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = json_writer_create();
    json_write_object(writer);
    if (ticket.refusal == QUEUE_GIVEN) {
        book_api_integer(writer, "ahead", ticket.ahead);
        write_wait(writer, ticket.wait_minutes);
    } else {
        write_refusal(writer, &ticket);
    }
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

static void
post_number(void *data, const struct http_server_request *request,
            struct http_server_answer *answer)
{
    struct queue *queue = data;
    struct fleet_kiosk kiosk;
    struct draw_body body;
    const struct queue_wish wish = {.key = body.key,
                                    .kiosk = kiosk.name,
                                    .location = kiosk.location,
                                    .product = body.product,
                                    .language = body.language};
    struct queue_ticket ticket;
    struct error error = {0};

    if (!identity_kiosk(queue->store, request, &kiosk, answer)) {
        return;
    }
    if (read_draw(request, &body, &error) && queue_draw(queue, &wish, &ticket, &error))
    {
        answer_ticket(queue, &ticket, answer);
    } else {
        book_api_error(answer, &error);
    }
}

static void
delete_number(void *data, const struct http_server_request *request,
              struct http_server_answer *answer)
{
    struct queue *queue = data;
    struct fleet_kiosk kiosk;
    const struct queue_wish wish = {.key = request->parameters[0],
                                    .kiosk = kiosk.name,
                                    .location = kiosk.location,
                                    .product = "",
                                    .language = ""};
    struct error error = {0};

    if (identity_kiosk(queue->store, request, &kiosk, answer) &&
        !queue_withdraw(queue, &wish, &error))
    {
        book_api_error(answer, &error);
    }
}

/* --- staff: looking ------------------------------------------------------------- */

static void
write_number(struct json_writer *writer, const struct zone *zone,
             const struct queue_number *number)
{
    char text[QUEUE_TEXT_BYTES];

    queue_text(number, text);
    json_write_object(writer);
    book_api_text(writer, "number", text);
    book_api_text(writer, "product", number->product);
    book_api_text(writer, "language", number->language);
    book_api_text(writer, "kiosk", number->kiosk);
    if (number->start != TIME_NONE) {
        book_api_instant(writer, "start", zone, number->start);
    }
    book_api_instant(writer, "drawn", zone, number->drawn);
    if (number->desk > 0) {
        book_api_integer(writer, "desk", number->desk);
    }
    if (number->for_desk > 0) {
        book_api_integer(writer, "for_desk", number->for_desk);
    }
    if (number->state != QUEUE_WAITING) {
        book_api_instant(writer, "called", zone, number->called);
        book_api_integer(writer, "calls", number->calls);
        book_api_text(writer, "outcome", queue_outcome_name(number->outcome));
    }
    json_write_end(writer);
}

static void
write_desks(struct json_writer *writer, const struct zone *zone,
            const struct queue_sight *sight)
{
    json_write_name(writer, "desks");
    json_write_array(writer);
    for (size_t i = 0; i < sight->desk_count; i++) {
        const struct queue_desk *desk = &sight->desks[i];

        json_write_object(writer);
        book_api_integer(writer, "desk", desk->number);
        json_write_name(writer, "paused");
        json_write_boolean(writer, desk->paused);
        if (desk->at.number > 0) {
            json_write_name(writer, "at");
            write_number(writer, zone, &desk->at);
        }
        json_write_end(writer);
    }
    json_write_end(writer);
}

static void
write_numbers(struct json_writer *writer, const struct zone *zone, const char *name,
              const struct queue_number *list, size_t count)
{
    json_write_name(writer, name);
    json_write_array(writer);
    for (size_t i = 0; i < count; i++) {
        write_number(writer, zone, &list[i]);
    }
    json_write_end(writer);
}

static void
get_queue(void *data, const struct http_server_request *request,
          struct http_server_answer *answer)
{
    struct queue *queue = data;
    const struct queue_place at = {.location = request->parameters[0]};
    const struct zone *zone = zone_of(queue, at.location);
    struct queue_sight sight;
    struct json_writer *writer;
    struct error error = {0};

    if (!is_staff(queue, request, ROLE_VIEWER, answer)) {
        return;
    }
    if (!queue_look(queue, at, &sight, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = json_writer_create();
    json_write_object(writer);
    write_wait(writer, sight.wait_minutes);
    write_numbers(writer, zone, "waiting", sight.waiting, sight.waiting_count);
    write_numbers(writer, zone, "called", sight.called, sight.called_count);
    write_desks(writer, zone, &sight);
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
    queue_sight_finish(&sight);
}

/* --- staff: at a desk ----------------------------------------------------------- */

struct desk_body {
    char act[20], number[QUEUE_TEXT_BYTES], outcome[24];
    int64_t to;
};

/* A member that may be left out. */
static bool
read_text(const struct json *root, const char *name, char *target, size_t size,
          struct error *error)
{
    target[0] = '\0';
    return json_member(root, name) == NULL ||
           json_get_text(root, name, target, size, error);
}

static bool
read_desk(const struct http_server_request *request, struct desk_body *body,
          struct error *error)
{
    static const char *const names[] = {"do", "number", "outcome", "to", NULL};
    struct json *root = book_request_parse(request, error);
    bool good =
        root != NULL && book_request_names(root, names, error) &&
        json_get_text(root, "do", body->act, sizeof(body->act), error) &&
        read_text(root, "number", body->number, sizeof(body->number), error) &&
        read_text(root, "outcome", body->outcome, sizeof(body->outcome), error) &&
        (json_member(root, "to") == NULL ||
         json_get_integer(root, "to", 1, QUEUE_DESKS_MAX, &body->to, error));

    json_destroy(root);
    return good;
}

/* The desk as it is now, and who would be next. */
static void
answer_desk(struct queue *queue, struct queue_place at,
            struct http_server_answer *answer)
{
    const struct zone *zone = zone_of(queue, at.location);
    struct json_writer *writer;
    struct queue_sight sight;
    struct error error = {0};

    if (!queue_look(queue, at, &sight, &error)) {
        book_api_error(answer, &error);
        return;
    }
    writer = json_writer_create();
    json_write_object(writer);
    book_api_integer(writer, "waiting", (int64_t)sight.waiting_count);
    for (size_t i = 0; i < sight.waiting_count; i++) {
        if (sight.waiting[i].id == sight.next) {
            json_write_name(writer, "next");
            write_number(writer, zone, &sight.waiting[i]);
        }
    }
    for (size_t i = 0; i < sight.desk_count; i++) {
        if (sight.desks[i].number == at.desk && sight.desks[i].at.number > 0) {
            json_write_name(writer, "at");
            write_number(writer, zone, &sight.desks[i].at);
        }
    }
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
    queue_sight_finish(&sight);
}

static void
post_desk(void *data, const struct http_server_request *request,
          struct http_server_answer *answer)
{
    struct queue *queue = data;
    char *end;
    long desk = strtol(request->parameters[1], &end, 10);
    const struct queue_place at = {
        .location = request->parameters[0],
        .desk = *end == '\0' && desk > 0 && desk <= QUEUE_DESKS_MAX ? (int)desk : 0};
    struct desk_body body = {.to = 0};
    struct error error = {0};

    if (!is_staff(queue, request, ROLE_EDITOR, answer)) {
        return;
    }
    if (read_desk(request, &body, &error) &&
        queue_act(queue, at,
                  &(struct queue_deed){.act = body.act,
                                       .number = body.number,
                                       .outcome = body.outcome,
                                       .to = (int)body.to},
                  &error))
    {
        answer_desk(queue, at, answer);
    } else {
        book_api_error(answer, &error);
    }
}

/* The first that fits rules, so names stand before {location}. */
static const struct http_route routes[] = {
    {"POST", "/v1/queue/numbers", BOOK_API_BODY_MAX, post_number},
    {"DELETE", "/v1/queue/numbers/{key}", 0, delete_number},
    {"GET", "/v1/queue/expected", 0, get_expected},
    {"GET", "/v1/queue/rules", 0, queue_api_rules},
    {"PUT", "/v1/queue/rules/{location}", BOOK_API_BODY_MAX, queue_api_set_rule},
    {"GET", "/v1/queue/counts", 0, queue_api_counts},
    {"GET", "/v1/queue/{location}", 0, get_queue},
    {"POST", "/v1/queue/{location}/desks/{desk}", BOOK_API_BODY_MAX, post_desk},
};

const struct http_route *
queue_routes(size_t *count)
{
    *count = sizeof(routes) / sizeof(routes[0]);
    return routes;
}
