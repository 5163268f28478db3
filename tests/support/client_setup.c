#include "client_setup.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "appointment/backoffice.h"
#include "base/http_client.h"
#include "base/time.h"

struct appointment_client *
client_setup_client(const char *url, const struct sign_key *key)
{
    const struct backoffice_options options = {.url = url, .key = key};
    struct error error;
    struct appointment_client *client = appointment_backoffice_create(&options, &error);

    assert_non_null(client);
    return client;
}

int
client_setup_begin(void **state)
{
    struct client_setup *setup = test_calloc(1, sizeof(*setup));

    book_setup_clock = 0; /* requests are signed with the wall clock's time */
    book_setup_begin(&setup->book);
    book_server_claim(&setup->book, "linde-1", &setup->key);
    book_server_start(&setup->server, &setup->book, 0, 0);
    setup->client = client_setup_client(setup->server.url, &setup->key);
    *state = setup;
    return 0;
}

int
client_setup_end(void **state)
{
    struct client_setup *setup = *state;

    appointment_client_destroy(setup->client);
    if (setup->server.process != 0) {
        book_server_kill(&setup->server);
    }
    book_setup_check(&setup->book);
    book_setup_end(&setup->book);
    test_free(setup);
    return 0;
}

/* In three weeks: clear of exceptions, lead time and horizon. */
struct date
client_setup_day(void)
{
    return date_add(date_from_days(time_now_s() / 86400), 21);
}

struct appointment_wish
client_setup_wish(void)
{
    return (struct appointment_wish){
        .location = "linde", .items = {{"paspoort", 1}}, .item_count = 1};
}

/* The n-th time of that day, from the book itself. */
int64_t
client_setup_time(struct client_setup *setup, size_t n)
{
    const struct appointment_wish wish = client_setup_wish();
    struct appointment_time *times;
    struct error error = {0};
    size_t count;
    int64_t start;

    if (!ASK(setup, times, &wish, client_setup_day(), &times, &count, &error)) {
        fail_msg("%s", error.message);
    }
    assert_true(n < count);
    start = times[n].start;
    free(times);
    return start;
}

struct appointment_booking
client_setup_booking(int64_t start)
{
    struct appointment_booking booking = {
        .wish = client_setup_wish(),
        .start = start,
        .values = {{"lastName", "Jansen \"de Ünver\""}, {"phoneNumber", "0612345678"}},
        .value_count = 2,
    };

    appointment_key_make(booking.key);
    return booking;
}

int64_t
client_setup_number(struct client_setup *setup, const char *sql)
{
    return book_setup_number(&setup->book, sql);
}

static void
copy_header(const struct scripted_request *request, const char *name, char *line,
            size_t size)
{
    char value[400] = "";

    scripted_header(request, name, value, sizeof(value));
    snprintf(line, size, "%s: %s", name, value);
}

char *
client_setup_answer_lossy(void *data, const struct scripted_request *request)
{
    struct client_lossy *lossy = data;
    struct http_client *http = http_client_create();
    char digest[500], input[500], signature[500], method[16], target[400], url[500];
    const char *const headers[] = {digest, input, signature,
                                   "Content-Type: application/json", NULL};
    struct http_request forward = {
        .method = method,
        .url = url,
        .headers = headers,
        .body = request->body_length > 0 ? request->body : NULL,
        .body_length = request->body_length,
    };
    struct http_answer answer = {0};
    struct error error;
    char *text = NULL;

    copy_header(request, "Content-Digest", digest, sizeof(digest));
    copy_header(request, "Signature-Input", input, sizeof(input));
    copy_header(request, "Signature", signature, sizeof(signature));
    if (sscanf(request->head, "%15s %399s", method, target) == 2) {
        snprintf(url, sizeof(url), "%s%s", lossy->url, target);
        if (http_client_send(http, &forward, &answer, &error)) {
            lossy->carried++;
            if (lossy->to_lose > 0) {
                lossy->to_lose--;
            } else {
                text = scripted_text(answer.status,
                                     "Content-Type: application/json\r\n", answer.body);
            }
        }
    }
    http_answer_finish(&answer);
    http_client_destroy(http);
    return text;
}
