#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "device/printer.h"

/*
 * A conversation with an ESC/POS printer over a wire that is open (wire.h): how it is,
 * what it is, and a ticket. `timeout_ms` is for each answer, and for a printer that
 * takes no more bytes.
 */

enum printer_state talk_status(int fd, int timeout_ms, struct error *error);

/* Errors as of printer_print(). */
bool talk_print(int fd, int timeout_ms, const void *bytes, size_t length,
                struct error *error);
/* To a printer that answers nothing: all that is known is that it was taken. */
bool talk_print_blindly(int fd, int timeout_ms, const void *bytes, size_t length,
                        struct error *error);

/* What it does not tell stays empty; false when it can't be asked. */
bool
talk_probe(int fd, int timeout_ms, struct printer_traits *traits, struct error *error);
