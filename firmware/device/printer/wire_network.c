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
    if (!wire_wait(fd, POLLOUT, deadline_ms)) {
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
