#include "pty_bridge.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pthread.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <termios.h>
#include <unistd.h>

#include "base/memory.h"

struct pty_bridge {
    pthread_t thread;
    int far, near; /* ends of the terminal */
    int socket, stop;
    char path[64];
};

static void
require(bool holds, const char *what)
{
    if (!holds) {
        perror(what);
        abort();
    }
}

/* Carries some bytes over, and waits for who takes them. */
static void
carry(int from, int to)
{
    char bytes[512];
    ssize_t got = read(from, bytes, sizeof(bytes));

    for (ssize_t at = 0; at < got;) {
        struct pollfd ready = {to, POLLOUT, 0};
        ssize_t put;

        poll(&ready, 1, -1);
        put = write(to, bytes + at, (size_t)(got - at));
        if (put <= 0) {
            return;
        }
        at += put;
    }
}

static void *
run(void *data)
{
    const struct pty_bridge *bridge = data;

    for (;;) {
        struct pollfd watched[] = {{bridge->stop, POLLIN, 0},
                                   {bridge->far, POLLIN, 0},
                                   {bridge->socket, POLLIN, 0}};

        poll(watched, 3, -1);
        if (watched[0].revents != 0) {
            return NULL;
        }
        if ((watched[1].revents & POLLIN) != 0) {
            carry(bridge->far, bridge->socket);
        }
        if ((watched[2].revents & POLLIN) != 0) {
            carry(bridge->socket, bridge->far);
        }
    }
}

struct pty_bridge *
pty_bridge_open(int port, int raw)
{
    struct pty_bridge *bridge = memory_allocate(1, sizeof(*bridge));
    struct sockaddr_in address = {.sin_family = AF_INET,
                                  .sin_port = htons((uint16_t)port)};
    struct termios settings;

    bridge->far = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
    require(bridge->far >= 0 && grantpt(bridge->far) == 0 &&
                unlockpt(bridge->far) == 0 &&
                ptsname_r(bridge->far, bridge->path, sizeof(bridge->path)) == 0,
            "pty");
    bridge->near = open(bridge->path, O_RDWR | O_NOCTTY | O_CLOEXEC);
    require(bridge->near >= 0 && tcgetattr(bridge->near, &settings) == 0, "pty");
    if (raw) {
        cfmakeraw(&settings);
        tcsetattr(bridge->near, TCSANOW, &settings);
    }
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    bridge->socket = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    bridge->stop = eventfd(0, EFD_CLOEXEC);
    require(connect(bridge->socket, (struct sockaddr *)&address, sizeof(address)) ==
                    0 &&
                pthread_create(&bridge->thread, NULL, run, bridge) == 0,
            "pty bridge");
    return bridge;
}

void
pty_bridge_close(struct pty_bridge *bridge)
{
    eventfd_write(bridge->stop, 1);
    pthread_join(bridge->thread, NULL);
    close(bridge->socket);
    close(bridge->stop);
    close(bridge->far);
    close(bridge->near);
    free(bridge);
}

const char *
pty_bridge_path(const struct pty_bridge *bridge)
{
    return bridge->path;
}

int
pty_bridge_line(const struct pty_bridge *bridge)
{
    return bridge->near;
}
