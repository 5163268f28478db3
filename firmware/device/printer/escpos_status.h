#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "device/printer.h"

/*
 * What a printer's status bytes say (ESC/POS DLE EOT 1 to 4, one byte each).
 *
 * Bytes come unasked too: a picture may hold the bytes of a question, and some
 * printers report changes by themselves (ASB, blocks of four). Fixed bits tell the
 * kinds apart.
 */

enum escpos_question {
    ESCPOS_PRINTER, /* DLE EOT 1 */
    ESCPOS_CAUSE,   /* 2: why it is offline */
    ESCPOS_FAULT,   /* 3 */
    ESCPOS_PAPER,   /* 4 */
    ESCPOS_QUESTION_COUNT
};

enum escpos_byte {
    ESCPOS_BYTE_OTHER,
    ESCPOS_BYTE_STATUS, /* answers DLE EOT */
    ESCPOS_BYTE_DONE,   /* answers GS r: what was sent before it has been worked off */
};

/* Sorts a stream of bytes; start with zeroes. */
struct escpos_sorter {
    int block_left; /* bytes of a block that is under way */
};

enum escpos_byte escpos_sort(struct escpos_sorter *sorter, uint8_t byte);

/* `error` says why when it can't print. */
enum printer_state
escpos_state(const uint8_t answers[ESCPOS_QUESTION_COUNT], struct error *error);
