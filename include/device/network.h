#pragma once

#include "base/error.h"
#include "base/loop.h"

/*
 * Hears from the kernel that a way into the network came, went or changed: a cable, an
 * address, a gateway. It says that something changed and not what: whether somebody can
 * be reached is found out by trying.
 */

struct network_watch;

/*
 * Calls `changed` in the loop's thread, once for what came together. Costs nothing as
 * long as nothing changes. NULL with ERROR_DEVICE where the kernel doesn't tell.
 */
struct network_watch *network_watch_create(struct loop *loop, loop_callback changed,
                                           void *data, struct error *error);
/* NULL is fine. */
void network_watch_destroy(struct network_watch *watch);
