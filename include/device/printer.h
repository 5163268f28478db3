#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bitmap.h"
#include "base/error.h"

/*
 * A printer of tickets. Makers: `file` (pictures in a folder; the default, and what
 * journeys look at), `network` (ESC/POS over TCP) and `none`.
 *
 * printer_print() and printer_status() wait for the device: they belong in one
 * worker. No answer of a printer ends a visit; the ticket stays on the screen.
 */

enum printer_state {
    PRINTER_OK,
    PRINTER_PAPER_LOW, /* prints, but somebody should bring a roll */
    PRINTER_PAPER_OUT,
    PRINTER_COVER_OPEN,
    PRINTER_ERROR,   /* knife stuck, too hot: it says so itself */
    PRINTER_OFFLINE, /* off, out of reach, or it does not answer */
    PRINTER_ABSENT,  /* this kiosk has none */
    PRINTER_STATE_COUNT
};

/* "ok", "out-of-paper": in logs and journeys. */
const char *printer_state_name(enum printer_state state);
bool printer_state_from_name(const char *name, enum printer_state *state);
bool printer_state_can_print(enum printer_state state);

struct printer_operations {
    bool (*print)(void *maker, const struct bitmap *bitmap, const void *bytes,
                  size_t length, struct error *error);
    enum printer_state (*status)(void *maker, struct error *error);
    void (*destroy)(void *maker);
};

struct printer {
    const char *name; /* "network" */
    const struct printer_operations *operations;
    void *maker;
};

/*
 * Prints one ticket: the picture, and the same encoded for the device, of which the
 * maker takes what it needs. ERROR_OFFLINE and ERROR_DEVICE: it is not on paper, or
 * not whole; ERROR_UNCERTAIN: all was sent, but whether it was printed is unknown;
 * ERROR_STORAGE: the folder of `file`.
 */
bool printer_print(struct printer *printer, const struct bitmap *bitmap,
                   const void *bytes, size_t length, struct error *error);

/* What the printer says now; `error` says why when it can't print. */
enum printer_state printer_status(struct printer *printer, struct error *error);

void printer_destroy(struct printer *printer); /* NULL is fine */

struct printer *printer_none_create(void);

/*
 * Writes ticket-NNNN.bin and then ticket-NNNN.png into `folder`, which is made when
 * there is none. Numbers go on after the highest there. Both survive a power cut.
 */
#define PRINTER_PATH_BYTES 512

struct printer *printer_file_create(const char *folder, struct error *error);
/* What it will say from now on; from any thread. */
void printer_file_set_state(struct printer *printer, enum printer_state state);
/* The last picture printed; false when there was none. Not while one is printed. */
bool printer_file_last(const struct printer *printer, char path[PRINTER_PATH_BYTES]);

/*
 * `address` is HOST, HOST:PORT or [IPV6]:PORT; without PORT it is 9100. The timeout
 * is for connecting, for each answer, and for a printer that takes no more bytes.
 */
#define PRINTER_TIMEOUT_MS 3000

struct printer *
printer_network_create(const char *address, int timeout_ms, struct error *error);
