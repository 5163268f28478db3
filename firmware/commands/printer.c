#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/memory.h"
#include "base/text.h"
#include "base/translation.h"
#include "commands/ctl.h"
#include "commands/table.h"
#include "ticket/escpos.h"
#include "visit/kiosk_devices.h"
#include "visit/kiosk_settings.h"
#include "visit/test_sheet.h"

/* `loketzuilctl printer status` and `printer test`: the kiosk's own printer, by its own
 * settings. */

enum { SETTINGS, OPTION_COUNT };

/* NULL with the exit status in `status`. */
static struct printer *
open_printer(int argc, char **argv, const struct command *command,
             struct kiosk_settings *settings, int *status)
{
    struct option_value options[OPTION_COUNT] = {[SETTINGS] = {.name = "--settings"}};
    struct error error = {.kind = ERROR_NONE};
    struct printer *printer;

    if (!options_read(argc, argv, options, OPTION_COUNT, NULL, 0) ||
        options[SETTINGS].value == NULL)
    {
        *status = command_usage(command);
        return NULL;
    }
    if (!kiosk_settings_read(options[SETTINGS].value, settings, &error)) {
        *status = command_fail(&error);
        return NULL;
    }
    printer = kiosk_printer_create(settings, &error);
    if (printer == NULL) {
        if (error.kind == ERROR_NONE) {
            error_set(&error, ERROR_NOT_FOUND, "%s: [printer] maker = none",
                      options[SETTINGS].value);
        }
        *status = command_fail(&error);
    }
    return printer;
}

/* --- status -------------------------------------------------------------------- */

static void
add_row(struct table *table, const char *name, const char *value)
{
    if (value[0] != '\0') {
        table_add(table, (const char *const[]){name, value});
    }
}

static void
add_traits(struct table *table, struct printer *printer)
{
    static const char *const knives[] = {"", "no", "yes"};
    struct error error = {.kind = ERROR_NONE};
    struct printer_traits traits;
    char roll[16] = "";

    if (!printer_probe(printer, &traits, &error)) {
        return;
    }
    if (traits.roll_mm > 0) {
        snprintf(roll, sizeof(roll), "%d mm", traits.roll_mm);
    }
    add_row(table, "maker", traits.maker);
    add_row(table, "model", traits.model);
    add_row(table, "knife", knives[traits.knife]);
    add_row(table, "roll", roll);
}

static void
add_paper(struct table *table, struct printer *printer)
{
    struct printer_paper paper;
    char text[64];

    if (!printer_paper(printer, &paper)) {
        return;
    }
    snprintf(text, sizeof(text), "%.1f m since the roll was changed", paper.printed_m);
    add_row(table, "printed", text);
    if (paper.roll_m > 0) {
        snprintf(text, sizeof(text), "about %.0f m of %.0f m", paper.left_m,
                 paper.roll_m);
        add_row(table, "left", text);
    }
}

static int
printer_status_run(int argc, char **argv)
{
    struct kiosk_settings settings;
    int status = COMMAND_FAILED;
    struct printer *printer =
        open_printer(argc, argv, &command_printer_status, &settings, &status);
    struct error error = {.kind = ERROR_NONE};
    enum printer_state state;
    struct table *table;

    if (printer == NULL) {
        return status;
    }
    table = table_create(2);
    state = printer_status(printer, &error);
    add_row(table, "printer", printer->name);
    add_row(table, "state", printer_state_name(state));
    if (printer_state_can_print(state)) {
        add_traits(table, printer);
    }
    add_paper(table, printer);
    table_print(table);
    table_destroy(table);
    status = printer_state_can_print(state) ? COMMAND_DONE : command_fail(&error);
    printer_destroy(printer);
    return status;
}

const struct command command_printer_status = {
    .name = "printer status",
    .arguments = "--settings FILE",
    .summary = "What the kiosk's printer says: its state, its name, its paper",
    .run = printer_status_run,
};

/* --- test ---------------------------------------------------------------------- */

/* As wide as the settings say, else as the printer says. */
static enum paper_width
width_of(const struct kiosk_settings *settings, struct printer *printer)
{
    struct error error = {.kind = ERROR_NONE};
    struct printer_traits traits;

    if (settings->paper_auto && printer_probe(printer, &traits, &error) &&
        traits.roll_mm > 0)
    {
        return paper_width_of_roll(traits.roll_mm);
    }
    return (enum paper_width)settings->paper;
}

static bool
print_test(const struct kiosk_settings *settings, struct printer *printer,
           struct error *error)
{
    struct bitmap bitmap = {.rows = NULL};
    uint8_t *bytes;
    size_t length;
    bool printed;

    if (!test_sheet_paint(width_of(settings, printer), settings->name, &bitmap, error))
    {
        return false;
    }
    bytes = escpos_encode(&bitmap, &length);
    printed = printer_print(printer, &bitmap, bytes, length, error);
    free(bytes);
    free(bitmap.rows);
    return printed;
}

static int
printer_test_run(int argc, char **argv)
{
    struct kiosk_settings settings;
    int status = COMMAND_FAILED;
    struct printer *printer =
        open_printer(argc, argv, &command_printer_test, &settings, &status);
    struct error error = {.kind = ERROR_NONE};
    char path[PRINTER_PATH_BYTES];

    if (printer == NULL) {
        return status;
    }
    if (print_test(&settings, printer, &error)) {
        status = COMMAND_DONE;
        printf("Printed.%s%s\n", printer_last(printer, path) ? " " : "",
               printer_last(printer, path) ? path : "");
    } else {
        status = command_fail(&error);
    }
    printer_destroy(printer);
    return status;
}

const struct command command_printer_test = {
    .name = "printer test",
    .arguments = "--settings FILE",
    .summary =
        "Prints a slip: a ruler from edge to edge, letters of all kinds, a QR code",
    .run = printer_test_run,
};
