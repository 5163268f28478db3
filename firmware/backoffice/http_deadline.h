#pragma once

#include <stdint.h>

/*
 * Connections that take too long. A thread shuts a socket down when its time has
 * come; its owner then sees the connection end. Safe from any thread.
 */

struct deadlines;
struct watched; /* one connection */

#define DEADLINE_NONE INT64_MAX

struct deadlines *deadlines_start(void);
void deadlines_stop(struct deadlines *deadlines); /* NULL is fine; nothing is watched */

/* `due_ms` by time_steady_ms(). Remove it before the socket is closed. */
struct watched *deadline_add(struct deadlines *deadlines, int socket, int64_t due_ms);
void deadline_set(struct deadlines *deadlines, struct watched *watched, int64_t due_ms);
void deadline_remove(struct deadlines *deadlines, struct watched *watched);
