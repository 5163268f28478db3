#include "base/notify.h"

#include <errno.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#define NUMBER_MAX (INT64_MAX / 10 - 1)

/* Digits and nothing else, as systemd writes them. */
static bool
number_read(const char *text, int64_t *number)
{
    *number = 0;
    if (*text == '\0') {
        return false;
    }
    for (; *text != '\0'; text++) {
        if (*text < '0' || *text > '9' || *number > NUMBER_MAX) {
            return false;
        }
        *number = 10 * *number + (*text - '0');
    }
    return true;
}

static bool
connect_to(struct notify *notify, const char *name, struct error *error)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    size_t length = strlen(name);

    if ((name[0] != '/' && name[0] != '@') || length < 2 ||
        length >= sizeof(address.sun_path))
    {
        return error_set(error, ERROR_BAD_INPUT,
                         "NOTIFY_SOCKET=%s: it should be a path or @name of at most "
                         "%zu bytes",
                         name, sizeof(address.sun_path) - 1);
    }
    memcpy(address.sun_path, name, length);
    if (name[0] == '@') {
        address.sun_path[0] = '\0'; /* abstract: its length ends it, and not a NUL */
    }
    notify->socket = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (notify->socket < 0 ||
        connect(notify->socket, (const struct sockaddr *)&address,
                (socklen_t)(offsetof(struct sockaddr_un, sun_path) + length)) != 0)
    {
        return error_set(error, ERROR_OFFLINE, "NOTIFY_SOCKET=%s: %s", name,
                         strerror(errno));
    }
    return true;
}

/* Somebody who waits for another process than this one doesn't wait for us. */
static bool
read_watchdog(struct notify *notify, const char *limit_us, const char *pid,
              struct error *error)
{
    int64_t us, whose = 0;

    if (limit_us == NULL) {
        return true;
    }
    if (!number_read(limit_us, &us) || us < 1000) {
        return error_set(error, ERROR_BAD_INPUT,
                         "WATCHDOG_USEC=%s: it should be a number of at least 1000",
                         limit_us);
    }
    if (pid != NULL && !number_read(pid, &whose)) {
        return error_set(error, ERROR_BAD_INPUT,
                         "WATCHDOG_PID=%s: it should be a number", pid);
    }
    if (pid == NULL || whose == (int64_t)getpid()) {
        notify->watchdog_ms = us / 1000;
    }
    return true;
}

bool
notify_open(struct notify *notify, struct error *error)
{
    const char *name = getenv("NOTIFY_SOCKET");
    bool opened = true;

    *notify = (struct notify){.socket = -1};
    if (name != NULL) {
        opened = read_watchdog(notify, getenv("WATCHDOG_USEC"), getenv("WATCHDOG_PID"),
                               error) &&
                 connect_to(notify, name, error);
    }
    if (!opened) {
        notify_close(notify);
    }
    unsetenv("NOTIFY_SOCKET");
    unsetenv("WATCHDOG_USEC");
    unsetenv("WATCHDOG_PID");
    return opened;
}

void
notify_close(struct notify *notify)
{
    if (notify->socket >= 0) {
        close(notify->socket);
    }
    *notify = (struct notify){.socket = -1};
}

bool
notify_send(const struct notify *notify, const char *assignments, struct error *error)
{
    if (notify->socket < 0 ||
        send(notify->socket, assignments, strlen(assignments), MSG_NOSIGNAL) >= 0)
    {
        return true;
    }
    return error_set(error, ERROR_OFFLINE, "the supervisor doesn't listen: %s",
                     strerror(errno));
}
