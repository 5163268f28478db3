#include "backoffice/http_exchange.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

#define API_VERSION "1.0.0"
/* A long list over a slow line is still taken whole. */
#define ANSWER_S 600
/*
 * A refused body up to this size is read to its end first: answering and closing in
 * the middle makes the other side's kernel throw the answer away.
 */
#define DRAIN_BYTES_MAX (8 * 1024 * 1024)

/* One request on its way in. */
struct exchange {
    const struct exchange_server *server;
    struct MHD_Connection *connection;
    struct watched *watched; /* the connection's time limit */
    char *target, *path;
    char peer[INET6_ADDRSTRLEN];
    bool begun, refused;
    size_t body_max;
    char *body;
    size_t length, capacity;
    struct route_search search;
    struct http_server_answer answer;
};

const char *
http_server_header(const struct http_server_request *request, const char *name)
{
    const struct exchange *exchange = request->exchange;

    return MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND, name);
}

const char *
http_server_query(const struct http_server_request *request, const char *name)
{
    const struct exchange *exchange = request->exchange;

    return MHD_lookup_connection_value(exchange->connection, MHD_GET_ARGUMENT_KIND,
                                       name);
}

/* --- answering ------------------------------------------------------------------ */

static void
answer_finish(struct http_server_answer *answer)
{
    free(answer->body);
    memset(answer, 0, sizeof(*answer));
}

static bool
says(const struct http_server_answer *answer, const char *name)
{
    for (size_t i = 0; i < answer->header_count; i++) {
        if (strcasecmp(answer->headers[i].name, name) == 0) {
            return true;
        }
    }
    return false;
}

static enum MHD_Result
exchange_answer(struct exchange *exchange)
{
    struct http_server_answer *answer = &exchange->answer;
    struct MHD_Response *response;
    enum MHD_Result result;

    if (answer->status == 0) {
        answer->status = 204;
    }
    response = MHD_create_response_from_buffer(answer->body_length, answer->body,
                                               MHD_RESPMEM_MUST_FREE);
    if (response == NULL) {
        answer_finish(answer);
        return MHD_NO;
    }
    answer->body = NULL; /* the response's now */
    MHD_add_response_header(response, "API-Version", API_VERSION);
    if (!says(answer, "Cache-Control")) {
        MHD_add_response_header(response, "Cache-Control", "no-store");
    }
    MHD_add_response_header(response, "X-Content-Type-Options", "nosniff");
    if (answer->content_type[0] != '\0') {
        MHD_add_response_header(response, "Content-Type", answer->content_type);
    }
    for (size_t i = 0; i < answer->header_count; i++) {
        MHD_add_response_header(response, answer->headers[i].name,
                                answer->headers[i].value);
    }
    result =
        MHD_queue_response(exchange->connection, (unsigned)answer->status, response);
    MHD_destroy_response(response);
    return result;
}

/* --- what is refused before any handler sees it --------------------------------- */

/* Headers of which two would mean that two readers may see two requests. */
static const char *const single_headers[] = {
    "content-length", "host",
    "authorization",  "content-type",
    "content-digest", "signature-input",
    "signature",      "content-encoding",
};
#define SINGLE_COUNT (sizeof(single_headers) / sizeof(single_headers[0]))

struct framing {
    int seen[SINGLE_COUNT];
    bool transfer_encoding, bad_name;
    const char *length;
};

static bool
is_token(const char *name)
{
    static const char token[] = "!#$%&'*+-.^_`|~0123456789"
                                "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";

    return name[0] != '\0' && name[strspn(name, token)] == '\0';
}

static enum MHD_Result
note_header(void *data, enum MHD_ValueKind kind, const char *name, const char *value)
{
    struct framing *framing = data;

    (void)kind;
    if (!is_token(name)) {
        framing->bad_name = true;
    }
    if (strcasecmp(name, "transfer-encoding") == 0) {
        framing->transfer_encoding = true;
    }
    for (size_t i = 0; i < SINGLE_COUNT; i++) {
        framing->seen[i] += strcasecmp(name, single_headers[i]) == 0;
    }
    if (strcasecmp(name, "content-length") == 0) {
        framing->length = value == NULL ? "" : value;
    }
    return MHD_YES;
}

/* How long the body is; false, with the problem as answer, when that is in doubt. */
static bool
body_length(struct exchange *exchange, uint64_t *length)
{
    struct http_server_answer *answer = &exchange->answer;
    struct framing framing = {0};

    *length = 0;
    MHD_get_connection_values(exchange->connection, MHD_HEADER_KIND, note_header,
                              &framing);
    if (framing.bad_name) {
        http_server_answer_problem(answer, 400, "A header has no proper name.");
        return false;
    }
    for (size_t i = 0; i < SINGLE_COUNT; i++) {
        if (framing.seen[i] > 1) {
            http_server_answer_problem(answer, 400, "The header %s was sent twice.",
                                       single_headers[i]);
            return false;
        }
    }
    if (framing.transfer_encoding) {
        http_server_answer_problem(answer, framing.length != NULL ? 400 : 411,
                                   "Send a Content-Length and no Transfer-Encoding.");
        return false;
    }
    if (framing.length == NULL) {
        return true;
    }
    if (framing.length[0] == '\0' || strlen(framing.length) > 15 ||
        framing.length[strspn(framing.length, "0123456789")] != '\0')
    {
        http_server_answer_problem(answer, 400, "Content-Length is not a number.");
        return false;
    }
    *length = strtoull(framing.length, NULL, 10);
    return true;
}

static bool
route_request(struct exchange *exchange, const char *method, uint64_t length)
{
    const struct exchange_server *server = exchange->server;
    struct http_server_answer *answer = &exchange->answer;
    const char *wanted = strcmp(method, "HEAD") == 0 ? "GET" : method;

    switch (route_find(server->tables, server->table_count, wanted, exchange->path,
                       &exchange->search))
    {
    case ROUTE_UNKNOWN:
        http_server_answer_problem(answer, 404, "There is nothing at this address.");
        return false;
    case ROUTE_BAD_PATH:
        http_server_answer_problem(answer, 400,
                                   "The address has a part that cannot be read.");
        return false;
    case ROUTE_WRONG_METHOD:
        http_server_answer_problem(answer, 405, "This address takes %s only.",
                                   exchange->search.allow);
        http_server_answer_header(answer, "Allow", exchange->search.allow);
        return false;
    case ROUTE_FOUND:
    default:
        break;
    }
    exchange->body_max = exchange->search.route->body_max;
    if (length > exchange->body_max) {
        http_server_answer_problem(
            answer, 413, "The body has %llu bytes; at most %zu are taken here.",
            (unsigned long long)length, exchange->body_max);
        return false;
    }
    return true;
}

/* --- one request, call by call -------------------------------------------------- */

static void
note_peer(struct exchange *exchange)
{
    const union MHD_ConnectionInfo *info = MHD_get_connection_info(
        exchange->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);
    socklen_t size = sizeof(struct sockaddr_in);

    if (info == NULL || info->client_addr == NULL) {
        return;
    }
    if (info->client_addr->sa_family == AF_INET6) {
        size = sizeof(struct sockaddr_in6);
    }
    if (getnameinfo(info->client_addr, size, exchange->peer, sizeof(exchange->peer),
                    NULL, 0, NI_NUMERICHOST) != 0)
    {
        exchange->peer[0] = '\0';
    }
}

/* At the end of the headers. Answering here also ends the connection. */
static enum MHD_Result
exchange_begin(struct exchange *exchange, const char *method)
{
    uint64_t length;

    exchange->begun = true;
    note_peer(exchange);
    if (!body_length(exchange, &length)) {
        return exchange_answer(exchange);
    }
    if (!route_request(exchange, method, length)) {
        exchange->refused = true;
        if (length > DRAIN_BYTES_MAX ||
            MHD_lookup_connection_value(exchange->connection, MHD_HEADER_KIND,
                                        "Expect") != NULL)
        {
            return exchange_answer(exchange);
        }
    }
    return MHD_YES;
}

static enum MHD_Result
exchange_take(struct exchange *exchange, const char *bytes, size_t count)
{
    if (exchange->refused) {
        return MHD_YES;
    }
    if (exchange->length + count > exchange->body_max) {
        return MHD_NO; /* more than its own Content-Length */
    }
    if (exchange->length + count + 1 > exchange->capacity) {
        exchange->capacity = 2 * (exchange->length + count + 1);
        exchange->body = memory_resize(exchange->body, exchange->capacity, 1);
    }
    memcpy(exchange->body + exchange->length, bytes, count);
    exchange->length += count;
    exchange->body[exchange->length] = '\0';
    return MHD_YES;
}

static enum MHD_Result
exchange_finish(struct exchange *exchange, const char *method)
{
    const struct http_route *route = exchange->search.route;
    bool is_head = strcmp(method, "HEAD") == 0;
    struct http_server_request request = {
        .method = is_head ? "GET" : method,
        .is_head = is_head,
        .target = exchange->target,
        .path = exchange->path,
        .peer = exchange->peer,
        .body = exchange->body != NULL ? exchange->body : "",
        .body_length = exchange->length,
        .exchange = exchange,
    };

    /* From here on it is our time and not theirs. */
    deadline_set(exchange->server->deadlines, exchange->watched, DEADLINE_NONE);
    if (!exchange->refused) {
        request.now_s = exchange->server->clock();
        memcpy(request.parameters, exchange->search.parameters,
               sizeof(request.parameters));
        route->handle(exchange->search.data, &request, &exchange->answer);
    }
    deadline_set(exchange->server->deadlines, exchange->watched,
                 time_steady_ms() + ANSWER_S * 1000);
    return exchange_answer(exchange);
}

static struct watched *
watched_of(struct MHD_Connection *connection)
{
    const union MHD_ConnectionInfo *info =
        MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

    assert(info != NULL);
    return info->socket_context;
}

void *
exchange_create(void *data, const char *target, struct MHD_Connection *connection)
{
    struct exchange *exchange = memory_allocate(1, sizeof(*exchange));

    exchange->server = data;
    exchange->connection = connection;
    exchange->watched = watched_of(connection);
    exchange->target = memory_copy_text(target);
    exchange->path = memory_copy_text(target);
    exchange->path[strcspn(exchange->path, "?")] = '\0';
    return exchange;
}

enum MHD_Result
exchange_serve(void *data, struct MHD_Connection *connection, const char *url,
               const char *method, const char *version, const char *upload,
               size_t *upload_size, void **state)
{
    struct exchange *exchange = *state;

    (void)data;
    (void)connection;
    (void)url;
    (void)version;
    if (!exchange->begun) {
        return exchange_begin(exchange, method);
    }
    if (*upload_size > 0) {
        size_t count = *upload_size;

        *upload_size = 0;
        return exchange_take(exchange, upload, count);
    }
    return exchange_finish(exchange, method);
}

void
exchange_destroy(void *data, struct MHD_Connection *connection, void **state,
                 enum MHD_RequestTerminationCode code)
{
    struct exchange *exchange = *state;

    (void)data;
    (void)connection;
    (void)code;
    if (exchange == NULL) {
        return;
    }
    /* The next request on this connection. */
    deadline_set(exchange->server->deadlines, exchange->watched,
                 time_steady_ms() + exchange->server->request_ms);
    if (exchange->body != NULL) {
        memory_wipe(exchange->body, exchange->capacity);
    }
    free(exchange->body);
    free(exchange->target);
    free(exchange->path);
    answer_finish(&exchange->answer);
    free(exchange);
    *state = NULL;
}

void
exchange_connection(void *data, struct MHD_Connection *connection, void **context,
                    enum MHD_ConnectionNotificationCode what)
{
    const struct exchange_server *server = data;

    if (what == MHD_CONNECTION_NOTIFY_STARTED) {
        const union MHD_ConnectionInfo *info =
            MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);

        assert(info != NULL);
        *context = deadline_add(server->deadlines, info->connect_fd,
                                time_steady_ms() + server->request_ms);
    } else {
        deadline_remove(server->deadlines, *context);
    }
}
