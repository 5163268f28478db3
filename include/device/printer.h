#pragma once

#include <stdbool.h>
#include <stddef.h>

#include "base/bitmap.h"
#include "base/error.h"
#include "device/serial.h"

/*
 * A printer of tickets. Makers: `file` (pictures in a folder; the default, and what
 * journeys look at), ESC/POS over `network`, `usb` and `serial`, `fake`
 * (device/printer_fake.h) and `none`.
 *
 * printer_print(), printer_status() and printer_probe() wait for the device: they
 * belong in one worker. No answer of a printer ends a visit; the ticket stays on the
 * screen.
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

/* What a printer tells of itself; empty, 0 and PRINTER_UNKNOWN when it doesn't. */
struct printer_traits {
    char maker[40], model[40]; /* "EPSON", "TM-T88V" */
    enum { PRINTER_UNKNOWN, PRINTER_NO, PRINTER_YES } knife;
    int roll_mm; /* the width of the paper that it is set to: 58, 80, … */
};

/* What is known of the roll. Metres of it are counted, not measured. */
struct printer_paper {
    double printed_m; /* since the roll was changed */
    double roll_m;    /* how long rolls are here, learned of those that ran out; 0 */
    double left_m;    /* about; negative when nothing is learned yet */
    int rolls;        /* changed so far */
};

#define PRINTER_PATH_BYTES 512

struct printer_operations {
    bool (*print)(void *maker, const struct bitmap *bitmap, const void *bytes,
                  size_t length, struct error *error);
    enum printer_state (*status)(void *maker, struct error *error);
    /* NULL where there is nothing to tell. */
    bool (*probe)(void *maker, struct printer_traits *traits, struct error *error);
    /* Only of the one that counts paper. */
    bool (*paper)(void *maker, struct printer_paper *paper);
    /* Of makers that pretend, NULL of others. */
    bool (*play)(void *maker, const char *name);
    bool (*last)(void *maker, char path[PRINTER_PATH_BYTES]);
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

/* Asks the printer what it is; false when it can't be asked now. */
bool printer_probe(struct printer *printer, struct printer_traits *traits,
                   struct error *error);

/*
 * Only with `file` and `fake`: what it pretends from now on, from any thread ("ok",
 * "out-of-paper"; fake knows more: device/printer_fake.h), and the picture of the last
 * ticket. False when it can't, and when there was none. Not while one is printed.
 */
bool printer_play(struct printer *printer, const char *name);
bool printer_last(const struct printer *printer, char path[PRINTER_PATH_BYTES]);

void printer_destroy(struct printer *printer); /* NULL is fine */

struct printer *printer_none_create(void);

/*
 * Counts the paper of `printer`, which it takes over, in the file at `path`: after each
 * ticket, and by what the printer says of its paper. A roll was changed when it was
 * out, or low, and is not any more. The file survives a power cut, and may be shared by
 * the kiosk and a technician's tool. What can't be kept is logged, and prints all the
 * same.
 */
struct printer *printer_metered_create(struct printer *printer, const char *path);

/* False when nobody counts. */
bool printer_paper(struct printer *printer, struct printer_paper *paper);

/*
 * Writes ticket-NNNN.bin and then ticket-NNNN.png into `folder`, which is made when
 * there is none. Numbers go on after the highest there. Both survive a power cut.
 */
struct printer *printer_file_create(const char *folder, struct error *error);
/*
 * ESC/POS. The timeout is for connecting, for each answer, and for a printer that takes
 * no more bytes. A mute printer is asked nothing: what was sent to it ends in
 * ERROR_UNCERTAIN, since it can't say whether it printed.
 */
#define PRINTER_TIMEOUT_MS 3000

struct printer_manners {
    int timeout_ms;
    bool mute;
};

/* `address` is HOST, HOST:PORT or [IPV6]:PORT; without PORT it is 9100. */
struct printer *
printer_network_create(const char *address, const struct printer_manners *manners,
                       struct error *error);

/* `path` is a device (/dev/usb/lp0), or a folder: the first of lp0, lp1, … in it. */
struct printer *
printer_usb_create(const char *path, const struct printer_manners *manners);

struct printer *printer_serial_create(const char *path, const struct serial_line *line,
                                      const struct printer_manners *manners);
