#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "appointment/jcc.h"
#include "base/http_client.h"
#include "base/json.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/*
 * Whatever JCC answers, the maker says one clean sentence or something that can be
 * shown, and books at most once.
 *
 * The input is what to ask (a letter), then the answers to come, each a status and a
 * body: "b200{…}\f200{…}". Here stands no network: this takes the place of
 * base/http_client.c.
 */

struct http_client {
    const uint8_t *at, *end;
    int bookings; /* sent, and not refused for the token */
};

static struct http_client http;

struct http_client *
http_client_create(void)
{
    return &http;
}

void
http_client_destroy(struct http_client *client)
{
    (void)client;
}

void
http_client_trust(struct http_client *client, const char *ca_file)
{
    (void)client, (void)ca_file;
}

bool
http_client_allows(const char *url, struct error *error)
{
    (void)url, (void)error;
    return true;
}

static void
give(struct http_answer *answer, int status, const void *body, size_t length)
{
    *answer = (struct http_answer){.status = status, .retry_after_s = -1};
    answer->body = memory_allocate(length + 1, 1);
    memcpy(answer->body, body, length);
    answer->body_length = length;
}

/* The next answer of the input; without a status the line is cut. */
bool
http_client_send(struct http_client *client, const struct http_request *request,
                 struct http_answer *answer, struct error *error)
{
    static const char token[] = "{\"access_token\":\"a\",\"expires_in\":3600}";
    const uint8_t *stop;
    int status = 0;

    *answer = (struct http_answer){.retry_after_s = -1};
    if (strstr(request->url, "connect/token") != NULL) {
        give(answer, 200, token, sizeof(token) - 1);
        return true;
    }
    stop = client->at < client->end
               ? memchr(client->at, '\f', (size_t)(client->end - client->at))
               : NULL;
    stop = stop != NULL ? stop : client->end;
    for (int i = 0;
         i < 3 && client->at < stop && *client->at >= '0' && *client->at <= '9'; i++)
    {
        status = status * 10 + (*client->at++ - '0');
    }
    if (text_equal(request->method, "POST")) {
        struct json *body = json_parse(request->body, request->body_length, error);

        client->bookings += status != 401;
        if (body == NULL || client->bookings > 1) {
            abort();
        }
        json_destroy(body);
    }
    if (status >= 100) {
        give(answer, status, client->at, (size_t)(stop - client->at));
    }
    client->at = stop < client->end ? stop + 1 : stop;
    return status >= 100 || error_set(error, ERROR_UNCERTAIN, "no answer");
}

void
http_answer_finish(struct http_answer *answer)
{
    free(answer->body);
    *answer = (struct http_answer){.retry_after_s = -1};
}

/* --- what may come out ------------------------------------------------------------ */

static void
must(bool holds)
{
    if (!holds) {
        abort();
    }
}

static void
check_appointment(const struct appointment *appointment)
{
    must(appointment->id[0] != '\0' && text_is_clean(appointment->id));
    must(text_is_clean(appointment->location) && text_is_clean(appointment->check_in));
    must(appointment->item_count <= APPOINTMENT_ITEMS_MAX);
    for (size_t i = 0; i < appointment->item_count; i++) {
        must(appointment->items[i].persons >= 1 &&
             appointment->items[i].persons <= APPOINTMENT_PERSONS_MAX &&
             text_is_clean(appointment->items[i].product));
    }
}

static const struct appointment_wish wish = {
    .location = "l", .items = {{"p", 2}, {"q", 1}}, .item_count = 2};
static const struct date from = {2027, 3, 1}, to = {2027, 6, 30};

static bool
ask_lists(struct appointment_client *client, char what, struct error *error)
{
    const struct appointment_operations *operations = client->operations;
    struct appointment_product *products = NULL;
    struct appointment_location *locations = NULL;
    struct appointment_time *times = NULL;
    struct appointment_day *days = NULL;
    size_t count = 0;
    bool good = true;

    if (what == 'p') {
        good = operations->products(client->maker, &wish, &products, &count, error);
        for (size_t i = 0; good && i < count; i++) {
            must(products[i].id[0] != '\0' && text_is_clean(products[i].id) &&
                 text_is_clean(products[i].name) && products[i].minutes >= 0);
        }
    } else if (what == 'l') {
        good = operations->locations(client->maker, &wish, &locations, &count, error);
        for (size_t i = 0; good && i < count; i++) {
            must(locations[i].id[0] != '\0' && text_is_clean(locations[i].id) &&
                 text_is_clean(locations[i].name) &&
                 text_is_clean(locations[i].street) &&
                 text_is_clean(locations[i].postcode) &&
                 text_is_clean(locations[i].city));
        }
    } else if (what == 't') {
        good = operations->times(client->maker, &wish, from, &times, &count, error);
        for (size_t i = 1; good && i < count; i++) {
            must(times[i].start > times[i - 1].start);
        }
    } else {
        good = operations->days(client->maker, &wish, from, to, &days, &count, error);
        for (size_t i = 0; good && i < count; i++) {
            must(days[i].free >= 0 && date_compare(days[i].date, from) >= 0 &&
                 date_compare(days[i].date, to) <= 0);
        }
    }
    must(good || (products == NULL && locations == NULL && times == NULL && !days));
    free(products);
    free(locations);
    free(times);
    free(days);
    return good;
}

static bool
ask(struct appointment_client *client, char what, struct error *error)
{
    const struct appointment_operations *operations = client->operations;
    const struct appointment_booking booking = {
        .wish = wish,
        .start = 1803888000,
        .values = {{"lastName", "Jansen"}, {"birthDate", "1960-02-29"}},
        .value_count = 2,
    };
    struct appointment_field fields[APPOINTMENT_FIELDS_MAX];
    struct appointment appointment;
    struct appointment_moved moved;
    size_t count = 0;
    int minutes = 0;
    bool good;

    switch (what) {
    case 'm':
        good = operations->minutes(client->maker, &wish, from, &minutes, error);
        must(!good || minutes >= 1);
        return good;
    case 'f':
        good = operations->fields(client->maker, &wish, fields, &count, error);
        must(!good || count <= APPOINTMENT_FIELDS_MAX);
        return good;
    case 'b':
        good = operations->book(client->maker, &booking, &appointment, error);
        break;
    case 's':
        good = operations->show(client->maker, "x", &appointment, error);
        break;
    case 'c':
        return operations->cancel(client->maker, "x", error);
    case 'v':
        good = operations->move(client->maker, "x", "", 1803888000, &moved, error);
        appointment = moved.appointment;
        break;
    default:
        return ask_lists(client, what, error);
    }
    if (good) {
        check_appointment(&appointment);
    }
    return good;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static const struct jcc_options options = {
        .url = "https://jcc.example/", .client_id = "a", .client_secret = "b"};
    struct error error = {ERROR_NONE, ""};
    struct appointment_client *client;

    if (size == 0) {
        return 0;
    }
    http = (struct http_client){.at = data + 1, .end = data + size};
    client = appointment_jcc_create(&options, &error);
    must(client != NULL);
    if (!ask(client, (char)data[0], &error)) {
        must(error.kind != ERROR_NONE && error.message[0] != '\0' &&
             text_is_clean(error.message) && strstr(error.message, "Jansen") == NULL);
    }
    appointment_client_destroy(client);
    return 0;
}
