#pragma once

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/*
 * A receipt printer on a port of 127.0.0.1, in a thread, written from the manual.
 * It answers DLE EOT at once, also inside a picture, and GS r when it gets there.
 */

struct fake_printer_options {
    uint8_t answers[4]; /* to DLE EOT 1 to 4; 0 stays silent */
    bool ignores_done;  /* does not know GS r */
    bool reports;       /* sends unasked reports (ASB) before its answers */
    bool babbles;       /* sends for ever what nobody asked for, and answers nothing */
    /* After so many bytes of all that it is sent, 0 never: */
    size_t drops_after;
    size_t stalls_after;    /* takes no more, keeps the connection */
    size_t paper_out_after; /* of printed bytes */
};

/* All is well: 0x12 four times. */
extern const struct fake_printer_options fake_printer_fine;

struct fake_printer;

struct fake_printer *fake_printer_start(const struct fake_printer_options *options);
void fake_printer_stop(struct fake_printer *printer);

const char *fake_printer_address(const struct fake_printer *printer);

/*
 * What was printed (the stream without its questions), and how many questions were
 * answered. The bytes are the printer's; read them when no client is connected.
 */
size_t fake_printer_printed(struct fake_printer *printer, const uint8_t **bytes);
int fake_printer_answered(struct fake_printer *printer);
