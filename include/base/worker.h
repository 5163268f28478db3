#pragma once

#include <stdbool.h>

#include "base/loop.h"

/*
 * A thread for slow work with a bounded queue. The work runs in the thread; the
 * finish runs afterwards in the loop's thread, in the order submitted.
 */

struct worker;

typedef void (*worker_step)(void *data);

struct worker *worker_create(struct loop *loop, const char *name, int queue_max);
/*
 * Waits for the job at hand; jobs that were not begun are finished unworked. In the
 * loop's thread, not in a finish of its own, and before the loop is destroyed.
 */
void worker_destroy(struct worker *worker);

/*
 * In the loop's thread. False when `queue_max` jobs are not finished yet: nothing was
 * taken. `finish` may be NULL.
 */
bool
worker_submit(struct worker *worker, worker_step work, worker_step finish, void *data);

/* True when every submitted job has been finished. In the loop's thread. */
bool worker_is_idle(const struct worker *worker);
