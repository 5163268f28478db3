#include "device/display/uevent.h"

#include <errno.h>
#include <linux/netlink.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

bool
uevent_is_of(const char *message, size_t length, const char *subsystem)
{
    static const char name[] = "SUBSYSTEM=";
    size_t name_length = sizeof(name) - 1, value_length = strlen(subsystem);

    while (length > 0) {
        size_t line = strnlen(message, length);

        if (line == name_length + value_length &&
            memcmp(message, name, name_length) == 0 &&
            memcmp(message + name_length, subsystem, value_length) == 0)
        {
            return true;
        }
        if (line == length) {
            break; /* cut off */
        }
        message += line + 1;
        length -= line + 1;
    }
    return false;
}

int
uevent_open(void)
{
    /* Group 1 is the kernel's own, group 2 udev's. Only root can send to either. */
    struct sockaddr_nl address = {.nl_family = AF_NETLINK, .nl_groups = 1};
    int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC | SOCK_NONBLOCK,
                    NETLINK_KOBJECT_UEVENT);

    if (fd < 0) {
        return -errno;
    }
    if (bind(fd, (const struct sockaddr *)&address, sizeof(address)) != 0) {
        int reason = errno;

        close(fd);
        return -reason;
    }
    return fd;
}
