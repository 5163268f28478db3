#pragma once

#include <stdbool.h>
#include <stdint.h>

#include "device/printer.h"

/*
 * What a printer's bytes say: answers to DLE EOT 1 to 4, one byte each, and the reports
 * that it makes by itself (automatic status back, GS a), four bytes each.
 *
 * Bytes come unasked too: a picture may hold the bytes of a question, and a printer
 * reports whenever something changes. Fixed bits tell the kinds apart.
 */

enum escpos_question {
    ESCPOS_PRINTER, /* DLE EOT 1 */
    ESCPOS_CAUSE,   /* 2: why it is offline */
    ESCPOS_FAULT,   /* 3 */
    ESCPOS_PAPER,   /* 4 */
    ESCPOS_QUESTION_COUNT
};

#define ESCPOS_REPORT_BYTES 4

enum escpos_byte {
    ESCPOS_BYTE_OTHER,
    ESCPOS_BYTE_STATUS, /* answers DLE EOT */
    ESCPOS_BYTE_REPORT, /* the last one of a report */
    ESCPOS_BYTE_DONE,   /* answers GS r: what was sent before it has been worked off */
};

/* Sorts a stream of bytes; start with zeroes. */
struct escpos_sorter {
    uint8_t report[ESCPOS_REPORT_BYTES];
    int report_length; /* of the one under way, or whole */
};

enum escpos_byte escpos_sort(struct escpos_sorter *sorter, uint8_t byte);

/* The same as answers to the four questions. */
void escpos_answers_of_report(const uint8_t report[ESCPOS_REPORT_BYTES],
                              uint8_t answers[ESCPOS_QUESTION_COUNT]);
/* And back: what a printer in that state reports. */
void escpos_report_of_answers(const uint8_t answers[ESCPOS_QUESTION_COUNT],
                              uint8_t report[ESCPOS_REPORT_BYTES]);

/* `error` says why when it can't print. */
enum printer_state
escpos_state(const uint8_t answers[ESCPOS_QUESTION_COUNT], struct error *error);
