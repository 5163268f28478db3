#include "scripted_server.h"

#include <assert.h>
#include <poll.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"

struct scripted_server {
    int listener, port;
    int stop[2];
    pthread_t thread;
    pthread_mutex_t mutex;
    scripted_answer answer;
    void *data;
};

char *
scripted_text(int status, const char *headers, const char *body)
{
    size_t size = strlen(headers) + strlen(body) + 100;
    char *text = memory_allocate(size, 1);

    snprintf(text, size,
             "HTTP/1.1 %d Scripted\r\nContent-Length: %zu\r\nConnection: close\r\n"
             "%s\r\n%s",
             status, strlen(body), headers, body);
    return text;
}

bool
scripted_header(const struct scripted_request *request, const char *name, char *target,
                size_t size)
{
    size_t length = strlen(name);
    const char *line = strstr(request->head, "\r\n");

    for (; line != NULL; line = strstr(line, "\r\n")) {
        line += 2;
        if (strncasecmp(line, name, length) == 0 && line[length] == ':') {
            line += length + 1;
            line += strspn(line, " ");
            snprintf(target, size, "%.*s", (int)strcspn(line, "\r"), line);
            return true;
        }
    }
    return false;
}

/* Reads until the body is whole; false when the other side gave up. */
static bool
read_request(int connection, struct scripted_request *request)
{
    size_t used = 0, size = 1 << 16, wanted = SIZE_MAX;
    char length[24] = "0";

    request->head = memory_allocate(size, 1);
    while (used < wanted) {
        ssize_t got;
        char *end;

        if (size - used < 2) {
            size *= 2;
            request->head = memory_resize(request->head, size, 1);
        }
        got = recv(connection, request->head + used, size - used - 1, 0);
        if (got <= 0) {
            return false;
        }
        used += (size_t)got;
        request->head[used] = '\0';
        end = strstr(request->head, "\r\n\r\n");
        if (wanted == SIZE_MAX && end != NULL) {
            scripted_header(request, "Content-Length", length, sizeof(length));
            wanted = (size_t)(end - request->head) + 4 + strtoul(length, NULL, 10);
        }
    }
    request->body_length = strtoul(length, NULL, 10);
    request->body = request->head + used - request->body_length;
    return true;
}

static void
serve(struct scripted_server *server, int connection)
{
    struct scripted_request request = {0};

    if (read_request(connection, &request)) {
        char *text;
        size_t sent = 0;

        pthread_mutex_lock(&server->mutex);
        text = server->answer(server->data, &request);
        pthread_mutex_unlock(&server->mutex);
        while (text != NULL && sent < strlen(text)) {
            ssize_t count =
                send(connection, text + sent, strlen(text) - sent, MSG_NOSIGNAL);

            if (count <= 0) {
                break;
            }
            sent += (size_t)count;
        }
        free(text);
    }
    free(request.head);
    close(connection);
}

static void *
run(void *data)
{
    struct scripted_server *server = data;
    struct pollfd ready[2] = {{server->listener, POLLIN, 0},
                              {server->stop[0], POLLIN, 0}};

    while (poll(ready, 2, -1) >= 0 && ready[1].revents == 0) {
        int connection = accept(server->listener, NULL, NULL);

        if (connection >= 0) {
            serve(server, connection);
        }
    }
    return NULL;
}

struct scripted_server *
scripted_server_start(scripted_answer answer, void *data)
{
    struct scripted_server *server = memory_allocate(1, sizeof(*server));
    struct sockaddr_in address = {.sin_family = AF_INET};
    socklen_t length = sizeof(address);
    int failed;

    server->answer = answer;
    server->data = data;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    server->listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    failed = bind(server->listener, (struct sockaddr *)&address, length) != 0 ||
             listen(server->listener, 8) != 0 ||
             getsockname(server->listener, (struct sockaddr *)&address, &length) != 0 ||
             pipe(server->stop) != 0;
    assert(!failed);
    server->port = ntohs(address.sin_port);
    pthread_mutex_init(&server->mutex, NULL);
    failed = pthread_create(&server->thread, NULL, run, server);
    assert(failed == 0);
    (void)failed;
    return server;
}

void
scripted_server_stop(struct scripted_server *server)
{
    close(server->stop[1]);
    pthread_join(server->thread, NULL);
    close(server->stop[0]);
    close(server->listener);
    pthread_mutex_destroy(&server->mutex);
    free(server);
}

int
scripted_server_port(const struct scripted_server *server)
{
    return server->port;
}

void
scripted_server_lock(struct scripted_server *server)
{
    pthread_mutex_lock(&server->mutex);
}

void
scripted_server_unlock(struct scripted_server *server)
{
    pthread_mutex_unlock(&server->mutex);
}
