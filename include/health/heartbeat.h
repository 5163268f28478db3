#pragma once

#include "base/loop.h"
#include "base/notify.h"

/*
 * Says to the supervisor that the kiosk stands, and from then on that it lives: once
 * "READY=1", then "WATCHDOG=1" twice in the time that the supervisor waits. Each only
 * while the pulse is good. It beats in the loop: a loop that no longer turns says
 * nothing, and a pulse that is not good says nothing either. The supervisor then
 * begins anew.
 *
 * Without a supervisor it never wakes up.
 */

struct heartbeat;

struct heartbeat_parts {
    struct loop *loop;
    const struct notify *notify;
    /* NULL when all is well, else what is not, for the log. */
    const char *(*pulse)(void *data);
    void *data;
};

/* Everything in `parts` outlives it. Feels the pulse at once. */
struct heartbeat *heartbeat_create(const struct heartbeat_parts *parts);
void heartbeat_destroy(struct heartbeat *heartbeat); /* NULL is fine */
