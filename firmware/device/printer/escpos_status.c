#include "device/printer/escpos_status.h"

#include <stddef.h>

#include "device/printer/printer_maker.h"

enum escpos_byte
escpos_sort(struct escpos_sorter *sorter, uint8_t byte)
{
    int length = sorter->report_length % ESCPOS_REPORT_BYTES;

    if (length > 0 && (byte & 0x90) == 0) {
        sorter->report[length] = byte;
        sorter->report_length = length + 1;
        return sorter->report_length == ESCPOS_REPORT_BYTES ? ESCPOS_BYTE_REPORT
                                                            : ESCPOS_BYTE_OTHER;
    }
    sorter->report_length = 0; /* one that was broken off is nothing */
    if ((byte & 0x93) == 0x12) {
        return ESCPOS_BYTE_STATUS;
    }
    if ((byte & 0x93) == 0x10) {
        sorter->report[0] = byte;
        sorter->report_length = 1;
        return ESCPOS_BYTE_OTHER;
    }
    return (byte & 0x90) == 0 ? ESCPOS_BYTE_DONE : ESCPOS_BYTE_OTHER;
}

/* Where a bit of a report stands among the answers to questions. */
static const struct {
    int byte;
    uint8_t reported;
    enum escpos_question question;
    uint8_t answered;
} places[] = {
    {0, 0x08, ESCPOS_PRINTER, 0x08}, /* offline */
    {0, 0x20, ESCPOS_CAUSE, 0x04},   /* the cover is open */
    {0, 0x40, ESCPOS_CAUSE, 0x08},   /* the feed button */
    {1, 0x04, ESCPOS_FAULT, 0x04},   /* mechanical */
    {1, 0x08, ESCPOS_FAULT, 0x08},   /* the knife */
    {1, 0x20, ESCPOS_FAULT, 0x20},   /* needs service */
    {1, 0x40, ESCPOS_FAULT, 0x40},   /* goes by itself */
    {2, 0x03, ESCPOS_PAPER, 0x0c},   /* near the end */
    {2, 0x0c, ESCPOS_PAPER, 0x60},   /* out */
};

void
escpos_answers_of_report(const uint8_t report[ESCPOS_REPORT_BYTES],
                         uint8_t answers[ESCPOS_QUESTION_COUNT])
{
    for (int i = 0; i < ESCPOS_QUESTION_COUNT; i++) {
        answers[i] = 0x12;
    }
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        if ((report[places[i].byte] & places[i].reported) == places[i].reported) {
            answers[places[i].question] |= places[i].answered;
        }
    }
}

void
escpos_report_of_answers(const uint8_t answers[ESCPOS_QUESTION_COUNT],
                         uint8_t report[ESCPOS_REPORT_BYTES])
{
    report[0] = 0x10;
    report[1] = report[2] = report[3] = 0;
    for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
        if ((answers[places[i].question] & places[i].answered) == places[i].answered) {
            report[places[i].byte] |= places[i].reported;
        }
    }
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
