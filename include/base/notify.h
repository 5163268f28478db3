#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "base/error.h"

/*
 * Tells whoever supervises this program how it goes: sd_notify(3), a datagram to the
 * socket that NOTIFY_SOCKET names. A program that nobody supervises says nothing, and
 * that is no error.
 */

struct notify {
    int socket;          /* -1: nobody listens */
    int64_t watchdog_ms; /* a "WATCHDOG=1" is missed after this; 0: nobody waits */
};

/*
 * Reads NOTIFY_SOCKET (a path, or "@name" for an abstract one), WATCHDOG_USEC and
 * WATCHDOG_PID, and takes them out of the environment, so that no program started
 * later speaks in our name. Before there are threads. ERROR_BAD_INPUT when one of
 * them can't be meant, ERROR_OFFLINE when nobody is at the socket; then it says
 * nothing, as without a supervisor.
 */
bool notify_open(struct notify *notify, struct error *error);
void notify_close(struct notify *notify);

/*
 * Sends "READY=1", "STATUS=…" or several of them, one a line. Never waits:
 * ERROR_OFFLINE when it was not taken.
 */
bool
notify_send(const struct notify *notify, const char *assignments, struct error *error);
