#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "base/error.h"
#include "device/printer.h"

/*
 * A receipt printer that is not there: ESC/POS on a TCP port of 127.0.0.1, in a thread
 * of its own, written from the manuals and not from our encoder. It answers as a real
 * one, keeps a picture of every ticket, and plays every trouble a printer can have.
 *
 * The maker `fake` prints on one by the same code as on any printer of the network;
 * `loketzuilctl printer fake` lets anything print on it.
 */

struct printer_fake;

/* All zeroes but the answers: all is well. */
struct printer_fake_play {
    const char *name;    /* "out-of-paper" */
    uint8_t answers[4];  /* to DLE EOT 1 to 4; 0 stays silent */
    bool ignores_done;   /* does not know GS r */
    bool drops_at_done;  /* lets go when it is asked GS r */
    bool reports;        /* sends a report (ASB) before each answer, unasked */
    bool babbles;        /* sends for ever what nobody asked for, and answers nothing */
    bool slow;           /* takes a few bytes at a time */
    size_t drops_after;  /* of all bytes that it is sent; 0 never */
    size_t stalls_after; /* takes no more, keeps the connection; 0 never */
    int turns_after;     /* rows of a ticket; 0 never */
    uint8_t turns_into[4]; /* what it then answers */
};

/* NULL when there is none of that name. */
const struct printer_fake_play *printer_fake_play_of(const char *name);
/* The names from 0 on; NULL after the last. */
const char *printer_fake_name(size_t index);

struct printer_fake_options {
    int port;                  /* 0: the kernel chooses */
    const char *folder;        /* tickets as of printer_file_create(); NULL: not kept */
    const char *maker, *model; /* by GS I; NULL: does not know it */
    bool knife;
    int roll_mm; /* 58 or 80 by GS ( E; 0: does not know it */
};

struct printer_fake *
printer_fake_start(const struct printer_fake_options *options, struct error *error);
void printer_fake_stop(struct printer_fake *fake); /* NULL is fine */

int printer_fake_port(const struct printer_fake *fake);
/* From any thread, at any time: also with a ticket half printed. */
void printer_fake_set(struct printer_fake *fake, const struct printer_fake_play *play);

/* So many were cut off, and where the last one is ("" when none is kept). */
int printer_fake_tickets(struct printer_fake *fake, char last[PRINTER_PATH_BYTES]);
/* Answers given, and everything printed; the bytes are good until more is sent. */
int printer_fake_answered(struct printer_fake *fake);
size_t printer_fake_printed(struct printer_fake *fake, const uint8_t **bytes);

/* A printer on a fake of its own. */
struct printer *printer_fake_create(const char *folder, int roll_mm, int timeout_ms,
                                    struct error *error);
