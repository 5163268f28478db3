#pragma once

#include "base/error.h"

/* A serial line, or a USB device that seems one, to a printer or a scanner. */

enum serial_parity { SERIAL_PARITY_NONE, SERIAL_PARITY_EVEN, SERIAL_PARITY_ODD };
/* Hardware: RTS/CTS, which is also where a cable brings a printer's DTR/DSR. */
enum serial_flow { SERIAL_FLOW_NONE, SERIAL_FLOW_HARDWARE, SERIAL_FLOW_SOFTWARE };

/* As the device's own switches or self-test say. Always 8 bits and one stop bit. */
struct serial_line {
    int bauds;  /* 9600, 19200, 38400, 57600, 115200 */
    int parity; /* enum serial_parity */
    int flow;   /* enum serial_flow */
};

/* A descriptor that never blocks, on which nothing is translated; -1 with
 * ERROR_OFFLINE. */
int serial_open(const char *path, const struct serial_line *line, struct error *error);
