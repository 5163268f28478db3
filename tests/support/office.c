#include "office.h"

#include <arpa/inet.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "backoffice/fleet.h"
#include "base/memory.h"
#include "base/signed_request.h"
#include "base/text.h"
#include "usage/wire.h"
#include "usage_stream.h"

int64_t test_office_time = TEST_NOW;

static int64_t
clock_of_test(void)
{
    return test_office_time;
}

void
test_office_up(struct test_office *office)
{
    const struct http_server_options options = {.address = "127.0.0.1",
                                                .clock = clock_of_test};
    struct error error = {0};
    const struct http_route *routes;
    size_t route_count;

    office->office.zone = zone_open("Europe/Amsterdam", &error);
    office->office.store = store_open(office->database, clock_of_test, &error);
    office->office.openapi = "{}";
    if (office->office.zone == NULL || office->office.store == NULL ||
        !office_open_keys(&office->office, office->database, &error))
    {
        fail_msg("%s", error.message);
    }
    office->server = http_server_create();
    office_add_routes(office->server, &office->office);
    office->hand_overs =
        hand_overs_create(&(struct hand_over_options){.store = office->office.store,
                                                      .zone = office->office.zone,
                                                      .valid_days = HAND_OVER_DAYS});
    routes = hand_over_routes(&route_count);
    http_server_add(office->server, routes, route_count, office->hand_overs);
    if (!http_server_start(office->server, &options, &error)) {
        fail_msg("%s", error.message);
    }
    snprintf(office->url, sizeof(office->url), "http://127.0.0.1:%d",
             http_server_port(office->server));
}

void
test_office_down(struct test_office *office)
{
    http_server_destroy(office->server);
    hand_overs_destroy(office->hand_overs);
    store_close(office->office.store);
    zone_close((struct zone *)(uintptr_t)office->office.zone);
    office->server = NULL;
    office->office.store = NULL;
    office->office.zone = NULL;
}

void
test_office_start(struct test_office *office)
{
    memset(office, 0, sizeof(*office));
    test_office_time = TEST_NOW;
    sign_start();
    test_folder_make(office->folder);
    snprintf(office->database, sizeof(office->database), "%s/office.db",
             office->folder);
    test_office_up(office);
}

void
test_office_stop(struct test_office *office)
{
    test_office_down(office);
    test_folder_remove(office->folder);
}

void
test_office_claim(struct test_office *office, const char *name, struct sign_key *key)
{
    struct fleet_kiosk kiosk = {.location = "linde"};
    struct error error = {0};

    sign_key_generate(key);
    snprintf(kiosk.name, sizeof(kiosk.name), "%s", name);
    memcpy(kiosk.public_key, key->public_key, sizeof(kiosk.public_key));
    if (!fleet_claim(office->office.store, "", &kiosk, &error)) {
        fail_msg("%s", error.message);
    }
}

void
test_office_token(struct test_office *office, enum fleet_role role, char header[120])
{
    char token[IDENTITY_TOKEN_BYTES];
    struct error error = {0};

    if (!fleet_token_create(office->office.store, role, token, &error)) {
        fail_msg("%s", error.message);
    }
    snprintf(header, 120, "Authorization: Bearer %s", token);
}

int
test_office_ask(struct test_office *office, const struct test_request *request,
                struct http_answer *answer)
{
    const char *headers[12] = {NULL};
    const char *body = request->body == NULL ? "" : request->body;
    struct signed_request signature;
    struct http_client *client = http_client_create();
    struct error error = {0};
    char url[512];
    size_t count = 0;

    memset(answer, 0, sizeof(*answer));
    snprintf(url, sizeof(url), "%s%s", office->url, request->target);
    for (size_t i = 0; i < 6 && request->headers[i] != NULL; i++) {
        headers[count++] = request->headers[i];
    }
    if (request->key != NULL) {
        signed_request_make(&signature, request->key, request->method, request->target,
                            body, strlen(body), test_office_time);
        headers[count++] = signature.digest;
        headers[count++] = signature.input;
        headers[count++] = signature.signature;
    }
    if (!http_client_send(client,
                          &(struct http_request){.method = request->method,
                                                 .url = url,
                                                 .headers = headers,
                                                 .body = request->body,
                                                 .body_length = strlen(body)},
                          answer, &error))
    {
        fail_msg("%s", error.message);
    }
    http_client_destroy(client);
    return answer->status;
}

int
test_office_status(struct test_office *office, const struct test_request *request)
{
    struct http_answer answer;
    int status = test_office_ask(office, request, &answer);

    http_answer_finish(&answer);
    return status;
}

int
test_office_send(struct test_office *office, const struct sign_key *key,
                 const struct outbox_batch *batch, struct http_answer *answer)
{
    char chain[100], target[64], link[2 * HASH_BYTES + 1];
    struct test_request request = {
        .method = "POST", .target = target, .key = key, .body = batch->text};

    text_hex_encode(link, batch->before, HASH_BYTES);
    snprintf(chain, sizeof(chain), WIRE_CHAIN_HEADER ": %s", link);
    snprintf(target, sizeof(target), WIRE_EVENTS_PATH);
    if (batch->resume) {
        snprintf(target, sizeof(target),
                 WIRE_EVENTS_PATH "?" WIRE_RESUME_PARAMETER "=%lld",
                 (long long)batch->first);
    }
    request.headers[0] = chain;
    request.headers[1] = "Content-Type: " WIRE_BATCH_CONTENT_TYPE;
    return test_office_ask(office, &request, answer);
}

static bool
is_whole_answer(const char *answer)
{
    const char *length = strstr(answer, "Content-Length: ");
    const char *body = strstr(answer, "\r\n\r\n");

    return body != NULL &&
           strlen(body + 4) >= (length == NULL ? 0 : (size_t)atoll(length + 16));
}

int
test_office_connect(const struct test_office *office)
{
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port =
                                      htons((uint16_t)http_server_port(office->server)),
                                  .sin_addr = {htonl(INADDR_LOOPBACK)}};
    int fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

    assert_return_code(fd, 0);
    assert_return_code(connect(fd, (const void *)&address, sizeof(address)), 0);
    return fd;
}

char *
test_office_raw(struct test_office *office, const char *bytes, size_t length,
                enum test_listen listen)
{
    int fd = test_office_connect(office);
    char *answer = memory_allocate(65536, 1);
    size_t got = 0;
    ssize_t count;

    while (length > 0) {
        count = send(fd, bytes, length, MSG_NOSIGNAL);
        if (count <= 0) {
            break; /* it had enough of us */
        }
        bytes += count;
        length -= (size_t)count;
    }
    while (listen != LISTEN_NOT && got < 65535 &&
           !(listen == LISTEN_ANSWER && is_whole_answer(answer)) &&
           (count = recv(fd, answer + got, 65535 - got, 0)) > 0)
    {
        got += (size_t)count;
    }
    close(fd);
    return answer;
}

static char *
run_sqlite(const char *database, const char *sql)
{
    char command[1024];
    char *text = memory_allocate(1, 1);
    size_t length = 0, count;
    char piece[4096];
    FILE *pipe;

    snprintf(command, sizeof(command), "sqlite3 '%s' \"%s\"", database, sql);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    while ((count = fread(piece, 1, sizeof(piece), pipe)) > 0) {
        text = memory_resize(text, length + count + 1, 1);
        memcpy(text + length, piece, count);
        length += count;
        text[length] = '\0';
    }
    assert_int_equal(pclose(pipe), 0);
    return text;
}

char *
test_office_dump(const struct test_office *office)
{
    return run_sqlite(office->database, ".dump");
}

int64_t
test_office_number(const struct test_office *office, const char *sql)
{
    char *text = run_sqlite(office->database, sql);
    int64_t number = strtoll(text, NULL, 10);

    free(text);
    return number;
}

char *
test_command_run(const char *arguments, int *status)
{
    enum { OUTPUT_BYTES = 65536 };
    const char *build = getenv("BUILD");
    char command[800];
    char *text = memory_allocate(OUTPUT_BYTES, 1);
    FILE *pipe;

    snprintf(command, sizeof(command), "%s/san/loketzuilctl %s 2>&1",
             build == NULL ? "build" : build, arguments);
    pipe = popen(command, "r");
    assert_non_null(pipe);
    text[fread(text, 1, OUTPUT_BYTES - 1, pipe)] = '\0';
    *status = pclose(pipe) >> 8;
    return text;
}
