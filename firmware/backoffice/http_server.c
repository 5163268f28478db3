#include "backoffice/http_server.h"

#include <arpa/inet.h>
#include <assert.h>
#include <netdb.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/socket.h>

#include <microhttpd.h>

#include "backoffice/http_route.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

#define LOG_MODULE "http"
#include "base/log.h"

#define API_VERSION "1.0.0"
#define TABLES_MAX 12
/* Handlers wait for a shared commit: as many can share it as there are threads. */
#define THREADS 16
/* Below 64 KiB a batch of events costs twice the time (FACTS §10). */
#define CONNECTION_BYTES (64 * 1024)
#define CONNECTIONS_MAX 1024
/* A silent connection ends; so does a request that takes longer than this in all. */
#define SILENCE_S 30
#define REQUEST_S 120
/*
 * A refused body up to this size is read to its end first: answering and closing in
 * the middle makes the other side's kernel throw the answer away.
 */
#define DRAIN_BYTES_MAX (8 * 1024 * 1024)
#define PEM_BYTES_MAX (256 * 1024)

struct http_server {
    struct route_table tables[TABLES_MAX];
    size_t table_count;
    struct MHD_Daemon *daemon;
    char *certificate, *key;
    int64_t (*clock)(void);
    int port;
};

/* One request on its way in. */
struct exchange {
    struct http_server *server;
    struct MHD_Connection *connection;
    char *target, *path;
    char peer[INET6_ADDRSTRLEN];
    bool begun, refused;
    int64_t begun_ms;
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

/* --- answering ---------------------------------------------------------------- */

static void
answer_finish(struct http_server_answer *answer)
{
    free(answer->body);
    memset(answer, 0, sizeof(*answer));
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
    MHD_add_response_header(response, "Cache-Control", "no-store");
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

/* --- what is refused before any handler sees it ------------------------------- */

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
        http_server_answer_problem(answer, 400, "A header has a name that is no name.");
        return false;
    }
    for (size_t i = 0; i < SINGLE_COUNT; i++) {
        if (framing.seen[i] > 1) {
            http_server_answer_problem(answer, 400, "The header %s stands there twice.",
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
    struct http_server *server = exchange->server;
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

/* --- one request, call by call ------------------------------------------------ */

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
    if (time_steady_ms() - exchange->begun_ms > REQUEST_S * 1000) {
        return MHD_NO;
    }
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

    if (!exchange->refused) {
        request.now_s = exchange->server->clock();
        memcpy(request.parameters, exchange->search.parameters,
               sizeof(request.parameters));
        route->handle(exchange->search.data, &request, &exchange->answer);
    }
    return exchange_answer(exchange);
}

static void *
exchange_create(void *data, const char *target, struct MHD_Connection *connection)
{
    struct exchange *exchange = memory_allocate(1, sizeof(*exchange));

    exchange->server = data;
    exchange->connection = connection;
    exchange->begun_ms = time_steady_ms();
    exchange->target = memory_copy_text(target);
    exchange->path = memory_copy_text(target);
    exchange->path[strcspn(exchange->path, "?")] = '\0';
    return exchange;
}

static enum MHD_Result
serve(void *data, struct MHD_Connection *connection, const char *url,
      const char *method, const char *version, const char *upload, size_t *upload_size,
      void **state)
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

static void
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

/* --- life --------------------------------------------------------------------- */

struct http_server *
http_server_create(void)
{
    return memory_allocate(1, sizeof(struct http_server));
}

void
http_server_add(struct http_server *server, const struct http_route *routes,
                size_t count, void *data)
{
    assert(server->daemon == NULL && server->table_count < TABLES_MAX);
    server->tables[server->table_count++] =
        (struct route_table){.routes = routes, .count = count, .data = data};
}

static bool
is_loopback(const struct sockaddr *address)
{
    if (address->sa_family == AF_INET) {
        const struct sockaddr_in *in = (const void *)address;

        return (ntohl(in->sin_addr.s_addr) >> 24) == 127;
    }
    return address->sa_family == AF_INET6 &&
           IN6_IS_ADDR_LOOPBACK(
               &((const struct sockaddr_in6 *)(const void *)address)->sin6_addr);
}

static struct addrinfo *
resolve(const struct http_server_options *options, struct error *error)
{
    struct addrinfo hints = {.ai_family = AF_UNSPEC,
                             .ai_socktype = SOCK_STREAM,
                             .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE};
    struct addrinfo *found = NULL;
    char port[8];

    snprintf(port, sizeof(port), "%d", options->port);
    if (getaddrinfo(options->address, port, &hints, &found) != 0) {
        error_set(error, ERROR_BAD_INPUT, "listen: \"%s\" is no numeric address",
                  options->address);
        return NULL;
    }
    return found;
}

static bool
read_certificate(struct http_server *server, const struct http_server_options *options,
                 const struct sockaddr *address, struct error *error)
{
    bool wanted = options->certificate_path != NULL && options->certificate_path[0];
    size_t length;

    if (!wanted) {
        return is_loopback(address) ||
               error_set(error, ERROR_REFUSED,
                         "listen: %s is not loopback and needs a certificate and key",
                         options->address);
    }
    server->certificate =
        file_read(options->certificate_path, PEM_BYTES_MAX, &length, error);
    if (server->certificate == NULL) {
        return error_prefix(error, "certificate");
    }
    if (options->key_path == NULL || options->key_path[0] == '\0') {
        return error_set(error, ERROR_BAD_INPUT, "certificate: needs its key");
    }
    server->key = file_read(options->key_path, PEM_BYTES_MAX, &length, error);
    return server->key != NULL || error_prefix(error, "key");
}

static void log_library(void *data, const char *format, va_list arguments)
    __attribute__((format(printf, 2, 0)));

static void
log_library(void *data, const char *format, va_list arguments)
{
    const struct http_server *server = data;
    char line[300];

    vsnprintf(line, sizeof(line), format, arguments);
    line[strcspn(line, "\n")] = '\0';
    if (server->daemon == NULL) {
        log_warning("%s", line); /* why it can't start: a key that does not fit, … */
    } else {
        log_debug("%s", line);
    }
}

static bool
daemon_start(struct http_server *server, const struct sockaddr *address)
{
    const struct MHD_OptionItem tls[] = {
        {MHD_OPTION_HTTPS_MEM_CERT, 0, server->certificate},
        {MHD_OPTION_HTTPS_MEM_KEY, 0, server->key},
        {MHD_OPTION_END, 0, NULL},
    };
    const struct MHD_OptionItem none[] = {{MHD_OPTION_END, 0, NULL}};
    bool secure = server->certificate != NULL;
    unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG |
                     (secure ? (unsigned)MHD_USE_TLS : 0U) |
                     (address->sa_family == AF_INET6 ? (unsigned)MHD_USE_IPv6 : 0U);

    server->daemon = MHD_start_daemon(
        flags, 0, NULL, NULL, serve, server, MHD_OPTION_EXTERNAL_LOGGER, log_library,
        server, MHD_OPTION_SOCK_ADDR, address, MHD_OPTION_THREAD_POOL_SIZE,
        (unsigned)THREADS, MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_S,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, exchange_create,
        server, MHD_OPTION_NOTIFY_COMPLETED, exchange_destroy, NULL, MHD_OPTION_ARRAY,
        secure ? tls : none, MHD_OPTION_END);
    return server->daemon != NULL;
}

bool
http_server_start(struct http_server *server, const struct http_server_options *options,
                  struct error *error)
{
    struct addrinfo *found = resolve(options, error);
    const union MHD_DaemonInfo *info;
    bool started;

    if (found == NULL) {
        return false;
    }
    server->clock = options->clock != NULL ? options->clock : time_now_s;
    if (!read_certificate(server, options, found->ai_addr, error)) {
        freeaddrinfo(found);
        return false;
    }
    started = daemon_start(server, found->ai_addr);
    freeaddrinfo(found);
    if (!started) {
        return error_set(error, ERROR_OFFLINE, "listen: cannot listen on %s port %d%s",
                         options->address, options->port,
                         server->certificate == NULL
                             ? ""
                             : ", or the certificate and its key do not fit");
    }
    info = MHD_get_daemon_info(server->daemon, MHD_DAEMON_INFO_BIND_PORT);
    server->port = info != NULL ? info->port : options->port;
    return true;
}

int
http_server_port(const struct http_server *server)
{
    return server->port;
}

void
http_server_destroy(struct http_server *server)
{
    if (server == NULL) {
        return;
    }
    if (server->daemon != NULL) {
        MHD_stop_daemon(server->daemon);
    }
    if (server->key != NULL) {
        memory_wipe(server->key, strlen(server->key));
    }
    free(server->key);
    free(server->certificate);
    free(server);
}
