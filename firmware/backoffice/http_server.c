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

#include "backoffice/http_exchange.h"
#include "base/file.h"
#include "base/memory.h"
#include "base/text.h"
#include "base/time.h"

#define LOG_MODULE "http"
#include "base/log.h"

/* Handlers wait for a shared commit: as many can share it as there are threads. */
#define THREADS 16
/* Below 64 KiB a batch of events costs twice the time (FACTS §10). */
#define CONNECTION_BYTES (64 * 1024)
#define CONNECTIONS_MAX 1024
/*
 * A silent connection ends; so does one that sends a byte now and then, but no whole
 * request in this time.
 */
#define SILENCE_S 30
#define REQUEST_S 120
#define PEM_BYTES_MAX (256 * 1024)

struct http_server {
    struct exchange_server exchanges;
    struct MHD_Daemon *daemon;
    char *certificate, *key;
    int port;
};

/* --- life ----------------------------------------------------------------------- */

struct http_server *
http_server_create(void)
{
    return memory_allocate(1, sizeof(struct http_server));
}

void
http_server_add(struct http_server *server, const struct http_route *routes,
                size_t count, void *data)
{
    struct exchange_server *exchanges = &server->exchanges;

    assert(server->daemon == NULL && exchanges->table_count < EXCHANGE_TABLES_MAX);
    exchanges->tables[exchanges->table_count++] =
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
        flags, 0, NULL, NULL, exchange_serve, &server->exchanges,
        MHD_OPTION_EXTERNAL_LOGGER, log_library, server, MHD_OPTION_SOCK_ADDR, address,
        MHD_OPTION_THREAD_POOL_SIZE, (unsigned)THREADS,
        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_BYTES,
        MHD_OPTION_CONNECTION_LIMIT, (unsigned)CONNECTIONS_MAX,
        MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_S,
        MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_URI_LOG_CALLBACK, exchange_create,
        &server->exchanges, MHD_OPTION_NOTIFY_CONNECTION, exchange_connection,
        &server->exchanges, MHD_OPTION_NOTIFY_COMPLETED, exchange_destroy, NULL,
        MHD_OPTION_ARRAY, secure ? tls : none, MHD_OPTION_END);
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
    server->exchanges.clock = options->clock != NULL ? options->clock : time_now_s;
    server->exchanges.request_ms =
        (options->request_s > 0 ? options->request_s : REQUEST_S) * 1000;
    if (!read_certificate(server, options, found->ai_addr, error)) {
        freeaddrinfo(found);
        return false;
    }
    server->exchanges.deadlines = deadlines_start();
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
    deadlines_stop(server->exchanges.deadlines); /* the connections are gone */
    if (server->key != NULL) {
        memory_wipe(server->key, strlen(server->key));
    }
    free(server->key);
    free(server->certificate);
    free(server);
}
