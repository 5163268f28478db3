#include "device/network.h"

#include <assert.h>
#include <errno.h>
#include <linux/netlink.h>
#include <linux/rtnetlink.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "base/memory.h"

/* rtnetlink(7). A route appears with the address or the gateway that makes it. */
#define GROUPS (RTMGRP_IPV4_ROUTE | RTMGRP_IPV6_ROUTE)

struct network_watch {
    struct loop *loop;
    int fd;
    loop_callback changed;
    void *data;
};

/* What they say is of no interest, nor that there were too many (ENOBUFS). */
static void
hear(void *data, int fd, short events)
{
    const struct network_watch *watch = data;
    char message[4096];

    (void)events;
    while (recv(fd, message, sizeof(message), 0) >= 0 || errno == ENOBUFS ||
           errno == EINTR) {
    }
    watch->changed(watch->data);
}

struct network_watch *
network_watch_create(struct loop *loop, loop_callback changed, void *data,
                     struct error *error)
{
    struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = GROUPS};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK, NETLINK_ROUTE);
    struct network_watch *watch;

    assert(changed != NULL);
    if (fd < 0 || bind(fd, (const struct sockaddr *)&address, sizeof(address)) != 0) {
        error_set(error, ERROR_DEVICE,
                  "the kernel doesn't say when the network changes: %s",
                  strerror(errno));
        if (fd >= 0) {
            close(fd);
        }
        return NULL;
    }
    watch = memory_allocate(1, sizeof(*watch));
    *watch = (struct network_watch){loop, fd, changed, data};
    loop_add_fd(loop, fd, POLLIN, hear, watch);
    return watch;
}

void
network_watch_destroy(struct network_watch *watch)
{
    if (watch == NULL) {
        return;
    }
    loop_remove_fd(watch->loop, watch->fd);
    close(watch->fd);
    free(watch);
}
