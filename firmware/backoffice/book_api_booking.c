#include "backoffice/book_api.h"

#include <string.h>

#include "backoffice/book_request.h"
#include "base/text.h"

/* Booking, and what is done with an appointment afterwards. */

static const char *
state_name(enum booking_state state)
{
    static const char *const names[BOOKING_STATE_COUNT] = {
        [BOOKING_HELD] = "held",         [BOOKING_BOOKED] = "booked",
        [BOOKING_ARRIVED] = "arrived",   [BOOKING_CANCELLED] = "cancelled",
        [BOOKING_GIVEN_UP] = "given-up", [BOOKING_MISSED] = "missed",
    };

    return names[state];
}

void
book_api_items(struct json_writer *writer, const struct booking *booking)
{
    json_write_name(writer, "items");
    json_write_array(writer);
    for (size_t i = 0; i < booking->item_count; i++) {
        json_write_object(writer);
        book_api_text(writer, "product", booking->items[i].product);
        book_api_integer(writer, "persons", booking->items[i].persons);
        json_write_end(writer);
    }
    json_write_end(writer);
}

const struct zone *
book_api_zone(const struct book *book, const char *id)
{
    const struct location *location = catalogue_location(book_catalogue(book), id);

    return location != NULL ? book_zone(book, location) : NULL;
}

/* Where and when; what more is told depends on who asks. */
static struct json_writer *
booking_begin(const struct book *book, const struct booking *booking)
{
    const struct zone *zone = book_api_zone(book, booking->location);
    struct json_writer *writer = json_writer_create();

    json_write_object(writer);
    book_api_text(writer, "location", booking->location);
    book_api_instant(writer, "start", zone, booking->start);
    book_api_instant(writer, "end", zone, booking->end);
    book_api_text(writer, "state", state_name(booking->state));
    if (booking->state == BOOKING_HELD) {
        book_api_instant(writer, "expires", zone, booking->expires);
    }
    return writer;
}

static void
write_identity(struct json_writer *writer, const struct book *book,
               const struct booking *booking)
{
    const struct zone *zone = book_api_zone(book, booking->location);
    char id[2 * BOOK_ID_BYTES + 1], name[BOOK_NAME_BYTES];
    int64_t from, until;

    text_hex_encode(id, booking->id, BOOK_ID_BYTES);
    book_public_name(book, booking, name);
    book_api_text(writer, "id", id);
    book_api_text(writer, "code", booking->code);
    book_api_text(writer, "name", name);
    book_arrival_hours(book, booking, &from, &until);
    book_api_instant(writer, "arrive_from", zone, from);
    book_api_instant(writer, "arrive_until", zone, until);
    if (booking->number[0] != '\0') {
        book_api_text(writer, "number", booking->number);
        book_api_instant(writer, "turn", zone, booking->turn);
    }
}

static void
answer_hold(const struct book *book, const struct booking *booking,
            struct http_server_answer *answer)
{
    struct json_writer *writer = booking_begin(book, booking);

    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

static void
answer_booking(const struct book *book, const struct booking *booking, int status,
               struct http_server_answer *answer)
{
    struct json_writer *writer = booking_begin(book, booking);

    write_identity(writer, book, booking);
    book_api_text(writer, "check_in", booking->ticket);
    book_api_items(writer, booking);
    json_write_end(writer);
    http_server_answer_json(answer, status, writer);
}

/* To whoever knows no more than the code: no ticket, and not what it is for exactly. */
static void
answer_code(const struct book *book, const struct booking *booking,
            struct http_server_answer *answer)
{
    struct json_writer *writer = booking_begin(book, booking);

    write_identity(writer, book, booking);
    json_write_end(writer);
    http_server_answer_json(answer, 200, writer);
}

void
book_api_hold(void *data, const struct http_server_request *request,
              struct http_server_answer *answer)
{
    struct book *book = data;
    struct fleet_kiosk kiosk;
    struct book_body body;
    struct booking booking;
    struct error error = {0};

    if (!book_api_kiosk(book, request, &kiosk, answer)) {
        return;
    }
    if (!book_body_read(book, request, false, &body, &error)) {
        book_api_error(answer, &error);
        return;
    }
    body.request.kiosk = kiosk.name;
    if (book_hold(book, &body.request, &booking, &error)) {
        answer_hold(book, &booking, answer);
    } else {
        book_api_error(answer, &error);
    }
    book_body_finish(&body);
}

void
book_api_book(void *data, const struct http_server_request *request,
              struct http_server_answer *answer)
{
    struct book *book = data;
    struct fleet_kiosk kiosk;
    struct book_body body;
    struct booking booking;
    struct error error = {0};
    bool made;

    if (!book_api_kiosk(book, request, &kiosk, answer)) {
        return;
    }
    if (!book_body_read(book, request, true, &body, &error)) {
        book_api_error(answer, &error);
        return;
    }
    body.request.kiosk = kiosk.name;
    if (book_confirm(book, &body.request, &booking, &made, &error)) {
        answer_booking(book, &booking, made ? 201 : 200, answer);
    } else {
        book_api_error(answer, &error);
    }
    book_body_finish(&body);
}

void
book_api_give_up(void *data, const struct http_server_request *request,
                 struct http_server_answer *answer)
{
    struct fleet_kiosk kiosk;
    struct error error = {0};

    if (book_api_kiosk(data, request, &kiosk, answer) &&
        !book_give_up(data, request->parameters[0], kiosk.name, &error))
    {
        book_api_error(answer, &error);
    }
}

static bool
read_id(const struct http_server_request *request, uint8_t id[BOOK_ID_BYTES],
        struct error *error)
{
    return text_hex_decode(id, BOOK_ID_BYTES, request->parameters[0]) ||
           error_set(error, ERROR_NOT_FOUND, "There is no such appointment.");
}

void
book_api_show(void *data, const struct http_server_request *request,
              struct http_server_answer *answer)
{
    struct fleet_kiosk kiosk;
    uint8_t id[BOOK_ID_BYTES];
    struct booking booking;
    struct error error = {0};

    if (!book_api_kiosk(data, request, &kiosk, answer)) {
        return;
    }
    if (read_id(request, id, &error) && book_find(data, id, &booking, &error)) {
        answer_booking(data, &booking, 200, answer);
    } else {
        book_api_error(answer, &error);
    }
}

void
book_api_find_key(void *data, const struct http_server_request *request,
                  struct http_server_answer *answer)
{
    struct fleet_kiosk kiosk;
    struct booking booking;
    struct error error = {0};

    if (!book_api_kiosk(data, request, &kiosk, answer)) {
        return;
    }
    if (book_find_key(data, request->parameters[0], &booking, &error)) {
        answer_booking(data, &booking, 200, answer);
    } else {
        book_api_error(answer, &error);
    }
}

void
book_api_search(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    struct fleet_kiosk kiosk;
    char text[BOOK_SEARCH_BYTES];
    struct booking booking;
    struct error error = {0};
    bool by_code;

    if (!book_api_kiosk(data, request, &kiosk, answer)) {
        return;
    }
    if (!book_request_search(request, text, &error)) {
        book_api_error(answer, &error);
    } else if (!book_search(data, text, kiosk.name, &booking, &by_code, &error)) {
        if (error.kind == ERROR_REFUSED) {
            http_server_answer_problem(answer, 429, "%s", error.message);
            http_server_answer_header(answer, "Retry-After", "60");
        } else {
            book_api_error(answer, &error);
        }
    } else if (by_code) {
        answer_code(data, &booking, answer);
    } else {
        answer_booking(data, &booking, 200, answer);
    }
}

void
book_api_cancel(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    struct fleet_kiosk kiosk;
    uint8_t id[BOOK_ID_BYTES];
    struct error error = {0};

    if (!book_api_kiosk(data, request, &kiosk, answer)) {
        return;
    }
    if (!read_id(request, id, &error) || !book_cancel(data, id, &error)) {
        book_api_error(answer, &error);
    }
}

void
book_api_move(void *data, const struct http_server_request *request,
              struct http_server_answer *answer)
{
    struct fleet_kiosk kiosk;
    char key[BOOK_KEY_BYTES];
    uint8_t id[BOOK_ID_BYTES];
    struct book_move move = {.id = id, .key = key};
    struct booking booking;
    struct error error = {0};

    if (!book_api_kiosk(data, request, &kiosk, answer)) {
        return;
    }
    if (read_id(request, id, &error) &&
        book_request_move(request, key, &move.start, &error) &&
        book_move(data, &move, &booking, &error))
    {
        answer_booking(data, &booking, 200, answer);
    } else {
        book_api_error(answer, &error);
    }
}

void
book_api_arrive(void *data, const struct http_server_request *request,
                struct http_server_answer *answer)
{
    struct fleet_kiosk kiosk;
    uint8_t id[BOOK_ID_BYTES];
    struct booking booking;
    struct error error = {0};

    if (!book_api_kiosk(data, request, &kiosk, answer)) {
        return;
    }
    if (read_id(request, id, &error) &&
        book_arrive(data, id, kiosk.location, &booking, &error))
    {
        answer_booking(data, &booking, 200, answer);
    } else {
        book_api_error(answer, &error);
    }
}

void
book_api_unprinted(void *data, const struct http_server_request *request,
                   struct http_server_answer *answer)
{
    struct fleet_kiosk kiosk;
    uint8_t id[BOOK_ID_BYTES];
    struct error error = {0};

    if (!book_api_kiosk(data, request, &kiosk, answer)) {
        return;
    }
    if (!read_id(request, id, &error) || !book_unprinted(data, id, &error)) {
        book_api_error(answer, &error);
    }
}
