#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"

/*
 * The way to a printer: a TCP connection, a serial line or a USB device, on which
 * nothing waits longer than it is told. Only the name of a host is looked up for as
 * long as the resolver takes: an address is surer.
 */

/* Each gives a descriptor that never blocks, or -1 with ERROR_OFFLINE. */
int
wire_connect(const char *host, const char *port, int timeout_ms, struct error *error);

/* `path` is a device, or a folder in which the first of lp0, lp1, … is taken. */
int wire_open_usb(const char *path, struct error *error);

void wire_close(int fd); /* -1 is fine */
/* What was not taken yet is taken back: else a printer that was helped would print the
 * rest of a ticket that nobody waits for, and be busy with it until then. */
void wire_abort(int fd);

/* Waits for poll(2) events; false at the deadline on the steady clock. */
bool wire_wait(int fd, short events, int64_t deadline_ms);

/*
 * Sends all. `sent` counts the bytes taken, also when it fails: the other side let
 * go (ERROR_DEVICE), or took nothing for `timeout_ms` (ERROR_DEVICE).
 */
bool wire_send(int fd, const void *bytes, size_t length, int timeout_ms, size_t *sent,
               struct error *error);

/*
 * Waits until a serial line has carried what was sent; false when it carried nothing
 * for `timeout_ms`. Other ways have no queue that tells: true at once.
 */
bool wire_flush(int fd, int timeout_ms);

enum wire_answer { WIRE_BYTE, WIRE_SILENT, WIRE_CLOSED };

/* The next byte, if it comes before `deadline_ms` on the steady clock. */
enum wire_answer wire_read(int fd, int64_t deadline_ms, uint8_t *byte);

/* Throws away what has come in so far. */
void wire_drain(int fd);
