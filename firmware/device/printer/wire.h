#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * A TCP connection on which nothing waits longer than it is told. Only the name of a
 * host is looked up for as long as the resolver takes: an address is surer.
 */

/* A connected descriptor, or -1 with ERROR_OFFLINE. */
int
wire_connect(const char *host, const char *port, int timeout_ms, struct error *error);
void wire_close(int fd); /* -1 is fine */

/*
 * Sends all. `sent` counts the bytes taken, also when it fails: the other side let
 * go (ERROR_DEVICE), or took nothing for `timeout_ms` (ERROR_DEVICE).
 */
bool wire_send(int fd, const void *bytes, size_t length, int timeout_ms, size_t *sent,
               struct error *error);

enum wire_answer { WIRE_BYTE, WIRE_SILENT, WIRE_CLOSED };

/* The next byte, if it comes before `deadline_ms` on the steady clock. */
enum wire_answer wire_read(int fd, int64_t deadline_ms, uint8_t *byte);

/* Throws away what has come in so far. */
void wire_drain(int fd);
