#include "device/printer/wire.h"

#include <errno.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "base/time.h"

#define DRAIN_READS_MAX 64 /* one who never stops sending is not waited for */
#define FLUSH_LOOK_MS 20   /* a serial line tells how much is left, not when none is */

bool
wire_wait(int fd, short events, int64_t deadline_ms)
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

void
wire_close(int fd)
{
    if (fd >= 0) {
        /* Closing on unread bytes resets a connection, and some printers then throw
         * away what they have not printed yet. */
        wire_drain(fd);
        close(fd);
    }
}

void
wire_abort(int fd)
{
    const struct linger at_once = {1, 0};

    tcflush(fd, TCIOFLUSH);
    setsockopt(fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof(at_once));
    close(fd);
}

/* A connection that breaks must not end the program by SIGPIPE. */
static ssize_t
put(int fd, const void *bytes, size_t length)
{
    ssize_t taken = send(fd, bytes, length, MSG_NOSIGNAL);

    return taken < 0 && errno == ENOTSOCK ? write(fd, bytes, length) : taken;
}

bool
wire_send(int fd, const void *bytes, size_t length, int timeout_ms, size_t *sent,
          struct error *error)
{
    *sent = 0;
    while (*sent < length) {
        ssize_t taken = put(fd, (const char *)bytes + *sent, length - *sent);

        if (taken > 0) {
            *sent += (size_t)taken;
        } else if (taken == 0 || errno == EAGAIN || errno == EWOULDBLOCK) {
            if (!wire_wait(fd, POLLOUT, time_steady_ms() + timeout_ms)) {
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

bool
wire_flush(int fd, int timeout_ms)
{
    int64_t deadline_ms = time_steady_ms() + timeout_ms;
    int left, before = -1;

    while (isatty(fd) && ioctl(fd, TIOCOUTQ, &left) == 0 && left > 0) {
        if (left != before) {
            deadline_ms = time_steady_ms() + timeout_ms;
        } else if (time_steady_ms() >= deadline_ms) {
            return false;
        }
        before = left;
        wire_wait(-1, 0, time_steady_ms() + FLUSH_LOOK_MS);
    }
    return true;
}

enum wire_answer
wire_read(int fd, int64_t deadline_ms, uint8_t *byte)
{
    /* Looked at first, so that one who never stops sending is silent too. */
    while (time_steady_ms() < deadline_ms) {
        ssize_t got = read(fd, byte, 1);

        if (got == 1) {
            return WIRE_BYTE;
        }
        if (got == 0) {
            return WIRE_CLOSED;
        }
        if (errno == EINVAL) {
            return WIRE_SILENT; /* a USB printer without a way back */
        }
        if (errno == EAGAIN || errno == EWOULDBLOCK) {
            wire_wait(fd, POLLIN, deadline_ms);
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

    for (int i = 0; i < DRAIN_READS_MAX && read(fd, waste, sizeof(waste)) > 0; i++) {
    }
}
