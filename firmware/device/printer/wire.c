#include "device/printer/wire.h"

#include <errno.h>
#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/time.h"

/* A small buffer of ours keeps "sent" near to what the printer has. */
#define SEND_BUFFER_BYTES 16384

#define DRAIN_READS_MAX 64 /* one who never stops sending is not waited for */

/* Waits for `events`; false at the deadline. */
static bool
wait_for(int fd, short events, int64_t deadline_ms)
{
    struct pollfd watched = {fd, events, 0};

    for (;;) {
        int64_t left = deadline_ms - time_steady_ms();
        int ready = poll(&watched, 1, left > 0 ? (int)left : 0);

        if (ready >= 0) {
            return ready > 0;
        }
        if (errno != EINTR) {
            return true; /* let the call that follows say what is wrong */
        }
    }
}

/* Connects or leaves the reason in errno. */
static bool
connect_by(int fd, const struct addrinfo *address, int64_t deadline_ms)
{
    int reason = 0;
    socklen_t size = sizeof(reason);

    if (connect(fd, address->ai_addr, address->ai_addrlen) == 0) {
        return true;
    }
    if (errno != EINPROGRESS) {
        return false;
    }
    if (!wait_for(fd, POLLOUT, deadline_ms)) {
        errno = ETIMEDOUT;
        return false;
    }
    if (getsockopt(fd, SOL_SOCKET, SO_ERROR, &reason, &size) != 0) {
        return false;
    }
    errno = reason;
    return reason == 0;
}

static int
open_one(const struct addrinfo *address, int64_t deadline_ms)
{
    const int yes = 1, buffer = SEND_BUFFER_BYTES;
    int fd = socket(address->ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);

    if (fd < 0) {
        return -1;
    }
    setsockopt(fd, SOL_SOCKET, SO_SNDBUF, &buffer, sizeof(buffer));
    if (!connect_by(fd, address, deadline_ms)) {
        int reason = errno;

        close(fd);
        errno = reason;
        return -1;
    }
    /* A status question is three bytes, and is asked now. */
    setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof(yes));
    return fd;
}

int
wire_connect(const char *host, const char *port, int timeout_ms, struct error *error)
{
    const struct addrinfo wish = {.ai_socktype = SOCK_STREAM};
    int64_t deadline_ms = time_steady_ms() + timeout_ms;
    struct addrinfo *list = NULL;
    int fd = -1, status = getaddrinfo(host, port, &wish, &list);

    if (status != 0) {
        error_set(error, ERROR_OFFLINE, "no address for %s: %s", host,
                  gai_strerror(status));
        return -1;
    }
    for (const struct addrinfo *one = list; one != NULL && fd < 0; one = one->ai_next) {
        fd = open_one(one, deadline_ms);
    }
    if (fd < 0) {
        error_set(error, ERROR_OFFLINE, "connect to %s port %s: %s", host, port,
                  strerror(errno));
    }
    freeaddrinfo(list);
    return fd;
}

void
wire_close(int fd)
{
    if (fd >= 0) {
        /* Closing on unread bytes resets the connection, and some printers then
         * throw away what they have not printed yet. */
        wire_drain(fd);
        close(fd);
    }
}

bool
wire_send(int fd, const void *bytes, size_t length, int timeout_ms, size_t *sent,
          struct error *error)
{
    *sent = 0;
    while (*sent < length) {
        ssize_t taken =
            send(fd, (const char *)bytes + *sent, length - *sent, MSG_NOSIGNAL);

        if (taken >= 0) {
            *sent += (size_t)taken;
        } else if (errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wait_for(fd, POLLOUT, time_steady_ms() + timeout_ms)) {
                return error_set(error, ERROR_DEVICE,
                                 "it took %zu of %zu bytes, then none for %d ms", *sent,
                                 length, timeout_ms);
            }
        } else if (errno != EINTR) {
            return error_set(error, ERROR_DEVICE,
                             "the connection broke after %zu of %zu bytes: %s", *sent,
                             length, strerror(errno));
        }
    }
    return true;
}

enum wire_answer
wire_read(int fd, int64_t deadline_ms, uint8_t *byte)
{
    /* Looked at first, so that one who never stops sending is silent too. */
    while (time_steady_ms() < deadline_ms) {
        ssize_t got = recv(fd, byte, 1, 0);

        if (got == 1) {
            return WIRE_BYTE;
        }
        if (got == 0) {
            return WIRE_CLOSED;
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            wait_for(fd, POLLIN, deadline_ms);
        } else if (errno != EINTR) {
            return WIRE_CLOSED;
        }
    }
    return WIRE_SILENT;
}

void
wire_drain(int fd)
{
    char waste[256];

    for (int i = 0; i < DRAIN_READS_MAX && recv(fd, waste, sizeof(waste), 0) > 0; i++) {
    }
}
