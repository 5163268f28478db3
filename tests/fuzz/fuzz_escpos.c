#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "device/printer/escpos_machine.h"
#include "device/printer/escpos_status.h"

/* Any bytes from a printer are a state, and any bytes to our fake printer end well. */

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
hear_answer(void *data, const uint8_t *bytes, size_t length)
{
    (void)data;
    if (bytes == NULL || length == 0) {
        abort();
    }
}

static void
hear_ticket(void *data, const struct bitmap *bitmap, const uint8_t *bytes,
            size_t length)
{
    (void)data;
    (void)bytes;
    (void)length;
    if (bitmap->height <= 0 || bitmap->rows == NULL) {
        abort();
    }
}

static void
sort(const uint8_t *data, size_t size)
{
    struct escpos_sorter sorter = {.report_length = 0};
    uint8_t answers[ESCPOS_QUESTION_COUNT];
    struct error error = {.kind = ERROR_NONE};

    for (size_t i = 0; i < size; i++) {
        if (escpos_sort(&sorter, data[i]) == ESCPOS_BYTE_REPORT) {
            escpos_answers_of_report(sorter.report, answers);
            if (escpos_state(answers, &error) >= PRINTER_STATE_COUNT) {
                abort();
            }
        }
    }
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    static struct escpos_machine *machine;
    const struct printer_fake_options options = {.maker = "A", .roll_mm = 80};

    if (machine == NULL) {
        machine = machine_create(
            &options, (struct machine_listener){hear_answer, hear_ticket, NULL});
    }
    sort(data, size);
    machine_reconnect(machine);
    for (size_t i = 0; i < size; i++) {
        machine_take(machine, data[i]);
    }
    return 0;
}
