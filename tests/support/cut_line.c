#include "cut_line.h"

#include <arpa/inet.h>
#include <assert.h>
#include <errno.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"

#define REQUESTS_MAX 100
#define REQUEST_BYTES 300

struct cut_line {
    pthread_mutex_t lock;
    pthread_t thread;
    int listener, port, to;
    int wake[2]; /* a byte in it ends the thread */
    int n;
    enum cut cut;
    char requests[REQUESTS_MAX][REQUEST_BYTES];
    int count;
};

static struct sockaddr_in
at_port(int port)
{
    return (struct sockaddr_in){.sin_family = AF_INET,
                                .sin_port = htons((uint16_t)port),
                                .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
}

static int
listen_at(int port)
{
    struct sockaddr_in address = at_port(port);
    int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0), yes = 1;

    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof(yes));
    if (bind(listener, (struct sockaddr *)&address, sizeof(address)) != 0 ||
        listen(listener, 16) != 0)
    {
        abort();
    }
    return listener;
}

static bool
send_all(int to, const char *bytes, ssize_t length)
{
    while (length > 0) {
        ssize_t sent = send(to, bytes, (size_t)length, MSG_NOSIGNAL);

        if (sent <= 0) {
            return false;
        }
        bytes += sent;
        length -= sent;
    }
    return true;
}

/* Both ways until the server has said all; its words are kept back when `mute`. */
static void
hand_on(int client, int server, bool mute)
{
    struct pollfd ends[2] = {{.fd = client, .events = POLLIN},
                             {.fd = server, .events = POLLIN}};
    char bytes[16384];

    while (poll(ends, 2, -1) > 0) {
        if (ends[1].revents != 0) {
            ssize_t got = recv(server, bytes, sizeof(bytes), 0);

            if (got <= 0 || (!mute && !send_all(client, bytes, got))) {
                return;
            }
        } else if (ends[0].revents != 0) {
            ssize_t got = recv(client, bytes, sizeof(bytes), 0);

            if (got <= 0) {
                ends[0].fd = -1; /* it listens no more, but the server goes on */
            } else if (!send_all(server, bytes, got)) {
                return;
            }
        }
    }
}

/* What is to happen to this request, of which the first bytes are `head`. */
static enum cut
note(struct cut_line *line, const char *head)
{
    enum cut cut = CUT_NEVER;

    pthread_mutex_lock(&line->lock);
    assert(line->count < REQUESTS_MAX);
    snprintf(line->requests[line->count], REQUEST_BYTES, "%.*s",
             (int)strcspn(head, "\r\n"), head);
    if (line->count == line->n) {
        cut = line->cut;
    }
    line->count++;
    pthread_mutex_unlock(&line->lock);
    return cut;
}

static void
serve(struct cut_line *line, int client)
{
    struct sockaddr_in address = at_port(line->to);
    char head[REQUEST_BYTES];
    ssize_t got = recv(client, head, sizeof(head) - 1, MSG_PEEK);
    enum cut cut;
    int server;

    if (got <= 0) {
        return;
    }
    head[got] = '\0';
    cut = note(line, head);
    if (cut == CUT_BEFORE) {
        return;
    }
    server = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (connect(server, (struct sockaddr *)&address, sizeof(address)) == 0) {
        hand_on(client, server, cut == CUT_AFTER);
    }
    close(server);
}

static void *
run(void *data)
{
    struct cut_line *line = data;
    struct pollfd ends[2] = {{.fd = line->wake[0], .events = POLLIN},
                             {.fd = line->listener, .events = POLLIN}};

    while (poll(ends, 2, -1) > 0 && ends[0].revents == 0) {
        int client = accept4(line->listener, NULL, NULL, SOCK_CLOEXEC);

        if (client >= 0) {
            serve(line, client);
            close(client);
        }
    }
    return NULL;
}

static void
start(struct cut_line *line)
{
    line->listener = listen_at(line->port);
    if (pipe(line->wake) != 0 || pthread_create(&line->thread, NULL, run, line) != 0) {
        abort();
    }
}

static void
stop(struct cut_line *line)
{
    if (write(line->wake[1], "", 1) != 1) {
        abort();
    }
    pthread_join(line->thread, NULL);
    close(line->wake[0]);
    close(line->wake[1]);
    close(line->listener);
    line->listener = -1;
}

struct cut_line *
cut_line_start(int port)
{
    struct cut_line *line = memory_allocate(1, sizeof(*line));
    struct sockaddr_in address;
    socklen_t length = sizeof(address);

    pthread_mutex_init(&line->lock, NULL);
    line->to = port;
    line->n = -1;
    start(line);
    if (getsockname(line->listener, (struct sockaddr *)&address, &length) != 0) {
        abort();
    }
    line->port = ntohs(address.sin_port);
    return line;
}

void
cut_line_stop(struct cut_line *line)
{
    cut_line_plug(line, false);
    pthread_mutex_destroy(&line->lock);
    free(line);
}

int
cut_line_port(const struct cut_line *line)
{
    return line->port;
}

void
cut_line_cut(struct cut_line *line, int n, enum cut cut)
{
    pthread_mutex_lock(&line->lock);
    line->n = n;
    line->cut = cut;
    line->count = 0;
    pthread_mutex_unlock(&line->lock);
}

void
cut_line_plug(struct cut_line *line, bool plugged_in)
{
    if (plugged_in && line->listener < 0) {
        start(line);
    } else if (!plugged_in && line->listener >= 0) {
        stop(line);
    }
}

int
cut_line_count(struct cut_line *line)
{
    int count;

    pthread_mutex_lock(&line->lock);
    count = line->count;
    pthread_mutex_unlock(&line->lock);
    return count;
}

const char *
cut_line_request(struct cut_line *line, int n)
{
    const char *request;

    pthread_mutex_lock(&line->lock);
    request = n < line->count ? line->requests[n] : "";
    pthread_mutex_unlock(&line->lock);
    return request;
}
