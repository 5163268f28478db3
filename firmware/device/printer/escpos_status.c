#include "device/printer/escpos_status.h"

#include <stddef.h>

#include "device/printer/printer_maker.h"

enum escpos_byte
escpos_sort(struct escpos_sorter *sorter, uint8_t byte)
{
    if (sorter->block_left > 0) {
        sorter->block_left--;
        return ESCPOS_BYTE_OTHER;
    }
    if ((byte & 0x93) == 0x12) {
        return ESCPOS_BYTE_STATUS;
    }
    if ((byte & 0x93) == 0x10) {
        sorter->block_left = 3; /* an unasked report is four bytes */
        return ESCPOS_BYTE_OTHER;
    }
    return (byte & 0x90) == 0 ? ESCPOS_BYTE_DONE : ESCPOS_BYTE_OTHER;
}

/*
 * In the order in which somebody would see to them: an open cover also hides the
 * paper from its sensor, and any trouble makes the printer offline.
 */
static const struct {
    enum escpos_question question;
    uint8_t bits; /* all of them set */
    enum printer_state state;
    const char *reason; /* NULL: that of the state */
} meanings[] = {
    {ESCPOS_CAUSE, 0x04, PRINTER_COVER_OPEN, NULL},
    {ESCPOS_PAPER, 0x60, PRINTER_PAPER_OUT, NULL},
    {ESCPOS_CAUSE, 0x20, PRINTER_PAPER_OUT, NULL},
    {ESCPOS_FAULT, 0x08, PRINTER_ERROR, "the knife is stuck"},
    {ESCPOS_FAULT, 0x20, PRINTER_ERROR, "a fault that needs service"},
    {ESCPOS_FAULT, 0x40, PRINTER_ERROR, "the print head is too hot and is cooling"},
    {ESCPOS_FAULT, 0x04, PRINTER_ERROR, "a mechanical fault"},
    {ESCPOS_CAUSE, 0x40, PRINTER_ERROR, NULL},
    {ESCPOS_CAUSE, 0x08, PRINTER_OFFLINE, "its feed button is being pressed"},
    {ESCPOS_PRINTER, 0x08, PRINTER_OFFLINE, "it says it is offline and not why"},
    {ESCPOS_PAPER, 0x0c, PRINTER_PAPER_LOW, NULL},
};

enum printer_state
escpos_state(const uint8_t answers[ESCPOS_QUESTION_COUNT], struct error *error)
{
    for (size_t i = 0; i < sizeof(meanings) / sizeof(meanings[0]); i++) {
        if ((answers[meanings[i].question] & meanings[i].bits) != meanings[i].bits) {
            continue;
        }
        if (!printer_state_allows(meanings[i].state, error) &&
            meanings[i].reason != NULL) {
            error_set(error, error->kind, "%s", meanings[i].reason);
        }
        return meanings[i].state;
    }
    return PRINTER_OK;
}
