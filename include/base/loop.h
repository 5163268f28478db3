#pragma once

#include <stdbool.h>
#include <stdint.h>

/*
 * One thread, one poll(): file descriptors, timers, signals, and a way for other
 * threads to be heard. Blocks when there is nothing to do.
 */

struct loop;

typedef void (*loop_callback)(void *data);
typedef void (*loop_fd_callback)(void *data, int fd, short events);

struct loop *loop_create(void);
void loop_destroy(struct loop *loop);

/* poll(2) events. One registration a descriptor. Callbacks may add and remove. */
void loop_add_fd(struct loop *loop, int fd, short events, loop_fd_callback callback,
                 void *data);
void loop_remove_fd(struct loop *loop, int fd);

/* Calls once, `delay_ms` ≥ 0 from now on the steady clock; returns an id > 0. */
int
loop_add_timer(struct loop *loop, int64_t delay_ms, loop_callback callback, void *data);
void loop_remove_timer(struct loop *loop, int id); /* 0 and spent ids are fine */

/*
 * Calls on each arrival of the signal, in the loop's thread. The signal is blocked
 * from here on, in threads and programs started later too: add signals before
 * starting workers, and give a program that is started its own signal mask.
 */
void loop_add_signal(struct loop *loop, int number, loop_callback callback, void *data);

/*
 * From any thread: calls `callback` once in the loop's thread, in the order
 * posted. Never blocks; the queue is bounded (assert on 1024 waiting).
 */
void loop_post(struct loop *loop, loop_callback callback, void *data);

/* Runs until loop_stop(), which any thread may call. */
void loop_run(struct loop *loop);
void loop_stop(struct loop *loop);

/* One turn: waits at most `timeout_ms` (-1: for ever), then serves what is ready. */
void loop_turn(struct loop *loop, int timeout_ms);
