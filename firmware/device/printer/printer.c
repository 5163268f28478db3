#include "device/printer.h"

#include <assert.h>
#include <stdlib.h>

#include "base/memory.h"
#include "base/text.h"
#include "device/printer/printer_maker.h"

static const struct {
    const char *name;
    enum error_kind kind; /* ERROR_NONE: it can print */
    const char *sentence;
} states[] = {
    [PRINTER_OK] = {"ok", ERROR_NONE, ""},
    [PRINTER_PAPER_LOW] = {"paper-low", ERROR_NONE, ""},
    [PRINTER_PAPER_OUT] = {"out-of-paper", ERROR_DEVICE, "the paper is out"},
    [PRINTER_COVER_OPEN] = {"cover-open", ERROR_DEVICE, "the cover is open"},
    [PRINTER_ERROR] = {"error", ERROR_DEVICE, "the printer reports an error"},
    [PRINTER_OFFLINE] = {"offline", ERROR_OFFLINE, "the printer is out of reach"},
    [PRINTER_ABSENT] = {"absent", ERROR_OFFLINE, "there is no printer"},
};

static_assert(sizeof(states) / sizeof(states[0]) == PRINTER_STATE_COUNT,
              "every state has its row");

const char *
printer_state_name(enum printer_state state)
{
    assert(state < PRINTER_STATE_COUNT);
    return states[state].name;
}

bool
printer_state_from_name(const char *name, enum printer_state *state)
{
    for (int i = 0; i < PRINTER_STATE_COUNT; i++) {
        if (text_equal(name, states[i].name)) {
            *state = (enum printer_state)i;
            return true;
        }
    }
    return false;
}

bool
printer_state_can_print(enum printer_state state)
{
    assert(state < PRINTER_STATE_COUNT);
    return states[state].kind == ERROR_NONE;
}

bool
printer_state_allows(enum printer_state state, struct error *error)
{
    return printer_state_can_print(state) ||
           error_set(error, states[state].kind, "%s", states[state].sentence);
}

struct printer *
printer_make(const char *name, const struct printer_operations *operations, void *maker)
{
    struct printer *printer = memory_allocate(1, sizeof(*printer));

    *printer = (struct printer){name, operations, maker};
    return printer;
}

bool
printer_print(struct printer *printer, const struct bitmap *bitmap, const void *bytes,
              size_t length, struct error *error)
{
    return printer->operations->print(printer->maker, bitmap, bytes, length, error) ||
           error_prefix(error, "printer %s", printer->name);
}

enum printer_state
printer_status(struct printer *printer, struct error *error)
{
    enum printer_state state = printer->operations->status(printer->maker, error);

    if (!printer_state_can_print(state)) {
        error_prefix(error, "printer %s", printer->name);
    }
    return state;
}

bool
printer_probe(struct printer *printer, struct printer_traits *traits,
              struct error *error)
{
    *traits = (struct printer_traits){.roll_mm = 0};
    return printer->operations->probe == NULL ||
           printer->operations->probe(printer->maker, traits, error) ||
           error_prefix(error, "printer %s", printer->name);
}

bool
printer_paper(struct printer *printer, struct printer_paper *paper)
{
    return printer->operations->paper != NULL &&
           printer->operations->paper(printer->maker, paper);
}

bool
printer_play(struct printer *printer, const char *name)
{
    return printer->operations->play != NULL &&
           printer->operations->play(printer->maker, name);
}

bool
printer_last(const struct printer *printer, char path[PRINTER_PATH_BYTES])
{
    return printer->operations->last != NULL &&
           printer->operations->last(printer->maker, path);
}

void
printer_destroy(struct printer *printer)
{
    if (printer != NULL) {
        printer->operations->destroy(printer->maker);
        free(printer);
    }
}
